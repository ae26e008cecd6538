"""统计: the figures of a span and their formulas; causes are counted and units, never people.

The formulas are those of the indicators that the national system shows (domain facts, §2.6): 及时受理率 = 及时受理 /
应受理; 按期答复率 = 按期答复 /（按期答复 + 超期答复 + 超期未答复）, where what is not due yet is left out; 参评率 =
已评价 /（已评价 + 超期未评价）; 满意率 = （满意 + 基本满意）/ 已评价. The one-visit rate is the unit's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from onevisit.rules.figure_facts import Counted, Filters, Span
from onevisit.rules.groups import Turnout
from onevisit.rules.labels import Labelled
from onevisit.rules.slip import UnitCard

UNKNOWN: Final = "-"
"""The part of rows that say nothing: no reason was recorded, no unit, no district."""

FIRST: Final = "first"
REPEAT: Final = "repeat"
KEPT: Final = "kept"
AGAIN: Final = "again"
NOT_PASSED: Final = "not_passed"
NOT_CLOSED: Final = "not_closed"
NO_CLOSING: Final = "no_closing"
IN_TIME: Final = "in_time"
LATE: Final = "late"
MISSING: Final = "missing"
ALL: Final = ""
"""The whole of a figure, where a part is asked for."""


class FigureKey(Labelled):
    """Everything that is counted; each has parts."""

    VISITS = "visits", "来访"
    GROUPS = "groups", "集体访"
    ONE_VISIT = "one_visit", "一次办结"
    REASONS = "reasons", "再次来访原因"
    ACCEPTANCE = "acceptance", "受理"
    ANSWER = "answer", "答复"
    WINDOW = "window", "对窗口的评价"
    UNIT = "unit", "对责任单位的评价"
    TO_DESK = "to_desk", "等候登记"
    TO_LAWYER = "to_lawyer", "等候律师"
    CLASSES = "classes", "按三类"
    CONTENTS = "contents", "按内容分类"
    ORGANS = "organs", "按责任单位"
    PLACES = "places", "按属地"
    TIMES = "times", "按时间"


CLOCKS: Final = frozenset({FigureKey.ACCEPTANCE, FigureKey.ANSWER})
EVALUATIONS: Final = frozenset({FigureKey.WINDOW, FigureKey.UNIT})
RATES: Final = (FigureKey.ONE_VISIT, FigureKey.ACCEPTANCE, FigureKey.ANSWER, FigureKey.WINDOW, FigureKey.UNIT)
"""The figures that are rates, in the order of their columns."""
SLICED: Final = (FigureKey.CLASSES, FigureKey.CONTENTS, FigureKey.PLACES, FigureKey.ORGANS, FigureKey.TIMES)
"""What everything is divided by, in the order of its tables."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; of nothing there is no share."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where the whole is nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def words(self) -> str:
        """``83.3%``, or ``—`` where the whole is nothing."""
        return "—" if self.rate is None else f"{self.rate:.1%}"


@dataclass(frozen=True, slots=True)
class OneVisit:
    """The first visits of the span; the rate knows those of closed matters alone.

    Attributes:
        kept: N days have passed and nobody came again within them.
        again: N days have passed and somebody did.
        not_passed: N days have not passed yet; they are in no rate.
        quiet: so many of those without another visit so far.
        not_closed: the matter is not closed yet.
        no_closing: it was withdrawn, merged or split, and will not be closed itself.
        counted_from: the day on which the first of those whose days have not passed is counted; None where none waits.
    """

    kept: int
    again: int
    not_passed: int
    quiet: int
    not_closed: int
    no_closing: int
    counted_from: date | None = None

    @property
    def rate(self) -> Share:
        """Kept, of those whose days have passed."""
        return Share(self.kept, self.kept + self.again)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Periods with their last day in the span: kept, kept late, overdue; and those that are not due yet."""

    in_time: int
    late: int
    missing: int
    not_due: int = 0

    @property
    def rate(self) -> Share:
        """Kept in time, of all that were due."""
        return Share(self.in_time, self.in_time + self.late + self.missing)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What was said when asked; ``waiting`` are asked and still have time."""

    satisfied: int
    basically: int
    dissatisfied: int
    silent: int
    waiting: int
    silence_satisfied: bool

    @property
    def answered(self) -> int:
        """Those who said something."""
        return self.satisfied + self.basically + self.dissatisfied

    @property
    def rate(self) -> Share:
        """Satisfied or basically, of those who answered; with the silent on both sides where the unit says so."""
        silent = self.silent if self.silence_satisfied else 0
        return Share(self.satisfied + self.basically + silent, self.answered + silent)

    @property
    def taking_part(self) -> Share:
        """参评率: answered, of those whose time is over or who answered."""
        return Share(self.answered, self.answered + self.silent)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people waited, in whole minutes; None where nobody did."""

    people: int
    median: int | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of everything, such as a class, a unit or a month.

    Attributes:
        rates: of each of ``RATES``.
        to_desk: the minutes that half of the people waited before registration; None where nobody did.
        reasons: how often somebody came again for which reason.
    """

    part: str
    batches: int
    persons: int
    first: int
    rates: Mapping[FigureKey, Share]
    to_desk: int | None
    reasons: Mapping[str, int]

    @property
    def repeat(self) -> int:
        """Visits that were not the first on their matter."""
        return self.batches - self.first


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a span.

    Attributes:
        unread: matters whose rule set cannot be read; they are in neither figure of timeliness.
    """

    span: Span
    counted: Counted
    visits: Turnout
    first: int
    one_visit: OneVisit
    reasons: Mapping[str, int]
    acceptance: Timeliness
    answer: Timeliness
    window: Satisfaction
    unit: Satisfaction
    to_desk: Waiting
    to_lawyer: Waiting
    slices: Mapping[FigureKey, Sequence[Slice]]
    unread: int = 0

    @property
    def repeat(self) -> int:
        """Visits that were not the first on their matter."""
        return self.visits.batches - self.first

    def reason_share(self, part: str) -> Share:
        """How large a part of the repeat visits has this reason."""
        return Share(self.reasons.get(part, 0), self.repeat)


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The figures of a span, as they are printed and written into a workbook.

    Attributes:
        unit: whose figures.
        practice: made in practice mode.
        made_at: when.
        staff_no: by whom.
        figures: all of them.
        filters: which matters were counted.
    """

    unit: UnitCard
    practice: bool
    made_at: datetime
    staff_no: str
    figures: Figures
    filters: Filters
