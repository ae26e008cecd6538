"""The administrator's page: accounts, the unit, printers, how the window looks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from onevisit.ui._forms.system import Ui_SystemForm
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.accounts_panel import AccountsPanel
from onevisit.ui.system.look import Look, LookPanel
from onevisit.ui.system.printers_panel import PrintersPanel
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.system.unit_panel import UnitPanel

_WORDS = ("账户", "单位信息", "打印机", "显示")


class SystemPage(Page):
    """系统: one tab for each thing that the administrator keeps in order."""

    key = "system"
    title = "系统"

    def __init__(self, context: Context, sheets: HouseSheets, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SystemForm()
        self.ui.setupUi(self)
        self.accounts = AccountsPanel(context, self)
        self.unit = UnitPanel(context, self)
        self.printers = PrintersPanel(context, sheets, self)
        self.look = LookPanel(look, self)
        self._panels: tuple[QWidget, ...] = (self.accounts, self.unit, self.printers, self.look)
        for number, (panel, word) in enumerate(zip(self._panels, _WORDS, strict=True), start=1):
            tab = panel if panel is self.accounts else _scrolling(panel)
            self.ui.tabs.addTab(tab, f"{word} Alt+&{number}")
        self.ui.tabs.setDocumentMode(True)
        self.ui.tabs.currentChanged.connect(self._on_tab)
        look.changed.connect(self.accounts.fit_type)

    @property
    def panel(self) -> QWidget:
        """What the open tab shows."""
        return self._panels[self.ui.tabs.currentIndex()]

    def refresh(self) -> None:
        """Read anew what the open tab shows."""
        panel = self.panel
        if isinstance(panel, AccountsPanel | UnitPanel | PrintersPanel):
            panel.refresh()

    def shows(self) -> frozenset[str]:
        """The accounts and the unit; printers are asked when their tab is opened."""
        return frozenset({"accounts", "unit"}) if self.panel is not self.printers else frozenset()

    def focus_first(self) -> None:
        """Where the work of the open tab begins."""
        self.panel.setFocus()

    def unsaved(self) -> bool:
        """Whether an account or the unit is being changed."""
        return self.accounts.unsaved() or self.unit.unsaved()

    def go_back(self) -> bool:
        """Esc puts the open form away."""
        if self.panel is self.accounts and not self.accounts.at_rest():
            self.accounts.put_away()
            return True
        return False

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("Alt+1 … Alt+4", "账户 / 单位信息 / 打印机 / 显示"),
            KeyHelp("↑ ↓", "选一个账户"),
            KeyHelp("Alt+N / Alt+R / Alt+D", "添加账户 / 重设密码 / 停用"),
            KeyHelp("Enter", "下一栏"),
            KeyHelp("Ctrl+Enter", "保存"),
            KeyHelp("Esc", "放下没填完的表"),
        )

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
