"""紧急报告: the report on a page of its own, for whoever has just registered the visit.

A confidential matter has no page for a plain clerk; its report is reached by way of one's own visit of today.
"""

from PySide6.QtWidgets import QWidget

from onevisit.ui._forms.urgent_page import Ui_UrgentPageForm
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.urgent.panel import UrgentPanel
from onevisit.ui.urgent.section import KEYS
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import set_style


class UrgentPage(Page):
    """紧急报告: told at once, completed after."""

    key = "urgent"
    title = "紧急报告"

    def __init__(self, context: Context, sheets: HouseSheets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_UrgentPageForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.panel = UrgentPanel(context, sheets, self)
        self.ui.panel.addWidget(self.panel)
        set_style(self.panel.ui.save, role="primary")
        self.panel.shown.connect(self.ui.matter.setText)
        self.panel.keeper.said.connect(
            lambda words, tone: self.draft_said.emit(f"紧急报告单{words}" if words else "", tone)
        )
        self.ui.leave.clicked.connect(context.navigator.back)
        self._shown: tuple[int, int | None] | None = None

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None:
        """Show the report of a matter, by way of one's own visit if one is given."""
        self._shown = matter_id, visit_id
        self.ui.matter.setText("")
        self.panel.show_report(matter_id, visit_id)

    def refresh(self) -> None:
        """Read it anew; what is typed stays."""
        if self._shown is not None:
            self.panel.show_report(*self._shown)

    def shows(self) -> frozenset[str]:
        """Only what this page itself does."""
        return frozenset()

    def focus_first(self) -> None:
        """The first who is still to be told."""
        self.panel.focus_first()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return KEYS

    def unsaved(self) -> bool:
        """Whether something typed is not in the store, not even as a draft."""
        return self.panel.unsaved()

    def keep(self) -> None:
        """Keep what is typed."""
        self.panel.keep()

    def open_drafts(self) -> frozenset[int]:
        """The draft of what is typed here."""
        return self.panel.open_drafts()

    def go_back(self) -> bool:
        """Esc leaves the sheet, then the question about a wrong tick, then the page."""
        return self.panel.go_back()
