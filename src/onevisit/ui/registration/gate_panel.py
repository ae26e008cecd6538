"""The one-visit gate, always in sight: what would bring this person back, each with the button that mends it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from onevisit.rules.readiness import Gate
from onevisit.ui._forms.registration_gate import Ui_GatePanel
from onevisit.ui.registration.gate_card import FindingCard, LeftCard
from onevisit.ui.widgets.field import FINE_MARK
from onevisit.ui.widgets.labels import all_plain, plain_label
from onevisit.ui.widgets.layouts import clear, idle_timer
from onevisit.ui.widgets.style import announce, set_style

__all__ = ["ALL_WELL", "NOTHING_YET", "FindingCard", "GatePanel", "LeftCard"]

NOTHING_YET = "填写左边的登记时，会让来访人再跑一趟的事都列在这里，每一件都有一个按钮，按下就能现在办好。"
ALL_WELL = "没有会让他再跑一趟的事了，可以登记。"
ALL_WELL_SAVED = "没有会让他再跑一趟的事了，可以请来访人离开。"


class GatePanel(QWidget):
    """Shows a ``Gate``; a card that stays the same is left alone, so that the focus on its button stays.

    Attributes:
        saved: the visit is in the store: what is said is about leaving, not about registering.
        may_leave: whoever is logged in may leave a finding open.

    Signals:
        mend(str): the clerk wants this mended.
        leave(str, str): the clerk leaves this open: the key of the finding and the reason.
        again(str): the clerk wants to look once more at what was left open.
    """

    mend = Signal(str)
    leave = Signal(str, str)
    again = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, saved: bool = False, may_leave: bool = True) -> None:
        super().__init__(parent)
        self.ui = Ui_GatePanel()
        self.ui.setupUi(self)
        all_plain(self)
        self.saved, self.may_leave = saved, may_leave
        self._refit = idle_timer(self, self._fit)
        self._shown: Gate | None = None
        self._cards: list[FindingCard] = []
        self._left: list[LeftCard] = []
        self.show_gate(Gate((), ()))

    def show_gate(self, gate: Gate, *, complete: bool = False) -> None:
        """Show findings first, then what is left and what is well; ``complete`` says that nothing else is missing."""
        self._tell_counts(gate, complete=complete)
        if gate == self._shown:
            return
        before = self._shown
        here = self.window().focusWidget()
        focused = next((one.finding.key for one in self._cards if here is not None and one.isAncestorOf(here)), None)
        typed = {card.finding.key: text for card in self._cards if (text := card.half_typed()) is not None}
        self._shown = gate
        self._build(gate)
        self._go_on(typed, focused)
        if before is not None:
            known = {one.key for one in before.findings}
            announce(self, "；".join(one.title for one in gate.findings if one.key not in known))

    def cards(self) -> tuple[FindingCard, ...]:
        """The open findings as they stand, the weightiest first."""
        return tuple(self._cards)

    def left_cards(self) -> tuple[LeftCard, ...]:
        """What is left open for a reason."""
        return tuple(self._left)

    def ask_reason(self, key: str, typed: str = "") -> None:
        """Ask in a card why its finding is left; nothing where it is not open any more."""
        for card in self._cards:
            if card.finding.key == key:
                card.ask_reason(typed)
                self.ui.scroll.ensureWidgetVisible(card)

    def asking(self) -> bool:
        """Whether a reason is being typed."""
        return any(card.half_typed() for card in self._cards)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The buttons of the cards follow the width."""
        super().resizeEvent(event)
        self._refit.start()

    def _fit(self) -> None:
        room = self.ui.scroll.viewport().width() - self.ui.cards_column.contentsMargins().right()
        for card in self._cards:
            card.fit(room)

    def _go_on(self, typed: Mapping[str, str], focused: str | None) -> None:
        """Open again what was being typed, and put the cursor back."""
        for card in self._cards:
            if card.finding.key in typed:
                card.ask_reason(typed[card.finding.key])
            if card.finding.key == focused:
                (card.reason.line if card.reason is not None else card.button).setFocus()

    def _tell_counts(self, gate: Gate, *, complete: bool) -> None:
        label = self.ui.counts
        fine = f"{FINE_MARK} 已好 {len(gate.fine)} 件" if gate.fine else ""
        left = f"留下 {len(gate.left)} 件" if gate.left else ""
        if gate.findings:
            label.setText("　".join(part for part in (f"还有 {len(gate.findings)} 件", left, fine) if part))
            set_style(label, tone="attention")
        elif gate.fine or gate.left:
            well = f"{FINE_MARK} {ALL_WELL_SAVED if self.saved else ALL_WELL}"
            words = (well, left) if complete and not gate.left else (left, fine)
            label.setText("　".join(part for part in words if part))
            set_style(label, tone="fine")
        label.setVisible(bool(gate.findings or gate.fine or gate.left))

    def _build(self, gate: Gate) -> None:
        column = self.ui.cards_column
        clear(column)
        self._cards, self._left = [], []
        for finding in gate.findings:
            card = FindingCard(finding, may_leave=self.may_leave)
            card.mend.connect(self.mend)
            card.leave.connect(self.leave)
            column.addWidget(card)
            self._cards.append(card)
        for one in gate.left:
            quiet = LeftCard(one, may_leave=self.may_leave)
            quiet.again.connect(self.again)
            column.addWidget(quiet)
            self._left.append(quiet)
        if gate.fine:
            column.addWidget(_fine_card(gate.fine))
        if not gate.findings and not gate.fine and not gate.left and not self.saved:
            column.addWidget(plain_label(NOTHING_YET, "hint"))
        column.addStretch(1)
        self._refit.start()


def _fine_card(sentences: tuple[str, ...]) -> QFrame:
    """What is well, quietly in one card."""
    card = QFrame()
    set_style(card, role="card", tone="mended")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(2)
    for sentence in sentences:
        row = QHBoxLayout()
        row.setSpacing(6)
        mark = QLabel(FINE_MARK)
        set_style(mark, tone="fine")
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(plain_label(sentence, "hint"), 1)
        column.addLayout(row)
    return card
