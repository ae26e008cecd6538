"""The one door through which a matter moves on, and what its clocks say afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from onevisit.desk import clock_reading, lawbook, lookup
from onevisit.desk.clock_reading import REPORT, DueLine, due_lines, nearest
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, NotFoundError
from onevisit.desk.register import register
from onevisit.desk.standing import Seen, StepFacts, open_for_change, record_event, seen, standing_of, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_history import Event, Whose
from onevisit.rules.matter_life import Action, Served, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.store.tables import ClockStop, HouseText, Matter, MatterStep, RouteDecision

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)


@pytest.fixture
def matter_id(clerk_desk: Desk, new_form: NewForm) -> int:
    return register(clerk_desk, new_form()).matter_id


def shown(desk: Desk, matter_id: int) -> Seen:
    with desk.look(Permission.SEARCH) as session:
        return seen(session.get_one(Matter, matter_id))


def step(desk: Desk, matter_id: int, action: Action, on: date = TODAY, served_on: date | None = None) -> None:
    handling, procedure = (Handling.TRANSFER, Procedure.OPINION) if action is Action.ROUTE else (None, None)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, seen(session.get_one(Matter, matter_id)))
        facts = StepFacts(on, served_on)
        take_step(desk, session, matter, action, facts, handling=handling, procedure=procedure)


def lines(desk: Desk, matter_id: int) -> dict[str, DueLine]:
    with desk.look(Permission.SEE_DUE) as session:
        return {one.key: one for one in due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]}


def test_a_matter_keeps_the_rules_of_its_day_and_begins_registered(clerk_desk: Desk, matter_id: int) -> None:
    with clerk_desk.look(Permission.SEARCH) as session:
        matter = session.get_one(Matter, matter_id)
        assert (matter.rule_set, matter.state, matter.open) == ("2022", State.REGISTERED, True)
        assert lawbook.rules_of(session, matter).code == "2022"


def test_each_step_moves_the_matter_and_is_told(clerk_desk: Desk, matter_id: int) -> None:
    step(clerk_desk, matter_id, Action.ROUTE)
    step(clerk_desk, matter_id, Action.ACCEPT)
    step(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    step(clerk_desk, matter_id, Action.CLOSE)
    with clerk_desk.look(Permission.SEARCH) as session:
        matter = session.get_one(Matter, matter_id)
        assert (matter.state, matter.open, matter.handling) == (State.CLOSED, False, Handling.TRANSFER)
        assert standing_of(matter).served is Served.OPINION
        kinds = session.scalars(select(MatterStep.kind).order_by(MatterStep.id)).all()
        assert kinds == ["route", "accept", "answer", "close"]
    told = lookup.open_matter(clerk_desk, matter_id).timeline
    assert [one.kind for one in told][-4:] == ["定去向", "登记受理", "登记答复", "办结"]
    assert told[-2].text == "2026年11月23日送达"


def test_what_cannot_be_done_changes_nothing(clerk_desk: Desk, matter_id: int) -> None:
    with pytest.raises(PlainFault, match="定了去向以后才登记答复"):
        step(clerk_desk, matter_id, Action.ANSWER)
    assert shown(clerk_desk, matter_id).state is State.REGISTERED


def test_whoever_comes_second_is_told_and_overwrites_nothing(clerk_desk: Desk, matter_id: int) -> None:
    old = shown(clerk_desk, matter_id)
    step(clerk_desk, matter_id, Action.ROUTE)
    with (
        pytest.raises(ChangedElsewhereError, match="原来是“已登记”，现在是“已定去向”；您的内容没有保存"),
        clerk_desk.work(Permission.HANDLE) as session,
    ):
        open_for_change(clerk_desk, session, old)
    routed = shown(clerk_desk, matter_id)
    with clerk_desk.work(Permission.HANDLE) as session:
        matter = open_for_change(clerk_desk, session, routed)
        record_event(clerk_desk, session, matter, Event.RECEIVED, StepFacts(TODAY))
    with (
        pytest.raises(ChangedElsewhereError, match="刚刚改过这件事，您的内容没有保存"),
        clerk_desk.work(Permission.HANDLE) as session,
    ):
        open_for_change(clerk_desk, session, routed)


def test_a_confidential_matter_is_reached_by_way_of_ones_own_visit_only(
    clerk_desk: Desk, new_form: NewForm, matter_id: int
) -> None:
    leak = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True)
    saved = register(clerk_desk, leak)
    with clerk_desk.look(Permission.SEARCH) as session:
        matter = session.get_one(Matter, saved.matter_id)
        open_for_change(clerk_desk, session, seen(matter, saved.visit_id))
        for other in (seen(matter), seen(matter, 1), replace(seen(matter), matter_id=99)):
            with pytest.raises(NotFoundError):
                open_for_change(clerk_desk, session, other)


def test_what_was_anonymised_goes_on_no_more(clerk_desk: Desk, matter_id: int) -> None:
    with clerk_desk.work(Permission.HANDLE) as session:
        session.get_one(Matter, matter_id).anonymised_at = clerk_desk.now()
    with pytest.raises(DeskFault, match="匿名"):
        step(clerk_desk, matter_id, Action.ROUTE)


def test_the_clocks_follow_the_steps(clerk_desk: Desk, matter_id: int) -> None:
    first = lines(clerk_desk, matter_id)
    assert {key: (one.due, one.words) for key, one in first.items()} == {"transfer": (date(2026, 12, 8), "还有 15 天")}
    step(clerk_desk, matter_id, Action.ROUTE)
    routed = lines(clerk_desk, matter_id)
    assert routed["transfer"].words == "按期完成"
    assert (routed["notice"].due, routed["objection"].due) == (date(2026, 12, 8), date(2026, 11, 30))
    found = nearest(routed.values())
    assert found is not None
    assert found.key == "objection"
    assert nearest(routed.values(), Whose.WINDOW) is None
    step(clerk_desk, matter_id, Action.ACCEPT)
    handled = lines(clerk_desk, matter_id)["handling"]
    assert (handled.due, handled.provisional, handled.whose) == (date(2027, 1, 22), True, Whose.ORGAN)
    assert handled.why


def test_the_clocks_of_an_accusation_and_of_nobody(clerk_desk: Desk, new_form: NewForm) -> None:
    nameless = new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE)
    sealed = new_form(content=ContentClass.DISCIPLINE)
    for form, words in ((nameless, "没有留下姓名"), (sealed, "政法机关、纪检监察机关")):
        found = register(clerk_desk, form).matter_id
        step(clerk_desk, found, Action.ROUTE)
        line = lines(clerk_desk, found)["notice"]
        assert (line.due, line.state, line.is_open) == (None, None, False)
        assert line.words.startswith(words)


def test_the_report_of_an_assignment_is_due_until_it_came(clerk_desk: Desk, matter_id: int) -> None:
    step(clerk_desk, matter_id, Action.ROUTE)
    with clerk_desk.work(Permission.ROUTE) as session:
        session.add(
            RouteDecision(
                matter_id=matter_id,
                decided_at=clerk_desk.now(),
                on_day=TODAY,
                account_id=clerk_desk.actor.account_id,
                handling=Handling.ASSIGN,
                reply_by=date(2026, 11, 25),
            )
        )
    line = lines(clerk_desk, matter_id)[REPORT]
    assert (line.due, line.words, line.whose) == (date(2026, 11, 25), "还有 2 天", Whose.ORGAN)
    with clerk_desk.work(Permission.HANDLE) as session:
        record_event(clerk_desk, session, session.get_one(Matter, matter_id), Event.REPORTED, StepFacts(TODAY))
    assert lines(clerk_desk, matter_id)[REPORT].words == "按期完成"


def test_a_stop_belongs_to_its_own_matter(clerk_desk: Desk, new_form: NewForm, matter_id: int) -> None:
    other = register(clerk_desk, new_form()).matter_id
    with clerk_desk.work(Permission.HANDLE) as session:
        session.add(
            ClockStop(
                matter_id=matter_id,
                clock=ClockKind.TRANSFER,
                reason=StopReason.OTHER,
                first=TODAY,
                note="停电",
                recorded_at=clerk_desk.now(),
                account_id=clerk_desk.actor.account_id,
            )
        )
    assert any("其他" in one for one in lines(clerk_desk, matter_id)["transfer"].why)
    assert not any("其他" in one for one in lines(clerk_desk, other)["transfer"].why)
    with clerk_desk.look(Permission.SEE_DUE) as session:
        assert clock_reading.events(session, session.get_one(Matter, other)).stops == {}


def test_a_yearly_table_of_the_unit_counts_at_once(clerk_desk: Desk, matter_id: int) -> None:
    before = lines(clerk_desk, matter_id)["transfer"]
    rest = "2026-01-01,休\n2026-05-01,休\n2026-10-01至2026-10-02,休\n2026-10-03,休\n2026-12-08,休,示例节\n"
    with clerk_desk.work(Permission.HANDLE) as session:
        session.add(
            HouseText(
                name=f"{lawbook.HOLIDAYS}2026",
                content=rest,
                changed_at=clerk_desk.now(),
                account_id=clerk_desk.actor.account_id,
            )
        )
    after = lines(clerk_desk, matter_id)["transfer"]
    assert (before.due, after.due) == (date(2026, 12, 8), date(2026, 12, 9))
