"""Bringing a backup back, before anybody is logged in: tried on a copy first, and what was there is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from onevisit.desk.accounts import plain_login
from onevisit.desk.backup_list import SECOND_PREFIX, BackupInfo, backup_infos, info_of
from onevisit.desk.desk import system_clock
from onevisit.desk.errors import DeskFault, LogInFault
from onevisit.desk.founding import trace_alone
from onevisit.desk.proofs import unlocked
from onevisit.desk.upgrading import upgrade_of_house
from onevisit.rules.accounts import Permission, may
from onevisit.rules.clocks import local_time, show_moment
from onevisit.rules.keeping import BackupPlace
from onevisit.rules.progress import Progress, no_progress
from onevisit.store import schema
from onevisit.store.backup import Backup, check_opens, is_backup
from onevisit.store.errors import DamagedFault, StoreFault
from onevisit.store.keyslots import Cost, KeySlots, NoSlotFitsError
from onevisit.store.names import BACKUPS, SLOTS, TRIES
from onevisit.store.restore import carry_on, held, numbers_taken, put_in_place, take_copy
from onevisit.store.store import Store
from onevisit.store.tables import Account, Unit, Visit
from onevisit.store.tries import Tries

_WRONG: Final = "账号、密码或恢复码打不开这份备份，请用备份当时的密码或恢复码。"
_REAL_DATA: Final = "这份备份是正式数据，不能恢复到练习模式，请换一份备份。"


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was brought back.

    Attributes:
        made_at: the moment of the backup: what was saved later is in ``kept`` alone.
        kept: the folder with what was there before; None where nothing was.
        upgraded_from: the schema of the backup, where it was older than the program's; else empty.
        numbers_unknown: nothing was there, or it could not be read: numbers given since the backup may be given a
            second time.
        visits: so many visits are in it.
        last_visit_at: when the last of them came, in UTC; None when there is none.
    """

    made_at: datetime
    kept: Path | None
    upgraded_from: str = ""
    numbers_unknown: bool = False
    visits: int = 0
    last_visit_at: datetime | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell whoever asked for it: what came back, what to mind, where the rest lies."""
        last = f"，最后一次是 {show_moment(self.last_visit_at)}" if self.last_visit_at else ""
        back = f"已恢复到 {show_moment(self.made_at)} 的备份：共 {self.visits} 次来访{last}。请用当时的密码登录。"
        numbers = "备份之后已打印的编号可能重复，请在登记前核对当天的回执。" if self.numbers_unknown else ""
        kept = f"原来的数据保存在 {self.kept}，没有删除。" if self.kept else ""
        return tuple(sentence for sentence in (back, numbers, kept) if sentence)

    @property
    def words(self) -> str:
        """All of it in one paragraph."""
        return "".join(self.sentences)


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
    at = now().astimezone(UTC)
    with held(directory) as fresh:
        copy = take_copy(backup, fresh, progress)
        slots = KeySlots.load(fresh / SLOTS, cost or Cost())
        key = unlocked(Tries(directory / TRIES), slots, at, login, password, recovery_code, _WRONG)
        if not copy.manifest.vouched_for(key):
            raise DamagedFault("这份备份的清单不是用它自己的密钥写的，可能被人改动过，请换一份备份。")
        check_opens(copy, key, progress)
        taken = _numbers_taken(directory, key, login, password, recovery_code)
        store = Store.open(fresh, key, slots, progress, upgrade_of_house(at, backup=False))
        try:
            _settle(store, copy, taken or {}, at, "" if recovery_code else plain_login(login), practice=practice)
            visits, last = _came_back(store)
        finally:
            store.close()
        progress(1, 1, "正在换上备份")
        kept = put_in_place(directory, at)
    upgraded_from = copy.manifest.schema if copy.manifest.schema != schema.HEAD else ""
    return Restored(copy.manifest.made_at, kept, upgraded_from, taken is None, visits, last)


def _numbers_taken(directory: Path, key: bytes, login: str, password: str, code: str) -> dict[str, int] | None:
    """The numbers given so far, also by a store whose key was changed since: the same password may open that one."""
    taken = numbers_taken(directory, key)
    if taken is not None or not (directory / SLOTS).exists():
        return taken
    try:
        slots = KeySlots.load(directory / SLOTS, Cost())
        present = slots.unlock_recovery(code) if code else slots.unlock(plain_login(login), password)
    except (NoSlotFitsError, StoreFault):
        return None
    return numbers_taken(directory, present)


def _settle(store: Store, copy: Backup, taken: dict[str, int], at: datetime, login: str, *, practice: bool) -> None:
    """Ask whether this person may, and write into the copy that it was restored, before it is put in place."""
    with store.writing() as session:
        unit = session.scalars(select(Unit)).one()
        if unit.practice != practice:
            raise DeskFault("这份备份是练习数据，不能恢复成正式数据，请换一份备份。" if unit.practice else _REAL_DATA)
        account = session.scalars(select(Account).where(Account.login == login)).one_or_none() if login else None
        if login and (account is None or not account.active or not _may(account)):
            raise LogInFault("恢复备份要用管理员的账号和当时的密码，或恢复码，请核对。")
        moved = carry_on(session, taken)
        moment = f"{local_time(copy.manifest.made_at):%Y%m%d-%H%M%S}"
        account_id = account.id if account else None
        trace_alone(session, "store.restored", account_id, unit, at, f"{moment}/{moved}")
    # the head of what is replaced goes with it
    store.accept_head()


def _came_back(store: Store) -> tuple[int, datetime | None]:
    """How many visits are in the copy, and when the last of them came."""
    with store.reading() as session:
        visits, last = session.execute(select(func.count(Visit.id), func.max(Visit.arrived_at))).one()
    return visits, last


def _may(account: Account) -> bool:
    return may(account.role, Permission.KEEP_BACKUPS, account.duty)


def _places_in(extra: Path) -> list[Path]:
    try:
        below = [one for one in extra.iterdir() if one.name.startswith(SECOND_PREFIX) and one.is_dir()]
    except OSError:
        return []
    return [extra, *below]
