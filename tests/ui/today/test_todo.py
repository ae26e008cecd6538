"""The list at the side of the day: what is to be done, one click away."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import lookup, promises_due
from onevisit.desk.day_due import ClockDue, DayDue, PromiseDue, UrgentDue
from onevisit.desk.lookup import VisitRow
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_history import Whose
from onevisit.rules.periods import ClockState
from onevisit.ui.page import Context, Page
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.today.page import TodayPage
from onevisit.ui.today.todo import TodoKind, TodoModel, todo_rows
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE

ContextOf = Callable[[Role], Context]
Settled = Callable[[], None]
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DUE = DayDue(
    promises=(PromiseDue(5, 11, "王伟", "打电话告知调解的结果", date(2026, 11, 21), -2),),
    clocks=(
        ClockDue(12, "拖欠工资", "", "转送", Whose.WINDOW, date(2026, 11, 22), ClockState.OVERDUE, "已超期 1 天"),
        ClockDue(
            13, "楼道漏水", "某区住建局", "书面告知", Whose.ORGAN, date(2026, 11, 25), ClockState.SOON, "还有 2 天"
        ),
    ),
    urgent=(UrgentDue(14, "聚集堵门", 3),),
)


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


def visit(visit_id: int, sent: datetime | None = None, left: datetime | None = None) -> VisitRow:
    return VisitRow(
        visit_id=visit_id,
        matter_id=visit_id,
        visit_no="370400-01-20261123-007-B",
        matter_no="370400-01-2026-00001-9",
        queue_no=visit_id,
        arrived_at=NOW - timedelta(minutes=50),
        petitioner="古丽娜尔·艾山",
        masked_id="",
        headcount=1,
        title="预付卡不退款",
        classification="",
        repeat=False,
        urgent=False,
        confidential=False,
        clerk_no="002",
        lawyer_state="waiting" if sent else "",
        slip_state="",
        left_at=left,
        sent_at=sent,
    )


def test_the_most_pressing_stands_first_and_each_says_by_when() -> None:
    first, second = visit(2, NOW - timedelta(minutes=30)), visit(1, NOW - timedelta(minutes=12))
    rows = todo_rows((second, first, visit(3), visit(4, NOW, NOW)), DUE, NOW)
    told = [(row.kind, row.title, row.detail, row.section) for row in rows]
    assert told == [
        (TodoKind.URGENT, "聚集堵门", "还有 3 家没有报告", "urgent"),
        (TodoKind.WAITING, "002　古丽娜尔·艾山", "10:30 转律师，等了 30 分", ""),
        (TodoKind.WAITING, "001　古丽娜尔·艾山", "10:48 转律师，等了 12 分", ""),
        (TodoKind.PROMISE, "打电话告知调解的结果", "已过期 2 天　王伟", "after_visit"),
        (TodoKind.CLOCK, "拖欠工资", "转送：已超期 1 天（11月22日）", "route"),
        (TodoKind.CLOCK, "楼道漏水", "书面告知：还有 2 天（11月25日）　某区住建局", "life"),
    ]
    assert [row.mark[1] for row in rows] == ["fault", "attention", "attention", "fault", "fault", "attention"]


def test_an_entry_is_read_aloud_with_its_kind() -> None:
    model = TodoModel()
    model.show(todo_rows((), DUE, NOW))
    index = model.index(0, 0)
    assert index.data(TITLE_ROLE) == "聚集堵门"
    assert index.data(DETAIL_ROLE) == "还有 3 家没有报告"
    assert index.data(WORDS_ROLE) == (("紧急", "fault"),)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "紧急：聚集堵门\n还有 3 家没有报告"
    assert "聚集堵门" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_an_empty_list_says_what_will_be_here(context_of: ContextOf, open_page: Callable[[Page], None]) -> None:
    for role, words in ((Role.CLERK, "今天到期和过期的承诺"), (Role.LAWYER, "等律师")):
        page = TodayPage(context_of(role))
        open_page(page)
        assert not page.ui.todo.isVisible()
        assert words in page.ui.todoEmpty.text()


def test_one_click_or_enter_goes_to_the_thing_itself(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: Callable[[Page], None],
    tasks: Tasks,
    settled: Settled,
    way: Way,
    qtbot: QtBot,
    theme: Theme,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    context = context_of(Role.CLERK)
    matter = seeded[0].matter_id

    def promise() -> None:
        today = local_day(context.desk.now())
        seen = lookup.open_matter(context.desk, matter).seen
        promises_due.make(context.desk, seen, PromiseForm("打电话告知调解的结果", today))

    tasks.run(promise, lambda _: None)
    settled()
    page = TodayPage(context)
    open_page(page)
    view, model = page.ui.todo, page.todo.model
    assert page.ui.todoHeading.text() == "要办的事　2 件"
    view.setFocus()
    view.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert way.went == [("open_matter", matter, "after_visit")]
    where = view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert way.went[1:] == [("open_matter", seeded[-2].matter_id)]
    page.refresh()
    settled()
    assert view.currentIndex().row() == 0
    page.todo._on_due(DayDue(DUE.promises, DUE.clocks, DUE.urgent, more=True))
    assert page.ui.todoMore.isVisible()
    screenshot(page, "today_todo")
    theme.wear(Variant.LIGHT, large=True)
    qtbot.waitUntil(lambda: page.ui.todoPanel.width() > 300)
    qtbot.waitUntil(lambda: page.ui.open.width() >= page.ui.open.sizeHint().width())
    qtbot.waitUntil(lambda: page.ui.todoPanel.geometry().right() < page.width())
    screenshot(page, "today_todo_large")


def test_the_lawyer_goes_to_the_consultation(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: Callable[[Page], None], way: Way
) -> None:
    page = TodayPage(context_of(Role.LAWYER))
    open_page(page)
    page.ui.todo.setCurrentIndex(page.todo.model.index(0, 0))
    page.todo.go()
    assert way.went == [("open_consultation", seeded[-2].visit_id)]


def test_who_waits_with_a_confidential_matter_is_shown_in_the_table(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: Callable[[Page], None], settled: Settled, way: Way
) -> None:
    context = context_of(Role.CLERK)
    page = TodayPage(context)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    assert page.select_visit(seeded[6].visit_id)
    page.send_selected_to_lawyer()
    settled()
    assert page.select_visit(seeded[-1].visit_id)
    rows = [page.todo.model.row_at(page.todo.model.index(place, 0)) for place in range(page.todo.model.rowCount())]
    place = next(at for at, row in enumerate(rows) if row is not None and row.visit_id == seeded[6].visit_id)
    page.ui.todo.setCurrentIndex(page.todo.model.index(place, 0))
    page.todo.go()
    selected = page.selected()
    assert selected is not None
    assert selected.visit_id == seeded[6].visit_id
    assert way.went == []


def test_matters_whose_rules_cannot_be_read_are_told_also_where_nothing_else_is_due(
    context_of: ContextOf, open_page: Callable[[Page], None], screenshot: Callable[[QWidget, str], None]
) -> None:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    assert not page.ui.todoUnread.isVisible()
    sentence = "370400-01-2026-00001-9算不出期限。规则“某市规则”没有了，请管理员在“名录”里导入。"
    page.todo._on_due(DayDue((), (), (), unread=(sentence,)))
    assert page.ui.todoUnread.text() == f"！{sentence}"
    assert page.ui.todoUnread.isVisible()
    assert page.ui.todoEmpty.isVisible()
    screenshot(page, "today_unread")
    page.todo._on_due(DayDue((), (), ()))
    assert not page.ui.todoUnread.isVisible()
