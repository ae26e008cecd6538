"""统计月报: the figures of a span on A4 and the rules they were counted by; it names units and causes, nobody else."""

from collections.abc import Iterable, Iterator, Sequence

from onevisit.paper.flow import Style
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.paper.table import Column, add_table
from onevisit.rules.clocks import show_moment
from onevisit.rules.figure_facts import Span
from onevisit.rules.figure_words import (
    RATE_HEADS,
    filter_words,
    part_words,
    reasons_by_size,
    rules_of_counting,
    summary,
)
from onevisit.rules.figures import RATES, SLICED, FigureKey, MonthReport, Slice

_SUMMARY = (Column("项目", 0.2, right=False), Column("数字", 0.22, right=False), Column("说明", 0.58, right=False))
_REASONS = (Column("原因", 0.6, right=False), Column("批", 0.2), Column("占重复访", 0.2))
_COUNTS = (("批次", 0.071), ("人次", 0.08), ("初访", 0.071), ("重复访", 0.075))
_SLICES = (
    Column("", 0.218, right=False),
    *(Column(head, share) for head, share in _COUNTS),
    *(Column(f"{head[:2]}\n{head[2:]}", 0.084) for head in map(RATE_HEADS.__getitem__, RATES)),
    Column("等候\n分钟", 0.065),
)
"""Wide enough for five figures in small print, and for ``100.0%``."""


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


class _Month(Setter):
    """Composes it, section by section in reading order."""

    def __init__(self, report: MonthReport, fonts: FontBook) -> None:
        super().__init__(A4, fonts)
        self._report, self._figures = report, report.figures
        size = A4.sizes.small + 0.5
        self._body, self._strong = Style(size), Style(size, bold=True)

    def compose(self) -> None:
        self._masthead()
        self._section("主要数字")
        self._table(_SUMMARY, [(word, number, note) for _, word, number, note in summary(self._figures)])
        self._reasons()
        for key in SLICED:
            slices = self._figures.slices.get(key, ())
            if slices and not (key is FigureKey.TIMES and self._figures.span.by_days):
                self._section(key.label)
                rows = (tuple(_slice(key, one)) for one in slices)
                add_table(self.flow, _SLICES, rows, Style(A4.sizes.small, bold=True), self._small)
        self._rules()
        self.flow.missing(month_texts(self._report), self._small)

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
        *rules, last = rules_of_counting(self._figures.counted)
        for rule in rules:
            self._rule(*rule)
        with self.flow.whole():
            # whoever signs has at least one rule above the name
            self._rule(*last)
            self._foot()

    def _rule(self, called: str, words: str) -> None:
        self.flow.hanging("•", f"{called}：{words}", self._small, self._small, self._small.size * 1.4)

    def _foot(self) -> None:
        blank = "＿" * 8
        self.flow.gap(18)
        self.flow.facts([("制表人", blank), ("审核人", blank)], self._body, self._body, A4.columns)

    def _section(self, words: str) -> None:
        self.flow.gap(10)
        self.flow.text(words, self._lead, keep=True)
        self.flow.add(3, keep=True, blank=True)

    def _table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        add_table(self.flow, columns, rows, self._strong, self._body)


def _slice(key: FigureKey, one: Slice) -> Iterator[str]:
    yield part_words(key, one.part)
    yield from map(str, (one.batches, one.persons, one.first, one.repeat))
    yield from (one.rates[rate].words for rate in RATES)
    yield "—" if one.to_desk is None else str(one.to_desk)
