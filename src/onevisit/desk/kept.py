"""The stores that restores put aside: which there are, and taking them away when nobody needs them any more.

No rule of time takes one away. It is the only place where that still stands which was saved after the backup; and it
holds what was forgotten since. So a person decides, who has looked whether the restored data are right.
"""

from collections.abc import Collection
from pathlib import Path

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_time
from onevisit.store.restore import KeptStore, kept_in
from onevisit.store.restore import remove_kept as remove_one

__all__ = ["KeptStore", "kept_stores", "remove_kept"]


def kept_stores(desk: Desk) -> tuple[KeptStore, ...]:
    """The stores that restores replaced, oldest first. Needs KEEP_BACKUPS."""
    desk.require(Permission.KEEP_BACKUPS)
    return kept_in(desk.store.directory)


def remove_kept(desk: Desk, folders: Collection[Path]) -> None:
    """Take away stores that restores replaced, for good; each leaves a trace before it goes. Needs KEEP_BACKUPS.

    Raises:
        DeskFault: one of them is not there any more; nothing is removed.
        StoreFault: one cannot be removed; it is listed again.
    """
    with desk.work(Permission.KEEP_BACKUPS) as session:
        wanted = [one for one in kept_in(desk.store.directory) if one.folder in folders]
        if len(wanted) != len(set(folders)):
            raise DeskFault("要删除的旧数据已经不在了，请刷新后再试。")
        for one in wanted:
            desk.record(session, "kept.removed", detail=f"{local_time(one.since):%Y%m%d-%H%M%S}")
    for one in wanted:
        remove_one(one)
