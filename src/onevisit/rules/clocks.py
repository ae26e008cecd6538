"""Counting days: pure, by the local calendar of China, with the reason for every date.

The start day is not counted (民法典第201条) and a last day on a day off moves to the day after (民法典第203条). The
periods of 信访 follow these rules by analogy; whether ordinary weekends move a date too is a setting, ``Roll``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, groupby, islice
from zoneinfo import ZoneInfo

from onevisit.rules.labels import Labelled

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
_WEEKEND = "周末"


class Roll(Labelled):
    """遇休息日顺延: which days off move a last day onwards; the unit decides."""

    NONE = "none", "否"
    HOLIDAYS = "holidays", "仅法定节假日"
    REST_DAYS = "rest_days", "含周末"


@dataclass(frozen=True, slots=True, eq=False)
class DayTable:
    """Which days are off and which are worked, as the yearly notices (放假安排) decree.

    Attributes:
        holidays: every day of a decreed break, the days moved into it included, with the name of the feast.
        make_up: days at a weekend that are worked instead (调休上班).
        years: the years whose notice this table holds; in any other year only weekends are known.
    """

    holidays: Mapping[date, str]
    make_up: frozenset[date]
    years: frozenset[int]

    def is_rest_day(self, day: date) -> bool:
        """Whether offices are closed: a decreed break, or a weekend that is not worked."""
        return bool(self.rest_name(day))

    def is_statutory_holiday(self, day: date) -> bool:
        """Whether the day lies in a decreed break, the days moved into it included."""
        return day in self.holidays

    def is_decreed(self, year: int) -> bool:
        """Whether the table holds the notice of that year; else its answers for that year are provisional."""
        return year in self.years

    def rest_name(self, day: date) -> str:
        """Name the day off (``国庆节``, ``周末``); empty for a working day."""
        if day in self.holidays:
            return self.holidays[day]
        return _WEEKEND if day.weekday() >= _SATURDAY and day not in self.make_up else ""

    def overlay(
        self,
        rest: Iterable[date] = (),
        work: Iterable[date] = (),
        *,
        name: str = "放假",
        years: Iterable[int] = (),
    ) -> "DayTable":
        """Lay days of the unit's own, or a newly published notice, over this table.

        Args:
            rest: days off besides.
            work: days worked besides; they win over what this table says, not over ``rest``.
            name: what the days off are called in the trail of a deadline.
            years: years for which these days complete the notice.

        Raises:
            ValueError: a day is in both lists.
        """
        off, on = frozenset(rest), frozenset(work)
        if off & on:
            raise ValueError(f"days both off and worked: {sorted(off & on)}")
        kept = {day: feast for day, feast in self.holidays.items() if day not in on}
        return DayTable(kept | dict.fromkeys(off, name), (self.make_up | on) - off, self.years | frozenset(years))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, and why it is this day.

    Attributes:
        due: the last day, after rolling.
        counted_to: the day the count itself ends on; extensions are counted from here.
        steps: the way to the date, one Chinese sentence a step.
        provisional: it rests on days of a year whose notice is not in the table yet.
    """

    due: date
    counted_to: date
    steps: tuple[str, ...]
    provisional: bool


def decreed_calendar() -> DayTable:
    """Give the table of the yearly notices that the chinese_calendar package holds (from 2004 on)."""
    from chinese_calendar import constants  # noqa: PLC0415  it costs start-up time and not every start counts days

    names = {feast.value: feast.chinese for feast in constants.Holiday}
    holidays = {day: names.get(feast, "放假") for day, feast in constants.holidays.items()}
    years = frozenset(day.year for day in constants.holidays)
    return DayTable(holidays, frozenset(constants.workdays), years)


def calendar_days(
    start: date, days: int, *, table: DayTable, roll: Roll = Roll.REST_DAYS, also: Sequence[tuple[int, str]] = ()
) -> Deadline:
    """Count calendar days (日) from the day after ``start`` and roll the last one as the unit decides.

    Args:
        start: the local day of receipt, acceptance or delivery; not counted.
        days: how many days, 0 or more.
        table: the days off.
        roll: which days off move the last day onwards.
        also: further days with the reason for each (an extension, a stop), counted on before anything rolls.

    Raises:
        ValueError: ``days``, or a number in ``also``, is negative.
    """
    _require_days(days)
    counted_to = start + days * _DAY
    steps = [_start_step(start), f"第 {days} 日是{_with_weekday(counted_to)}"]
    for more, reason in also:
        _require_days(more)
        counted_to += more * _DAY
        steps.append(f"{reason}，算到{_with_weekday(counted_to)}")
    due = next(day for day in _days_from(counted_to) if not _moves(day, table, roll))
    if due != counted_to:
        steps.append(_roll_step(counted_to, due, table))
    looked_at = range(counted_to.year, due.year + 1) if roll is not Roll.NONE else range(0)
    return _deadline(due, counted_to, steps, looked_at, table)


