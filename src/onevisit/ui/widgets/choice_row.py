"""A row of lists by which a page is narrowed, each beside its word, in more lines where there is little room."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from onevisit.ui.theme import GRID
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import tip

_LETTERS = 12
"""How wide a list is, in Latin letters; what is cut off stands in its tooltip."""


class ChoiceRow(QWidget):
    """Lists whose first entry narrows nothing, and a button that goes back to it in all of them.

    Args:
        everything: the words on the button.
        parent: of the row.

    Signals:
        changed(): something else was chosen.
    """

    changed = Signal()

    def __init__(self, everything: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combos: list[QComboBox] = []
        self._flow = FlowLayout(self, gap=2 * GRID, line_gap=GRID)
        self.all = QPushButton(everything, self)
        self.all.setEnabled(False)
        self.all.clicked.connect(self.show_all)
        self._flow.addWidget(self.all)

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(one.currentIndex() > 0 for one in self.combos)

    @property
    def words(self) -> str:
        """What is chosen, in words; empty for everything."""
        return "，".join(one.currentText() for one in self.combos if one.currentIndex() > 0)

    def add(self, word: str, name: str, everything: str) -> QComboBox:
        """Put one more list at the end.

        Args:
            word: what stands before it.
            name: what it is called to a screen reader.
            everything: its first entry, which narrows nothing.
        """
        pair = QWidget(self)
        label, combo = QLabel(word, pair), QComboBox(pair)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "label")
        label.setBuddy(combo)
        combo.setAccessibleName(name)
        combo.addItem(everything, "")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_LETTERS)
        combo.currentIndexChanged.connect(self._on_changed)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(combo)
        self._flow.removeWidget(self.all)
        self._flow.addWidget(pair)
        self._flow.addWidget(self.all)
        self.combos.append(combo)
        return combo

    def offer(self, combo: QComboBox, choices: Iterable[tuple[str, object]]) -> None:
        """Offer words and what stands behind them; what is chosen stays chosen, even where it is offered no more."""
        kept, words = combo.currentData(), combo.currentText()
        with QSignalBlocker(combo):
            while combo.count() > 1:
                combo.removeItem(1)
            for label, value in choices:
                _add(combo, label, value)
            if combo.findData(kept) < 0:
                _add(combo, words, kept)
            combo.setCurrentIndex(max(combo.findData(kept), 0))
        self._show_state()

    def show_all(self) -> None:
        """Choose everything again."""
        if self.narrowed:
            for one in self.combos:
                with QSignalBlocker(one):
                    one.setCurrentIndex(0)
            self._on_changed()

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return *self.combos, self.all

    def _on_changed(self) -> None:
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        for combo in self.combos:
            combo.setToolTip(tip(combo.currentText()))
        self.all.setEnabled(self.narrowed)


def _add(combo: QComboBox, label: str, value: object) -> None:
    combo.addItem(label, value)
    combo.setItemData(combo.count() - 1, tip(label), Qt.ItemDataRole.ToolTipRole)
