"""How long matters are kept: by kind, by local days, never a day too short."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.classification import Purpose
from onevisit.rules.policy import BOUNDS, Policy
from onevisit.rules.retention import RetentionKind, is_past, kept, kind_of, latest_last_visit, years_of

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
PURPOSES = st.sampled_from(Purpose)
YEARS = st.integers(1, 100)
POLICIES = st.builds(Policy, keep_years=YEARS, keep_enquiry_years=YEARS, keep_accusation_years=YEARS)


@pytest.mark.parametrize(
    ("purpose", "kind", "years"),
    [
        (Purpose.REQUEST, RetentionKind.ORDINARY, 10),
        (Purpose.APPEAL, RetentionKind.ORDINARY, 10),
        (Purpose.OTHER, RetentionKind.ORDINARY, 10),
        (Purpose.ENQUIRY, RetentionKind.ENQUIRY, 5),
        (Purpose.PROPOSAL, RetentionKind.ENQUIRY, 5),
        (Purpose.ACCUSATION, RetentionKind.ACCUSATION, 20),
    ],
)
def test_each_kind_has_its_period(purpose: Purpose, kind: RetentionKind, years: int) -> None:
    assert kind_of(purpose) is kind
    assert kept(purpose, date(2026, 11, 23), is_open=False, policy=Policy()).until == date(2026 + years, 11, 23)


def test_the_last_day_is_still_kept() -> None:
    one = kept(Purpose.REQUEST, date(2026, 11, 23), is_open=False, policy=Policy())
    assert not is_past(one, date(2036, 11, 23))
    assert is_past(one, date(2036, 11, 24))


def test_the_day_that_only_leap_years_have() -> None:
    policy = replace(Policy(), keep_years=1)
    assert kept(Purpose.REQUEST, date(2028, 2, 29), is_open=True, policy=policy).until == date(2029, 2, 28)
    assert latest_last_visit(RetentionKind.ORDINARY, date(2029, 3, 1), policy) == date(2028, 2, 29)
    assert latest_last_visit(RetentionKind.ORDINARY, date(2028, 2, 29), policy) == date(2027, 2, 28)


def test_the_reason_says_whether_it_was_ever_closed() -> None:
    closed = kept(Purpose.REQUEST, date(2026, 11, 23), is_open=False, policy=Policy())
    still_open = kept(Purpose.REQUEST, date(2026, 11, 23), is_open=True, policy=Policy())
    assert closed.reason == "已办结，2026年11月23日以后没有人再来，已满 10 年"
    assert still_open.reason.startswith("没有办结，但2026年11月23日")
    assert still_open.until == closed.until


def test_every_period_is_a_setting_with_bounds() -> None:
    assert {"keep_years", "keep_enquiry_years", "keep_accusation_years"} <= set(BOUNDS)


@given(PURPOSES, DAYS, POLICIES)
def test_nothing_is_past_before_all_its_years_are_over(purpose: Purpose, last: date, policy: Policy) -> None:
    one = kept(purpose, last, is_open=True, policy=policy)
    assert one.until >= last + timedelta(days=365 * one.years)
    assert not any(is_past(one, day) for day in (last, one.until - timedelta(days=1), one.until))
    assert is_past(one, one.until + timedelta(days=1))


@given(PURPOSES, DAYS, st.integers(0, 4000), POLICIES)
def test_a_later_visit_never_shortens_the_period(purpose: Purpose, last: date, more: int, policy: Policy) -> None:
    earlier = kept(purpose, last, is_open=True, policy=policy)
    later = kept(purpose, last + timedelta(days=more), is_open=True, policy=policy)
    assert later.until >= earlier.until


@given(PURPOSES, DAYS, DAYS, POLICIES)
def test_the_latest_last_visit_parts_what_is_past_from_what_is_not(
    purpose: Purpose, last: date, today: date, policy: Policy
) -> None:
    edge = latest_last_visit(kind_of(purpose), today, policy)
    assert is_past(kept(purpose, last, is_open=True, policy=policy), today) == (last <= edge)


@given(st.sampled_from(RetentionKind), POLICIES)
def test_the_years_are_those_of_the_settings(kind: RetentionKind, policy: Policy) -> None:
    assert years_of(kind, policy) in {policy.keep_years, policy.keep_enquiry_years, policy.keep_accusation_years}
