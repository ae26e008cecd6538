"""Saving what can still be read of a damaged store, before anybody is logged in; it becomes a backup to be restored."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from onevisit.desk.accounts import plain_login
from onevisit.desk.desk import system_clock
from onevisit.desk.documents import reindex
from onevisit.desk.errors import DeskFault, LogInFault
from onevisit.desk.founding import trace_alone
from onevisit.desk.proofs import unlocked
from onevisit.rules.accounts import Permission, may
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.numbering import MatterNumber, NumberFault, VisitNumber
from onevisit.rules.progress import Progress, no_progress
from onevisit.store import audit
from onevisit.store.apart import Pair, apart
from onevisit.store.backup import write_backup
from onevisit.store.errors import NotWritableFault, translate_os
from onevisit.store.files import make_folder
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.lock import InstanceLock
from onevisit.store.mend import STAND_IN, mend
from onevisit.store.names import DATA, FRESH, LOCK, SLOTS, TRIES
from onevisit.store.restore import carry_on
from onevisit.store.salvage import Saved, salvage_into
from onevisit.store.store import Store
from onevisit.store.tables import Account, AuditEntry, Matter, Unit, Visit
from onevisit.store.tries import Tries

N = TypeVar("N", VisitNumber, MatterNumber)
_WRONG: Final = "账号、密码或恢复码打不开这份数据，请核对后重试。"
_AT_ONCE: Final = 200
_INDEXING: Final = "正在重建查询索引"


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """One table of a damaged store: rows that could be read, rows known to be lost."""

    name: str
    read: int
    lost: int


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What could be read of a damaged store.

    Attributes:
        target: the folder in which it lies, as a backup that can be restored.
        tables: every table with its rows.
    """

    target: Path
    tables: tuple[SalvagedTable, ...]

    @property
    def read(self) -> int:
        """Rows that were saved."""
        return sum(table.read for table in self.tables)

    @property
    def lost(self) -> int:
        """Rows that are known to be lost."""
        return sum(table.lost for table in self.tables)

    @property
    def words(self) -> str:
        """What to tell whoever asked for it."""
        lost = f"，有 {self.lost} 行读不出" if self.lost else "，没有发现丢失"
        return f"已把能读出的 {self.read} 行数据抢救到 {self.target}{lost}；要用它时，请从这个文件夹恢复。"


