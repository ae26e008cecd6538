"""How long a name is shut out, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.lockout import FREE, WAITS, Tried, failed, in_words, looked_at, wait_minutes

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
STEPS = st.lists(st.integers(-100_000, 100_000), max_size=20)


def test_five_guesses_are_free_and_the_waits_grow() -> None:
    assert [wait_minutes(failures) for failures in range(12)] == [0, 0, 0, 0, 0, 1, 5, 15, 30, 60, 60, 60]


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 秒"), (59, "59 秒"), (60, "1 分钟"), (61, "2 分钟"), (3600, "60 分钟")]
)
def test_a_wait_is_said_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


def test_a_wait_passes() -> None:
    tried = failed(Tried(FREE - 1, 0, NOON), NOON)
    assert tried.wait == 60 * WAITS[0]
    assert looked_at(tried, NOON + timedelta(seconds=59)).wait == 1
    assert looked_at(tried, NOON + timedelta(seconds=60)).wait == 0


def test_a_clock_set_back_begins_the_rest_anew() -> None:
    tried = Tried(9, 3600, NOON)
    back = looked_at(tried, NOON - timedelta(days=1))
    assert back.wait == 3600
    assert looked_at(back, back.seen + timedelta(minutes=59)).wait == 60


@given(wait=st.integers(0, 3_600), steps=STEPS)
def test_no_clock_shortens_a_wait_by_more_than_it_went_forward(wait: int, steps: list[int]) -> None:
    tried, now = Tried(7, wait, NOON), NOON
    for step in steps:
        now += timedelta(seconds=step)
        tried = looked_at(tried, now)
    forward = sum(step for step in steps if step > 0)
    assert tried.wait >= wait - forward
    assert tried.failures == 7


@given(wait=st.integers(0, 3_600), failures=st.integers(0, 50), step=st.integers(-100_000, 100_000))
def test_a_failure_never_shortens_a_wait(wait: int, failures: int, step: int) -> None:
    now = NOON + timedelta(seconds=step)
    before = looked_at(Tried(failures, wait, NOON), now)
    after = failed(Tried(failures, wait, NOON), now)
    assert after.failures == failures + 1
    assert after.wait >= max(before.wait, 60 * wait_minutes(failures + 1))
