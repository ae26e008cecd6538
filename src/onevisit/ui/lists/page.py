"""The page of the unit's own lists and rules: one tab for each; the hall reads, the administrator edits."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from onevisit.ui._forms.lists import Ui_ListsForm
from onevisit.ui.lists.codes_panel import CodesPanel
from onevisit.ui.lists.content_panel import ContentPanel
from onevisit.ui.lists.days_panel import DaysPanel
from onevisit.ui.lists.list_panel import ListPanel
from onevisit.ui.lists.organs_panel import OrgansPanel
from onevisit.ui.lists.papers_panel import PapersPanel
from onevisit.ui.lists.rules_panel import RulesPanel
from onevisit.ui.page import Context
from onevisit.ui.system.tabbed import TabbedPage

TABS: Final[tuple[tuple[str, Callable[[Context, QWidget], ListPanel]], ...]] = (
    ("单位名录", OrgansPanel),
    ("材料清单", PapersPanel),
    ("内容分类", ContentPanel),
    ("外部代码", CodesPanel),
    ("规则", RulesPanel),
    ("放假安排", DaysPanel),
)
"""The tabs in their order; a new one is a line here."""


class ListsPage(TabbedPage):
    """名录: what differs from place to place, as data that people can read and edit."""

    key = "lists"
    title = "名录"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_ListsForm()
        self.ui.setupUi(self)
        self.fill(self.ui.tabs, ((word, make(context, self), True) for word, make in TABS))
