"""The window that brings a backup back: what it asks, how it waits, what it tells; and on real stores."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.rescue.doors import Proof
from onevisit.ui.rescue.restore import RestoreWindow
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

from .conftest import BACKUPS, DAMAGED, Doors

Left = list[tuple[str, str]]


@pytest.fixture
def window(doors: Doors, tasks: Tasks, theme: Theme, qtbot: QtBot) -> Iterator[RestoreWindow]:
    made = RestoreWindow(Errand(Rescue.RESTORE, "admin", backup=BACKUPS[1].folder), tasks, doors.doors())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0)
    yield made
    doors.gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    made.go_back()


@pytest.fixture
def left(window: RestoreWindow) -> Left:
    heard: Left = []
    window.left.connect(lambda login, said: heard.append((login, said)))
    return heard


def _trouble(window: RestoreWindow) -> str:
    return window.ui.troubleText.text() if window.ui.trouble.isVisible() else ""


def test_the_backup_somebody_came_for_is_chosen_and_the_password_is_next(window: RestoreWindow) -> None:
    assert window.selected is BACKUPS[1]
    assert window.fields.proof.ui.login.text() == "admin"
    assert window.fields.proof.ui.password.hasFocus()
    assert window.fields.count.text() == "找到 4 份"


def test_a_backup_is_brought_back_and_told_of(
    window: RestoreWindow, doors: Doors, left: Left, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    doors.gate.set()
    qtbot.keyClicks(window.fields.proof.ui.password, "Lianxi-2026")
    QTest.keyClick(window.fields.proof.ui.password, Qt.Key.Key_Return)
    assert window.ui.go.hasFocus(), "what replaces the data is pressed by itself"
    QTest.keyClick(window.ui.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.told)
    assert doors.asked == [None, BACKUPS[1].folder, Proof("admin", "Lianxi-2026")]
    assert window.fields.proof.ui.password.text() == "", "no password stays in a field"
    assert window.ui.back.isHidden()
    told = [label.text() for label in children(window.ui.told, QLabel)]
    assert told[-1] == "原来的数据保存在 /srv/onevisit/store/kept/20261124-140000，没有删除。"
    screenshot(window, "restore_told")
    window.ui.go.click()
    ((login, said),) = left
    assert login == "admin"
    assert "2026年11月24日 08:03" in said
    assert "共 1207 次来访，最后一次是 2026年11月24日 08:03。" in said


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_waiting_shows_what_and_how_far_and_can_be_stopped(
    window: RestoreWindow,
    doors: Doors,
    left: Left,
    theme: Theme,
    large: bool,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    window.resize(1366, 728)
    size = "large" if large else "normal"
    window.fields.proof.ui.password.setText("Lianxi-2026")
    screenshot(window, f"restore_asking_{size}")
    window.ui.go.click()
    window.ui.go.click()
    bar = window.ui.work
    qtbot.waitUntil(lambda: bar.isVisible() and bar.words.text() == "正在副本上试")
    assert bar.part.text() == "50%"
    assert not window.ui.asking.isEnabled()
    window.close()
    assert window.isVisible()
    assert left == [], "the cross does not leave work behind"
    assert "取消" in _trouble(window)
    screenshot(window, f"restore_working_{size}")
    bar.halt.click()
    doors.gate.set()
    qtbot.waitUntil(window.ui.asking.isEnabled)
    assert _trouble(window) == "已经取消，数据没有任何变化。"
    assert doors.asked.count(BACKUPS[1].folder) == 1, "pressed twice is asked once"
    assert window.fields.proof.ui.password.text() == "Lianxi-2026", "what was typed stays"
    assert bar.isHidden()


def test_a_wrong_password_is_said_and_the_rest_stays(window: RestoreWindow, qtbot: QtBot) -> None:
    window.fields.proof.ui.password.setText("wrong")
    window.ui.go.click()
    qtbot.waitUntil(lambda: bool(_trouble(window)))
    assert "密码" in _trouble(window)
    proof = window.fields.proof.ui
    assert proof.password.text() == ""
    assert proof.password.property("tone") == "fault"
    assert proof.password.hasFocus()
    assert proof.login.text() == "admin"
    assert window.selected is BACKUPS[1]


def test_the_recovery_code_will_do(window: RestoreWindow, doors: Doors, qtbot: QtBot) -> None:
    proof = window.fields.proof.ui
    proof.byCode.click()
    assert proof.password.isHidden()
    window.ui.go.click()
    assert _trouble(window) == "请输入恢复码，8 组都要。"
    assert proof.code.hasFocus()
    doors.gate.set()
    proof.code.setText("AAAA-BBBB")
    window.ui.go.click()
    qtbot.waitUntil(lambda: window.told)
    assert doors.asked[-1] == Proof(recovery_code="AAAA-BBBB")
    assert proof.code.text() == ""


def test_what_is_missing_is_said(window: RestoreWindow, doors: Doors) -> None:
    window.ui.go.click()
    assert _trouble(window) == "请输入密码。"
    window.fields.proof.ui.login.clear()
    window.ui.go.click()
    assert _trouble(window) == "请输入管理员的账号。"
    assert doors.asked == [None]


def test_a_damaged_backup_is_told_before_it_is_tried(window: RestoreWindow) -> None:
    window.fields.table.setCurrentIndex(window.model.index(3, 0))
    assert _trouble(window) == DAMAGED
    window.fields.table.setCurrentIndex(window.model.index(0, 0))
    assert _trouble(window) == ""


def test_another_folder_can_be_looked_in(
    window: RestoreWindow, doors: Doors, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    doors.there = ()
    window.look_in(Path("/media/usb"))
    qtbot.waitUntil(lambda: window.model.rowCount() == 0)
    assert doors.asked == [None, Path("/media/usb")]
    assert window.fields.empty.isVisible()
    assert window.fields.elsewhere.hasFocus()
    assert window.fields.count.text() == "/media/usb 里没有"
    assert not window.ui.go.isEnabled()
    screenshot(window, "restore_empty")


def test_esc_goes_back_without_a_word(window: RestoreWindow, left: Left) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert left == [("", "")]
