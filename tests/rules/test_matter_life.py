"""The life of a matter."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import matter_life
from onevisit.rules.faults import PlainFault
from onevisit.rules.matter_life import FINAL, TABLE, Action, Served, Standing, State, TerminationGround
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling

NEW = Standing()
standings = st.builds(
    Standing,
    st.sampled_from(State),
    st.none() | st.sampled_from(Handling),
    st.none() | st.sampled_from(Procedure),
    st.sampled_from(Served),
)


def walk(
    *actions: Action,
    handling: Handling = Handling.TRANSFER,
    procedure: Procedure | None = Procedure.OPINION,
    start: Standing = NEW,
) -> Standing:
    standing = start
    for action in actions:
        standing = matter_life.go(standing, action, handling=handling, procedure=procedure)
    return standing


ANSWERED = (Action.ROUTE, Action.ACCEPT, Action.ANSWER)


def test_the_machine_is_total() -> None:
    assert set(TABLE) == set(State)
    assert {action for row in TABLE.values() for action in row} == set(Action)


def test_no_action_leads_out_of_a_final_state_and_every_other_has_a_way_on() -> None:
    assert {state for state, row in TABLE.items() if not row} == FINAL


def test_every_state_is_reachable_by_real_steps() -> None:
    seen: set[Standing] = set()
    waiting = [NEW]
    while waiting:
        standing = waiting.pop()
        if standing in seen:
            continue
        seen.add(standing)
        for action in matter_life.possible(standing):
            routes = (
                [(h, p) for h in Handling for p in (None, *Procedure)] if action is Action.ROUTE else [(None, None)]
            )
            waiting += [matter_life.go(standing, action, handling=h, procedure=p) for h, p in routes]
    assert {standing.state for standing in seen} == set(State)
    stuck = {one.state for one in seen if one.state not in FINAL and not matter_life.possible(one)}
    assert not stuck


def test_every_state_leads_to_an_end() -> None:
    ending = set(FINAL)
    for _ in State:
        ending |= {state for state, row in TABLE.items() if ending & set(row.values())}
    assert ending == set(State)


@given(standings, st.sampled_from(Action))
def test_what_cannot_be_done_says_why_and_what_can_is_done(standing: Standing, action: Action) -> None:
    sentence = matter_life.why_not(standing, action)
    if sentence:
        assert sentence.endswith("。")
        with pytest.raises(PlainFault) as told:
            matter_life.go(standing, action, handling=Handling.TRANSFER)
        assert told.value.sentence == sentence
    else:
        after = matter_life.go(standing, action, handling=Handling.TRANSFER)
        assert after.state is TABLE[standing.state][action]
    assert (action in matter_life.possible(standing)) == (not sentence)


@given(standings.filter(lambda standing: standing.state in FINAL), st.sampled_from(Action))
def test_nothing_is_possible_in_a_final_state(standing: Standing, action: Action) -> None:
    assert not matter_life.possible(standing)
    assert "现在是" not in matter_life.why_not(standing, action)


@given(
    st.lists(st.sampled_from(Action), max_size=25), st.sampled_from(Handling), st.none() | st.sampled_from(Procedure)
)
def test_whatever_is_pressed_nothing_is_served_that_nobody_served(
    actions: list[Action], handling: Handling, procedure: Procedure | None
) -> None:
    standing, taken = NEW, []
    for action in actions:
        if not matter_life.why_not(standing, action):
            standing = matter_life.go(standing, action, handling=handling, procedure=procedure)
            taken.append(action)
    if standing.served >= Served.OPINION:
        assert Action.ANSWER in taken
    if standing.served is Served.FINAL_REVIEW:
        assert {Action.REVIEW, Action.FINAL_REVIEW} <= set(taken)
    assert all(second is not first for first, second in pairwise(taken))


def test_the_long_way_of_route_six() -> None:
    final = walk(*ANSWERED, Action.ASK_REVIEW, Action.REVIEW, Action.ASK_FINAL_REVIEW, Action.FINAL_REVIEW)
    assert final == Standing(State.FINALLY_REVIEWED, Handling.TRANSFER, Procedure.OPINION, Served.FINAL_REVIEW)
    assert matter_life.possible(final) == (Action.REDO, Action.CLOSE, Action.TERMINATE)


def test_route_six_is_answered_after_acceptance_only() -> None:
    assert "先登记受理" in matter_life.why_not(walk(Action.ROUTE), Action.ANSWER)
    duty = walk(Action.ROUTE, procedure=Procedure.DUTY)
    assert matter_life.why_not(duty, Action.ANSWER) == ""


@pytest.mark.parametrize("handling", [Handling.GUIDE, Handling.ANSWER, Handling.IN_PERIOD, Handling.ENDED])
def test_what_was_not_handed_on_is_closed_at_once_and_nobody_accepts_it(handling: Handling) -> None:
    routed = walk(Action.ROUTE, handling=handling, procedure=None)
    assert matter_life.possible(routed) == (Action.RECALL, Action.CLOSE, Action.WITHDRAW, Action.MERGE)
    assert handling.label in matter_life.why_not(routed, Action.ACCEPT)
    assert handling.label in matter_life.why_not(routed, Action.ANSWER)


@pytest.mark.parametrize("handling", [Handling.TRANSFER, Handling.ASSIGN, Handling.LOWER])
def test_what_was_handed_on_is_not_closed_before_its_answer(handling: Handling) -> None:
    routed = walk(Action.ROUTE, handling=handling)
    assert "还没有答复" in matter_life.why_not(routed, Action.CLOSE)


def test_what_was_sealed_is_closed_when_it_has_gone() -> None:
    assert walk(Action.ROUTE, Action.CLOSE, handling=Handling.DISCIPLINE, procedure=None).state is State.CLOSED


def test_an_objection_is_kept_or_returned_for_another_route() -> None:
    objected = walk(Action.ROUTE, Action.OBJECT)
    assert matter_life.go(objected, Action.KEEP).state is State.ROUTED
    again = walk(Action.RETURN, Action.ROUTE, start=objected, handling=Handling.LOWER)
    assert (again.state, again.handling) == (State.ROUTED, Handling.LOWER)


def test_a_route_that_was_recalled_is_forgotten() -> None:
    assert walk(Action.ROUTE, Action.RECALL) == NEW


def test_a_route_names_how() -> None:
    with pytest.raises(PlainFault, match="还没有选办理方式"):
        matter_life.go(NEW, Action.ROUTE)


def test_only_a_handling_opinion_can_be_reviewed() -> None:
    proposal = walk(Action.ROUTE, Action.ANSWER, procedure=None)
    assert "没有这样的意见书" in matter_life.why_not(proposal, Action.ASK_REVIEW)
    assert matter_life.why_not(walk(*ANSWERED), Action.ASK_REVIEW) == ""


def test_a_closed_matter_can_still_be_reviewed_once_each() -> None:
    closed = walk(*ANSWERED, Action.CLOSE)
    assert Action.ASK_REVIEW in matter_life.possible(closed)
    assert "请先登记复查" in matter_life.why_not(closed, Action.ASK_FINAL_REVIEW)
    reviewed = walk(Action.ASK_REVIEW, Action.REVIEW, Action.CLOSE, start=closed)
    assert "已经复查过" in matter_life.why_not(reviewed, Action.ASK_REVIEW)
    assert Action.ASK_FINAL_REVIEW in matter_life.possible(reviewed)
    finally_reviewed = walk(Action.ASK_FINAL_REVIEW, Action.FINAL_REVIEW, Action.CLOSE, start=reviewed)
    assert "已经复核过" in matter_life.why_not(finally_reviewed, Action.ASK_FINAL_REVIEW)
    assert "已经办结" in matter_life.why_not(closed, Action.CLOSE)
    assert walk(Action.REOPEN, start=closed) == NEW


def test_a_request_that_is_not_accepted_leaves_the_earlier_opinion() -> None:
    in_review = walk(*ANSWERED, Action.ASK_REVIEW)
    assert matter_life.go(in_review, Action.END_REVIEW) == walk(*ANSWERED)
    reviewed = matter_life.go(in_review, Action.REVIEW)
    assert walk(Action.ASK_FINAL_REVIEW, Action.END_REVIEW, start=reviewed) == reviewed


def test_an_annulled_opinion_is_made_anew_and_can_be_reviewed_again() -> None:
    redone = walk(*ANSWERED, Action.ASK_REVIEW, Action.REVIEW, Action.REDO)
    assert (redone.state, redone.served) == (State.ACCEPTED, Served.NOTHING)
    assert Action.ASK_REVIEW in matter_life.possible(matter_life.go(redone, Action.ANSWER))


def test_an_opinion_is_written_of_what_an_organ_has() -> None:
    assert "交给承办单位" in matter_life.opinion_why_not(Standing())
    assert "交给承办单位" in matter_life.opinion_why_not(Standing(State.ROUTED, Handling.GUIDE))
    assert not matter_life.opinion_why_not(Standing(State.ACCEPTED, Handling.TRANSFER))
    assert "已经结束" in matter_life.opinion_why_not(Standing(State.CLOSED, Handling.TRANSFER))


def test_merge_split_and_withdrawal_end_a_matter() -> None:
    for action, state in (
        (Action.MERGE, State.MERGED),
        (Action.SPLIT, State.SPLIT),
        (Action.WITHDRAW, State.WITHDRAWN),
    ):
        ended = matter_life.go(NEW, action)
        assert ended.state is state
        assert matter_life.why_not(ended, Action.ROUTE)


@pytest.mark.parametrize(
    ("ground", "served", "possible"),
    [
        (TerminationGround.FINAL_OPINION, Served.FINAL_REVIEW, True),
        (TerminationGround.FINAL_OPINION, Served.REVIEW, False),
        (TerminationGround.TOO_LATE, Served.OPINION, True),
        (TerminationGround.TOO_LATE, Served.REVIEW, True),
        (TerminationGround.TOO_LATE, Served.FINAL_REVIEW, False),
        (TerminationGround.TOO_LATE, Served.NOTHING, False),
        (TerminationGround.AGREEMENT, Served.NOTHING, True),
        (TerminationGround.DEATH, Served.NOTHING, True),
    ],
)
def test_a_termination_has_its_ground(ground: TerminationGround, served: Served, possible: bool) -> None:
    closed = replace(walk(*ANSWERED, Action.CLOSE), served=served)
    said = matter_life.termination_fault(closed, ground, date(2026, 12, 24), date(2026, 12, 23))
    assert (said == "") is possible


def test_nobody_is_late_while_the_days_to_ask_still_run_or_never_began() -> None:
    closed, due = walk(*ANSWERED, Action.CLOSE), date(2026, 12, 23)
    early = matter_life.termination_fault(closed, TerminationGround.TOO_LATE, due, due)
    assert early == "来访人申请的期限到2026年12月23日（含当日），还没有过，谈不上逾期，请另选理由。"
    assert "先登记送达" in matter_life.termination_fault(closed, TerminationGround.TOO_LATE, due)
    assert matter_life.termination_fault(closed, TerminationGround.TOO_LATE, None, due) == ""
    assert matter_life.termination_fault(closed, TerminationGround.AGREEMENT, due, due) == ""


def test_what_cannot_be_ended_says_so_whatever_the_ground() -> None:
    assert "受理以后才能终结" in matter_life.termination_fault(NEW, TerminationGround.DEATH)


def test_the_second_of_two_people_is_told() -> None:
    assert matter_life.overtaken(State.ROUTED, State.ROUTED) == ""
    told = matter_life.overtaken(State.REGISTERED, State.ROUTED)
    assert "已登记" in told
    assert "已定去向" in told
