"""Counting the figures of a span: the whole and each of its parts by the same sums."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Final

from onevisit.rules.after_visit import EvaluationValue
from onevisit.rules.classification import PetitionClass
from onevisit.rules.figure_facts import NO_CLASS, Counted, Fact, Facts, Span, VisitFact
from onevisit.rules.figure_parts import (
    SUBJECTS,
    clock_part,
    evaluation_part,
    minutes_waited,
    one_visit_part,
    reason_part,
    sliced_part,
    to_desk_part,
    to_lawyer_part,
)
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    NOT_PASSED,
    SLICED,
    UNKNOWN,
    FigureKey,
    Figures,
    OneVisit,
    Satisfaction,
    Slice,
    Timeliness,
    Waiting,
)
from onevisit.rules.groups import turnout


def count(facts: Facts, span: Span, by: Counted) -> Figures:
    """Count everything."""
    visits, told = facts.visits, _Told(facts, by)
    whole = told.sums(lambda _: ALL)[ALL]
    not_passed = [visit for visit, one, _, _ in told.visits if one == NOT_PASSED]
    quiet = sum(visit.again_on is None for visit in not_passed)
    first = min((visit.day for visit in not_passed), default=None)
    counted_from = first + timedelta(days=by.return_days + 1) if first is not None else None
    to_lawyer = (minutes_waited(FigureKey.TO_LAWYER, one) for one in visits if to_lawyer_part(one, by) is not None)
    return Figures(
        span=span,
        counted=by,
        visits=turnout((visit.headcount, visit.is_group) for visit in visits),
        first=whole.first,
        one_visit=replace(whole.one_visit(), quiet=quiet, counted_from=counted_from),
        reasons=whole.reasons,
        acceptance=whole.timeliness(FigureKey.ACCEPTANCE),
        answer=whole.timeliness(FigureKey.ANSWER),
        window=whole.satisfaction(FigureKey.WINDOW, by),
        unit=whole.satisfaction(FigureKey.UNIT, by),
        to_desk=_waiting(whole.waits),
        to_lawyer=_waiting(to_lawyer),
        slices={key: told.slices(key, span) for key in SLICED},
        unread=facts.unread,
    )


@dataclass(slots=True)
class _Sums:
    """What is added up of the whole, or of one of its parts."""

    batches: int = 0
    persons: int = 0
    first: int = 0
    parts: Counter[tuple[FigureKey, str | None]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    waits: list[int] = field(default_factory=list)

    def one_visit(self) -> OneVisit:
        kept, again, not_passed, not_closed, no_closing = (
            self.parts[FigureKey.ONE_VISIT, part] for part in (KEPT, AGAIN, NOT_PASSED, NOT_CLOSED, NO_CLOSING)
        )
        return OneVisit(kept, again, not_passed, 0, not_closed, no_closing)

    def timeliness(self, key: FigureKey) -> Timeliness:
        return Timeliness(*(self.parts[key, part] for part in (IN_TIME, LATE, MISSING, None)))

    def satisfaction(self, key: FigureKey, by: Counted) -> Satisfaction:
        satisfied, basically, dissatisfied, silent = (self.parts[key, value.value] for value in EvaluationValue)
        return Satisfaction(satisfied, basically, dissatisfied, silent, self.parts[key, None], by.silence_satisfied)


class _Told:
    """Every row with the part it stands in, found once for all sums."""

    def __init__(self, facts: Facts, by: Counted) -> None:
        self._by = by
        self.visits = [
            (visit, one_visit_part(visit, by), reason_part(visit, by), _wait(visit, by)) for visit in facts.visits
        ]
        self._rest: list[tuple[Fact, tuple[FigureKey, str | None]]] = [
            *((one, (FigureKey.ACCEPTANCE, clock_part(one, by))) for one in facts.acceptance),
            *((one, (FigureKey.ANSWER, clock_part(one, by))) for one in facts.answer),
            *((one, (SUBJECTS[one.subject], evaluation_part(one, by))) for one in facts.evaluations),
        ]

    def sums(self, part_of: Callable[[Fact], str], *, visits_alone: bool = False) -> defaultdict[str, _Sums]:
        """Everything added up by some part of it."""
        found: defaultdict[str, _Sums] = defaultdict(_Sums)
        for visit, one, reason, waited in self.visits:
            sums = found[part_of(visit)]
            sums.batches += 1
            sums.persons += visit.headcount
            if one is not None:
                sums.first += 1
                sums.parts[FigureKey.ONE_VISIT, one] += 1
            if reason is not None:
                sums.reasons[reason] += 1
            if waited is not None:
                sums.waits.append(waited)
        for fact, key in () if visits_alone else self._rest:
            found[part_of(fact)].parts[key] += 1
        return found

    def slices(self, key: FigureKey, span: Span) -> Sequence[Slice]:
        """Units and districts by size, the unknown last; classes and times in their own order.

        Days are compared by who came; what falls due on a day, or was asked on it, says nothing about that day.
        """
        times = key is FigureKey.TIMES
        found = self.sums(sliced_part(key, span), visits_alone=times and span.by_days)
        parts = _times(found, span) if times else list(found)
        slices = [self._slice(part, found[part]) for part in parts]
        if times:
            return slices
        return sorted(slices, key=_by_size) if key in _UNORDERED else sorted(slices, key=_in_order)

    def _slice(self, part: str, sums: _Sums) -> Slice:
        rates = {
            FigureKey.ONE_VISIT: sums.one_visit().rate,
            FigureKey.ACCEPTANCE: sums.timeliness(FigureKey.ACCEPTANCE).rate,
            FigureKey.ANSWER: sums.timeliness(FigureKey.ANSWER).rate,
            FigureKey.WINDOW: sums.satisfaction(FigureKey.WINDOW, self._by).rate,
            FigureKey.UNIT: sums.satisfaction(FigureKey.UNIT, self._by).rate,
        }
        return Slice(part, sums.batches, sums.persons, sums.first, rates, _waiting(sums.waits).median, sums.reasons)


def _wait(visit: VisitFact, by: Counted) -> int | None:
    return None if to_desk_part(visit, by) is None else minutes_waited(FigureKey.TO_DESK, visit)


def _waiting(minutes: Iterable[int]) -> Waiting:
    waits = sorted(minutes)
    if not waits:
        return Waiting(0, None, None)
    return Waiting(len(waits), round(median(waits)), waits[ceil(len(waits) * 0.9) - 1])


_UNORDERED: Final = frozenset({FigureKey.ORGANS, FigureKey.PLACES})
_CLASSES: Final = {code: place for place, code in enumerate((*PetitionClass, NO_CLASS))}


def _by_size(one: Slice) -> tuple[bool, int, str]:
    return one.part == UNKNOWN, -one.batches, one.part


def _in_order(one: Slice) -> tuple[int, str]:
    return _CLASSES.get(one.part, 0), one.part


def _times(found: Iterable[str], span: Span) -> list[str]:
    """Every day or month from the first to the last on which anything happened: a gap is told by an empty place."""
    known = sorted(found)
    if not known:
        return []
    if span.by_days:
        first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
        return [(first + timedelta(days=after)).isoformat() for after in range((last - first).days + 1)]
    begin, end = (int(part[:4]) * 12 + int(part[5:]) - 1 for part in (known[0], known[-1]))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]
