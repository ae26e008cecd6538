"""Into which column of the board a matter belongs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.board import DueGroup, group_of
from onevisit.rules.periods import ClockState

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("left", "group"),
    [
        (-400, DueGroup.OVERDUE),
        (-1, DueGroup.OVERDUE),
        (0, DueGroup.TODAY),
        (1, DueGroup.THREE),
        (3, DueGroup.THREE),
        (4, DueGroup.SEVEN),
        (7, DueGroup.SEVEN),
        (8, DueGroup.FIFTEEN),
        (15, DueGroup.FIFTEEN),
        (16, DueGroup.LATER),
    ],
)
def test_each_number_of_days_has_its_column(left: int, group: DueGroup) -> None:
    assert group_of(TODAY + timedelta(days=left), ClockState.RUNNING, TODAY) is group


def test_a_clock_that_stands_still_and_a_matter_without_one_have_columns_of_their_own() -> None:
    assert group_of(TODAY, ClockState.STANDING, TODAY) is DueGroup.STANDING
    assert group_of(None, None, TODAY) is DueGroup.NONE
    assert DueGroup.OVERDUE.tone == "fault"
    assert DueGroup.LATER.tone == ""


@given(st.integers(-1000, 1000))
def test_a_day_more_never_makes_a_matter_more_pressing(left: int) -> None:
    order = list(DueGroup)
    here, after = (group_of(TODAY + timedelta(days=n), ClockState.RUNNING, TODAY) for n in (left, left + 1))
    assert order.index(here) <= order.index(after)
