"""Years and their days as tables."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt

from onevisit.desk.house_days import DecreedBy, YearLine
from onevisit.rules.clocks import show_short_day
from onevisit.rules.holidays import YearTable
from onevisit.ui.widgets.items import WORDS_ROLE
from onevisit.ui.widgets.row_table import TextColumn, TextTable

_WEEKDAYS: Final = "一二三四五六日"
_TONES: Final = {DecreedBy.UNIT: "fine", DecreedBy.LIBRARY: "", DecreedBy.NOBODY: "attention"}


def _known(line: YearLine, figure: int) -> str:
    return "—" if line.by is DecreedBy.NOBODY else f"{figure} 天"


YEARS: Final = (
    TextColumn[YearLine]("年份", lambda line: str(line.year)),
    TextColumn[YearLine]("来源", lambda line: line.by.label),
    TextColumn[YearLine]("放假", lambda line: _known(line, line.off)),
    TextColumn[YearLine]("上班", lambda line: _known(line, line.worked)),
)
BY_COLUMN: Final = 1


class YearsModel(TextTable[YearLine]):
    """Every year, the latest first."""

    def __init__(self) -> None:
        super().__init__(YEARS, key=lambda line: line.year)

    def cell(self, row: YearLine, column: int, role: int) -> object:
        """Text; whose notice it is carries a tone."""
        if role == WORDS_ROLE and column == BY_COLUMN:
            return ((row.by.label, _TONES[row.by]),)
        return super().cell(row, column, role)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one kind in a row.

    Attributes:
        name: the feast; empty for make-up workdays.
    """

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def spans(table: YearTable) -> tuple[Span, ...]:
    """Days off of one feast in a row become one line; make-up workdays stand alone."""
    found = [Span(day, day, "") for day in table.work]
    numbered = enumerate(table.rest)
    for _, group in groupby(numbered, key=lambda one: (one[1].name, one[1].day.toordinal() - one[0])):
        days = [rest for _, rest in group]
        found.append(Span(days[0].day, days[-1].day, days[0].name))
    return tuple(sorted(found, key=lambda one: one.first))


def _when(span: Span) -> str:
    if span.days > 1:
        return f"{show_short_day(span.first)}至{show_short_day(span.last)}"
    return f"{show_short_day(span.first)} 周{_WEEKDAYS[span.first.weekday()]}"


DAYS: Final = (
    TextColumn[Span]("日子", _when),
    TextColumn[Span]("安排", lambda span: f"休 {span.days} 天" if span.name else "班"),
    TextColumn[Span]("名称", lambda span: span.name or "调休"),
)
WHAT_COLUMN: Final = 1


class DaysModel(TextTable[Span]):
    """The days of one year in their order."""

    def __init__(self) -> None:
        super().__init__(DAYS, key=lambda span: span.first.toordinal())

    def cell(self, row: Span, column: int, role: int) -> object:
        """Text; days off and days worked are told apart by word and tone."""
        if role == WORDS_ROLE and column == WHAT_COLUMN:
            return ((DAYS[column].text(row), "fine" if row.name else "attention"),)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(one.text(row) for one in DAYS)
        return super().cell(row, column, role)
