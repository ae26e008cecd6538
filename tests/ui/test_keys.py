"""The list of keys: the page's first, then those of every page; long lists scroll."""

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.ui.keys import KeyCard
from onevisit.ui.page import KeyHelp
from onevisit.ui.theme import Theme


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> KeyCard:
    window, below = QWidget(), QWidget()
    qtbot.addWidget(window)
    below.setParent(window)
    QVBoxLayout(window).addWidget(below)
    QPushButton("登记", below)
    made = KeyCard(window, below)
    window.resize(900, 480)
    with qtbot.waitActive(window):
        window.show()
    return made


def _labels(card: KeyCard) -> list[QLabel]:
    listing = card.area.widget()
    assert listing is not None
    return cast("list[QLabel]", listing.findChildren(QLabel))


def _words(card: KeyCard) -> list[str]:
    return [label.text() for label in _labels(card)]


def test_the_keys_of_the_page_come_first(card: KeyCard) -> None:
    card.show_keys("登记", (KeyHelp("Ctrl+Enter", "登记并打印回执"),), (KeyHelp("Esc", "返回"),))
    assert _words(card) == ["本页", "Ctrl+Enter", "登记并打印回执", "各页通用", "Esc", "返回"]
    assert card.leave.hasFocus()


def test_a_page_without_keys_has_no_empty_heading(card: KeyCard) -> None:
    card.show_keys("今日", (), (KeyHelp("Esc", "返回"),))
    assert _words(card) == ["各页通用", "Esc", "返回"]


def test_a_long_list_scrolls_inside_the_window(card: KeyCard, qtbot: QtBot) -> None:
    card.show_keys("登记", tuple(KeyHelp(f"Alt+{n}", f"第 {n} 项") for n in range(40)), ())
    qtbot.waitUntil(lambda: card.card.height() > 0)
    assert card.card.height() <= 480
    assert card.area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_it_closes_by_esc_and_by_enter(card: KeyCard, qtbot: QtBot, key: Qt.Key) -> None:
    card.show_keys("今日", (), (KeyHelp("Esc", "返回"),))
    qtbot.keyClick(card.leave, key)
    assert card.isHidden()


def test_each_line_is_read_as_one(card: KeyCard) -> None:
    card.show_keys("今日", (), (KeyHelp("Esc", "返回"),))
    assert "Esc：返回" in [label.accessibleName() for label in _labels(card)]
