"""Holds open every file that appears in a folder, so that one which is removed again can still be read (Linux)."""

import ctypes
import os
import select
import struct
from collections.abc import Iterator
from pathlib import Path

_CREATE, _MOVED_TO, _CLOSE_WRITE, _IS_FOLDER = 0x100, 0x80, 0x8, 0x40000000
_EVENT = struct.Struct("iIII")


class Watch:
    """Sees what appears in a folder and below; belongs into a process of its own.

    To close a file here would let go of the locks that SQLite holds on it, if that were done by the same process.
    """

    def __init__(self, root: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = self._libc.inotify_init()
        if self._inotify < 0:
            raise OSError(ctypes.get_errno(), "inotify_init")
        self._folders: dict[int, Path] = {}
        self._held: dict[tuple[int, int], tuple[int, Path]] = {}
        self._add(root)

    def watch_until(self, told: int) -> None:
        """Watch until there is something to read, or nothing more to come, at the descriptor ``told``."""
        while True:
            ready = select.select([self._inotify, told], [], [])[0]
            if self._inotify in ready:
                self._take_in(os.read(self._inotify, 65_536))
            elif told in ready:
                return

    def removed(self) -> Iterator[tuple[Path, bytes]]:
        """What was there and is gone: where it lay, and what it held at the end."""
        for handle, path in self._held.values():
            facts = os.fstat(handle)
            if facts.st_nlink == 0:
                yield path, os.pread(handle, facts.st_size, 0)

    def close(self) -> None:
        """Let go of everything."""
        for handle, _ in self._held.values():
            os.close(handle)
        os.close(self._inotify)

    def _add(self, folder: Path) -> None:
        mark = self._libc.inotify_add_watch(self._inotify, os.fsencode(folder), _CREATE | _MOVED_TO | _CLOSE_WRITE)
        if mark < 0:
            return
        self._folders[mark] = folder
        # what came into it before it was watched
        for path in folder.iterdir():
            self._see(path, folder=path.is_dir() and not path.is_symlink())

    def _take_in(self, events: bytes) -> None:
        place = 0
        while place < len(events):
            mark, mask, _, length = _EVENT.unpack_from(events, place)
            place += _EVENT.size + length
            name = events[place - length : place].rstrip(b"\0")
            if mark in self._folders and name:
                self._see(self._folders[mark] / os.fsdecode(name), folder=bool(mask & _IS_FOLDER))

    def _see(self, path: Path, *, folder: bool) -> None:
        try:
            if folder:
                self._add(path)
                return
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError:
            # gone already, or nothing that can be read: a socket, a link
            return
        facts = os.fstat(handle)
        if (facts.st_dev, facts.st_ino) in self._held:
            os.close(handle)
        else:
            self._held[facts.st_dev, facts.st_ino] = handle, path
