"""Yearly tables of days off and make-up workdays (放假安排), typed or imported by the unit over the library's.

A line of a table is ``日期,休或班,名称``: ``2027-02-06至2027-02-12,休,春节`` or ``2027-02-14,班``. Files of the usual
JSON form (``{"year": …, "days": [{"name": …, "date": …, "isOffDay": …}]}``) are read too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from onevisit.rules import json_text
from onevisit.rules.clocks import DayTable, show_day, show_short_day
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.text import tidy

EARLIEST_YEAR: Final = 2005
LATEST_YEAR: Final = 2100
LINES_AT_MOST: Final = 400

ALWAYS_OFF: Final = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Days that every version of 全国年节及纪念日放假办法 since 1999 names by the solar calendar: month and day."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_BREAK_AT_MOST = 31
_NAME = "放假"
_NAME_AT_MOST = 20
_LINE = re.compile(r"(?P<first>[^,至~～]+)(?:[至~～](?P<last>[^,至~～]+))?,\s*(?P<kind>休|班)\s*(?:,(?P<name>[^,]*))?")
_BETWEEN = re.compile(r"[,，\s]+")
_HOW = "请写成“2027-02-14,班”或“2027-02-06至2027-02-12,休,春节”。"


class HolidayFault(PlainFault):
    """A text is no yearly table, or one that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A day off, and the feast it belongs to."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """The notice of one year; days around New Year may lie in the neighbouring years."""

    year: int
    rest: tuple[Rest, ...]
    work: tuple[date, ...]


def year_faults(one: YearTable) -> tuple[Fault, ...]:
    """Say everything in which a table contradicts itself, the calendar or the law; the field is ``days``."""
    if not EARLIEST_YEAR <= one.year <= LATEST_YEAR:
        return (Fault("year", f"年份应在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间（现为 {one.year}），请核对。"),)
    checks = (_doubled, _outside, _worked_weekdays, _not_off, _names)
    return tuple(Fault("days", sentence) for check in checks for sentence in check(one))


def read_year_table(year: int, text: str) -> YearTable:
    """Read a table of one year, in lines or in the JSON form; blank lines and lines that begin with # are passed over.

    Args:
        year: the year that the person says it is for.
        text: the file, decoded.

    Raises:
        HolidayFault: one sentence: what in it cannot be read, or the first thing in which it contradicts itself.
    """
    text = text.strip().removeprefix("\ufeff").strip()
    rest, work = _from_json(year, text) if text.startswith("{") else _from_lines(text)
    found = YearTable(year, tuple(sorted(rest, key=lambda one: one.day)), tuple(sorted(work)))
    for fault in year_faults(found):
        raise HolidayFault(fault.sentence)
    return found


def write_year_table(one: YearTable) -> str:
    """Write a table line by line, so that it is read again as it was."""
    off = [f"{_stretch_text(run[0].day, run[-1].day)},休,{run[0].name}" for run in _runs(one.rest)]
    on = [f"{day.isoformat()},班" for day in one.work]
    return "".join(f"{line}\n" for line in (f"# {one.year}年放假安排", *off, *on))


def lay_over(table: DayTable, notices: Iterable[YearTable]) -> DayTable:
    """Put the unit's tables in place of what ``table`` knew of their years; of two for one year the later wins.

    Days of a neighbouring year that a notice names are added to that year, without making it a decreed one.
    """
    by_year = {one.year: one for one in notices}
    holidays = {day: name for day, name in table.holidays.items() if day.year not in by_year}
    make_up = {day for day in table.make_up if day.year not in by_year}
    for _, one in sorted(by_year.items()):
        off = {rest.day: rest.name for rest in one.rest}
        holidays = {day: name for day, name in holidays.items() if day not in one.work} | off
        make_up = (make_up | set(one.work)) - off.keys()
    return DayTable(holidays, frozenset(make_up), table.years | by_year.keys())


def _runs(rest: Iterable[Rest]) -> list[list[Rest]]:
    """Days off of one name that follow each other, no more of them than a line may hold."""
    runs: list[list[Rest]] = []
    for one in rest:
        last = runs[-1] if runs else []
        if last and len(last) < _BREAK_AT_MOST and (last[-1].day + _DAY, last[-1].name) == (one.day, one.name):
            last.append(one)
        else:
            runs.append([one])
    return runs


def _stretch_text(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}至{last.isoformat()}"


def _from_lines(text: str) -> tuple[list[Rest], list[date]]:
    rest: list[Rest] = []
    work: list[date] = []
    lines = text.splitlines()
    if len(lines) > LINES_AT_MOST:
        raise HolidayFault(f"放假安排有 {len(lines)} 行，最多 {LINES_AT_MOST} 行，请核对是不是选错了文件。")
    for number, line in enumerate(lines, start=1):
        plain = line.strip().replace("，", ",")
        if not plain or plain.startswith("#"):
            continue
        found = _LINE.fullmatch(plain)
        if found is None:
            raise HolidayFault(f"放假安排第 {number} 行“{line.strip()[:20]}”读不懂，{_HOW}")
        first = _day(found["first"], number)
        days = _stretch(first, _day(found["last"], number) if found["last"] else first, number)
        if found["kind"] == "班":
            work += days
        else:
            rest += [Rest(day, tidy(found["name"] or "") or _NAME) for day in days]
    return rest, work


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise HolidayFault(f"放假安排第 {number} 行的“{text.strip()[:20]}”不是日期，{_HOW}") from error


def _stretch(first: date, last: date, number: int) -> list[date]:
    length = (last - first).days + 1
    if length < 1:
        raise HolidayFault(f"放假安排第 {number} 行的止日早于起日，请改正。")
    if length > _BREAK_AT_MOST:
        raise HolidayFault(f"放假安排第 {number} 行一连 {length} 天，超过 {_BREAK_AT_MOST} 天，请核对。")
    return [first + offset * _DAY for offset in range(length)]


def _from_json(year: int, text: str) -> tuple[list[Rest], list[date]]:
    try:
        held: dict[str, Any] = json_text.loads(text)
        said = int(held["year"])
        days = [(date.fromisoformat(row["date"]), _truth(row["isOffDay"]), str(row["name"])) for row in held["days"]]
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise HolidayFault(f"放假安排的 JSON 文件读不懂，请核对文件，或改用文本：{_HOW}") from error
    if said != year:
        raise HolidayFault(f"这个文件是 {said} 年的放假安排，不是 {year} 年的，请核对年份。")
    # a name stands between commas of a line when it is written
    rest = [Rest(day, tidy(" ".join(_BETWEEN.split(name))) or _NAME) for day, is_off, name in days if is_off]
    return rest, [day for day, is_off, _ in days if not is_off]


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is wanted")
    return value


def _doubled(one: YearTable) -> Iterator[str]:
    off = Counter(rest.day for rest in one.rest)
    on = Counter(one.work)
    for day in sorted(off.keys() & on.keys()):
        yield f"{show_day(day)}既写了放假，又写了上班，自相矛盾，请删去其中一个。"
    for counted, word in ((off, "放假"), (on, "上班")):
        for day in sorted(day for day, times in counted.items() if times > 1):
            yield f"{show_day(day)}写了两遍{word}，请删去重复的一个。"


def _outside(one: YearTable) -> Iterator[str]:
    """A notice of a year names no other days than its own and those around New Year."""
    first, last = date(one.year - 1, 12, 1), date(one.year + 1, 1, 31)
    for day in sorted({*(rest.day for rest in one.rest), *one.work}):
        if not first <= day <= last:
            yield f"{show_day(day)}不属于 {one.year} 年的放假安排，请核对年份。"


def _worked_weekdays(one: YearTable) -> Iterator[str]:
    for day in sorted(set(one.work)):
        if day.weekday() < _SATURDAY:
            yield f"{show_day(day)}不是周末，本来就上班，不会是调休上班日，请核对。"


def _names(one: YearTable) -> Iterator[str]:
    """A name stands in the reason of every date that a break moved."""
    for name in dict.fromkeys(rest.name for rest in one.rest):
        if len(name) > _NAME_AT_MOST:
            yield f"假日名称“{name[:_NAME_AT_MOST]}……”有 {len(name)} 字，最多 {_NAME_AT_MOST} 字，请缩短。"


def _not_off(one: YearTable) -> Iterator[str]:
    off = {rest.day for rest in one.rest}
    missing = [day for day in (date(one.year, *known) for known in ALWAYS_OFF) if day not in off]
    if missing:
        named = "、".join(show_short_day(day) for day in missing)
        yield f"{named}是法定节日，{one.year} 年的放假安排里没有，请补上。"
