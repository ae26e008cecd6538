"""The columns of the board side by side, all of them in sight: what there is no room for is folded to a strip.

The columns that were used last stay open; before anybody used one, the most pressing ones.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from onevisit.desk.board import Board, BoardCard
from onevisit.rules.board import DueGroup
from onevisit.ui.board.column import DueColumn
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.layouts import idle_timer

Further = tuple[tuple[BoardCard, ...], tuple[int, ...]]
"""Cards that follow the first ones of a column, and the ids for which they were read."""


class Shelf(QWidget):
    """All columns of the board.

    Signals:
        opened(int): a card was clicked, or Enter pressed on it.
        more_wanted(DueColumn, tuple): a column wants the cards of these ids.
    """

    opened = Signal(int)
    more_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = {group: DueColumn(group, self) for group in DueGroup}
        self._used = list(DueGroup)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        for column in self.columns.values():
            self._row.addWidget(column)
            column.opened.connect(self.opened)
            column.sideways.connect(partial(self._go_sideways, column))
            column.unfolded.connect(partial(self.take_cursor, column))
            column.more_wanted.connect(partial(self.more_wanted.emit, column))
        self._again = idle_timer(self, self.arrange)

    @property
    def full(self) -> list[DueColumn]:
        """The columns with cards, most pressing first."""
        return [column for column in self.columns.values() if not column.empty]

    def in_sight(self) -> dict[DueGroup, int]:
        """How many cards each column shows."""
        return {group: column.model.rowCount() for group, column in self.columns.items()}

    def show_board(self, found: Board, further: Mapping[DueGroup, Further]) -> None:
        """Show other cards; the cursor goes to the most pressing card where its own column is empty now."""
        had = next((column for column in self.columns.values() if column.has_cursor()), None)
        for column in found.columns:
            self.columns[column.group].show_column(column, *further.get(column.group, ((), ())))
        self.arrange()
        if had is not None and had.empty and self.full:
            self.take_cursor(self.full[0])

    def last_used(self) -> DueColumn | None:
        """The column where the person was last, else the most pressing one; None where there are no cards."""
        full = self.full
        return next((self.columns[group] for group in self._used if self.columns[group] in full), None)

    def take_cursor(self, column: DueColumn) -> None:
        """Put the cursor into a column, which is opened if need be."""
        self._use(column)
        self._fold()
        column.take_cursor()

    def arrange(self) -> None:
        """Open as many columns as there is room for, the one with the cursor first; fold the others."""
        here = next((column for column in self.full if column.has_cursor()), None)
        if here is not None:
            self._use(here)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More room opens more columns."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """So does smaller type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_again"):
            self._again.start()

    def _use(self, column: DueColumn) -> None:
        self._used = [column.group, *(group for group in self._used if group is not column.group)]

    def _fold(self) -> None:
        """Those that were used last stay open."""
        left = self.width() - GRID * (len(self.columns) - 1)
        left -= sum(column.width_folded() for column in self.columns.values())
        for place, column in enumerate(sorted(self.full, key=lambda one: self._used.index(one.group))):
            left -= column.width_open() - column.width_folded()
            column.fold(folded=left < 0 and place > 0)
        for column in self.columns.values():
            self._row.setStretchFactor(column, 0 if column.folded else 1)

    def _go_sideways(self, here: DueColumn, by: int) -> None:
        full = self.full
        place = full.index(here) + by if here in full else 0
        if 0 <= place < len(full):
            self.take_cursor(full[place])
