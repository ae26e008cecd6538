"""统计: the figures of a span of days, read in a few statements; confidential matters are counted like all others.

What may not be known is a number here and nothing more: the rows behind a figure (``desk.figure_rows``) leave it out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from onevisit.desk.clock_reading import DueLine
from onevisit.desk.course_reading import clocks_of_all
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.lawbook import groups_from
from onevisit.desk.policy import policy_of
from onevisit.desk.records import came_once
from onevisit.desk.sight import matters_to_know, visits_to_know
from onevisit.desk.unread_rules import count_unread
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass, Purpose, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.figure_count import count
from onevisit.rules.figure_facts import ClockFact, Counted, EvaluationFact, Facts, Filters, Span, VisitFact
from onevisit.rules.figures import UNKNOWN, Figures, MonthReport
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, State
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.registration import GROUP_FROM
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.trail import ExportReason
from onevisit.store.tables import ClockStop, Consultation, Evaluation, Matter, MatterStep, Visit

_TELL_EVERY: Final = 2000
_LOOK_BACK: Final = timedelta(days=400)
"""No period that ends in a span began earlier, unless it stood still in between."""

_STARTS: Final = (Action.ROUTE.value, Event.RECEIVED.value, Action.ACCEPT.value, Action.REDO.value)
_CLOSED: Final = frozenset({State.CLOSED.value, State.TERMINATED.value})
_NO_CLOSING: Final = frozenset({State.WITHDRAWN.value, State.MERGED.value, State.SPLIT.value})
_PURPOSES: Final = {one.value: one for one in Purpose}
_CONTENTS: Final = {one.value: one for one in ContentClass}
_REASONS: Final = {one.value: one for one in ReturnReason}


def _plain(*columns: InstrumentedAttribute[Any]) -> tuple[ColumnElement[str], ...]:
    """Codes as they are stored, since turning each into its value costs more than reading it."""
    return tuple(type_coerce(column, String()) for column in columns)


_ABOUT: Final = _plain(Matter.purpose, Matter.content, Matter.place_code, Matter.lead_organ)
"""By what a matter is filtered and divided."""


def figures(desk: Desk, span: Span, filters: Filters | None = None, progress: Progress = no_progress) -> Figures:
    """Count the figures of a span. Needs SEE_FIGURES.

    Args:
        desk: who asks.
        span: of local days.
        filters: which matters are counted; all unless given.
        progress: told how many rows are through.

    Raises:
        FormError: the days are the wrong way round, at ``last``.
    """
    with desk.look(Permission.SEE_FIGURES) as session:
        _require(span)
        return count(facts(desk, session, span, filters or Filters(), progress), span, counted(desk, session))


def report(desk: Desk, span: Span, filters: Filters | None = None, progress: Progress = no_progress) -> MonthReport:
    """The figures of a span with who made them, when and for which unit. Needs SEE_FIGURES.

    Raises:
        FormError: the days are the wrong way round, at ``last``.
    """
    found = figures(desk, span, filters, progress)
    return MonthReport(desk.unit, desk.practice, desk.now(), desk.actor.staff_no, found, filters or Filters())


def record_printed(desk: Desk, span: Span) -> None:
    """Record that the month's sheet of a span goes to a printer. Needs SEE_FIGURES."""
    with desk.work(Permission.SEE_FIGURES) as session:
        desk.record(session, "figures.printed", detail=f"{span.first:%Y%m%d}-{span.last:%Y%m%d}")


def record_workbook(desk: Desk, span: Span, reason: ExportReason, rows: int) -> None:
    """Record that the figures of a span leave the store as a workbook.

    Needs SEE_FIGURES; EXPORT besides, where visits go with them.

    Args:
        desk: who takes it.
        span: of local days.
        reason: why.
        rows: how many visits go with the figures; 0 for the figures alone.
    """
    with desk.work(Permission.EXPORT if rows else Permission.SEE_FIGURES) as session:
        desk.record(session, "figures.exported", detail=f"{reason.value}/{rows}/{span.first:%Y%m%d}-{span.last:%Y%m%d}")


def counted(desk: Desk, session: Session) -> Counted:
    """By what the unit counts, today."""
    return Counted.by(policy_of(session), local_day(desk.now()))


def facts(desk: Desk, session: Session, span: Span, filters: Filters, progress: Progress = no_progress) -> Facts:
    """Everything that the figures of a span are counted from; a step inside use cases."""
    visits = visit_facts(desk, session, span, filters, progress)
    acceptance, answer = clock_facts(desk, session, span, filters, progress)
    held_up = count_unread(session, *_with_clocks(span, filters))
    return Facts(visits, acceptance, answer, evaluation_facts(desk, session, span, filters), held_up)


def visit_facts(
    desk: Desk, session: Session, span: Span, filters: Filters, progress: Progress = no_progress
) -> list[VisitFact]:
    """The visits of a span, oldest first, in three statements."""
    again, groups = _again(session, span), groups_from(session)
    counts = and_(*visits_of_span(span, filters))
    total = session.scalar(select(func.count()).select_from(Visit).join(Visit.matter).where(counts)) or 0
    query = _visit_columns(visits_to_know(desk)).where(counts).order_by(Visit.id)
    found: list[VisitFact] = []
    for row in session.execute(query.execution_options(yield_per=_TELL_EVERY)):
        found.append(_visit_fact(row, again, groups))
        if len(found) % _TELL_EVERY == 0:
            progress(len(found), total, "正在统计来访")
    return found


