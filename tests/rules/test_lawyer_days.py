"""The days of the week on which a lawyer sits at the window."""

from dataclasses import replace
from datetime import date

import pytest

from onevisit.rules.clocks import decreed_calendar
from onevisit.rules.policy import Policy, next_sitting, policy_faults, sits_on

TABLE = decreed_calendar()
MONDAY = date(2025, 9, 22)


def test_a_day_of_the_week() -> None:
    assert sits_on("24", date(2026, 11, 26))
    assert not sits_on("24", date(2026, 11, 27))
    assert not sits_on("", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("weekdays", "after", "coming"),
    [
        ("24", MONDAY, date(2025, 9, 23)),
        ("1", MONDAY, date(2025, 9, 29)),
        # the holidays of October are passed over
        ("3", date(2025, 9, 24), date(2025, 10, 15)),
        ("", MONDAY, None),
    ],
)
def test_the_next_day_that_is_no_day_off(weekdays: str, after: date, coming: date | None) -> None:
    assert next_sitting(weekdays, after, TABLE) == coming


def test_only_days_of_a_week() -> None:
    assert policy_faults(replace(Policy(), lawyer_weekdays="1234567")) == ()
    (fault,) = policy_faults(replace(Policy(), lawyer_weekdays="28"))
    assert fault.field == "lawyer_weekdays"
