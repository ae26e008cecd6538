"""The administrator's page: one tab for each thing to be kept in order, each only for those it is for."""

from PySide6.QtWidgets import QWidget

from onevisit.rules.accounts import Permission
from onevisit.ui._forms.system import Ui_SystemForm
from onevisit.ui.page import Context
from onevisit.ui.system.accounts_panel import AccountsPanel
from onevisit.ui.system.backups_panel import BackupsPanel
from onevisit.ui.system.check_panel import CheckPanel
from onevisit.ui.system.keys_panel import KeysPanel
from onevisit.ui.system.look_panel import LookPanel
from onevisit.ui.system.panel import Tab, Tools
from onevisit.ui.system.policy_panel import PolicyPanel
from onevisit.ui.system.printers_panel import PrintersPanel
from onevisit.ui.system.tabbed import TabbedPage
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


class SystemPage(TabbedPage):
    """系统: an administrator with one part of the duties sees the tabs of that part."""

    key = "system"
    title = "系统"

    def __init__(self, context: Context, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SystemForm()
        self.ui.setupUi(self)
        theirs = (tab for tab in TABS if tab.permission is None or context.desk.may(tab.permission))
        self.fill(self.ui.tabs, ((tab.word, tab.make(context, tools, self), tab.scrolls) for tab in theirs))
