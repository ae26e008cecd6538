"""日终: what the sheet of a day's end says, frozen; it names nobody but the staff numbers of those who work here."""

from dataclasses import dataclass
from datetime import date, datetime

from onevisit.rules.clocks import local_time, show_moment
from onevisit.rules.labels import Labelled
from onevisit.rules.slip import UnitCard


class OpenKind(Labelled):
    """What may still be open when a day ends; the order is the order of the list."""

    WAITING = "waiting", "等候律师，还没有接待"
    UNSIGNED = "unsigned", "律师意见还没有签发"
    NO_SLIP = "no_slip", "没有打印回执"
    SLIP_PENDING = "slip_pending", "回执打印结果还没有确认"
    SLIP_SPOILED = "slip_spoiled", "回执没有打印成功"
    SLIP_OUTDATED = "slip_outdated", "内容有更新，回执还没有重新打印"
    DRAFTS = "drafts", "还有没登记完的草稿"
    NO_BACKUP = "no_backup", "今天还没有成功备份"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is still open.

    Attributes:
        kind: what.
        visit_no: of which visit; empty where none is meant.
        queue_no: its number of the day, 0 where none is meant.
        visit_id: the visit, for the button; 0 where none is meant.
        matter_id: its matter, 0 where none is meant.
        count: how many (drafts); 1 for a visit.
    """

    kind: OpenKind
    visit_no: str = ""
    queue_no: int = 0
    visit_id: int = 0
    matter_id: int = 0
    count: int = 1

    @property
    def words(self) -> str:
        """What is open, in a line."""
        if self.kind is OpenKind.DRAFTS:
            return f"{self.kind.label}（{self.count} 份）"
        return f"{self.queue_no:03d} 号　{self.visit_no}　{self.kind.label}" if self.visit_no else self.kind.label

    def words_on(self, day: date) -> str:
        """The same for the screen of that day, where its own visits need no more than the number that people say."""
        own = f"-{day:%Y%m%d}-" in self.visit_no
        return f"{self.queue_no:03d} 号　{self.kind.label}" if own else self.words


@dataclass(frozen=True, slots=True)
class NumberUse:
    """The visit numbers of the day at this window: from the first to the last, and those that no visit has.

    Attributes:
        taken: how many were taken.
        first: the first number; empty when none was taken.
        last: the last number.
        gaps: the running numbers that were taken and stand on no visit.
    """

    taken: int = 0
    first: str = ""
    last: str = ""
    gaps: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The numbers in a sentence."""
        if not self.taken:
            return "今天没有发出编号"
        if self.gaps:
            return f"共 {self.taken} 个，缺 {'、'.join(f'{gap:03d}' for gap in self.gaps)} 号，请核查"
        return f"共 {self.taken} 个，都在库里，无断号、无重号"


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The sheets that were sent to the printer on the day."""

    came_out: int = 0
    spoiled: int = 0
    pending: int = 0


@dataclass(frozen=True, slots=True)
class BackupLine:
    """How the backups stood: the last one that was opened and found whole, and what is wrong, if anything."""

    at: datetime | None = None
    today: bool = False
    second_at: datetime | None = None
    words: str = ""

    @property
    def sentence(self) -> str:
        """When the last good backup was made, and where."""
        if self.at is None:
            return "还没有成功备份过"
        today = f"今天 {local_time(self.at):%H:%M} 已备份并核验"
        last = today if self.today else f"最近一次成功备份并核验：{show_moment(self.at)}"
        second = "，第二备份位置也有" if self.second_at is not None and self.second_at >= self.at else ""
        return f"{last}{second}"


@dataclass(frozen=True, slots=True)
class DaySheet:
    """日终单: one day of the window as it stood when it was closed.

    Attributes:
        unit: whose day.
        practice: made in practice mode.
        day: the local day.
        edition: 1 for the first close of a day, then 2 …
        closed_at: when.
        staff_no: who closed it.
        batches: visits, counted once each …
        persons: … and the people who came.
        first: visits on a new matter.
        repeat: visits on a matter that was known.
        groups: visits of five or more people.
        numbers: the visit numbers of the day, all of them.
        signed: consultations that were signed on the day.
        sheets: what was sent to the printer.
        backup: how the backups stood.
        audit_entries: entries of the trail of this day.
        code: the check code of the trail's end; empty in a preview.
        open_items: what was still open.
    """

    unit: UnitCard
    practice: bool
    day: date
    edition: int
    closed_at: datetime
    staff_no: str
    batches: int
    persons: int
    first: int
    repeat: int
    groups: int
    numbers: NumberUse
    signed: int
    sheets: SheetCount
    backup: BackupLine
    audit_entries: int
    code: str = ""
    open_items: tuple[OpenItem, ...] = ()

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The figures of the day, each with its word."""
        sheets = self.sheets
        return (
            ("来访", f"{self.batches} 批　{self.persons} 人次"),
            ("其中", f"初访 {self.first}　重复访 {self.repeat}　集体访 {self.groups}"),
            ("律师签发", f"{self.signed} 份"),
            ("回执", f"已打印 {sheets.came_out}　作废 {sheets.spoiled}　待确认 {sheets.pending}"),
        )
