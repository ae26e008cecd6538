"""The page of the day's end, on a real store, with a printer that writes files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Way

from onevisit.desk import drafts
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.devices.printers import JobRef, MediaSize, PrinterFault, Problem, QueueInfo, QueueState
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.rules.keeping import DraftKind
from onevisit.store.names import BACKUPS
from onevisit.ui.day_close.closing import DayClosing
from onevisit.ui.day_close.page import DayClosePage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

Screenshot = Callable[[QWidget, str], None]


class NoPrinter:
    """A computer without a print queue."""

    def queues(self) -> tuple[QueueInfo, ...]:
        return ()

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        raise PrinterFault(Problem.NO_QUEUE, "没有这台打印机。")


class OneQueue(NoPrinter):
    """A queue that writes files and remembers the titles."""

    def __init__(self, folder: Path) -> None:
        self.titles: list[str] = []
        self._files = PdfFolderPrinter(folder)

    def queues(self) -> tuple[QueueInfo, ...]:
        return tuple(
            QueueInfo(one.name, "窗口激光机", QueueState.READY, is_default=True, accepting=True)
            for one in self._files.queues()
        )

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        self.titles.append(title)
        return self._files.submit(queue, pdf, title=title, media=media)


@pytest.fixture
def printer(tmp_path: Path) -> OneQueue:
    return OneQueue(tmp_path / "paper")


@pytest.fixture
def page_of(
    context_of: Callable[[Role], Context], open_page: Callable[[Page], None], resources: Path
) -> Callable[[Role, object], DayClosePage]:
    """The page of a role, opened, with a printer."""

    def make(role: Role, printer: object) -> DayClosePage:
        sheets = HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # never asked for jobs
        page = DayClosePage(context_of(role), DayClosing(sheets))
        open_page(page)
        return page

    return make


PageOf = Callable[[Role, object], DayClosePage]


def words(page: DayClosePage) -> str:
    return "\n".join(label.text() for label in children(page, QLabel) if label.isVisibleTo(page))


def buttons(page: DayClosePage) -> list[QPushButton]:
    return [one for one in children(page.ui.openBody, QPushButton) if one.isVisibleTo(page)]


def test_the_day_stands_there_with_a_button_for_each_open_thing(
    page_of: PageOf,
    printer: OneQueue,
    seeded: tuple[Registered, ...],
    desks: Callable[[Role], Desk],
    tasks: Tasks,
    settled: Callable[[], None],
    way: Way,
    screenshot: Screenshot,
) -> None:
    clerk = desks(Role.CLERK)
    kept: list[int] = []
    tasks.run(lambda: drafts.keep(clerk, DraftKind.REGISTRATION, "{}"), kept.append)
    settled()
    page = page_of(Role.CLERK, printer)
    screenshot(page, "day_close")
    assert "6 批" in words(page)
    assert "共 6 个，都在库里，无断号、无重号" in words(page)
    assert page.ui.openHead.text().startswith("待办 ")
    said = [button.text() for button in buttons(page)]
    assert said.count("打印回执") == 6
    assert said[-1] == "去登记页"
    buttons(page)[-1].click()
    next(button for button in buttons(page) if button.text() == "打印回执").click()
    assert ("show_page", "registration") in way.went
    assert way.went[-1][0] == "print_slip"
    assert "日终时自动备份" in words(page)


def test_closing_backs_up_freezes_and_prints(
    page_of: PageOf,
    printer: OneQueue,
    settled: Callable[[], None],
    said: list[tuple[str, str]],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    page = page_of(Role.CLERK, printer)
    assert not page.ui.reprint.isEnabled()
    page.ui.close_day.click()
    page.ui.close_day.click()
    qtbot.waitUntil(lambda: page.ui.closes.model().rowCount() == 1)
    settled()
    assert len(printer.titles) == 1
    assert printer.titles[0].startswith("日终单 ")
    assert said[-1][0] == "fine"
    assert "窗口激光机" in said[-1][1]
    assert [one.name[-9:] for one in (tmp_path / "practice" / BACKUPS).iterdir()] == ["day_close"]
    assert "没有待办的事" in words(page)
    assert "今天已经做过 1 次" in page.ui.day.text()
    page.ui.reprint.click()
    settled()
    assert len(printer.titles) == 2
    assert "内容和原来一样" in said[-1][1]


def test_without_a_printer_the_day_is_closed_and_says_what_to_do(
    page_of: PageOf, settled: Callable[[], None], said: list[tuple[str, str]], qtbot: QtBot
) -> None:
    page = page_of(Role.SUPERVISOR, NoPrinter())
    page.ui.close_day.click()
    qtbot.waitUntil(lambda: page.ui.closes.model().rowCount() == 1)
    settled()
    assert said[-1][0] == "attention"
    assert "已日终" in said[-1][1]
    assert "没有打印机" in said[-1][1]


def test_a_backup_that_fails_keeps_no_day_open(
    page_of: PageOf,
    printer: OneQueue,
    settled: Callable[[], None],
    said: list[tuple[str, str]],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    page = page_of(Role.CLERK, printer)
    (tmp_path / "practice" / BACKUPS).write_text("in the way")
    page.ui.close_day.click()
    qtbot.waitUntil(lambda: page.ui.closes.model().rowCount() == 1)
    settled()
    assert "备份要注意" in said[-1][1]
    assert "1 项待办已写在单上" in said[-1][1]


def test_the_supervisor_is_told_whose_draft_is_whose(
    page_of: PageOf, printer: OneQueue, desks: Callable[[Role], Desk], tasks: Tasks, settled: Callable[[], None]
) -> None:
    clerk = desks(Role.CLERK)
    kept: list[int] = []
    tasks.run(lambda: drafts.keep(clerk, DraftKind.REGISTRATION, "{}"), kept.append)
    settled()
    page = page_of(Role.SUPERVISOR, printer)
    assert "请窗口员处理" in words(page)


@pytest.mark.parametrize("variant", [Variant.LIGHT, Variant.DARK])
def test_nothing_is_cut_off_in_large_type(
    page_of: PageOf,
    printer: OneQueue,
    seeded: tuple[Registered, ...],
    theme: Theme,
    variant: Variant,
    screenshot: Screenshot,
    settled: Callable[[], None],
    qtbot: QtBot,
) -> None:
    theme.wear(variant, large=True)
    page = page_of(Role.SUPERVISOR, printer)
    page.ui.close_day.click()
    qtbot.waitUntil(lambda: page.ui.closes.model().rowCount() == 1)
    settled()
    screenshot(page, f"day_close_large_{variant.value}")
    assert page.minimumSizeHint().width() <= 1196
    assert page.minimumSizeHint().height() <= 688
    page.resize(1162, 573)  # beside a wide navigation, above a message of two lines
    panel = page.ui.figuresPanel
    qtbot.waitUntil(lambda: panel.height() >= panel.layout().totalHeightForWidth(panel.width()))  # type: ignore[union-attr]


def test_tab_goes_through_what_is_open_before_the_closes(
    page_of: PageOf, printer: OneQueue, seeded: tuple[Registered, ...], settled: Callable[[], None], qtbot: QtBot
) -> None:
    page = page_of(Role.CLERK, printer)
    page.ui.close_day.click()
    qtbot.waitUntil(lambda: page.ui.closes.model().rowCount() == 1)
    settled()
    page.ui.close_day.setFocus()
    walked = []
    for _ in range(len(buttons(page)) + 3):
        page.focusNextChild()
        walked.append(page.focusWidget())
    assert walked == [page.ui.openScroll, *buttons(page), page.ui.closes, page.ui.reprint]
