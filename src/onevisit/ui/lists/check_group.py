"""Some of a code list: a box to tick for each of its words."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from onevisit.rules.labels import Labelled
from onevisit.ui.widgets.flow import FlowLayout

_LINE = 11
"""Characters of one line; a longer word goes on in a second one, as a box cannot be narrower than its words."""


class CheckGroup(QWidget):
    """Boxes side by side, or one beneath the other.

    Signals:
        changed(): a box was ticked or cleared.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        # the key of its label leads here; Tab must not, nor a focus proxy, or it would go round here for ever
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_choices(self, choices: Sequence[Labelled], *, beneath: bool = False) -> None:
        """Offer these words; called once."""
        layout = QVBoxLayout(self) if beneath else FlowLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for one in choices:
            box = QCheckBox(_in_lines(one.label), self)
            box.setAccessibleName(one.label)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
            self._boxes[one.value] = box

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the cursor on to the first box."""
        super().focusInEvent(event)
        for box in list(self._boxes.values())[:1]:
            box.setFocus(event.reason())

    def values(self) -> tuple[str, ...]:
        """The codes of what is ticked, in the order of the list."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_values(self, codes: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(codes)
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return tuple(self._boxes.values())


def _in_lines(words: str) -> str:
    place = words.rfind("、", 0, _LINE) + 1 or words.find("（")
    return f"{words[:place]}\n{words[place:]}" if len(words) > _LINE and place > 0 else words
