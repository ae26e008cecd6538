"""The administrator's page: one tab for each thing to be kept in order, each only for those it is for."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from onevisit.rules.accounts import Permission
from onevisit.ui._forms.system import Ui_SystemForm
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.accounts_panel import AccountsPanel
from onevisit.ui.system.backups_panel import BackupsPanel
from onevisit.ui.system.check_panel import CheckPanel
from onevisit.ui.system.keys_panel import KeysPanel
from onevisit.ui.system.look_panel import LookPanel
from onevisit.ui.system.panel import Panel, Tab, Tools
from onevisit.ui.system.policy_panel import PolicyPanel
from onevisit.ui.system.printers_panel import PrintersPanel
from onevisit.ui.system.unit_panel import UnitPanel


def _accounts(context: Context, tools: Tools, page: QWidget) -> AccountsPanel:
    panel = AccountsPanel(context, page)
    tools.look.changed.connect(panel.fit_type)
    return panel


def _backups(context: Context, tools: Tools, page: QWidget) -> BackupsPanel:
    return BackupsPanel(context, tools.background, page)


def _keys(context: Context, tools: Tools, page: QWidget) -> KeysPanel:
    return KeysPanel(context, tools.sheets, tools.rekey, page)


TABS = (
    Tab("账户", Permission.MANAGE_ACCOUNTS, _accounts, scrolls=False),
    Tab("单位信息", Permission.MANAGE_UNIT, lambda context, _, page: UnitPanel(context, page)),
    Tab("打印机", Permission.MANAGE_UNIT, lambda context, tools, page: PrintersPanel(context, tools.sheets, page)),
    Tab("显示", None, lambda _, tools, page: LookPanel(tools.look, page)),
    Tab("安全", Permission.MANAGE_POLICY, lambda context, _, page: PolicyPanel(context, page)),
    Tab("备份", Permission.KEEP_BACKUPS, _backups, scrolls=False),
    Tab("检查", Permission.CHECK_STORE, lambda context, tools, page: CheckPanel(context, tools.background, page)),
    Tab("密钥", Permission.CHANGE_KEY, _keys),
)
"""The tabs in their order; a new one is a line here."""

P = TypeVar("P", bound=Panel)


class SystemPage(Page):
    """系统: an administrator with one part of the duties sees the tabs of that part."""

    key = "system"
    title = "系统"

    def __init__(self, context: Context, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SystemForm()
        self.ui.setupUi(self)
        self.tabs = tuple(tab for tab in TABS if tab.permission is None or context.desk.may(tab.permission))
        self.panels = tuple(tab.make(context, tools, self) for tab in self.tabs)
        for number, (tab, panel) in enumerate(zip(self.tabs, self.panels, strict=True), start=1):
            self.ui.tabs.addTab(_scrolling(panel) if tab.scrolls else panel, f"{tab.word} Alt+&{number}")
        self.ui.tabs.setDocumentMode(True)
        self.ui.tabs.currentChanged.connect(self._on_tab)

    @property
    def panel(self) -> Panel:
        """What the open tab shows."""
        return self.panels[self.ui.tabs.currentIndex()]

    def panel_of(self, kind: type[P]) -> P:
        """The panel of a kind.

        Raises:
            LookupError: this person does not have it.
        """
        for panel in self.panels:
            if isinstance(panel, kind):
                return panel
        raise LookupError(kind.__name__)

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
        """Esc puts the open form away."""
        return self.panel.go_back()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page and of the open tab."""
        last = len(self.tabs)
        words = " / ".join(tab.word for tab in self.tabs)
        return (KeyHelp("Alt+1" if last == 1 else f"Alt+1 … Alt+{last}", words), *self.panel.key_help())

    def _on_tab(self) -> None:
        self.refresh()
        self.focus_first()


def _scrolling(panel: QWidget) -> QScrollArea:
    """A panel that is never squeezed: where the screen is too low, it scrolls."""
    area = QScrollArea()
    area.setProperty("role", "plain")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    panel.setProperty("role", "plain")
    area.setWidget(panel)
    return area
