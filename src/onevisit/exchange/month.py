"""统计工作簿: the figures of a span as a workbook, numbers as numbers, rates as rates, dates as dates, never a formula.

It is made in memory: no temporary file ever holds what it says.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from onevisit.desk.desk import Desk
from onevisit.desk.exports import VISIT_HEADER, ExportedFile
from onevisit.desk.figure_rows import visit_table
from onevisit.desk.figures import record_workbook, report
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ReturnReason
from onevisit.rules.clocks import local_time, show_moment
from onevisit.rules.figure_facts import Filters, Span
from onevisit.rules.figure_words import RATE_HEADS, filter_words, part_words, reasons_by_size, rules_of_counting
from onevisit.rules.figures import (
    NO_CLOSING,
    NOT_CLOSED,
    RATES,
    SLICED,
    UNKNOWN,
    FigureKey,
    Figures,
    MonthReport,
    Satisfaction,
    Share,
    Slice,
    Timeliness,
)
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.spreadsheet import Cell, harmless
from onevisit.rules.trail import ExportReason

Value = Cell | Share | None
"""Text, a number, a moment, a rate, or nothing to count (``—``)."""

NOTHING: Final = "—"
_CAUSES: Final = (*(one.value for one in ReturnReason), UNKNOWN)
_HEADS: Final = (
    *("", "批次", "人次", "初访", "重复访", *(RATE_HEADS[key] for key in RATES), "等候分钟"),
    *(f"再来：{part_words(FigureKey.REASONS, cause)}" for cause in _CAUSES),
)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4: Final = 9
_WIDEST: Final = 60


def export_month(
    desk: Desk,
    span: Span,
    filters: Filters,
    reason: ExportReason,
    with_visits: bool = False,
    progress: Progress = no_progress,
) -> ExportedFile:
    """Make the workbook of a span and record that it leaves. Needs SEE_FIGURES; EXPORT besides for the visits.

    Args:
        desk: who takes it.
        span: of local days.
        filters: which matters are counted.
        reason: why.
        with_visits: put a sheet with the visits behind the figures, those that may be known, numbers masked.
        progress: told how far it is.

    Raises:
        FormError: the days are the wrong way round, at ``last``.
    """
    if with_visits:
        desk.require(Permission.EXPORT)
    made = report(desk, span, filters, progress)
    visits = visit_table(desk, span, filters, progress) if with_visits else None
    content = month_workbook(made, visits)
    record_workbook(desk, span, reason, len(visits or ()))
    return ExportedFile(f"统计_{span.first:%Y%m%d}-{span.last:%Y%m%d}.xlsx", content, len(visits or ()))


def month_workbook(report: MonthReport, visits: Iterable[Sequence[Cell]] | None = None) -> bytes:
    """The workbook of a report; the same report gives the same bytes.

    Args:
        report: the figures, with who made them.
        visits: lines under ``exports.VISIT_HEADER`` for a sheet of their own; none without them.
    """
    target = BytesIO()
    with Workbook(target, _OPTIONS) as book:
        made = local_time(report.made_at).replace(tzinfo=None)
        book.set_properties({"title": "信访接待统计", "author": report.unit.name, "created": made})
        writer = _Writer(book)
        figures = report.figures
        writer.sheet("主要数字", ("项目", "数字", "单位"), _summary(report), above=_above(report))
        writer.sheet("再次来访原因", ("原因", "批", "占重复访"), _reasons(figures))
        for key in SLICED:
            writer.sheet(key.label, _HEADS, (_slice(key, one) for one in figures.slices.get(key, ())))
        writer.sheet("怎样算的", ("项目", "怎样算"), rules_of_counting(figures.counted))
        if visits is not None:
            writer.sheet("来访清单", VISIT_HEADER, visits)
    return target.getvalue()


class _Writer:
    """Writes tables, each onto a sheet of its own."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._head: Format = book.add_format({"bold": True, "bottom": 1})
        self._rate: Format = book.add_format({"num_format": "0.0%", "align": "right"})
        self._number: Format = book.add_format({"num_format": "0"})
        self._none: Format = book.add_format({"align": "right"})
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})

    def sheet(
        self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], above: Sequence[str] = ()
    ) -> None:
        """Write a table with its head, which stays in sight, under some lines of text."""
        sheet = self._book.add_worksheet(name)
        for row, line in enumerate(above):
            sheet.write_string(row, 0, harmless(line))
        first = len(above)
        for column, head in enumerate(heads):
            sheet.write_string(first, column, harmless(head), self._head)
        widths = [_width(head) for head in heads]
        for row, values in enumerate(rows, start=first + 1):
            for column, value in enumerate(values):
                self._write(sheet, row, column, value)
                widths[column] = max(widths[column], _width(value))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if isinstance(value, Share):
            value_or_none = value.rate
            if value_or_none is None:
                sheet.write_string(row, column, NOTHING, self._none)
            else:
                sheet.write_number(row, column, value_or_none, self._rate)
        elif value is None:
            sheet.write_string(row, column, NOTHING, self._none)
        elif isinstance(value, str):
            sheet.write_string(row, column, harmless(value))
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._moment)
        else:
            sheet.write_number(row, column, value, self._number)


