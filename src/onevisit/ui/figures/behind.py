"""The rows behind a figure: its parts to choose from, how it is counted, the list, and the way into a matter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from onevisit.desk.figure_rows import AT_ONCE, Behind, BehindRow, rows_behind
from onevisit.rules.after_visit import EvaluationValue
from onevisit.rules.figure_facts import Filters, Span
from onevisit.rules.figure_words import behind_words, how, part_words
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    EVALUATIONS,
    FIRST,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    NOT_PASSED,
    REPEAT,
    FigureKey,
    Figures,
)
from onevisit.ui._forms.figures import Ui_FiguresForm
from onevisit.ui.figures.model import TITLE, BehindModel
from onevisit.ui.page import Context
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.labels import explain
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import announce
from onevisit.ui.widgets.tables import set_up_table

_TIMELY: Final = (ALL, IN_TIME, LATE, MISSING)
_PARTS: Final = {
    FigureKey.VISITS: (ALL, FIRST, REPEAT),
    FigureKey.ONE_VISIT: (ALL, KEPT, AGAIN, NOT_PASSED, NOT_CLOSED, NO_CLOSING),
    FigureKey.ACCEPTANCE: _TIMELY,
    FigureKey.ANSWER: _TIMELY,
    **dict.fromkeys(EVALUATIONS, (ALL, *(value.value for value in EvaluationValue))),
}
_NOTHING_CHOSEN = "请先在表里选一行。"
_CONFIDENTIAL = "这是保密事项，登记后只有负责人能打开。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are shown; ``within`` which class, unit, month … they were asked for in, if in one."""

    key: FigureKey
    part: str
    span: Span
    filters: Filters
    within: tuple[FigureKey, str] | None = None

    @property
    def words(self) -> str:
        """What heads them."""
        words = behind_words(self.key, self.part)
        return f"{words}　{behind_words(*self.within)}" if self.within is not None else words


class BehindView(QObject):
    """Works the second half of the form.

    Signals:
        left(): back to the figures.
    """

    left = Signal()

    def __init__(self, context: Context, ui: Ui_FiguresForm, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._ui = context, ui
        self._asked: Asked | None = None
        self._known = 0
        self.model = BehindModel()
        self.parts = SegmentedChoice[str](page)
        self.parts.setAccessibleName("看哪一部分")
        ui.partPlace.addWidget(self.parts)
        set_up_table(ui.table, self.model, wide=TITLE)
        self.fit()
        self._connect()

    def open(self, asked: Asked) -> None:
        """Show the rows of a figure from the first on."""
        self._asked = asked
        choices = [(part, part_words(asked.key, part) if part else "全部") for part in _PARTS.get(asked.key, ())]
        self.parts.blockSignals(True)
        self.parts.set_choices(choices)
        self.parts.setVisible(bool(choices))
        if choices:
            self.parts.set_value(asked.part)
        self.parts.blockSignals(False)
        self._ui.behindTitle.setText(asked.words)
        self._ui.behindCount.setText("正在读取……")
        self.model.show(())
        self._ui.more.hide()
        self._choose()
        self._read(0, self._show_first)
        self._ui.table.setFocus()

    def refresh(self, asked: Asked, figures: Figures) -> None:
        """Read the rows anew; the same one stays selected and in sight."""
        self._asked = asked
        self._ui.behindTitle.setText(asked.words)
        self.say_how(figures)
        self._read(0, self._show_again)

    def say_how(self, figures: Figures) -> None:
        """Say how the figure is counted."""
        if self._asked is not None:
            self._ui.how.setText(how(self._asked.key, figures.counted))

    @property
    def asked(self) -> Asked | None:
        """Which rows are shown."""
        return self._asked

    def selected(self) -> BehindRow | None:
        """The selected row."""
        return self.model.row_at(self._ui.table.currentIndex())

    def open_selected(self) -> None:
        """Open the matter of the selected row."""
        row = self.selected()
        if row is not None and row.may_open:
            self._context.navigator.open_matter(row.matter_id)

    def more(self) -> None:
        """Read the rows that follow."""
        self._read(self.model.rowCount(), self._show_more)

    def fit(self) -> None:
        """Rows follow the type."""
        table = self._ui.table
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 2 * GRID)

    def _connect(self) -> None:
        ui = self._ui
        ui.back.clicked.connect(self.left)
        ui.open.clicked.connect(self.open_selected)
        ui.more.clicked.connect(self.more)
        ui.table.doubleClicked.connect(self.open_selected)
        ui.table.selectionModel().currentChanged.connect(self._choose)
        self.parts.changed.connect(self._on_part)
        for keys in ("Return", "Enter"):
            on_key(keys, ui.table, self.open_selected, Qt.ShortcutContext.WidgetShortcut)

    def _on_part(self) -> None:
        if self._asked is not None and self.parts.value() is not None:
            self.open(replace(self._asked, part=self.parts.value() or ALL))

    def _read(self, offset: int, show: Callable[[Behind], None]) -> None:
        asked, desk = self._asked, self._context.desk
        if asked is None:
            return
        self._context.tasks.run_long(
            lambda progress: rows_behind(
                desk, asked.key, asked.part, asked.span, asked.filters, offset=offset, progress=progress.step
            ),
            lambda found: show(found) if asked == self._asked else None,
            self._told,
            owner=self,
        )

    def _told(self, done: int, total: int, what: str) -> None:
        part = f" {done * 100 // total}%" if total else ""
        self._ui.behindCount.setText(f"{what}{part}……")

    def _show_first(self, found: Behind) -> None:
        self.model.show(found.rows)
        if found.rows:
            self._ui.table.setCurrentIndex(self.model.index(0, 0))
        self._count(found)

    def _show_again(self, found: Behind) -> None:
        kept, down = self.selected(), self._ui.table.verticalScrollBar().value()
        self.model.show(found.rows)
        at = self.model.find(kept.number, kept.note) if kept else 0
        if found.rows:
            self._ui.table.setCurrentIndex(self.model.index(max(at, 0), 0))
            self._ui.table.verticalScrollBar().setValue(down)
        self._count(found)

    def _show_more(self, found: Behind) -> None:
        self.model.append(found.rows)
        self._count(found)

    def _count(self, found: Behind) -> None:
        shown = self.model.rowCount()
        words = f"共 {found.known} 行" if shown == found.known else f"先显示 {shown} 行，共 {found.known} 行"
        if not found.known and not found.confidential:
            words = "这一段没有"
        if found.confidential:
            words = f"{words}，另有 {found.confidential} 件保密，不在这里列出"
        self._ui.behindCount.setText(words)
        announce(self._ui.table, words)
        self._ui.more.setVisible(shown < found.known)
        self._ui.more.setText(f"再显示 {min(AT_ONCE, found.known - shown)} 行(&M)")
        self._choose()

    def _choose(self) -> None:
        row = self.selected()
        why = _NOTHING_CHOSEN if row is None else "" if row.may_open else _CONFIDENTIAL
        self._ui.open.setEnabled(not why)
        explain(self._ui.open, why)
