"""The rows behind a figure: visits and matters that may be known, numbers masked; how many are not shown is said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.exports import visit_lines
from onevisit.desk.figures import clock_facts, counted, evaluation_facts, visit_facts, visits_of_span
from onevisit.desk.sight import visits_to_know
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import show_short_day
from onevisit.rules.figure_facts import ClockFact, Counted, EvaluationFact, Filters, Span, VisitFact
from onevisit.rules.figure_parts import clock_part, clocks_behind, evaluations_behind, minutes_waited, visits_behind
from onevisit.rules.figure_words import minutes, part_words
from onevisit.rules.figures import ALL, CLOCKS, EVALUATIONS, NOT_CLOSED, FigureKey
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.spreadsheet import Cell
from onevisit.store.tables import Matter, Visit

AT_ONCE: Final = 200
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a figure.

    Attributes:
        place: its place among the rows of the figure, from 0.
        day: of the visit, the last day of the period, or the day of asking.
        note: what makes it one of this figure: ``第 2 次来访``, ``期限 11月3日，超期 4 天``.
        may_open: the matter may be opened by way of this row.
    """

    place: int
    matter_id: int
    number: str
    day: date
    petitioner: str
    masked_id: str
    title: str
    classification: str
    note: str
    confidential: bool
    may_open: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """Some of the rows behind a figure.

    Attributes:
        rows: those asked for.
        known: how many there are that may be known.
        confidential: how many more are counted in the figure and may not be known.
    """

    rows: tuple[BehindRow, ...]
    known: int
    confidential: int


F = TypeVar("F", VisitFact, ClockFact, EvaluationFact)


def rows_behind(
    desk: Desk,
    key: FigureKey,
    part: str,
    span: Span,
    filters: Filters | None = None,
    *,
    offset: int = 0,
    progress: Progress = no_progress,
) -> Behind:
    """The rows that a figure, or a part of it, counts; ``AT_ONCE`` of them from ``offset`` on. Needs SEE_FIGURES.

    Args:
        desk: who asks.
        key: the figure.
        part: a part of it; ``ALL`` for the whole.
        span: of local days.
        filters: which matters are counted; all unless given.
        offset: how many rows are known already.
        progress: told how many rows are through.

    Raises:
        FormError: the days are the wrong way round, at ``last``.
    """
    with desk.look(Permission.SEE_FIGURES) as session:
        if span.faults():
            raise FormError(span.faults())
        by, chosen = counted(desk, session), filters or Filters()
        if key in CLOCKS:
            acceptance, answer = clock_facts(desk, session, span, chosen, progress)
            clocks = clocks_behind(acceptance if key is FigureKey.ACCEPTANCE else answer, by, part)
            return _behind(clocks, offset, lambda some: _of_matters(desk, session, some, _clock_note(key, by)))
        if key in EVALUATIONS:
            asked = evaluations_behind(evaluation_facts(desk, session, span, chosen), by, key, part)
            return _behind(asked, offset, lambda some: _of_matters(desk, session, some, _evaluation_note(key)))
        visits = visits_behind(visit_facts(desk, session, span, chosen, progress), span, by, key, part)
        return _behind(visits, offset, lambda some: _of_visits(desk, session, some, key))


def visit_table(
    desk: Desk, span: Span, filters: Filters | None = None, progress: Progress = no_progress
) -> tuple[tuple[Cell, ...], ...]:
    """The visits of a span that may be known, as ``exports.VISIT_HEADER`` heads them. Needs EXPORT.

    Raises:
        FormError: the days are the wrong way round, at ``last``.
    """
    with desk.look(Permission.EXPORT) as session:
        if span.faults():
            raise FormError(span.faults())
        counts = (visits_to_know(desk), *visits_of_span(span, filters or Filters()))
        return tuple(visit_lines(session, select(Visit).join(Visit.matter).where(*counts), progress))


def _behind(facts: Sequence[F], offset: int, read: Callable[[Sequence[F]], Iterable["_Row"]]) -> Behind:
    known = [one for one in facts if one.known]
    rows = read(known[offset : offset + AT_ONCE])
    made = tuple(_row(place, row) for place, row in enumerate(rows, start=offset))
    return Behind(made, len(known), len(facts) - len(known))


@dataclass(frozen=True, slots=True)
class _Row:
    matter: Matter
    visit: Visit | None
    number: str
    day: date
    note: str
    may_open: bool


def _row(place: int, row: _Row) -> BehindRow:
    return BehindRow(
        place=place,
        matter_id=row.matter.id,
        number=row.number,
        day=row.day,
        petitioner=masks.petitioner_name(row.visit) if row.visit else "",
        masked_id=masks.masked_id_of(row.visit) if row.visit else "",
        title=row.matter.title,
        classification=masks.classification_of(row.matter),
        note=row.note,
        confidential=row.matter.confidential,
        may_open=row.may_open,
    )


def _may_open(desk: Desk, matter: Matter) -> bool:
    return not matter.confidential or desk.may(Permission.SEE_CONFIDENTIAL)


def _of_visits(desk: Desk, session: Session, facts: Sequence[VisitFact], key: FigureKey) -> Iterable[_Row]:
    query = select(Visit).where(Visit.id.in_([one.visit_id for one in facts])).options(*records.whole_visit())
    visits = {visit.id: visit for visit in session.scalars(query)}
    for one in facts:
        visit = visits[one.visit_id]
        note = _visit_note(one, key, visit.matter)
        yield _Row(visit.matter, visit, visit.number, visit.day, note, _may_open(desk, visit.matter))


def _of_matters(
    desk: Desk, session: Session, facts: Sequence[F], note: Callable[[F], tuple[date, str]]
) -> Iterable[_Row]:
    matters = _matters(session, {one.matter_id for one in facts})
    for one in facts:
        matter = matters[one.matter_id]
        day, words = note(one)
        # only a salvaged store can have lost its visits
        visit = matter.visits[0] if matter.visits else None
        yield _Row(matter, visit, matter.number, day, words, _may_open(desk, matter))


def _matters(session: Session, ids: Iterable[int]) -> Mapping[int, Matter]:
    query = select(Matter).where(Matter.id.in_(sorted(ids))).options(*records.visitors_of_matter())
    return {matter.id: matter for matter in session.scalars(query)}


def _visit_note(one: VisitFact, key: FigureKey, matter: Matter) -> str:
    if key in {FigureKey.TO_DESK, FigureKey.TO_LAWYER}:
        return f"等了 {minutes(minutes_waited(key, one))}"
    if key is FigureKey.ONE_VISIT:
        again = f"{show_short_day(one.again_on)}又来" if one.again_on else "没有再来"
        if one.closed:
            return again
        return f"{matter.state.label if one.no_closing else part_words(key, NOT_CLOSED)}，{again}"
    if key is FigureKey.GROUPS:
        return f"{one.headcount} 人"
    if one.ordinal == 1:
        return "初访"
    return f"第 {one.ordinal} 次{f'：{one.reason.label}' if one.reason else ''}"


def _clock_note(key: FigureKey, by: Counted) -> Callable[[ClockFact], tuple[date, str]]:
    def note(one: ClockFact) -> tuple[date, str]:
        late = ((one.done or by.today) - one.due).days
        done = f"{show_short_day(one.done)}办" if one.done else "还没有办"
        over = f"，超期 {late} 天" if late > 0 else ""
        return one.due, f"{part_words(key, clock_part(one, by) or ALL)}（{done}{over}）"

    return note


def _evaluation_note(key: FigureKey) -> Callable[[EvaluationFact], tuple[date, str]]:
    return lambda one: (one.asked_on, part_words(key, one.value.value))
