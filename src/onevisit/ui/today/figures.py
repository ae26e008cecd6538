"""The figures of the day: batches and persons apart, then kinds of visit, then what is left to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from onevisit.desk.lookup import DayFigures
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style

_WORDS = ("批次", "人次", "初访", "重复访", "集体访", "在大厅", "候律师", "回执待打印")
_LEFT_TO_DO = {"候律师", "回执待打印"}
_BEGINS_PART = {"初访", "在大厅"}


class FigureRow:
    """Fills a row with the figures; never colour alone, the word stands under each."""

    def __init__(self, row: QHBoxLayout) -> None:
        self._values: dict[str, QLabel] = {}
        self._cells: dict[str, QWidget] = {}
        for word in _WORDS:
            if word in _BEGINS_PART:
                row.addWidget(_divider())
            row.addWidget(self._cell(word), 1)

    def show(self, figures: DayFigures) -> None:
        """Show a day."""
        numbers = (
            figures.batches,
            figures.persons,
            figures.first,
            figures.repeat,
            figures.groups,
            figures.here,
            figures.waiting,
            figures.without_slip,
        )
        for word, number in zip(_WORDS, numbers, strict=True):
            self._values[word].setText(str(number))
            set_style(self._values[word], tone="attention" if word in _LEFT_TO_DO and number else "")
            self._cells[word].setAccessibleName(f"{word} {number}")

    def texts(self) -> dict[str, str]:
        """What stands there, by word."""
        return {word: label.text() for word, label in self._values.items()}

    def _cell(self, word: str) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        value = plain_label("", "figure", wrap=False)
        for label in (value, plain_label(word, "hint", wrap=False)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self._values[word], self._cells[word] = value, cell
        return cell


def _divider() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    line.setFixedWidth(1)
    set_style(line, role="upright")
    return line