def salvage(
    directory: Path,
    login: str,
    password: str,
    target: Path,
    progress: Progress = no_progress,
    *,
    recovery_code: str = "",
    now: Callable[[], datetime] = system_clock,
    cost: Cost | None = None,
) -> SalvageReport:
    """Read what is readable of a damaged store into ``target``, under the same key and slots, as a backup.

    The damaged store is only read, and copied before it is opened. An administrator of it, or its recovery code, is
    asked for. The audit trail is copied as it is: what is lost of it is found by whoever checks it.

    Raises:
        LogInFault: neither opens the store, or the account is no administrator's.
        FormError: the recovery code cannot be one.
        DeskFault: the target lies in the data folder.
        StoreFault: nothing can be read, the target is not writable, the store is open elsewhere, disk full …
    """
    at = now().astimezone(UTC)
    if target.resolve().is_relative_to(directory.resolve()):
        raise DeskFault("抢救出来的数据不能放在数据文件夹里，请选别的文件夹，最好在另一块磁盘上。")
    with _alone(directory), _workplace(target) as fresh:
        slots = KeySlots.load(directory / SLOTS, cost or Cost())
        key = unlocked(Tries(directory / TRIES), slots, at, login, password, recovery_code, _WRONG)
        saved = salvage_into(Pair(directory / DATA, directory / SLOTS, key), fresh, progress)
        with apart(fresh / DATA, key) as connection:
            gone = mend(connection)
        store = Store.open(fresh, key, KeySlots.load(fresh / SLOTS, cost or Cost()), progress)
        try:
            _settle(store, "" if recovery_code else plain_login(login), at, saved)
            _index(store, progress)
            write_backup(store.pair, target, BackupOccasion.SALVAGE, at, progress)
        finally:
            store.close()
    return SalvageReport(target, _tables(saved, gone))


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep others out; where nothing can be written, as on a disk that became read-only, nobody else can be in."""
    try:
        lock = InstanceLock(directory / LOCK)
    except NotWritableFault:
        yield
        return
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    fresh = target / FRESH
    with translate_os():
        make_folder(target)
        if fresh.exists():
            shutil.rmtree(fresh)
        make_folder(fresh)
    try:
        yield fresh
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh)


def _settle(store: Store, login: str, at: datetime, saved: tuple[Saved, ...]) -> None:
    """Ask whether this person may, let the numbers go on, and write into the new store that it was salvaged."""
    with store.writing() as session:
        account = session.scalars(select(Account).where(Account.login == login)).one_or_none() if login else None
        if login and (account is None or not account.active or not _may(account)):
            raise LogInFault("抢救数据要用管理员的账号和密码，或恢复码，请核对。")
        unit = session.scalars(select(Unit)).one_or_none() or _unit_stand_in(session, at)
        carry_on(session, dict(_taken(session)))
        _carry_on_trail(session)
        read, lost = sum(one.read for one in saved), sum(one.lost for one in saved)
        trace_alone(session, "store.salvaged", account.id if account else None, unit, at, f"{read}/{lost}")
    # that the trail may have lost something is in the trail now
    store.accept_head()


def _may(account: Account) -> bool:
    return may(account.role, Permission.CHECK_STORE, account.duty)


def _unit_stand_in(session: Session, at: datetime) -> Unit:
    """The unit's particulars were lost: region and window stand in every number, the rest is to be typed anew."""
    number = next(iter(_read(session, VisitNumber.parse, select(Visit.number))), None)
    unit = Unit(
        id=1,
        name=STAND_IN,
        address=STAND_IN,
        phone=STAND_IN,
        opening_hours=STAND_IN,
        region_code=number.region if number else "370400",
        window_no=number.window if number else "01",
        practice=False,
        created_at=at,
    )
    session.add(unit)
    session.flush()
    return unit


def _taken(session: Session) -> Iterator[tuple[str, int]]:
    """The last number of each series, by the visits and matters that could be read."""
    last: Counter[str] = Counter()
    for visit in _read(session, VisitNumber.parse, select(Visit.number)):
        series = f"visit:{visit.region}:{visit.window}:{visit.day:%Y%m%d}"
        last[series] = max(last[series], visit.serial)
    for matter in _read(session, MatterNumber.parse, select(Matter.number)):
        series = f"matter:{matter.region}:{matter.window}:{matter.year}"
        last[series] = max(last[series], matter.serial)
    for day, queue_no in session.execute(select(Visit.day, func.max(Visit.queue_no)).group_by(Visit.day)):
        last[f"queue:{day:%Y%m%d}"] = queue_no
    yield from last.items()


def _read(session: Session, parse: Callable[[str], N], numbers: Select[str]) -> Iterator[N]:
    for number in session.scalars(numbers):
        with suppress(NumberFault):
            yield parse(number)


def _carry_on_trail(session: Session) -> None:
    """What is appended comes behind what is there, even where the count of the entries was lost."""
    end = session.scalars(select(func.max(AuditEntry.id))).one() or 0
    audit.carry_on_behind(session, end)


def _index(store: Store, progress: Progress) -> None:
    with store.reading() as session:
        ids = list(session.scalars(select(Matter.id).order_by(Matter.id)))
    for start in range(0, len(ids), _AT_ONCE):
        progress(start, len(ids), _INDEXING)
        with store.writing() as session:
            reindex(session, ids[start : start + _AT_ONCE])


def _tables(saved: tuple[Saved, ...], gone: Counter[str]) -> tuple[SalvagedTable, ...]:
    return tuple(SalvagedTable(one.table, one.read - gone[one.table], one.lost + gone[one.table]) for one in saved)
