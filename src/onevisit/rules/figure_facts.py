"""What figures are counted from: a span of days, filters, and rows that name nobody (``rules.figures`` counts them)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.classification import ContentClass, PetitionClass, Purpose, ReturnReason
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault
from onevisit.rules.policy import Policy
from onevisit.rules.registration import GROUP_FROM, is_group

NO_CLASS = "none"
"""Stands for enquiries and the rest, which are none of the three classes, where a class is chosen or counted."""

_LONGEST_BY_DAYS = 31


@dataclass(frozen=True, slots=True)
class Span:
    """Local days from the first to the last, both counted."""

    first: date
    last: date

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The whole month that a day lies in."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def month_before(cls, day: date) -> Self:
        """The whole month before that."""
        return cls.month_of(day.replace(day=1) - timedelta(days=1))

    @classmethod
    def year_of(cls, day: date) -> Self:
        """The whole year that a day lies in."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def by_days(self) -> bool:
        """Whether it is so short that days are compared, not months."""
        return self.days <= _LONGEST_BY_DAYS

    @property
    def words(self) -> str:
        """The span as people write it: ``2026年11月``, ``2026年``, or from day to day."""
        if self == Span.month_of(self.first):
            return f"{self.first.year}年{self.first.month}月"
        if self == Span.year_of(self.first):
            return f"{self.first.year}年"
        return show_day(self.first) if self.days == 1 else f"{show_day(self.first)}至{show_day(self.last)}"

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def faults(self) -> tuple[Fault, ...]:
        """Say what is wrong with it; the fields of the faults are its own."""
        if self.last < self.first:
            return (Fault("last", "结束日期不能早于开始日期，请改正。"),)
        return ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which matters are counted; what is empty lets all pass.

    Attributes:
        petition_class: a code of ``PetitionClass``, or ``NO_CLASS``.
        content: one of the eighteen content classes.
        place: the code of a district.
        organ: the responsible unit, as matters name it.
    """

    petition_class: str = ""
    content: ContentClass | None = None
    place: str = ""
    organ: str = ""

    @property
    def purposes(self) -> frozenset[Purpose]:
        """The purposes that pass."""
        if not self.petition_class:
            return frozenset(Purpose)
        return frozenset(one for one in Purpose if class_code(one) == self.petition_class)


def class_code(purpose: Purpose) -> str:
    """The code of the class of the law that a purpose falls under."""
    found = purpose.petition_class
    return NO_CLASS if found is None else found.value


def class_label(code: str) -> str:
    """The word for a class, or for none."""
    return "咨询和其他" if code == NO_CLASS else PetitionClass.from_code(code).label


class VisitFact(NamedTuple):
    """One visit; where a matter was divided, the one visit from which its parts come.

    Attributes:
        again_on: of a first visit: the day of the next visit on the matter; None while there was none.
        opened_at: when a lawyer began; None where none did.
        closed: the matter was closed or ended for good.
        known: whoever asks may know of it; it is counted all the same.
        no_closing: the matter was withdrawn, merged or split: it is not closed, and never will be.
        group_from: from how many people a visit is one of a group, by the rules of its matter.
    """

    visit_id: int
    matter_id: int
    day: date
    ordinal: int
    headcount: int
    arrived_at: datetime
    registered_at: datetime
    opened_at: datetime | None
    reason: ReturnReason | None
    purpose: Purpose
    content: ContentClass
    place: str
    organ: str
    closed: bool
    again_on: date | None
    known: bool = True
    no_closing: bool = False
    group_from: int = GROUP_FROM

    @property
    def is_group(self) -> bool:
        """Whether a group came."""
        return is_group(self.headcount, self.group_from)


class ClockFact(NamedTuple):
    """One period of a responsible unit that has its last day in the span; ``done`` is None while it is open."""

    matter_id: int
    due: date
    done: date | None
    purpose: Purpose
    content: ContentClass
    place: str
    organ: str
    known: bool = True

    @property
    def day(self) -> date:
        """The day by which it belongs to a span."""
        return self.due


class EvaluationFact(NamedTuple):
    """Somebody was asked once for an evaluation.

    Attributes:
        answered_on: the day of the answer, or of saying that there will be none; None while nothing was said.
    """

    evaluation_id: int
    matter_id: int
    subject: EvaluationSubject
    value: EvaluationValue
    asked_on: date
    answered_on: date | None
    purpose: Purpose
    content: ContentClass
    place: str
    organ: str
    known: bool = True

    @property
    def day(self) -> date:
        """The day by which it belongs to a span."""
        return self.asked_on


Fact = VisitFact | ClockFact | EvaluationFact
"""What all three have is of which matter they are, and their day."""


@dataclass(frozen=True, slots=True)
class Counted:
    """By what figures are counted.

    Attributes:
        today: the local day; what is not decided yet on this day is told apart.
        return_days: N of the one-visit rate.
        evaluation_days: after so many days without an answer, somebody is silent.
        silence_satisfied: silence counts as satisfied.
    """

    today: date
    return_days: int
    evaluation_days: int
    silence_satisfied: bool

    @classmethod
    def by(cls, policy: Policy, today: date) -> Self:
        """As the unit has set it."""
        return cls(today, policy.return_days, policy.evaluation_days, bool(policy.silence_satisfied))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the figures of a span are counted from.

    Attributes:
        visits: of the span.
        acceptance: periods for telling the petitioner about acceptance, whose last day is in the span.
        answer: periods for handling, whose last day is in the span.
        evaluations: asked for in the span.
        unread: matters whose rule set cannot be read, so that none of their days is known.
    """

    visits: Sequence[VisitFact] = ()
    acceptance: Sequence[ClockFact] = ()
    answer: Sequence[ClockFact] = ()
    evaluations: Sequence[EvaluationFact] = ()
    unread: int = 0
