"""The first administrator's account as fields."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from onevisit.rules.faults import Fault
from onevisit.ui._forms.setup_administrator import Ui_SetUpAdministrator
from onevisit.ui.system.fields import PASSWORD_RULE, FormFields, PasswordPair
from onevisit.ui.widgets.key_steps import set_tab_order


class AdministratorFields(QWidget):
    """Name, staff number, log-in name and a password twice; what a password must be stands there beforehand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SetUpAdministrator()
        self.ui.setupUi(self)
        ui = self.ui
        self.fields = FormFields(
            ui.grid,
            {
                "name": (ui.nameLabel, ui.name),
                "staff_no": (ui.staffNoLabel, ui.staffNo),
                "login": (ui.loginLabel, ui.login),
                "password": (ui.passwordLabel, ui.password),
                "password_again": (ui.againLabel, ui.again),
            },
            self,
        )
        self.pair = PasswordPair(self.fields, ui.password, ui.again, ui.show)
        self.pair.use(ui.login.text)
        ui.login.textChanged.connect(self.pair.judge)
        ui.rule.setText(f"密码{PASSWORD_RULE}")
        set_tab_order(self.stops())
        self.setFocusProxy(ui.name)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        ui = self.ui
        return ui.name, ui.staffNo, ui.login, ui.password, ui.again, ui.show

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show the faults that belong here and go to the first; whether there was any."""
        return self.fields.show_faults(faults)
