"""The only place that knows SQLCipher: the key, the pragmas, how a transaction begins."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

KEY_BYTES: Final = 32
_BUSY_MILLISECONDS: Final = 5_000
_READING: Final = "onevisit_reading"

# Not cipher_memory_security: it doubles a save and takes four times as long to search, while the same text lies in
# Python's memory unwiped. The key is wiped by SQLCipher in any case.
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)


def make_engine(path: Path, key: bytes) -> Engine:
    """Make the engine of one store file; nothing is opened yet.

    A transaction begins IMMEDIATE, so that two writers wait instead of failing half-way; on ``reading(engine)`` it
    begins DEFERRED and can write nothing at all.

    Args:
        path: the store file; it is there already, so that side files take its mode.
        key: 32 random bytes; no key derivation is needed.

    Raises:
        ValueError: the key has another length.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store key has {KEY_BYTES} bytes")
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, _PRAGMAS),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
        # parameters are personal data: they belong in no exception text and in no log
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """Give the same engine for transactions that only read."""
    return engine.execution_options(**{_READING: True})


def checkpoint(connection: Connection) -> None:
    """Write the log back into the store file and empty it.

    Raises:
        sqlalchemy.exc.DatabaseError: it could not be written.
    """
    # past SQLAlchemy, which would begin a transaction first: inside one nothing can be written back
    try:
        _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.Error as error:
        raise DBAPIError.instance("checkpoint", None, error, sqlcipher.Error) from error


def connect(path: Path, key: bytes, pragmas: Iterable[str] = ()) -> Any:  # noqa: ANN401 - the driver has no types
    """Open one connection past SQLAlchemy, in autocommit, for one thread at a time.

    Args:
        path: the store file; SQLite makes it when it is missing.
        key: 32 bytes.
        pragmas: run at once; without any, nothing of the file is read yet.

    Raises:
        sqlcipher3.dbapi2.Error: the driver's own words.
    """
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        # before the key: a wrong key is said by us, not printed on stderr
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in pragmas:
            connection.execute(pragma).fetchall()
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    reads = bool(connection.get_execution_options().get(_READING))
    _raw(connection).execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    # through SQLAlchemy, so that a store that is locked is said in its words
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _raw(connection: Connection) -> Any:  # noqa: ANN401 - the driver has no types
    return connection.connection.driver_connection
