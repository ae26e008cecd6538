"""A new password for somebody else: after a forgotten one, or to let a disabled account in again."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from onevisit.desk.accounts import AccountRow
from onevisit.rules.faults import Fault
from onevisit.ui._forms.system_password import Ui_SystemPassword
from onevisit.ui.system.card import FormCard
from onevisit.ui.system.fields import PASSWORD_RULE, FormFields, PasswordPair
from onevisit.ui.widgets.key_steps import set_tab_order


class PasswordCard(FormCard):
    """Asks for a password twice; ``account`` says for whom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SystemPassword()
        self.ui.setupUi(self)
        ui = self.ui
        self.account: AccountRow | None = None
        self.fields = FormFields(
            ui.grid,
            {"password": (ui.passwordLabel, ui.password), "password_again": (ui.againLabel, ui.again)},
            self,
        )
        self.pair = PasswordPair(self.fields, ui.password, ui.again, ui.show)
        self.pair.use(lambda: self.account.login if self.account else "")
        ui.rule.setText(PASSWORD_RULE)
        set_tab_order((*self.stops(), ui.cancel))
        self.connect_keys(ui.save, ui.cancel)

    def begin(self, account: AccountRow) -> None:
        """Ask for a new password of this account; a disabled one is enabled with it."""
        self.account = account
        enabling = not account.active
        verb = "重新启用" if enabling else "重设密码"
        self.ui.heading.setText(f"{verb}：{account.name}（{account.staff_no}）")
        self.ui.lead.setText(
            "停用时旧密码已经作废，重新启用要设一个新密码。"
            if enabling
            else "旧密码马上作废。请当面把新密码告诉本人，并请本人登录后自己改掉。"
        )
        self.ui.save.setText(f"{verb}  Ctrl+↵")
        self.pair.clear()
        self.fields.show_faults(())
        self.ui.password.setFocus()

    def typed(self) -> bool:
        """Whether a password is typed that nobody has yet."""
        return bool(self.pair.password() or self.pair.again())

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show faults at their fields and go to the first; whether there was any."""
        return self.fields.show_faults(faults)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter and Tab go through, in order."""
        return self.ui.password, self.ui.again, self.ui.show, self.ui.save
