"""统计月报: the figures of a span on A4 and the rules they were counted by; it names units and causes, nobody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onevisit.paper.flow import Flow, Style, TextPiece
from onevisit.paper.fonts import FontBook, plain
from onevisit.paper.lines import break_lines
from onevisit.paper.profiles import A4
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_moment
from onevisit.rules.figure_facts import Span
from onevisit.rules.figure_words import filter_words, how, part_words, reasons_by_size, summary
from onevisit.rules.figures import FigureKey, MonthReport, Share, Slice

_WHERE = (FigureKey.CLASSES, FigureKey.CONTENTS, FigureKey.PLACES, FigureKey.ORGANS, FigureKey.TIMES)
_GAP = 8.0
"""Points between two columns."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table: its head, its part of the width, and whether its figures stand at the right."""

    head: str
    share: float
    right: bool = True


_SUMMARY = (_Column("项目", 0.2, right=False), _Column("数字", 0.22, right=False), _Column("说明", 0.58, right=False))
_REASONS = (_Column("原因", 0.6, right=False), _Column("批", 0.2), _Column("占重复访", 0.2))
_VISITS = (_Column("", 0.4, right=False), *(_Column(head, 0.15) for head in ("批次", "人次", "初访", "重复访")))
_ORGANS = (
    _Column("", 0.34, right=False),
    *(_Column(head, 0.1) for head in ("批次", "人次", "初访", "重复访")),
    *(_Column(head, 0.13) for head in ("及时受理", "按期答复")),
)


def title_of(span: Span) -> str:
    """What the sheet of a span is called."""
    return "信访接待统计月报" if span == Span.month_of(span.first) else "信访接待统计表"


def render_month(report: MonthReport, fonts: FontBook) -> bytes:
    """Set it on as many pages of A4 as it needs; the same report always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Month(report, fonts)
    setter.compose()
    span = report.figures.span
    name = f"{title_of(span)} {span.words}"
    return write_pdf(setter.flow.strips, A4, Running(name, report.unit.name, name, report.practice), fonts)


def month_texts(report: MonthReport) -> Iterator[str]:
    """Every text that somebody typed: what must be tested for missing characters before printing."""
    yield report.unit.name
    yield from (one.part for one in report.figures.slices.get(FigureKey.ORGANS, ()))


class _Month:
    """Composes it, section by section in reading order."""

    def __init__(self, report: MonthReport, fonts: FontBook) -> None:
        sizes = A4.sizes
        self.flow = Flow(A4.inner_width, fonts)
        self._report, self._fonts, self._figures = report, fonts, report.figures
        self._title, self._lead = Style(sizes.title, bold=True), Style(sizes.lead, bold=True)
        self._body, self._strong = Style(sizes.small + 0.5), Style(sizes.small + 0.5, bold=True)
        self._small = Style(sizes.small)

    def compose(self) -> None:
        self._masthead()
        self._section("主要数字")
        self._table(_SUMMARY, [(word, number, note) for _, word, number, note in summary(self._figures)])
        self._reasons()
        for key in _WHERE:
            slices = self._figures.slices.get(key, ())
            if slices and not (key is FigureKey.TIMES and self._figures.span.by_days):
                self._section(key.label)
                self._table(*_where(key, slices))
        self._rules()
        self._foot()

    def _masthead(self) -> None:
        report, flow, span = self._report, self.flow, self._figures.span
        flow.text(report.unit.name, Style(A4.sizes.body).to("center"))
        flow.text(title_of(span), self._title.to("center"))
        flow.text(span.words, self._lead.to("center"))
        flow.gap(6)
        made = f"制表 {show_moment(report.made_at)}　工号 {report.staff_no}"
        flow.ends(f"统计范围：{filter_words(report.filters)}", made, self._small)
        flow.rule()

    def _reasons(self) -> None:
        self._section("再次来访原因")
        figures = self._figures
        if not figures.repeat:
            self.flow.text("这一段没有重复访。", self._body)
            return
        parts = reasons_by_size(figures)
        rows = [
            (part_words(FigureKey.REASONS, part), str(number), figures.reason_share(part).words)
            for part, number in parts
        ]
        self._table(_REASONS, rows)

    def _rules(self) -> None:
        self._section("怎样算的")
        for key in FigureKey:
            words = how(key, self._figures.counted)
            self.flow.hanging("•", f"{key.label}：{words}", self._small, self._small, self._small.size * 1.4)
        self.flow.text("“—”表示没有可算的数，不是 0。", self._small)

    def _foot(self) -> None:
        blank = "＿" * 8
        with self.flow.whole():
            self.flow.gap(18)
            self.flow.facts([("制表人", blank), ("审核人", blank)], self._body, self._body, A4.columns)

    def _section(self, words: str) -> None:
        self.flow.gap(10)
        self.flow.text(words, self._lead, keep=True)
        self.flow.add(3, keep=True, blank=True)

    def _table(self, columns: Sequence[_Column], rows: Rows) -> None:
        """Rows flow from page to page; none is divided, and the head stays with the first."""
        self._row(columns, [column.head for column in columns], self._strong, keep=True)
        for row in rows:
            self._row(columns, row, self._body)

    def _row(self, columns: Sequence[_Column], cells: Sequence[str], style: Style, *, keep: bool = False) -> None:
        pieces: list[TextPiece] = []
        left, lines = 0.0, 1
        for column, cell in zip(columns, cells, strict=True):
            width = column.share * self.flow.width - _GAP
            broken = self._broken(cell, width, style)
            lines = max(lines, len(broken))
            for place, line in enumerate(broken):
                spare = width - self._width(line, style) if column.right else 0.0
                drop = style.leading * place + style.leading / 2 + style.size * 0.38
                pieces.append(TextPiece(left + spare, drop, line, style))
            left += column.share * self.flow.width
        self.flow.add(lines * style.leading + 2, *pieces, keep=keep)

    def _broken(self, cell: str, width: float, style: Style) -> list[str]:
        return break_lines(plain(cell), width, lambda part: self._width(part, style), style.size)

    def _width(self, text: str, style: Style) -> float:
        return self._fonts.width(text, style.size, style.bold)


def _where(key: FigureKey, slices: Sequence[Slice]) -> tuple[Sequence[_Column], Rows]:
    if key is FigureKey.ORGANS:
        return _ORGANS, [(*_counts(key, one), _rate(one.acceptance), _rate(one.answer)) for one in slices]
    return _VISITS, [_counts(key, one) for one in slices]


def _counts(key: FigureKey, one: Slice) -> tuple[str, ...]:
    return (part_words(key, one.part), *map(str, (one.batches, one.persons, one.first, one.repeat)))


def _rate(share: Share | None) -> str:
    return "—" if share is None else share.words
