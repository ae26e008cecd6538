"""Showing to be an administrator: name and password, or the recovery code."""

from PySide6.QtWidgets import QLineEdit, QWidget

from onevisit.desk.errors import FormError, LogInFault
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.rescue_proof import Ui_RescueProof
from onevisit.ui.rescue.doors import Proof
from onevisit.ui.widgets.style import set_style


class ProofFields(QWidget):
    """Two ways, one of them in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_RescueProof()
        self.ui.setupUi(self)
        self.ui.byCode.toggled.connect(self._show_way)
        for field in self._fields():
            field.textEdited.connect(self.clear_fault)
        self._show_way()

    def begin_with(self, login: str) -> None:
        """Fill in whose password is asked for."""
        self.ui.login.setText(login)

    def proof(self) -> Proof:
        """What is typed, of the way that is in sight."""
        ui = self.ui
        if ui.byCode.isChecked():
            return Proof(recovery_code=ui.code.text().strip())
        return Proof(ui.login.text().strip(), ui.password.text())

    def missing(self) -> str:
        """Say what is not typed yet, and mark its field; empty if nothing is missing."""
        proof = self.proof()
        if self.ui.byCode.isChecked():
            return "" if proof.recovery_code else self._mark(self.ui.code, "请输入恢复码，8 组都要。")
        if not proof.login:
            return self._mark(self.ui.login, "请输入管理员的账号。")
        return "" if proof.password else self._mark(self.ui.password, "请输入密码。")

    def refuse_by(self, fault: PlainFault) -> None:
        """Mark what was typed where it was refused: a password has to be typed again. A full disk refuses no password.

        Args:
            fault: what the world did.
        """
        if isinstance(fault, LogInFault | FormError):
            self.ui.password.clear()
            self._mark(self.ui.code if self.ui.byCode.isChecked() else self.ui.password, "")

    def clear(self) -> None:
        """Keep no password and no code in a field."""
        self.ui.password.clear()
        self.ui.code.clear()
        self.clear_fault()

    def clear_fault(self) -> None:
        """Take the mark away."""
        for field in self._fields():
            set_style(field, tone="")

    def first(self) -> QWidget:
        """Where typing begins."""
        if self.ui.byCode.isChecked():
            return self.ui.code
        return self.ui.password if self.ui.login.text() else self.ui.login

    def stops(self) -> tuple[QWidget, ...]:
        """The fields in sight, in order."""
        return tuple(field for field in self._fields() if field.isVisible())

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.ui.login, self.ui.password, self.ui.code

    def _mark(self, field: QLineEdit, sentence: str) -> str:
        set_style(field, tone="fault")
        field.setFocus()
        return sentence

    def _show_way(self) -> None:
        ui = self.ui
        code = ui.byCode.isChecked()
        for widget in (ui.loginLabel, ui.login, ui.passwordLabel, ui.password):
            widget.setVisible(not code)
        for widget in (ui.codeLabel, ui.code):
            widget.setVisible(code)
        self.clear_fault()
