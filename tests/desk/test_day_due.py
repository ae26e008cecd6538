"""What is due today beside the visits."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import TODAY, shown

from onevisit.desk import life_split, lookup, promises_due, urgent
from onevisit.desk.day_due import MOST, DayDue, day_due
from onevisit.desk.desk import Desk
from onevisit.desk.register import register
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.clocks import local_day
from onevisit.rules.extensions import Approver
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_history import Whose
from onevisit.rules.matter_life import Action
from onevisit.rules.periods import ClockState
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.step_forms import StepForm
from onevisit.rules.urgent import UrgentAddressee
from onevisit.store.tables import ClockExtension, Matter, RouteDecision

NewForm = Callable[..., RegistrationForm]
NOTHING = DayDue((), (), ())


def step(desk: Desk, matter_id: int, action: Action) -> None:
    routed = action is Action.ROUTE
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, lookup.open_matter(desk, matter_id).seen)
        take_step(
            desk,
            session,
            matter,
            action,
            StepFacts(local_day(desk.now())),
            handling=Handling.TRANSFER if routed else None,
            procedure=Procedure.OPINION if routed else None,
        )
        matter.lead_organ = "某区人社局"


def test_nothing_is_due_on_a_quiet_day(clerk_desk: Desk, new_form: NewForm) -> None:
    register(clerk_desk, new_form())
    assert day_due(clerk_desk) == NOTHING


def test_promises_of_today_and_before_stand_with_whom_they_were_made_to(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    today = local_day(clerk_desk.now())
    for text, days in (("明天的", 1), ("今天的", 0), ("后天的", 2)):
        promises_due.make(clerk_desk, shown(clerk_desk, matter_id), PromiseForm(text, today + timedelta(days=days)))
    clock.advance(days=1)
    first, second = day_due(clerk_desk).promises
    assert (first.text, first.left, first.petitioner, first.matter_id) == ("今天的", -1, "王伟", matter_id)
    assert (second.text, second.left) == ("明天的", 0)
    promises_due.keep(clerk_desk, shown(clerk_desk, matter_id), first.promise_id, "已办")
    assert [one.text for one in day_due(clerk_desk).promises] == ["明天的"]


@pytest.mark.parametrize(("days", "words"), [(11, None), (12, "还有 3 天"), (15, "今天到期"), (40, "已超期 25 天")])
def test_the_days_of_the_window_show_when_they_are_near(
    clerk_desk: Desk, new_form: NewForm, clock: Clock, days: int, words: str | None
) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    clock.advance(days=days)
    found = day_due(clerk_desk).clocks
    assert [one.words for one in found] == ([words] if words else [])
    if words:
        assert (found[0].matter_id, found[0].whose, found[0].organ) == (matter_id, Whose.WINDOW, "")
        assert found[0].due == date(2026, 12, 8)
    step(clerk_desk, matter_id, Action.ROUTE)
    assert all(one.whose is Whose.ORGAN for one in day_due(clerk_desk).clocks)


def test_what_is_overdue_for_long_is_left_to_the_board(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    register(clerk_desk, new_form())
    clock.advance(days=46)
    assert day_due(clerk_desk) == NOTHING


def test_the_days_of_an_organ_show_with_its_name_and_follow_an_extension(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    step(clerk_desk, matter_id, Action.ROUTE)
    step(clerk_desk, matter_id, Action.ACCEPT)
    clock.advance(days=60)
    (line,) = day_due(clerk_desk).clocks
    assert (line.clock, line.organ, line.words, line.state) == (
        "办理",
        "某区人社局",
        "今天到期",
        ClockState.TODAY,
    )
    with clerk_desk.work(Permission.HANDLE) as session:
        session.add(
            ClockExtension(
                matter_id=matter_id,
                days=30,
                approver=Approver.HEAD,
                approved_by="局长",
                reason="案情复杂",
                approved_on=local_day(clerk_desk.now()),
                recorded_at=clerk_desk.now(),
                account_id=clerk_desk.actor.account_id,
            )
        )
    assert day_due(clerk_desk).clocks == ()
    clock.advance(days=28)
    assert [one.words for one in day_due(clerk_desk).clocks] == ["还有 3 天"]


def test_the_report_that_an_assignment_asked_for_is_due(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    step(clerk_desk, matter_id, Action.ROUTE)
    today = local_day(clerk_desk.now())
    with clerk_desk.work(Permission.ROUTE) as session:
        session.add(
            RouteDecision(
                matter_id=matter_id,
                decided_at=clerk_desk.now(),
                on_day=today,
                account_id=clerk_desk.actor.account_id,
                handling=Handling.ASSIGN,
                reply_by=today + timedelta(days=2),
            )
        )
    assert [(one.clock, one.words) for one in day_due(clerk_desk).clocks] == [("报办理结果", "还有 2 天")]


def test_an_urgent_matter_stays_until_all_five_were_told(clerk_desk: Desk, new_form: NewForm) -> None:
    matter_id = register(clerk_desk, new_form(urgent=True, title="聚集堵门")).matter_id
    (line,) = day_due(clerk_desk).urgent
    assert (line.matter_id, line.title, line.untold) == (matter_id, "聚集堵门", 5)
    for addressee in UrgentAddressee:
        urgent.tell(clerk_desk, urgent.open_report(clerk_desk, matter_id).key, addressee)
    assert day_due(clerk_desk).urgent == ()


def test_an_urgent_matter_without_a_report_is_told_as_well(clerk_desk: Desk, new_form: NewForm) -> None:
    whole = register(clerk_desk, new_form(urgent=True))
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["堵门", "欠薪"], StepForm(TODAY))
    assert [(one.title, one.untold) for one in day_due(clerk_desk).urgent] == [("欠薪", 5), ("堵门", 5)]


def test_of_a_confidential_matter_only_whoever_may_know_it_is_told(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    secret = register(clerk_desk, new_form(confidential=True, urgent=True))
    seen = lookup.open_matter(supervisor_desk, secret.matter_id).seen
    promises_due.make(supervisor_desk, seen, PromiseForm("回话", local_day(clerk_desk.now())))
    clock.advance(days=15)
    assert day_due(clerk_desk) == NOTHING
    found = day_due(supervisor_desk)
    assert (len(found.promises), len(found.clocks), len(found.urgent)) == (1, 1, 1)


def test_what_is_closed_or_forgotten_is_not_due(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    matter_id = register(clerk_desk, new_form(urgent=True)).matter_id
    clock.advance(days=15)
    assert day_due(clerk_desk).clocks
    with clerk_desk.work(Permission.HANDLE) as session:
        session.get_one(Matter, matter_id).anonymised_at = clerk_desk.now()
    assert day_due(clerk_desk) == NOTHING


def test_some_dozens_are_shown_and_the_rest_is_said(clerk_desk: Desk, new_form: NewForm) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    for number in range(MOST + 1):
        promise = PromiseForm(f"第 {number} 件", local_day(clerk_desk.now()))
        promises_due.make(clerk_desk, shown(clerk_desk, matter_id), promise)
    found = day_due(clerk_desk)
    assert (len(found.promises), found.more) == (MOST, True)
