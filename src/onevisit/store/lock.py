"""One running instance per store, by a lock that the operating system lets go of however the program ends."""

import os
import sys
from pathlib import Path

from onevisit.store.errors import AlreadyOpenFault, translate_os


class InstanceLock:
    """The lock of one data folder, held from the moment it is made until ``release``.

    Raises:
        AlreadyOpenFault: another instance, or another store object of this one, holds it.
        StoreFault: the lock file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        with translate_os():
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            self.release()
            raise AlreadyOpenFault from error

    def release(self) -> None:
        """Let go; a second time does nothing. The file stays: to remove it would race with whoever opens it now."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
