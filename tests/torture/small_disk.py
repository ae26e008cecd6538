"""A disk of a few MiB that fills up when it is told to: a file system in memory, or a limit on the size of files."""

import ctypes
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

_NEW_MOUNTS, _NEW_USER, _DETACH = 0x00020000, 0x10000000, 2
_BLOCK = 1024


class SmallDisk(Protocol):
    """Where a house lies that is about to run out of room.

    Attributes:
        root: the folder.
    """

    root: Path

    def leave(self, kibibytes: int) -> None:
        """Let only so much room be left."""
        ...

    def make_room(self) -> None:
        """Give all the room back."""
        ...


@contextmanager
def small_disk(place: Path, mebibytes: int, *, mount: bool = True) -> Iterator[SmallDisk]:
    """Give a disk of that size; it goes away with everything on it.

    Only for a process without other threads (``tests.torture.apart``): the file system is mounted for it alone. Where
    that is not allowed, or ``mount`` is False, the size of files is limited instead.
    """
    root = place / "disk"
    root.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if mount and _mounted(libc, root, mebibytes):
        try:
            yield _InMemory(root)
        finally:
            libc.umount2(os.fsencode(root), _DETACH)
    else:
        limited = _Limited(root)
        try:
            yield limited
        finally:
            limited.make_room()


def _mounted(libc: ctypes.CDLL, root: Path, mebibytes: int) -> bool:
    """Mount a file system in memory that nobody else sees; False where that is not allowed."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_MOUNTS) and libc.unshare(_NEW_MOUNTS | _NEW_USER):
        return False
    if user and not _be_root(user, group):
        return False
    libc.mount(None, b"/", None, ctypes.c_ulong(0x44000), None)  # private from here on: MS_REC | MS_PRIVATE
    return bool(libc.mount(b"tmpfs", os.fsencode(root), b"tmpfs", ctypes.c_ulong(0), b"size=%dm" % mebibytes) == 0)


def _be_root(user: int, group: int) -> bool:
    """Be root within the user's own name space."""
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    except OSError:
        return False
    return True


class _InMemory:
    """Filled by a file of ballast."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._ballast = root / ".ballast"

    def leave(self, kibibytes: int) -> None:
        self.make_room()
        facts = os.statvfs(self.root)
        size = facts.f_bavail * facts.f_frsize - kibibytes * _BLOCK
        if size > 0:
            with self._ballast.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, size)

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)


class _Limited:
    """No file may grow by more than what is left."""

    def __init__(self, root: Path) -> None:
        self.root = root
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def leave(self, kibibytes: int) -> None:
        largest = max((path.stat().st_size for path in self.root.rglob("*") if path.is_file()), default=0)
        self._limit(largest + kibibytes * _BLOCK)

    def make_room(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
