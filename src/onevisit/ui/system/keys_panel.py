"""The tab 密钥: another recovery code, shown, printed, typed back; and how the store gets another key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from onevisit.desk import keys
from onevisit.desk.keys import NewRecoveryCode
from onevisit.devices.printers import QueueInfo
from onevisit.rules.faults import PlainFault
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.setup_wizard.check_step import CheckStep
from onevisit.ui.setup_wizard.code_step import CodeStep
from onevisit.ui.system.panel import Panel
from onevisit.ui.system.rekey_card import Rekey, RekeyCard
from onevisit.ui.system.sheets import HouseSheets, keeps_a_file
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import announce

_WHEN = (
    "所有人的密码都忘了时，只有恢复码能打开数据。恢复码丢了、可能被别人看到了，或者保管的人换了，就换一个：新的抄好、"
    "输对以后，旧的马上作废；没有输完，旧的照常有效。"
)


class KeysPanel(Panel):
    """Three cards, one after the other: why, the code, typing it back."""

    def __init__(self, context: Context, sheets: HouseSheets, rekey: Rekey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._sheets = sheets
        self._new: NewRecoveryCode | None = None
        self.rekey = RekeyCard(context, rekey, self)
        self.begin = _button("更换恢复码(&C)", primary=True)
        self.code = CodeStep(self)
        self.to_check = _button("下一步(&N)", primary=True)
        self.check = CheckStep(self)
        self.check.then = "更换恢复码"
        self.change = _button("更换恢复码(&C)", primary=True)
        self.again = _button("上一步(&B)")
        self.cancels = tuple(_button("取消 Esc") for _ in range(2))
        self.stack = QStackedWidget(self)
        self._start = self._start_page()
        self._shown = _page("新的恢复码", self.code, self.cancels[0], None, self.to_check)
        self._typed = _page("照着纸输一遍", self.check, self.cancels[1], self.again, self.change)
        for page in (self._start, self._shown, self._typed):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.stack)
        self._connect()
        self.setFocusProxy(self.begin)

    def unsaved(self) -> bool:
        """Whether a new code is on the screen that is not the one in force yet."""
        return self._new is not None

    def go_back(self) -> bool:
        """Esc: the code before stays in force."""
        if self._new is None:
            return False
        self._leave()
        self.context.messages.attention("没有更换，原来的恢复码照常有效；刚抄下或打印的新恢复码请销毁。")
        return True

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this panel."""
        return (KeyHelp("Alt+C / Alt+K", "更换恢复码 / 更换数据密钥"), KeyHelp("Esc", "不换了，原来的照常有效"))

    def _start_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = QFrame(page)
        card.setProperty("role", "panel")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(18, 18, 18, 18)
        inside.setSpacing(10)
        inside.addWidget(plain_label("恢复码", "section"))
        inside.addWidget(plain_label(_WHEN, "quiet"))
        inside.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)
        column.addWidget(self.rekey)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.begin.clicked.connect(self._draw)
        self.code.print_wanted.connect(self._on_print_wanted)
        self.to_check.clicked.connect(self._to_check)
        self.again.clicked.connect(self._to_code)
        self.change.clicked.connect(self._change)
        for cancel in self.cancels:
            cancel.clicked.connect(self.go_back)

    def _draw(self) -> None:
        desk = self.context.desk
        self.context.tasks.run_once(
            self.begin, lambda: keys.new_recovery_code(desk), self._on_drawn, self.context.messages.failed
        )

    def _on_drawn(self, new: NewRecoveryCode) -> None:
        self._new = new
        self.code.show_code(new.recovery_code)
        self.code.say("")
        self.check.code.clear()
        self.check.compare_with(new)
        self.context.tasks.run(self._sheets.known, self.code.show_queues, self._on_no_queues, owner=self)
        self._to_code()

    def _on_no_queues(self, fault: PlainFault) -> None:
        self.code.show_queues((), f"{fault.sentence} 也可以用笔抄下来，写清楚每一组。")

    def _to_code(self) -> None:
        self.stack.setCurrentWidget(self._shown)
        self.to_check.setFocus()

    def _to_check(self) -> None:
        self.stack.setCurrentWidget(self._typed)
        self.check.focus_wanted()

    def _change(self) -> None:
        new, desk, typed = self._new, self.context.desk, self.check.code.code()
        if new is None or not self.check.right():
            announce(self, self.check.complaint())  # it stands below the boxes already
            self.check.focus_wanted()
            return
        self.context.tasks.run_once(
            self.change,
            lambda: keys.set_recovery_code(desk, new, typed),
            self._on_changed,
            self.context.messages.failed,
        )

    def _on_changed(self, _: None) -> None:
        self._leave()
        self.context.messages.fine("恢复码已经更换，旧的已作废；请把写着旧恢复码的纸销毁，新的封好放进保险柜。")

    def _leave(self) -> None:
        """No code stays on the screen or in a field."""
        self._new = None
        self.code.show_code("")
        self.check.code.clear()
        self.stack.setCurrentWidget(self._start)
        self.begin.setFocus()

    def _on_print_wanted(self, queue: QueueInfo) -> None:
        if keeps_a_file(queue):
            self.context.messages.confirm(
                f"“{queue.label}”看起来不是出纸的打印机，恢复码会成为一个谁都能打开的文件。建议换一台，或用笔抄下来。",
                "仍然发送",
                lambda: self._print(queue),
            )
        else:
            self._print(queue)

    def _print(self, queue: QueueInfo) -> None:
        if self._new is None:
            return
        desk, code = self.context.desk, self._new.recovery_code
        self.context.tasks.run_once(
            self.code.ui.print,
            lambda: self._sheets.print_recovery(desk.unit.name, code, desk.now(), queue.name),
            lambda _: self.code.say(f"✓ 已送到“{queue.label}”。请看一眼纸：8 组是否和屏幕上的一样。", "fine"),
            lambda fault: self.code.say(f"{fault.sentence} 也可以用笔抄下来。", "fault"),
        )


def _button(words: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(True)
    if primary:
        button.setProperty("role", "primary")
    return button


def _page(heading: str, body: QWidget, cancel: QPushButton, before: QPushButton | None, on: QPushButton) -> QWidget:
    page = QFrame()
    page.setProperty("role", "panel")
    column = QVBoxLayout(page)
    column.setContentsMargins(18, 18, 18, 18)
    column.setSpacing(10)
    column.addWidget(plain_label(heading, "section"))
    column.addWidget(body, 1)
    row = QHBoxLayout()
    row.addWidget(cancel)
    row.addStretch(1)
    for button in (before, on):
        if button is not None:
            row.addWidget(button)
    column.addLayout(row)
    return page
