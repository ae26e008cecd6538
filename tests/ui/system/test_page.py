"""The administrator's page, on a real store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import unit
from onevisit.desk.errors import LogInFault
from onevisit.desk.house import House
from onevisit.rules.accounts import Duty, Role
from onevisit.ui.messages import Question
from onevisit.ui.page import Context
from onevisit.ui.preferences import Preferences
from onevisit.ui.system.accounts_panel import AccountsPanel
from onevisit.ui.system.look_panel import LookPanel
from onevisit.ui.system.page import SystemPage
from onevisit.ui.system.panel import Tools
from onevisit.ui.system.printers_panel import PrintersPanel
from onevisit.ui.system.unit_panel import UnitPanel
from onevisit.ui.theme import Theme, Variant

PASSWORD = "Jiefang-77x"


@pytest.fixture
def page(qtbot: QtBot, context: Context, tools: Tools, theme: Theme, preferences: Preferences) -> Iterator[SystemPage]:
    made = SystemPage(context, tools)
    qtbot.addWidget(made)
    made.resize(1196, 688)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.panel_of(AccountsPanel).selected() is not None)
    yield made
    qtbot.waitUntil(lambda: not context.tasks.busy)


@pytest.fixture
def open_tab(qtbot: QtBot, page: SystemPage, context: Context) -> Callable[[int], None]:
    def open_(place: int) -> None:
        page.ui.tabs.setCurrentIndex(place)
        qtbot.waitUntil(lambda: not context.tasks.busy)

    return open_


def fill_account(page: SystemPage, role: Role, login: str, staff_no: str) -> None:
    page.panel_of(AccountsPanel).begin_account()
    ui = page.panel_of(AccountsPanel).ui.newAccount.ui
    ui.role.setCurrentIndex(ui.role.findText(role.label))
    ui.name.setText("周涛")
    ui.staffNo.setText(staff_no)
    ui.login.setText(login)
    ui.password.setText(PASSWORD)
    ui.again.setText(PASSWORD)


def choose_account(page: SystemPage, staff_no: str) -> None:
    model = page.panel_of(AccountsPanel).ui.table.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == staff_no)
    page.panel_of(AccountsPanel).ui.table.setCurrentIndex(model.index(row, 0))


def settle(qtbot: QtBot, page: SystemPage) -> None:
    qtbot.waitUntil(lambda: not page.context.tasks.busy)


def test_the_table_shows_every_account_in_words(page: SystemPage) -> None:
    model = page.panel_of(AccountsPanel).ui.table.model()
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert rows[1] == ["002", "窗口员", "窗口接待员", "chuangkou", "✓ 在用"]
    assert rows[2][1] == "律师甲（示例(枣庄)律师事务所）"


def test_a_new_clerk_can_log_in(
    qtbot: QtBot, page: SystemPage, practice_house: House, said: list[tuple[str, str]]
) -> None:
    fill_account(page, Role.CLERK, "Zhoutao", "012")
    assert page.unsaved()
    QTest.keyClick(
        page.panel_of(AccountsPanel).ui.newAccount.ui.again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: bool(said))
    settle(qtbot, page)
    assert said == [("fine", "已添加窗口接待员 周涛，工号 012，账号 zhoutao。请当面告诉本人密码。")]
    assert page.panel_of(AccountsPanel).selected().staff_no == "012"  # type: ignore[union-attr]  # None fails the test too
    assert not page.unsaved()
    assert practice_house.log_in("zhoutao", PASSWORD).actor.name == "周涛"


def test_only_a_lawyer_is_asked_for_firm_and_licence(page: SystemPage) -> None:
    fill_account(page, Role.CLERK, "zhoutao", "012")
    card = page.panel_of(AccountsPanel).ui.newAccount
    assert not card.ui.firm.isVisible()
    card.ui.role.setCurrentIndex(card.ui.role.findText(Role.LAWYER.label))
    assert card.ui.firm.isVisible()
    assert card.ui.licence.isVisible()


def test_an_administrator_is_given_a_part_of_the_duties_and_it_changes_hands(
    qtbot: QtBot,
    page: SystemPage,
    practice_house: House,
    questions: list[Question],
    screenshot: Callable[[QWidget, str], None],
) -> None:
    panel = page.panel_of(AccountsPanel)
    fill_account(page, Role.CLERK, "zhoutao", "012")
    card = panel.ui.newAccount
    assert not card.ui.duty.isVisible()
    card.ui.role.setCurrentIndex(card.ui.role.findText(Role.ADMINISTRATOR.label))
    assert card.ui.duty.isVisible()
    card.ui.duty.setCurrentIndex(card.ui.duty.findText("安全管理"))
    qtbot.waitUntil(lambda: panel.ui.side.geometry().right() < panel.width())
    screenshot(page, "account-duty-new")
    card.ui.save.click()
    qtbot.waitUntil(panel.at_rest)
    settle(qtbot, page)
    choose_account(page, "012")
    assert (row := panel.selected()) is not None
    assert row.duty is Duty.SECURITY
    model = panel.ui.table.model()
    assert model.index(panel.ui.table.currentIndex().row(), 2).data() == "管理员（安全管理）"
    assert panel.ui.duty.isEnabled()
    screenshot(page, "account-duty-list")
    next(action for action in panel.duties.actions() if action.text() == "系统管理").trigger()
    assert "由“安全管理”改为“系统管理”" in questions[0].text
    questions[0].agreed()
    qtbot.waitUntil(lambda: (one := panel.selected()) is not None and one.duty is Duty.SYSTEM)
    settle(qtbot, page)
    assert practice_house.log_in("zhoutao", PASSWORD).actor.duty is Duty.SYSTEM
    choose_account(page, "001")
    assert not panel.ui.duty.isEnabled(), "nobody changes his own"
    choose_account(page, "002")
    assert not panel.ui.duty.isVisible()


def test_every_fault_of_a_new_account_stands_at_its_field(qtbot: QtBot, page: SystemPage) -> None:
    fill_account(page, Role.LAWYER, "周", "001")
    card = page.panel_of(AccountsPanel).ui.newAccount
    card.ui.save.click()
    qtbot.waitUntil(lambda: bool(card.fields.field("staff_no").fault))
    assert card.fields.field("staff_no").fault == "这个工号已经有人用，请核对。"
    assert card.fields.field("licence_no").fault == "律师执业证号应为 17 位数字，请核对。"
    assert card.fields.field("login").fault == "账号应为 2 至 30 位英文字母或数字，请核对。"
    assert card.ui.name.text() == "周涛"
    card.ui.login.setText("zhou")
    assert card.fields.field("login").fault == ""


def test_two_different_passwords_are_refused_before_the_desk_is_asked(page: SystemPage) -> None:
    fill_account(page, Role.CLERK, "zhoutao", "012")
    card = page.panel_of(AccountsPanel).ui.newAccount
    assert card.fields.field("password").fine == "符合要求"
    card.ui.again.setText("Jiefang-88x")
    card.ui.save.click()
    assert card.fields.field("password_again").fault == "两次输入的密码不一样，请重新输入。"
    assert not page.context.tasks.busy


def test_enter_walks_through_the_form_and_esc_puts_it_away(qtbot: QtBot, page: SystemPage) -> None:
    page.panel_of(AccountsPanel).begin_account()
    card = page.panel_of(AccountsPanel).ui.newAccount
    card.ui.name.setFocus()
    QTest.keyClick(card.ui.name, Qt.Key.Key_Return)
    assert page.window().focusWidget() is card.ui.staffNo
    QTest.keyClick(card.ui.staffNo, Qt.Key.Key_Return)
    assert page.window().focusWidget() is card.ui.login  # the lawyer's fields are hidden
    assert page.go_back()
    assert page.panel_of(AccountsPanel).at_rest()
    assert not page.go_back()


def test_disabling_asks_first_and_enabling_wants_a_new_password(
    qtbot: QtBot, page: SystemPage, practice_house: House, questions: list[Question]
) -> None:
    choose_account(page, "002")
    page.panel_of(AccountsPanel).ui.disable.click()
    assert "马上不能登录" in questions[0].text
    questions[0].agreed()
    qtbot.waitUntil(lambda: (row := page.panel_of(AccountsPanel).selected()) is not None and not row.active)
    with pytest.raises(LogInFault):
        practice_house.log_in("chuangkou", "Lianxi-2026")
    assert not page.panel_of(AccountsPanel).ui.reset.isEnabled()
    page.panel_of(AccountsPanel).ui.enable.click()
    card = page.panel_of(AccountsPanel).ui.newPassword
    card.ui.password.setText(PASSWORD)
    card.ui.again.setText(PASSWORD)
    card.ui.save.click()
    qtbot.waitUntil(page.panel_of(AccountsPanel).at_rest)
    settle(qtbot, page)
    assert practice_house.log_in("chuangkou", PASSWORD).actor.staff_no == "002"


def test_a_reset_password_works_and_a_weak_one_is_refused(
    qtbot: QtBot, page: SystemPage, practice_house: House
) -> None:
    choose_account(page, "002")
    page.panel_of(AccountsPanel).ui.reset.click()
    card = page.panel_of(AccountsPanel).ui.newPassword
    assert "窗口员（002）" in card.ui.heading.text()
    assert card.ui.rule.text().startswith("至少 8 位")
    assert not page.unsaved()
    card.ui.password.setText("abc")
    assert page.unsaved()
    card.ui.save.click()
    assert card.fields.field("password").fault == "密码至少 8 位，现在是 3 位。"
    card.ui.password.setText(PASSWORD)
    card.ui.again.setText(PASSWORD)
    card.ui.save.click()
    qtbot.waitUntil(page.panel_of(AccountsPanel).at_rest)
    settle(qtbot, page)
    assert practice_house.log_in("chuangkou", PASSWORD)


def test_nobody_disables_himself(page: SystemPage) -> None:
    choose_account(page, "001")
    assert not page.panel_of(AccountsPanel).ui.disable.isEnabled()
    assert page.panel_of(AccountsPanel).ui.disable.toolTip() == "自己的账户要由另一位管理员停用。"


def test_the_unit_is_changed_or_put_back(
    qtbot: QtBot, page: SystemPage, open_tab: Callable[[int], None], said: list[tuple[str, str]]
) -> None:
    open_tab(1)
    ui = page.panel_of(UnitPanel).fields.ui
    before = ui.name.text()
    assert not page.panel_of(UnitPanel).ui.save.isEnabled()
    ui.name.setText("另一个中心")
    assert page.unsaved()
    page.panel_of(UnitPanel).undo()
    assert ui.name.text() == before
    ui.address.setText("枣庄市薛城区示例路2号")
    page.panel_of(UnitPanel).ui.save.click()
    qtbot.waitUntil(lambda: bool(said))
    settle(qtbot, page)
    assert page.context.desk.unit.address == "枣庄市薛城区示例路2号"
    assert not page.unsaved()


def test_a_wrong_unit_is_told_at_its_fields(qtbot: QtBot, page: SystemPage, open_tab: Callable[[int], None]) -> None:
    open_tab(1)
    fields = page.panel_of(UnitPanel).fields
    fields.ui.phone.set_number("12ab")
    fields.ui.window.setText("x")
    page.panel_of(UnitPanel).ui.save.click()
    qtbot.waitUntil(lambda: bool(fields.fields.field("phone").fault))
    assert "不是数字" in fields.fields.field("phone").fault
    assert "窗口号" in fields.fields.field("window_no").fault
    assert fields.ui.window.text() == "x"


def test_printers_are_chosen_for_each_paper_and_tell_their_state(
    qtbot: QtBot, page: SystemPage, open_tab: Callable[[int], None], said: list[tuple[str, str]]
) -> None:
    open_tab(2)
    roll, a5, _ = page.panel_of(PrintersPanel).rows
    assert roll.state.text() == "✓ 就绪（系统默认）"
    a5.queue.setCurrentIndex(1)
    a5.queue.activated.emit(1)
    qtbot.waitUntil(lambda: bool(said))
    assert a5.state.text() == "！ 已停用"
    assert unit.printer_choices(page.context.desk) == {"a5": "upstairs"}
    page.panel_of(PrintersPanel).refresh()
    settle(qtbot, page)
    assert a5.queue.currentData() == "upstairs"


def test_a_test_page_reaches_the_printer_and_a_refusal_is_told(
    qtbot: QtBot, page: SystemPage, open_tab: Callable[[int], None], said: list[tuple[str, str]], tmp_path: Path
) -> None:
    open_tab(2)
    page.panel_of(PrintersPanel).rows[0].test.click()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][0] == "fine"
    (file,) = (tmp_path / "paper").iterdir()
    assert "打印测试页" in PdfReader(file).pages[0].extract_text()
    page.panel_of(PrintersPanel).rows[1].queue.setCurrentIndex(1)
    page.panel_of(PrintersPanel).rows[1].test.click()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1][0] == "fault"


def test_the_look_is_worn_at_once_and_kept(
    page: SystemPage, open_tab: Callable[[int], None], theme: Theme, preferences: Preferences
) -> None:
    open_tab(3)
    choice = page.panel_of(LookPanel).choice.ui
    choice.dark.click()
    choice.large.click()
    assert (theme.variant, theme.large) == (Variant.DARK, True)
    assert (preferences.variant, preferences.large) == (Variant.DARK, True)
    theme.wear(Variant.CONTRAST, large=False)
    assert choice.contrast.isChecked()
    assert not choice.large.isChecked()


@pytest.mark.parametrize("large", [False, True])
def test_nothing_on_the_tabs_is_wider_than_the_page(
    qtbot: QtBot, page: SystemPage, open_tab: Callable[[int], None], theme: Theme, *, large: bool
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    for place in range(4):
        open_tab(place)
        assert page.minimumSizeHint().width() <= 1196
    open_tab(0)
    page.panel_of(AccountsPanel).begin_account()
    side = page.panel_of(AccountsPanel).ui.side
    qtbot.waitUntil(lambda: side.mapTo(page, side.rect().bottomRight()).x() <= page.width())


def test_the_field_with_the_cursor_is_in_sight_on_a_low_screen(qtbot: QtBot, page: SystemPage) -> None:
    page.resize(760, 432)  # 1366×768 at 150 %
    fill_account(page, Role.LAWYER, "zhoutao", "012")
    ui = page.panel_of(AccountsPanel).ui.newAccount.ui
    for _ in range(6):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert page.window().focusWidget() is ui.password
    assert not ui.password.visibleRegion().isEmpty()


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty.SYSTEM, {"单位信息", "打印机", "显示"}),
        (Duty.SECURITY, {"账户", "显示"}),
    ],
)
def test_an_administrator_sees_the_tabs_of_his_part_of_the_duties(
    qtbot: QtBot, context: Context, tools: Tools, theme: Theme, preferences: Preferences,
    duty: Duty, words: set[str],
) -> None:  # fmt: skip
    context.desk.actor = replace(context.desk.actor, duty=duty)
    page = SystemPage(context, tools)
    qtbot.addWidget(page)
    seen = [page.ui.tabs.tabText(place).removesuffix(f" Alt+&{place + 1}") for place in range(page.ui.tabs.count())]
    assert words <= set(seen)
    assert len(seen) == len(page.panels)
    assert page.key_help()[0].does == " / ".join(seen)
    with pytest.raises(LookupError):
        page.panel_of(AccountsPanel if duty is Duty.SYSTEM else UnitPanel)
