"""Counting of days, with the worked examples and with what must hold for every date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.clocks import (
    DayTable,
    Deadline,
    Roll,
    calendar_days,
    decreed_calendar,
    local_day,
    local_time,
    show_day,
    show_moment,
    show_short_day,
    workdays,
)

TABLE = decreed_calendar()
starts = st.dates(date(2003, 6, 1), date(2100, 12, 31))
periods = st.integers(0, 120)
rolls = st.sampled_from(Roll)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2019, 3, 1), 15, date(2019, 3, 18)),
        (date(2019, 3, 1), 60, date(2019, 4, 30)),
        (date(2019, 3, 1), 90, date(2019, 5, 30)),
        (date(2019, 8, 2), 60, date(2019, 10, 8)),
        (date(2019, 9, 16), 15, date(2019, 10, 8)),
    ],
)
def test_worked_examples_in_calendar_days(start: date, days: int, due: date) -> None:
    found = calendar_days(start, days, table=TABLE)
    assert found.due == due
    assert found.counted_to == start + timedelta(days)
    assert not found.provisional


def test_worked_example_in_workdays() -> None:
    found = workdays(date(2019, 4, 26), 5, table=TABLE)
    assert found == Deadline(
        date(2019, 5, 6),
        date(2019, 5, 6),
        (
            "2019年4月26日起算，当日不计入（参照民法典第201条）",
            "其间不计：周末（4月27日）、劳动节（5月1日至5月4日）",
            "调休上班，计入：4月28日、5月5日",
            "第 5 个工作日是2019年5月6日（星期一）",
        ),
        provisional=False,
    )


def test_the_trail_says_why() -> None:
    feast = calendar_days(date(2019, 8, 2), 60, table=TABLE)
    assert feast.steps == (
        "2019年8月2日起算，当日不计入（参照民法典第201条）",
        "第 60 日是2019年10月1日（星期二）",
        "遇国庆节（10月1日至10月7日），顺延到2019年10月8日（星期二）（参照民法典第203条）",
    )
    weekend = calendar_days(date(2019, 3, 1), 15, table=TABLE)
    assert weekend.steps[-1] == (
        "遇周末（3月16日至3月17日），顺延到2019年3月18日（星期一）（参照民法典第203条，周末顺延为本单位设置）"
    )


def test_the_unit_decides_what_rolls() -> None:
    saturday = {roll: calendar_days(date(2019, 3, 1), 15, table=TABLE, roll=roll).due for roll in Roll}
    assert saturday == {
        Roll.NONE: date(2019, 3, 16),
        Roll.HOLIDAYS: date(2019, 3, 16),
        Roll.REST_DAYS: date(2019, 3, 18),
    }
    feast = {roll: calendar_days(date(2019, 9, 16), 15, table=TABLE, roll=roll).due for roll in Roll}
    assert feast == {
        Roll.NONE: date(2019, 10, 1),
        Roll.HOLIDAYS: date(2019, 10, 8),
        Roll.REST_DAYS: date(2019, 10, 8),
    }
    assert [roll.label for roll in Roll] == ["否", "仅法定节假日", "含周末"]


def test_a_worked_sunday_is_no_rest_day() -> None:
    assert not TABLE.is_rest_day(date(2019, 4, 28))
    assert calendar_days(date(2019, 4, 27), 1, table=TABLE).due == date(2019, 4, 28)
    assert TABLE.is_rest_day(date(2019, 5, 2))
    assert TABLE.is_statutory_holiday(date(2019, 5, 2))
    assert TABLE.is_rest_day(date(2019, 5, 11))
    assert not TABLE.is_statutory_holiday(date(2019, 5, 11))


def test_a_year_without_its_notice_makes_the_date_provisional() -> None:
    last = max(TABLE.years)
    found = calendar_days(date(last, 12, 1), 60, table=TABLE)
    assert found.provisional
    assert found.steps[-1] == f"{last + 1}年的放假安排还没有录入，暂按周末推算，日期可能变动"
    assert workdays(date(last, 12, 31), 1, table=TABLE).provisional
    assert not calendar_days(date(last, 12, 1), 60, table=TABLE, roll=Roll.NONE).provisional
    assert not TABLE.is_decreed(last + 1)


def test_a_new_notice_can_be_laid_over() -> None:
    year = max(TABLE.years) + 1
    feast = [date(year, 10, day) for day in range(1, 8)]
    sunday = next(day for day in (date(year, 9, 20) + timedelta(n) for n in range(7)) if day.weekday() == 6)
    new = TABLE.overlay(feast, [sunday], name="国庆节", years=[year])
    found = calendar_days(date(year, 9, 16), 15, table=new)
    assert not found.provisional
    assert found.due > feast[-1]
    assert "国庆节" in found.steps[-1]
    assert not new.is_rest_day(sunday)
    assert TABLE.is_rest_day(sunday)


def test_the_later_overlay_wins() -> None:
    day = date(2026, 11, 24)
    closed = TABLE.overlay(rest=[day])
    assert closed.rest_name(day) == "放假"
    assert not closed.overlay(work=[day]).is_rest_day(day)
    assert closed.overlay(work=[day]).overlay(rest=[day]).is_rest_day(day)
    with pytest.raises(ValueError, match="both"):
        TABLE.overlay([day], [day])


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="0 days"):
        calendar_days(date(2026, 1, 1), -1, table=TABLE)
    with pytest.raises(ValueError, match="0 days"):
        workdays(date(2026, 1, 1), -1, table=TABLE)


def test_an_empty_table_knows_weekends_only() -> None:
    bare = DayTable({}, frozenset(), frozenset())
    assert calendar_days(date(2019, 9, 16), 15, table=bare).due == date(2019, 10, 1)
    assert calendar_days(date(2019, 3, 1), 15, table=bare).due == date(2019, 3, 18)


@given(starts, periods, rolls)
def test_rolling_only_moves_onwards_and_only_over_what_rolls(start: date, days: int, roll: Roll) -> None:
    found = calendar_days(start, days, table=TABLE, roll=roll)
    assert found.counted_to == start + timedelta(days)
    assert found.due >= found.counted_to
    passed = [found.counted_to + timedelta(n) for n in range((found.due - found.counted_to).days)]
    if roll is Roll.REST_DAYS:
        assert not TABLE.is_rest_day(found.due)
        assert all(TABLE.is_rest_day(day) for day in passed)
    elif roll is Roll.HOLIDAYS:
        assert not TABLE.is_statutory_holiday(found.due)
        assert all(TABLE.is_statutory_holiday(day) for day in passed)
    else:
        assert not passed


@given(starts, periods, periods, rolls)
def test_more_days_or_a_later_start_never_end_sooner(start: date, days: int, more: int, roll: Roll) -> None:
    due = calendar_days(start, days, table=TABLE, roll=roll).due
    assert calendar_days(start, days + more, table=TABLE, roll=roll).due >= due
    assert calendar_days(start + timedelta(more), days, table=TABLE, roll=roll).due >= due


@given(starts, periods)
def test_workdays_are_counted_one_by_one(start: date, days: int) -> None:
    due = workdays(start, days, table=TABLE).due
    assert not TABLE.is_rest_day(due)
    if days:
        between = [start + timedelta(n) for n in range(1, (due - start).days + 1)]
        assert sum(not TABLE.is_rest_day(day) for day in between) == days
    assert workdays(start, days + 1, table=TABLE).due >= due
    assert workdays(start + timedelta(1), days, table=TABLE).due >= due


def test_local_days_begin_at_midnight_in_china() -> None:
    assert local_day(datetime(2026, 11, 21, 15, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert local_day(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)) == date(2026, 11, 22)
    assert local_time(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)).hour == 0
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 11, 21, 16, 0))  # noqa: DTZ001  a naive moment is what is refused


def test_how_days_and_moments_are_written() -> None:
    assert show_day(date(2026, 11, 22)) == "2026年11月22日"
    assert show_day(date(2026, 1, 2)) == "2026年1月2日"
    assert show_short_day(date(2026, 11, 24)) == "11月24日"
    assert show_moment(datetime(2026, 11, 22, 2, 41, tzinfo=UTC)) == "2026年11月22日 10:41"


def test_further_days_are_counted_before_anything_rolls() -> None:
    found = calendar_days(date(2019, 8, 2), 60, table=TABLE, also=[(30, "延期 30 日"), (0, "不往后推")])
    assert (found.counted_to, found.due) == (date(2019, 10, 31), date(2019, 10, 31))
    assert found.steps[1:] == (
        "第 60 日是2019年10月1日（星期二）",
        "延期 30 日，算到2019年10月31日（星期四）",
        "不往后推，算到2019年10月31日（星期四）",
    )
    with pytest.raises(ValueError, match="0 days"):
        calendar_days(date(2019, 8, 2), 60, table=TABLE, also=[(-1, "往前")])
