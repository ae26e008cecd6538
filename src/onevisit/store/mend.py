"""Rows that point to rows that were lost: what they need gets a stand-in that says so, the rest is taken away.

A row that can do without what it points to (a decision or a service without its step) stays, and points to nothing.
"""

from collections import Counter
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, UniqueConstraint

from onevisit.store.tables import Base
from onevisit.store.tables.base import Code, UtcMoment

STAND_IN: Final = "（读不出）"
_ROUNDS: Final = 4
"""A stand-in may need one itself, from a slip up to its matter."""
_PARENTS: Final = frozenset({"account", "petitioner", "matter", "visit", "consultation", "slip"})
_LONG_AGO: Final = "1970-01-01"


def mend(connection: Any) -> Counter[str]:  # noqa: ANN401 - the driver has no types
    """Let every row point to one that is there; gives how many rows of each table had to go.

    Args:
        connection: on the new store, outside a transaction.
    """
    gone: Counter[str] = Counter()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(_ROUNDS):
        for table, row_id, parent, column in _broken(connection):
            wanted = connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (row_id,)).fetchone()  # noqa: S608
            if parent in _PARENTS and wanted and isinstance(wanted[0], int):
                _stand_in(connection, Base.metadata.tables[parent], wanted[0])
    for table, row_id, _parent, column in _broken(connection):
        if Base.metadata.tables[table].columns[column].nullable:
            connection.execute(f'UPDATE {table} SET "{column}" = NULL WHERE rowid = ?', (row_id,))  # noqa: S608
    for table, row_id, _parent, _column in set(_broken(connection)):
        gone[table] += connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row_id,)).rowcount  # noqa: S608
    connection.execute("COMMIT")
    return gone


def _broken(connection: Any) -> list[tuple[str, int, str, str]]:  # noqa: ANN401 - the driver has no types
    found = []
    for table, row_id, parent, key in connection.execute("PRAGMA foreign_key_check").fetchall():
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(str(one[3]) for one in keys if one[0] == key)
        found.append((str(table), int(row_id), str(parent), column))
    return found


def _stand_in(connection: Any, table: Table, row_id: int) -> None:  # noqa: ANN401 - the driver has no types
    unique = {one.name for c in table.constraints if isinstance(c, UniqueConstraint) for one in c.columns}
    values = {one.name: _value(one, row_id, unique=one.name in unique) for one in table.columns}
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
    put = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own schema
    connection.execute(put, tuple(values.values()))


def _value(column: Column[Any], row_id: int, *, unique: bool) -> Any:  # noqa: ANN401 - a value of any column
    kind = column.type
    if column.primary_key:
        return row_id
    if column.nullable:
        return None
    if isinstance(kind, Boolean):
        # a lost matter may have been confidential: whoever may see such ones decides
        return int(column.name == "confidential")
    if column.foreign_keys:
        # to a stand-in as well: to whom it belonged nobody knows
        return 0
    if isinstance(kind, Integer):
        return max(1, row_id)
    if isinstance(kind, Code):
        return next(iter(kind.codes.__members__.values())).value
    if isinstance(kind, UtcMoment | DateTime | Date):
        return _LONG_AGO if isinstance(kind, Date) else f"{_LONG_AGO} 00:00:00.000000"
    if isinstance(kind, LargeBinary):
        return bytes(32)
    if isinstance(kind, JSON):
        return "[]"
    return f"{STAND_IN}{row_id}" if unique else STAND_IN
