"""再跑一趟？: the section of the matter's page with the gate of its last visit."""

from PySide6.QtWidgets import QVBoxLayout

from onevisit.desk.lookup import MatterView
from onevisit.ui.gate.visit_gate import VisitGatePanel
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context
from onevisit.ui.system.sheets import HouseSheets


class GateSection(MatterSection):
    """What would still bring the last visitor back."""

    key = "gate"
    word = "再跑一趟？"

    def __init__(self, context: Context, _sheets: HouseSheets | None) -> None:
        super().__init__()
        self.gate = VisitGatePanel(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.addWidget(self.gate)

    def wanted(self, view: MatterView) -> bool:
        """A matter with a visit, while it is kept and open."""
        return view.open and bool(view.visits) and super().wanted(view)

    def show_matter(self, view: MatterView) -> None:
        """Read the gate of the last visit."""
        self.gate.show_visit(max(view.visits, key=lambda one: one.ordinal).visit_id)

    def focus_first(self) -> None:
        """The button of the weightiest finding."""
        cards = self.gate.panel.cards()
        (cards[0].button if cards else self.gate).setFocus()

    def unsaved(self) -> bool:
        """Whether a reason is being typed."""
        return self.gate.asking()
