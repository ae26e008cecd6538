"""From the steps of a matter to the days of its clocks."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.classification import PetitionClass
from onevisit.rules.matter_history import Event, Happened, History, Whose, events_of, happening, whose
from onevisit.rules.matter_life import Action, Served, Standing, State, go, possible
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.step_forms import event_why_not

REGISTERED = date(2026, 11, 2)
TO_ORGAN = Standing(State.ROUTED, Handling.TRANSFER, Procedure.OPINION)


def day(after: int) -> date:
    return REGISTERED + timedelta(days=after)


def days(*steps: tuple[Action | Event, int] | tuple[Action | Event, int, int], standing: Standing = TO_ORGAN) -> str:
    """The clocks as ``transfer 0-3, notice 3-``: from which day after the registration, to which it was done."""
    happened = [Happened(one[0], day(one[1]), day(one[2]) if len(one) > 2 else None) for one in steps]
    found = events_of(History(REGISTERED, happened, standing, PetitionClass.CLAIM))
    assert found.done.keys() <= found.starts.keys()
    words = []
    for kind in ClockKind:
        if kind in found.starts:
            done = (found.done[kind] - REGISTERED).days if kind in found.done else ""
            words.append(f"{kind.value} {(found.starts[kind] - REGISTERED).days}-{done}")
    return ", ".join(words)


def test_a_matter_begins_with_the_days_of_the_window() -> None:
    assert days(standing=Standing()) == "transfer 0-"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(Action.ROUTE, 3)], "transfer 0-3, notice 3-, objection 3-"),
        ([(Action.ROUTE, 3), (Event.RECEIVED, 5)], "transfer 0-3, notice 5-, objection 5-"),
        ([(Action.ROUTE, 3), (Event.NOTICED, 6)], "transfer 0-3, notice 3-6, objection 3-"),
        ([(Action.ROUTE, 3), (Event.NOTICED, 6), (Event.RECEIVED, 4)], "transfer 0-3, notice 4-6, objection 4-"),
        ([(Action.ROUTE, 3), (Event.NOTICED, 6), (Event.RECEIVED, 8)], "transfer 0-3, notice 3-6, objection 8-"),
        (
            [(Action.ROUTE, 3), (Event.AGREED, 4), (Action.OBJECT, 5), (Action.RETURN, 7)],
            "transfer 7-, confirmation 4-",
        ),
        ([(Action.ROUTE, 3), (Action.RECALL, 4)], "transfer 0-"),
        ([(Action.ROUTE, 3), (Action.OBJECT, 5)], "transfer 0-3, notice 3-, objection 3-5"),
        ([(Action.ROUTE, 3), (Action.OBJECT, 5), (Action.RETURN, 7)], "transfer 7-"),
        ([(Action.ROUTE, 3), (Action.OBJECT, 5), (Action.KEEP, 7)], "transfer 0-3, notice 3-, objection 3-5"),
        (
            [(Action.ROUTE, 3), (Action.OBJECT, 5), (Action.RETURN, 7), (Action.ROUTE, 8)],
            "transfer 7-8, notice 8-, objection 8-",
        ),
        ([(Action.ROUTE, 3), (Action.ACCEPT, 9)], "transfer 0-3, notice 3-9, handling 9-"),
        ([(Action.ROUTE, 3), (Event.NOTICED, 6), (Action.ACCEPT, 9)], "transfer 0-3, notice 3-6, handling 9-"),
        (
            [(Action.ROUTE, 3), (Action.ACCEPT, 9), (Action.ANSWER, 40)],
            "transfer 0-3, notice 3-9, handling 9-40",
        ),
        (
            [(Action.ROUTE, 3), (Action.ACCEPT, 9), (Action.ANSWER, 40, 42)],
            "transfer 0-3, notice 3-9, handling 9-40, review_request 42-",
        ),
        ([(Action.ROUTE, 3), (Action.WITHDRAW, 4)], "transfer 0-3"),
        ([(Action.WITHDRAW, 4)], ""),
        ([(Event.AGREED, 10), (Event.CONFIRMED, 12)], "transfer 0-, confirmation 10-12"),
        ([(Event.REPORTED, 10)], "transfer 0-"),
    ],
)
def test_each_step_starts_and_ends_its_clocks(steps: list[tuple[Action | Event, int]], expected: str) -> None:
    assert days(*steps) == expected


ANSWERED = ((Action.ROUTE, 3), (Action.ACCEPT, 9), (Action.ANSWER, 40, 42))
REVIEWED = (*ANSWERED, (Action.ASK_REVIEW, 50), (Action.REVIEW, 70, 71))
HANDLED = "transfer 0-3, notice 3-9, handling 9-40"


def test_the_review_and_the_final_review() -> None:
    assert days(*ANSWERED, (Action.ASK_REVIEW, 50)) == (
        f"{HANDLED}, review_request 42-50, review_acceptance 50-, review 50-"
    )
    assert days(*ANSWERED, (Action.ASK_REVIEW, 50), (Event.REVIEW_ACCEPTED, 52), (Action.REVIEW, 70)) == (
        f"{HANDLED}, review_request 42-50, review_acceptance 50-52, review 50-70"
    )
    first = f"{HANDLED}, review_request 42-50, review_acceptance 50-70, review 50-70"
    assert days(*REVIEWED) == f"{first}, final_request 71-"
    asked = (*REVIEWED, (Action.ASK_FINAL_REVIEW, 80), (Event.FINAL_ACCEPTED, 81), (Action.FINAL_REVIEW, 99))
    assert days(*asked) == f"{first}, final_request 71-80, final_acceptance 80-81, final_review 80-99"
    assert days(*REVIEWED, (Action.ASK_FINAL_REVIEW, 80), (Action.FINAL_REVIEW, 99)) == (
        f"{first}, final_request 71-80, final_acceptance 80-99, final_review 80-99"
    )


def test_a_request_that_came_to_nothing_leaves_no_review_open() -> None:
    assert days(*ANSWERED, (Action.ASK_REVIEW, 50), (Action.END_REVIEW, 51)) == (
        f"{HANDLED}, review_request 42-, review_acceptance 50-51"
    )


def test_who_asks_again_for_a_review_has_the_days_of_the_first_service() -> None:
    again = days(*ANSWERED, (Action.ASK_REVIEW, 50), (Action.END_REVIEW, 51), (Action.ASK_REVIEW, 60))
    assert again == f"{HANDLED}, review_request 42-60, review_acceptance 60-, review 60-"
    ended = days(*REVIEWED, (Action.ASK_FINAL_REVIEW, 80), (Action.END_REVIEW, 85))
    assert "review_request 42-50" in ended
    assert ended.endswith("final_request 71-, final_acceptance 80-85")


@pytest.mark.parametrize("end", [Action.TERMINATE, Action.WITHDRAW])
def test_an_agreement_keeps_its_days_for_confirmation_when_the_matter_is_over(end: Action) -> None:
    agreed = (*ANSWERED[:2], (Event.AGREED, 20), (end, 21))
    assert days(*agreed) == "transfer 0-3, notice 3-9, confirmation 20-"
    assert days(*agreed, (Event.CONFIRMED, 30)) == "transfer 0-3, notice 3-9, confirmation 20-30"


def test_a_review_that_annuls_begins_the_handling_anew() -> None:
    assert days(*REVIEWED, (Action.REDO, 72)) == "transfer 0-3, notice 3-9, handling 72-"


def test_closing_leaves_the_petitioner_their_days_and_the_end_leaves_none() -> None:
    assert days(*ANSWERED, (Action.CLOSE, 45)) == f"{HANDLED}, review_request 42-"
    assert days(*ANSWERED, (Action.TERMINATE, 45)) == HANDLED


def test_reopening_begins_at_the_window() -> None:
    assert days(*ANSWERED, (Action.CLOSE, 45), (Action.REOPEN, 90)) == "transfer 90-"


def test_what_is_not_handed_on_starts_no_days_of_an_organ() -> None:
    guided = Standing(State.ROUTED, Handling.GUIDE, Procedure.LITIGATION)
    assert days((Action.ROUTE, 0), standing=guided) == "transfer 0-0"


def test_an_answer_that_is_no_opinion_opens_no_review() -> None:
    by_duty = replace(TO_ORGAN, procedure=Procedure.DUTY)
    assert days(*ANSWERED, standing=by_duty) == HANDLED


def test_whose_days_they_are() -> None:
    asked = {ClockKind.REVIEW_REQUEST, ClockKind.FINAL_REQUEST, ClockKind.CONFIRMATION}
    assert {kind for kind in ClockKind if whose(kind) is Whose.PETITIONER} == asked
    assert {kind for kind in ClockKind if whose(kind) is Whose.WINDOW} == {ClockKind.TRANSFER}


def test_every_code_is_one_happening() -> None:
    codes = [*(one.value for one in Action), *(one.value for one in Event)]
    assert len(codes) == len(set(codes))
    assert [happening(code) for code in codes] == [*Action, *Event]
    with pytest.raises(ValueError, match="nothing"):
        happening("nothing")


@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*Action, *Event]), st.integers(0, 400), st.none() | st.integers(0, 400)), max_size=12
    ),
    handling=st.none() | st.sampled_from(Handling),
    procedure=st.none() | st.sampled_from(Procedure),
)
def test_any_course_is_read_and_nothing_is_done_that_was_not_begun(
    steps: list[tuple[Action | Event, int, int | None]], handling: Handling | None, procedure: Procedure | None
) -> None:
    happened = [Happened(kind, day(on), None if served is None else day(served)) for kind, on, served in steps]
    standing = Standing(State.ROUTED, handling, procedure, Served.NOTHING)
    found = events_of(History(REGISTERED, happened, standing, PetitionClass.CLAIM))
    assert found.done.keys() <= found.starts.keys()
    last = steps[-1][0] if steps else None
    if last in {Action.TERMINATE, Action.WITHDRAW}:
        assert found.starts.keys() - found.done.keys() <= {ClockKind.CONFIRMATION}
    if last in {Action.MERGE, Action.SPLIT}:
        assert found.starts.keys() == found.done.keys()


OPEN_AT = {
    State.REGISTERED: {ClockKind.TRANSFER},
    State.RETURNED: {ClockKind.TRANSFER},
    State.ROUTED: {ClockKind.NOTICE, ClockKind.OBJECTION},
    State.OBJECTED: {ClockKind.NOTICE},
    State.ACCEPTED: {ClockKind.HANDLING},
    State.ANSWERED: {ClockKind.REVIEW_REQUEST},
    State.IN_REVIEW: {ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW},
    State.REVIEWED: {ClockKind.FINAL_REQUEST},
    State.IN_FINAL_REVIEW: {ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW},
    State.CLOSED: {ClockKind.REVIEW_REQUEST, ClockKind.FINAL_REQUEST},
}
"""The clocks that may be open in each state, beside that of an agreement; none in any other."""
ALWAYS_OPEN = {
    State.REGISTERED: {ClockKind.TRANSFER},
    State.RETURNED: {ClockKind.TRANSFER},
    State.ACCEPTED: {ClockKind.HANDLING},
    State.IN_REVIEW: {ClockKind.REVIEW},
    State.IN_FINAL_REVIEW: {ClockKind.FINAL_REVIEW},
}


@given(st.randoms(use_true_random=False))
def test_wherever_the_machine_leads_the_clocks_of_that_state_run_and_no_others(chance: random.Random) -> None:
    standing, steps, on = Standing(), list[Happened](), 0
    for _ in range(14):
        found = events_of(History(REGISTERED, steps, standing, PetitionClass.CLAIM))
        started, done = found.starts.keys(), found.done.keys()
        opened = started - done
        assert ALWAYS_OPEN.get(standing.state, set()) <= opened
        assert opened <= OPEN_AT.get(standing.state, set()) | {ClockKind.CONFIRMATION}
        assert all(found.starts[kind] <= ended for kind, ended in found.done.items())
        events = [event for event in Event if not event_why_not(standing, event, started, done)]
        able: list[Action | Event] = [*possible(standing), *events]
        if not able:
            return
        kind, on = chance.choice(able), on + chance.choice([0, 1, 10, 40])
        if isinstance(kind, Action):
            handling, procedure = chance.choice([*Handling]), chance.choice([None, *Procedure])
            standing = go(standing, kind, handling=handling, procedure=procedure)
        served = chance.choice([None, day(on)]) if kind in {Action.ANSWER, Action.REVIEW} else None
        steps.append(Happened(kind, day(on), served))
