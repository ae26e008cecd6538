"""Backups of one store: written whole, opened and checked, and only then given their name.

A backup is a folder ``YYYYMMDD-HHMMSS-occasion`` with the store, its slots and a manifest. Whatever ends in ``.part``
is unfinished or on its way out, and is cleared away by the next backup.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from onevisit.rules.clocks import local_time
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.apart import Pair, apart, watched
from onevisit.store.errors import DamagedFault, DiskFullFault, NotOursFault, translate_os
from onevisit.store.files import make_empty, make_folder, sync_file, sync_folder, write_whole
from onevisit.store.manifest import MANIFEST, FileMark, Manifest, mark_of
from onevisit.store.names import DATA, SLOTS

_PART: Final = ".part"
_NAME: Final = re.compile(r"\d{8}-\d{6}-[a-z_]+(-\d+)?")
_PAGES: Final = 256
_SPARE_BYTES: Final = 1_048_576
_MAKING: Final = "正在备份"
_COPYING: Final = "正在复制备份"
_CHECKING: Final = "正在核验备份"
_CHANGED: Final = "这份备份的文件已损坏或被改动，请换一份备份。"
_OTHER_END: Final = "这份备份和它的清单不一致，请换一份备份。"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup and what it says of itself."""

    folder: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """What it takes of the disk, bytes."""
        return self.manifest.data.size + self.manifest.slots.size


