"""The card that puts the whole store under a new key: when that helps, how far it is, what is to be done then."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.keys import Rekeyed
from onevisit.ui.page import Context
from onevisit.ui.tasks import Progress, Told
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import announce, set_style
from onevisit.ui.widgets.work_bar import WorkBar

Rekey = Callable[[Told], Rekeyed]
"""Puts the whole store under a new key, on the worker; told how far it is."""

_WHEN = (
    "怀疑有人拿到过整份数据或备份时，先请有关的人改密码，再把全部数据换一个密钥重写一遍：数据多时要几分钟，期间不能登记，"
    "中途断电不会丢数据。各人的密码和恢复码不变。以前的备份仍用旧密钥，换完请马上做一份新备份。"
)


class RekeyCard(QFrame):
    """One button, asked about first; the answer stays on the card until it was read."""

    def __init__(self, context: Context, rekey: Rekey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._rekey = context, rekey
        self.setProperty("role", "panel")
        self.begin = QPushButton("更换数据密钥(&K)", self)
        self.begin.setAutoDefault(True)
        self.work = WorkBar(self)
        self.result = plain_label("")
        self.result.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(10)
        column.addWidget(plain_label("数据密钥", "section"))
        column.addWidget(plain_label(_WHEN, "quiet"))
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.work)
        column.addWidget(self.result)
        self.begin.clicked.connect(self.ask)

    def ask(self) -> None:
        """Ask before the store is written anew."""
        self.context.messages.confirm(
            "更换数据密钥会把整份数据重写一遍，期间不能登记。请确认现在没有来访人在等。", "开始更换", self._begin
        )

    def _begin(self) -> None:
        rekey = self._rekey

        def work(progress: Progress) -> Rekeyed:
            return rekey(progress.step)

        def stopped() -> None:
            self.context.messages.attention("已经取消，密钥没有换，数据和原来一样。")

        what = "正在用新密钥重写数据"
        if self.work.carry(self.context.tasks, self.begin, work, self._on_done, what=what, stopped=stopped):
            self.result.hide()

    def _on_done(self, done: Rekeyed) -> None:
        set_style(self.result, tone="attention" if done.left_out or not done.old_removed else "fine")
        self.result.setText(done.sentence)
        self.result.show()
        announce(self, done.sentence)
        self.context.changes.say("backups", "accounts")
