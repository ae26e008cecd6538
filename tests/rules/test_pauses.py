"""Stop and restart, as recorded."""

from datetime import date, timedelta

import pytest

from onevisit.rules.pauses import Stop, stop_faults
from onevisit.rules.rulesets import StopReason

TODAY = date(2019, 3, 20)
HEARING = Stop(StopReason.HEARING, date(2019, 3, 4), date(2019, 3, 9))
OPEN = Stop(StopReason.HEARING, date(2019, 3, 18))


def test_the_days_of_a_stop() -> None:
    assert HEARING.days(TODAY) == tuple(date(2019, 3, 4) + timedelta(n) for n in range(6))
    assert OPEN.days(TODAY) == (date(2019, 3, 18), date(2019, 3, 19), TODAY)
    assert OPEN.days(date(2019, 3, 17)) == ()
    assert Stop(StopReason.HEARING, TODAY, TODAY).days(TODAY) == (TODAY,)


@pytest.mark.parametrize(
    ("stop", "day", "stands"),
    [
        (HEARING, date(2019, 3, 3), False),
        (HEARING, date(2019, 3, 4), True),
        (HEARING, date(2019, 3, 9), True),
        (HEARING, date(2019, 3, 10), False),
        (OPEN, date(2019, 3, 17), False),
        (OPEN, date(2019, 12, 31), True),
    ],
)
def test_when_a_clock_stands(stop: Stop, day: date, stands: bool) -> None:
    assert stop.is_standing(day) is stands


def test_how_a_stop_is_written() -> None:
    assert HEARING.words() == "听证（2019年3月4日至2019年3月9日）"
    assert OPEN.words() == "听证（2019年3月18日起，还没有继续计算）"
    assert Stop(StopReason.MEDIATION, TODAY, TODAY).words() == "调解（2019年3月20日）"


def test_a_stop_that_ends_before_it_begins_is_a_sentence() -> None:
    (fault,) = stop_faults(Stop(StopReason.HEARING, date(2019, 3, 9), date(2019, 3, 8)), TODAY)
    assert fault.field == "last"
    assert fault.sentence == "暂停的止日（2019年3月8日）早于起日（2019年3月9日），请改正。"


def test_a_year_that_was_mistyped_is_asked_about() -> None:
    (fault,) = stop_faults(Stop(StopReason.HEARING, TODAY, date(9999, 12, 31)), TODAY)
    assert (fault.field, "年份写错" in fault.sentence) == ("last", True)
    assert not stop_faults(Stop(StopReason.HEARING, date(2012, 3, 21), TODAY + timedelta(366)), TODAY)
    assert stop_faults(Stop(StopReason.HEARING, TODAY, TODAY + timedelta(367)), TODAY)


@pytest.mark.parametrize(
    ("stop", "fields"),
    [
        (HEARING, []),
        (OPEN, []),
        (Stop(StopReason.HEARING, TODAY + timedelta(1)), ["first"]),
        (Stop(StopReason.HEARING, TODAY + timedelta(1), TODAY + timedelta(2)), []),
        (Stop(StopReason.OTHER, TODAY, None, " "), ["note"]),
        (Stop(StopReason.OTHER, TODAY, None, "当事人住院"), []),
        (Stop(StopReason.OTHER, TODAY, None, "字" * 2001), ["note"]),
    ],
)
def test_what_else_speaks_against_a_stop(stop: Stop, fields: list[str]) -> None:
    assert [fault.field for fault in stop_faults(stop, TODAY)] == fields


def test_a_clock_that_stands_cannot_be_stopped_again() -> None:
    (fault,) = stop_faults(Stop(StopReason.MEDIATION, TODAY), TODAY, [HEARING, OPEN])
    assert fault.sentence == "与已记录的听证（2019年3月18日起，还没有继续计算）重叠，请先记下它哪天继续，或改日期。"
    assert stop_faults(Stop(StopReason.HEARING, date(2019, 3, 9), date(2019, 3, 10)), TODAY, [HEARING])
    assert not stop_faults(Stop(StopReason.HEARING, date(2019, 3, 10), date(2019, 3, 10)), TODAY, [HEARING, OPEN])
    assert stop_faults(Stop(StopReason.HEARING, date(2019, 3, 1)), TODAY, [HEARING])
