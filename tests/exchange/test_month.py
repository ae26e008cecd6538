"""The workbook of a month, opened by another library: numbers are numbers, rates are rates, nothing is a formula."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from tests.paper.test_month import NOTHING, PLAIN

from onevisit.desk import audit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError
from onevisit.desk.exports import VISIT_HEADER
from onevisit.desk.register import register
from onevisit.exchange.month import NOTHING as DASH
from onevisit.exchange.month import export_month, month_workbook
from onevisit.rules.classification import ReturnReason
from onevisit.rules.figure_facts import Filters, Span
from onevisit.rules.figures import FigureKey
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.spreadsheet import harmless, is_run
from onevisit.rules.trail import ExportReason

DAY = date(2026, 11, 23)
MONTH = Span.month_of(DAY)
NewForm = Callable[..., RegistrationForm]


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows()]


def figures(book: Workbook) -> Iterator[tuple[str, object, str]]:
    """Name, number and format of each line of the first sheet."""
    for row in book["主要数字"].iter_rows(min_row=6):
        yield str(row[0].value), row[1].value, str(row[1].number_format)


def test_it_has_a_sheet_for_each_part_and_says_who_made_it() -> None:
    book = opened(month_workbook(PLAIN))
    assert book.sheetnames == [
        *("主要数字", "再次来访原因", "按三类", "按内容分类", "按属地", "按责任单位", "按时间", "怎样算的"),
    ]  # fmt: skip
    above = [str(row[0]) for row in rows(book, "主要数字")[:3]]
    assert above[0].endswith("信访接待统计")
    assert above[1] == "2026年11月　统计范围：全部"
    assert above[2] == "制表 2026年11月30日 17:05　工号 004"
    assert book.properties.creator == PLAIN.unit.name


def test_numbers_are_numbers_and_rates_are_rates() -> None:
    found = {name: (value, form) for name, value, form in figures(opened(month_workbook(PLAIN)))}
    acceptance, form = found["及时受理率"]
    assert acceptance == pytest.approx(PLAIN.figures.acceptance.rate.rate)
    assert form == "0.0%"
    assert found["及时受理"] == (PLAIN.figures.acceptance.in_time, "0")
    assert found["初访"] == (PLAIN.figures.first, "0")
    organs = rows(opened(month_workbook(PLAIN)), "按责任单位")
    assert organs[0][1:11] == (
        *("批次", "人次", "初访", "重复访", "一次办结率", "及时受理率", "按期答复率", "窗口满意率", "单位满意率"),
        "等候分钟",
    )
    assert organs[0][11] == f"再来：{next(iter(ReturnReason)).label}"
    causes = sum(int(str(value)) for row in organs[1:] for value in row[11:])
    assert causes == PLAIN.figures.repeat
    for name, key in (("按三类", FigureKey.CLASSES), ("按属地", FigureKey.PLACES), ("按时间", FigureKey.TIMES)):
        cells = opened(month_workbook(PLAIN))[name].iter_rows(min_row=2, min_col=6, max_col=10)
        for row, one in zip(cells, PLAIN.figures.slices[key], strict=True):
            wanted = [DASH if share.rate is None else pytest.approx(share.rate) for share in one.rates.values()]
            assert [cell.value for cell in row] == wanted
            assert {cell.number_format for cell in row if cell.value != DASH} <= {"0.0%"}
    assert all(isinstance(value, int) for row in organs[1:] for value in row[1:5])
    assert sum(int(str(row[1])) for row in organs[1:]) == PLAIN.figures.visits.batches


def test_of_nothing_there_is_a_dash_and_no_number() -> None:
    found = {name: value for name, value, _ in figures(opened(month_workbook(NOTHING)))}
    assert found["一次办结率"] == found["等候登记（中位数）"] == DASH
    assert found["初访"] == 0


def test_nothing_is_a_formula_whatever_was_typed() -> None:
    wicked = ('=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "＝1", "\t=1", "https://x.invalid", "0123", "'")
    content = month_workbook(PLAIN, [wicked])
    book = opened(content)
    assert rows(book, "来访清单")[1][: len(wicked)] == tuple(map(harmless, wicked))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert not (isinstance(cell.value, str) and is_run(cell.value)), cell.value
    with ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


def test_the_same_report_gives_the_same_bytes() -> None:
    assert month_workbook(PLAIN) == month_workbook(PLAIN)


def test_a_clerk_takes_the_figures_and_no_visits(clerk_desk: Desk, auditor_desk: Desk, new_form: NewForm) -> None:
    register(clerk_desk, new_form())
    file = export_month(clerk_desk, MONTH, Filters(), ExportReason.STATISTICS)
    assert (file.name, file.rows) == ("统计_20261101-20261130.xlsx", 0)
    assert "来访清单" not in opened(file.content).sheetnames
    assert "王伟" not in repr([rows(opened(file.content), name) for name in opened(file.content).sheetnames])
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.detail) == ("导出统计表", "统计报送，20261101-20261130，0 行")
    with pytest.raises(NotAllowedError):
        export_month(clerk_desk, MONTH, Filters(), ExportReason.STATISTICS, with_visits=True)


def test_whoever_may_export_takes_the_visits_masked(
    clerk_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    register(clerk_desk, form)
    file = export_month(supervisor_desk, MONTH, Filters(), ExportReason.INSPECTION, with_visits=True)
    lines = rows(opened(file.content), "来访清单")
    assert lines[0] == VISIT_HEADER
    assert (file.rows, len(lines), lines[1][4]) == (1, 2, "王伟")
    arrived = opened(file.content)["来访清单"]["C2"]
    assert arrived.is_date
    assert isinstance(arrived.value, datetime)
    assert (arrived.value.date(), arrived.number_format) == (DAY, "yyyy-mm-dd hh:mm")
    assert form.lead is not None
    assert form.lead.id_number not in repr(lines)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert newest.detail == "上级检查或督查，20261101-20261130，1 行"


def test_days_the_wrong_way_round_take_nothing(clerk_desk: Desk, auditor_desk: Desk) -> None:
    before = audit.entries(auditor_desk, limit=1)
    with pytest.raises(FormError):
        export_month(clerk_desk, Span(DAY, date(2026, 1, 1)), Filters(), ExportReason.STATISTICS)
    assert audit.entries(auditor_desk, limit=1) == before
