"""The checks of domain.md §7.2 that belong to registering a visit, through the desk: 1, 2, 3, 9, 11, 12, 13."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock
from tests.desk.invented import person

from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.form_rules import form_rules
from onevisit.desk.register import AnswerNeededError, Registered, likenesses, register
from onevisit.desk.slips import form_of
from onevisit.desk.standing import StepFacts, open_for_change, seen, take_step
from onevisit.rules import groups, papers, routes
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ReplyMethod, ReturnReason
from onevisit.rules.faults import Fault
from onevisit.rules.forms import AgentPart, Answer, MatterAnswer, RegistrationForm
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_life import Action, State
from onevisit.rules.people import AgentKind, PartyRole, PersonEntry
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_hints import circumstances
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind
from onevisit.store.tables import HouseText, Matter, MatterLink, TimelineEntry, Visit, VisitParty

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)


def refused(desk: Desk, form: RegistrationForm, arrived_at: datetime | None = None) -> tuple[Fault, ...]:
    with pytest.raises(FormError) as told:
        register(desk, form, arrived_at=arrived_at)
    return told.value.faults


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 4, 0, tzinfo=UTC)


def house_text(desk: Desk, name: str, content: str) -> None:
    with desk.work(None) as session:
        row = HouseText(name=name, content=content, changed_at=desk.now(), account_id=desk.actor.account_id)
        session.add(row)


def rule_set(desk: Desk, saved: Registered) -> str:
    with desk.look(None) as session:
        return session.get_one(Matter, saved.matter_id).rule_set


def step(desk: Desk, matter_id: int, action: Action, on: date = TODAY, served_on: date | None = None) -> None:
    handling, procedure = (Handling.TRANSFER, Procedure.OPINION) if action is Action.ROUTE else (None, None)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, seen(session.get_one(Matter, matter_id)))
        take_step(desk, session, matter, action, StepFacts(on, served_on), handling=handling, procedure=procedure)


def lines(desk: Desk, matter_id: int) -> dict[str, DueLine]:
    with desk.look(Permission.SEE_DUE) as session:
        return {one.key: one for one in due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]}


def again(form: RegistrationForm, saved: Registered) -> RegistrationForm:
    return replace(
        form,
        matter_answers=(MatterAnswer(saved.matter_id, Answer.SAME),),
        return_reason=ReturnReason.ASKS_PROGRESS,
        return_note="问办到哪一步",
    )


def people(count: int, first: int = 2) -> tuple[PersonEntry, ...]:
    return tuple(person(serial) for serial in range(first, first + count))


# -- 1 -----------------------------------------------------------------------------------------------------------------


def test_check_1_a_sixth_representative_stops_the_save_by_article_20(clerk_desk: Desk, new_form: NewForm) -> None:
    (fault,) = refused(clerk_desk, new_form(companions=people(5), headcount=20))
    assert (fault.field, fault.article) == ("companions", "《信访工作条例》第二十条")
    assert "不得超过 5 人（现为 6 人）" in fault.sentence
    assert register(clerk_desk, new_form(companions=people(4), headcount=20)).visit_id


@pytest.mark.parametrize(
    ("day", "article"),
    [((2015, 12, 31), "《信访条例》第十八条"), ((2019, 3, 1), "《山东省信访条例》第二十七条")],
)
def test_check_1_the_article_is_that_of_the_rules_of_the_day(
    clerk_desk: Desk, new_form: NewForm, day: tuple[int, int, int], article: str
) -> None:
    (fault,) = refused(clerk_desk, new_form(companions=people(5), headcount=20), noon(*day))
    assert fault.article == article


# -- 2 -----------------------------------------------------------------------------------------------------------------


def test_check_2_twelve_without_representatives_are_registered_and_not_talked_to_where_that_rule_is_on(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    form = new_form(headcount=12)
    rules = form_rules(clerk_desk).rules
    assert groups.talk_blocked(form, rules) == ""
    house_text(clerk_desk, "switched_on", "2022-37")
    now = form_rules(clerk_desk)
    assert now.rules.code == "2022-37"
    assert "参照《山东省信访条例》" in now.told
    assert "可以登记，暂不接谈" in groups.talk_blocked(form, now.rules)
    assert now.rules.talk_needs_representatives.article == "《山东省信访条例》第二十七条"
    assert register(clerk_desk, form).visit_id


# -- 3 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ((2005, 5, 1), "2005"),
        ((2019, 3, 1), "2005-37"),
        ((2022, 4, 30), "2005-37"),
        ((2022, 5, 1), "2022"),
        ((2026, 11, 23), "2022"),
    ],
)
def test_check_3_a_matter_is_registered_under_the_rules_of_its_day(
    clerk_desk: Desk, new_form: NewForm, day: tuple[int, int, int], code: str
) -> None:
    assert rule_set(clerk_desk, register(clerk_desk, new_form(), arrived_at=noon(*day))) == code


def test_check_3_today_is_simply_today_and_said_by_no_word(clerk_desk: Desk) -> None:
    assert (form_rules(clerk_desk).rules.code, form_rules(clerk_desk).told) == ("2022", "")


def test_a_day_that_no_rule_reaches_or_that_is_still_to_come_is_refused(clerk_desk: Desk, new_form: NewForm) -> None:
    (old,) = refused(clerk_desk, new_form(), noon(2005, 4, 30))
    assert (old.field, "来访日期早于2005年5月1日" in old.sentence) == ("arrived_at", True)
    (late,) = refused(clerk_desk, new_form(), noon(2026, 11, 24))
    assert "在今天（2026年11月23日）之后" in late.sentence


# -- 9 -----------------------------------------------------------------------------------------------------------------


def test_check_9_an_anonymous_visit_has_no_day_for_the_notice_by_article_23(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    saved = register(clerk_desk, new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    notice = lines(clerk_desk, saved.matter_id)[ClockKind.NOTICE.value]
    assert notice.due is None
    assert "《信访工作条例》第二十三条" in f"{notice.words}{notice.article}"
    named = register(clerk_desk, new_form())
    step(clerk_desk, named.matter_id, Action.ROUTE)
    assert lines(clerk_desk, named.matter_id)[ClockKind.NOTICE.value].due


# -- 11 ----------------------------------------------------------------------------------------------------------------


def test_check_11_two_agents_are_kept_with_what_they_are_and_a_third_is_refused(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    parts = (AgentPart(AgentKind.RELATIVE, ("授权委托书",)), AgentPart(AgentKind.GUARDIAN))
    saved = register(clerk_desk, new_form(agents=people(2), agent_parts=parts))
    with clerk_desk.look(None) as session:
        query = select(VisitParty).where(VisitParty.visit_id == saved.visit_id, VisitParty.role == PartyRole.AGENT)
        rows = session.scalars(query.order_by(VisitParty.ordinal)).all()
        assert [(one.agent_kind, one.papers_shown) for one in rows] == [
            (AgentKind.RELATIVE, ["授权委托书"]),
            (AgentKind.GUARDIAN, []),
        ]
        back = form_of(session.get_one(Visit, saved.visit_id))
    assert back.agent_parts == parts
    # a guardian needs no letter of authority; what was shown is wanted no more
    assert [one.name for one in papers.wanted_of_agents(back)] == ["近亲属关系证明", "监护关系证明"]
    (fault,) = refused(clerk_desk, new_form(agents=people(3)))
    assert (fault.field, fault.article) == ("agents", "《山东省信访条例》第二十八条；示例，以本地文件为准")
    (then,) = refused(clerk_desk, new_form(agents=people(3)), noon(2019, 3, 1))
    assert then.article == "《山东省信访条例》第二十八条"


# -- 12 ----------------------------------------------------------------------------------------------------------------


def test_check_12_who_skips_a_level_is_told_and_still_registered(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    saved = register(clerk_desk, form)
    case = circumstances(form)
    assert case is not None
    answers = {routes.WAY: ("none",), routes.LEVEL: ("town",), routes.REPORT: ("no",)}
    route = routes.propose(case, answers)
    assert route is not None
    assert any("应当先向镇街" in one and "今天照样登记" in one for one in route.notices)
    assert saved.visit_no


# -- 13 ----------------------------------------------------------------------------------------------------------------


def test_check_13_coming_again_within_the_period_is_told_article_19_and_starts_no_new_clock(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form()
    saved = register(clerk_desk, form)
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    step(clerk_desk, saved.matter_id, Action.ACCEPT)
    clock.advance(days=20)
    before = lines(clerk_desk, saved.matter_id)
    (known,) = likenesses(clerk_desk, form).matters
    assert "《信访工作条例》第十九条第三款" in known.stop
    assert "照样登记" in known.stop
    assert "已受理（11月23日登记受理）" in known.standing
    assert "办理还有 40 天（2027年1月22日）" in known.standing
    repeat = register(clerk_desk, again(form, saved))
    assert (repeat.matter_id, repeat.ordinal) == (saved.matter_id, 2)
    assert lines(clerk_desk, saved.matter_id) == before
    with clerk_desk.look(None) as session:
        told = session.scalars(select(TimelineEntry.text).where(TimelineEntry.visit_id == repeat.visit_id)).all()
    assert any("期限不重新计算（《信访工作条例》第十九条第三款）" in one for one in told)


def test_check_13_a_matter_of_before_2022_is_told_the_article_of_its_own_rules(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    saved = register(clerk_desk, form, arrived_at=noon(2019, 3, 1))
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    step(clerk_desk, saved.matter_id, Action.ACCEPT)
    (known,) = likenesses(clerk_desk, form).matters
    assert "（《信访条例》第十六条）" in known.stop
    repeat = register(clerk_desk, again(form, saved))
    with clerk_desk.look(None) as session:
        told = session.scalars(select(TimelineEntry.text).where(TimelineEntry.visit_id == repeat.visit_id)).all()
    assert any("期限不重新计算（《信访条例》第十六条）" in one for one in told)


def test_check_13_after_its_period_nothing_speaks_against_coming_again(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form()
    saved = register(clerk_desk, form)
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    step(clerk_desk, saved.matter_id, Action.ACCEPT)
    clock.advance(days=70)
    (known,) = likenesses(clerk_desk, form).matters
    assert known.stop == ""
    assert "已超期" in known.standing


# -- ended matters -----------------------------------------------------------------------------------------------------


def test_a_terminated_matter_must_be_answered_and_says_article_36(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    saved = register(clerk_desk, form)
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    step(clerk_desk, saved.matter_id, Action.ACCEPT)
    step(supervisor_desk, saved.matter_id, Action.TERMINATE)
    with pytest.raises(AnswerNeededError) as asked:
        register(clerk_desk, form)
    (known,) = asked.value.likenesses.matters
    assert "《信访工作条例》第三十六条第三款" in known.stop
    repeat = register(clerk_desk, again(form, saved))
    assert repeat.ordinal == 2
    with clerk_desk.look(None) as session:
        assert session.get_one(Matter, saved.matter_id).state is State.TERMINATED


def test_a_closed_matter_needs_no_answer_and_is_not_reopened_by_a_repeat(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    saved = register(clerk_desk, form)
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    step(clerk_desk, saved.matter_id, Action.ACCEPT)
    step(clerk_desk, saved.matter_id, Action.ANSWER, served_on=TODAY)
    step(clerk_desk, saved.matter_id, Action.CLOSE)
    (known,) = likenesses(clerk_desk, form).matters
    assert "由负责人写明理由" in known.stop
    assert not known.must_answer
    repeat = register(clerk_desk, again(form, saved))
    assert (repeat.matter_id, repeat.ordinal) == (saved.matter_id, 2)
    with clerk_desk.look(None) as session:
        matter = session.get_one(Matter, saved.matter_id)
        assert (matter.state, matter.open) == (State.CLOSED, False)


def test_coming_again_on_a_merged_matter_goes_on_where_it_was_merged_into(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    merged, into = register(clerk_desk, form), register(clerk_desk, new_form(companions=people(1)))
    step(clerk_desk, merged.matter_id, Action.MERGE)
    with clerk_desk.work(None) as session:
        made_at, whose = clerk_desk.now(), clerk_desk.actor.account_id
        ids = {"from_id": merged.matter_id, "to_id": into.matter_id}
        session.add(MatterLink(kind=LinkKind.MERGED_INTO, made_at=made_at, account_id=whose, **ids))
    (known,) = likenesses(clerk_desk, form).matters
    assert "就登记在那一件上" in known.stop
    repeat = register(clerk_desk, again(form, merged))
    assert (repeat.matter_id, repeat.ordinal) == (into.matter_id, 2)


def test_only_a_visit_that_is_told_as_urgent_asks_for_the_report(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(urgent=True)
    saved = register(clerk_desk, form)
    assert saved.urgent
    assert not register(clerk_desk, again(replace(form, urgent=False), saved)).urgent


# -- groups, content levels --------------------------------------------------------------------------------------------


def test_who_of_a_group_has_signed_is_kept(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(companions=people(2), headcount=12, signed=(True, False, True))
    saved = register(clerk_desk, form)
    with clerk_desk.look(None) as session:
        back = form_of(session.get_one(Visit, saved.visit_id))
    assert [one.signed for one in groups.roster_of(back)] == [True, False, True]
    assert groups.unsigned(groups.roster_of(back)) == ("访客2",)


def test_a_level_below_the_content_class_is_kept_and_named_wherever_the_matter_is(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    house_text(clerk_desk, "content_tree", "0601,劳动报酬\n060101,拖欠农民工工资\n0602,社会保险,停用\n")
    form = new_form(content_code="060101")
    register(clerk_desk, form)
    (known,) = likenesses(clerk_desk, form).matters
    assert known.classification == "求决 · 劳动社保 › 劳动报酬 › 拖欠农民工工资 · 薛城区"
    (unknown,) = refused(clerk_desk, new_form(content_code="0602"))
    assert (unknown.field, "已经停用" in unknown.sentence) == ("content_code", True)
    (other,) = refused(clerk_desk, new_form(content_code="0501"))[:1]
    assert "细类不属于“劳动社保”" in other.sentence


def test_the_time_of_a_late_entry_is_still_taken(clerk_desk: Desk, new_form: NewForm) -> None:
    assert register(clerk_desk, new_form(), arrived_at=clerk_desk.now() - timedelta(days=1)).visit_id
