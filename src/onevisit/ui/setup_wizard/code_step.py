"""The recovery code on the screen, and printing it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from onevisit.devices.printers import QueueInfo
from onevisit.ui._forms.setup_code import Ui_SetUpCode
from onevisit.ui.system.sheets import keeps_a_file
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import announce, set_style

_COLUMNS = 4


class CodeStep(QWidget):
    """Shows the code in large groups; it is printed on paper or written down, and kept nowhere else.

    Signals:
        print_wanted(QueueInfo): the sheet is to be printed on this queue.
    """

    print_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SetUpCode()
        self.ui.setupUi(self)
        self._queues: tuple[QueueInfo, ...] = ()
        self.ui.print.clicked.connect(self._on_print)
        self.setFocusProxy(self.ui.print)
        self.show_queues(())
        self.say("")

    def show_code(self, code: str) -> None:
        """Show the groups of a code."""
        clear(self.ui.groups)
        groups = code.replace("-", " ").split()
        for place, group in enumerate(groups):
            row, column = divmod(place, _COLUMNS)
            self.ui.groups.addWidget(_group(place + 1, group), row, column)
        self.ui.sheet.setAccessibleName("恢复码 " + "，".join(groups))

    def show_queues(self, queues: Sequence[QueueInfo], trouble: str = "") -> None:
        """Offer the queues of this machine, the usual one first; without any the code is written down."""
        self._queues = tuple(sorted(queues, key=_least_wanted))
        self.ui.queue.clear()
        for queue in self._queues:
            state = "" if queue.accepting else f"（{queue.state.label}）"
            self.ui.queue.addItem(f"{queue.label}{state}")
        some = bool(self._queues)
        for widget in (self.ui.queueLabel, self.ui.queue, self.ui.print):
            widget.setVisible(some)
        if not some:
            self.say(trouble or "这台电脑上没有找到打印机：请用笔抄下来，写清楚每一组。", "attention")

    def say(self, words: str, tone: str = "") -> None:
        """Say what became of printing."""
        set_style(self.ui.printed, tone=tone)
        self.ui.printed.setText(words)
        self.ui.printed.setVisible(bool(words))
        announce(self, words)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return self.ui.queue, self.ui.print

    def _on_print(self) -> None:
        self.print_wanted.emit(self._queues[self.ui.queue.currentIndex()])


def _least_wanted(queue: QueueInfo) -> tuple[bool, bool, bool]:
    """Paper before files, what works before what does not, the usual one before others."""
    return keeps_a_file(queue), not queue.accepting, not queue.is_default


def _group(number: int, letters: str) -> QWidget:
    """One group under its number; a mouse cannot take it along to the clipboard."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    above = plain_label(f"第 {number} 组", "hint", wrap=False)
    value = QLabel(letters)
    value.setProperty("role", "figure")
    value.setTextFormat(Qt.TextFormat.PlainText)
    value.setAccessibleName(f"第 {number} 组 {' '.join(letters)}")
    column.addWidget(above)
    column.addWidget(value)
    return box
