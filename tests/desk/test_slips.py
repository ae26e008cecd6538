"""What stands on a slip, what never does, and that frozen data comes back exactly."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.lived import shown

from onevisit.desk import consult, issue, leaving, lookup, promises_due, route, unit
from onevisit.desk.desk import Desk
from onevisit.desk.frozen import FrozenFault, from_json, to_json
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_UNIT
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import (
    AdvisedWay,
    ContentClass,
    MaterialForm,
    PaperOutcome,
    Purpose,
    ReplyMethod,
    ReturnReason,
)
from onevisit.rules.forms import Answer, ConsultationForm, MaterialEntry, MatterAnswer, RegistrationForm
from onevisit.rules.people import IdKind, PersonEntry
from onevisit.rules.route_choice import taken_over
from onevisit.rules.routes import Answers
from onevisit.rules.slip import Promise, SlipAdvice, SlipData, UnitCard

NewForm = Callable[..., RegistrationForm]
TRANSFER, NOTICE = date(2026, 12, 8), date(2026, 12, 23)
"""15 days from the Monday of these tests, and 15 more."""


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def advance(self, **time: float) -> None: ...

    def set(self, moment: datetime) -> None: ...


@pytest.fixture
def slip_of(clerk_desk: Desk) -> Callable[[RegistrationForm], SlipData]:
    """Register a visit and give what its slip says."""

    def slip_of(form: RegistrationForm) -> SlipData:
        return issue.preview(clerk_desk, register(clerk_desk, form).visit_id)[0]

    return slip_of


SlipOf = Callable[[RegistrationForm], SlipData]


def dates(data: SlipData) -> list[date | None]:
    return [promise.by for promise in data.promises]


def articles(data: SlipData) -> list[str]:
    return [promise.article.removeprefix("《信访工作条例》") for promise in data.promises]


def someone(name: str, serial: int) -> PersonEntry:
    body = f"37049919850101{serial:03d}"
    return PersonEntry(name=name, id_number=body + mod_11_2(body), phone=f"1390000{serial:04d}")


def advise(desk: Desk, visit: Registered, form: ConsultationForm) -> consult.ConsultationView:
    begun = consult.begin(desk, visit.visit_id)
    return consult.sign(desk, begun.consultation_id, form, begun.version)


# what stands there


def test_it_says_who_came_about_what_and_what_was_received(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(
        materials=(MaterialEntry("工资欠条", pages=1), MaterialEntry("身份证", MaterialForm.ORIGINAL, kept=False))
    )
    visit = register(clerk_desk, form)
    data, _ = issue.preview(clerk_desk, visit.visit_id)
    assert (data.visit_no, data.matter_no, data.query_code) == (visit.visit_no, visit.matter_no, visit.query_code)
    assert (data.queue_no, data.staff_no, data.edition, data.practice) == (visit.queue_no, "002", 1, True)
    assert (data.petitioner, data.visitors, data.headcount, data.visit_ordinal) == ("王伟", (), 1, 1)
    assert (data.title, data.respondent, data.summary) == (form.title, form.respondent, form.summary)
    assert data.classification == "求决 · 劳动社保 · 薛城区"
    assert data.materials == ("工资欠条（复印件 1 页）", "身份证（原件，已当场退还）")
    assert (data.arrived_at, data.reply) == (clerk_desk.now(), "电话联系您：139****0001")
    assert (data.unit, data.advice) == (PRACTICE_UNIT, ())
    assert PRACTICE_UNIT.phone in data.enquiry
    assert "复查" in data.remedies[0]


def test_the_plain_words_are_printed_and_nothing_else_of_the_lawyer_or_the_clerk(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    form = ConsultationForm(
        facts="律师了解的事实",
        advice="听得懂的意见",
        basis="依据的条文",
        ways=(AdvisedWay.MEDIATION, AdvisedWay.ARBITRATION),
        legal_aid=True,
        working_notes="律师的工作记录",
    )
    done = advise(lawyer_desk, visit, form)
    clock.advance(hours=16)  # 01:00 of the next day in Shanghai
    consult.add_addendum(lawyer_desk, done.consultation_id, "第二天的补充")
    data, _ = issue.preview(clerk_desk, visit.visit_id)
    (advice,) = data.advice
    assert (advice.lawyer, advice.advice, advice.legal_aid) == ("律师甲", "听得懂的意见", True)
    assert advice.ways == ("仲裁", "调解", "法律援助")
    assert (advice.signed_at, advice.addenda) == (done.signed_at, ("11月24日：第二天的补充",))
    printed = to_json(data)
    for never in ("律师了解的事实", "依据的条文", "律师的工作记录", "情绪激动", "窗口员"):
        assert never not in printed


def test_a_draft_is_not_printed(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    begun = consult.begin(lawyer_desk, visit.visit_id)
    consult.save(lawyer_desk, begun.consultation_id, ConsultationForm(advice="还没有想好"), begun.version)
    assert issue.preview(clerk_desk, visit.visit_id)[0].advice == ()


def test_only_masked_numbers_and_no_address(slip_of: SlipOf, new_form: NewForm) -> None:
    form = new_form(companions=(someone("李丽", 502),), agents=(someone("周涛", 501),), reply_by=ReplyMethod.WRITTEN)
    assert form.lead is not None
    data = slip_of(form)
    assert data.masked_id == f"370499********{form.lead.id_number[-4:]}"
    assert data.visitors == ("随访人 李丽", "代理人 周涛")
    assert data.reply == "书面答复寄到您登记的住址"
    printed = to_json(data)
    for person in (form.lead, *form.companions, *form.agents):
        assert person.id_number not in printed
        assert person.phone not in printed
    assert "示例村" not in printed


def test_whoever_gave_no_number_has_none(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(lead=PersonEntry("吉𠮷", phone="13900000777")))
    assert (data.petitioner, data.masked_id) == ("吉𠮷", "")
    passport = PersonEntry("Anna", id_kind=IdKind.PASSPORT, id_number="X1234567", phone="13900000778")
    assert slip_of(new_form(lead=passport)).masked_id == "X1****67"


def test_an_organisation_stands_for_itself(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(organisation="某机械有限公司"))
    assert (data.petitioner, data.masked_id, data.visitors) == ("某机械有限公司", "", ("主访人 王伟",))


def test_a_group_has_its_head_count_and_representatives(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(companions=(someone("李丽", 503),), headcount=18))
    assert (data.headcount, data.visitors) == (18, ("代表 李丽",))


def test_text_that_looks_like_markup_stands_as_typed(slip_of: SlipOf, new_form: NewForm) -> None:
    text = '<b>&amp;{"a": "\\n"}</b>\n第二行'
    assert slip_of(new_form(summary=text)).summary == text


def test_a_slip_that_was_frozen_keeps_the_unit_as_it_was(
    house: House, clerk_desk: Desk, admin_desk: Desk, log_in: Callable[[Role], Desk], new_form: NewForm
) -> None:
    visit = register(clerk_desk, new_form())
    before = issue.issue(clerk_desk, visit.visit_id, paper="a5", queue="激光").data
    unit.save_unit(admin_desk, replace(admin_desk.unit, phone="0632-3311111", window_no="07"))
    house.close()
    after = issue.issue(log_in(Role.CLERK), visit.visit_id, paper="a5", queue="激光").data
    assert (before.edition, after.edition) == (1, 2)
    # the window stays the one that the visitor stood at
    assert after.unit == replace(before.unit, phone="0632-3311111")
    assert "0632-3311111" in after.enquiry


# promises


def test_a_request_is_handed_on_and_told_of(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form())
    assert dates(data) == [TRANSFER, NOTICE]
    assert articles(data) == ["第二十二条", "第二十三条"]
    assert "薛城区" in data.promises[0].text


def test_days_are_counted_from_the_day_in_shanghai(slip_of: SlipOf, new_form: NewForm, clock: Clock) -> None:
    clock.advance(hours=16)  # 01:00 of the next day in Shanghai
    assert dates(slip_of(new_form())) == [date(2026, 12, 9), date(2026, 12, 24)]


def test_what_the_clerk_promised_while_the_visitor_was_here_goes_home_in_writing(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    visit = register(clerk_desk, new_form())
    by_rules = issue.preview(clerk_desk, visit.visit_id)[0].promises
    copy = issue.issue(clerk_desk, visit.visit_id, paper="a5", queue="q")
    issue.record_outcome(clerk_desk, copy.copy_id, PaperOutcome.CAME_OUT)
    clock.advance(minutes=5)
    made = promises_due.make(
        clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("打电话告诉您转给了谁", TRANSFER)
    )
    said = (*by_rules, Promise(TRANSFER, "打电话告诉您转给了谁"))
    assert issue.preview(clerk_desk, visit.visit_id)[0].promises == said
    assert [row.slip_state for row in lookup.today(clerk_desk).rows] == ["outdated"]
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, "已打")
    leaving.leave(clerk_desk, visit.visit_id)
    clock.advance(minutes=5)
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("走了以后说的", TRANSFER))
    assert issue.preview(clerk_desk, visit.visit_id)[0].promises == said
    clock.advance(days=1)
    same = (MatterAnswer(visit.matter_id, Answer.SAME),)
    again = register(clerk_desk, new_form(matter_answers=same, return_reason=ReturnReason.NO_ANSWER))
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("第二次来说的", NOTICE))
    assert issue.preview(clerk_desk, visit.visit_id)[0].promises == said
    assert issue.preview(clerk_desk, again.visit_id)[0].promises[-1] == Promise(NOTICE, "第二次来说的")


def test_an_enquiry_promises_no_day(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(purpose=Purpose.ENQUIRY, reply_by=ReplyMethod.ON_THE_SPOT))
    assert (dates(data), articles(data)) == ([None], [""])
    assert (data.remedies, data.missing_papers, data.reply) == ((), (), "已当场答复")


def test_what_belongs_to_a_court_has_no_clock_of_an_organ(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(
        new_form(
            purpose=Purpose.APPEAL,
            content=ContentClass.JUSTICE,
            title="对交通事故判决不服",
            summary="对一审判决确定的赔偿数额不服。",
            respondent="某区人民法院",
        )
    )
    assert dates(data) == [None, None]
    assert articles(data) == ["第二十二条", "第三十一条第（一）项"]
    assert (data.remedies, data.missing_papers) == ((), ())


def test_nobody_is_told_what_an_anonymous_visitor_said(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    assert (data.petitioner, data.masked_id, data.visitors, data.reply) == ("匿名", "", (), "")
    assert dates(data) == [TRANSFER, None]
    assert articles(data) == ["第二十二条", "第二十三条"]
    assert (data.remedies, data.missing_papers) == ((), ())


def test_an_accusation_is_kept_from_whom_it_names(slip_of: SlipOf, new_form: NewForm) -> None:
    data = slip_of(new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True))
    assert dates(data) == [TRANSFER, None]
    assert articles(data) == ["第二十二条", "第三十条"]
    assert not any("某建筑劳务有限公司" in promise.text for promise in data.promises)
    assert data.remedies == ()


def test_a_repeat_visit_keeps_the_dates_of_the_first(
    clerk_desk: Desk, slip_of: SlipOf, new_form: NewForm, clock: Clock
) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    clock.advance(days=3)
    same = (MatterAnswer(first.matter_id, Answer.SAME),)
    data = slip_of(replace(form, materials=(), matter_answers=same, return_reason=ReturnReason.ASKS_PROGRESS))
    assert (data.visit_ordinal, data.matter_no, data.query_code) == (2, first.matter_no, first.query_code)
    assert dates(data) == [None, None]
    assert "日期不变" in data.promises[0].text
    # the note of hand that was handed in at the first visit is not asked for again
    assert data.missing_papers == issue.preview(clerk_desk, first.visit_id)[0].missing_papers


def routed(clerk_desk: Desk, visit_id: int, answers: Answers, *addressees: str) -> SlipData:
    """Decide a route and give what the slip says then."""
    known = route.case(clerk_desk, visit_id=visit_id)
    proposed = known.propose(answers)
    assert proposed is not None
    route.decide(clerk_desk, known.seen, taken_over(proposed, addressees), answers)
    return issue.preview(clerk_desk, visit_id)[0]


def test_whoever_is_guided_reads_where_to_go_on_the_slip(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    data = routed(clerk_desk, saved.visit_id, {"way": ("court",)}, "薛城区人民法院诉讼服务中心", "某仲裁委员会")
    court, unknown = data.places
    for line in ("去哪里：薛城区人民法院诉讼服务中心", "地址：", "电话：", "时间：", "带什么：身份证", "示例"):
        assert line in court
    assert unknown == "去哪里：某仲裁委员会"
    assert data.promises[0].text.startswith("已引导您到薛城区人民法院诉讼服务中心、某仲裁委员会")
    assert dates(data) == [None, None]
    assert data.remedies == ()


def test_what_was_handed_on_stands_on_the_slip_with_its_review(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    before = issue.preview(clerk_desk, saved.visit_id)[0]
    answers = {"way": ("none",), "level": ("city",), "report": ("no",)}
    data = routed(clerk_desk, saved.visit_id, answers, "市人力资源和社会保障局")
    assert before.places == data.places == ()
    assert data.promises[0].text == "已转送市人力资源和社会保障局办理"
    assert dates(data) == [None, TRANSFER]
    assert "复查" in data.remedies[0]
    other = register(clerk_desk, new_form())
    duty = routed(clerk_desk, other.visit_id, {**answers, "way": ("duty",)}, "市人力资源和社会保障局")
    assert duty.remedies == ()


def test_a_slip_of_2019_rests_on_the_articles_of_2019(slip_of: SlipOf, new_form: NewForm, clock: Clock) -> None:
    clock.set(datetime(2019, 3, 1, 1, 0, tzinfo=UTC))
    data = slip_of(new_form())
    assert dates(data) == [date(2019, 3, 18), date(2019, 4, 2)]
    assert articles(data) == ["《山东省信访条例》第三十三条", "《山东省信访条例》第三十三条"]
    assert data.remedies[0].endswith("（《信访条例》第三十四条）。")


def test_a_day_in_a_year_without_its_table_says_so(slip_of: SlipOf, new_form: NewForm, clock: Clock) -> None:
    clock.set(datetime(2026, 12, 10, 1, 0, tzinfo=UTC))
    assert [promise.provisional for promise in slip_of(new_form()).promises] == [False, True]


# papers still wanted


def test_all_missing_papers_are_told_at_once_with_where_to_get_them(slip_of: SlipOf, new_form: NewForm) -> None:
    def names(data: SlipData) -> list[str]:
        return [line.partition("：")[0] for line in data.missing_papers]

    contract, note = "劳动合同，没有的用考勤记录或工友证明代替", "欠条、工资条或银行流水"
    assert names(slip_of(new_form(materials=()))) == [contract, note]
    data = slip_of(new_form())
    assert names(data) == [contract]
    assert data.missing_papers[0].partition("：")[2]
    both = (MaterialEntry("工资欠条"), MaterialEntry("考勤照片"))
    assert names(slip_of(new_form(materials=both))) == []
    agent = slip_of(new_form(materials=both, agents=(someone("周涛", 504),)))
    assert len(agent.missing_papers) == 2


# frozen

TEXT = st.text()
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MOMENTS = st.datetimes(timezones=st.just(UTC))
SLIPS = st.builds(
    SlipData,
    unit=st.builds(UnitCard),
    arrived_at=MOMENTS,
    promises=st.lists(st.builds(Promise, by=st.none() | st.dates(), article=TEXT), max_size=3).map(tuple),
    advice=st.lists(st.builds(SlipAdvice, ways=TEXTS, signed_at=MOMENTS, addenda=TEXTS), max_size=2).map(tuple),
    visitors=TEXTS,
    materials=TEXTS,
    missing_papers=TEXTS,
    remedies=TEXTS,
)


PLAIN = SlipData(
    unit=PRACTICE_UNIT,
    practice=True,
    visit_no="370400-01-20261123-001-3",
    matter_no="370400-01-2026-00001-E",
    query_code="7QX4M2PD",
    queue_no=1,
    petitioner="王伟",
    visitors=(),
    headcount=1,
    masked_id="370499********0232",
    arrived_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    visit_ordinal=1,
    title="建筑工地拖欠工资",
    classification="求决 · 劳动社保 · 薛城区",
    respondent="某建筑劳务有限公司",
    summary="被拖欠工资26800元。",
    materials=("工资欠条（复印件 1 页）",),
    promises=(Promise(TRANSFER, "转送办理", "《信访工作条例》第二十二条"),),
    reply="电话联系您：139****0001",
    missing_papers=(),
    advice=(),
    enquiry="打电话问。",
    remedies=(),
    staff_no="002",
    edition=1,
)


@given(SLIPS)
def test_frozen_data_comes_back_exactly(data: SlipData) -> None:
    frozen = to_json(data)
    again = from_json(frozen)
    assert again == data
    assert again.arrived_at.tzinfo is UTC
    assert to_json(again) == frozen


@given(SLIPS, SLIPS)
def test_equal_text_means_equal_data(one: SlipData, other: SlipData) -> None:
    assert (to_json(one) == to_json(other)) == (one == other)


@pytest.fixture
def frozen() -> dict[str, dict[str, object]]:
    """A frozen slip as a tree that a test may damage."""
    tree: dict[str, dict[str, object]] = json.loads(to_json(PLAIN))
    return tree


def test_a_text_of_another_version_is_read_as_far_as_it_goes(frozen: dict[str, dict[str, object]]) -> None:
    plain = from_json(json.dumps(frozen))
    frozen["slip"]["a_field_that_was_dropped"] = [1, {"x": None}]
    promise = {"by": None, "text": "以前没有条文这一栏"}
    frozen["slip"]["promises"] = [promise]
    assert from_json(json.dumps(frozen)) == replace(plain, promises=(Promise(None, "以前没有条文这一栏"),))


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "{}", '{"format":1}', '{"format":1,"slip":null}', '{"format":1,"slip":[]}',
     '{"format":1,"slip":{}}', '{"format":1,"slip":"title"}'],
)  # fmt: skip
def test_what_is_no_frozen_slip_is_refused(text: str) -> None:
    with pytest.raises(FrozenFault):
        from_json(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("arrived_at", "gestern"),
        ("arrived_at", None),
        ("queue_no", "7"),
        ("practice", 1),
        ("materials", "工资欠条"),
        ("materials", [1]),
        ("advice", [None]),
        ("advice", ["x"]),
        ("promises", {"by": None}),
        ("unit", "x"),
        ("title", None),
    ],
)
def test_a_field_of_another_kind_is_refused(frozen: dict[str, dict[str, object]], field: str, value: object) -> None:
    frozen["slip"][field] = value
    with pytest.raises(FrozenFault):
        from_json(json.dumps(frozen))


def test_a_later_format_is_refused(frozen: dict[str, object]) -> None:
    frozen["format"] = 2
    with pytest.raises(FrozenFault):
        from_json(json.dumps(frozen))
