"""Putting a backup in the place of a store: first on a copy beside it, then both files at once; nothing is deleted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from onevisit.rules.clocks import SHANGHAI, local_time
from onevisit.rules.progress import Progress
from onevisit.store import audit
from onevisit.store.apart import apart
from onevisit.store.backup import Backup, check_files, copy_file, look_at
from onevisit.store.errors import DiskFullFault, StoreFault, translate_os
from onevisit.store.files import make_folder
from onevisit.store.lock import InstanceLock
from onevisit.store.names import DATA, FRESH, KEPT, LOCK, SIDE_FILES, SLOTS, SWAP
from onevisit.store.places import require_local
from onevisit.store.swap import finish_swap, swap_in
from onevisit.store.tables import NumberSeries

_SPARE_BYTES = 1_048_576
_KEPT = "-before-restore"


@dataclass(frozen=True, slots=True)
class KeptStore:
    """A store that a restore replaced: its folder, when that was, what it takes of the disk in bytes."""

    folder: Path
    since: datetime
    size: int


@contextmanager
def held(directory: Path) -> Iterator[Path]:
    """Hold a data folder whose store is closed; gives the folder in it where the new pair is prepared.

    The data folder is made when it is missing. What was prepared and not put in place is removed at the end.

    Raises:
        AlreadyOpenFault: somebody has the store open.
        StoreFault: the folder cannot be used.
    """
    require_local(directory)
    with translate_os():
        make_folder(directory)
    lock = InstanceLock(directory / LOCK)
    fresh = directory / FRESH
    try:
        finish_swap(directory)
        with translate_os():
            _clear(fresh)
            make_folder(fresh)
        yield fresh
    finally:
        # a swap that was decided is finished at the next start, from just this folder
        if not (directory / SWAP).exists():
            with suppress(OSError):
                _clear(fresh)
        lock.release()


def take_copy(folder: Path, fresh: Path, progress: Progress) -> Backup:
    """Copy a backup into ``fresh`` and hold the copy against its digests.

    Raises:
        StoreFault: the backup is damaged or not whole, or there is no room.
    """
    backup = look_at(folder)
    with translate_os():
        if shutil.disk_usage(fresh).free < backup.size + _SPARE_BYTES:
            raise DiskFullFault
    for name in (SLOTS, DATA):
        copy_file(folder / name, fresh / name, progress)
    copy = Backup(fresh, backup.manifest)
    check_files(copy, progress)
    return copy


def numbers_taken(directory: Path, key: bytes) -> dict[str, int] | None:
    """The numbers that the present store has given so far, so that a restored one gives none of them again.

    Returns:
        the last number of each series; None where there is no store, or it cannot be read with this key.
    """
    if not (directory / DATA).exists():
        return None
    try:
        with apart(directory / DATA, key) as connection:
            return {str(name): int(last) for name, last in connection.execute("SELECT series, last FROM number_series")}
    except StoreFault:
        return None


def carry_on(session: Session, taken: dict[str, int]) -> int:
    """Let every series go on behind what was taken already; but for the audit trail, which has no gaps.

    Returns:
        how many series were moved on.
    """
    moved = 0
    for series, last in taken.items():
        if series == audit.SERIES:
            continue
        known = session.get(NumberSeries, series)
        if known is None or known.last < last:
            moved += 1
            put = insert(NumberSeries).values(series=series, last=last)
            session.execute(put.on_conflict_do_update(index_elements=[NumberSeries.series], set_={"last": last}))
    return moved


def put_in_place(directory: Path, at: datetime) -> Path | None:
    """Put the prepared pair in the place of the store.

    Returns:
        the folder with what was there; None where nothing was.

    Raises:
        StoreFault: the disk did not allow it; either nothing has happened, or the next start finishes it.
    """
    kept = _free_place(directory / KEPT, f"{local_time(at):%Y%m%d-%H%M%S}{_KEPT}")
    there = any((directory / name).exists() for name in (DATA, SLOTS, *SIDE_FILES))
    swap_in(directory, directory / FRESH, kept)
    if there:
        return kept
    with suppress(OSError):
        kept.rmdir()
        kept.parent.rmdir()
    return None


def kept_in(directory: Path) -> tuple[KeptStore, ...]:
    """The stores that restores replaced, oldest first.

    Raises:
        StoreFault: the folder cannot be read.
    """
    parent = directory / KEPT
    with translate_os():
        found = [one for one in parent.iterdir() if one.is_dir() and not one.is_symlink()] if parent.is_dir() else []
        kept = [KeptStore(one, since, _size(one)) for one in found if (since := _since(one.name)) is not None]
    return tuple(sorted(kept, key=lambda one: (one.since, one.folder.name)))


def remove_kept(kept: KeptStore) -> None:
    """Take a replaced store away, for good.

    Raises:
        StoreFault: it cannot be removed, or not all of it.
    """
    with translate_os():
        shutil.rmtree(kept.folder)
    with suppress(OSError):
        # only when nothing else is kept there
        kept.folder.parent.rmdir()


def _since(name: str) -> datetime | None:
    moment, ours, _ = name.partition(_KEPT)
    try:
        return datetime.strptime(moment, "%Y%m%d-%H%M%S").replace(tzinfo=SHANGHAI).astimezone(UTC) if ours else None
    except (ValueError, OverflowError):
        return None


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.iterdir() if one.is_file())


def _free_place(parent: Path, name: str) -> Path:
    places = (parent / one for one in (name, *(f"{name}-{number}" for number in range(2, 10_000))))
    return next(place for place in places if not place.exists())


def _clear(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
