"""The page of figures on a real store: what stands there, what is behind it, what is printed and taken away."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.rules.test_figures import BY, VISIT
from tests.ui.conftest import Way
from tests.ui.day_close.test_page import OneQueue

from onevisit.desk.desk import Desk
from onevisit.desk.figures import figures
from onevisit.desk.register import Registered
from onevisit.desk.standing import StepFacts, open_for_change, seen, take_step
from onevisit.devices.printers import QueueInfo
from onevisit.exchange.month import export_month
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.clocks import local_day
from onevisit.rules.figure_count import count
from onevisit.rules.figure_facts import Facts, Filters, Span
from onevisit.rules.figures import FIRST, REPEAT, FigureKey, Figures
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.progress import Progress
from onevisit.rules.routes import Handling
from onevisit.rules.trail import ExportReason
from onevisit.store.tables import Evaluation, Matter
from onevisit.ui.figures.board import FiguresBoard
from onevisit.ui.figures.charts import BarList, Columns
from onevisit.ui.figures.choosing import LAST_MONTH, OWN, THIS_MONTH, THIS_YEAR
from onevisit.ui.figures.page import FiguresPage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

Screenshot = Callable[[QWidget, str], None]
_ORGANS = ("薛城区人力资源和社会保障局", "枣庄市住房和城乡建设局")


class NoQueue(OneQueue):
    """A computer without a print queue."""

    def queues(self) -> tuple[QueueInfo, ...]:
        return ()


@pytest.fixture
def printer(tmp_path: Path) -> OneQueue:
    return OneQueue(tmp_path / "prints")


@pytest.fixture
def make_page(
    context_of: Callable[[Role], Context], open_page: Callable[[Page], None], printer: OneQueue, resources: Path
) -> Callable[..., FiguresPage]:
    def make(role: Role = Role.CLERK, queue: OneQueue | None = None) -> FiguresPage:
        sheets = HouseSheets(FontBook(resources / "fonts"), queue or printer)  # type: ignore[arg-type]  # as there
        page = FiguresPage(context_of(role), sheets, export_month)
        open_page(page)
        return page

    return make


def _go_on(desk: Desk, visits: tuple[Registered, ...]) -> None:
    """Let the matters of the day go on: routed, accepted, answered, evaluated."""
    today = local_day(desk.now())
    with desk.work(Permission.HANDLE) as session:
        for place, visit in enumerate({one.matter_id: one for one in visits}.values()):
            matter = open_for_change(desk, session, seen(session.get_one(Matter, visit.matter_id)))
            handling = (Handling.TRANSFER, Procedure.OPINION)
            take_step(
                desk, session, matter, Action.ROUTE, StepFacts(today - timedelta(days=20 + place)),
                handling=handling[0], procedure=handling[1],
            )  # fmt: skip
            matter.lead_organ = _ORGANS[place % 2]
            if place % 3:
                take_step(desk, session, matter, Action.ACCEPT, StepFacts(today - timedelta(days=2 * place)))
            values = list(EvaluationValue)
            for subject in EvaluationSubject:
                session.add(
                    Evaluation(
                        matter_id=matter.id,
                        subject=subject,
                        value=values[place % 3],
                        asked_on=today,
                        recorded_at=desk.now(),
                        account_id=desk.actor.account_id,
                    )
                )


@pytest.fixture
def lived(seeded: tuple[Registered, ...], desks: Callable[[Role], Desk], tasks: Tasks, qtbot: QtBot) -> None:
    desk, done = desks(Role.SUPERVISOR), list[None]()
    tasks.run(lambda: _go_on(desk, seeded), done.append)
    qtbot.waitUntil(lambda: bool(done))


def _whole_year(page: FiguresPage, settled: Callable[[], None]) -> None:
    """A year to either side of today: at New Year the days before belong to another one."""
    today = page.ui.first.date()
    page.ui.first.setDate(today.addYears(-1))
    page.ui.last.setDate(today.addYears(1))
    page.ui.count.click()
    settled()


def test_an_empty_month_shows_noughts_and_dashes(
    make_page: Callable[..., FiguresPage], screenshot: Screenshot, qtbot: QtBot
) -> None:
    page = make_page()
    texts = {key: tile.number.text() for key, tile in page.board.tiles.items()}
    assert texts[FigureKey.VISITS] == "0 批 0 人次"
    assert texts[FigureKey.ONE_VISIT] == texts[FigureKey.WINDOW] == texts[FigureKey.TO_DESK] == "—"
    assert page.board.charts[FigureKey.REASONS].accessibleDescription() == "这一段没有数据"
    tops = [page.ui.first, page.choosing.row, page.ui.stack]
    qtbot.waitUntil(lambda: [one.y() for one in tops] == sorted(one.y() for one in tops))
    screenshot(page, "figures-empty")


def test_the_figures_stand_there_with_their_rules(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], screenshot: Screenshot
) -> None:
    page = make_page()
    _whole_year(page, settled)
    tile = page.board.tiles[FigureKey.ONE_VISIT]
    assert tile.accessibleName().startswith("一次办结率")
    assert "90 天" in tile.accessibleDescription()
    assert "90 天" in tile.note.text()
    for words in ("及时受理率 = ", "未评价，不计入", "示例，以本地文件为准", "÷"):
        assert words in page.board.rules.text()
    times = page.board.charts[FigureKey.TIMES]
    assert isinstance(times, Columns)
    assert sum(bar.total for bar in times.bars) == 12
    assert "初访" in times.accessibleDescription()
    screenshot(page, "figures-year")
    page.ui.board.verticalScrollBar().setValue(page.ui.board.verticalScrollBar().maximum())
    screenshot(page, "figures-year-below")


@pytest.mark.parametrize(
    ("variant", "large"), [(Variant.DARK, False), (Variant.CONTRAST, False), (Variant.LIGHT, True)]
)
def test_every_look_shows_them_whole(
    make_page: Callable[..., FiguresPage], lived: None, theme: Theme, settled: Callable[[], None],
    screenshot: Screenshot, qtbot: QtBot, variant: Variant, large: bool,
) -> None:  # fmt: skip
    page = make_page()
    theme.wear(variant, large=large)
    _whole_year(page, settled)
    qtbot.waitUntil(lambda: all(_is_whole(label) for t in page.board.tiles.values() for label in t.labels()))
    screenshot(page, f"figures-{variant.value}{'-large' if large else ''}")
    page.ui.board.verticalScrollBar().setValue(260)
    screenshot(page, f"figures-{variant.value}{'-large' if large else ''}-charts")
    assert page.minimumSizeHint().width() <= 1196


def test_months_of_two_years_and_days_of_two_months_are_told_apart(qtbot: QtBot) -> None:
    def labels(first: date, last: date, *days: date) -> list[str]:
        board = FiguresBoard()
        qtbot.addWidget(board)
        visits = tuple(VISIT._replace(day=day) for day in days)
        board.show_figures(count(Facts(visits), Span(first, last), BY))
        return [bar.label for bar in board.charts[FigureKey.TIMES].bars]

    january = date(2026, 1, 1)
    assert labels(january, date(2026, 12, 31), january, date(2026, 3, 2)) == ["1月", "2月", "3月"]
    assert labels(date(2025, 1, 1), date(2026, 12, 31), date(2025, 12, 3), january) == ["2025年12月", "2026年1月"]
    assert labels(january, date(2026, 1, 31), january, date(2026, 1, 2)) == ["1日", "2日"]
    assert labels(january, date(2026, 1, 31), date(2026, 1, 2)) == ["2日"]
    assert labels(date(2026, 1, 20), date(2026, 2, 10), date(2026, 1, 31), date(2026, 2, 1)) == ["1月31日", "2月1日"]


def _is_whole(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width())
    return label.width() >= label.sizeHint().width()


def test_another_span_is_counted_at_once_and_days_when_asked_for(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], desks: Callable[[Role], Desk]
) -> None:
    page = make_page()
    today = local_day(desks(Role.CLERK).now())
    assert page.choosing.span() == Span.month_of(today)
    page.choosing.spans.set_value(LAST_MONTH)
    settled()
    assert page.choosing.span() == Span.month_before(today)
    page.ui.first.setDate(page.ui.first.date().addYears(-1))
    assert page.choosing.spans.value() == OWN
    assert page.ui.count.isVisible()
    page.ui.last.setDate(page.ui.first.date().addDays(-1))
    page.ui.count.click()
    assert "结束日期不能早于开始日期" in page.ui.fault.text()
    page.ui.last.setDate(page.ui.first.date().addDays(800))
    QTest.keyClick(page.ui.last, Qt.Key.Key_Return)
    settled()
    assert page.ui.fault.text() == ""
    assert page.board.tiles[FigureKey.VISITS].number.text().startswith("12 批")
    page.choosing.spans.set_value(THIS_MONTH)
    settled()
    assert page.choosing.span() == Span.month_of(today)


def test_the_last_of_several_choices_is_what_is_shown(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], said: list[tuple[str, str]]
) -> None:
    page = make_page()
    for span in (LAST_MONTH, THIS_MONTH, LAST_MONTH, THIS_YEAR):
        page.choosing.spans.set_value(span)
    settled()
    assert page.ui.said.text().startswith(page.choosing.span().words)
    assert page.choosing.span().days in {365, 366}
    page.ui.print.click()
    page.choosing.spans.set_value(LAST_MONTH)
    settled()
    assert page.ui.said.text() == page.choosing.span().words
    assert ["已送到" in sentence for _, sentence in said] == [True]


def test_counting_that_is_stopped_says_so_and_the_numbers_in_sight_keep_their_rows(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = make_page(Role.SUPERVISOR)
    _whole_year(page, settled)
    gate = Event()

    def slow(desk: Desk, span: Span, filters: Filters, progress: Progress) -> Figures:
        while not gate.wait(0.01):
            progress(1, 3, "正在统计来访")
        return figures(desk, span, filters)

    monkeypatch.setattr("onevisit.ui.figures.page.figures", slow)
    try:
        page.choosing.spans.set_value(LAST_MONTH)
        qtbot.waitUntil(page.work.halt.isVisible)
        assert "正在统计" in page.ui.said.text()
        page.work.halt.click()
        qtbot.waitUntil(lambda: page.ui.said.text().startswith("已停下"))
    finally:
        gate.set()
    assert page.board.tiles[FigureKey.VISITS].number.text().startswith("12 批")
    page.board.tiles[FigureKey.VISITS].click()
    settled()
    assert page.behind.model.rowCount() == 12


def test_filters_count_less_and_can_be_taken_away_at_once(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None]
) -> None:
    page = make_page()
    _whole_year(page, settled)
    whole = page.board.tiles[FigureKey.VISITS].number.text()
    organ = page.choosing.organ
    assert [organ.itemText(at) for at in range(organ.count())] == ["全部", *sorted(_ORGANS)]
    organ.setCurrentIndex(1)
    settled()
    assert page.board.tiles[FigureKey.VISITS].number.text() != whole
    assert organ.count() == 3
    page.choosing.row.all.click()
    settled()
    assert page.board.tiles[FigureKey.VISITS].number.text() == whole
    assert not page.choosing.row.all.isEnabled()


def test_a_figure_opens_its_rows_and_a_row_its_matter(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], way: Way, screenshot: Screenshot
) -> None:
    page = make_page(Role.SUPERVISOR)
    _whole_year(page, settled)
    tile = page.board.tiles[FigureKey.VISITS]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    settled()
    assert page.ui.table.hasFocus()
    assert page.ui.behindTitle.text() == "来访"
    assert page.ui.behindCount.text() == "共 12 行"
    page.behind.parts.set_value(REPEAT)
    settled()
    assert page.ui.behindTitle.text() == "重复访"
    assert "*" in str(page.behind.model.index(0, 2).data())
    screenshot(page, "figures-behind")
    row = page.behind.selected()
    assert row is not None
    QTest.keyClick(page.ui.table, Qt.Key.Key_Return)
    assert way.went == [("open_matter", row.matter_id)]
    page.behind.parts.set_value(FIRST)
    settled()
    page.ui.table.setCurrentIndex(page.behind.model.index(3, 0))
    kept = page.behind.selected()
    page.refresh()
    settled()
    assert page.behind.selected() == kept
    assert page.go_back()
    assert tile.hasFocus()
    assert not page.go_back()


def test_a_bar_is_walked_by_keys_and_opened_by_enter_or_the_mouse(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None]
) -> None:
    page = make_page()
    _whole_year(page, settled)
    chart = page.board.charts[FigureKey.CONTENTS]
    assert isinstance(chart, BarList)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current == 1
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.current == len(chart.bars) - 1
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    settled()
    assert page.ui.behindTitle.text() == f"按内容分类：{chart.bars[0].label}"
    assert page.behind.model.rowCount() == chart.bars[0].total
    page.ui.back.click()
    assert chart.hasFocus()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.area(1).center())
    settled()
    assert page.ui.behindTitle.text() == f"按内容分类：{chart.bars[1].label}"
    page.ui.back.click()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, 1))
    assert not page.ui.behind.isVisible()


def test_what_is_confidential_is_told_by_number(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], desks: Callable[[Role], Desk],
    tasks: Tasks, qtbot: QtBot,
) -> None:  # fmt: skip
    desk, done = desks(Role.SUPERVISOR), list[None]()

    def hide_one() -> None:
        with desk.work(Permission.HANDLE) as session:
            matter = session.get_one(Matter, 1)
            matter.confidential = True
            for visit in matter.visits:
                visit.registered_at -= timedelta(days=3)

    tasks.run(hide_one, done.append)
    qtbot.waitUntil(lambda: bool(done))
    page = make_page()
    _whole_year(page, settled)
    page.open_rows(FigureKey.VISITS, "")
    settled()
    assert "件保密，不在这里列出" in page.ui.behindCount.text()


def test_the_month_is_printed_by_the_one_blue_button(
    make_page: Callable[..., FiguresPage], printer: OneQueue, settled: Callable[[], None], said: list[tuple[str, str]]
) -> None:
    page = make_page()
    blue = [one for one in children(page, QAbstractButton) if one.property("role") == "primary"]
    assert blue == [page.ui.print]
    page.ui.print.click()
    settled()
    words = page.choosing.span().words
    assert printer.titles == [f"统计 {words}"]
    assert said == [("fine", f"{words}的统计表已送到“窗口激光机”。")]


def test_without_a_printer_it_says_what_to_do(
    make_page: Callable[..., FiguresPage], settled: Callable[[], None], said: list[tuple[str, str]], tmp_path: Path
) -> None:
    page = make_page(queue=NoQueue(tmp_path))
    page.ui.print.click()
    settled()
    assert [sentence for _, sentence in said] == ["没有打印机，请接好打印机后再按“打印月报”。"]
    assert page.ui.print.isEnabled()


@pytest.mark.parametrize(("role", "visits"), [(Role.CLERK, False), (Role.SUPERVISOR, True)])
def test_the_workbook_is_taken_for_a_reason(
    make_page: Callable[..., FiguresPage], lived: None, settled: Callable[[], None], tmp_path: Path,
    screenshot: Screenshot, said: list[tuple[str, str]], role: Role, visits: bool,
) -> None:  # fmt: skip
    page = make_page(role)
    _whole_year(page, settled)
    page.ui.export_book.click()
    assert page.with_visits.isVisible() is visits
    screenshot(page, f"figures-export-{role.value}")
    assert page.exporting.first.date().toPython() == page.choosing.span().first
    page.exporting.reason.setCurrentIndex(page.exporting.reason.findData(ExportReason.STATISTICS))
    page.with_visits.setChecked(True)
    page.exporting.export_to(tmp_path)
    settled()
    (book,) = tmp_path.glob("统计_*.xlsx")
    assert book.stat().st_size > 5000
    assert "已导出到" in said[-1][1]
    page.ui.export_book.click()
    assert page.go_back()
    assert not page.with_visits.isVisible()


def test_the_day_moves_the_month(make_page: Callable[..., FiguresPage]) -> None:
    page = make_page()
    page.choosing.begin(date(2027, 1, 5))
    assert page.choosing.span() == Span.month_of(date(2027, 1, 5))
