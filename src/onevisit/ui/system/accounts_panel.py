"""The administrator's list of accounts, with what can be done to each."""

from functools import partial

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from onevisit.desk import accounts
from onevisit.desk.accounts import AccountRow
from onevisit.desk.errors import FormError
from onevisit.rules.accounts import Duty, Role
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.system_accounts import Ui_SystemAccounts
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.accounts_model import NAME_COLUMN, AccountModel
from onevisit.ui.system.new_account import NewAccountCard
from onevisit.ui.system.panel import Panel
from onevisit.ui.system.password_card import PasswordCard
from onevisit.ui.widgets.style import em
from onevisit.ui.widgets.tables import set_up_table


class AccountsPanel(Panel):
    """The table on the left, a form on the right when something is being done."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_SystemAccounts()
        self.ui.setupUi(self)
        self._model = AccountModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._wanted = 0
        self.duties = self._duty_menu()
        self._build_table()
        self._connect()
        self.setFocusProxy(self.ui.table)
        self._choose()

    def refresh(self) -> None:
        """Read the accounts anew; the same one stays selected."""
        self.context.tasks.run(lambda: accounts.accounts(self.context.desk), self._show, owner=self)

    def unsaved(self) -> bool:
        """Whether an account or a password is being typed."""
        card = self.ui.side.currentWidget()
        return isinstance(card, NewAccountCard | PasswordCard) and card.typed()

    def shows(self) -> frozenset[str]:
        """The accounts."""
        return frozenset({"accounts"})

    def go_back(self) -> bool:
        """Esc puts the open form away."""
        if self.at_rest():
            return False
        self.put_away()
        return True

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the list and its forms."""
        return (
            KeyHelp("↑ ↓", "选一个账户"),
            KeyHelp("Alt+N / Alt+R / Alt+D", "添加账户 / 重设密码 / 停用"),
            KeyHelp("Alt+T", "改管理员的职责"),
            KeyHelp("Enter", "下一栏"),
            KeyHelp("Ctrl+Enter", "保存"),
            KeyHelp("Esc", "放下没填完的表"),
        )

    def at_rest(self) -> bool:
        """Whether no form is open."""
        return bool(self.ui.side.currentWidget() is self.ui.nothing)

    def selected(self) -> AccountRow | None:
        """The account of the selected row."""
        return self._model.row_at(self._sorted.mapToSource(self.ui.table.currentIndex()))

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        table = self.ui.table
        set_up_table(table, self._sorted, wide=NAME_COLUMN)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.fit_type()

    def _duty_menu(self) -> QMenu:
        menu = QMenu(self)
        for duty in Duty:
            menu.addAction(duty.label).triggered.connect(partial(self.change_duty, duty))
        self.ui.duty.setMenu(menu)
        return menu

    def _connect(self) -> None:
        ui = self.ui
        ui.table.selectionModel().currentChanged.connect(self._choose)
        ui.add.clicked.connect(self.begin_account)
        ui.reset.clicked.connect(self.begin_password)
        ui.enable.clicked.connect(self.begin_password)
        ui.disable.clicked.connect(self.disable_selected)
        for card in (ui.newAccount, ui.newPassword):
            card.left.connect(self.put_away)
        ui.newAccount.sent.connect(self._add)
        ui.newPassword.sent.connect(self._send_password)

    def fit_type(self) -> None:
        """Give what stands beside the table the width of its words; the table keeps its buttons."""
        wanted = em(self, 16 if self.at_rest() else 27)
        beside = self.ui.left.minimumSize().width() + self.ui.halves.spacing()
        self.ui.side.setFixedWidth(min(wanted, max(em(self, 12), self.width() - beside)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        self.fit_type()

    # -- what the administrator does --------------------------------------------------------------------------------

    def begin_account(self) -> None:
        """Open the form for a new account."""
        self.ui.side.setCurrentWidget(self.ui.newAccount)
        self.ui.newAccount.begin()
        self._choose()

    def begin_password(self) -> None:
        """Open the form for a new password of the selected account."""
        if (account := self.selected()) is not None:
            self.ui.side.setCurrentWidget(self.ui.newPassword)
            self.ui.newPassword.begin(account)
            self._choose()

    def put_away(self) -> None:
        """Leave the open form; what was typed in it is forgotten."""
        self.ui.newAccount.pair.clear()
        self.ui.newPassword.pair.clear()
        self.ui.side.setCurrentWidget(self.ui.nothing)
        self._choose()
        self.ui.table.setFocus()

    def disable_selected(self) -> None:
        """Ask once, then disable the selected account."""
        account = self.selected()
        if account is None:
            return
        self.context.messages.confirm(
            f"停用后，{account.name}（{account.staff_no}）马上不能登录，现在的密码作废；以前的登记都保留。"
            "以后可以重新启用，但要设新密码。",
            "停用",
            lambda: self._disable(account),
        )

    def change_duty(self, duty: Duty) -> None:
        """Ask once, then give the selected administrator another part of the duties."""
        account = self.selected()
        if account is None or account.duty is duty:
            return
        self.context.messages.confirm(
            f"{account.name}（{account.staff_no}）的职责由“{account.duty.label}”改为“{duty.label}”，"
            "下次登录起生效，并记入操作记录。",
            "改职责",
            lambda: self._change_duty(account, duty),
        )

    def _change_duty(self, account: AccountRow, duty: Duty) -> None:
        self.context.tasks.run(
            lambda: accounts.change_duty(self.context.desk, account.id, duty), self._on_duty, owner=self
        )

    def _disable(self, account: AccountRow) -> None:
        self.context.tasks.run_once(
            self.ui.disable,
            lambda: accounts.set_active(self.context.desk, account.id, active=False),
            self._on_disabled,
        )

    def _add(self) -> None:
        card = self.ui.newAccount
        if card.show_faults(card.pair_faults()):
            return
        form, desk = card.form(), self.context.desk
        self.context.tasks.run_once(card.ui.save, lambda: accounts.add(desk, form), self._on_added, self._on_refused)

    def _send_password(self) -> None:
        card, desk = self.ui.newPassword, self.context.desk
        account = card.account
        if account is None or card.show_faults(card.pair.own_faults()):
            return
        password = card.pair.password()

        def work() -> AccountRow:
            if account.active:
                accounts.reset_password(desk, account.id, password)
                return account
            return accounts.set_active(desk, account.id, active=True, password=password)

        self.context.tasks.run_once(
            card.ui.save, work, lambda row: self._on_password(row, enabled=not account.active), self._on_refused
        )

    # -- what comes back from the worker ----------------------------------------------------------------------------

    def _on_added(self, row: AccountRow) -> None:
        self._wanted = row.id
        self._done(f"已添加{row.role.label} {row.name}，工号 {row.staff_no}，账号 {row.login}。请当面告诉本人密码。")

    def _on_disabled(self, row: AccountRow) -> None:
        self._done(f"{row.name}（{row.staff_no}）已停用。")

    def _on_duty(self, row: AccountRow) -> None:
        self._done(f"{row.name}（{row.staff_no}）的职责已改为“{row.duty.label}”，下次登录起生效。")

    def _on_password(self, row: AccountRow, *, enabled: bool) -> None:
        self._done(f"{row.name}（{row.staff_no}）{'已重新启用' if enabled else '的密码已重设'}，请当面告诉本人新密码。")

    def _done(self, sentence: str) -> None:
        self.put_away()
        self.context.messages.fine(sentence)
        self.context.changes.say("accounts")
        self.refresh()

    def _on_refused(self, fault: PlainFault) -> None:
        card = self.ui.newAccount if self.ui.side.currentWidget() is self.ui.newAccount else self.ui.newPassword
        if not (isinstance(fault, FormError) and card.show_faults(fault.faults)):
            self.context.messages.failed(fault)

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, rows: tuple[AccountRow, ...]) -> None:
        kept = self.selected()
        wanted, self._wanted = self._wanted or (kept.id if kept else 0), 0
        scrolled = self.ui.table.verticalScrollBar().value()
        self._model.show(rows)
        row = max(self._model.row_of(wanted), 0)
        self.ui.table.setCurrentIndex(self._sorted.mapFromSource(self._model.index(row, 0)))
        self.ui.table.verticalScrollBar().setValue(scrolled)
        self._choose()

    def _choose(self) -> None:
        """Only what can be done with the selected account is on."""
        row, ui = self.selected(), self.ui
        own = row is not None and row.id == self.context.desk.actor.account_id
        free = self.at_rest()
        self.fit_type()
        ui.table.setEnabled(free)
        ui.add.setEnabled(free)
        ui.reset.setEnabled(free and row is not None and row.active and not own)
        ui.disable.setEnabled(free and row is not None and row.active and not own)
        ui.disable.setVisible(row is None or row.active)
        ui.duty.setVisible(row is not None and row.active and row.role is Role.ADMINISTRATOR)
        ui.duty.setEnabled(free and not own)
        ui.duty.setToolTip("自己的职责要由另一位管理员改。" if own else "")
        ui.enable.setVisible(row is not None and not row.active)
        ui.enable.setEnabled(free)
        ui.disable.setToolTip("自己的账户要由另一位管理员停用。" if own else "")
        ui.reset.setToolTip("自己的密码请从右上角账户菜单里改。" if own else "")
