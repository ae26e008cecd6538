"""The page of the day on a real store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from onevisit.desk.lookup import DayFigures, Today
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.ui.after_visit.evaluation import EvaluationScreen
from onevisit.ui.page import Context, Page
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.today.model import COLUMNS
from onevisit.ui.today.page import TodayPage
from onevisit.ui.widgets.layouts import children
from onevisit.ui.widgets.style import em


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


ContextOf = Callable[[Role], Context]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]


def headings(page: TodayPage) -> list[str]:
    table = page.ui.table
    model = table.model()
    shown = [place for place in range(model.columnCount()) if not table.isColumnHidden(place)]
    return [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in shown]


def test_the_day_in_figures_and_rows(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: OpenPage,
    screenshot: Callable[[object, str], None],
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    figures = page._figures.texts()
    assert (figures["批次"], figures["人次"]) == ("6", "23")
    assert (figures["初访"], figures["重复访"], figures["集体访"]) == ("5", "1", "1")
    assert page.ui.table.model().rowCount() == 6
    selected = page.selected()
    assert selected is not None
    assert selected.queue_no == 6
    assert page.ui.table.hasFocus()
    screenshot(page, "today")


def test_an_empty_day_says_how_to_begin(context_of: ContextOf, open_page: OpenPage) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    assert page.ui.empty.isVisible()
    assert "F3" in page.ui.empty.text()
    assert not page.ui.table.isVisible()
    assert not page.ui.actionsBar.isVisible()
    assert page.ui.register.hasFocus()


def test_the_lawyer_only_reads(context_of: ContextOf, open_page: OpenPage) -> None:
    page = TodayPage(context_of(Role.LAWYER))
    open_page(page)
    assert not page.ui.register.isVisible()
    assert not page.ui.leave.isVisibleTo(page.ui.actionsBar)
    assert not page.ui.evaluate.isVisibleTo(page.ui.actionsBar)
    assert "F3" not in page.ui.empty.text()
    assert [line.keys for line in page.key_help()] == ["↑ ↓", "Enter"]


def test_the_cursor_of_who_cannot_register_goes_to_the_list_when_it_comes(
    context_of: ContextOf, seeded: tuple[Registered, ...], theme: Theme, settled: Settled, qtbot: QtBot
) -> None:
    page = TodayPage(context_of(Role.LAWYER))
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.focus_first()
    settled()
    assert seeded
    assert page.focusWidget() is page.ui.table


def test_enter_opens_the_selected_matter_and_alt_p_its_slip(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: OpenPage,
    qtbot: QtBot,
    way: Way,
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    qtbot.keyClick(page.ui.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.ui.table, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    last = seeded[-1]
    # Qt shows the button pressed for a moment before it counts as clicked
    qtbot.waitUntil(lambda: way.went == [("open_matter", last.matter_id), ("print_slip", last.visit_id, False)])
    page.ui.register.click()
    assert way.went[-1] == ("register_new", "")


def test_alt_l_sends_to_the_lawyer_once_and_then_says_why_not(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: OpenPage,
    settled: Settled,
    qtbot: QtBot,
    said: list[tuple[str, str]],
) -> None:
    context = context_of(Role.CLERK)
    page = TodayPage(context)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    assert page.ui.lawyer.isEnabled()
    for _ in range(3):
        qtbot.keyClick(page.ui.table, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(said))
    settled()
    assert [tone for tone, _ in said] == ["fine"]
    selected = page.selected()
    assert selected is not None
    assert (selected.visit_id, selected.lawyer_state) == (seeded[-1].visit_id, "waiting")
    assert not page.ui.lawyer.isEnabled()
    assert "已经转过律师" in page.ui.lawyer.toolTip()


def test_selection_and_scroll_survive_a_refresh(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    page.resize(1196, 320)
    page.ui.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert page.select_visit(seeded[8].visit_id)
    bar = page.ui.table.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    place = bar.value()
    page.refresh()
    settled()
    selected = page.selected()
    assert selected is not None
    assert selected.visit_id == seeded[8].visit_id
    assert bar.value() == place


def test_lesser_columns_give_way_to_the_title_in_large_type(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, theme: Theme, qtbot: QtBot
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    page.resize(1700, 688)
    assert {"分类", "证件号"} <= set(headings(page))
    before = page.ui.table.rowHeight(0)
    theme.wear(Variant.LIGHT, large=True)
    qtbot.waitUntil(lambda: "分类" not in headings(page))
    assert {"排队号", "来访人", "事项", "标记", "律师", "回执"} <= set(headings(page))
    assert page.ui.table.rowHeight(0) > before
    assert page.ui.table.horizontalScrollBar().maximum() == 0


def resized(page: TodayPage, width: int) -> bool:
    """Whether the page has that width; its parts ask for less only once smaller type has reached them all."""
    page.resize(width, 480)
    return page.width() == width


def test_a_narrow_page_still_shows_what_each_visit_is_about(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, theme: Theme, qtbot: QtBot
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    title = next(place for place, column in enumerate(COLUMNS) if column.heading == "事项")
    for width, large in ((1080, True), (768, False)):
        theme.wear(Variant.LIGHT, large=large)
        qtbot.waitUntil(partial(resized, page, width))
        qtbot.waitUntil(lambda: page.ui.table.columnWidth(title) >= em(page, 4))
        assert page.ui.table.horizontalScrollBar().maximum() == 0


def test_tab_goes_through_the_buttons_from_left_to_right(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    page.exporting.open_panel()
    page.ui.register.setFocus()
    walked = []
    for _ in range(14):
        page.focusNextChild()
        walked.append(page.focusWidget())
    ui = page.ui
    assert walked[:5] == [page.exporting.first, page.exporting.last, page.exporting.reason, *page.exporting.stops()[3:]]
    buttons = [ui.route, ui.lawyer, ui.evaluate, ui.leave, ui.print, ui.open]
    assert [one for one in walked if one in buttons] == buttons


def test_who_left_is_not_sent_to_the_lawyer(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    context = context_of(Role.CLERK)
    page = TodayPage(context)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    page.ui.leave.click()
    settled()
    assert not page.ui.lawyer.isEnabled()
    assert "已经离开" in page.ui.lawyer.toolTip()
    page.send_selected_to_lawyer()
    settled()
    selected = page.selected()
    assert selected is not None
    assert selected.lawyer_state == ""


def test_after_midnight_what_is_due_is_read_anew(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    read: list[bool] = []
    monkeypatch.setattr(page.todo, "read", lambda: read.append(True))
    today = Today(page._day, (), DayFigures(0, 0, 0, 0, 0, 0, 0))  # type: ignore[arg-type]  # it was read
    page._show(today)
    assert read == []
    page._show(replace(today, day=today.day + timedelta(days=1)))
    assert read == [True]


def test_every_label_shows_plain_text(context_of: ContextOf, open_page: OpenPage) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    labels = [label for label in children(page, QLabel) if label.isVisibleTo(page)]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_confidential_matter_is_printed_here_but_not_opened(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, way: Way
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    assert page.select_visit(seeded[6].visit_id)
    assert not page.ui.open.isEnabled()
    assert "保密事项" in page.ui.open.toolTip()
    assert page.ui.print.isEnabled()
    page.open_selected()
    assert way.went == []
    page.ui.route.click()
    assert way.went == [("open_route", seeded[6].visit_id)]


def test_who_left_is_marked_and_may_turn_round(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    context = context_of(Role.CLERK)
    page = TodayPage(context)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    page.ui.leave.click()
    settled()
    selected = page.selected()
    assert selected is not None
    assert (selected.visit_id, selected.left_at is None) == (seeded[-1].visit_id, False)
    assert page._figures.texts()["在大厅"] == "5"
    assert page.ui.leave.text() == "还没离开(&D)"
    page.ui.leave.click()
    settled()
    assert page._figures.texts()["在大厅"] == "6"


def test_the_selected_visitor_is_asked_on_a_screen_of_their_own(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled, qapp: QApplication
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    page.ui.evaluate.click()
    settled()
    (screen,) = [one for one in qapp.topLevelWidgets() if isinstance(one, EvaluationScreen)]
    assert screen.isVisible()
    screen.close()
