"""The lock of the real window over a real form: what a visitor sees, the password, the policy, the trail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import audit, policy
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.pages import page_entries, paper_work
from onevisit.rules.accounts import Role
from onevisit.ui.lock.lock import LOCKED_TITLE, Lock
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Messages
from onevisit.ui.notices import Notice
from onevisit.ui.preferences import Preferences
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.registration.people_dialog import PersonDialog
from onevisit.ui.system.look import Look
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.layouts import children

PASSWORD = "Lianxi-2026"
NAME = "欧阳修远"


@pytest.fixture
def window(
    desks: Callable[[Role], Desk], practice_house: House, tasks: Tasks, messages: Messages, theme: Theme,
    preferences: Preferences, resources: Path, tmp_path: Path, qtbot: QtBot,
) -> Iterator[MainWindow]:  # fmt: skip
    """The clerk's real window at 1366×768, on the registration page."""
    desk = desks(Role.CLERK)
    paper = paper_work(resources / "fonts", PdfFolderPrinter(tmp_path / "prints"))
    made = MainWindow(
        desk, tasks, messages, theme, preferences, page_entries(
            paper, Look(theme, preferences), tasks, lambda told: practice_house.rekey(desk, told)),
        check_password=lambda password: practice_house.check_password(desk, password),
    )  # fmt: skip
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    made.show_page("registration")
    qtbot.waitUntil(lambda: not tasks.busy)
    yield made
    tasks.forget()
    made.leave_now(log_in_again=False)
    made.deleteLater()


def _page(window: MainWindow) -> RegistrationPage:
    page = window.current
    assert isinstance(page, RegistrationPage)
    return page


def _seen_words() -> str:
    """Every word on the screen, and the titles of the windows."""
    words = []
    for one in QApplication.topLevelWidgets():
        if one.isVisible():
            words.append(one.windowTitle())
            words += [label.text() for label in children(one, QLabel) if label.isVisible()]
            words += [line.displayText() for line in children(one, QLineEdit) if line.isVisible()]
    return "\n".join(words)


def _unlock(window: MainWindow, password: str) -> None:
    window.lock.screen.password.setText(password)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)


def test_the_form_is_covered_and_comes_back_after_the_password(
    window: MainWindow, tasks: Tasks, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    window.context.navigator.register_new(NAME)
    page = _page(window)
    here = window.focusWidget()
    assert NAME in _seen_words()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.lock.locked)
    seen = _seen_words()
    assert NAME not in seen
    assert window.context.desk.actor.name not in seen
    assert window.context.desk.unit.name in seen
    assert "窗口接待员（工号 002） " in seen
    assert f"练习账户的密码：{PASSWORD}" in seen
    assert window.windowTitle() == f"【练习】{LOCKED_TITLE}"
    screenshot(window, "locked")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F1, Qt.Key.Key_Escape):
        QTest.keyClick(window.windowHandle(), key)
    assert window.current is page
    _unlock(window, "falsch")
    qtbot.waitUntil(lambda: bool(window.lock.screen.fault.text()))
    assert window.lock.locked
    assert window.lock.screen.password.text() == ""
    window.lock.screen.refuse("连续输错次数太多，请等 1 分钟后再试；忘记密码可请管理员重设。")
    told = window.lock.screen.fault
    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))
    screenshot(window, "locked-refused")
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert window.focusWidget() is here
    assert NAME in _seen_words()
    assert window.windowTitle() == "【练习】登记 · 最多访一次"
    assert window.lock.screen.password.text() == ""
    qtbot.waitUntil(lambda: not tasks.busy)


def test_an_open_dialog_with_a_name_is_covered_too(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window)
    page.panel.companions.add()
    dialog = page.panel.companions.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    assert isinstance(dialog, PersonDialog)
    dialog.ui.name.insert(NAME)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.lock.locked)
    assert NAME not in _seen_words()
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    qtbot.waitUntil(dialog.isVisible)
    assert NAME in _seen_words()
    dialog.reject()


def test_a_question_that_comes_while_it_is_locked_waits_behind_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    """The answer of work that ends only now: it is asked after the password, and the cursor goes back to its field."""
    page, here = _page(window), window.focusWidget()
    answers: list[str] = []
    window.lock.lock()
    window.context.messages.confirm(
        f"{NAME}的内容没有保存，要离开吗？",
        "离开",
        lambda: answers.append("离开"),
        refused=lambda: answers.append("留下"),
    )
    assert NAME not in _seen_words()
    assert window.focusWidget() is window.lock.screen.password
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert window.focusWidget() is window.asking.refuse
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert answers == ["留下"]
    assert window.current is page
    assert window.focusWidget() is here
    window.lock.lock()
    window.lock.screen.clear()
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert window.focusWidget() is here


