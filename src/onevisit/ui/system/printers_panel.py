"""Which queue each paper goes to, a test page for each, and what every queue of this machine does."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from onevisit.devices.printers import QueueInfo
from onevisit.paper.profiles import A5, ROLL_58, ROLL_80, PaperProfile
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.system_printers import Ui_SystemPrinters
from onevisit.ui.page import Context
from onevisit.ui.slip.service import Queues
from onevisit.ui.system.panel import Panel
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import em, set_style

PAPERS = (ROLL_80, A5, ROLL_58)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The widgets of one paper."""

    profile: PaperProfile
    queue: QComboBox
    state: QLabel
    test: QPushButton


class PrintersPanel(Panel):
    """One row for each paper; a choice is kept at once."""

    def __init__(self, context: Context, sheets: HouseSheets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._sheets = sheets
        self._queues = Queues((), {})
        self.ui = Ui_SystemPrinters()
        self.ui.setupUi(self)
        self.rows = tuple(self._row(number, profile) for number, profile in enumerate(PAPERS, start=1))
        self.ui.again.clicked.connect(self.refresh)
        self.setFocusProxy(self.ui.again)
        self.ui.empty.hide()

    def refresh(self) -> None:
        """Ask the print system and the store anew."""
        desk = self.context.desk
        self.context.tasks.run_once(self.ui.again, lambda: self._sheets.queues(desk), self._show, self._on_no_queues)

    # -- building ---------------------------------------------------------------------------------------------------

    def _row(self, number: int, profile: PaperProfile) -> PaperRow:
        label = plain_label("", "label", wrap=False)
        label.setText(profile.label)
        queue, state = QComboBox(self), plain_label("", "quiet", wrap=False)
        test = QPushButton(f"打印测试页(&{'TYU'[number - 1]})", self)
        queue.setAccessibleName(f"{profile.label}用的打印机")
        queue.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        queue.setMinimumContentsLength(12)
        test.setAccessibleName(f"在{profile.label}上打印测试页")
        state.setMinimumWidth(em(self, 7))
        for column, widget in enumerate((label, queue, state, test)):
            self.ui.papers.addWidget(widget, number, column)
        row = PaperRow(profile, queue, state, test)
        queue.activated.connect(lambda _index: self._on_chosen(row))
        test.clicked.connect(lambda: self.print_test(row))
        return row

    # -- what the administrator does --------------------------------------------------------------------------------

    def print_test(self, row: PaperRow) -> None:
        """Send the test page of a paper to its queue."""
        queue = self._queue_of(row)
        if queue is None:
            return
        at = self.context.desk.now()
        self.context.tasks.run_once(
            row.test,
            lambda: self._sheets.print_test(row.profile, queue, at),
            lambda _: self.context.messages.fine(
                f"测试页已送到“{queue.label}”。请看纸：四边的小数字有没有被切掉，条码能不能扫出来。"
            ),
        )

    def _on_chosen(self, row: PaperRow) -> None:
        queue, desk = self._queue_of(row), self.context.desk
        if queue is not None:
            self._say_state(row)
            self.context.tasks.run(
                lambda: self._sheets.remember(desk, row.profile.key, queue.name),
                lambda _: self._on_remembered(row, queue),
                owner=self,
            )

    def _on_remembered(self, row: PaperRow, queue: QueueInfo) -> None:
        self._queues.choices[row.profile.key] = queue.name
        self._say_state(row)
        self.context.messages.fine(f"{row.profile.label}以后都送到“{queue.label}”。")
        self.context.changes.say("printers")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, queues: Queues) -> None:
        self._queues = queues
        some = bool(queues.known)
        self.ui.empty.setVisible(not some)
        self.ui.all.setVisible(some)
        for row in self.rows:
            row.queue.clear()
            for queue in queues.known:
                row.queue.addItem(queue.label, queue.name)
            row.queue.setCurrentIndex(row.queue.findData(queues.queue_for(row.profile.key)))
            row.queue.setEnabled(some)
            row.test.setEnabled(some)
            self._say_state(row)
        clear(self.ui.queues)
        for queue in queues.known:
            self.ui.queues.addWidget(_queue_line(queue))

    def _on_no_queues(self, fault: PlainFault) -> None:
        self._show(Queues((), {}))
        self.context.messages.failed(fault)

    def _queue_of(self, row: PaperRow) -> QueueInfo | None:
        name = row.queue.currentData()
        return next((queue for queue in self._queues.known if queue.name == name), None)

    def _say_state(self, row: PaperRow) -> None:
        """The state of the queue, and whether it was chosen or is only the system's usual one."""
        queue = self._queue_of(row)
        chosen = self._queues.choices.get(row.profile.key, "")
        if queue is None:
            words, tone = "—", ""
        elif chosen and chosen != queue.name and chosen not in {one.name for one in self._queues.known}:
            words, tone = "！原来选的打印机不见了", "attention"
        else:
            words, tone = _state_words(queue), "" if queue.accepting else "attention"
            words += "" if chosen == queue.name else "（系统默认）"
        row.state.setText(words)
        set_style(row.state, tone=tone)


def _state_words(queue: QueueInfo) -> str:
    return f"{'✓' if queue.accepting else '！'} {queue.state.label}"


def _queue_line(queue: QueueInfo) -> QLabel:
    usual = "，系统默认" if queue.is_default else ""
    line = plain_label(f"{_state_words(queue)}　{queue.label}{usual}", wrap=True)
    set_style(line, tone="" if queue.accepting else "attention")
    return line
