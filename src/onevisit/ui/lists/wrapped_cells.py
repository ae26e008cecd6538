"""Cells whose words go on in the next line: Qt's own size leaves out what the style sheet pads."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from onevisit.ui.theme import GRID
from onevisit.ui.widgets.row_table import AnyIndex

_EDGES = 4 * GRID
_TALLEST = 10_000


class WrappedCells(QStyledItemDelegate):
    """As tall as the words of a cell at the width of its column."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802, ARG002 - Qt's signature
        """The size of all lines."""
        room = QRect(0, 0, max(GRID, self._view.columnWidth(index.column()) - _EDGES), _TALLEST)
        metrics = self._view.fontMetrics()
        words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data() or ""))
        return QSize(room.width(), max(words.height(), metrics.height()) + 2 * GRID)
