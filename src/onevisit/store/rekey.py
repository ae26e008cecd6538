"""Putting a whole store under a new key: a fresh, verified copy beside it, which is then swapped in.

What was there goes to ``kept/before-rekey`` for the moment of the swap alone, and is removed once the new pair has
opened: an old pair that stays would still be read by the old key, and the change would have been for nothing. Removed
means its names: the blocks of a disk cannot be overwritten reliably, and they are encrypted. Backups from before stay
as they are, under the old key.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from onevisit.rules.progress import Progress
from onevisit.store import audit
from onevisit.store.apart import Pair, apart
from onevisit.store.check import check_pages
from onevisit.store.engine import checkpoint, make_engine
from onevisit.store.errors import DamagedFault, translate, translate_os
from onevisit.store.files import make_empty, make_folder
from onevisit.store.heads import Head, HeadFile
from onevisit.store.keyslots import KeySlots
from onevisit.store.names import DATA, HEAD, KEPT, SLOTS

_PAGES: Final = 256
_COPYING: Final = "正在用新密钥写一份数据"
_BEFORE: Final = "before-rekey"
_END: Final = "SELECT id, hex(digest) FROM audit_entry ORDER BY id DESC LIMIT 1"
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"


def old_place(directory: Path) -> Path:
    """Where the old pair goes for the moment of the swap."""
    return directory / KEPT / _BEFORE


def remove_old(directory: Path) -> bool:
    """Take the old pair away, after the new one has opened; whether none is left."""
    old = old_place(directory)
    shutil.rmtree(old, ignore_errors=True)
    with suppress(OSError):
        # only when nothing else is kept there
        old.parent.rmdir()
    return not old.exists()


def write_copy(
    pair: Pair,
    slots: KeySlots,
    folder: Path,
    new_key: bytes,
    tell: Callable[[Session, int], None],
    progress: Progress,
) -> tuple[str, ...]:
    """Write a pair, with its head, that holds the same under another key; nobody writes into the store meanwhile.

    Args:
        pair: the present files and key.
        slots: the present slots.
        folder: where the new pair goes; what is there goes away.
        new_key: the new store key.
        tell: adds to the trail of the copy; given how many slots were left out.
        progress: told pages; what it raises ends it, and nothing of the copy stays.

    Returns:
        the labels of the slots that could not be sealed: whose owners have not logged in since slots have pairs.

    Raises:
        StoreFault: disk full, a slot file that somebody changed, a store that is damaged; nothing of the copy stays.
    """
    try:
        with translate_os():
            shutil.rmtree(folder, ignore_errors=True)
            make_folder(folder)
            make_empty(folder / DATA)
        fresh = Pair(folder / DATA, folder / SLOTS, new_key)
        _, left_out = slots.resealed(fresh.slots, pair.key, new_key)
        _copy(pair, fresh, progress)
        _require_same(pair, fresh, progress)
        end = _append(fresh, lambda session: tell(session, len(left_out)))
        # with the pair, so that no power cut leaves a store whose head is missed
        HeadFile(folder / HEAD, new_key).replace(end)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return left_out


def _copy(pair: Pair, fresh: Pair, progress: Progress) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, _COPYING)

    with apart(pair.data, pair.key) as source, apart(fresh.data, fresh.key) as copy:
        # page by page in the clear of memory: each side has its own key
        source.backup(copy, pages=_PAGES, progress=told, sleep=0)
        # one file without a log beside it, so that it can be moved
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _require_same(pair: Pair, fresh: Pair, progress: Progress) -> None:
    findings = check_pages(fresh, progress)
    with apart(pair.data, pair.key) as source, apart(fresh.data, fresh.key) as copy:
        same = _figures(source) == _figures(copy)
    if not findings.whole or findings.orphans or not same:
        raise DamagedFault("新写的数据没有通过核对，密钥没有更换，原来的数据没有动，请先检查数据。")


def _figures(connection: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - the driver has no types
    """The end of the trail, and how many rows each table has."""
    tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in tables]  # noqa: S608 - our names
    return [*connection.execute(_END).fetchall(), tuple(tables), *counts]


def _append(fresh: Pair, tell: Callable[[Session], None]) -> Head:
    """Add to the trail of the copy; gives its end."""
    engine = make_engine(fresh.data, fresh.key)
    try:
        with translate():
            with Session(engine) as session, session.begin():
                tell(session)
                end = audit.last(session)
            with engine.connect() as connection:
                checkpoint(connection)
    finally:
        engine.dispose()
    return end
