"""A row of boxes to tick, one for each of a few words that change while the page is open."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import tip

_GAP = 18


class TickBoxes(QWidget):
    """Boxes side by side, going on in the next line.

    Signals:
        changed(): a box was ticked or not, by hand or by program.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=_GAP, line_gap=2)
        self._boxes: list[QCheckBox] = []
        self._words: tuple[str, ...] = ()

    def set_words(self, words: Sequence[str]) -> None:
        """Show these boxes; one whose word was there before keeps its tick."""
        if tuple(words) == self._words:
            return
        ticked = list(self.ticked())
        self._words = tuple(words)
        for box in self._boxes:
            self._row.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(word, ticked=_take(ticked, word)) for word in words]
        self._follow()
        self.changed.emit()

    def words(self) -> tuple[str, ...]:
        """What can be ticked."""
        return self._words

    def ticks(self) -> tuple[bool, ...]:
        """Of each box in turn whether it is ticked."""
        return tuple(box.isChecked() for box in self._boxes)

    def ticked(self) -> tuple[str, ...]:
        """The words that are ticked."""
        return tuple(word for word, tick in zip(self._words, self.ticks(), strict=True) if tick)

    def set_ticks(self, ticks: Sequence[bool]) -> None:
        """Tick the boxes in turn; those left over are not."""
        for place, box in enumerate(self._boxes):
            box.setChecked(place < len(ticks) and ticks[place])

    def tick(self, words: Collection[str]) -> None:
        """Tick the boxes of these words, and no others."""
        self.set_ticks([word in words for word in self._words])

    def boxes(self) -> tuple[QCheckBox, ...]:
        """The boxes, in order."""
        return tuple(self._boxes)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through."""
        return tuple(self._boxes)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._row.invalidate()

    def _box(self, word: str, *, ticked: bool) -> QCheckBox:
        box = QCheckBox(word.replace("&", "&&"), self)
        box.setChecked(ticked)
        box.setToolTip(tip(word))
        box.setAccessibleName(f"{self.accessibleName()}：{word}" if self.accessibleName() else word)
        box.toggled.connect(self.changed)
        self._row.addWidget(box)
        box.show()
        return box

    def _follow(self) -> None:
        if self._boxes:
            self.setFocusProxy(self._boxes[0])
        self._row.invalidate()
        self.updateGeometry()


def _take(ticked: list[str], word: str) -> bool:
    """Whether the word was ticked; of two of one name each keeps its own."""
    if word in ticked:
        ticked.remove(word)
        return True
    return False
