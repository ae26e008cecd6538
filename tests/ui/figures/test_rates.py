"""The table of rates: every division of everything, and every number opens its rows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.figures.test_page import _whole_year, lived, make_page, printer

from onevisit.rules.accounts import Role
from onevisit.rules.figures import SLICED, FigureKey
from onevisit.ui.figures.page import FiguresPage
from onevisit.ui.theme import Theme, Variant

__all__ = ["lived", "make_page", "printer"]

Screenshot = Callable[[QWidget, str], None]
_BATCHES, _ACCEPTANCE, _UNIT = 1, 6, 9


@pytest.fixture
def page(make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None]) -> FiguresPage:
    page = make_page(Role.SUPERVISOR)
    _whole_year(page, settled)
    return page


def _shown(page: FiguresPage, row: int, column: int) -> str:
    return str(page.board.rates.model.index(row, column).data())


def _open(page: FiguresPage, row: int, column: int) -> None:
    rates = page.board.rates
    page.ui.board.ensureWidgetVisible(rates)
    rates.table.setFocus()
    rates.table.setCurrentIndex(rates.model.index(row, column))
    QTest.keyClick(rates.table, Qt.Key.Key_Return)


def test_every_division_stands_there_and_its_parts_make_up_the_whole(page: FiguresPage) -> None:
    rates = page.board.rates
    for key in SLICED:
        rates.by.set_value(key)
        rows = range(rates.model.rowCount())
        assert sum(int(_shown(page, row, _BATCHES)) for row in rows) == 12
        assert {_shown(page, row, _UNIT)[-1] for row in rows} <= {"%", "—"}
    assert rates.hint.text().startswith("选中一个数")


def test_a_number_opens_its_own_rows_and_gives_the_cursor_back(page: FiguresPage, settled: Callable[[], None]) -> None:
    rates = page.board.rates
    for key in SLICED:
        rates.by.set_value(key)
        for row in range(rates.model.rowCount()):
            wanted = _shown(page, row, _BATCHES)
            _open(page, row, _BATCHES)
            settled()
            assert page.behind.model.rowCount() == int(wanted)
            assert page.ui.behindTitle.text().startswith(f"来访　{key.label}：")
            assert page.go_back()
            assert rates.table.hasFocus()
            assert rates.table.currentIndex().row() == row


def test_a_rate_opens_what_it_rests_on_within_its_part(page: FiguresPage, settled: Callable[[], None]) -> None:
    rates = page.board.rates
    rates.by.set_value(FigureKey.ORGANS)
    part = rates.model.row_at(rates.model.index(0, 0))
    assert part is not None
    _open(page, 0, _ACCEPTANCE)
    settled()
    assert page.ui.behindTitle.text() == f"受理　按责任单位：{part.part}"
    assert page.behind.model.rowCount() == part.rates[FigureKey.ACCEPTANCE].whole
    page.behind.parts.set_value("in_time")
    settled()
    assert page.ui.behindTitle.text() == f"及时受理　按责任单位：{part.part}"
    assert page.behind.model.rowCount() == part.rates[FigureKey.ACCEPTANCE].part
    page.refresh()
    settled()
    assert page.behind.model.rowCount() == part.rates[FigureKey.ACCEPTANCE].part


def test_a_month_that_the_days_no_longer_meet_lets_everything_pass_again(
    page: FiguresPage, settled: Callable[[], None]
) -> None:
    rates = page.board.rates
    rates.by.set_value(FigureKey.TIMES)
    last = rates.model.rowCount() - 1
    rates.table.setCurrentIndex(rates.model.index(last, _BATCHES))
    rates.table.doubleClicked.emit(rates.table.currentIndex())
    settled()
    assert "按时间" in page.ui.behindTitle.text()
    long_ago = page.ui.first.date().addYears(-2)
    page.ui.first.setDate(long_ago)
    page.ui.last.setDate(long_ago.addDays(1))
    page.ui.count.click()
    settled()
    assert page.ui.behindTitle.text() == "来访"
    assert page.ui.behindCount.text() == "这一段没有"


def test_nothing_is_told_in_words(make_page: Callable[..., FiguresPage]) -> None:
    rates = make_page().board.rates
    assert not rates.table.isVisible()
    assert rates.hint.text() == "这一段没有数据。"


@pytest.mark.parametrize("large", [False, True])
def test_it_is_whole_in_either_type(
    page: FiguresPage, theme: Theme, qtbot: QtBot, screenshot: Screenshot, large: bool
) -> None:
    rates = page.board.rates
    theme.wear(Variant.LIGHT, large=large)
    rates.by.set_value(FigureKey.CONTENTS)
    qtbot.waitUntil(lambda: page.choosing.spans.height() < 2 * page.choosing.spans.stops()[0].height())
    qtbot.waitUntil(lambda: page.ui.heading.width() >= page.ui.heading.sizeHint().width())

    def whole() -> bool:
        page.ui.board.ensureWidgetVisible(rates.hint, 0, 40)
        last = rates.model.rowCount() - 1
        below = rates.table.rowViewportPosition(last) + rates.table.rowHeight(last)
        apart = rates.hint.y() >= rates.table.geometry().bottom() > rates.by.geometry().bottom()
        return apart and below <= rates.table.viewport().height() and not rates.hint.visibleRegion().isEmpty()

    qtbot.waitUntil(whole)
    screenshot(page, f"figures-rates{'-large' if large else ''}")
    assert page.minimumSizeHint().width() <= 1196
