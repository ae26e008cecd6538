"""What is due and which lists there are, as two models; testable without a window."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from onevisit.desk.retention import RetentionRow, RunRow, RunState
from onevisit.rules.clocks import local_day, show_day
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable, TextColumn

AnyIndex = QModelIndex | QPersistentModelIndex

DUE = 0
"""The key of the entry that no list stands behind: what is due and on no list."""

_TONES = {
    RunState.PROPOSED: "attention",
    RunState.APPROVED: "attention",
    RunState.DONE: "fine",
    RunState.WITHDRAWN: "soft",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the left list: what is due (``run`` is None), or a list."""

    run: RunRow | None
    waiting: int = 0

    @property
    def key(self) -> int:
        """The id of the list, ``DUE`` for what is due."""
        return self.run.run_id if self.run else DUE

    @property
    def title(self) -> str:
        """What it is."""
        return f"清单 {self.run.run_id}　{self.run.matters} 件" if self.run else f"到期的事项　{self.waiting} 件"

    @property
    def detail(self) -> str:
        """Who and when."""
        if self.run is None:
            return "还没有列入清单"
        return f"{self.run.proposed_by} {show_day(local_day(self.run.proposed_at))}提出"

    @property
    def mark(self) -> Words:
        """How it stands."""
        return ((_SHORT[self.run.state], _TONES[self.run.state]),) if self.run else ()


_SHORT = {
    RunState.PROPOSED: "等待批准",
    RunState.APPROVED: "待执行",
    RunState.DONE: "已执行",
    RunState.WITHDRAWN: "已撤回",
}


class EntryModel(RowTable[Entry]):
    """What is due, then the lists, newest first."""

    def __init__(self) -> None:
        super().__init__((Heading("清单"),), key=lambda entry: entry.key)

    def cell(self, row: Entry, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); one column
        """Two lines and a mark."""
        given = {TITLE_ROLE: row.title, DETAIL_ROLE: row.detail, WORDS_ROLE: row.mark}
        if role in given:
            return given[Qt.ItemDataRole(role)]
        whole = "\n".join((row.title, row.detail, *(word for word, _ in row.mark)))
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return whole
        return tip(whole) if role == Qt.ItemDataRole.ToolTipRole else None


COLUMNS = (
    TextColumn[RetentionRow]("事项编号", lambda row: row.matter_no),
    TextColumn[RetentionRow]("最后来访", lambda row: f"{row.last_visit:%Y-%m-%d}"),
    TextColumn[RetentionRow]("保存到", lambda row: f"{row.until:%Y-%m-%d}"),
    TextColumn[RetentionRow]("来访", lambda row: f"{row.visits} 次 {row.people} 人"),
    TextColumn[RetentionRow]("分类", lambda row: row.classification),
)
LESSER = (3, 1)
"""The columns that give way where there is little room, the least first."""


class DueModel(RowTable[RetentionRow]):
    """Matters by numbers, days and classes; those on no list can be ticked.

    Signals:
        ticks_changed(): another number of rows is ticked.
    """

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.matter_id)
        self._ticked: set[int] = set()
        self._can_tick = False

    @property
    def ticked(self) -> tuple[int, ...]:
        """The ids of the ticked matters, in the order of the rows."""
        return tuple(row.matter_id for row in self._rows if row.matter_id in self._ticked)

    def show_rows(self, rows: tuple[RetentionRow, ...], *, can_tick: bool) -> None:
        """Replace all rows; what was ticked and is still here stays ticked."""
        self._can_tick = can_tick
        self._ticked &= {row.matter_id for row in rows}
        self.show(rows)
        self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Tick every row, or none if all are ticked."""
        self._ticked = set() if len(self.ticked) == len(self._rows) else {row.matter_id for row in self._rows}
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticks_changed.emit()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The first cell of a row has the box."""
        given = super().flags(index)
        return given | Qt.ItemFlag.ItemIsUserCheckable if self._can_tick and index.column() == 0 else given

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802, ANN401
        """Tick or untick a row."""
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole or not self._can_tick:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(row.matter_id)
        else:
            self._ticked.discard(row.matter_id)
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True

    def cell(self, row: RetentionRow, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """Text, and the box in the first column."""
        if role == Qt.ItemDataRole.CheckStateRole and column == 0 and self._can_tick:
            return Qt.CheckState.Checked if row.matter_id in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[column].text(row)
        return tip(f"{COLUMNS[column].text(row)}\n{row.reason}") if role == Qt.ItemDataRole.ToolTipRole else None
