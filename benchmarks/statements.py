"""What the store's statements cost without the program: they are listened to once and repeated by plain sqlcipher3."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, event


@dataclass(slots=True)
class Heard:
    """Statements with their parameters, in order."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)

    def writes(self) -> list[tuple[str, Any, bool]]:
        """Only those that write."""
        return [one for one in self.statements if one[0].lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}]

    def matching(self) -> list[tuple[str, Any, bool]]:
        """Only those that ask the full-text index."""
        return [one for one in self.statements if " MATCH " in one[0]]


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear every statement that any engine runs."""
    heard = Heard()

    def hear(_connection: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:  # noqa: ANN401
        heard.statements.append((text, values, many))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def connect(path: Path, key: bytes | None, synchronous: str = "FULL") -> Any:  # noqa: ANN401 - the driver has no types
    """Open a store file by plain sqlcipher3, with the same durability unless told otherwise; no key: not encrypted."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    pragmas = ["foreign_keys = ON", "journal_mode = WAL", f"synchronous = {synchronous}"]
    for pragma in ([f"key = \"x'{key.hex()}'\""] if key else []) + pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def replay(connection: Any, statements: list[tuple[str, Any, bool]]) -> None:  # noqa: ANN401
    """Run the statements in one durable transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for text, values, many in statements:
        (connection.executemany if many else connection.execute)(text, values)
    connection.execute("COMMIT")
