"""Strips that stand above every page until what they say is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import announce


@dataclass(frozen=True, slots=True)
class Notice:
    """One strip.

    Attributes:
        text: what is wrong and what to do.
        tone: ``attention`` or ``fault``.
        button: the verb on its button; empty for none.
    """

    text: str
    tone: str
    button: str = ""


class Notices(QWidget):
    """Shows what there is; takes no room when there is nothing.

    Signals:
        pressed(): the button of a strip.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 0)
        self._column.setSpacing(4)
        self.notices: tuple[Notice, ...] = ()
        self.hide()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show these and no others; what stands there already stays and is not said again."""
        if tuple(notices) == self.notices:
            return
        fresh = [one for one in notices if one not in self.notices]
        self.notices = tuple(notices)
        clear(self._column)
        for notice in self.notices:
            self._column.addWidget(self._strip(notice))
        self.setVisible(bool(self.notices))
        for notice in fresh:
            announce(self, notice.text)

    def _strip(self, notice: Notice) -> QFrame:
        strip = QFrame(self)
        strip.setProperty("role", "band")
        strip.setProperty("tone", notice.tone)
        strip.setAccessibleName(notice.text)
        words = QLabel(notice.text, strip)
        words.setProperty("tone", notice.tone)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(words, 1)
        if notice.button:
            button = QPushButton(notice.button, strip)
            button.setProperty("role", "small")
            button.setAutoDefault(True)
            button.clicked.connect(self.pressed)
            row.addWidget(button)
        return strip
