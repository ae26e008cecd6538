"""Covering everything and giving it back: focus, cursor, scroll, dialogs, menus, what opens meanwhile."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from onevisit.ui.lock.cover import Cover


class Work(QMainWindow):
    """A window with a name, a long text and a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        central = QWidget()
        self.name = QLineEdit("王伟", central)
        self.text = QPlainTextEdit("\n".join(str(line) for line in range(200)), central)
        column = QVBoxLayout(central)
        column.addWidget(self.name)
        column.addWidget(self.text)
        self.setCentralWidget(central)
        self.floating = QLineEdit(self)
        self.floating.show()
        self.pressed = 0
        QShortcut(QKeySequence("F3"), central, self._press)
        self.screen_ = QWidget(self)
        self.field = QLineEdit(self.screen_)
        self.button = QPushButton(self.screen_)
        self.screen_.hide()
        self.cover = Cover(self, self.screen_, self.field)

    def _press(self) -> None:
        self.pressed += 1


@pytest.fixture
def window(qtbot: QtBot) -> Work:
    made = Work()
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_focus_cursor_selection_and_scroll_come_back(window: Work) -> None:
    ended: list[str] = []
    window.name.editingFinished.connect(lambda: ended.append("name"))
    window.name.setFocus()
    window.name.setSelection(1, 1)
    bar = window.text.verticalScrollBar()
    bar.setValue(77)
    window.cover.put_on()
    assert window.focusWidget() is window.field
    assert not window.name.isVisible()
    window.cover.take_off()
    assert window.focusWidget() is window.name
    assert (window.name.selectedText(), window.name.text()) == ("伟", "王伟")
    assert bar.value() == 77
    assert ended == []
    assert not window.screen_.isVisible()
    assert window.floating.isVisible()


def test_no_key_and_no_focus_gets_through(window: Work) -> None:
    window.name.setFocus()
    window.cover.put_on()
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_F3)
    assert window.pressed == 0
    window.name.setFocus()
    window.text.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_X)
    assert (window.field.text(), window.name.text()) == ("x", "王伟")
    for _ in range(4):
        QTest.keyClick(handle, Qt.Key.Key_Tab)
        assert window.screen_.isAncestorOf(window.focusWidget())
    window.cover.take_off()
    QTest.keyClick(handle, Qt.Key.Key_F3)
    assert window.pressed == 1


def test_the_screen_covers_the_whole_window_at_any_size(window: Work, qtbot: QtBot) -> None:
    window.cover.put_on()
    assert window.screen_.geometry() == window.rect()
    window.resize(640, 480)
    qtbot.waitUntil(lambda: window.screen_.geometry() == window.rect())


def test_a_screen_reader_finds_nothing_below(window: Work) -> None:
    window.cover.put_on()
    seen = []
    for widget in (window.name, window.text, window.floating, window.centralWidget()):
        state: Any = QAccessible.queryAccessibleInterface(widget).state()
        seen.append((bool(state.invisible), bool(state.disabled)))
    assert seen == [(True, True)] * 4


def test_an_open_dialog_is_put_aside_and_comes_back_as_it_was(window: Work, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    first, second = QLineEdit("37", dialog), QLineEdit("张三", dialog)
    column = QVBoxLayout(dialog)
    column.addWidget(first)
    column.addWidget(second)
    finished: list[int] = []
    dialog.finished.connect(finished.append)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    first.editingFinished.connect(lambda: finished.append(-1))
    second.editingFinished.connect(lambda: finished.append(-2))
    with qtbot.waitActive(dialog):
        dialog.open()
    second.setFocus()
    finished.clear()
    second.setFocus()
    second.setCursorPosition(1)
    window.cover.put_on()
    assert not dialog.isVisible()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P)
    assert window.field.text() == "p"
    window.cover.take_off()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.isVisible()
    assert dialog.focusWidget() is second
    assert (second.text(), second.cursorPosition()) == ("张三", 1)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert finished == []
    dialog.accept()
    assert finished == [1]


def test_menus_and_tooltips_go(window: Work, qtbot: QtBot) -> None:
    menu = QMenu(window)
    menu.addAction("王伟")
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QToolTip.showText(window.mapToGlobal(window.rect().center()), "王伟 370499", window)
    window.cover.put_on()
    assert not menu.isVisible()
    assert not QToolTip.isVisible()
    window.cover.take_off()
    assert not menu.isVisible()


def test_what_opens_while_it_is_covered_waits(window: Work, qtbot: QtBot) -> None:
    window.cover.put_on()
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert window.cover.on
    window.cover.take_off()
    qtbot.waitUntil(dialog.isVisible)
    dialog.accept()
    dialog.deleteLater()


def test_what_was_deleted_meanwhile_is_no_trouble(window: Work, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.open()
    window.floating.setFocus()
    window.cover.put_on()
    dialog.deleteLater()
    window.floating.deleteLater()
    with qtbot.waitSignal(dialog.destroyed):
        pass
    window.cover.take_off()
    window.cover.take_off()
    assert window.name.isVisible()


def test_a_covered_window_that_is_left_shows_nothing_of_itself_again(window: Work, qtbot: QtBot) -> None:
    own, foreign = QDialog(window), QDialog()
    qtbot.addWidget(foreign)
    for dialog in (own, foreign):
        dialog.show()
    window.cover.put_on()
    window.cover.leave_on()
    window.cover.leave_on()
    assert foreign.isVisible()
    assert not own.isVisible()
    assert not window.name.isVisible()
    assert not window.cover.on
