"""The row of lists by which a page is narrowed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.ui.widgets.choice_row import ChoiceRow

LONG = "薛城区住房和城乡建设局房地产市场监管科"


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[ChoiceRow]:
    page = QWidget()
    qtbot.addWidget(page)
    column, made = QVBoxLayout(page), ChoiceRow("全部(&Q)", page)
    column.addWidget(made)
    column.addStretch(1)
    for word in ("单位(&U)", "区(&A)", "窗口员(&K)"):
        made.offer(made.add(word, word[:-4], "所有"), [(LONG, "one"), ("<b>两</b>", "two")])
    page.resize(1200, 300)
    page.show()
    yield made
    page.close()


def test_it_narrows_and_the_button_shows_everything_again(row: ChoiceRow) -> None:
    told: list[bool] = []
    row.changed.connect(lambda: told.append(row.narrowed))
    assert not row.all.isEnabled()
    row.combos[0].setCurrentIndex(1)
    row.combos[2].setCurrentIndex(2)
    assert row.words == f"{LONG}，<b>两</b>"
    row.all.click()
    assert told == [True, True, False]
    assert (row.words, row.all.isEnabled()) == ("", False)


def test_what_is_cut_off_stands_in_a_tooltip_as_it_was_typed(row: ChoiceRow) -> None:
    combo = row.combos[0]
    combo.setCurrentIndex(2)
    assert "&lt;b&gt;" in combo.toolTip()
    assert LONG in combo.itemData(1, Qt.ItemDataRole.ToolTipRole)


def test_what_is_chosen_stays_chosen_where_it_is_offered_no_more(row: ChoiceRow) -> None:
    combo, told = row.combos[0], list[bool]()
    row.changed.connect(lambda: told.append(True))
    combo.setCurrentIndex(1)
    row.offer(combo, [("三", "three")])
    assert (combo.currentData(), combo.currentText()) == ("one", LONG)
    row.offer(combo, [("一", "one"), ("三", "three")])
    assert [combo.itemText(at) for at in range(combo.count())] == ["所有", "一", "三"]
    assert combo.currentText() == "一"
    assert told == [True]


def test_it_takes_another_line_where_it_is_narrow_and_tab_goes_in_reading_order(row: ChoiceRow, qtbot: QtBot) -> None:
    one_line = row.height()
    row.window().resize(420, 300)
    qtbot.waitUntil(lambda: row.height() > one_line)
    assert row.width() <= 420
    row.all.setEnabled(True)
    row.combos[0].setFocus()
    walked = []
    for _ in range(3):
        row.window().focusNextChild()
        walked.append(row.window().focusWidget())
    assert tuple(walked) == row.stops()[1:]
