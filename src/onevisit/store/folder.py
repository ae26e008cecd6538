"""The data folder before and between the times that a store is open: what is there, what was left unfinished."""

import shutil
from pathlib import Path
from typing import Final

from onevisit.store.errors import HalfMissingFault, NotOursFault, NotWritableFault, translate_os
from onevisit.store.files import can_write_in, clear_asides, first_existing, sync_folder
from onevisit.store.lock import InstanceLock
from onevisit.store.names import DATA, FRESH, HEAD, LOCK, MAKING, SLOTS, SWAP, TRIES
from onevisit.store.places import require_local
from onevisit.store.swap import finish_swap

_PLAIN_SQLITE: Final = b"SQLite format 3\x00"


def is_founded(directory: Path) -> bool:
    """Whether a store is in a folder; whether it opens is seen when it is opened.

    A restore or a change of key that the power cut short is finished first.

    Raises:
        StoreFault: the folder cannot be used: not writable, not ours, only half of the files there, a swap by another
            instance on its way.
    """
    require_local(directory)
    with translate_os():
        place = first_existing(directory)
        if not place.is_dir() or not can_write_in(place):
            raise NotWritableFault
        if (directory / SWAP).exists():
            _finish_swap(directory)
        data, slots, making = ((directory / name).exists() for name in (DATA, SLOTS, MAKING))
    if data and slots:
        refuse_foreign(directory / DATA)
        return True
    if making:
        # the power went while it was made: nobody was told that it is there
        return False
    if data:
        refuse_foreign(directory / DATA)
        raise HalfMissingFault("数据文件夹里缺少密钥文件 store.keys，请从备份恢复后再打开。")
    if slots:
        raise HalfMissingFault("数据文件夹里缺少数据文件 store.db，请从备份恢复后再打开。")
    return False


def _finish_swap(directory: Path) -> None:
    lock = InstanceLock(directory / LOCK)
    try:
        finish_swap(directory)
    finally:
        lock.release()


def refuse_foreign(data: Path) -> None:
    """Refuse a file that is plainly no encrypted store.

    Raises:
        NotOursFault: it is not encrypted, or too short.
    """
    with translate_os(), data.open("rb") as file:
        head = file.read(len(_PLAIN_SQLITE))
    if head == _PLAIN_SQLITE:
        raise NotOursFault("这是没有加密的数据库，不是本系统的数据文件，请核对数据文件夹。")
    if len(head) < len(_PLAIN_SQLITE):
        raise NotOursFault("数据文件是空的或不完整，不是本系统的数据文件，请核对数据文件夹，必要时从备份恢复。")


def clear_unfinished(directory: Path) -> None:
    """Take away what a power cut left on its way; the lock of the folder is held."""
    for name in (SLOTS, HEAD, TRIES, SWAP):
        clear_asides(directory, name)
    if not (directory / SWAP).exists():
        # a restore or a change of key that was never decided
        shutil.rmtree(directory / FRESH, ignore_errors=True)
    making = directory / MAKING
    if not making.exists():
        return
    if not (directory / DATA).exists():
        (directory / SLOTS).unlink(missing_ok=True)
    shutil.rmtree(making)


def move_in(making: Path, directory: Path) -> None:
    """Put a store that was just made into its folder."""
    # the store file last: with it the store is there
    if (making / HEAD).exists():
        (making / HEAD).replace(directory / HEAD)
    (making / SLOTS).replace(directory / SLOTS)
    sync_folder(directory)
    (making / DATA).replace(directory / DATA)
    sync_folder(directory)
    shutil.rmtree(making, ignore_errors=True)
