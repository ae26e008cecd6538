"""Bringing a backup back, before anybody is logged in: tried on a copy first, and what was there is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onevisit.desk.backup_list import SECOND_PREFIX, BackupInfo, backup_infos, info_of
from onevisit.desk.desk import system_clock
from onevisit.desk.errors import DeskFault
from onevisit.rules.clocks import show_moment
from onevisit.rules.keeping import BackupPlace
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.backup import is_backup
from onevisit.store.keyslots import Cost
from onevisit.store.names import BACKUPS


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was brought back.

    Attributes:
        made_at: the moment of the backup: what was saved later is in ``kept`` alone.
        kept: the folder with what was there before; None where nothing was.
        upgraded_from: the schema of the backup, where it was older than the program's; else empty.
    """

    made_at: datetime
    kept: Path | None
    upgraded_from: str = ""

    @property
    def words(self) -> str:
        """What to tell whoever asked for it."""
        kept = f"原来的数据保存在 {self.kept}，没有删除。" if self.kept else ""
        return f"已恢复到 {show_moment(self.made_at)} 的备份，请用当时的密码登录。{kept}"


def found_backups(directory: Path, extra: Path | None = None) -> tuple[BackupInfo, ...]:
    """The backups beside a store, and those in another folder (a USB stick), newest first; nobody is logged in.

    Args:
        directory: the data folder of the store; neither it nor a store in it need be there.
        extra: a backup itself, a folder of backups, or a second folder as it is set in the policy.
    """
    found = {info.folder: info for info in backup_infos(directory / BACKUPS, BackupPlace.FIRST)}
    for parent in _places_in(extra) if extra else ():
        found |= {info.folder: info for info in backup_infos(parent, BackupPlace.SECOND) if info.folder not in found}
    if extra and is_backup(extra) and extra not in found:
        found[extra] = info_of(extra, BackupPlace.SECOND)
    return tuple(sorted(found.values(), key=lambda one: (one.made_at, one.name), reverse=True))


def restore(
    directory: Path,
    backup: Path,
    *,
    login: str = "",
    password: str = "",
    recovery_code: str = "",
    practice: bool = False,
    progress: Progress = no_progress,
    now: Callable[[], datetime] = system_clock,
    cost: Cost | None = None,
) -> Restored:
    """Put a backup in the place of the store; what was there goes to ``kept`` and is not deleted.

    The backup is copied and tried first: digests, slots, key, schema (an older one is brought up to date on the copy),
    every page, the audit trail. Only then anything of the present store is moved.

    Args:
        directory: the data folder; its store may be damaged, half missing or absent.
        backup: the folder of the backup.
        login: an administrator's account as it was in the backup …
        password: … and its password of that time; or
        recovery_code: the recovery code of that time.
        practice: the house is the practice house.
        progress: told steps; what it raises ends the work, and nothing was touched.
        now: the clock.
        cost: see ``House``.

    Raises:
        LogInFault: neither opens the backup, or the account is no administrator's.
        DeskFault: practice data into the real house, or the reverse.
        StoreFault: damaged, too new, another store's slots, open elsewhere, disk full …; nothing was touched.
    """
    _ = directory, backup, login, password, recovery_code, practice, progress, now, cost
    raise DeskFault("恢复还没有做好。")


def _places_in(extra: Path) -> list[Path]:
    try:
        below = [one for one in extra.iterdir() if one.name.startswith(SECOND_PREFIX) and one.is_dir()]
    except OSError:
        return []
    return [extra, *below]
