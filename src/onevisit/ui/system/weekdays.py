"""The days of the week as seven boxes, any of which may be ticked."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

_WORDS: Final = "一二三四五六日"


class WeekdayBoxes(QWidget):
    """Ticks for the days of the week.

    Signals:
        changed(): another day is ticked, or one no more.
    """

    changed = Signal()

    def __init__(self, name: str, description: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._boxes = [QCheckBox(word, self) for word in _WORDS]
        for word, box in zip(_WORDS, self._boxes, strict=True):
            box.setAccessibleName(f"{name}：周{word}")
            box.setAccessibleDescription(description)
            box.toggled.connect(self.changed)
            row.addWidget(box)

    def value(self) -> str:
        """The ticked days as digits from 1 for Monday."""
        return "".join(str(place) for place, box in enumerate(self._boxes, 1) if box.isChecked())

    def set_value(self, weekdays: str) -> None:
        """Tick these days and no others."""
        for place, box in enumerate(self._boxes, 1):
            box.setChecked(str(place) in weekdays)

    def stops(self) -> Sequence[QWidget]:
        """The boxes in order."""
        return tuple(self._boxes)
