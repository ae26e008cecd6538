"""What is to be done beside the visits, in one list: urgent reports, who waits, promises, clocks; no window needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from onevisit.desk.day_due import ClockDue, DayDue, PromiseDue, UrgentDue
from onevisit.desk.lookup import VisitRow
from onevisit.rules.clocks import local_time
from onevisit.rules.matter_history import Whose
from onevisit.rules.periods import ClockState
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable

COLUMNS = (Heading("要办的事"),)


class TodoKind(IntEnum):
    """The kinds, in the order of the list."""

    URGENT = 1
    WAITING = 2
    PROMISE = 3
    CLOCK = 4


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to do.

    Attributes:
        what: tells two of a kind on one matter apart.
        section: of the matter, where it is done.
        visit_id: of who waits; 0 otherwise.
        mark: the word at the right, with its tone.
    """

    kind: TodoKind
    matter_id: int
    what: str
    title: str
    detail: str
    mark: tuple[str, str]
    section: str = ""
    visit_id: int = 0


class TodoModel(RowTable[TodoRow]):
    """The most pressing first."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=self.key_of)

    @staticmethod
    def key_of(row: TodoRow) -> int:
        """By what the same thing is found again after a refresh."""
        return hash((row.kind, row.matter_id, row.what))

    def cell(self, row: TodoRow, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); one column
        """Two lines: what, with the word of its kind, then by when and for whom."""
        if role == TITLE_ROLE:
            return row.title
        if role == DETAIL_ROLE:
            return row.detail
        if role == WORDS_ROLE:
            return (row.mark,)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{row.mark[0]}：{row.title}\n{row.detail}"
        return tip(f"{row.title}\n{row.detail}") if role == Qt.ItemDataRole.ToolTipRole else None


def todo_rows(visits: Sequence[VisitRow], due: DayDue | None, now: datetime) -> tuple[TodoRow, ...]:
    """Everything that is to be done now; ``due`` is None for whoever is not told of it, or while it is being read."""
    waiting = sorted((row for row in visits if row.waits), key=lambda row: row.sent_at or row.arrived_at)
    return (
        *(map(_urgent, due.urgent) if due else ()),
        *(_waiting(row, now) for row in waiting),
        *(map(_promise, due.promises) if due else ()),
        *(map(_clock, due.clocks) if due else ()),
    )


def _urgent(one: UrgentDue) -> TodoRow:
    detail = f"还有 {one.untold} 家没有报告"
    return TodoRow(TodoKind.URGENT, one.matter_id, "", one.title, detail, ("紧急", "fault"), "urgent")


def _waiting(row: VisitRow, now: datetime) -> TodoRow:
    since = row.sent_at or row.arrived_at
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    detail = f"{local_time(since):%H:%M} 转律师，等了 {minutes} 分"
    title = f"{row.queue_no:03d}　{row.petitioner}"
    mark = ("等律师", "attention")
    return TodoRow(TodoKind.WAITING, row.matter_id, str(row.visit_id), title, detail, mark, visit_id=row.visit_id)


def _promise(one: PromiseDue) -> TodoRow:
    when = "今天到期" if one.left == 0 else f"已过期 {-one.left} 天"
    mark = ("承诺", "fault" if one.left < 0 else "attention")
    what = str(one.promise_id)
    return TodoRow(TodoKind.PROMISE, one.matter_id, what, one.text, f"{when}　{one.petitioner}", mark, "after_visit")


def _clock(one: ClockDue) -> TodoRow:
    detail = "　".join(part for part in (f"{one.clock}：{one.words}（{one.day}）", one.organ) if part)
    tone = "fault" if one.state is ClockState.OVERDUE else "attention"
    section = "route" if one.whose is Whose.WINDOW else "life"
    return TodoRow(TodoKind.CLOCK, one.matter_id, one.clock, one.title, detail, ("期限", tone), section)
