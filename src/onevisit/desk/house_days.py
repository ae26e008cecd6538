"""放假安排 of the unit's own: yearly tables over those that the program knows, and whose dates they move.

Whoever is logged in reads them; EDIT_LISTS writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.house_text import edition_of, put, read_typed, take_away
from onevisit.desk.lawbook import HOLIDAYS, day_table, house_texts
from onevisit.rules import holidays
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import DayTable, local_day
from onevisit.rules.holidays import EARLIEST_YEAR, LATEST_YEAR, Rest, YearTable
from onevisit.rules.labels import Labelled
from onevisit.store.tables import Matter

YEARS_AHEAD: Final = 2
"""So many years after this one are listed, also those that nobody decreed yet."""
_BACK: Final = 2
"""A matter registered so many years before a table may still have clocks that its days move."""


class DecreedBy(Labelled):
    """Whose notice of a year is in use."""

    UNIT = "unit", "本单位录入"
    LIBRARY = "library", "程序自带"
    NOBODY = "nobody", "还没有"


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year.

    Attributes:
        off: days off that the notice names.
        worked: make-up workdays.
        seen: the edition of the unit's own table; empty where it has none.
    """

    year: int
    by: DecreedBy
    off: int
    worked: int
    seen: str


@dataclass(frozen=True, slots=True)
class YearDays:
    """The days of one year.

    Attributes:
        table: days off and make-up workdays; neighbouring years' days are in it where the notice names them.
        text: the table line by line, as it is typed and brought back.
    """

    line: YearLine
    table: YearTable
    text: str


def years(desk: Desk) -> tuple[YearLine, ...]:
    """Every year that is known, and those to come that are not, the latest first. Whoever is logged in may read it."""
    with desk.look(None) as session:
        texts = _own(session)
        table = day_table(session)
        last = max(local_day(desk.now()).year + YEARS_AHEAD, *table.years)
        return tuple(_line(year, table, texts) for year in range(last, EARLIEST_YEAR - 1, -1))


def year_days(desk: Desk, year: int) -> YearDays:
    """The days off and the make-up workdays of a year. Whoever is logged in may read it."""
    with desk.look(None) as session:
        texts = _own(session)
        table = day_table(session)
        found = holidays.read_year_table(year, texts[year]) if year in texts else _taken_out(year, table)
        text = holidays.write_year_table(found) if found.rest or found.work else ""
        return YearDays(_line(year, table, texts), found, text)


def save_year(desk: Desk, year: int, typed: str, seen: str) -> int:
    """Put the unit's own table of a year in use, whatever the program knows of it. Needs EDIT_LISTS.

    Returns:
        how many open matters have another date now.

    Raises:
        HolidayFault: the text is no table, or one that contradicts itself, in one sentence.
        ChangedElsewhereError: another window changed this year meanwhile; nothing was written.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        table = read_typed(lambda text: holidays.read_year_table(year, text), typed)
        before = _dates(desk, session, year)
        put(desk, session, f"{HOLIDAYS}{year}", holidays.write_year_table(table), seen)
        desk.record(session, "holidays.saved", detail=f"{year}/{len(table.rest)}/{len(table.work)}")
        return _moved(before, _dates(desk, session, year))


def remove_year(desk: Desk, year: int, seen: str) -> int:
    """Take the unit's own table of a year out; what the program knows holds again. Needs EDIT_LISTS.

    Returns:
        how many open matters have another date now.

    Raises:
        NotFoundError: the unit has no table of this year.
        ChangedElsewhereError: another window changed this year meanwhile.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        if year not in _own(session):
            raise NotFoundError(f"本单位没有录入 {year} 年的放假安排，没有可以删的。")
        before = _dates(desk, session, year)
        take_away(session, f"{HOLIDAYS}{year}", seen)
        desk.record(session, "holidays.removed", detail=str(year))
        return _moved(before, _dates(desk, session, year))


def _own(session: Session) -> dict[int, str]:
    return {int(year): content for year, content in house_texts(session, HOLIDAYS).items()}


def _line(year: int, table: DayTable, texts: Mapping[int, str]) -> YearLine:
    by = DecreedBy.UNIT if year in texts else DecreedBy.LIBRARY if table.is_decreed(year) else DecreedBy.NOBODY
    off = sum(day.year == year for day in table.holidays)
    worked = sum(day.year == year for day in table.make_up)
    return YearLine(year, by, off, worked, edition_of(texts.get(year, "")))


def _taken_out(year: int, table: DayTable) -> YearTable:
    """What is known of a year, as a table that can be gone on with."""
    rest = tuple(Rest(day, name) for day, name in sorted(table.holidays.items()) if day.year == year)
    return YearTable(year, rest, tuple(sorted(day for day in table.make_up if day.year == year)))


def _dates(desk: Desk, session: Session, year: int) -> dict[int, tuple[date | None, ...]]:
    """The days that the clocks of open matters end on, of those that a table of ``year`` can move."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return {}
    since = datetime(year - _BACK, 1, 1, tzinfo=UTC)
    matters = session.scalars(select(Matter).where(Matter.open, Matter.registered_at >= since))
    lines = due_lines(desk, session, matters)
    return {matter_id: tuple(one.due if one.is_open else None for one in found) for matter_id, found in lines.items()}


def _moved(before: Mapping[int, tuple[date | None, ...]], after: Mapping[int, tuple[date | None, ...]]) -> int:
    return sum(dates != after.get(matter_id) for matter_id, dates in before.items())
