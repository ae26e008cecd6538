"""What is due today beside the visits: promises, the nearest days of clocks, urgent reports that not all were told of.

It is asked each time the page of the day is shown, so it never reads the clocks of all open matters: only of those on
which something happened long enough ago, and not longer, for a day to fall due about now. What is overdue since longer
stands on the board of what is due (``desk.board``), which takes its time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.board_reading import open_matters
from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import own_rule_sets, own_rules
from onevisit.desk.sight import matters_to_know
from onevisit.desk.unread_rules import unread
from onevisit.rules import rulebook
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, show_short_day
from onevisit.rules.matter_history import Event, Happening, Whose
from onevisit.rules.matter_life import Action, State
from onevisit.rules.periods import SOON_DAYS, ClockState
from onevisit.rules.rulesets import ClockKind, DayUnit, Period, RuleSet
from onevisit.rules.urgent import UrgentAddressee
from onevisit.store.tables import (
    ClockExtension,
    ClockStop,
    Matter,
    MatterStep,
    PromiseRow,
    RouteDecision,
    UrgentReportRow,
    Visit,
)

MOST: Final = 30
"""So many of each kind are shown at most."""

BACK_DAYS: Final = 30
"""A clock that is overdue for longer is left to the board."""

_SLACK: Final = 20
"""Days by which holidays may move a last day onwards."""

_AT_THE_WINDOW: Final = (State.REGISTERED, State.RETURNED, State.OBJECTED)
_HANDED_ON: Final = (State.ROUTED, State.OBJECTED)
_NOTICE: Final = (ClockKind.NOTICE, ClockKind.OBJECTION)
_REVIEW: Final = (ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW)
_FINAL_REVIEW: Final = (ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW)
_STARTS: Final[tuple[tuple[Happening, tuple[ClockKind, ...], tuple[State, ...]], ...]] = (
    (Action.RETURN, (ClockKind.TRANSFER,), _AT_THE_WINDOW),
    (Action.REOPEN, (ClockKind.TRANSFER,), _AT_THE_WINDOW),
    (Action.ROUTE, _NOTICE, _HANDED_ON),
    (Event.RECEIVED, _NOTICE, _HANDED_ON),
    (Action.ACCEPT, (ClockKind.HANDLING,), (State.ACCEPTED,)),
    (Action.REDO, (ClockKind.HANDLING,), (State.ACCEPTED,)),
    (Action.ASK_REVIEW, _REVIEW, (State.IN_REVIEW,)),
    (Action.ASK_FINAL_REVIEW, _FINAL_REVIEW, (State.IN_FINAL_REVIEW,)),
)
"""Which step starts which clocks of the window or of an organ, and where a matter stands while they run."""


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """A promise whose day is today or over."""

    promise_id: int
    matter_id: int
    petitioner: str
    text: str
    due: date
    left: int


@dataclass(frozen=True, slots=True)
class ClockDue:
    """A clock of the window or of an organ that runs out about now.

    Attributes:
        words: ``今天到期``, ``已超期 2 天``.
    """

    matter_id: int
    title: str
    organ: str
    clock: str
    whose: Whose
    due: date
    state: ClockState
    words: str

    @property
    def day(self) -> str:
        """The last day, in short."""
        return show_short_day(self.due)


@dataclass(frozen=True, slots=True)
class UrgentDue:
    """An urgent matter that not all five of article 25 were told of."""

    matter_id: int
    title: str
    untold: int


@dataclass(frozen=True, slots=True)
class DayDue:
    """Everything that is due, the most pressing first.

    Attributes:
        more: some of it is not shown.
        unread: which matters have clocks that cannot be read, and what to do; one sentence for each rule set.
    """

    promises: tuple[PromiseDue, ...]
    clocks: tuple[ClockDue, ...]
    urgent: tuple[UrgentDue, ...]
    more: bool = False
    unread: tuple[str, ...] = ()


def day_due(desk: Desk) -> DayDue:
    """What is due today, of the matters that may be known. Needs SEE_DUE."""
    with desk.look(Permission.SEE_DUE) as session:
        promises, clocks = _promises(desk, session), _clocks(desk, session)
        urgent = tuple(_urgent(desk, session))
        more = any(len(kind) > MOST for kind in (promises, clocks, urgent))
        # to look for matters under a set reads them all: only where the unit has one that cannot be read
        held = unread(session, *open_matters(desk)) if own_rules(session).unread else ()
        return DayDue(promises[:MOST], clocks[:MOST], urgent[:MOST], more, held)


def _promises(desk: Desk, session: Session) -> tuple[PromiseDue, ...]:
    today = local_day(desk.now())
    query = (
        select(PromiseRow, Matter)
        .join(Matter, Matter.id == PromiseRow.matter_id)
        .where(PromiseRow.kept_on.is_(None), PromiseRow.due <= today)
        .where(Matter.anonymised_at.is_(None), matters_to_know(desk))
        .order_by(PromiseRow.due, PromiseRow.id)
        .limit(MOST + 1)
        .options(*records.visitors_of_matter())
    )
    return tuple(
        PromiseDue(
            promise_id=row.id,
            matter_id=matter.id,
            petitioner=masks.petitioner_name(matter.visits[0]),
            text=row.text,
            due=row.due,
            left=(row.due - today).days,
        )
        for row, matter in session.execute(query)
    )


def _urgent(desk: Desk, session: Session) -> Iterator[UrgentDue]:
    query = (
        select(Matter.id, Matter.title, UrgentReportRow.told)
        .outerjoin(UrgentReportRow, UrgentReportRow.matter_id == Matter.id)
        .where(Matter.urgent, Matter.open.is_(True), Matter.anonymised_at.is_(None), matters_to_know(desk))
        .order_by(Matter.id.desc())
    )
    for matter_id, title, told in session.execute(query):
        # of a matter that became urgent later, or is part of an urgent one, nobody has opened the report yet
        untold = sum(one.value not in (told or {}) for one in UrgentAddressee)
        if untold:
            yield UrgentDue(matter_id, title, untold)


def _clocks(desk: Desk, session: Session) -> tuple[ClockDue, ...]:
    today = local_day(desk.now())
    ids = {found for query in _candidates(session, today) for found in session.scalars(query)}
    wanted = (Matter.open.is_(True), Matter.anonymised_at.is_(None), matters_to_know(desk))
    queries = [select(Matter).where(*wanted, Matter.id.in_(some)) for some in _parts(sorted(ids))]
    matters = [matter for query in queries for matter in session.scalars(query)]
    lines = due_lines(desk, session, matters)
    found = [_due(matter, line) for matter in matters for line in lines[matter.id] if _is_due(line, today)]
    return tuple(sorted(found, key=lambda one: (one.due, one.matter_id)))


def _is_due(line: DueLine, today: date) -> bool:
    if line.due is None or not line.is_open or line.whose is Whose.PETITIONER or line.state is ClockState.STANDING:
        return False
    return today - timedelta(days=BACK_DAYS) <= line.due <= today + timedelta(days=SOON_DAYS)


def _due(matter: Matter, line: DueLine) -> ClockDue:
    if line.due is None or line.state is None:
        raise ValueError("a clock without a last day is not due")
    return ClockDue(
        matter_id=matter.id,
        title=matter.title,
        organ="" if line.whose is Whose.WINDOW else matter.lead_organ,
        clock=line.label,
        whose=line.whose,
        due=line.due,
        state=line.state,
        words=line.words,
    )


def _candidates(session: Session, today: date) -> Iterator[Select[int]]:
    """Which matters may have a day about now: by the days on which their clocks can have started."""
    rule_sets = (*rulebook.SHIPPED, *own_rule_sets(session))
    first, last = _starts_between(rule_sets, (ClockKind.TRANSFER,), today)
    yield (
        select(Visit.matter_id)
        .join(Visit.matter)
        .where(Visit.day.between(first, last), Visit.ordinal == 1)
        .where(Matter.open.is_(True), Matter.state.in_(_AT_THE_WINDOW))
    )
    for step, kinds, states in _STARTS:
        first, last = _starts_between(rule_sets, kinds, today)
        yield (
            select(MatterStep.matter_id)
            .join(Matter, Matter.id == MatterStep.matter_id)
            .where(MatterStep.kind == step.value, MatterStep.on_day.between(first, last))
            .where(Matter.open.is_(True), Matter.state.in_(states))
        )
    latest, earliest = today + timedelta(days=SOON_DAYS), today - timedelta(days=BACK_DAYS)
    yield select(RouteDecision.matter_id).where(RouteDecision.reply_by.between(earliest, latest))
    # what was stopped or extended may fall due at any time; there are few
    for table in (ClockStop, ClockExtension):
        yield select(table.matter_id)


_WORKDAYS_TO_DAYS: Final = 2
_AT_A_TIME: Final = 5000


def _starts_between(rule_sets: Sequence[RuleSet], kinds: Sequence[ClockKind], today: date) -> tuple[date, date]:
    """Between which days any of these clocks started, by any rule set, that runs out about now."""
    periods = [period for rules in rule_sets for kind in kinds if (period := rules.period(kind)) is not None]
    shortest = min((period.days for period in periods), default=0)
    longest = max((_at_most(period) for period in periods), default=0)
    first = today - timedelta(days=BACK_DAYS + longest + _SLACK)
    return first, today + timedelta(days=SOON_DAYS - shortest)


def _at_most(period: Period) -> int:
    """The calendar days that a period takes at most, without holidays that move the last one."""
    return period.days * (_WORKDAYS_TO_DAYS if period.unit is DayUnit.WORKDAYS else 1)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME))
