"""The strip that asks what is to be exported, why, and where to; it opens beneath the head of a page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.desk import Desk
from onevisit.desk.exports import ExportedFile, save_export
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.progress import Progress
from onevisit.rules.trail import ExportReason
from onevisit.ui.page import Context
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.days import day_of, set_day
from onevisit.ui.widgets.folder_dialog import ask_folder
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import announce, set_style
from onevisit.ui.widgets.work_bar import WorkBar

Export = Callable[[Desk, date, date, ExportReason, Progress], ExportedFile]
"""``desk.exports.export_audit`` or ``export_visits``."""

_NO_REASON = "请选择导出原因，它会留在操作记录里。"
_PLAIN_FILE = "导出的文件没有加密，请妥善保管，用完删除。"


class ExportPanel(QFrame):
    """Days, reason, then a folder; closed again by Esc or when it is done.

    Args:
        what: what is exported, for the heading.
        export: makes the file, on the worker.

    Signals:
        closed(): it went away.
    """

    closed = Signal()

    def __init__(self, context: Context, what: str, export: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._what, self._export = context, what, export
        set_style(self, role="panel")
        self.first, self.last = self._day("开始日期"), self._day("结束日期")
        self.reason = QComboBox(self)
        self.reason.setAccessibleName("导出原因")
        self.reason.addItem("请选择原因", None)
        for reason in ExportReason:
            self.reason.addItem(reason.label, reason)
        self.leave = QPushButton("取消", self)
        self.go = QPushButton("选文件夹并导出(&X)", self)
        self.fault = plain_label("", tone="fault")
        self.work = WorkBar(self)
        self._build()
        self.go.clicked.connect(self.ask_place)
        self.leave.clicked.connect(self.close_panel)
        self.hide()

    def open_panel(self) -> None:
        """Show it for the days of this month, with the cursor on the first."""
        today = local_day(self._context.desk.now())
        set_day(self.first, today.replace(day=1))
        set_day(self.last, today)
        self.reason.setCurrentIndex(0)
        self._say("")
        self.show()
        self.first.setFocus()

    def close_panel(self) -> bool:
        """Put it away; False when it was not there, or work is on its way."""
        if self.isHidden() or self.work.working:
            return False
        self.hide()
        self.closed.emit()
        return True

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return self.first, self.last, self.reason, self.leave, self.go

    def ask_place(self) -> None:
        """Ask for the folder, unless something is missing."""
        if self.reason.currentData() is None:
            self._say(_NO_REASON)
            self.reason.setFocus()
            return
        self._say("")
        ask_folder(self, f"把{self._what}导出到哪个文件夹", self.export_to)

    def export_to(self, folder: Path) -> None:
        """Make the file and write it into a folder."""
        desk, export, reason = self._context.desk, self._export, ExportReason.from_code(self.reason.currentData())
        first, last = day_of(self.first), day_of(self.last)
        self.work.carry(
            self._context.tasks,
            self.go,
            lambda progress: save_export(folder, export(desk, first, last, reason, progress.step)),
            self._on_done,
            self._on_failed,
            what=f"正在导出{self._what}",
            stopped=lambda: self._say("已停下，没有导出。"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() != Qt.Key.Key_Escape or not self.close_panel():
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for word, widget in (("从", self.first), ("到", self.last), ("原因", self.reason)):
            row.addWidget(_labelled(word, widget, self))
        row.addStretch(1)
        row.addWidget(_side_by_side(self.leave, self.go, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        heading = plain_label(f"导出{self._what}", "section", wrap=False)
        column.addWidget(heading)
        column.addLayout(row)
        column.addWidget(self.fault)
        column.addWidget(self.work)
        column.addWidget(plain_label(_PLAIN_FILE, "hint"))

    def _day(self, name: str) -> QDateEdit:
        edit = QDateEdit(self)
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        edit.setAccessibleName(name)
        return edit

    def _on_done(self, place: Path) -> None:
        self.hide()
        self.closed.emit()
        self._context.messages.fine(f"已导出到 {place}。{_PLAIN_FILE}")
        self._context.changes.say("exports")

    def _on_failed(self, fault: PlainFault) -> None:
        self._say(fault.sentence)

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        announce(self, sentence)


def _labelled(word: str, widget: QWidget, parent: QWidget) -> QWidget:
    label = QLabel(word, parent)
    label.setBuddy(widget)
    return _side_by_side(label, widget, parent)


def _side_by_side(left: QWidget, right: QWidget, parent: QWidget) -> QWidget:
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, GRID, 0)
    row.setSpacing(GRID)
    row.addWidget(left)
    row.addWidget(right)
    return pair
