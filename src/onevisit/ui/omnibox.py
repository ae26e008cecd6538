"""The one box of the window: find people and matters by anything, or begin a registration with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QWidget

from onevisit.desk.lookup import Hit, SearchPage
from onevisit.rules.clocks import show_short_day
from onevisit.ui.tasks import Task, Tasks
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable
from onevisit.ui.widgets.style import announce

Search = Callable[[str], SearchPage]

PAUSE_MS = 150
MOST_HITS = 8
_WORD_ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}


@dataclass(frozen=True, slots=True)
class NewVisit:
    """The line that begins a registration with what was typed."""

    text: str


Line = Hit | NewVisit


def hit_words(hit: Hit) -> str:
    """A found matter in two lines; numbers of people stay masked."""
    state = "正在办理" if hit.open else "已办结"
    first = "　".join(part for part in (hit.petitioners, hit.masked_id, hit.title) if part)
    found = f"按{hit.why}找到" if hit.why else ""
    last = f"上次来访 {show_short_day(hit.last_visit)}"
    return first + "\n" + " · ".join(part for part in (hit.matter_no, last, state, found) if part)


class LineModel(RowTable[Line]):
    """The found matters, then what else can be done with the text."""

    def __init__(self) -> None:
        super().__init__((Heading("找到的事项"),), key=lambda line: line.matter_id if isinstance(line, Hit) else 0)

    def cell(self, row: Line, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); there is one column
        """The words of a line."""
        words = hit_words(row) if isinstance(row, Hit) else f"登记新来访：{row.text}"
        if role in _WORD_ROLES:
            return words
        return tip(words) if role == Qt.ItemDataRole.ToolTipRole else None


class Omnibox(QLineEdit):
    """找人、找件: made by the form, then given its search; hidden for those who may not search.

    Signals:
        matter_chosen(int): open this matter.
        new_wanted(str): begin a registration with this text.
    """

    matter_chosen = Signal(int)
    new_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: Tasks | None = None
        self._search: Search | None = None
        self._may_register = False
        self._asked = ""
        self._on_way: Task | None = None
        self._enter_waits = False
        self.setProperty("role", "omnibox")
        self.setMaxLength(60)
        self.setAccessibleName("找人、找件")
        self.setAccessibleDescription("输入姓名、拼音、证件号、电话，或扫描回执条码；上下键选择，回车打开")
        self.hint = QLabel("Ctrl K", self)
        self.hint.setProperty("role", "key")
        self.model = LineModel()
        self.popup = QListView(self)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)
        self.hide()

    def serve(self, tasks: Tasks, search: Search, *, may_register: bool) -> None:
        """Begin to work: searches run on the worker, the list opens under the box."""
        self._tasks, self._search, self._may_register = tasks, search, may_register
        self.popup.setParent(self.window())
        self.popup.setProperty("role", "popup")
        self.popup.setModel(self.model)
        self.popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.popup.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.popup.setAccessibleName("找到的事项")
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.clicked.connect(lambda index: self._choose(self.model.row_at(index)))
        self.popup.hide()
        self.show()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for its placeholder; it may be narrower."""
        wanted = self.fontMetrics().horizontalAdvance(self.placeholderText()) + self.hint.width() + 48
        return QSize(wanted, super().sizeHint().height())

    def close_list(self) -> bool:
        """Close the list; False when none was open."""
        open_ = self.popup.isVisible()
        self.popup.hide()
        return open_

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down choose, Enter opens, Esc closes the list and then clears the box."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.popup.isVisible():
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self.close_list() or self.text()):
            self.clear()
            self._forget()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes when the box is left."""
        super().focusOutEvent(event)
        self.popup.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The name of the key stands at the right end, as long as there is room."""
        super().resizeEvent(event)
        self._place_hint()

    def event(self, event: QEvent) -> bool:
        """Follow the type size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Polish):
            self._place_hint()
        return super().event(event)

    def _place_hint(self) -> None:
        self.hint.adjustSize()
        self.hint.move(self.width() - self.hint.width() - 10, (self.height() - self.hint.height()) // 2)
        self.hint.setVisible(not self.text())
        self.setTextMargins(0, 0, 0 if self.text() else self.hint.width() + 8, 0)

    def _on_edited(self) -> None:
        self._enter_waits = False
        self._place_hint()
        self.pause.start()

    def _forget(self) -> None:
        self._asked = ""
        self._enter_waits = False
        self.pause.stop()
        if self._on_way is not None:
            self._on_way.cancel()
        self._place_hint()

    def _ask(self) -> None:
        text = self.text().strip()
        self.pause.stop()
        if self._on_way is not None:
            self._on_way.cancel()
        if not text or self._tasks is None or self._search is None:
            self.popup.hide()
            return
        search = self._search
        self._on_way = self._tasks.run(lambda: search(text), lambda page: self._show(text, page), owner=self)

    def _show(self, text: str, page: SearchPage) -> None:
        self._asked, self._on_way = text, None
        new = (NewVisit(text),) if self._may_register else ()
        self.model.show((*page.hits[:MOST_HITS], *new))
        if self._enter_waits:
            self._enter_waits = False
            if len(page.hits) == 1:
                self._choose(page.hits[0])
                return
        if not self.hasFocus():
            return
        if self.model.rowCount() == 0:
            self.setToolTip("没有找到")
            self.popup.hide()
            announce(self, "没有找到")
            return
        self._open_list()
        announce(self, f"找到 {page.total} 件" if page.hits else "没有找到，可以登记新来访")

    def _open_list(self) -> None:
        self.popup.setCurrentIndex(self.model.index(0, 0))
        rows = self.model.rowCount()
        height = sum(self.popup.sizeHintForRow(row) for row in range(rows)) + 12
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        room = self.window().height() - corner.y() - 24
        self.popup.setGeometry(corner.x(), corner.y(), self.width(), min(height, room))
        self.popup.show()
        self.popup.raise_()

    def _move(self, by: int) -> None:
        rows = self.model.rowCount()
        index = self.model.index((self.popup.currentIndex().row() + by) % rows, 0)
        self.popup.setCurrentIndex(index)
        announce(self, str(self.model.data(index)))

    def _enter(self) -> None:
        text = self.text().strip()
        if not text:
            return
        if self.popup.isVisible() and text == self._asked:
            self._choose(self.model.row_at(self.popup.currentIndex()))
        else:
            self._ask()
            self._enter_waits = True

    def _choose(self, line: Line | None) -> None:
        self.popup.hide()
        self.clear()
        self._forget()
        if isinstance(line, Hit):
            self.matter_chosen.emit(line.matter_id)
        elif line is not None:
            self.new_wanted.emit(line.text)
