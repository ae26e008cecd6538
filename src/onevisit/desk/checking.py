"""Checking the store page by page and number by number, and saving what can still be read of a damaged one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onevisit.desk.desk import Desk, system_clock
from onevisit.desk.errors import DeskFault
from onevisit.rules.accounts import Permission
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.keyslots import Cost


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How the store was found.

    Attributes:
        findings: what is wrong, each one plain sentence; empty when the store is whole.
        entries: entries of the audit trail that were walked.
        visits: visits whose number was checked.
        pages: pages that were read.
    """

    findings: tuple[str, ...] = ()
    entries: int = 0
    visits: int = 0
    pages: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def words(self) -> str:
        """One sentence for whoever asked for it."""
        if self.whole:
            return f"数据完好：核对了 {self.pages} 页、{self.visits} 次来访、{self.entries} 条操作记录。"
        return f"数据有 {len(self.findings)} 处问题，请停止登记，从备份恢复，或先抢救能读出的内容。"


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
        target: the folder of the new store.
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
        """One sentence for whoever asked for it."""
        lost = f"，读不出 {self.lost} 行" if self.lost else "，没有发现丢失"
        return f"已把能读出的 {self.read} 行数据抢救到 {self.target}{lost}。"


def quick_check(desk: Desk, progress: Progress = no_progress) -> CheckReport:
    """What can be checked in a moment, at start: structure of the pages and the end of the audit trail. Needs nothing.

    Raises:
        StoreFault: the store was closed meanwhile.
    """
    _ = desk, progress
    raise DeskFault("数据检查还没有做好。")


def check(desk: Desk, progress: Progress = no_progress) -> CheckReport:
    """Check everything: every page, every key, the whole audit trail, every number, the index. Needs CHECK_STORE.

    Raises:
        NotAllowedError: without the right.
        StoreFault: the store was closed meanwhile.
    """
    desk.require(Permission.CHECK_STORE)
    _ = progress
    raise DeskFault("数据检查还没有做好。")


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
    """Read what is readable of a damaged store into a new one in ``target``, under the same key and slots.

    The damaged store is only read. An administrator of it, or its recovery code, is asked for.

    Raises:
        LogInFault: neither opens the store, or the account is no administrator's.
        StoreFault: nothing can be read, the target is not empty or not writable, the store is open elsewhere.
    """
    _ = directory, login, password, target, progress, recovery_code, now, cost
    raise DeskFault("数据检查还没有做好。")
