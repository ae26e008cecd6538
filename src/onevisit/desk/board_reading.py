"""The one pass of the board: the nearest clock of every open matter, of few codes and days, however many there are.

Matters that met the same days under the same rules are counted once; those with a stop or an extension, which nobody
shares, are counted apart. A step inside the use cases of ``desk.board``.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, case, exists, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from onevisit.desk.clock_reading import ClockReader, DueLine, due_lines, has_own_rules, nearest
from onevisit.desk.desk import Desk
from onevisit.desk.sight import matters_to_know
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.matter_history import Happened, History, Whose, happening
from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.progress import Progress
from onevisit.rules.routes import Handling
from onevisit.store.tables import ClockExtension, ClockStop, Matter, MatterStep, RouteDecision, Visit

NO_ORGAN: Final = "-"
"""The organ of matters that have none yet, as a choice."""
_TELL_EVERY: Final = 5_000
_WHAT: Final = "读期限"

_STOPS: Final = tuple(one for one in Handling if one.stops)
_OWN_RULES: Final = frozenset(one.value for one in ContentClass if has_own_rules(one, None))

RawStep = tuple[str, str, str]
"""A step as the store keeps it: its kind, its day, the day of service or nothing."""


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """Which matters the board shows.

    Attributes:
        organ: the lead organ; ``NO_ORGAN`` for none yet, empty for all.
        place: the code of the district where the problem is; empty for all.
        clerk: the account that registered the first visit; None for all.
        clock: a code of ``ClockKind`` or ``clock_reading.REPORT``: only matters on which this clock runs; empty for
            the nearest of all.
        petitioners: whether the days that the petitioner has to keep count as well.
    """

    organ: str = ""
    place: str = ""
    clerk: int | None = None
    clock: str = ""
    petitioners: bool = False

    @property
    def whose(self) -> tuple[Whose, ...]:
        """Whose clocks are looked at."""
        return tuple(Whose) if self.petitioners else (Whose.WINDOW, Whose.ORGAN)


def open_matters(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """The open matters that may be known, as conditions on ``Matter``."""
    return Matter.open.is_(True), Matter.anonymised_at.is_(None), matters_to_know(desk)


def chosen(desk: Desk, choice: BoardChoice) -> list[ColumnElement[bool]]:
    """The matters that a board shows, as conditions on ``Matter``."""
    wanted = list(open_matters(desk))
    if choice.organ:
        wanted.append(Matter.lead_organ == ("" if choice.organ == NO_ORGAN else choice.organ))
    if choice.place:
        wanted.append(Matter.place_code == choice.place)
    if choice.clerk is not None:
        first = aliased(Visit)
        mine = select(first.matter_id).where(first.ordinal == 1, first.clerk_id == choice.clerk)
        wanted.append(Matter.id.in_(mine))
    return wanted


def nearest_of_all(
    desk: Desk, session: Session, choice: BoardChoice, progress: Progress
) -> Iterator[tuple[int, DueLine | None]]:
    """Every chosen matter with its nearest clock; None where none runs."""
    wanted = chosen(desk, choice)
    total = session.scalars(select(func.count()).select_from(Matter).where(*wanted)).one()
    apart = _to_count_apart(session, wanted)
    courses = _Courses(ClockReader(desk, session), _reports(session, wanted), choice)
    rows = session.execute(_plain_rows(wanted).execution_options(yield_per=_TELL_EVERY))
    steps = _Steps(session, wanted)
    for number, row in enumerate(rows):
        if number % _TELL_EVERY == 0:
            progress(number, total, _WHAT)
        # the steps are fetched for each, so that both walks stay abreast
        happened = steps.of(row[0])
        if row[0] in apart:
            continue
        line = courses.nearest(row, happened)
        if line is not None or not choice.clock:
            yield row[0], line
    if apart:
        some = session.scalars(select(Matter).where(Matter.id.in_(apart)))
        for matter_id, lines in due_lines(desk, session, some).items():
            line = line_of(choice, lines)
            if line is not None or not choice.clock:
                yield matter_id, line


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


class _Courses:
    """The nearest clock of plain rows; rows that are alike are counted once."""

    def __init__(self, reader: ClockReader, reports: Mapping[int, date], choice: BoardChoice) -> None:
        self._reader, self._reports, self._choice = reader, reports, choice
        self._known: dict[Hashable, DueLine | None] = {}

    def nearest(self, row: Sequence[Any], steps: tuple[RawStep, ...]) -> DueLine | None:
        report = self._reports.get(row[0])
        # what it is about counts only where it makes a difference
        key = (*row[1:-1], row[-1] in _OWN_RULES, steps, report)
        if key not in self._known:
            lines = self._reader.read_course(row[1], _history(row[2:], steps), report)
            self._known[key] = line_of(self._choice, lines)
        return self._known[key]


def line_of(choice: BoardChoice, lines: Iterable[DueLine]) -> DueLine | None:
    """The clock that the board shows of a matter; None where none runs."""
    if choice.clock:
        return nearest(one for one in lines if one.key == choice.clock)
    return nearest(lines, *choice.whose)


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
