"""The one-visit gate, always in sight: what would bring this person back, each with the button that mends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.rules.readiness import Finding, Gate
from onevisit.ui._forms.registration_gate import Ui_GatePanel
from onevisit.ui.widgets.field import FINE_MARK
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import announce, set_style

NOTHING_YET = "填写左边的登记时，会让来访人再跑一趟的事都列在这里，每一件都有一个按钮，按下就能现在办好。"
ALL_WELL = "没有会让他再跑一趟的事了，可以登记。"


class FindingCard(QFrame):
    """One finding: why it would cost a second visit, and the one button that mends it now.

    Signals:
        mend(str): the action behind the button.
    """

    mend = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        set_style(self, role="card", tone="attention")
        title = plain_label(finding.title, "section")
        article = f"（{finding.article}）" if finding.article else ""
        why = plain_label(f"{finding.why.rstrip('。')}{article}。" if article else finding.why, "hint")
        for label in (title, why):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.button = QPushButton(finding.mend_label)
        self.button.setAccessibleName(f"{finding.mend_label}：{finding.title}")
        self.button.setAccessibleDescription(finding.why)
        set_style(self.button, role="small")
        self.button.clicked.connect(lambda: self.mend.emit(finding.mend))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(why)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)


class GatePanel(QWidget):
    """Shows a ``Gate``; a card that stays the same is left alone, so that the focus on its button stays.

    Signals:
        mend(str): the clerk wants this mended.
    """

    mend = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_GatePanel()
        self.ui.setupUi(self)
        self._shown: Gate | None = None
        self._cards: list[FindingCard] = []
        self.show_gate(Gate((), ()))

    def show_gate(self, gate: Gate, *, complete: bool = False) -> None:
        """Show findings first, then what is well; ``complete`` says that the form can be saved as it is."""
        self._tell_counts(gate, complete=complete)
        if gate == self._shown:
            return
        before = self._shown
        focused = next((card.finding.key for card in self._cards if card.button.hasFocus()), None)
        self._shown = gate
        self._build(gate)
        card = next((card for card in self._cards if card.finding.key == focused), None)
        if card is not None:
            card.button.setFocus()
        if before is not None:
            known = {one.key for one in before.findings}
            announce(self, "；".join(one.title for one in gate.findings if one.key not in known))

    def cards(self) -> tuple[FindingCard, ...]:
        """The open findings as they stand, the weightiest first."""
        return tuple(self._cards)

    def _tell_counts(self, gate: Gate, *, complete: bool) -> None:
        label = self.ui.counts
        if gate.findings:
            fine = f"　{FINE_MARK} 已好 {len(gate.fine)} 件" if gate.fine else ""
            label.setText(f"还有 {len(gate.findings)} 件{fine}")
            set_style(label, tone="attention")
        elif gate.fine:
            label.setText(f"{FINE_MARK} {ALL_WELL if complete else f'已好 {len(gate.fine)} 件'}")
            set_style(label, tone="fine")
        label.setVisible(bool(gate.findings or gate.fine))

    def _build(self, gate: Gate) -> None:
        column = self.ui.cards_column
        clear(column)
        self._cards = []
        for finding in gate.findings:
            card = FindingCard(finding)
            card.mend.connect(self.mend)
            column.addWidget(card)
            self._cards.append(card)
        if gate.fine:
            column.addWidget(_fine_card(gate.fine))
        if not gate.findings and not gate.fine:
            column.addWidget(plain_label(NOTHING_YET, "hint"))
        column.addStretch(1)


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
