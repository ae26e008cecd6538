"""Changing one's own password, on a card over the window; one that is due leaves no other way but logging out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from onevisit.desk import accounts
from onevisit.desk.errors import FormError
from onevisit.rules.accounts import password_fault
from onevisit.rules.faults import PlainFault
from onevisit.ui.overlay import Overlay
from onevisit.ui.page import Context
from onevisit.ui.system.fields import PASSWORD_RULE
from onevisit.ui.widgets.style import announce, em, set_style


class PasswordCard(Overlay):
    """Asks for the old password and twice for the new one; every fault stands at its field.

    Signals:
        changed(): the password is another now.
        log_out_wanted(): the password is due, and the person would rather leave.
    """

    changed = Signal()
    log_out_wanted = Signal()

    def __init__(self, covered: QWidget, below: QWidget, context: Context) -> None:
        super().__init__(covered, below)
        self._context = context
        self._due = False
        self.heading = QLabel("修改密码", self.card)
        self.heading.setProperty("role", "page-title")
        self.column.addWidget(self.heading)
        self.why = QLabel(self.card)
        self.why.setWordWrap(True)
        self.column.addWidget(self.why)
        self.rule = QLabel(f"新密码{PASSWORD_RULE}", self.card)
        self.rule.setProperty("role", "hint")
        self.rule.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(12)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.rule)
        self._faults: dict[str, QLabel] = {}
        self.old = self._field("old", "现在的密码(&O)")
        self.new = self._field("new", "新密码(&N)")
        self.again = self._field("again", "再输一遍(&R)")
        self.refuse = QPushButton("取消 Esc", self.card)
        self.change = QPushButton("修改密码", self.card)
        self.change.setProperty("role", "primary")
        row = QHBoxLayout()
        row.addWidget(self.refuse)
        row.addStretch(1)
        row.addWidget(self.change)
        self.column.addLayout(row)
        self.refuse.setAutoDefault(True)
        self.refuse.clicked.connect(self._on_refuse)
        self.change.setAutoDefault(True)
        self.change.clicked.connect(self._on_change)
        self.old.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._on_change)

    def open_empty(self) -> None:
        """Show the card with empty fields."""
        self._open("")

    def open_due(self, why: str) -> None:
        """Show the card to somebody who must change the password before anything else.

        Args:
            why: one sentence.
        """
        self._open(why)

    def _open(self, why: str) -> None:
        self._due = bool(why)
        self.why.setText(why)
        self.why.setVisible(self._due)
        self.refuse.setText("退出登录" if self._due else "取消 Esc")
        self._empty()
        for field in (self.old, self.new, self.again):
            field.setFixedWidth(em(self, 20))
        for label in (self.why, self.rule):
            # a label that wraps asks for too little height, and the fields would pay for it
            label.ensurePolished()
            label.setFixedWidth(em(self, 28))
            label.setMinimumHeight(max(0, label.heightForWidth(em(self, 28))))
        self.open_card(self.old)

    def close_card(self) -> None:
        """Take it away; no password stays in a hidden field."""
        self._empty()
        super().close_card()

    def dismiss(self) -> None:
        """Esc goes back, unless the password is due."""
        if not self._due:
            super().dismiss()

    def _on_refuse(self) -> None:
        if self._due:
            self._empty()
            self.log_out_wanted.emit()
        else:
            self.close_card()

    def _field(self, name: str, label: str) -> QLineEdit:
        row = self._grid.rowCount()
        field = QLineEdit(self.card)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(128)
        word = QLabel(label, self.card)
        word.setProperty("role", "label")
        word.setBuddy(field)
        fault = QLabel(self.card)
        fault.setProperty("role", "hint")
        fault.setWordWrap(True)
        fault.hide()
        self._grid.addWidget(word, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(fault, row + 1, 1)
        self._faults[name] = fault
        return field

    def _empty(self) -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
        self._clear_faults()

    def _clear_faults(self) -> None:
        for name in self._faults:
            self._say(name, "")

    def _say(self, name: str, sentence: str) -> None:
        label, field = self._faults[name], getattr(self, name)
        label.setText(sentence)
        label.setVisible(bool(sentence))
        set_style(label, tone="fault" if sentence else "")
        set_style(field, tone="fault" if sentence else "")
        field.setAccessibleDescription(sentence)
        if sentence:
            field.setFocus()
            announce(field, sentence)

    def _on_change(self) -> None:
        self._clear_faults()
        old, new = self.old.text(), self.new.text()
        desk = self._context.desk
        weak = password_fault(new, desk.actor.login)
        if not old:
            self._say("old", "请输入现在的密码。")
        elif weak:
            self._say("new", weak)
        elif new != self.again.text():
            self._say("again", "两遍输入的新密码不一样，请再输一遍。")
        else:
            self._context.tasks.run_once(
                self.change, lambda: accounts.change_own_password(desk, old, new), self._on_done, self._on_failed
            )

    def _on_done(self, _: None) -> None:
        self._due = False
        self.close_card()
        self.changed.emit()
        self._context.messages.fine("密码已经修改，下次登录请用新密码。")

    def _on_failed(self, fault: PlainFault) -> None:
        faults = fault.faults if isinstance(fault, FormError) else ()
        for one in faults:
            if one.field in self._faults:
                self._say(one.field, one.sentence)
        if not faults:
            self._say("old", fault.sentence)