def test_the_list_of_keys_comes_back_after_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    here = window.focusWidget()
    window.show_keys()
    assert window.focusWidget() is window.keys.leave
    window.lock.lock()
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert window.keys.isVisible()
    assert window.focusWidget() is window.keys.leave
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert window.focusWidget() is here


def test_the_menu_locks_and_an_empty_password_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.menu.lock_wanted.emit()
    assert window.lock.locked
    window.lock.screen.open.click()
    assert window.lock.screen.fault.text() == "请输入密码。"


def test_the_window_locks_by_itself_after_the_time_of_the_policy(
    window: MainWindow, desks: Callable[[Role], Desk], tasks: Tasks, qtbot: QtBot
) -> None:
    administrator = desks(Role.ADMINISTRATOR)
    short = Lock(window, window.context, lambda _: None, minute=0.02)
    window.lock.watch.stop()
    short.watch.stop()
    tasks.run(
        lambda: policy.save_policy(administrator, replace(policy.policy(administrator), idle_minutes=1)), lambda _: None
    )
    qtbot.waitUntil(lambda: not tasks.busy)
    window.context.changes.say("policy")
    qtbot.waitUntil(lambda: not tasks.busy)
    with qtbot.waitSignal(short.changed):
        short.watch.start()
    assert short.locked
    short.stop()


def test_the_trail_tells_who_locked_the_window(
    window: MainWindow, desks: Callable[[Role], Desk], tasks: Tasks, qtbot: QtBot
) -> None:
    window.lock.lock()
    window.lock.lock()
    qtbot.waitUntil(lambda: not tasks.busy)
    auditor = desks(Role.AUDITOR)
    found: list[audit.AuditRow] = []
    tasks.run(lambda: audit.entries(auditor), found.extend)
    qtbot.waitUntil(lambda: bool(found))
    locked = [row for row in found if row.action == "锁定窗口"]
    assert [(row.record, row.detail) for row in locked] == [(f"账户 {window.context.desk.actor.account_id}", "")]


def test_somebody_else_can_log_in_instead_and_what_was_typed_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.context.navigator.register_new(NAME)
    window.lock.lock()
    left: list[bool] = []
    window.left.connect(left.append)
    window.lock.screen.other.click()
    qtbot.waitUntil(lambda: left == [True])
    assert not _page(window).unsaved()


def test_what_cannot_be_kept_is_asked_about_before_somebody_else_logs_in(
    window: MainWindow, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    window.context.navigator.register_new(NAME)
    _page(window).draft_slot().draft_id = 999_999
    window.lock.lock()
    left: list[bool] = []
    window.left.connect(left.append)
    window.lock.screen.other.click()
    asking = window.lock.screen.asking
    qtbot.waitUntil(asking.isVisible)
    assert NAME not in _seen_words()
    screenshot(window, "locked-other")
    asking.refuse.click()
    assert window.lock.locked
    assert left == []
    window.lock.screen.other.click()
    qtbot.waitUntil(asking.isVisible)
    asking.agree.click()
    assert left == [True]


def test_a_locked_window_keeps_its_title(window: MainWindow) -> None:
    window.lock.lock()
    window.show_page("today")
    assert LOCKED_TITLE in window.windowTitle()


@pytest.mark.parametrize("large", [False, True])
def test_strips_and_the_state_of_the_backups_leave_room_for_the_form(
    window: MainWindow, theme: Theme, qtbot: QtBot, screenshot: Callable[[QWidget, str], None], large: bool
) -> None:
    theme.wear(theme.variant, large=large)
    window.ui.status.show_day(12, 31)
    window.ui.status.show_printer("回执打印机 就绪")
    window.ui.status.show_backup("备份 11月23日 10:42 已核验，U 盘没接上", "attention", "第二备份位置没有接上。")
    words = "已超过一天没有成功备份（最近一次 2026年11月23日 10:42），请管理员到“系统 › 备份”立即备份。"
    window.ui.notices.show_notices((Notice(words, "attention", "立即备份"),))
    status = window.ui.status
    labels = (status.day, status.practice, status.backup, status.printer, status.clock)
    qtbot.waitUntil(lambda: all(label.width() >= label.sizeHint().width() for label in labels))
    assert window.ui.notices.isVisible()
    assert window.width() == 1366
    screenshot(window, f"strip-{'large' if large else 'usual'}")
