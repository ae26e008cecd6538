"""The page of the unit's own lists and rules: one tab for each; the hall reads, the administrator edits."""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtWidgets import QWidget

from onevisit.ui._forms.lists import Ui_ListsForm
from onevisit.ui.lists.codes_panel import CodesPanel
from onevisit.ui.lists.content_panel import ContentPanel
from onevisit.ui.lists.days_panel import DaysPanel
from onevisit.ui.lists.list_panel import ListPanel
from onevisit.ui.lists.organs_panel import OrgansPanel
from onevisit.ui.lists.papers_panel import PapersPanel
from onevisit.ui.lists.rules_panel import RulesPanel
from onevisit.ui.page import Context, KeyHelp, Page

TABS: Final[tuple[tuple[str, Callable[[Context, QWidget], ListPanel]], ...]] = (
    ("单位名录", OrgansPanel),
    ("材料清单", PapersPanel),
    ("内容分类", ContentPanel),
    ("外部代码", CodesPanel),
    ("规则", RulesPanel),
    ("放假安排", DaysPanel),
)
"""The tabs in their order; a new one is a line here."""

P = TypeVar("P", bound=ListPanel)


class ListsPage(Page):
    """名录: what differs from place to place, as data that people can read and edit."""

    key = "lists"
    title = "名录"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_ListsForm()
        self.ui.setupUi(self)
        self.panels = tuple(make(context, self) for _, make in TABS)
        for number, ((word, _), panel) in enumerate(zip(TABS, self.panels, strict=True), start=1):
            self.ui.tabs.addTab(panel, f"{word} Alt+&{number}")
        self.ui.tabs.setDocumentMode(True)
        self.ui.tabs.currentChanged.connect(self._on_tab)

    @property
    def panel(self) -> ListPanel:
        """What the open tab shows."""
        return self.panels[self.ui.tabs.currentIndex()]

    def panel_of(self, kind: type[P]) -> P:
        """The panel of a kind.

        Raises:
            LookupError: there is none.
        """
        for panel in self.panels:
            if isinstance(panel, kind):
                return panel
        raise LookupError(kind.__name__)

    def show_panel(self, kind: type[P]) -> P:
        """Open the tab of a kind."""
        panel = self.panel_of(kind)
        self.ui.tabs.setCurrentIndex(self.panels.index(panel))
        return panel

    def refresh(self) -> None:
        """Read anew what the open tab shows."""
        self.panel.refresh()

    def shows(self) -> frozenset[str]:
        """What the open tab shows."""
        return self.panel.shows()

    def focus_first(self) -> None:
        """Where the work of the open tab begins."""
        self.panel.setFocus()

    def unsaved(self) -> bool:
        """Whether something is being changed on any tab."""
        return any(panel.unsaved() for panel in self.panels)

    def go_back(self) -> bool:
        """Esc puts away what is open on the tab."""
        return self.panel.go_back()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page and of the open tab."""
        words = " / ".join(word for word, _ in TABS)
        return (KeyHelp(f"Alt+1 … Alt+{len(TABS)}", words), *self.panel.key_help())

    def _on_tab(self) -> None:
        self.refresh()
        self.focus_first()
