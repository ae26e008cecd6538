"""紧急: the section of the matter's page with the report of article 25."""

from PySide6.QtWidgets import QVBoxLayout

from onevisit.desk.lookup import MatterView
from onevisit.rules.accounts import Permission
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.urgent.panel import UrgentPanel


class UrgentSection(MatterSection):
    """The report of one urgent matter."""

    key = "urgent"
    word = "紧急"

    def __init__(self, context: Context, sheets: HouseSheets | None) -> None:
        super().__init__()
        self._may = context.desk.may(Permission.HANDLE)
        self.panel = UrgentPanel(context, sheets, self)
        self.panel.keeper.said.connect(
            lambda words, tone: self.draft_said.emit(f"紧急报告单{words}" if words else "", tone)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.addWidget(self.panel)

    def wanted(self, view: MatterView) -> bool:
        """Urgent matters have it, for whoever handles matters."""
        return self._may and view.urgent and super().wanted(view)

    def show_matter(self, view: MatterView) -> None:
        """Read the report, or open it."""
        self.panel.show_report(view.matter_id, view.seen.visit_id)

    def put_away(self) -> bool:
        """Esc leaves the sheet, then the question about a wrong tick."""
        return self.panel.go_back()

    def focus_first(self) -> None:
        """The first who is still to be told."""
        self.panel.focus_first()

    def unsaved(self) -> bool:
        """Whether something typed is not in the store, not even as a draft."""
        return self.panel.unsaved()

    def keep(self) -> None:
        """Keep what is typed."""
        self.panel.keep()

    def open_drafts(self) -> frozenset[int]:
        """The draft of what is typed here."""
        return self.panel.open_drafts()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the report."""
        return KEYS


KEYS = (KeyHelp("Alt+S", "保存紧急报告单"), KeyHelp("Alt+P", "预览、打印紧急报告单"))
