"""Every rate by class, content, district, unit and month: a table whose every number opens the rows behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from onevisit.rules.figure_words import RATE_HEADS, part_words
from onevisit.rules.figures import ALL, FIRST, RATES, REPEAT, SLICED, FigureKey, Figures, Slice
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.labels import plain_label, tip
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.row_table import AnyIndex, RowTable
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.tables import set_up_table

_NAME: Final = 0
_ROWS_IN_SIGHT: Final = 20
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_HINT: Final = "选中一个数，按回车或者双击，看它背后的名单。"
_NOTHING: Final = "这一段没有数据。"


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its heading, what stands in it, and the figure whose rows it opens."""

    heading: str
    text: Callable[[Slice], str]
    key: FigureKey
    part: str = ALL

    @property
    def called(self) -> str:
        """The heading in one line."""
        return self.heading.replace("\n", "")


def _rate(key: FigureKey) -> _Column:
    head = RATE_HEADS[key]
    return _Column(f"{head[:2]}\n{head[2:]}", lambda one: one.rates[key].words, key)


_COLUMNS: Final = (
    _Column("", lambda one: one.part, FigureKey.VISITS),
    _Column("批次", lambda one: str(one.batches), FigureKey.VISITS),
    _Column("人次", lambda one: str(one.persons), FigureKey.VISITS),
    _Column("初访", lambda one: str(one.first), FigureKey.VISITS, FIRST),
    _Column("重复访", lambda one: str(one.repeat), FigureKey.VISITS, REPEAT),
    *map(_rate, RATES),
    _Column("等候\n分钟", lambda one: "—" if one.to_desk is None else str(one.to_desk), FigureKey.TO_DESK),
)


class _Rates(RowTable[Slice]):
    """The parts of one division of everything."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, key=lambda one: hash(one.part))
        self.by = SLICED[0]

    def cell(self, row: Slice, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return None if column == _NAME else _RIGHT
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        name = part_words(self.by, row.part)
        if column == _NAME:
            return tip(name) if role == Qt.ItemDataRole.ToolTipRole else name
        words = _COLUMNS[column].text(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        said = f"{name}：{_COLUMNS[column].called} {words}"
        return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """Headings stand above their numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section != _NAME:
            return _RIGHT
        return super().headerData(section, orientation, role)

    def find(self, part: str) -> int:
        """Where a part stands; the first row if it is not here."""
        return next((place for place, row in enumerate(self._rows) if row.part == part), 0)


class RateTable(QWidget):
    """The choice of how everything is divided, and the table.

    Signals:
        opened(FigureKey, str, (FigureKey, str)): the rows of a figure, or a part of it, within a part of everything.
    """

    opened = Signal(object, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Figures | None = None
        self.by = SegmentedChoice[FigureKey](self)
        self.by.set_choices([(key, key.label) for key in SLICED])
        self.by.set_value(SLICED[0])
        self.by.setAccessibleName("各项比率怎样分")
        self.model = _Rates()
        self.table = QTableView(self)
        self.hint = plain_label(_NOTHING, "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.by, self.table, self.hint):
            column.addWidget(widget)
        self._set_up()
        self.by.changed.connect(self._show)
        self.table.doubleClicked.connect(self._open)
        for keys in ("Return", "Enter"):
            on_key(keys, self.table, lambda: self._open(self.table.currentIndex()), Qt.ShortcutContext.WidgetShortcut)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures; the cell that was current stays so, by its part."""
        self._figures = figures
        self._show()

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (*self.by.stops(), self.table)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows follow the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "table"):
            self._fit()

    def _set_up(self) -> None:
        table = self.table
        table.setAccessibleName("各项比率")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        set_up_table(table, self.model, wide=_NAME)

    def _show(self) -> None:
        kept = self.model.row_at(self.table.currentIndex()) if self.model.by is self.by.value() else None
        column = max(self.table.currentIndex().column(), _NAME)
        self.model.by = self.by.value() or SLICED[0]
        self.model.show(tuple(self._figures.slices.get(self.model.by, ())) if self._figures is not None else ())
        there = self.model.rowCount() > 0
        self.table.setVisible(there)
        self.hint.setText(_HINT if there else _NOTHING)
        if there:
            self.table.setCurrentIndex(self.model.index(self.model.find(kept.part if kept else ""), column))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to so many."""
        table = self.table
        height = table.fontMetrics().height() + GRID
        table.verticalHeader().setDefaultSectionSize(height)
        head = table.horizontalHeader().sizeHint().height()
        bar = table.horizontalScrollBar().sizeHint().height()
        rows = min(self.model.rowCount(), _ROWS_IN_SIGHT)
        table.setFixedHeight(head + rows * height + bar + 2 * table.frameWidth())

    def _open(self, index: QModelIndex | AnyIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            column = _COLUMNS[index.column()]
            self.opened.emit(column.key, column.part, (self.model.by, row.part))