def _width(value: Value) -> int:
    """In characters of half width."""
    text = value if isinstance(value, str) else f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "100.0%"
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def _above(report: MonthReport) -> tuple[str, ...]:
    practice = "（练习，不作凭证）" if report.practice else ""
    return (
        f"{report.unit.name}　信访接待统计{practice}",
        f"{report.figures.span.words}　统计范围：{filter_words(report.filters)}",
        f"制表 {show_moment(report.made_at)}　工号 {report.staff_no}",
        "",
    )


def _summary(report: MonthReport) -> Iterator[Sequence[Value]]:
    figures, visits, one = report.figures, report.figures.visits, report.figures.one_visit
    yield from (("来访", visits.batches, "批"), ("来访", visits.persons, "人次"))
    yield from (("初访", figures.first, "批"), ("重复访", figures.repeat, "批"))
    yield from (("集体访", visits.group_batches, "批"), ("集体访", visits.group_persons, "人次"))
    days = figures.counted.return_days
    yield from (("一次办结率", one.rate, ""), (f"一次办结（满 {days} 天没有再来）", one.kept, "件"))
    yield from ((f"办结了 {days} 天内又来的", one.again, "件"), (f"已办结，未满 {days} 天", one.not_passed, "件"))
    for part, number in ((NOT_CLOSED, one.not_closed), (NO_CLOSING, one.no_closing)):
        yield (f"初访：{part_words(FigureKey.ONE_VISIT, part)}", number, "件")
    yield from _timeliness(FigureKey.ACCEPTANCE, "及时受理率", figures.acceptance)
    yield from _timeliness(FigureKey.ANSWER, "按期答复率", figures.answer)
    yield from _satisfaction("窗口", figures.window)
    yield from _satisfaction("责任单位", figures.unit)
    for key, waiting in ((FigureKey.TO_DESK, figures.to_desk), (FigureKey.TO_LAWYER, figures.to_lawyer)):
        yield (f"{key.label}（中位数）", waiting.median, "分钟")
        yield (f"{key.label}（九成不超过）", waiting.ninetieth, "分钟")


def _timeliness(key: FigureKey, word: str, found: Timeliness) -> Iterator[Sequence[Value]]:
    yield (word, found.rate, "")
    for part, number in (("in_time", found.in_time), ("late", found.late), ("missing", found.missing)):
        yield (part_words(key, part), number, "件")
    yield (f"{key.label}未到期（不计）", found.not_due, "件")


def _satisfaction(whom: str, found: Satisfaction) -> Iterator[Sequence[Value]]:
    yield from ((f"对{whom}满意率", found.rate, ""), (f"对{whom}参评率", found.taking_part, ""))
    said = (("满意", found.satisfied), ("基本满意", found.basically), ("不满意", found.dissatisfied))
    for word, number in (*said, ("未评价", found.silent), ("还在评价期", found.waiting)):
        yield (f"对{whom}：{word}", number, "件")


def _reasons(figures: Figures) -> Iterator[Sequence[Value]]:
    for part, number in reasons_by_size(figures):
        yield (part_words(FigureKey.REASONS, part), number, figures.reason_share(part))


def _slice(key: FigureKey, one: Slice) -> Sequence[Value]:
    counts = (part_words(key, one.part), one.batches, one.persons, one.first, one.repeat)
    causes = (one.reasons.get(cause, 0) for cause in _CAUSES)
    return (*counts, *(one.rates[rate] for rate in RATES), one.to_desk, *causes)