def write_backup(
    pair: Pair,
    parent: Path,
    occasion: BackupOccasion,
    at: datetime,
    progress: Progress = no_progress,
    *,
    settled: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Backup:
    """Write a backup and check it; others may go on writing into the store meanwhile.

    Args:
        pair: what is backed up.
        parent: the folder of all backups; made when it is missing.
        occasion: why.
        at: when.
        progress: told pages; what it raises ends the backup, and nothing of it stays.
        settled: nobody writes while this is held: store and slots are looked at in one and the same moment.

    Raises:
        StoreFault: disk full, not writable, damaged …; no half backup is left, old ones are as they were.
    """
    with translate_os():
        make_folder(parent)
        clear_parts(parent)
        _require_room(parent, pair.data)
        part = parent / f"{_free_name(parent, occasion, at)}{_PART}"
        make_folder(part)
    try:
        manifest = _written(pair, part, occasion, at, progress, settled)
        return Backup(_named(part), manifest)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def verify_backup(folder: Path, key: bytes, progress: Progress = no_progress) -> Backup:
    """Check a backup anew: digests, who wrote it, every page, and the end of its audit trail.

    Raises:
        StoreFault: something is not as it should be, in plain words.
    """
    backup = look_at(folder)
    check_files(backup, progress)
    if not backup.manifest.vouched_for(key):
        raise NotOursFault("这份备份不是用现在的密钥写的，只能在恢复时用它当时的密码打开。")
    check_opens(backup, key, progress)
    return backup


def look_at(folder: Path) -> Backup:
    """Read what a backup says of itself, and see whether its files are there and long enough.

    Raises:
        StoreFault: it cannot be read, or is not whole.
    """
    backup = Backup(folder, Manifest.load(folder))
    check_sizes(backup)
    return backup


def check_sizes(backup: Backup) -> None:
    """See whether both files are there and as long as the manifest says; costs nothing.

    Raises:
        StoreFault: one is gone, or was cut.
    """
    for name, mark in ((DATA, backup.manifest.data), (SLOTS, backup.manifest.slots)):
        with translate_os():
            _require_file(backup.folder / name)
            if (backup.folder / name).stat().st_size != mark.size:
                raise DamagedFault(_CHANGED)


def check_files(backup: Backup, progress: Progress = no_progress) -> None:
    """Hold both files against the digests of the manifest; needs no key.

    Raises:
        DamagedFault: a file is missing, gone or changed.
    """
    wanted = {DATA: backup.manifest.data, SLOTS: backup.manifest.slots}
    for name, mark in wanted.items():
        if mark_of(backup.folder / name, lambda done: progress(done, backup.size, _CHECKING)) != mark:
            raise DamagedFault(_CHANGED)


def check_opens(backup: Backup, key: bytes, progress: Progress = no_progress) -> None:
    """Open a backup, check each page and hold the end of the audit trail against the manifest.

    Raises:
        StoreFault: it does not open, is damaged, or is another store than the manifest tells of.
    """

    def step() -> None:
        progress(0, 0, _CHECKING)

    with apart(backup.folder / DATA, key) as connection, watched(connection, step):
        step()
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise DamagedFault(_CHANGED)
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise DamagedFault(_CHANGED)
        told = (backup.manifest.schema, backup.manifest.audit_entry, backup.manifest.audit_digest)
        if (_schema(connection), *_audit_end(connection)) != told:
            raise DamagedFault(_OTHER_END)


def backups_in(parent: Path) -> tuple[Path, ...]:
    """The folders of a place that are backups by their name, oldest first; links are not followed."""
    try:
        found = [one for one in parent.iterdir() if is_backup(one)]
    except OSError:
        return ()
    return tuple(sorted(found))


def is_backup(folder: Path) -> bool:
    """Whether a folder is a backup by its name."""
    return bool(_NAME.fullmatch(folder.name)) and not folder.is_symlink() and folder.is_dir()


def copy_backup(backup: Backup, parent: Path, progress: Progress = no_progress) -> Backup:
    """Copy a backup to another place and read it back from there.

    Raises:
        StoreFault: the place is full, gone, not writable, or gave back something else; nothing half is left there.
    """
    with translate_os():
        make_folder(parent)
        clear_parts(parent)
        _require_room(parent, backup.folder / DATA)
        part = parent / f"{backup.folder.name}{_PART}"
        make_folder(part)
    try:
        for name in (SLOTS, DATA, MANIFEST):
            copy_file(backup.folder / name, part / name, progress)
        check_files(Backup(part, backup.manifest), progress)
        return Backup(_named(part), backup.manifest)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def copy_file(source: Path, target: Path, progress: Progress = no_progress) -> None:
    """Copy a file durably and let the next reader get it from the disk, not from memory.

    Raises:
        StoreFault: disk full, not readable or not writable.
    """
    with translate_os():
        total, done = source.stat().st_size, 0
        make_empty(target)
        with source.open("rb") as from_file, target.open("r+b") as to_file:
            while piece := from_file.read(_SPARE_BYTES):
                to_file.write(piece)
                done += len(piece)
                progress(done, total, _COPYING)
            to_file.flush()
            os.fsync(to_file.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(to_file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def remove_backup(folder: Path) -> None:
    """Take a backup away; one that is a link loses the link alone.

    Raises:
        StoreFault: it cannot be removed.
    """
    with translate_os():
        if folder.is_symlink():
            folder.unlink()
            return
        # first its name: half a backup must not be taken for one
        leaving = folder.with_name(f"{folder.name}{_PART}")
        folder.replace(leaving)
        shutil.rmtree(leaving)


def clear_parts(parent: Path) -> None:
    """Remove what a power cut left unfinished in a place."""
    for one in parent.glob(f"*{_PART}"):
        if _NAME.fullmatch(one.name.removesuffix(_PART)) and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)


def _written(
    pair: Pair,
    part: Path,
    occasion: BackupOccasion,
    at: datetime,
    progress: Progress,
    settled: Callable[[], AbstractContextManager[Any]],
) -> Manifest:
    with translate_os():
        make_empty(part / DATA)
    with apart(pair.data, pair.key) as source:
        with settled(), translate_os():
            # a read transaction begins with its first read: what others write from here on is not in the backup
            source.execute("BEGIN")
            schema, end = _schema(source), _audit_end(source)
            slots = pair.slots.read_bytes()
        _copy_pages(source, part / DATA, pair.key, progress)
        source.execute("ROLLBACK")
    with translate_os():
        sync_file(part / DATA)
        write_whole(part / SLOTS, slots)
    manifest = Manifest(schema, at, occasion, *_marks(part), *end)
    check_opens(Backup(part, manifest), pair.key, progress)
    with translate_os():
        write_whole(part / MANIFEST, manifest.content(pair.key))
    return Manifest.load(part)


def _copy_pages(source: Any, target: Path, key: bytes, progress: Progress) -> None:  # noqa: ANN401 - the driver
    def told(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, _MAKING)

    with apart(target, key) as copy:
        source.backup(copy, pages=_PAGES, progress=told, sleep=0)
        # one file, without a log beside it: so it opens from a disk that is read-only, too
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _marks(part: Path) -> tuple[FileMark, FileMark]:
    return mark_of(part / DATA), mark_of(part / SLOTS)


def _named(part: Path) -> Path:
    with translate_os():
        sync_folder(part)
        folder = part.with_name(part.name.removesuffix(_PART))
        part.rename(folder)
        sync_folder(folder.parent)
        # the first backup of a place made the place, too
        sync_folder(folder.parent.parent)
    return folder


def _free_name(parent: Path, occasion: BackupOccasion, at: datetime) -> str:
    name = f"{local_time(at):%Y%m%d-%H%M%S}-{occasion.value}"
    taken = {one.name.removesuffix(_PART) for one in parent.iterdir()}
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 10_000))) if one not in taken)


def _require_room(parent: Path, data: Path) -> None:
    # the log may hold pages that the file has not yet; what the file system says is only a first guess
    log = data.with_name(f"{data.name}-wal")
    wanted = data.stat().st_size + (log.stat().st_size if log.exists() else 0) + _SPARE_BYTES
    if shutil.disk_usage(parent).free < wanted:
        raise DiskFullFault


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise DamagedFault(f"这份备份里缺少文件 {path.name}，请换一份备份。")


def _schema(connection: Any) -> str:  # noqa: ANN401 - the driver has no types
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _audit_end(connection: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the driver has no types
    end = connection.execute("SELECT id, digest FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return (int(end[0]), bytes(end[1])) if end else (0, bytes(32))
