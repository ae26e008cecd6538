"""The page of what is past its retention, on a real store whose clock was moved eleven years ahead."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from onevisit.desk import retention
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.register import Registered
from onevisit.desk.retention import RunState
from onevisit.rules.accounts import Duty, Role
from onevisit.store.keyslots import Cost
from onevisit.store.names import KEPT
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Context, Page
from onevisit.ui.retention.model import COLUMNS
from onevisit.ui.retention.page import RetentionPage
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

ContextOf = Callable[[Role], Context]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice_house(practice_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """In place of the shared one: by the clock of the test."""
    folder = tmp_path / "practice"
    shutil.copytree(practice_folder, folder)
    house = House(folder, practice=True, now=clock, cost=Cost(memory_kib=8, passes=1, lanes=1))
    yield house
    house.close()


@pytest.fixture
def years_later(seeded: tuple[Registered, ...], desks: Callable[[Role], Desk], clock: Clock) -> None:
    """The invented visits of practice mode, eleven years later; everybody is logged in already."""
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR):
        desks(role)
    clock.moment += timedelta(days=11 * 366)


@pytest.fixture
def asked(messages: Messages) -> list[Question]:
    """The questions before what cannot be undone."""
    heard: list[Question] = []
    messages.ask_requested.connect(heard.append)
    return heard


@pytest.fixture
def open_as(context_of: ContextOf, open_page: OpenPage) -> Callable[[Role], RetentionPage]:
    """The page of a role."""

    def open_as(role: Role) -> RetentionPage:
        page = RetentionPage(context_of(role))
        open_page(page)
        return page

    return open_as


def entries(page: RetentionPage) -> list[str]:
    model = page.ui.entries.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def rows(page: RetentionPage) -> int:
    return page.ui.table.model().rowCount()


def choose(page: RetentionPage, row: int, settled: Settled) -> None:
    page.ui.entries.setCurrentIndex(page.ui.entries.model().index(row, 0))
    settled()


def test_an_empty_page_says_what_will_be_here(
    open_as: Callable[[Role], RetentionPage], settled: Settled, screenshot: Screenshot
) -> None:
    page = open_as(Role.ADMINISTRATOR)
    settled()
    assert page.ui.empty.isVisible()
    assert "现在没有到期的事项" in page.ui.empty.text()
    assert "示例，以本地文件为准" in page.ui.note.text()
    assert "以前的备份里还有这些内容" in page.ui.note.text()
    assert not page.ui.table.isVisible()
    assert not page.ui.propose.isVisible()
    screenshot(page, "retention-empty")


def test_from_the_list_to_the_end(
    years_later: None,
    open_as: Callable[[Role], RetentionPage],
    settled: Settled,
    said: list[tuple[str, str]],
    asked: list[Question],
    screenshot: Screenshot,
    qtbot: QtBot,
) -> None:
    admin = open_as(Role.ADMINISTRATOR)
    settled()
    due = rows(admin)
    assert due >= 8
    assert entries(admin) == [f"到期的事项　{due} 件\n还没有列入清单"]
    assert not admin.ui.propose.isEnabled()
    box = admin.ui.table.model().index(0, 0)
    assert admin.ui.table.model().setData(box, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert admin.ui.propose.text() == "提出清理 1 件(&P)"
    assert "以后没有人再来，已满" in admin.ui.reason.text()
    QCoreApplication.sendPostedEvents()
    screenshot(admin, "retention-due")
    admin.ui.all.click()
    admin.ui.propose.click()
    settled()
    assert said[-1] == ("fine", f"清单 1 已提出，共 {due} 件，请另一位有批准权限的人员批准。")
    assert entries(admin)[1].startswith(f"清单 1　{due} 件\n管理员（001） 2037年")
    choose(admin, 1, settled)
    assert not admin.ui.approve.isVisible()
    assert admin.ui.withdraw.isVisible()
    assert rows(admin) == due

    supervisor = open_as(Role.SUPERVISOR)
    choose(supervisor, 1, settled)
    assert rows(supervisor) == due
    assert supervisor.ui.approve.isEnabled()
    screenshot(supervisor, "retention-proposed")
    supervisor.ui.approve.click()
    settled()
    assert supervisor.ui.title.text() == f"清单 1：{due} 件，已批准，等待执行"
    screenshot(supervisor, "retention-approved")
    supervisor.ui.carryOut.click()
    assert f"清单 1 的 {due} 件事项将匿名" in asked[-1].text
    assert asked[-1].verb == "执行匿名"
    asked[-1].agreed()
    settled()
    assert said[-1] == ("fine", f"清单 1 已执行：匿名 {due} 件。")
    settled()
    qtbot.waitUntil(lambda: f"执行，匿名 {due} 件" in supervisor.ui.empty.text())
    assert not supervisor.ui.carryOut.isVisible()
    screenshot(supervisor, "retention-done")


def test_older_stores_that_a_restore_put_aside_are_told_of(
    open_as: Callable[[Role], RetentionPage], desks: Callable[[Role], Desk], settled: Settled
) -> None:
    (desks(Role.ADMINISTRATOR).store.directory / KEPT / "20261123-090000-before-restore").mkdir(parents=True)
    page = open_as(Role.ADMINISTRATOR)
    settled()
    assert "恢复时换下的旧数据还有 1 份" in page.ui.note.text()


def test_whoever_proposed_it_sees_why_another_must_approve(
    years_later: None, open_as: Callable[[Role], RetentionPage], settled: Settled, said: list[tuple[str, str]]
) -> None:
    page = open_as(Role.SUPERVISOR)
    settled()
    page.ui.all.click()
    page.ui.propose.click()
    settled()
    choose(page, 1, settled)
    assert page.ui.approve.isVisible()
    assert not page.ui.approve.isEnabled()
    assert "请另一位有批准权限的人员批准" in page.ui.state.text()
    page.ui.withdraw.click()
    settled()
    assert said[-1][1] == "清单 1 已撤回，没有匿名的事项照旧保存。"
    assert "没有匿名任何事项" in page.ui.empty.text()


def test_ticks_stay_through_a_refresh_and_all_ticked_turns_to_none(
    years_later: None, open_as: Callable[[Role], RetentionPage], settled: Settled, qtbot: QtBot
) -> None:
    page = open_as(Role.ADMINISTRATOR)
    settled()
    table = page.ui.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.ui.propose.text() == "提出清理 1 件(&P)"
    page.refresh()
    settled()
    assert page.ui.propose.text() == "提出清理 1 件(&P)"
    page.ui.all.click()
    assert page.ui.propose.text() == f"提出清理 {rows(page)} 件(&P)"
    page.ui.all.click()
    assert not page.ui.propose.isEnabled()


def test_stopped_half_way_it_says_so_and_goes_on_later(
    years_later: None,
    open_as: Callable[[Role], RetentionPage],
    desks: Callable[[Role], Desk],
    tasks: Tasks,
    settled: Settled,
    said: list[tuple[str, str]],
    asked: list[Question],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 1)
    admin, supervisor = desks(Role.ADMINISTRATOR), desks(Role.SUPERVISOR)

    def prepare() -> None:
        run_id = retention.propose(admin, [row.matter_id for row in retention.due(admin)])
        retention.approve(supervisor, run_id)

    tasks.run(prepare, lambda _: None)
    settled()
    page = open_as(Role.ADMINISTRATOR)
    choose(page, 1, settled)
    page.ui.carryOut.click()
    asked[-1].agreed()
    page.work.halt.click()
    settled()
    assert said[-1][0] == "attention"
    assert "停在中途" in said[-1][1]
    page.ui.carryOut.click()
    asked[-1].agreed()
    settled()
    assert said[-1][1].startswith("清单 1 已执行：匿名")
    states: list[RunState] = []
    tasks.run(lambda: retention.runs(admin), lambda runs: states.extend(run.state for run in runs))
    settled()
    assert states == [RunState.DONE]


def test_an_administrator_of_security_alone_is_told_whose_work_it_is(
    context_of: ContextOf, open_page: OpenPage, settled: Settled
) -> None:
    context = context_of(Role.ADMINISTRATOR)
    desk = context.desk
    security = Desk(desk.store, replace(desk.actor, duty=Duty.SECURITY), desk.unit, practice=True, now=desk.now)
    page = RetentionPage(replace(context, desk=security))
    open_page(page)
    settled()
    assert "请由负责人或负责系统管理的管理员办理" in page.ui.empty.text()
    assert not page.ui.propose.isVisible()


@pytest.mark.parametrize("size", [(1196, 688), (764, 428)])
def test_nothing_is_cut_off_in_large_type(
    years_later: None,
    theme: Theme,
    open_as: Callable[[Role], RetentionPage],
    settled: Settled,
    qapp: QApplication,
    qtbot: QtBot,
    screenshot: Screenshot,
    size: tuple[int, int],
) -> None:
    theme.wear(Variant.LIGHT, large=size[0] > 1000)
    page = open_as(Role.ADMINISTRATOR)
    page.resize(*size)
    settled()
    page.ui.all.click()
    QCoreApplication.sendPostedEvents()
    screenshot(page, f"retention-large-{size[0]}")
    assert page.ui.propose.width() >= page.ui.propose.sizeHint().width()
    assert page.size().width() == size[0], "the page asks for no more room than there is"
    table = page.ui.table
    assert table.model().rowCount(QModelIndex()) >= 8
    assert not table.isColumnHidden(0)
    assert not table.isColumnHidden(len(COLUMNS) - 1)
    shown = [at for at in range(len(COLUMNS)) if not table.isColumnHidden(at)]
    qtbot.waitUntil(lambda: all(table.columnWidth(at) >= table.sizeHintForColumn(at) for at in shown))
    for at in set(range(len(COLUMNS))) - set(shown):
        assert COLUMNS[at].heading in page.ui.reason.text(), "what gives way stands in the line beneath"
