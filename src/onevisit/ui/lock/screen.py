"""What a locked window shows: the unit, since when, and a field for the password. A visitor may see all of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from onevisit.ui.asking import AskCard
from onevisit.ui.login import caps_lock_told_by
from onevisit.ui.messages import Question
from onevisit.ui.widgets.style import announce, em, set_style


class LockScreen(QWidget):
    """Lies over the whole window; opaque, and deaf to everything but its own fields.

    Signals:
        tried(str): this password is to be checked.
        other_wanted(): somebody else wants to log in.
    """

    tried = Signal(str)
    other_wanted = Signal()

    def __init__(self, window: QWidget, *, practice: bool, hint: str = "") -> None:
        super().__init__(window)
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "panel")
        self.unit = _label(self.panel, "quiet")
        self.heading = _label(self.panel, "headline")
        self.heading.setText("窗口已锁定")
        self.badge = _label(self.panel, "badge")
        self.badge.setText("练习")
        self.badge.setVisible(practice)
        self.since = _label(self.panel, "")
        self.label = _label(self.panel, "label")
        self.label.setTextFormat(Qt.TextFormat.AutoText)
        self.label.setText("密码(&P)")
        self.password = QLineEdit(self.panel)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(128)
        self.password.setAccessibleName("密码")
        self.label.setBuddy(self.password)
        self.fault = _label(self.panel, "hint", "fault")
        self.caps = _label(self.panel, "hint", "attention")
        self.caps.setText("大写锁定已打开，密码分大小写。")
        self.hint = _label(self.panel, "hint")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.open = QPushButton("解锁", self.panel)
        self.open.setProperty("role", "primary")
        self.open.setAutoDefault(True)
        self.other = QPushButton("换人登录", self.panel)
        self.other.setAutoDefault(True)
        self.asking = AskCard(self, self.panel)
        self._place()
        self.password.installEventFilter(self)
        self.password.returnPressed.connect(self._try)
        self.password.textEdited.connect(lambda: self.say(""))
        self.open.clicked.connect(self._try)
        self.other.clicked.connect(self.other_wanted)
        self.hide()

    def begin(self, unit: str, since: str) -> None:
        """Make ready to be shown: whose window this is, and who left it when."""
        self.unit.setText(unit)
        self.since.setText(since)
        self.panel.setFixedWidth(em(self, 26))
        self.clear()
        self.setAccessibleName(f"窗口已锁定。{since}")
        self.password.setAccessibleDescription(f"窗口已锁定，输入密码后回到原来的内容。{self.hint.text()}")

    def clear(self) -> None:
        """No password stays in the field."""
        self.password.clear()
        self.caps.hide()
        self.say("")

    def say(self, sentence: str) -> None:
        """Show why the window stays locked; empty takes it away."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        set_style(self.password, tone="fault" if sentence else "")
        announce(self.password, sentence)

    def refuse(self, sentence: str) -> None:
        """Stay locked and ask anew."""
        self.password.clear()
        self.say(sentence)
        self.password.setFocus()

    def confirm(self, question: str, verb: str, agreed: Callable[[], None]) -> None:
        """Ask before something that cannot be undone; the question stands in front of visitors."""
        self.asking.ask(Question(question, verb, agreed))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and shape
        """See by the letters of the password whether the caps lock is on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            told = caps_lock_told_by(event)
            if told is not None:
                self.caps.setVisible(told)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """No key goes through to the window."""
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """No click either."""
        event.accept()

    def _try(self) -> None:
        if self.password.text():
            self.tried.emit(self.password.text())
        else:
            self.refuse("请输入密码。")

    def _place(self) -> None:
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.open)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.unit)
        column.addWidget(self.since)
        column.addSpacing(10)
        for widget in (self.label, self.password, self.fault, self.caps, self.hint):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        across, outer = QHBoxLayout(), QVBoxLayout(self)
        # by stretches: beside an alignment no layout asks how high words are that wrap
        across.addStretch(1)
        across.addWidget(self.panel)
        across.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)
        QWidget.setTabOrder(self.password, self.open)
        QWidget.setTabOrder(self.open, self.other)


def _label(parent: QWidget, role: str, tone: str = "") -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "headline" and role != "badge")
    label.setProperty("role", role or None)
    label.setProperty("tone", tone or None)
    return label
