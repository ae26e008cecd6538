"""The message bar at the foot of the page: says what happened, never over the form, and politely to a screen reader."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.ui.icons import pixmap
from onevisit.ui.messages import Tone
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.style import announce, em

FADE_SECONDS = 6
"""How long a fine message stays; others stay until somebody closes them or the work goes on."""

MOST_LINES = 3
_WORDS = {Tone.FINE: "完成", Tone.ATTENTION: "请留意", Tone.FAULT: "没有做成"}


class MessageLine(QFrame):
    """One sentence with its mark; ``again`` counts from anew when the same is said twice."""

    def __init__(self, tone: Tone, sentence: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.tone, self.sentence = tone, sentence
        self.setProperty("role", "band")
        self.setProperty("tone", tone.value)
        self.mark = QLabel(self)
        self.mark.setPixmap(pixmap(theme.icons, tone.value, getattr(theme.colours, tone.value), em(self, 1.3), self))
        self.word = QLabel(_WORDS[tone], self)
        self.word.setProperty("tone", tone.value)
        self.text = QLabel(sentence, self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.leave = QPushButton("知道了", self)
        self.leave.setProperty("role", "small")
        self.leave.setAutoDefault(True)
        self.leave.setAccessibleName(f"关闭这条提示：{sentence}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.word)
        row.addWidget(self.text, 1)
        row.addWidget(self.leave)
        self.setAccessibleName(f"{_WORDS[tone]}：{sentence}")
        self.fading = QTimer(self)
        self.fading.setSingleShot(True)

    def again(self) -> None:
        """Start the time that a fine message stays."""
        if self.tone is Tone.FINE:
            self.fading.start(FADE_SECONDS * 1000)


class MessageBar(QWidget):
    """At most three sentences, the newest last; made by the form, then given its theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 0, 14, 10)
        self._column.setSpacing(4)
        self.lines: list[MessageLine] = []
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Give it the colours and icons it draws with."""
        self._theme = theme

    def say(self, tone: str, sentence: str) -> None:
        """Show a sentence; the same one twice stands there once."""
        if self._theme is None or not sentence:
            return
        line = next((one for one in self.lines if (one.tone, one.sentence) == (tone, sentence)), None)
        if line is None:
            self._make_room()
            line = MessageLine(Tone(tone), sentence, self._theme, self)
            self._connect(line)
            self.lines.append(line)
            self._column.addWidget(line)
        line.again()
        self.show()
        announce(self, line.accessibleName())

    def clear(self) -> None:
        """Take everything away but faults, which stay until somebody has read them."""
        for line in [one for one in self.lines if one.tone is not Tone.FAULT]:
            self._drop(line)

    def clear_all(self) -> None:
        """Take everything away."""
        for line in list(self.lines):
            self._drop(line)

    def _connect(self, line: MessageLine) -> None:
        line.leave.clicked.connect(lambda: self._drop(line))
        line.fading.timeout.connect(lambda: self._drop(line))

    def _make_room(self) -> None:
        """The oldest sentence gives way, a fine one before a fault."""
        while len(self.lines) >= MOST_LINES:
            milder = [one for one in self.lines if one.tone is not Tone.FAULT]
            self._drop((milder or self.lines)[0])

    def _drop(self, line: MessageLine) -> None:
        if line not in self.lines:
            return
        self.lines.remove(line)
        if line.leave.hasFocus():
            self.focusNextChild()
        line.hide()
        self._column.removeWidget(line)
        line.deleteLater()
        self.setVisible(bool(self.lines))
