"""Whether the clock can be believed."""

from datetime import UTC, datetime, timedelta

import pytest

from onevisit.rules.timekeeping import ClockState, judge, sentence

LATEST = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "state"),
    [
        (timedelta(0), ClockState.RIGHT),
        (timedelta(minutes=-1), ClockState.RIGHT),
        (timedelta(minutes=-1, seconds=-1), ClockState.BEHIND),
        (timedelta(days=-31), ClockState.BEHIND),
        (timedelta(days=-31, seconds=-1), ClockState.FAR_BEHIND),
        (timedelta(days=31), ClockState.RIGHT),
        (timedelta(days=31, seconds=1), ClockState.FAR_AHEAD),
    ],
)
def test_a_clock_is_judged_by_the_latest_moment(gap: timedelta, state: ClockState) -> None:
    assert judge(LATEST + gap, LATEST) is state


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=90), "早了 1 分钟，"),
        (timedelta(hours=1), "早了 1 小时，"),
        (timedelta(hours=47), "早了 1 天，"),
        (timedelta(days=9131), "早了 25 年，"),
    ],
)
def test_what_is_told_names_the_gap(gap: timedelta, words: str) -> None:
    assert words in sentence(ClockState.BEHIND, gap)
    assert words in sentence(ClockState.FAR_BEHIND, gap)


def test_each_state_but_the_right_one_is_told() -> None:
    told = {state: sentence(state, timedelta(days=40)) for state in ClockState}
    assert told.pop(ClockState.RIGHT) == ""
    assert all(told.values())
    assert len(set(told.values())) == 3
