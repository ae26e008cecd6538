"""The one pass over many matters: their clocks of few codes and days, however many there are.

Matters that met the same days under the same rules are counted once; those with a stop or an extension, which nobody
shares, are counted apart. A step inside use cases: the board of what is due, the figures.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, String, case, exists, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from onevisit.desk.clock_reading import ClockReader, DueLine, due_lines, has_own_rules
from onevisit.desk.desk import Desk
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.matter_history import Happened, History, happening
from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.progress import Progress
from onevisit.rules.routes import Handling
from onevisit.store.tables import ClockExtension, ClockStop, Matter, MatterStep, RouteDecision, Visit

_TELL_EVERY: Final = 5_000
_STOPS: Final = tuple(one for one in Handling if one.stops)
_OWN_RULES: Final = frozenset(one.value for one in ContentClass if has_own_rules(one, None))

RawStep = tuple[str, str, str]
"""A step as the store keeps it: its kind, its day, the day of service or nothing."""

T = TypeVar("T")
Pick = Callable[[Sequence[DueLine]], T]
"""What is wanted of the clocks of a matter; asked once for all matters that are alike."""


def clocks_of_all(
    desk: Desk, session: Session, wanted: Sequence[ColumnElement[bool]], pick: Pick[T], progress: Progress, what: str
) -> Iterator[tuple[int, T]]:
    """Every matter that meets some conditions, with what is wanted of its clocks.

    Args:
        desk: who asks, and when.
        session: of the use case.
        wanted: conditions on ``Matter``.
        pick: what is wanted.
        progress: told how many matters are through.
        what: what is being done, for whoever waits.
    """
    total = session.scalars(select(func.count()).select_from(Matter).where(*wanted)).one()
    apart = _to_count_apart(session, wanted)
    courses = _Courses(ClockReader(desk, session), _reports(session, wanted), pick)
    rows = session.execute(_plain_rows(wanted).execution_options(yield_per=_TELL_EVERY))
    steps = _Steps(session, wanted)
    for number, row in enumerate(rows):
        if number % _TELL_EVERY == 0:
            progress(number, total, what)
        # the steps are fetched for each, so that both walks stay abreast
        happened = steps.of(row[0])
        if row[0] not in apart:
            yield row[0], courses.picked(row, happened)
    if apart:
        some = session.scalars(select(Matter).where(Matter.id.in_(apart)))
        for matter_id, lines in due_lines(desk, session, some).items():
            yield matter_id, pick(lines)


def _plain_rows(wanted: Iterable[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """What the clocks of a matter depend on beside its steps, as the store keeps it.

    Turning codes and days into values for each row would cost more than all the rest.
    """
    first_day, anonymous = func.min(Visit.day), func.min(Visit.anonymous)
    codes = (Matter.rule_set, Matter.state, Matter.handling, Matter.procedure, Matter.served, Matter.purpose)
    raw = [type_coerce(column, String) for column in (*codes, first_day, anonymous, Matter.content)]
    columns = (Matter.id, *raw)
    return (
        select(*columns)
        .join(Visit, Visit.matter_id == Matter.id)
        .where(*wanted)
        .group_by(Matter.id)
        .order_by(Matter.id)
    )


class _Steps:
    """Walks along the steps of the chosen matters beside the walk along the matters."""

    def __init__(self, session: Session, wanted: Iterable[ColumnElement[bool]]) -> None:
        served = case((MatterStep.served_on.is_(None), ""), else_=type_coerce(MatterStep.served_on, String))
        query = select(MatterStep.matter_id, MatterStep.kind, type_coerce(MatterStep.on_day, String), served)
        query = query.join(Matter, Matter.id == MatterStep.matter_id).where(*wanted)
        query = query.order_by(MatterStep.matter_id, MatterStep.id).execution_options(yield_per=_TELL_EVERY)
        self._groups = groupby(session.execute(query), key=lambda row: int(row[0]))
        self._next = next(self._groups, None)

    def of(self, matter_id: int) -> tuple[RawStep, ...]:
        while self._next is not None and self._next[0] < matter_id:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != matter_id:
            return ()
        return tuple((row[1], row[2], row[3]) for row in self._next[1])


class _Courses(Generic[T]):
    """What is wanted of the clocks of plain rows; rows that are alike are counted once."""

    def __init__(self, reader: ClockReader, reports: Mapping[int, date], pick: Pick[T]) -> None:
        self._reader, self._reports, self._pick = reader, reports, pick
        self._known: dict[Hashable, T] = {}

    def picked(self, row: Sequence[Any], steps: tuple[RawStep, ...]) -> T:
        report = self._reports.get(row[0])
        # what it is about counts only where it makes a difference
        key = (*row[1:-1], row[-1] in _OWN_RULES, steps, report)
        if key not in self._known:
            self._known[key] = self._pick(self._reader.read_course(row[1], _history(row[2:], steps), report))
        return self._known[key]


def _history(course: Sequence[str | None], steps: Iterable[RawStep]) -> History:
    state, handled, took, served, purpose, first_day, anonymous, content = course
    handling = Handling.from_code(handled) if handled else None
    return History(
        registered_on=date.fromisoformat(str(first_day)),
        steps=[
            Happened(happening(kind), date.fromisoformat(on), date.fromisoformat(came) if came else None)
            for kind, on, came in steps
        ],
        standing=Standing(
            State.from_code(str(state)), handling, Procedure.from_code(took) if took else None, Served(int(served or 0))
        ),
        petition_class=Purpose.from_code(str(purpose)).petition_class,
        anonymous=bool(int(anonymous or 0)),
        own_rules=has_own_rules(ContentClass.from_code(str(content)), handling),
    )


def _to_count_apart(session: Session, wanted: Sequence[ColumnElement[bool]]) -> frozenset[int]:
    """Matters with a stop or an extension: nobody shares their days."""
    found: set[int] = set()
    for table in (ClockStop, ClockExtension):
        found.update(session.scalars(select(table.matter_id).join(Matter, Matter.id == table.matter_id).where(*wanted)))
    return frozenset(found)


def _reports(session: Session, wanted: Sequence[ColumnElement[bool]]) -> Mapping[int, date]:
    """The day by which each assignment is to be reported on, where the last decision asks for one.

    What was only told at a later visit (``Handling.stops``) decides nothing, as in ``clock_reading``.
    """
    later = aliased(RouteDecision)
    decides = later.handling.not_in(_STOPS)
    last = ~exists().where(later.matter_id == RouteDecision.matter_id, later.id > RouteDecision.id, decides)
    query = select(RouteDecision.matter_id, RouteDecision.reply_by).join(Matter, Matter.id == RouteDecision.matter_id)
    query = query.where(RouteDecision.reply_by.is_not(None), RouteDecision.recalled_at.is_(None), last, *wanted)
    return {matter_id: reply_by for matter_id, reply_by in session.execute(query) if reply_by is not None}