def workdays(start: date, days: int, *, table: DayTable) -> Deadline:
    """Count working days (工作日) from the day after ``start``.

    With 0 days it is ``start`` itself, or the next working day.

    Raises:
        ValueError: ``days`` is negative.
    """
    _require_days(days)
    first = start + _DAY if days else start
    worked_days = (day for day in _days_from(first) if not table.is_rest_day(day))
    due = next(islice(worked_days, max(days - 1, 0), None))
    skipped = [day for day in _span(first, due) if table.is_rest_day(day)]
    make_up = [day for day in _span(first, due) if day in table.make_up]
    steps = [_start_step(start)]
    if skipped:
        steps.append(f"其间不计：{'、'.join(_spans(skipped, table))}")
    if make_up:
        steps.append(f"调休上班，计入：{'、'.join(show_short_day(day) for day in make_up)}")
    steps.append(f"第 {days} 个工作日是{_with_weekday(due)}")
    return _deadline(due, due, steps, range(first.year, due.year + 1), table)


def local_time(moment: datetime) -> datetime:
    """Give a moment in the time of China.

    Raises:
        ValueError: ``moment`` carries no time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(SHANGHAI)


def local_day(moment: datetime) -> date:
    """Give the calendar day in China of a moment.

    Raises:
        ValueError: ``moment`` carries no time zone.
    """
    return local_time(moment).date()


def show_day(day: date) -> str:
    """Write a day: ``2026年11月22日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_moment(moment: datetime) -> str:
    """Write a moment in the time of China: ``2026年11月22日 10:41``."""
    local = local_time(moment)
    return f"{show_day(local.date())} {local:%H:%M}"


def show_short_day(day: date) -> str:
    """Write a day without its year: ``11月24日``."""
    return f"{day.month}月{day.day}日"


def _require_days(days: int) -> None:
    if days < 0:
        raise ValueError("a period has 0 days or more")


def _days_from(day: date) -> Iterator[date]:
    return (day + offset * _DAY for offset in count())


def _span(first: date, last: date) -> list[date]:
    return [first + offset * _DAY for offset in range((last - first).days + 1)]


def _moves(day: date, table: DayTable, roll: Roll) -> bool:
    if roll is Roll.NONE:
        return False
    return table.is_rest_day(day) if roll is Roll.REST_DAYS else table.is_statutory_holiday(day)


def _start_step(start: date) -> str:
    return f"{show_day(start)}起算，当日不计入（参照民法典第201条）"


def _roll_step(counted_to: date, due: date, table: DayTable) -> str:
    skipped = _span(counted_to, due - _DAY)
    # The law speaks of 法定休假日 only; that weekends move a date too is the unit's choice.
    only_feasts = all(table.is_statutory_holiday(day) for day in skipped)
    basis = "参照民法典第203条" + ("" if only_feasts else "，周末顺延为本单位设置")
    return f"遇{'、'.join(_spans(skipped, table))}，顺延到{_with_weekday(due)}（{basis}）"


def _spans(days: Iterable[date], table: DayTable) -> Iterator[str]:
    """Join neighbouring days off of the same name: ``国庆节（10月1日至10月7日）``."""
    numbered = enumerate(days)
    for (name, _), run in groupby(numbered, lambda pair: (table.rest_name(pair[1]), pair[1].toordinal() - pair[0])):
        found = [day for _, day in run]
        first, last = show_short_day(found[0]), show_short_day(found[-1])
        yield f"{name}（{first if first == last else f'{first}至{last}'}）"


def _with_weekday(day: date) -> str:
    return f"{show_day(day)}（星期{_WEEKDAYS[day.weekday()]}）"


def _deadline(due: date, counted_to: date, steps: list[str], years: range, table: DayTable) -> Deadline:
    unknown = [year for year in years if not table.is_decreed(year)]
    if unknown:
        named = "、".join(f"{year}年" for year in unknown)
        steps.append(f"{named}的放假安排还没有录入，暂按周末推算，日期可能变动")
    return Deadline(due, counted_to, tuple(steps), bool(unknown))
