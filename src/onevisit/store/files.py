"""Files of the store: only their owner may read them, and a new version replaces the old one whole or not at all."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, with its parents; one that is there is closed to others."""
    # one by one: mkdir would give the parents the mode that the system gives
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
    folder.chmod(_OWNER_ONLY_FOLDER)


def make_empty(path: Path) -> None:
    """Make an empty file that only its owner may read.

    Raises:
        FileExistsError: there is one.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut either the old or the new content is there, never a part."""
    # mkstemp makes the file with mode 0600
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make what was written to a file durable, whoever wrote it."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


class Aside:
    """Holds on to a file under a second name, so that it can be put back when the disk is full: that needs no room.

    On a disk without hard links (FAT) the content is written anew, which does need room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._content = path.read_bytes()
        self._aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with suppress(OSError):
            os.link(path, self._aside)

    def put_back(self) -> None:
        """Let the file be as it was."""
        if self._path.read_bytes() == self._content:
            return
        if self._aside.exists():
            self._aside.replace(self._path)
            sync_folder(self._path.parent)
        else:
            write_whole(self._path, self._content)

    def let_go(self) -> None:
        """Forget how the file was."""
        with suppress(OSError):
            self._aside.unlink(missing_ok=True)


def clear_asides(folder: Path, name: str) -> None:
    """Take away what a power cut left of a file that was being replaced."""
    for left in folder.glob(f".{name}.*"):
        left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    if os.name != "posix":
        # Windows cannot open a folder; NTFS journals its names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def first_existing(path: Path) -> Path:
    """The path itself, or the nearest parent that is there."""
    return next(place for place in (path, *path.parents) if place.exists())


def can_write_in(folder: Path) -> bool:
    """Whether a file can be made in a folder; tried, because modes do not tell (read-only disks, network shares)."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
