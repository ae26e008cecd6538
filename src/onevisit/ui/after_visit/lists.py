"""The three cards of the section: a heading with its buttons, lines beneath, and what an empty one will hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear, idle_timer
from onevisit.ui.widgets.style import em, set_style

_TOP = Qt.AlignmentFlag.AlignTop
_SIDE_BY_SIDE = 42
"""From this width on, in Chinese characters, a line stands in one row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list.

    Attributes:
        when: the day or moment.
        text: what it is.
        word: how it stands, in a word with its tone.
        verb: what can be done with it now; empty for nothing.
        does: does that.
    """

    when: str
    text: str
    word: str = ""
    tone: str = ""
    verb: str = ""
    does: Callable[[], None] | None = None


class ListCard(QFrame):
    """A card with a heading, its buttons, lines, and room for a form."""

    def __init__(self, heading: str, empty: str, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        set_style(self, role="panel")
        self.setAccessibleName(heading)
        self._empty = empty
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(plain_label(heading, "section", wrap=False), 1)
        for button in buttons:
            set_style(button, role="small")
            head.addWidget(button)
        column.addLayout(head)
        self.forms = QVBoxLayout()
        column.addLayout(self.forms)
        self._shown: tuple[Line, ...] = ()
        self._narrow = False
        self._rebuild = idle_timer(self, lambda: self.show_lines(self._shown))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column.addLayout(self._lines)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; none says what will be here."""
        self._shown = tuple(lines)
        clear(self._lines)
        if not lines:
            self._lines.addWidget(plain_label(self._empty, "quiet"))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, line in enumerate(lines):
            # in a narrow window the text has a row of its own
            row = 2 * place
            grid.addWidget(plain_label(line.when, "quiet", wrap=False), row, 0, _TOP)
            if self._narrow:
                grid.addWidget(plain_label(line.text), row + 1, 0, 1, 4)
            else:
                grid.addWidget(plain_label(line.text), row, 1, _TOP)
            grid.addWidget(plain_label(line.word, tone=line.tone, wrap=False), row, 2, _TOP)
            if line.does is not None:
                grid.addWidget(_small(line), row, 3, _TOP)
        self._lines.addLayout(grid)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the width."""
        super().resizeEvent(event)
        narrow = self.width() < em(self, _SIDE_BY_SIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._rebuild.start()


def _small(line: Line) -> QPushButton:
    button = QPushButton(line.verb)
    set_style(button, role="small")
    button.setAccessibleName(f"{line.verb}：{line.text}")
    if line.does is not None:
        button.clicked.connect(line.does)
    return button
