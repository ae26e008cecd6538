"""Putting a new pair of store and slot file in the place of the present one: both or neither, whenever the power goes.

Two files cannot be renamed at once. So the decision is one small file, written whole: before it is there, nothing has
happened; once it is there, the next start finishes what was begun.
"""

import json
import shutil
from pathlib import Path
from typing import Final

from onevisit.store.errors import DamagedFault, DiskFullFault, translate_os
from onevisit.store.files import make_folder, sync_file, sync_folder, write_whole
from onevisit.store.names import DATA, HEAD, SIDE_FILES, SLOTS, SWAP

_PAIR: Final = (SLOTS, DATA)
"""The store last: with it the new pair is there."""
_GOES_WITH_DATA: Final = (*SIDE_FILES, HEAD)
"""Belongs to the old store alone; beside the new one a left-over log would be taken for its own."""


def swap_in(directory: Path, fresh: Path, kept: Path) -> None:
    """Put ``fresh/store.db`` and ``fresh/store.keys`` in place; what stood there goes to ``kept``.

    The store is closed and its lock held by the caller; ``fresh`` and ``kept`` lie in ``directory``, and the fresh
    store has no log of its own (it was closed). What is missing of the old pair is no hindrance. A head of the audit
    chain that the fresh store brings goes with it.

    Args:
        directory: the data folder.
        fresh: a folder with the new pair; it is gone afterwards.
        kept: a folder that is made when it is missing; nothing in it is overwritten.

    Raises:
        ValueError: a folder lies elsewhere, or a file of the new pair is missing; a mistake of ours.
        StoreFault: the disk did not allow it, or the fresh store could not write its log back; either nothing has
            happened, or the next start finishes it.
    """
    _require(directory, fresh, kept)
    with translate_os():
        make_folder(kept)
        for name in _PAIR:
            sync_file(fresh / name)
        for folder in (fresh, kept, kept.parent):
            sync_folder(folder)
        decision = {"fresh": fresh.relative_to(directory).as_posix(), "kept": kept.relative_to(directory).as_posix()}
        write_whole(directory / SWAP, json.dumps(decision).encode())
    finish_swap(directory)


def finish_swap(directory: Path) -> bool:
    """Finish a swap that was decided; nothing happens where none was.

    Returns:
        whether there was one.

    Raises:
        StoreFault: the disk does not allow it now, or the decision cannot be read.
    """
    with translate_os():
        if not (directory / SWAP).exists():
            return False
        fresh, kept = _decided(directory)
        for name in (*_PAIR, HEAD):
            # a head is no must; a file that is not in the fresh folder any more was put in place before the power went
            if (fresh / name).exists():
                for one in (*(_GOES_WITH_DATA if name == DATA else ()), name):
                    _put_away(directory / one, kept)
                (fresh / name).replace(directory / name)
                sync_folder(directory)
        sync_folder(kept)
        (directory / SWAP).unlink()
        sync_folder(directory)
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def _require(directory: Path, fresh: Path, kept: Path) -> None:
    if fresh == kept or not all(one.is_relative_to(directory) and one != directory for one in (fresh, kept)):
        raise ValueError("the folders of a swap lie in the data folder")
    if not all((fresh / name).is_file() for name in _PAIR):
        raise ValueError("the new pair is not whole")
    require_written_back(fresh)


def require_written_back(folder: Path) -> None:
    """See that a closed store has no log left: without room it could not be written back, and would stay behind.

    Raises:
        DiskFullFault: there is one; the store is not whole without it.
    """
    if any((folder / name).exists() for name in SIDE_FILES):
        raise DiskFullFault


def _decided(directory: Path) -> tuple[Path, Path]:
    try:
        decision = json.loads((directory / SWAP).read_bytes())
        fresh, kept = directory / decision["fresh"], directory / decision["kept"]
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedFault(
            "更换数据的记录 store.swap 已损坏，请联系维护人员，不要删除数据文件夹里的任何文件。"
        ) from error
    if any(".." in one.parts for one in (fresh, kept)):
        raise DamagedFault("更换数据的记录 store.swap 已损坏，请联系维护人员，不要删除数据文件夹里的任何文件。")
    return fresh, kept


def _put_away(file: Path, kept: Path) -> None:
    """Move a file of the old pair; what is kept already stays as it is."""
    if not file.exists():
        return
    place = kept / file.name
    number = 1
    while place.exists():
        number += 1
        place = kept / f"{file.name}.{number}"
    file.replace(place)
