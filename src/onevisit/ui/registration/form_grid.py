"""The cells of the form in two columns, or in one where the page is narrow or the type is large."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from onevisit.ui.widgets.layouts import take_all

_HALF = 2
_WHOLE_ROW = 4


@dataclass(slots=True)
class Cell:
    """One field with its label as the form file places them; ``wide`` takes the whole row."""

    label: QLabel | None
    field: QWidget
    wide: bool
    stretch: bool = False


def take_cells(grid: QGridLayout) -> list[Cell]:
    """Read the cells of a form file in reading order; the grid is left empty."""
    placed: dict[tuple[int, int], tuple[QWidget, int]] = {}
    for at in range(grid.count()):
        position: tuple[int, int, int, int] = grid.getItemPosition(at)  # type: ignore[assignment]  # the stub says object
        item = grid.itemAt(at)
        if item is not None:
            placed[position[0], position[1]] = item.widget(), position[3]
    cells = []
    for (row, column), (widget, span) in sorted(placed.items(), key=lambda one: one[0]):
        if isinstance(widget, QLabel) and column % _HALF == 0:
            field, width = placed[row, column + 1]
            cells.append(Cell(widget, field, width > 1))
        elif span == _WHOLE_ROW:
            cells.append(Cell(None, widget, wide=True))
    take_all(grid)
    return cells


def arrange(grid: QGridLayout, cells: list[Cell], columns: int, line_height: int) -> None:
    """Place the cells that are not hidden, ``columns`` (1 or 2) side by side, wide ones over both.

    Words beneath a field push nothing else aside: everything stands at the top of its row, and a label in the middle
    of the first line, which is ``line_height`` pixels tall.
    """
    take_all(grid)
    for row in range(grid.rowCount()):
        grid.setRowStretch(row, 0)
    row, column = 0, 0
    for cell in cells:
        if cell.field.isHidden():
            continue
        wide = cell.wide or columns == 1
        if wide and column:
            row, column = row + 1, 0
        span = columns * _HALF - 1
        top = Qt.AlignmentFlag(0) if cell.stretch else Qt.AlignmentFlag.AlignTop
        if cell.label is None:
            grid.addWidget(cell.field, row, 0, 1, span + 1)
        else:
            cell.label.setMinimumHeight(line_height)
            grid.addWidget(cell.label, row, column * _HALF, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cell.field, row, column * _HALF + 1, 1, span if wide else 1, top)
        if cell.stretch:
            grid.setRowStretch(row, 1)
        column = 0 if wide or column + 1 == columns else column + 1
        row += not column
    for column in range(_WHOLE_ROW):
        grid.setColumnStretch(column, 1 if column % _HALF and column < columns * _HALF else 0)