def clock_facts(
    desk: Desk, session: Session, span: Span, filters: Filters, progress: Progress = no_progress
) -> tuple[list[ClockFact], list[ClockFact]]:
    """The periods for acceptance and for the answer whose last day is in a span."""
    into: dict[str, list[ClockFact]] = {ClockKind.NOTICE.value: [], ClockKind.HANDLING.value: []}
    wanted = tuple(_with_clocks(span, filters))
    about = {
        row[0]: _about(row[1:])
        for row in session.execute(select(Matter.id, *_ABOUT, matters_to_know(desk)).where(*wanted))
    }
    ends = partial(_ends, span, frozenset(into))
    for matter_id, found in clocks_of_all(desk, session, wanted, ends, progress, "正在统计期限"):
        for key, due, done in found:
            into[key].append(ClockFact(matter_id, due, done, *about[matter_id]))
    acceptance, answer = (sorted(found, key=attrgetter("matter_id")) for found in into.values())
    return acceptance, answer


def evaluation_facts(desk: Desk, session: Session, span: Span, filters: Filters) -> list[EvaluationFact]:
    """The evaluations that were asked for in a span."""
    columns = (Evaluation.id, Evaluation.matter_id, Evaluation.subject, Evaluation.value)
    query = (
        select(*columns, Evaluation.asked_on, Evaluation.answered_on, *_ABOUT, matters_to_know(desk))
        .join(Matter, Matter.id == Evaluation.matter_id)
        .where(Evaluation.asked_on.between(span.first, span.last), *passing(filters))
        .order_by(Evaluation.id)
    )
    return [EvaluationFact(*row[:6], *_about(row[6:])) for row in session.execute(query)]


def _require(span: Span) -> None:
    if span.faults():
        raise FormError(span.faults())


def visits_of_span(span: Span, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The visits of a span as conditions on ``Visit`` joined to its ``Matter``; a step inside use cases.

    When a matter is divided each part is given a copy of the visit it comes from: that is still one coming.
    """
    yield Visit.day.between(span.first, span.last)
    yield came_once()
    yield from passing(filters)


def passing(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The filters as conditions on ``Matter``; a step inside use cases."""
    if filters.petition_class:
        yield Matter.purpose.in_(sorted(filters.purposes))
    if filters.content is not None:
        yield Matter.content == filters.content
    if filters.place:
        yield Matter.place_code == ("" if filters.place == UNKNOWN else filters.place)
    if filters.organ:
        yield Matter.lead_organ == ("" if filters.organ == UNKNOWN else filters.organ)


def _again(session: Session, span: Span) -> Mapping[int, date]:
    """The day of the next visit on each matter whose first visit is in the span."""
    first = aliased(Visit)
    of_span = select(first.matter_id).where(first.ordinal == 1, first.day.between(span.first, span.last))
    query = (
        select(Visit.matter_id, func.min(Visit.day))
        .where(Visit.ordinal > 1, Visit.day >= span.first, Visit.matter_id.in_(of_span))
        .group_by(Visit.matter_id)
    )
    return {matter_id: day for matter_id, day in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _visit_columns(known: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The columns of visits."""
    when = (Visit.arrived_at, Visit.registered_at, Consultation.opened_at)
    counts = (Visit.id, Visit.matter_id, Visit.day, Visit.ordinal, Visit.headcount)
    return (
        select(*counts, *when, *_plain(Visit.return_reason), *_ABOUT, *_plain(Matter.state, Matter.rule_set), known)
        .join(Visit.matter)
        .outerjoin(Consultation, Consultation.visit_id == Visit.id)
    )


def _visit_fact(row: Sequence[Any], again: Mapping[int, date], groups: Mapping[str, int]) -> VisitFact:
    reason, purpose, content, place, organ, state, rule_set, known = row[8:]
    rest = (
        _REASONS.get(reason),
        _PURPOSES[purpose],
        _CONTENTS[content],
        place,
        organ,
        state in _CLOSED,
        again.get(row[1]) if row[3] == 1 else None,
        bool(known),
        state in _NO_CLOSING,
        groups.get(rule_set, GROUP_FROM),
    )
    return VisitFact._make((*row[:8], *rest))


def _about(row: Sequence[Any]) -> tuple[Purpose, ContentClass, str, str, bool]:
    """What ``_ABOUT`` and whether it may be known say of a matter."""
    purpose, content, place, organ, known = row
    return _PURPOSES[purpose], _CONTENTS[content], place, organ, bool(known)


def _ends(span: Span, keys: Collection[str], lines: Iterable[DueLine]) -> tuple[tuple[str, date, date | None], ...]:
    """The periods of a matter that have their last day in the span."""
    return tuple(
        (one.key, one.due, one.done) for one in lines if one.key in keys and one.due is not None and one.due in span
    )


def _with_clocks(span: Span, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The matters on which a period may have its last day in the span, as conditions."""
    began = select(MatterStep.matter_id).where(
        MatterStep.kind.in_(_STARTS), MatterStep.on_day.between(span.first - _LOOK_BACK, span.last)
    )
    stood = select(ClockStop.matter_id)
    yield or_(Matter.id.in_(began), Matter.id.in_(stood))
    yield from passing(filters)
