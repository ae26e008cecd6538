"""Whether a store is whole: every page, every key, the audit trail, the numbers, the search index."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from onevisit.rules.numbering import MatterNumber, NumberFault, VisitNumber
from onevisit.rules.progress import Progress
from onevisit.store import audit
from onevisit.store.apart import Pair, apart, watched

_PAGES: Final = "正在核对数据页"
_TRAIL: Final = "正在核对操作记录"
_NUMBERS: Final = "正在核对编号"
_INDEX: Final = "正在核对查询索引"
_MOST: Final = 100
"""So many faults of a kind are counted; beyond it nobody reads on."""
_ROWS_AT_ONCE: Final = 1_000
_TAIL: Final = 500


@dataclass(frozen=True, slots=True)
class PageFindings:
    """What is wrong with the file as a file.

    Attributes:
        pages: pages the file has.
        damaged: numbers of pages that cannot be read, the first ones.
        structure: faults of tables and keys, in SQLite's words, the first ones.
        orphans: tables with rows that point to nothing.
    """

    pages: int = 0
    damaged: tuple[int, ...] = ()
    structure: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether rows can be read."""
        return not self.damaged and not self.structure


def check_pages(pair: Pair, progress: Progress, *, quick: bool = False) -> PageFindings:
    """Read the file page by page; quickly, only its structure is looked at, up to the first fault.

    Raises:
        StoreFault: it cannot be opened at all.
    """

    def step() -> None:
        progress(0, 0, _PAGES)

    with apart(pair.data, pair.key) as connection, watched(connection, step):
        step()
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        if quick:
            return PageFindings(pages, structure=_structure(connection, "PRAGMA quick_check(1)"))
        damaged = _damaged(connection)
        step()
        if damaged:
            # SQLCipher reads nothing more on a connection that met a bad page
            return PageFindings(pages, damaged)
        structure = _structure(connection, f"PRAGMA integrity_check({_MOST})")
        orphans = tuple(sorted({str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")}))
    return PageFindings(pages, (), structure, orphans)


@dataclass(frozen=True, slots=True)
class TrailFindings:
    """How far the audit trail is whole; ``broken`` is the first entry that is not, None if all are."""

    entries: int
    broken: int | None


def check_trail(session: Session, progress: Progress) -> TrailFindings:
    """Walk the whole audit trail."""
    total, whole = audit.last(session).entry, 0
    for link in audit.walk(session):
        if not link.whole:
            return TrailFindings(whole, link.entry_id)
        whole += 1
        if whole % _ROWS_AT_ONCE == 0:
            progress(whole, total, _TRAIL)
    return TrailFindings(whole, None)


def check_tail(session: Session) -> TrailFindings:
    """Look at the last entries of the audit trail: whether each is there and as it was written."""
    return TrailFindings(*audit.walk_tail(session, _TAIL))


@dataclass(frozen=True, slots=True)
class NumberFindings:
    """What is wrong with the numbers that people carry home.

    Attributes:
        visits: visits that were looked at.
        wrong: ids of visits, and of matters with a minus sign, whose number is none.
        doubled: numbers that stand more than once.
    """

    visits: int
    wrong: tuple[int, ...]
    doubled: tuple[str, ...]


def check_numbers(session: Session, progress: Progress) -> NumberFindings:
    """Look at the number of each visit and matter: its check character, and that nobody else has it."""
    visits, wrong = 0, []
    for visits, (row_id, number) in enumerate(_numbers(session, "visit"), 1):
        if visits % _ROWS_AT_ONCE == 0:
            progress(visits, 0, _NUMBERS)
        if not _is_right(VisitNumber.parse, number):
            wrong.append(row_id)
    wrong += [-row_id for row_id, number in _numbers(session, "matter") if not _is_right(MatterNumber.parse, number)]
    doubled = [number for table in ("visit", "matter") for number in _doubled(session, table)]
    return NumberFindings(visits, tuple(wrong[:_MOST]), tuple(doubled[:_MOST]))


@dataclass(frozen=True, slots=True)
class IndexFindings:
    """Matters that no search finds, and entries of the index that belong to none."""

    missing: int
    extra: int


def check_index(session: Session, progress: Progress) -> IndexFindings:
    """Hold the search index against the matters; a matter that was made anonymous is not to be found."""
    progress(0, 0, _INDEX)
    wanted = "SELECT id FROM matter WHERE anonymised_at IS NULL"
    there = "SELECT rowid FROM matter_search"
    return IndexFindings(_count(session, f"{wanted} EXCEPT {there}"), _count(session, f"{there} EXCEPT {wanted}"))


def _damaged(connection: Any) -> tuple[int, ...]:  # noqa: ANN401 - the driver has no types
    told = (str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check"))
    found = [re.search(r"page (\d+)", words) for words in told]
    return tuple(int(one[1]) if one else 0 for one in found)


def _structure(connection: Any, pragma: str) -> tuple[str, ...]:  # noqa: ANN401 - the driver has no types
    told = [str(row[0]) for row in connection.execute(pragma)]
    return () if told == ["ok"] else tuple(told)


def _numbers(session: Session, table: str) -> Iterator[tuple[int, str]]:
    query = text(f"SELECT id, number FROM {table} NOT INDEXED ORDER BY id")  # noqa: S608 - one of two names of ours
    for row_id, number in session.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}):
        yield row_id, str(number)


def _is_right(parse: Callable[[str], VisitNumber | MatterNumber], number: str) -> bool:
    try:
        return str(parse(number)) == number
    except NumberFault:
        return False


def _doubled(session: Session, table: str) -> list[str]:
    # past the index, which allows no second one as long as it is whole itself
    query = f"SELECT number FROM {table} NOT INDEXED GROUP BY number HAVING count(*) > 1 LIMIT {_MOST}"  # noqa: S608
    return [str(number) for number in session.scalars(text(query))]


def _count(session: Session, query: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM ({query})")).scalar_one())  # noqa: S608 - ours
