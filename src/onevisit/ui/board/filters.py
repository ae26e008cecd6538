"""By what the board is narrowed: organ, district, clerk, kind of clock; each choice says how many matters it has."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from onevisit.desk.board import BoardChoice, BoardChoices
from onevisit.desk.clock_reading import REPORT
from onevisit.rules.rulesets import ClockKind
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.layouts import put_in_place

_LETTERS = 12
"""How wide a choice is, in Latin letters."""


class BoardFilters(QWidget):
    """A row of four choices, in two lines where it is narrow; it stands where ``place`` stood.

    Signals:
        changed(): something else was chosen.
    """

    changed = Signal()

    def __init__(self, place: QWidget) -> None:
        super().__init__(place.parentWidget())
        self._row = FlowLayout(self, gap=2 * GRID, line_gap=GRID)
        self.organ = self._add("单位(&U)", "责任单位", "所有单位")
        self.place = self._add("区(&A)", "问题所在的区", "所有区")
        self.clerk = self._add("窗口员(&K)", "初次登记的窗口员", "所有人")
        self.clock = self._add("期限(&C)", "看哪一种期限", "最近的期限")
        for kind in ClockKind:
            self.clock.addItem(kind.label, kind.value)
        self.clock.addItem("报办理结果", REPORT)
        self.all = QPushButton("全部(&Q)", self)
        self.all.clicked.connect(self.clear)
        self._row.addWidget(self.all)
        around = place.parentWidget()
        layout = around.layout() if around is not None else None
        if layout is not None:
            put_in_place(layout, place, self)
        place.deleteLater()
        self._show_state()

    def choice(self, *, petitioners: bool) -> BoardChoice:
        """What is chosen now."""
        return BoardChoice(
            organ=self.organ.currentData() or "",
            place=self.place.currentData() or "",
            clerk=self.clerk.currentData(),
            clock=self.clock.currentData() or "",
            petitioners=petitioners,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(one.currentIndex() > 0 for one in self._all())

    @property
    def words(self) -> str:
        """What is chosen, in words; empty for everything."""
        return "，".join(one.currentText() for one in self._all() if one.currentIndex() > 0)

    def clear(self) -> None:
        """Choose everything again."""
        if self.narrowed:
            for one in self._all():
                one.blockSignals(True)
                one.setCurrentIndex(0)
                one.blockSignals(False)
            self._on_changed()

    def offer(self, offered: BoardChoices) -> None:
        """Offer what occurs among the open matters; what is chosen stays chosen."""
        for combo, rows in ((self.organ, offered.organs), (self.place, offered.places), (self.clerk, offered.clerks)):
            kept, words = combo.currentData(), combo.currentText()
            combo.blockSignals(True)
            while combo.count() > 1:
                combo.removeItem(1)
            for value, label in rows:
                combo.addItem(label, value)
                combo.setItemData(combo.count() - 1, tip(label), Qt.ItemDataRole.ToolTipRole)
            if kept is not None and combo.findData(kept) < 0:
                combo.addItem(words, kept)
            combo.setCurrentIndex(max(combo.findData(kept), 0) if kept is not None else 0)
            combo.blockSignals(False)
        self._show_state()

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return *self._all(), self.all

    def _all(self) -> tuple[QComboBox, ...]:
        return self.organ, self.place, self.clerk, self.clock

    def _add(self, word: str, name: str, everything: str) -> QComboBox:
        pair = QWidget(self)
        label, combo = QLabel(word, pair), QComboBox(pair)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "label")
        label.setBuddy(combo)
        combo.setAccessibleName(name)
        combo.addItem(everything, None)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_LETTERS)
        combo.currentIndexChanged.connect(self._on_changed)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(combo)
        self._row.addWidget(pair)
        return combo

    def _on_changed(self) -> None:
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        for combo in self._all():
            combo.setToolTip(tip(combo.currentText()))
        if hasattr(self, "all"):
            self.all.setEnabled(self.narrowed)
