"""A short list inside a form: each entry a small button that opens it, one more to add."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.style import em, set_style

_LONGEST = 12
_ABOVE = 5
"""Pixels above and below, so that the small buttons stand in the middle of a row of fields."""
_REMOVE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class ChipList(QWidget):
    """Entries in the order they were added.

    Signals:
        add_asked(): the clerk wants one more.
        open_asked(int): the clerk wants to see or change the entry at this place.
        remove_asked(int): the clerk wants the entry at this place gone (Delete on it).
    """

    add_asked = Signal()
    open_asked = Signal(int)
    remove_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, _ABOVE, 0, _ABOVE)
        self.add = QPushButton("＋ 添加", self)
        set_style(self.add, role="small")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_asked)
        self._flow.addWidget(self.add)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.add)

    def set_words(self, what: str) -> None:
        """Say what is listed, for whoever cannot see the label."""
        self.add.setAccessibleName(f"添加{what}")

    def set_entries(self, entries: Sequence[str]) -> None:
        """Show these entries; the cursor stays in the list if it was there."""
        inside = any(chip.hasFocus() for chip in self._chips)
        before = (self._chips or [self.add])[0].previousInFocusChain()
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self._chips = [self._chip(place, words) for place, words in enumerate(entries)]
        self._flow.addWidget(self.add)
        if inside:
            self.add.setFocus()
        self._order(before)
        self.updateGeometry()

    def texts(self) -> tuple[str, ...]:
        """The entries as they are shown to a screen reader, in full."""
        return tuple(chip.accessibleName() for chip in self._chips)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return (*self._chips, self.add)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Delete on an entry asks for its removal."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _REMOVE
        if pressed and watched in self._chips:
            self.remove_asked.emit(self._chips.index(watched))
            return True
        return super().eventFilter(watched, event)

    def _chip(self, place: int, words: str) -> QPushButton:
        chip = QPushButton(self)
        shown = chip.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, em(chip, _LONGEST))
        chip.setText(shown.replace("&", "&&"))
        chip.setAccessibleName(words)
        chip.setToolTip(tip(f"{words}\n空格修改，Delete 删除"))
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda: self.open_asked.emit(place))
        chip.installEventFilter(self)
        set_style(chip, role="small", tone="info")
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _order(self, before: QWidget | None) -> None:
        """Let the Tab key come to the entries where it came to the list; new buttons begin at the window's end."""
        set_tab_order([*((before,) if before is not None else ()), *self.stops()])
