"""One finding of the gate as a card: why it would cost a second visit, its mend, and leaving it with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from onevisit.rules import readiness
from onevisit.rules.forms import GateAnswer
from onevisit.rules.readiness import Finding, LeftOpen
from onevisit.ui.widgets.field import FAULT_MARK
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import announce, set_style

LEAVE = "留下，写原因"
_ASK = "为什么留下，写一句"


class ReasonRow(QWidget):
    """One line for the reason, with 记下 and 取消; Enter keeps it, Esc goes back.

    Signals:
        given(str): a reason without fault.
        closed(): nothing is left.
    """

    given = Signal(str)
    closed = Signal()

    def __init__(self, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = finding.key
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_ASK)
        self.line.setAccessibleName(f"{_ASK}：{finding.title}")
        self.keep = _small("记下", f"记下原因：{finding.title}")
        self.cancel = _small("取消", f"取消：{finding.title}")
        self.fault = plain_label("", "hint", tone="fault")
        self.fault.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        self.keep.clicked.connect(self._on_keep)
        self.cancel.clicked.connect(self.closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter keeps the reason, Esc lets it go."""
        if is_plain_enter(event):
            here = self.window().focusWidget()
            (self.cancel if here is self.cancel else self.keep).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel.click()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        faults = readiness.reason_faults(GateAnswer(self._key, self.line.text()))
        self.fault.setText(f"{FAULT_MARK} {faults[0].sentence}" if faults else "")
        self.fault.setVisible(bool(faults))
        if faults:
            announce(self.line, faults[0].sentence)
            self.line.setFocus()
        else:
            self.given.emit(self.line.text())


class FindingCard(QFrame):
    """One finding: why it would cost a second visit, the button that mends it now, and the way to leave it.

    Signals:
        mend(str): the action behind the button.
        leave(str, str): the finding stays open: its key and the reason.
    """

    mend = Signal(str)
    leave = Signal(str, str)

    def __init__(self, finding: Finding, *, may_leave: bool = True) -> None:
        super().__init__()
        self.finding = finding
        set_style(self, role="card", tone="attention")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        for words, role in ((finding.title, "section"), (why_words(finding), "hint"), (before_words(finding), "hint")):
            if words:
                self._column.addWidget(_still(plain_label(words, role)))
        self.button = _small(finding.mend_label, f"{finding.mend_label}：{finding.title}")
        self.button.setAccessibleDescription(finding.why)
        self.button.clicked.connect(lambda: self.mend.emit(finding.mend))
        self.leave_button = QPushButton(LEAVE, self)
        self.leave_button.setAutoDefault(False)
        self.leave_button.setAccessibleName(f"{LEAVE}：{finding.title}")
        set_style(self.leave_button, role="link", scale="small")
        self.leave_button.setVisible(may_leave)
        self.leave_button.clicked.connect(self._on_leave)
        self.reason: ReasonRow | None = None
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        for button in (self.button, self.leave_button):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)

    def fit(self, room: int) -> None:
        """Both buttons beside each other, or one under the other where there is no room."""
        margins, ways = self._column.contentsMargins(), QBoxLayout.Direction
        wanted = self.button.sizeHint().width() + self._buttons.spacing() + self.leave_button.sizeHint().width()
        fits = wanted + margins.left() + margins.right() <= room
        self._buttons.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    def ask_reason(self, typed: str = "") -> None:
        """Ask why it is left, in the card itself; what was typed before stands there."""
        if self.reason is None:
            self.reason = ReasonRow(self.finding, self)
            self.reason.given.connect(lambda reason: self.leave.emit(self.finding.key, reason))
            self.reason.closed.connect(self._close_reason)
            self._column.addWidget(self.reason)
            self.reason.show()  # a layout shows a new widget only on the next turn, and it takes the cursor now
            self.leave_button.hide()
        self.reason.line.setText(typed or self.reason.line.text() or self.finding.before)
        self.reason.line.selectAll()
        self.reason.line.setFocus()

    def _on_leave(self) -> None:
        self.ask_reason()

    def half_typed(self) -> str | None:
        """What stands in the line for the reason; None while it is not asked."""
        return None if self.reason is None else self.reason.line.text()

    def _close_reason(self) -> None:
        if self.reason is not None:
            row, self.reason = self.reason, None
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            self.leave_button.show()
            self.leave_button.setFocus()


class LeftCard(QFrame):
    """A finding that stays open, quietly, with its reason.

    Signals:
        again(str): the clerk wants to write another reason, or to mend it after all.
    """

    again = Signal(str)

    def __init__(self, left: LeftOpen, *, may_leave: bool = True) -> None:
        super().__init__()
        self.left = left
        set_style(self, role="card", tone="mended")
        self.button = QPushButton("再看", self)
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(f"再看：{left.finding.title}")
        self.button.setVisible(may_leave)
        set_style(self.button, role="link", scale="small")
        self.button.clicked.connect(lambda: self.again.emit(left.finding.key))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(_still(plain_label(left_words(left), "hint")), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)


def why_words(finding: Finding) -> str:
    """Why it would bring the visitor back, with the article that it rests on."""
    return f"{finding.why.rstrip('。')}（{finding.article}）。" if finding.article else finding.why


def before_words(finding: Finding) -> str:
    """That it was left open at the visit before, and why; empty if it was not."""
    return f"上次也留下了：{finding.before.rstrip('。')}。" if finding.before else ""


def left_words(left: LeftOpen) -> str:
    """What stays open, and why."""
    return f"留下：{left.finding.title}。原因：{left.reason.rstrip('。')}。"


def _small(word: str, name: str) -> QPushButton:
    button = QPushButton(word)
    button.setAutoDefault(False)
    button.setAccessibleName(name)
    set_style(button, role="small")
    return button


def _still(label: QLabel) -> QLabel:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
