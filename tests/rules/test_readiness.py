"""The one-visit gate."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.gate_windows import FORM, KNOWS, WANG, finding, keys, with_form, with_lead

from onevisit.rules import readiness
from onevisit.rules.articles import is_of_2005
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.forms import AgentPart, MaterialEntry, RegistrationForm
from onevisit.rules.people import AgentKind, PersonEntry
from onevisit.rules.readiness import Check, RouteKnown, WindowKnows
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import SHIPPED
from onevisit.rules.slip import Promise


def test_an_empty_form_has_nothing_open_yet() -> None:
    assert readiness.check_all(WindowKnows(RegistrationForm(), date(2026, 11, 22))) == readiness.Gate((), ())


def test_a_visit_in_order_is_quiet() -> None:
    gate = readiness.check_all(KNOWS)
    assert gate.findings == ()
    assert {"能联系到来访人", "证件号已登记", "材料齐全", "地点：薛城区"} <= set(gate.fine)


def test_somebody_who_cannot_be_reached() -> None:
    one = finding(with_lead(phone="", region_code="", town="", address=""), "reach")
    assert (one.title, one.mend) == ("联系不到来访人", "focus:lead.phone")
    assert finding(with_lead(phone=""), "reach").title == "没有电话"
    agent = PersonEntry(name="周涛", phone="13900000019")
    assert "reach" not in keys(replace(with_lead(phone=""), form=replace(with_lead(phone="").form, agents=(agent,))))


def test_a_number_at_fault_is_not_said_to_be_fine() -> None:
    assert "证件号已登记" in readiness.check_all(with_lead(id_number="370499197904120232")).fine
    wrong = readiness.check_all(with_lead(id_number="370499197904120233"))
    assert "证件号已登记" not in wrong.fine
    assert "document" not in [one.key for one in wrong.findings]


def test_no_number_of_a_document() -> None:
    assert finding(with_lead(id_number=""), "document").mend == "focus:lead.id_number"


@pytest.mark.parametrize(
    ("name", "odd"), [("王伟1", True), ("<b>王</b>", True), ("阿依古丽·买买提", False), ("O'Neil", False)]
)
def test_signs_in_a_name(name: str, odd: bool) -> None:
    assert ("name" in keys(with_lead(name=name))) is odd


def test_missing_papers_are_told_all_at_once() -> None:
    knows = with_form(materials=())
    one = finding(knows, "papers")
    assert one.title == "还缺 2 样材料"
    assert "示例，以本地文件为准" in one.why
    assert readiness.missing_papers(knows.form)[1] == "欠条、工资条或银行流水：银行流水到开户银行打印，或在手机银行下载"
    assert "papers" not in keys(replace(knows, earlier_materials=("工资欠条", "劳动合同")))
    told = replace(knows, saved=True, slip_handed_over=True)
    assert "papers" not in keys(told)
    assert one.fine in readiness.check_all(told).fine


def test_an_agent_without_authority() -> None:
    knows = with_form(agents=(PersonEntry(name="周涛"),), agent_parts=(AgentPart(AgentKind.RELATIVE),))
    one = finding(knows, "agent")
    assert one.article == "《山东省信访条例》第二十八条；示例，以本地文件为准"
    assert "授权委托书" in one.why
    assert len(readiness.missing_papers(knows.form)) == 2
    unknown = replace(knows.form, agent_parts=())
    assert len(readiness.missing_papers(unknown)) == 2
    papers = (*FORM.materials, MaterialEntry("授权委托书"), MaterialEntry("户口簿复印件"))
    assert "代理手续齐全" in readiness.check_all(replace(knows, form=replace(knows.form, materials=papers))).fine


def test_a_group_needs_representatives_and_their_roster() -> None:
    knows = with_form(headcount=12)
    assert finding(knows, "group").mend == "focus:companions"
    chosen = replace(knows.form, companions=(PersonEntry(name="刘洋"),))
    assert finding(replace(knows, form=chosen), "group").title == "没有代表推选书"
    roster = replace(chosen, materials=(*FORM.materials, MaterialEntry("代表推选书")))
    assert "代表已推选" in readiness.check_all(replace(knows, form=roster)).fine


def test_a_legal_question_while_a_lawyer_is_there() -> None:
    there = replace(KNOWS, lawyer_on_duty="律师甲", lawyers_waiting=2)
    one = finding(there, "lawyer")
    assert (one.title, one.mend) == ("律师甲正在值班", "send_to_lawyer")
    assert "前面有 2 人" in one.why
    assert "lawyer" not in keys(KNOWS)
    assert "lawyer" not in keys(replace(there, sent_to_lawyer=True))
    assert "lawyer" not in keys(replace(there, form=replace(FORM, wants_lawyer=True)))
    assert "lawyer" not in keys(replace(there, form=replace(FORM, purpose=Purpose.PROPOSAL)))
    leak = replace(
        FORM, content=ContentClass.CONSTRUCTION, title="楼顶漏水", summary="楼顶漏水两年，物业与社区推诿，请求维修。"
    )
    assert "lawyer" not in keys(replace(there, form=leak))


def test_court_matters_are_guided() -> None:
    form = replace(
        FORM,
        purpose=Purpose.APPEAL,
        content=ContentClass.JUSTICE,
        title="对交通事故判决不服",
        summary="对一审民事判决确定的赔偿数额不服，判决尚在上诉期内。",
        respondent="某区人民法院",
    )
    assert readiness.is_court_matter(form)
    knows = replace(KNOWS, form=form)
    assert finding(knows, "court").mend == "focus:clerk_note"
    assert "第三十一条第（一）项" in finding(knows, "court").article
    assert finding(replace(knows, lawyer_on_duty="律师甲"), "court").mend == "send_to_lawyer"
    assert "lawyer" not in keys(replace(knows, lawyer_on_duty="律师甲"))
    assert readiness.missing_papers(replace(form, materials=())) == ()
    assert "court" not in keys(replace(knows, advice_signed=True))
    assert "court" not in keys(replace(knows, form=replace(form, clerk_note="已引导到法院立案庭")))


def test_what_is_no_court_matter() -> None:
    assert not readiness.is_court_matter(FORM)
    assert not readiness.is_court_matter(replace(FORM, summary="对仲裁裁定的数额不清楚"))
    # An accusation against people of a court goes by management authority.
    assert not readiness.is_court_matter(replace(FORM, purpose=Purpose.ACCUSATION, respondent="某区人民法院"))


def test_advice_waited_for() -> None:
    assert finding(replace(KNOWS, sent_to_lawyer=True), "advice").mend == "show_waiting"
    assert "律师意见已签发" in readiness.check_all(replace(KNOWS, sent_to_lawyer=True, advice_signed=True)).fine


@pytest.mark.parametrize("way", [ReplyMethod.WRITTEN, ReplyMethod.HOME_VISIT])
def test_a_written_reply_needs_an_address(way: ReplyMethod) -> None:
    knows = with_lead(town="", address="")
    assert (
        finding(replace(knows, form=replace(knows.form, reply_by=way)), "reply").article == "《信访工作条例》第十九条"
    )
    assert "reply" not in keys(with_form(reply_by=way))


def test_no_way_for_the_reply() -> None:
    assert finding(with_form(reply_by=ReplyMethod.NONE), "reply").mend == "focus:reply_by"
    assert "reply" not in keys(with_form(reply_by=ReplyMethod.NONE, purpose=Purpose.ENQUIRY))
    assert "reply" not in keys(with_form(reply_by=ReplyMethod.NONE, lead=None, anonymous=True))


def test_village_officers_need_a_village() -> None:
    knows = with_form(reply_by=ReplyMethod.VILLAGE_OFFICERS)
    assert "由临城街道村（居）两员上门告知" in readiness.check_all(knows).fine
    assert finding(replace(knows, village_officers=False), "reply").mend == "focus:reply_by"
    nowhere = replace(knows.form, lead=replace(WANG, town="", address="1组12号"))
    assert finding(replace(knows, form=nowhere), "reply").mend == "focus:lead.town"
    free_text = replace(knows.form, lead=replace(WANG, town="", address="示例镇西村"))
    assert "reply" not in keys(replace(knows, form=free_text))


def test_only_one_way_to_reach_somebody() -> None:
    knows = with_lead(town="", address="")
    assert finding(knows, "second_contact").mend == "focus:lead.address"
    companion = PersonEntry(name="刘洋", phone="13900000015")
    assert "second_contact" not in keys(replace(knows, form=replace(knows.form, companions=(companion,))))


def test_a_promise_that_was_not_kept_comes_first() -> None:
    broken = replace(with_lead(id_number=""), broken_promise=Promise(date(2026, 11, 17), "电话联系您。"))
    assert keys(broken)[0] == "promise"
    assert "答应11月17日前“电话联系您”" in finding(broken, "promise").why
    told = replace(broken, form=replace(broken.form, return_reason=ReturnReason.NOT_CONTACTED))
    assert "promise" not in keys(told)


def test_a_summary_too_short_to_act_upon() -> None:
    assert "只有 6 个字" in finding(with_form(summary="请求帮助追讨"), "summary").why
    assert "summary" not in keys(with_form(summary="请求帮助", purpose=Purpose.ENQUIRY))


def test_place_and_respondent_unknown() -> None:
    assert {"place", "respondent"} <= set(keys(with_form(place_code="", respondent="")))
    assert not {"place", "respondent"} & set(keys(with_form(place_code="", respondent="", purpose=Purpose.ENQUIRY)))


def test_accusations_are_kept_secret() -> None:
    knows = with_form(purpose=Purpose.ACCUSATION)
    assert finding(knows, "secret").article == "《信访工作条例》第三十条"
    assert "已设为保密" in readiness.check_all(replace(knows, form=replace(knows.form, confidential=True))).fine


def test_urgency_is_explained() -> None:
    assert finding(with_form(urgent=True), "urgent").article == "《信访工作条例》第二十五条"
    assert "urgent" not in keys(with_form(urgent=True, clerk_note="11月23日有人聚集，已报值班领导"))


def test_the_slip_is_handed_over() -> None:
    assert "slip" not in keys(KNOWS)
    assert finding(replace(KNOWS, saved=True), "slip").mend == "print_slip"
    assert "回执已交给来访人" in readiness.check_all(replace(KNOWS, saved=True, slip_handed_over=True)).fine


people = st.builds(
    PersonEntry,
    name=st.sampled_from(["", "王伟", "<王>"]),
    phone=st.sampled_from(["", "13900000011"]),
    id_number=st.sampled_from(["", WANG.id_number]),
    town=st.sampled_from(["", "临城街道"]),
)
forms = st.builds(
    RegistrationForm,
    lead=st.none() | people,
    companions=st.lists(people, max_size=2).map(tuple),
    agents=st.lists(people, max_size=2).map(tuple),
    anonymous=st.booleans(),
    headcount=st.sampled_from([None, 5, 23]),
    purpose=st.none() | st.sampled_from(Purpose),
    content=st.none() | st.sampled_from(ContentClass),
    title=st.sampled_from(["", "拖欠工资", "对判决不服"]),
    summary=st.sampled_from(["", "请求追讨"]),
    reply_by=st.none() | st.sampled_from(ReplyMethod),
    urgent=st.booleans(),
)
windows = st.builds(
    WindowKnows,
    form=forms,
    today=st.just(date(2026, 11, 22)),
    broken_promise=st.none() | st.just(Promise(None, "电话联系您")),
    lawyer_on_duty=st.sampled_from(["", "律师甲"]),
    saved=st.booleans(),
    sent_to_lawyer=st.booleans(),
    slip_handed_over=st.booleans(),
    village_officers=st.sampled_from([None, False, True]),
    lawyer_next=st.sampled_from([None, date(2026, 11, 26)]),
    rules=st.sampled_from(SHIPPED),
    route=st.none()
    | st.builds(
        RouteKnown,
        st.sampled_from(Handling),
        addressees=st.sampled_from([(), ("某区人民法院",)]),
        notice_printed=st.booleans(),
    ),
    stop=st.sampled_from([None, Handling.IN_PERIOD, Handling.ENDED]),
    told_papers=st.sampled_from([(), ("工资欠条：在家找",)]),
    left_before=st.sampled_from([{}, {Check.REACH: "说不方便留"}]),
)


@given(windows)
def test_every_finding_is_whole_and_can_be_mended(knows: WindowKnows) -> None:
    found = readiness.check_all(knows).findings
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.title
        assert one.why.endswith("。")
        assert one.mend_label
        action, _, field = one.mend.partition(":")
        if action == "focus":
            path = field.split(".")
            assert hasattr(knows.form, path[0])
            assert len(path) == 1 or hasattr(PersonEntry(), path[1])
        else:
            assert one.mend in readiness.ACTIONS


@given(windows)
def test_a_matter_of_before_2022_is_never_told_an_article_of_2022(knows: WindowKnows) -> None:
    # that what is urgent is reported is a duty of today, whatever the matter is counted by
    told = [one for one in readiness.check_all(knows).findings if one.key not in {Check.URGENT, Check.URGENT_TOLD}]
    if is_of_2005(knows.rules):
        assert not [one for one in told if "信访工作条例" in f"{one.why}{one.article}"]
    else:
        assert not [one for one in told if "《信访条例》" in f"{one.why}{one.article}"]
