"""What is told of a matter when somebody comes again."""

from datetime import date

import pytest

from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.periods import ClockState
from onevisit.rules.repeats import is_over, must_be_answered, period_of, refused_as, stop_sentence, stop_word
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2005, RULES_2022
from onevisit.rules.rulesets import ClockKind

DUE = date(2027, 1, 22)


def stands(state: State, served: Served = Served.NOTHING) -> Standing:
    return Standing(state, served=served)


@pytest.mark.parametrize("handling", [ClockState.RUNNING, ClockState.SOON, ClockState.TODAY, ClockState.STANDING])
def test_within_the_period_article_19_is_told(handling: ClockState) -> None:
    assert refused_as(stands(State.ACCEPTED), handling) is Handling.IN_PERIOD
    told = stop_sentence(stands(State.ACCEPTED), RULES_2022, handling, DUE)
    assert "到2027年1月22日" in told
    assert "《信访工作条例》第十九条第三款" in told


@pytest.mark.parametrize("handling", [ClockState.OVERDUE, ClockState.LATE, None])
def test_after_the_period_nothing_is_told(handling: ClockState | None) -> None:
    assert refused_as(stands(State.ACCEPTED), handling) is None
    assert stop_sentence(stands(State.ACCEPTED), RULES_2022, handling) == ""
    assert stop_sentence(stands(State.ROUTED), RULES_2022, ClockState.RUNNING, DUE) == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.TERMINATED, "《信访工作条例》第三十六条第三款"),
        (State.CLOSED, "由负责人写明理由"),
        (State.WITHDRAWN, "登记为新的事项"),
        (State.MERGED, "并入另一件"),
        (State.SPLIT, "分出的那一件"),
    ],
)
def test_an_ended_matter_says_what_to_do(state: State, words: str) -> None:
    assert words in stop_sentence(stands(state), RULES_2022)


def test_a_matter_of_before_2022_is_stopped_by_the_text_it_is_registered_under() -> None:
    assert "（《信访条例》第十六条）" in stop_sentence(stands(State.ACCEPTED), RULES_2005, ClockState.RUNNING, DUE)
    assert "（《信访条例》第三十五条）" in stop_sentence(stands(State.TERMINATED), RULES_2005)


def test_which_of_the_two_stops_it_is() -> None:
    assert refused_as(stands(State.ACCEPTED), ClockState.RUNNING) is Handling.IN_PERIOD
    assert refused_as(stands(State.TERMINATED)) is Handling.ENDED
    assert refused_as(stands(State.CLOSED)) is None
    assert refused_as(stands(State.ACCEPTED), ClockState.OVERDUE) is None


def test_the_stops_in_a_few_words() -> None:
    assert stop_word(stands(State.ACCEPTED), Handling.IN_PERIOD) == "办理期限内，不再受理"
    assert stop_word(stands(State.TERMINATED), Handling.ENDED) == "已终结，不再受理"
    assert stop_word(stands(State.CLOSED), None) == "已办结，不自动恢复"
    assert stop_word(stands(State.ROUTED), None) == ""


def test_open_and_terminated_matters_must_be_answered() -> None:
    assert must_be_answered(stands(State.ROUTED), is_open=True)
    assert must_be_answered(stands(State.TERMINATED), is_open=False)
    assert not must_be_answered(stands(State.CLOSED), is_open=False)


@pytest.mark.parametrize(
    ("state", "clock", "word"),
    [
        (State.IN_REVIEW, ClockKind.REVIEW, "复查期限内"),
        (State.IN_FINAL_REVIEW, ClockKind.FINAL_REVIEW, "复核期限内"),
    ],
)
def test_within_the_days_of_a_review_it_is_not_accepted_anew_either(state: State, clock: ClockKind, word: str) -> None:
    assert period_of(state) is clock
    assert refused_as(stands(state), ClockState.SOON) is Handling.IN_PERIOD
    assert word in stop_sentence(stands(state), RULES_2022, ClockState.SOON, DUE)
    assert stop_word(stands(state), Handling.IN_PERIOD) == f"{word}，不再受理"
    assert stop_sentence(stands(state), RULES_2022, ClockState.OVERDUE, DUE) == ""


@pytest.mark.parametrize("state", [State.FINALLY_REVIEWED, State.CLOSED])
def test_after_the_final_review_article_36_is_told(state: State) -> None:
    over = stands(state, Served.FINAL_REVIEW)
    assert is_over(over)
    assert refused_as(over) is Handling.ENDED
    assert "已经复核，同一事实和理由不再受理（《信访工作条例》第三十六条第三款）" in stop_sentence(over, RULES_2022)
    assert stop_word(over, Handling.ENDED) == "已复核，不再受理"
    assert must_be_answered(over, is_open=False)
    assert not is_over(stands(state, Served.REVIEW))
    assert period_of(state) is None
