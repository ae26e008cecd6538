"""One press is one deed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import onevisit.ui
from onevisit.ui.widgets.once import REPEATS, OneClick, on_key


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    """A small window that is guarded."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    OneClick(window)
    return window


def put(place: QWidget, widget: QWidget) -> None:
    layout = place.layout()
    assert layout is not None
    layout.addWidget(widget)


def double_click(place: QWidget, widget: QWidget) -> None:
    """As the mouse does: by way of the window."""
    at = widget.mapTo(place, widget.rect().center())
    QTest.mouseDClick(place.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_a_double_click_presses_a_button_once(place: QWidget, qtbot: QtBot) -> None:
    button, leaf, pressed = QPushButton("登记"), QPushButton("下一份"), []
    leaf.setProperty(REPEATS, True)
    for one in (button, leaf):
        put(place, one)
        one.clicked.connect(lambda _=False, one=one: pressed.append(one))
    place.show()
    qtbot.waitExposed(place)
    double_click(place, button)
    assert pressed == [button]
    double_click(place, leaf)
    assert pressed == [button, leaf, leaf]


def test_what_came_in_the_buttons_place_is_not_pressed(place: QWidget, qtbot: QtBot) -> None:
    first, second, pressed = QPushButton("就是此人"), QPushButton("就是这件事"), []
    for one in (first, second):
        put(place, one)
        one.clicked.connect(lambda _=False, one=one: pressed.append(one))
    second.hide()

    def change() -> None:
        second.setGeometry(first.geometry())
        second.show()
        second.raise_()

    first.clicked.connect(change)
    place.show()
    qtbot.waitExposed(place)
    double_click(place, first)
    assert pressed == [first]


def test_a_list_gets_its_double_clicks(place: QWidget, qtbot: QtBot) -> None:
    rows, opened = QListWidget(), list[object]()
    rows.addItem("王伟")
    put(place, rows)
    rows.itemDoubleClicked.connect(opened.append)
    place.show()
    qtbot.waitExposed(place)
    double_click(place, rows.viewport())
    at = rows.viewport().mapTo(place, rows.visualItemRect(rows.item(0)).center())
    QTest.mouseDClick(place.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert len(opened) == 1


def test_a_key_does_its_deed_once_for_each_press(place: QWidget, qtbot: QtBot) -> None:
    done: list[int] = []
    shortcut = on_key("Ctrl+Return", place, lambda: done.append(1))
    assert not shortcut.autoRepeat()
    place.show()
    with qtbot.waitActive(place):
        place.activateWindow()
    qtbot.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]


def _made_in(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(QShortcut.__name__):
            yield f"{path.name}:{call.lineno}"


def test_no_shortcut_is_made_but_by_on_key() -> None:
    root = Path(onevisit.ui.__path__[0])
    found = [place for path in sorted(root.rglob("*.py")) if path.name != "once.py" for place in _made_in(path)]
    assert not found, f"these must go through ui.widgets.once.on_key, so that a held key does one deed: {found}"
