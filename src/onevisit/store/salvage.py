"""Reading what is readable of a damaged store, table by table and around bad pages, into a new one."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event

from onevisit.rules.progress import Progress
from onevisit.store import schema
from onevisit.store.apart import Pair, apart
from onevisit.store.backup import copy_file
from onevisit.store.engine import connect, make_engine
from onevisit.store.errors import DamagedFault, translate, translate_os
from onevisit.store.files import make_empty, write_whole
from onevisit.store.names import DATA, SIDE_FILES, SLOTS

_COPY: Final = "damaged.db"
_ROWS: Final = 512
_READING: Final = "正在抢救"
_BUILT: Final = ("sqlite_", "matter_search", "alembic_version")
"""What begins so is built anew and not read."""
_UNREADABLE: Final = "数据文件的开头已损坏，什么都读不出，请从备份恢复。"


@dataclass(frozen=True, slots=True)
class Saved:
    """One table: rows that were read, rows known to be lost."""

    table: str
    read: int
    lost: int


def salvage_into(pair: Pair, fresh: Path, progress: Progress) -> tuple[Saved, ...]:
    """Make a new pair in ``fresh`` under the same key and slots, of whatever the damaged one still gives.

    Only a copy of the damaged store is opened: to open a store can write into it.

    Raises:
        DamagedFault: not even its beginning can be read.
        StoreFault: no room, not writable, not readable.
    """
    copy = _copied(pair, fresh, progress)
    revision = _revision(copy, pair.key)
    with translate_os():
        make_empty(fresh / DATA)
        write_whole(fresh / SLOTS, pair.slots.read_bytes())
    _build(fresh / DATA, pair.key, revision)
    with apart(fresh / DATA, pair.key) as target, closing(_Reader(copy, pair.key)) as source:
        tables = _tables(target)
        saved = [_save(source, target, table, (at, len(tables)), progress) for at, table in enumerate(tables)]
    _build(fresh / DATA, pair.key, schema.HEAD)
    for name in (copy, *copy.parent.glob(f"{copy.name}-*")):
        name.unlink(missing_ok=True)
    return tuple(saved)


class _Reader:
    """Reads a damaged file; SQLCipher gives nothing more on a connection that met a bad page, so it is opened anew."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._connection: Any = self._opened()

    def rows(self, query: str, *values: int) -> list[tuple[Any, ...]] | None:
        """All rows of a query; None where they cannot be read."""
        try:
            return list(self._connection.execute(query, values).fetchall())
        except sqlcipher.DatabaseError:
            self.close()
            self._connection = self._opened()
            return None

    def first_rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query up to where it cannot be read any further."""
        found: list[tuple[Any, ...]] = []
        try:
            found.extend(self._connection.execute(query))
        except sqlcipher.DatabaseError:
            self.close()
            self._connection = self._opened()
        return found

    def _opened(self) -> Any:  # noqa: ANN401 - the driver has no types
        # a file that was cut off is shorter than its header says; only with this SQLite reads it all the same
        return connect(self._path, self._key, ("PRAGMA writable_schema = ON",))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _copied(pair: Pair, fresh: Path, progress: Progress) -> Path:
    copy = fresh / _COPY
    copy_file(pair.data, copy, progress)
    log = pair.data.with_name(SIDE_FILES[0])
    if log.exists():
        copy_file(log, copy.with_name(f"{copy.name}-wal"), progress)
    return copy


def _revision(copy: Path, key: bytes) -> str:
    """The revision the damaged store had; where that cannot be read, the present one."""
    reader = _Reader(copy, key)
    try:
        if not reader.rows("SELECT name FROM sqlite_master"):
            raise DamagedFault(_UNREADABLE)
        told = reader.rows("SELECT version_num FROM alembic_version")
    finally:
        reader.close()
    return str(told[0][0]) if told and told[0][0] in schema.REVISIONS else schema.HEAD


def _build(data: Path, key: bytes, revision: str) -> None:
    """Bring the new store up to a revision; what rows point to may be lost, and is only mended afterwards."""
    engine = make_engine(data, key)
    event.listen(engine, "connect", _without_foreign_keys)
    try:
        with translate(), engine.begin() as connection:
            schema.upgrade(connection, revision)
    finally:
        engine.dispose()


def _without_foreign_keys(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver has no types
    connection.execute("PRAGMA foreign_keys = OFF")


def _tables(target: Any) -> list[str]:  # noqa: ANN401 - the driver has no types
    names = [
        str(row[0]) for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    ]
    return [name for name in names if not name.startswith(_BUILT)]


def _save(source: _Reader, target: Any, table: str, place: tuple[int, int], progress: Progress) -> Saved:  # noqa: ANN401
    columns = ", ".join(str(row[1]) for row in target.execute(f"PRAGMA table_info({table})"))
    marks = ", ".join("?" for _ in columns.split(", "))
    put = f"INSERT OR IGNORE INTO {table} (rowid, {columns}) VALUES (?, {marks})"  # noqa: S608 - names of our schema
    get = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ?"  # noqa: S608 - the same
    known = _known_ids(source, target, table)
    last = max(known, default=0)
    read: set[int] = set()
    failed: set[int] = set()
    target.execute("BEGIN IMMEDIATE")
    for first in range(min(known, default=1), last + 1, _ROWS):
        progress(*place, _READING)
        for rows in _around(source, get, first, min(first + _ROWS - 1, last), failed):
            target.executemany(put, rows)
            read.update(row[0] for row in rows)
    target.execute("COMMIT")
    # rows are numbered without gaps, so that a number that cannot be read is a row that is lost
    return Saved(table, len(read), len(failed))


def _around(source: _Reader, get: str, first: int, last: int, failed: set[int]) -> Iterator[list[tuple[Any, ...]]]:
    """Read a range of rows; where it cannot be read, its halves, down to the single row that is lost."""
    rows = source.rows(get, first, last)
    if rows is not None:
        yield rows
    elif first == last:
        failed.add(first)
    else:
        middle = (first + last) // 2
        yield from _around(source, get, first, middle, failed)
        yield from _around(source, get, middle + 1, last, failed)


def _known_ids(source: _Reader, target: Any, table: str) -> set[int]:  # noqa: ANN401 - the driver has no types
    """The row numbers that the table and its indexes still tell of, from both ends."""
    indexes = [str(row[1]) for row in target.execute(f"PRAGMA index_list({table})")]
    known: set[int] = set()
    for way in ("NOT INDEXED", *(f'INDEXED BY "{name}"' for name in indexes)):
        for order in ("", *_backwards(target, way)):
            query = f"SELECT rowid FROM {table} {way} {order}"  # noqa: S608 - names of our own schema
            known.update(int(row[0]) for row in source.first_rows(query))
    return known


def _backwards(target: Any, way: str) -> tuple[str, ...]:  # noqa: ANN401 - the driver has no types
    if way == "NOT INDEXED":
        return ("ORDER BY rowid DESC",)
    name = way.split('"')[1]
    columns = [row[2] for row in target.execute(f'PRAGMA index_info("{name}")') if row[2]]
    return (f"ORDER BY {', '.join(f'{column} DESC' for column in columns)}",) if columns else ()
