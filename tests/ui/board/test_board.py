"""The board on the screen, on a real store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from tests.ui.conftest import Way
from tests.ui.day_close.test_page import OneQueue

from onevisit.desk import board
from onevisit.desk.board import BoardCard
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.board import DueGroup
from onevisit.store.tables import Matter, Visit
from onevisit.ui.board.cards import marks, whole
from onevisit.ui.board.column import STEP, DueColumn
from onevisit.ui.board.page import SECTION, BoardPage
from onevisit.ui.board.shelf import Shelf
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.theme import Theme, Variant

Screenshot = Callable[[QWidget, str], None]
DAYS_AGO = (40, 17, 15, 13, 12, 9, 3, 0)


@pytest.fixture
def spread(
    seeded: tuple[Registered, ...], desks: Callable[[Role], Desk], on_worker: Callable[[Callable[[], object]], object]
) -> tuple[Registered, ...]:
    """The invented visits, registered so long ago that most columns hold some."""
    desk = desks(Role.CLERK)

    def move() -> bool:
        with desk.work(Permission.HANDLE) as session:
            for place, visit in enumerate(session.scalars(select(Visit).order_by(Visit.id))):
                visit.day -= timedelta(days=DAYS_AGO[place % len(DAYS_AGO)])
                visit.queue_no = 900 + place
            first = session.get_one(Matter, 1)
            first.title = "关于某小区二期工程逾期交房、物业收费标准不一致等多项问题的反映"
            first.lead_organ = "薛城区住房和城乡建设局"
        return True

    on_worker(move)
    return seeded


@pytest.fixture
def printer(tmp_path: Path) -> OneQueue:
    return OneQueue(tmp_path / "paper")


@pytest.fixture
def page(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    spread: tuple[Registered, ...],
    resources: Path,
    printer: OneQueue,
) -> BoardPage:
    sheets = HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # never asked for jobs
    made = BoardPage(context_of(Role.SUPERVISOR), sheets)
    open_page(made)
    return made


def counts(page: BoardPage) -> dict[DueGroup, int]:
    return {group: column.model.rowCount() for group, column in page.columns.items()}


def test_the_matters_stand_side_by_side_by_the_time_left(page: BoardPage, screenshot: Screenshot) -> None:
    screenshot(page, "board")
    found = counts(page)
    assert found[DueGroup.OVERDUE] >= 2
    assert sum(found.values()) == page._board.total  # type: ignore[union-attr]  # it was read
    assert "正在办理" in page.ui.summary.text()
    assert f"已超期 {found[DueGroup.OVERDUE]} 件" in page.ui.summary.text()
    assert page.columns[DueGroup.OVERDUE].head.text() == f"已超期 {found[DueGroup.OVERDUE]} 件"
    assert page.columns[DueGroup.OVERDUE].list.hasFocus()


def test_the_keyboard_goes_from_card_to_card_and_opens_one(page: BoardPage, qtbot: QtBot, way: Way) -> None:
    full = [column for column in page.columns.values() if not column.empty]
    assert len(full) > 2
    qtbot.keyClick(full[0].list, Qt.Key.Key_Left)
    qtbot.keyClick(full[0].list, Qt.Key.Key_Right)
    assert full[1].list.hasFocus()
    card = full[1].current()
    assert card is not None
    qtbot.keyClick(full[1].list, Qt.Key.Key_Return)
    assert way.went == [("open_matter", card.matter_id, SECTION)]
    full[0].list.clicked.emit(full[0].model.index(0, 0))
    assert len(way.went) == 2


def test_it_is_narrowed_and_esc_shows_all_again(
    page: BoardPage, settled: Callable[[], None], screenshot: Screenshot
) -> None:
    before = counts(page)
    organs = [page.filters.organ.itemText(place) for place in range(page.filters.organ.count())]
    assert organs[0] == "所有单位"
    assert "薛城区住房和城乡建设局（1）" in organs
    page.filters.organ.setCurrentIndex(organs.index("薛城区住房和城乡建设局（1）"))
    settled()
    assert sum(counts(page).values()) == 1
    page.filters.clock.setCurrentIndex(page.filters.clock.findData("confirmation"))
    settled()
    assert "按现在选的条件" in page.ui.empty.text()
    screenshot(page, "board_nothing_found")
    assert page.go_back()
    settled()
    assert counts(page) == before
    assert not page.go_back()


def test_the_board_is_looked_at_and_printed(
    page: BoardPage,
    settled: Callable[[], None],
    printer: OneQueue,
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    page.ui.print.click()
    settled()
    screenshot(page, "board_sheet")
    assert page.preview is not None
    assert not page.shelf.isVisible()
    page.preview.ui.print.click()
    settled()
    assert printer.titles == ["信访事项期限表"]
    assert said[-1][0] == "fine"
    assert page.shelf.isVisible()
    page.ui.print.click()
    assert page.go_back()
    assert page.preview.isHidden()
    settled()


def test_a_refresh_keeps_the_card_under_the_cursor(page: BoardPage, settled: Callable[[], None]) -> None:
    column = page.columns[DueGroup.OVERDUE]
    column.list.setCurrentIndex(column.model.index(1, 0))
    kept = column.current()
    page.refresh()
    page.refresh()
    settled()
    assert column.current() == kept


@pytest.mark.parametrize(
    ("variant", "large", "width", "name"),
    [
        (Variant.DARK, False, 1196, "dark"),
        (Variant.CONTRAST, False, 1196, "contrast"),
        (Variant.LIGHT, True, 1120, "large"),
    ],
)
def test_it_works_large_and_in_every_colour(
    page: BoardPage,
    theme: Theme,
    settled: Callable[[], None],
    screenshot: Screenshot,
    qtbot: QtBot,
    variant: Variant,
    large: bool,
    width: int,
    name: str,
) -> None:
    page.resize(width, 688)
    theme.wear(variant, large=large)
    settled()
    qtbot.wait(50)
    screenshot(page, f"board_{name}")
    column = page.columns[DueGroup.OVERDUE]
    assert column.width() >= column.minimumWidth()


def test_a_rule_set_that_cannot_be_read_holds_up_its_own_matters_alone(
    page: BoardPage,
    settled: Callable[[], None],
    on_worker: Callable[[Callable[[], object]], object],
    screenshot: Screenshot,
) -> None:
    desk, before = page.context.desk, sum(counts(page).values())
    assert not page.ui.unread.isVisible()

    def lose() -> bool:
        with desk.work(Permission.HANDLE) as session:
            session.get_one(Matter, 1).rule_set = "lost-2026"
        return True

    on_worker(lose)
    page.refresh()
    settled()
    assert page.ui.unread.isVisible()
    assert "算不出期限" in page.ui.unread.text()
    assert sum(counts(page).values()) == before
    screenshot(page, "board_unread")
    page.ui.print.click()
    assert not page.ui.unread.isVisible()
    settled()
    page.go_back()
    assert page.ui.unread.isVisible()


def test_an_empty_board_says_what_will_be_here(
    context_of: Callable[[Role], Context], open_page: Callable[[Page], None], screenshot: Screenshot
) -> None:
    made = BoardPage(context_of(Role.CLERK))
    open_page(made)
    assert "按剩下的时间排在这里" in made.ui.empty.text()
    assert not made.shelf.isVisible()
    screenshot(made, "board_empty")


def card(matter_id: int, *, provisional: bool = False) -> BoardCard:
    return BoardCard(
        matter_id=matter_id,
        matter_no="370400-01-2026-00123-W",
        title="建筑工地拖欠工资",
        organ="薛城区人社局",
        place="薛城区",
        group=DueGroup.THREE,
        clock="办理",
        due=None,
        words="还有 3 天",
        provisional=provisional,
        confidential=False,
        urgent=True,
    )


def test_a_card_says_everything_in_its_tooltip() -> None:
    said = whole(card(1, provisional=True))
    assert "暂定：这一年的放假安排还没有公布" in said
    assert "薛城区人社局：办理　薛城区" in said
    assert said.endswith("事项编号 370400-01-2026-00123-W")
    assert marks(card(1, provisional=True)) == (("暂定", "attention"), ("紧急", "fault"))


def full_board(cards: int = 1) -> board.Board:
    """A board on which every column has cards; each matter has an id of its own."""
    columns = []
    for place, group in enumerate(DueGroup):
        ids = tuple(range(place * 10_000 + 1, place * 10_000 + 1 + cards))
        shown = tuple(replace(card(one), group=group) for one in ids[: board.CARDS])
        columns.append(board.BoardColumn(group, shown, ids))
    return board.Board(date(2026, 11, 25), tuple(columns))


@pytest.fixture
def shelf(theme: Theme, qtbot: QtBot) -> Shelf:
    """All columns with cards, at the width of a window of 1366 pixels."""
    made = Shelf()
    qtbot.addWidget(made)
    made.resize(1164, 560)
    made.show()
    qtbot.waitExposed(made)
    made.show_board(full_board(), {})
    return made


def open_groups(shelf: Shelf) -> list[DueGroup]:
    return [group for group, column in shelf.columns.items() if not column.folded]


def all_in_sight(shelf: Shelf) -> bool:
    QApplication.sendPostedEvents()
    edges = [column.geometry() for column in shelf.columns.values()]
    roomy = all(column.width() >= column.width_open() for column in shelf.columns.values() if not column.folded)
    return roomy and edges[0].left() >= 0 and edges[-1].right() < shelf.width()


@pytest.mark.parametrize("large", [False, True], ids=["11pt", "16pt"])
def test_every_column_is_in_sight_and_the_most_pressing_ones_are_open(
    shelf: Shelf, theme: Theme, qtbot: QtBot, screenshot: Screenshot, large: bool
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    qtbot.waitUntil(lambda: all_in_sight(shelf))
    screenshot(shelf, f"board_folded_{'large' if large else 'usual'}")
    found = open_groups(shelf)
    assert found == list(DueGroup)[: len(found)]
    assert len(found) == (3 if large else 5)
    assert shelf.columns[DueGroup.NONE].strip.text() == "没\n有\n期\n限\n\n1\n件"
    assert shelf.columns[DueGroup.FIFTEEN].strip.accessibleName() == "15 天内 1 件，展开"


def test_a_folded_column_opens_by_its_strip_and_by_the_arrows(shelf: Shelf, qtbot: QtBot) -> None:
    last = shelf.columns[DueGroup.NONE]
    last.strip.click()
    assert last.list.hasFocus()
    assert open_groups(shelf) == [*list(DueGroup)[:4], DueGroup.NONE]
    qtbot.keyClick(last.list, Qt.Key.Key_Left)
    assert shelf.columns[DueGroup.STANDING].list.hasFocus()
    assert not last.folded
    qtbot.waitUntil(lambda: all_in_sight(shelf))


def test_a_narrow_window_keeps_the_column_with_the_cursor_open(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.take_cursor(shelf.columns[DueGroup.FIFTEEN])
    shelf.resize(500, 560)
    assert open_groups(shelf) == [DueGroup.FIFTEEN]
    assert shelf.columns[DueGroup.FIFTEEN].list.hasFocus()
    shelf.columns[DueGroup.TODAY].strip.click()
    assert open_groups(shelf) == [DueGroup.TODAY]
    assert shelf.columns[DueGroup.TODAY].list.hasFocus()


def test_an_emptied_column_hands_the_cursor_on(shelf: Shelf) -> None:
    shelf.take_cursor(shelf.columns[DueGroup.THREE])
    found = full_board()
    columns = [c if c.group is not DueGroup.THREE else board.BoardColumn(c.group, (), ()) for c in found.columns]
    shelf.show_board(board.Board(found.day, tuple(columns)), {})
    assert shelf.columns[DueGroup.OVERDUE].list.hasFocus()
    assert not shelf.columns[DueGroup.THREE].strip.isEnabled()


def test_coming_back_finds_the_card_where_the_person_was(page: BoardPage, settled: Callable[[], None]) -> None:
    column = page.shelf.full[-1]
    page.shelf.take_cursor(column)
    kept = column.current()
    page.filters.organ.setFocus()
    page.refresh()
    page.focus_first()
    settled()
    assert page.focusWidget() is column.list
    assert column.current() == kept


def test_a_refresh_keeps_the_cards_that_were_asked_for(
    page: BoardPage, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "CARDS", 2)
    column = page.columns[DueGroup.OVERDUE]
    page.refresh()
    settled()
    assert column.model.rowCount() == 6
    column.select(column.current().matter_id)  # type: ignore[union-attr]  # the cursor is on a card
    page.filters.clock.setCurrentIndex(1)
    settled()
    page.filters.show_all()
    settled()
    assert column.model.rowCount() == 2
    column.more.click()
    settled()
    column.list.setCurrentIndex(column.model.index(5, 0))
    kept = column.current()
    page.refresh()
    settled()
    assert column.model.rowCount() == 6
    assert column.current() == kept is not None


def test_a_long_column_shows_more_when_asked(qtbot: QtBot, theme: Theme) -> None:
    column = DueColumn(DueGroup.THREE)
    qtbot.addWidget(column)
    ids = tuple(range(1, 101))
    column.show_column(board.BoardColumn(DueGroup.THREE, tuple(card(one) for one in ids[:20]), ids))
    assert column.more.text() == f"再显示 {STEP} 件（还有 80 件）"
    asked: list[tuple[int, ...]] = []
    column.more_wanted.connect(asked.append)
    column.more.click()
    assert asked == [ids[20:70]]
    column.append(tuple(card(one) for one in ids[20:69]), ids[20:70])
    assert column.more.text() == "再显示 30 件（还有 30 件）"
    assert column.head.text() == "3 天内 99 件"
    assert column.select(69)
    assert not column.select(70)
