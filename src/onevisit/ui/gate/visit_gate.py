"""The gate of a saved visit: what would still make the visitor come again, mended by a click or left with a reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from onevisit.desk import consult, gate
from onevisit.desk.gate import VisitGate
from onevisit.rules import readiness
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.readiness import Gate
from onevisit.ui.gate.fill_in_dialog import FillInDialog, can_fill_in, open_fill_in
from onevisit.ui.page import Context
from onevisit.ui.registration.gate_panel import GatePanel
from onevisit.ui.registration.roster_dialog import open_roster
from onevisit.ui.tasks import Task

_PROMISES = "after_visit"
"""The section of the matter where a promise is written down."""


class VisitGatePanel(QWidget):
    """Reads the gate of one visit, and does what its buttons stand for.

    Signals:
        told(): it was read anew.
    """

    told = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit_id = 0
        self._found: VisitGate | None = None
        self._reading: Task | None = None
        self._dialog: FillInDialog | None = None
        self.panel = GatePanel(self, saved=True, may_leave=context.desk.may(Permission.REGISTER))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.panel.mend.connect(self.mend)
        self.panel.leave.connect(self._leave)
        self.panel.again.connect(self._ask_again)

    @property
    def found(self) -> VisitGate | None:
        """The gate as it was read last."""
        return self._found

    def show_visit(self, visit_id: int) -> None:
        """Read the gate of a visit, or the same one anew."""
        if visit_id != self._visit_id:
            self._visit_id, self._found = visit_id, None
            self.panel.show_gate(Gate((), ()))
        self.read()

    def read(self) -> None:
        """Ask anew what is open."""
        if not self._visit_id:
            return
        if self._reading is not None:
            self._reading.cancel()
        desk, visit_id = self._context.desk, self._visit_id
        self._reading = self._context.tasks.run(
            lambda: gate.gate(desk, visit_id), self._on_read, self._on_not_read, owner=self
        )

    def stretch_to_content(self) -> None:
        """Take the room that the cards need, where something around it scrolls already."""
        scroll, layout = self.panel.ui.scroll, self.panel.ui.cards.layout()
        if layout is not None:
            # -1 where no line of the cards can wrap
            scroll.setMinimumHeight(max(layout.heightForWidth(scroll.viewport().width()), 0))

    def mend(self, action: str) -> None:
        """Go where a finding is mended."""
        found, navigator = self._found, self._context.navigator
        if found is None:
            return
        ways: dict[str, Callable[[], None]] = {
            readiness.PRINT_SLIP: partial(navigator.print_slip, found.visit_id),
            readiness.OPEN_ROUTE: partial(navigator.open_route, found.visit_id),
            readiness.PRINT_NOTICE: partial(navigator.open_route, found.visit_id),
            readiness.OPEN_URGENT: partial(navigator.open_urgent, found.matter_id, found.visit_id),
            readiness.OPEN_PROMISES: partial(navigator.open_matter, found.matter_id, _PROMISES),
            readiness.OPEN_ORGANS: partial(navigator.show_page, "lists"),
            readiness.SHOW_WAITING: partial(navigator.show_page, "today"),
            readiness.OPEN_ROSTER: partial(open_roster, self._context, found.visit_id, self.window()),
            readiness.SEND_TO_LAWYER: self._send_to_lawyer,
        }
        ways.get(action, partial(self._mend_in_form, found, action))()

    def asking(self) -> bool:
        """Whether a reason is being typed, or something is being filled in."""
        dialog = self._dialog
        filling = dialog is not None and isValid(dialog) and dialog.isVisible() and dialog.changed()
        return self.panel.asking() or filling

    def _mend_in_form(self, found: VisitGate, action: str) -> None:
        """What the form left out is filled in; what it cannot take any more is left with a reason, in one line."""
        path = action.removeprefix(readiness.FOCUS)
        finding = next((one for one in found.gate.findings if one.mend == action), None)
        if not self._context.desk.may(Permission.REGISTER):
            self._context.navigator.open_matter(found.matter_id)
        elif can_fill_in(path):
            open_fill_in(self._context, found.visit_id, path, self.window(), self._on_dialog)
        elif finding is not None:
            self.panel.ask_reason(finding.key)

    def _on_dialog(self, dialog: FillInDialog) -> None:
        self._dialog = dialog
        dialog.accepted.connect(self.read)

    def _send_to_lawyer(self) -> None:
        desk, visit_id = self._context.desk, self._visit_id
        self._context.tasks.run(
            lambda: consult.send_to_lawyer(desk, visit_id), lambda _: self._changed("consultations"), owner=self
        )

    def _leave(self, finding: str, reason: str) -> None:
        desk, visit_id = self._context.desk, self._visit_id
        self._context.tasks.run(
            lambda: gate.leave_open(desk, visit_id, finding, reason),
            lambda _: self._changed("matters"),
            partial(self._on_not_left, finding, reason),
            owner=self,
        )

    def _ask_again(self, finding: str) -> None:
        """Show once more what was left, with its reason in the line; it stays left until another is given."""
        if self._found is None:
            return
        left = {one.finding.key: one for one in self._found.gate.left}
        if finding in left:
            shown = self._found.gate
            kept = tuple(one for one in shown.left if one.finding.key != finding)
            self.panel.show_gate(Gate((*shown.findings, left[finding].finding), shown.fine, kept))
            self.panel.ask_reason(finding, left[finding].reason)

    def _changed(self, what: str) -> None:
        self._context.changes.say(what)
        self.read()

    def _on_read(self, found: VisitGate) -> None:
        self._reading, self._found = None, found
        self.panel.show_gate(found.gate, complete=True)
        self.told.emit()

    def _on_not_read(self, fault: PlainFault) -> None:
        self._reading = None
        self._context.messages.fault(fault.sentence)

    def _on_not_left(self, finding: str, reason: str, fault: PlainFault) -> None:
        self._context.messages.fault(fault.sentence)
        self.panel.ask_reason(finding, reason)
