"""A connection of its own beside the desk's: for backups, checks and salvage, which take long and run on other threads.

The driver is used as it is: the online backup, the progress of a statement and the pragmas that check are its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from onevisit.store.engine import connect
from onevisit.store.errors import NotOursFault, fault_of_driver

_BUSY: Final = "PRAGMA busy_timeout = 5000"
_INTERRUPTED: Final = 9
_PRIMARY: Final = 0xFF
_INSTRUCTIONS: Final = 50_000
"""So often a statement asks whether it shall go on: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A store file and its slot file, with the key that opens it."""

    data: Path
    slots: Path
    key: bytes


@contextmanager
def apart(path: Path, key: bytes) -> Iterator[Any]:
    """Open a connection to a store file and close it again.

    Raises:
        StoreFault: the file is not there, or what the world did meanwhile.
    """
    if not path.is_file():
        raise NotOursFault
    with translate_driver():
        connection = connect(path, key, (_BUSY, "PRAGMA temp_store = MEMORY", "PRAGMA trusted_schema = OFF"))
    try:
        with translate_driver():
            yield connection
    finally:
        connection.close()


@contextmanager
def watched(connection: Any, step: Callable[[], None]) -> Iterator[None]:  # noqa: ANN401 - the driver has no types
    """Let long statements ask ``step`` every few milliseconds whether to go on; what it raises ends them."""

    def stop() -> int:
        step()
        return 0

    connection.set_progress_handler(stop, _INSTRUCTIONS)
    try:
        yield
    except sqlcipher.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY == _INTERRUPTED:
            # the driver swallows what is raised within a statement: whoever wanted to stop says so again
            step()
        raise
    finally:
        connection.set_progress_handler(None, _INSTRUCTIONS)


@contextmanager
def translate_driver() -> Iterator[None]:
    """Turn the driver's error into a ``StoreFault`` where it tells of the world.

    Raises:
        StoreFault: disk full, locked, not writable, damaged, not ours.
    """
    try:
        yield
    except sqlcipher.DatabaseError as error:
        fault = fault_of_driver(error)
        if fault is None:
            raise
        raise fault from error
