"""Counting the figures of a span, and finding the rows behind each.

Each figure sorts its rows into parts (``visit_part``, ``clock_part``, ``evaluation_part``). The figures count the
parts, and the rows behind a figure are those of its part, so that the two cannot differ.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Final

from onevisit.rules.after_visit import EvaluationStanding, EvaluationSubject, EvaluationValue, evaluation_standing
from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import local_day
from onevisit.rules.figure_facts import NO_CLASS, ClockFact, Counted, EvaluationFact, Facts, Span, VisitFact, class_code
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    FIRST,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NOT_PASSED,
    REPEAT,
    UNKNOWN,
    FigureKey,
    Figures,
    OneVisit,
    Satisfaction,
    Share,
    Slice,
    Timeliness,
    Waiting,
)
from onevisit.rules.groups import turnout
from onevisit.rules.registration import is_group

_SUBJECT: Final = {EvaluationSubject.WINDOW: FigureKey.WINDOW, EvaluationSubject.ORGAN: FigureKey.UNIT}

VisitPart = Callable[[VisitFact, Counted], str | None]


def _one_visit(visit: VisitFact, by: Counted) -> str | None:
    if visit.ordinal > 1 or not visit.closed:
        return None
    last = visit.day + timedelta(days=by.return_days)
    if last >= by.today:
        return NOT_PASSED
    return AGAIN if visit.again_on is not None and visit.again_on <= last else KEPT


def _reason(visit: VisitFact, _by: Counted) -> str | None:
    if visit.ordinal == 1:
        return None
    return UNKNOWN if visit.reason is None else visit.reason.value


def _registered_at_once(visit: VisitFact) -> bool:
    """Whether it was registered on the day it happened: what is entered days later says nothing about waiting."""
    return local_day(visit.arrived_at) == local_day(visit.registered_at)


VISIT_PARTS: Final[Mapping[FigureKey, VisitPart]] = {
    FigureKey.VISITS: lambda visit, _: FIRST if visit.ordinal == 1 else REPEAT,
    FigureKey.GROUPS: lambda visit, _: FigureKey.GROUPS.value if is_group(visit.headcount) else None,
    FigureKey.ONE_VISIT: _one_visit,
    FigureKey.REASONS: _reason,
    FigureKey.TO_DESK: lambda visit, _: FigureKey.TO_DESK.value if _registered_at_once(visit) else None,
    FigureKey.TO_LAWYER: lambda visit, _: None if visit.opened_at is None else FigureKey.TO_LAWYER.value,
    FigureKey.CLASSES: lambda visit, _: class_code(visit.purpose),
    FigureKey.CONTENTS: lambda visit, _: visit.content.value,
    FigureKey.ORGANS: lambda visit, _: visit.organ or UNKNOWN,
    FigureKey.PLACES: lambda visit, _: visit.place or UNKNOWN,
}
"""In which part of a figure a visit stands; None: in none. ``TIMES`` depends on the span, see ``visit_part``."""


def visit_part(key: FigureKey, span: Span) -> VisitPart:
    """How a figure sorts visits."""
    if key is FigureKey.TIMES:
        form = "%Y-%m-%d" if span.by_days else "%Y-%m"
        return lambda visit, _: visit.day.strftime(form)
    return VISIT_PARTS[key]


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


def count(facts: Facts, span: Span, by: Counted) -> Figures:
    """Count everything."""
    visits = facts.visits
    first = sum(visit.ordinal == 1 for visit in visits)
    return Figures(
        span=span,
        counted=by,
        visits=turnout(visit.headcount for visit in visits),
        first=first,
        one_visit=_count_one_visit(visits, by, first),
        reasons=Counter(part for visit in visits if (part := _reason(visit, by)) is not None),
        acceptance=_timeliness(facts.acceptance, by),
        answer=_timeliness(facts.answer, by),
        window=_satisfaction(facts.evaluations, FigureKey.WINDOW, by),
        unit=_satisfaction(facts.evaluations, FigureKey.UNIT, by),
        to_desk=_waiting(visits, FigureKey.TO_DESK, by),
        to_lawyer=_waiting(visits, FigureKey.TO_LAWYER, by),
        slices=dict(_slices(facts, span, by)),
        unread=facts.unread,
    )


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
    own = (one for one in asked if _SUBJECT[one.subject] is key)
    return [one for one in own if (its := evaluation_part(one, by)) is not None and part in {ALL, its}]


def _count_one_visit(visits: Sequence[VisitFact], by: Counted, first: int) -> OneVisit:
    parts: Counter[str] = Counter()
    quiet = 0
    for visit in visits:
        part = _one_visit(visit, by)
        if part is not None:
            parts[part] += 1
            quiet += part == NOT_PASSED and visit.again_on is None
    return OneVisit(parts[KEPT], parts[AGAIN], parts[NOT_PASSED], quiet, first - parts.total())


def _timeliness(clocks: Sequence[ClockFact], by: Counted) -> Timeliness:
    parts = Counter(clock_part(clock, by) for clock in clocks)
    return Timeliness(parts[IN_TIME], parts[LATE], parts[MISSING], parts[None])


def _satisfaction(asked: Sequence[EvaluationFact], key: FigureKey, by: Counted) -> Satisfaction:
    parts = Counter(evaluation_part(one, by) for one in asked if _SUBJECT[one.subject] is key)
    satisfied, basically, dissatisfied, silent = (parts[value.value] for value in EvaluationValue)
    return Satisfaction(satisfied, basically, dissatisfied, silent, parts[None], by.silence_satisfied)


def _waiting(visits: Sequence[VisitFact], key: FigureKey, by: Counted) -> Waiting:
    part_of = VISIT_PARTS[key]
    waits = sorted(minutes_waited(key, visit) for visit in visits if part_of(visit, by) is not None)
    if not waits:
        return Waiting(0, None, None)
    return Waiting(len(waits), round(median(waits)), waits[ceil(len(waits) * 0.9) - 1])


_BY_SIZE: Final = (FigureKey.ORGANS, FigureKey.PLACES)
_CLASSES: Final = {code: place for place, code in enumerate((*PetitionClass, NO_CLASS))}
_IN_ORDER: Final = (FigureKey.CLASSES, FigureKey.CONTENTS, FigureKey.TIMES)


def _slices(facts: Facts, span: Span, by: Counted) -> Iterator[tuple[FigureKey, Sequence[Slice]]]:
    """Units and districts by size, the unknown last; classes and times in their own order."""
    for key in (*_BY_SIZE, *_IN_ORDER):
        part_of = visit_part(key, span)
        found: dict[str, list[int]] = {}
        for visit in facts.visits:
            sums = found.setdefault(part_of(visit, by) or UNKNOWN, [0, 0, 0])
            sums[0] += 1
            sums[1] += visit.headcount
            sums[2] += visit.ordinal == 1
        if key is FigureKey.TIMES:
            found = {part: found.get(part, [0, 0, 0]) for part in _times(found, span)}
        timely = _shares_of_organs(facts, by) if key is FigureKey.ORGANS else {}
        parts = [
            Slice(part, *found.get(part, (0, 0, 0)), *timely.get(part, (None, None)))
            for part in found.keys() | timely.keys()
        ]
        if key in _BY_SIZE:
            yield key, sorted(parts, key=lambda one: (one.part == UNKNOWN, -one.batches, one.part))
        else:
            yield key, sorted(parts, key=lambda one: (_CLASSES.get(one.part, 0), one.part))


def _times(found: Iterable[str], span: Span) -> list[str]:
    """Every day or month from the first to the last on which anybody came: a gap is told by an empty place."""
    known = sorted(found)
    if not known:
        return []
    if span.by_days:
        first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
        return [(first + timedelta(days=after)).isoformat() for after in range((last - first).days + 1)]
    begin, end = (int(part[:4]) * 12 + int(part[5:]) - 1 for part in (known[0], known[-1]))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def _shares_of_organs(facts: Facts, by: Counted) -> dict[str, tuple[Share, Share]]:
    acceptance, answer = _by_organ(facts.acceptance), _by_organ(facts.answer)
    return {
        organ: (_timeliness(acceptance[organ], by).rate, _timeliness(answer[organ], by).rate)
        for organ in acceptance.keys() | answer.keys()
    }


def _by_organ(clocks: Iterable[ClockFact]) -> defaultdict[str, list[ClockFact]]:
    found = defaultdict(list)
    for clock in clocks:
        found[clock.organ or UNKNOWN].append(clock)
    return found
