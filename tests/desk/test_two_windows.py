"""Two windows with one matter before them: the second is told what it does not know, and nothing is written twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.desk.lived import TODAY, shown

from onevisit.desk import afterwards, calls, evaluation, life_clocks, promises_due, service
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.pauses import Stop
from onevisit.rules.rulesets import ClockKind, StopReason

NewForm = Callable[..., RegistrationForm]
Change = Callable[[Desk, Seen], object]


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


@pytest.fixture
def other_desk(colleague: Callable[[Role], Desk]) -> Desk:
    return colleague(Role.CLERK)


def call(desk: Desk, seen: Seen) -> None:
    calls.call(desk, seen, CallForm(CallOutcome.REACHED, "问进度"))


def promise(desk: Desk, seen: Seen) -> None:
    promises_due.make(desk, seen, PromiseForm("回电", TODAY + timedelta(days=1)))


def notice(desk: Desk, seen: Seen) -> None:
    form = ServiceForm(ServedDocument.NOTICE, ServiceMethod.IN_PERSON, ServiceOutcome.SIGNED, TODAY)
    service.serve(desk, seen, form)


def stop(desk: Desk, seen: Seen) -> None:
    life_clocks.stop(desk, seen, ClockKind.TRANSFER, Stop(StopReason.OTHER, TODAY, note="停电"))


WRITES: list[Change] = [call, promise, notice, stop]


@pytest.mark.parametrize("first", WRITES)
@pytest.mark.parametrize("second", WRITES)
def test_the_second_is_told_and_writes_once_it_has_seen(
    clerk_desk: Desk, other_desk: Desk, visit: Registered, first: Change, second: Change
) -> None:
    before = shown(clerk_desk, visit.matter_id)
    first(clerk_desk, before)
    with pytest.raises(ChangedElsewhereError, match="别的窗口刚刚改过这件事"):
        second(other_desk, before)
    found = afterwards.afterwards(clerk_desk, visit.matter_id)
    once = [[call], [promise], [notice]]
    assert [len(found.calls), len(found.promises), len(found.services)] == [int(first in one) for one in once]
    if not first is second is stop:
        second(other_desk, shown(other_desk, visit.matter_id))


def test_a_promise_is_kept_once(clerk_desk: Desk, other_desk: Desk, visit: Registered) -> None:
    promise(clerk_desk, shown(clerk_desk, visit.matter_id))
    before = shown(clerk_desk, visit.matter_id)
    (made,) = afterwards.afterwards(clerk_desk, visit.matter_id).promises
    promises_due.keep(clerk_desk, before, made.promise_id, "已回电")
    for seen, words in ((before, "刚刚改过"), (shown(other_desk, visit.matter_id), "已经在2026年11月23日记为兑现")):
        with pytest.raises(ChangedElsewhereError, match=words):
            promises_due.keep(other_desk, seen, made.promise_id, "我也回了")
    with pytest.raises(ChangedElsewhereError):
        call(other_desk, before)


def test_a_visitor_at_the_screen_is_not_sent_away_for_what_another_window_records(
    clerk_desk: Desk, other_desk: Desk, visit: Registered
) -> None:
    asked = evaluation.invite(clerk_desk, visit.visit_id)
    again = evaluation.invite(other_desk, visit.visit_id)
    assert again.asked == asked.asked
    call(other_desk, shown(other_desk, visit.matter_id))
    ((_, evaluation_id),) = asked.asked
    evaluation.decline(clerk_desk, asked.shown, evaluation_id)
    with pytest.raises(DeskFault, match="已经记为不评价"):
        evaluation.decline(other_desk, again.shown, evaluation_id)
    evaluation.answer(other_desk, again.shown, evaluation_id, EvaluationValue.SATISFIED)
    for desk, shown_ in ((clerk_desk, asked.shown), (other_desk, again.shown)):
        with pytest.raises(DeskFault, match="已经评价过"):
            evaluation.answer(desk, shown_, evaluation_id, EvaluationValue.DISSATISFIED)
