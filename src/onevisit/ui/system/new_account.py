"""The form for a new account; a lawyer's asks for firm and licence number too, an administrator's for the duty."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from onevisit.desk.accounts import AccountForm
from onevisit.rules.accounts import Duty, Role
from onevisit.rules.faults import Fault
from onevisit.ui._forms.system_account import Ui_SystemAccount
from onevisit.ui.system.card import FormCard
from onevisit.ui.system.fields import PASSWORD_RULE, FormFields, PasswordPair
from onevisit.ui.widgets.key_steps import set_tab_order

_LAWYERS_OWN = ("firm", "licence_no")


class NewAccountCard(FormCard):
    """An ``AccountForm`` to fill in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SystemAccount()
        self.ui.setupUi(self)
        ui = self.ui
        self.fields = FormFields(
            ui.grid,
            {
                "role": (ui.roleLabel, ui.role),
                "duty": (ui.dutyLabel, ui.duty),
                "name": (ui.nameLabel, ui.name),
                "staff_no": (ui.staffNoLabel, ui.staffNo),
                "firm": (ui.firmLabel, ui.firm),
                "licence_no": (ui.licenceLabel, ui.licence),
                "login": (ui.loginLabel, ui.login),
                "password": (ui.passwordLabel, ui.password),
                "password_again": (ui.againLabel, ui.again),
            },
            self,
        )
        self.pair = PasswordPair(self.fields, ui.password, ui.again, ui.show)
        self.pair.use(ui.login.text)
        ui.rule.setText(f"密码{PASSWORD_RULE}")
        for role in Role:
            ui.role.addItem(role.label, role)
        for duty in Duty:
            ui.duty.addItem(duty.label, duty)
        ui.role.currentIndexChanged.connect(self._on_role)
        ui.login.textChanged.connect(self.pair.judge)
        set_tab_order((*self.stops(), ui.cancel))
        self.connect_keys(ui.save, ui.cancel)
        self._on_role()

    def role(self) -> Role:
        """The chosen role."""
        return Role.from_code(self.ui.role.currentData())

    def form(self) -> AccountForm:
        """What stands in the fields now."""
        ui = self.ui
        return AccountForm(
            login=ui.login.text(),
            name=ui.name.text(),
            staff_no=ui.staffNo.text(),
            role=self.role(),
            password=ui.password.text(),
            firm=ui.firm.text(),
            licence_no=ui.licence.text(),
            duty=Duty.from_code(ui.duty.currentData()),
        )

    def typed(self) -> bool:
        """Whether anything is typed that is not an account yet."""
        ui = self.ui
        return any(line.text() for line in (ui.login, ui.name, ui.staffNo, ui.password, ui.firm, ui.licence))

    def begin(self) -> None:
        """Empty the form for the next account."""
        ui = self.ui
        for line in (ui.login, ui.name, ui.staffNo, ui.firm, ui.licence):
            line.clear()
        self.pair.clear()
        ui.role.setCurrentIndex(0)
        ui.duty.setCurrentIndex(0)
        self.fields.show_faults(())
        ui.role.setFocus()

    def pair_faults(self) -> tuple[Fault, ...]:
        """What is wrong with the second typing; everything else the desk says."""
        return tuple(fault for fault in self.pair.own_faults() if fault.field == self.pair.again_name)

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show faults at their fields and go to the first; whether there was any."""
        return self.fields.show_faults(faults)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter and Tab go through, in order."""
        ui = self.ui
        return (
            ui.role,
            ui.duty,
            ui.name,
            ui.staffNo,
            ui.firm,
            ui.licence,
            ui.login,
            ui.password,
            ui.again,
            ui.show,
            ui.save,
        )

    def _on_role(self) -> None:
        lawyer = self.role() is Role.LAWYER
        for name in _LAWYERS_OWN:
            self.fields.set_visible(name, visible=lawyer)
        self.fields.set_visible("duty", visible=self.role() is Role.ADMINISTRATOR)
