"""What was just registered, with the next step; gone as soon as the next visitor is typed."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from onevisit.desk import gate
from onevisit.desk.gate import VisitGate
from onevisit.desk.register import Registered
from onevisit.rules import readiness
from onevisit.rules.faults import PlainFault
from onevisit.ui.page import Context
from onevisit.ui.registration.roster_dialog import open_roster
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import set_style

ROUTE_KEY = "Ctrl+G"


class SavedStrip(QFrame):
    """The visit that was saved last: its number, and where it goes on.

    Attributes:
        route: while the route is not decided.
        slip: while no slip came out.
        roster: of a group: who has signed.
        urgent: of an urgent matter: the report.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._saved: Registered | None = None
        self._typing = False
        set_style(self, role="band")
        self.words = plain_label("")
        self.route = self._button(f"定去向　{ROUTE_KEY}", "给刚登记的来访定去向")
        self.roster = self._button("代表签名", "登记刚登记的集体访里谁已签名")
        self.urgent = self._button("紧急报告", "填刚登记的紧急事项的报告单")
        self.slip = self._button("打印回执", "打印刚登记的来访的回执")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self.words, 1)
        for button in (self.urgent, self.slip, self.roster, self.route):
            row.addWidget(button)
        self.route.clicked.connect(self._go_to_route)
        self.roster.clicked.connect(self._show_roster)
        self.urgent.clicked.connect(self._go_to_report)
        self.slip.clicked.connect(self._go_to_slip)
        on_key(ROUTE_KEY, self, self._go_to_route)
        self.hide()

    @property
    def saved(self) -> Registered | None:
        """What was registered last at this page."""
        return self._saved

    def show_saved(self, saved: Registered) -> None:
        """Show what was just registered."""
        self._saved = saved
        again = f"，第 {saved.ordinal} 次来访" if saved.repeat else ""
        self.words.setText(f"刚登记：{saved.queue_no} 号{again}　{saved.visit_no}")
        self.roster.setVisible(saved.group)
        self.urgent.setVisible(saved.urgent)
        self.route.show()
        self.slip.show()
        self._follow()

    def read(self) -> None:
        """Ask which steps are still to be done; until that is known all are offered."""
        saved = self._saved
        if saved is None or self._typing:
            return
        desk, visit_id = self._context.desk, saved.visit_id
        self._context.tasks.run(lambda: gate.gate(desk, visit_id), self._on_gate, _offer_all, owner=self)

    def rest_while(self, *, typing: bool) -> None:
        """The next visitor is being typed: what was saved before makes room."""
        self._typing = typing
        self._follow()

    def stops(self) -> tuple[QPushButton, ...]:
        """What the Tab key goes through."""
        return self.urgent, self.slip, self.roster, self.route

    def _follow(self) -> None:
        self.setVisible(self._saved is not None and not self._typing)

    def _on_gate(self, found: VisitGate) -> None:
        if self._saved is None or self._saved.visit_id != found.visit_id:
            return
        wanted = {one.mend for one in found.gate.findings}
        self.route.setVisible(readiness.OPEN_ROUTE in wanted)
        self.slip.setVisible(readiness.PRINT_SLIP in wanted)

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        set_style(button, role="small")
        return button

    def _go_to_route(self) -> None:
        if self._saved is not None:
            self._context.navigator.open_route(self._saved.visit_id)

    def _show_roster(self) -> None:
        if self._saved is not None:
            open_roster(self._context, self._saved.visit_id, self.window())

    def _go_to_report(self) -> None:
        if self._saved is not None:
            self._context.navigator.open_urgent(self._saved.matter_id, self._saved.visit_id)

    def _go_to_slip(self) -> None:
        if self._saved is not None:
            self._context.navigator.print_slip(self._saved.visit_id)


def _offer_all(_: PlainFault) -> None:
    """What could not be read leaves every step offered."""
