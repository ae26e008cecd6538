"""In which part of a figure each row stands, and the rows behind it.

The figures count these parts (``figure_count``), and the rows behind a figure are those of its part, so that the two
cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from onevisit.rules.after_visit import EvaluationStanding, EvaluationSubject, evaluation_standing
from onevisit.rules.classification import ContentClass
from onevisit.rules.clocks import local_day
from onevisit.rules.figure_facts import ClockFact, Counted, EvaluationFact, Fact, Filters, Span, VisitFact, class_code
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    FIRST,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    NOT_PASSED,
    REPEAT,
    UNKNOWN,
    FigureKey,
)

SUBJECTS: Final = {EvaluationSubject.WINDOW: FigureKey.WINDOW, EvaluationSubject.ORGAN: FigureKey.UNIT}

VisitPart = Callable[[VisitFact, Counted], str | None]


def one_visit_part(visit: VisitFact, by: Counted) -> str | None:
    """Where a first visit stands for the one-visit rate; None for a later one."""
    if visit.ordinal > 1:
        return None
    if not visit.closed:
        return NO_CLOSING if visit.no_closing else NOT_CLOSED
    last = visit.day + timedelta(days=by.return_days)
    if last >= by.today:
        return NOT_PASSED
    return AGAIN if visit.again_on is not None and visit.again_on <= last else KEPT


def reason_part(visit: VisitFact, _by: Counted) -> str | None:
    """Why somebody came again; None for a first visit."""
    if visit.ordinal == 1:
        return None
    return UNKNOWN if visit.reason is None else visit.reason.value


def to_desk_part(visit: VisitFact, _by: Counted) -> str | None:
    """Registered on the day it happened: what is entered days later says nothing about waiting."""
    at_once = local_day(visit.arrived_at) == local_day(visit.registered_at)
    return FigureKey.TO_DESK.value if at_once else None


def to_lawyer_part(visit: VisitFact, _by: Counted) -> str | None:
    """Seen by a lawyer on the same day: whoever came back on the lawyer's day did not wait in the hall."""
    if visit.opened_at is None or local_day(visit.opened_at) != local_day(visit.registered_at):
        return None
    return FigureKey.TO_LAWYER.value


_VISIT_PARTS: Final[Mapping[FigureKey, VisitPart]] = {
    FigureKey.VISITS: lambda visit, _: FIRST if visit.ordinal == 1 else REPEAT,
    FigureKey.GROUPS: lambda visit, _: FigureKey.GROUPS.value if visit.is_group else None,
    FigureKey.ONE_VISIT: one_visit_part,
    FigureKey.REASONS: reason_part,
    FigureKey.TO_DESK: to_desk_part,
    FigureKey.TO_LAWYER: to_lawyer_part,
}
_OF_MATTER: Final[Mapping[FigureKey, Callable[[Fact], str]]] = {
    FigureKey.CLASSES: lambda fact: class_code(fact.purpose),
    FigureKey.CONTENTS: lambda fact: fact.content.value,
    FigureKey.ORGANS: lambda fact: fact.organ or UNKNOWN,
    FigureKey.PLACES: lambda fact: fact.place or UNKNOWN,
}


_WITH: Final[Mapping[FigureKey, Callable[[Filters, str], Filters]]] = {
    FigureKey.CLASSES: lambda filters, part: replace(filters, petition_class=part),
    FigureKey.CONTENTS: lambda filters, part: replace(filters, content=ContentClass.from_code(part)),
    FigureKey.ORGANS: lambda filters, part: replace(filters, organ=part),
    FigureKey.PLACES: lambda filters, part: replace(filters, place=part),
}


def sliced_part(key: FigureKey, span: Span) -> Callable[[Fact], str]:
    """How one of ``SLICED`` divides everything: by what the matter is about, or by the day of the row itself."""
    if key is not FigureKey.TIMES:
        return _OF_MATTER[key]
    if span.by_days:
        return lambda fact: fact.day.isoformat()
    return lambda fact: fact.day.isoformat()[:7]


def narrowed(key: FigureKey, part: str, span: Span, filters: Filters) -> tuple[Span, Filters] | None:
    """The span and the filters that let one part of ``SLICED`` pass alone; None where it does not meet the span."""
    if key is FigureKey.TIMES:
        whole_month = len(part) == len("2026-11")
        day = date.fromisoformat(f"{part}-01" if whole_month else part)
        own = Span.month_of(day) if whole_month else Span(day, day)
        met = Span(max(own.first, span.first), min(own.last, span.last))
        return None if met.faults() else (met, filters)
    return span, _WITH[key](filters, part)


def visit_part(key: FigureKey, span: Span) -> VisitPart:
    """How a figure sorts visits; None where a visit stands in no part of it."""
    if key in _VISIT_PARTS:
        return _VISIT_PARTS[key]
    part_of = sliced_part(key, span)
    return lambda visit, _: part_of(visit)


def clock_part(clock: ClockFact, by: Counted) -> str | None:
    """In which part a period stands; None while it is open and its last day has not passed."""
    if clock.done is not None:
        return IN_TIME if clock.done <= clock.due else LATE
    return MISSING if clock.due < by.today else None


def evaluation_part(asked: EvaluationFact, by: Counted) -> str | None:
    """In which part an evaluation stands; None while somebody who was asked still has time."""
    standing = evaluation_standing(asked.value, asked.asked_on, asked.answered_on, by.today, by.evaluation_days)
    return None if standing is EvaluationStanding.WAITING else asked.value.value


def minutes_waited(key: FigureKey, visit: VisitFact) -> int:
    """How long somebody waited before registration, or after it for the lawyer, in whole minutes."""
    if key is FigureKey.TO_LAWYER and visit.opened_at is not None:
        waited = visit.opened_at - visit.registered_at
    else:
        waited = visit.registered_at - visit.arrived_at
    return max(0, round(waited.total_seconds() / 60))


def visits_behind(visits: Iterable[VisitFact], span: Span, by: Counted, key: FigureKey, part: str) -> list[VisitFact]:
    """The visits that a figure of visits counts, the longest wait first where waiting is counted."""
    part_of = visit_part(key, span)
    found = [one for one in visits if (its := part_of(one, by)) is not None and part in {ALL, its}]
    if key in {FigureKey.TO_DESK, FigureKey.TO_LAWYER}:
        found.sort(key=lambda one: -minutes_waited(key, one))
    return found


def clocks_behind(clocks: Iterable[ClockFact], by: Counted, part: str) -> list[ClockFact]:
    """The periods that a figure of timeliness counts."""
    return [one for one in clocks if (its := clock_part(one, by)) is not None and part in {ALL, its}]


def evaluations_behind(asked: Iterable[EvaluationFact], by: Counted, key: FigureKey, part: str) -> list[EvaluationFact]:
    """The evaluations that a figure of satisfaction counts."""
    own = (one for one in asked if SUBJECTS[one.subject] is key)
    return [one for one in own if (its := evaluation_part(one, by)) is not None and part in {ALL, its}]
