"""The checks of the one-visit gate about the route, the organ, the papers it wants, and who must be told today."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.rules.gate_windows import FORM, KNOWS, finding, keys, with_form, with_lead

from onevisit.rules import groups, papers, readiness
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import AgentPart, GateAnswer, MaterialEntry
from onevisit.rules.groups import AgentKind
from onevisit.rules.organs import Organ
from onevisit.rules.papers import Paper
from onevisit.rules.people import PersonEntry
from onevisit.rules.procedures import Procedure
from onevisit.rules.readiness import CHECKS, Check, LeftOpen, RouteKnown
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2022, RULES_SHANDONG_2015, RULES_SHANDONG_2022
from onevisit.rules.urgent import UrgentAddressee, UrgentReport

SAVED = replace(KNOWS, saved=True, slip_handed_over=True)
COURT = "某区人民法院"
GUIDED = RouteKnown(Handling.GUIDE, Procedure.LITIGATION, (COURT,))
AT_COURT = replace(SAVED, route=GUIDED)
WHOLE = Organ("court", COURT, "示例路1号", "0632-1234567", "工作日 9:00–17:00", ("身份证",))
HANDED_ON = RouteKnown(Handling.LOWER, Procedure.OPINION, ("某区人社局",))
TALKERS = tuple(PersonEntry(name=name, phone="13900000015") for name in ("刘洋", "郑丽"))


def fine(knows: readiness.WindowKnows) -> tuple[str, ...]:
    return readiness.check_all(knows).fine


def test_there_are_checks_enough_and_each_has_its_word() -> None:
    assert len(CHECKS) >= 15
    assert set(CHECKS) == set(Check)
    assert len({one.label for one in Check}) == len(Check)


# the route


def test_no_route_was_decided_yet() -> None:
    assert "route" not in keys(KNOWS)
    one = finding(SAVED, "route")
    assert (one.mend, one.article) == ("open_route", "《信访工作条例》第二十二条")
    assert "去向已定：转送下级" in fine(replace(SAVED, route=HANDED_ON))


@pytest.mark.parametrize(
    ("stop", "article"),
    [(Handling.IN_PERIOD, "《信访工作条例》第十九条第三款"), (Handling.ENDED, "《信访工作条例》第三十六条第三款")],
)
def test_a_matter_that_is_not_accepted_anew_is_told_in_writing(stop: Handling, article: str) -> None:
    knows = replace(SAVED, stop=stop)
    one = finding(knows, "stop")
    assert (one.mend, one.article) == ("open_route", article)
    assert "route" not in keys(knows)
    assert finding(replace(knows, saved=False), "stop").mend == "open_route"
    decided = replace(knows, route=RouteKnown(stop))
    assert finding(decided, "stop").mend == "print_notice"
    assert "已书面告知不再受理" in fine(replace(knows, route=RouteKnown(stop, notice_printed=True)))
    # the clerk found new facts and handed it on: then there is nothing to tell
    assert "stop" not in keys(replace(knows, route=HANDED_ON))


def test_guided_elsewhere_but_no_organ_was_chosen() -> None:
    assert finding(replace(SAVED, route=replace(GUIDED, addressees=())), "organ").mend == "open_route"
    assert "organ" not in keys(AT_COURT)
    assert "organ" not in keys(replace(SAVED, route=replace(HANDED_ON, addressees=())))


def test_the_directory_lacks_address_or_hours() -> None:
    assert finding(AT_COURT, "directory").title == "名录里没有这个单位"
    one = finding(replace(AT_COURT, organ=replace(WHOLE, hours="", address="")), "directory")
    assert "地址、时间" in one.why
    assert one.mend == "open_organs"
    assert f"{COURT}的地址和时间已备好" in fine(replace(AT_COURT, organ=WHOLE))
    assert "directory" not in keys(replace(SAVED, route=HANDED_ON))


def test_whoever_is_guided_elsewhere_has_it_in_writing() -> None:
    assert finding(AT_COURT, "notice").mend == "print_notice"
    assert "引导告知单已打印" in fine(replace(AT_COURT, route=replace(GUIDED, notice_printed=True)))
    assert "notice" not in keys(replace(SAVED, route=HANDED_ON))


def test_a_court_matter_that_was_guided_is_well() -> None:
    form = replace(FORM, title="对判决不服", respondent=COURT)
    assert "court" in keys(replace(SAVED, form=form))
    assert "已说明诉讼途径" in fine(replace(AT_COURT, form=form))


# papers


def test_the_papers_of_the_wrong_office_were_told() -> None:
    form = replace(FORM, materials=())
    told = readiness.missing_papers(form)
    knows = replace(AT_COURT, form=form, told_papers=told)
    one = finding(knows, "wrong_papers")
    assert one.mend == "print_slip"
    assert "欠条、工资条或银行流水" in one.why
    assert "papers" not in keys(knows)
    assert "wrong_papers" not in keys(replace(knows, route=HANDED_ON))
    assert "wrong_papers" not in keys(replace(knows, told_papers=()))


def test_an_agents_papers_are_wanted_wherever_the_visitor_is_guided() -> None:
    form = replace(FORM, agents=(PersonEntry(name="周涛"),))
    told = readiness.missing_papers(form, guided=True)
    assert len(told) == 2
    assert "wrong_papers" not in keys(replace(AT_COURT, form=form, told_papers=told))


def test_the_lists_of_the_unit_are_asked() -> None:
    card = Paper("工资卡复印件", "在家复印", ("工资卡",))
    lists = replace(papers.shipped(), classes={ContentClass.LABOUR: (card,)}, example=False)
    one = finding(replace(KNOWS, lists=lists), "papers")
    assert one.why.startswith("工资卡复印件。今天带了的")
    assert readiness.missing_papers(FORM, (), lists) == ("工资卡复印件：在家复印",)


# people


@pytest.mark.parametrize("kind", AgentKind)
def test_each_kind_of_agent_shows_its_own_papers(kind: AgentKind) -> None:
    form = replace(FORM, agents=(PersonEntry(name="周涛"),), agent_parts=(AgentPart(kind),))
    one = finding(replace(KNOWS, form=form), "agent")
    assert all(name in one.why for name in groups.papers_of(kind))
    shown = replace(form, agent_parts=(AgentPart(kind, groups.papers_of(kind)),))
    assert "代理手续齐全" in fine(replace(KNOWS, form=shown))


def test_an_agent_of_no_known_kind_is_asked_about_before_the_papers_are() -> None:
    form = replace(FORM, agents=(PersonEntry(name="周涛"),))
    one = finding(replace(KNOWS, form=form), "agent")
    assert (one.mend, one.article) == ("focus:agents", "《山东省信访条例》第二十八条；示例，以本地文件为准")
    assert "没有选周涛是近亲属" in one.why
    then = finding(replace(KNOWS, form=form, rules=RULES_SHANDONG_2015), "agent")
    assert then.article == "《山东省信访条例》第二十八条"


def test_from_how_many_people_it_is_a_group_is_for_the_rule_set_to_say() -> None:
    three = replace(RULES_2022, group_from=replace(RULES_2022.group_from, value=3))
    crowd = with_form(headcount=4)
    assert not {"group", "roster"} & set(keys(crowd))
    assert finding(replace(crowd, rules=three), "group").title == "还没有推选代表"
    chosen = replace(crowd, rules=three, form=replace(crowd.form, companions=TALKERS))
    assert {"group", "roster"} <= set(keys(chosen))
    assert readiness.missing_papers(chosen.form, group_from=3)
    assert not readiness.missing_papers(chosen.form)


def test_a_group_without_representatives_is_not_received_where_the_rules_say_so() -> None:
    crowd = with_form(headcount=12)
    assert "talk" not in keys(crowd)
    one = finding(replace(crowd, rules=RULES_SHANDONG_2015), "talk")
    assert one.article == "《山东省信访条例》第二十七条"
    assert one.article not in one.why
    assert finding(replace(crowd, rules=RULES_SHANDONG_2022), "talk").article.endswith("示例，以本地文件为准")
    chosen = replace(crowd, rules=RULES_SHANDONG_2015, form=replace(crowd.form, companions=TALKERS))
    assert "talk" not in keys(chosen)
    unnamed = with_form(headcount=12, anonymous=True, lead=None)
    assert "talk" not in keys(replace(unnamed, rules=RULES_SHANDONG_2015))


def test_a_roster_that_not_all_have_signed() -> None:
    form = replace(FORM, headcount=12, companions=TALKERS, materials=(*FORM.materials, MaterialEntry("代表推选书")))
    one = finding(replace(SAVED, form=replace(form, signed=(True,))), "roster")
    assert (one.title, "刘洋、郑丽" in one.why, one.mend) == ("2 位代表没有签名", True, "open_roster")
    assert "代表都已签名" in fine(replace(SAVED, form=replace(form, signed=(True, True, True))))
    assert "roster" not in keys(replace(SAVED, form=replace(form, headcount=3)))
    assert "roster" not in keys(replace(SAVED, form=replace(form, companions=())))
    assert finding(replace(KNOWS, form=form), "roster").mend == "focus:signed"


def test_somebody_who_waits_knows_until_when() -> None:
    knows = replace(SAVED, route=HANDED_ON)
    assert finding(knows, "answer_day").mend == "open_promises"
    assert "已说好哪天回话" in fine(replace(knows, answer_day=True))
    assert "answer_day" not in keys(AT_COURT)
    assert "answer_day" not in keys(replace(knows, saved=False))
    for way in (ReplyMethod.NONE, ReplyMethod.ON_THE_SPOT, None):
        assert "answer_day" not in keys(replace(knows, form=replace(FORM, reply_by=way)))


# today


def test_the_lawyer_comes_on_another_day() -> None:
    knows = replace(KNOWS, lawyer_next=date(2026, 11, 26))
    one = finding(knows, "lawyer")
    assert "11月26日（周四）坐班" in one.why
    assert one.mend == "focus:clerk_note"
    assert "lawyer" not in keys(replace(knows, form=replace(FORM, clerk_note="约了周四见律师")))
    assert finding(replace(knows, lawyer_on_duty="律师甲"), "lawyer").mend == "send_to_lawyer"


def test_urgency_is_told_to_all_five() -> None:
    urgent = with_form(urgent=True, clerk_note="11月23日有人聚集")
    assert "urgent_told" not in keys(urgent)
    saved = replace(urgent, saved=True)
    assert finding(saved, "urgent_told").title == "紧急情况还有 5 处没有报告"
    told = {UrgentAddressee.GOVERNMENT: datetime(2026, 11, 22, 1, tzinfo=UTC)}
    one = finding(replace(saved, urgent_report=UrgentReport(told=told)), "urgent_told")
    assert "本级党委和政府" not in one.why
    assert one.mend == "open_urgent"
    everybody = {one: datetime(2026, 11, 22, 1, tzinfo=UTC) for one in UrgentAddressee}
    assert "紧急情况已报告五处" in fine(replace(saved, urgent_report=UrgentReport(told=everybody)))


def test_the_report_itself_may_say_why_it_is_urgent() -> None:
    urgent = with_form(urgent=True)
    assert "urgent" in keys(replace(urgent, urgent_report=UrgentReport(content="有人聚集")))
    whole = UrgentReport(happened_at="今天上午", content="有人聚集")
    assert "urgent" not in keys(replace(urgent, urgent_report=whole))


def test_the_slip_of_an_enquiry_is_called_what_it_is() -> None:
    knows = replace(SAVED, slip_handed_over=False)
    assert finding(knows, "slip").mend_label == "打印回执"
    asked = replace(knows, form=replace(FORM, purpose=Purpose.ENQUIRY))
    assert finding(asked, "slip").mend_label == "打印答复回执"


# left open


def test_what_is_left_for_a_reason_is_open_no_more_but_told() -> None:
    gate = readiness.check_all(with_lead(phone="", id_number=""))
    after = readiness.set_aside(gate, [GateAnswer("reach", "说不方便留电话"), GateAnswer("slip", "没有这一项")])
    assert [one.key for one in after.findings] == [one.key for one in gate.findings if one.key != "reach"]
    assert after.left == (LeftOpen(gate.findings[0], "说不方便留电话"),)
    assert after.fine == gate.fine
    assert readiness.set_aside(gate, ()) == gate


def test_what_was_left_before_says_why() -> None:
    knows = replace(with_lead(phone=""), left_before={Check.REACH: "说不方便留电话"})
    assert finding(knows, "reach").before == "说不方便留电话"
    assert finding(replace(knows, left_before={}), "reach").before == ""


@pytest.mark.parametrize(
    ("answer", "field", "said"),
    [
        (GateAnswer("gossip", "不知道"), "finding", "没有这一项检查"),
        (GateAnswer("reach", " \u200b"), "reason", "请写一句为什么留下"),
        (GateAnswer("reach", "长" * 101), "reason", "有 101 字，最多 100 字"),
    ],
)
def test_a_reason_at_fault(answer: GateAnswer, field: str, said: str) -> None:
    (fault,) = readiness.reason_faults(answer)
    assert (fault.field, said in fault.sentence) == (field, True)


def test_a_reason_of_one_line() -> None:
    assert readiness.reason_faults(GateAnswer("reach", "长" * 100)) == ()
