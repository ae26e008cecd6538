"""The clocks of matters, read from their steps in a fixed number of statements, however many matters there are.

A step inside use cases: the page of a matter, the board of what is due, the figures, the demo.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import day_table, own_rules
from onevisit.desk.standing import standing_of
from onevisit.rules.classification import ContentClass
from onevisit.rules.clocks import local_day
from onevisit.rules.extensions import Extension
from onevisit.rules.matter_clocks import MatterEvents, Reading, readings
from onevisit.rules.matter_history import Event, Happened, History, Whose, events_of, happening, whose
from onevisit.rules.matter_life import Action
from onevisit.rules.pauses import Stop
from onevisit.rules.periods import ClockState, Counting, state_of_day, state_words
from onevisit.rules.route_law import article
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.rulesets import ClockKind
from onevisit.store.tables import ClockExtension, ClockStop, Matter, MatterStep, RouteDecision, Visit

REPORT: Final = "report"
"""The key of the day by which an assignment is to be reported on; the others have the codes of ``ClockKind``."""

UNREAD: Final = "unread"
"""The key of the one line of a matter whose rule set is not there or cannot be read: it says so, and what to do."""

_AT_A_TIME: Final = 5000
_OWN_RULES: Final = frozenset({ContentClass.DISCIPLINE, ContentClass.JUSTICE})


@dataclass(frozen=True, slots=True)
class DueLine:
    """One clock of a matter as it stands today.

    Attributes:
        key: a code of ``ClockKind``, ``REPORT`` or ``UNREAD``.
        label: what is due, in words.
        whose: who has to act.
        due: the last day; None where no days run, and then ``words`` says why.
        words: ``还有 12 天``, ``已超期 2 天``, ``按期完成``; ``没有提出`` of an objection whose days are over.
        why: the steps of the count.
        provisional: the date rests on a year whose notice is not in the table yet.
        done: the day on which it was done.
    """

    key: str
    label: str
    whose: Whose
    due: date | None
    state: ClockState | None
    words: str
    article: str
    why: tuple[str, ...] = ()
    provisional: bool = False
    done: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether days run and the thing is not done.

        An organ need not object: when the days to do so are over, nothing is late and nobody is waited for.
        """
        lapsed = self.key == ClockKind.OBJECTION.value and self.state is ClockState.OVERDUE
        return self.due is not None and self.done is None and not lapsed


@dataclass(slots=True)
class _Rows:
    """What the clocks of some matters depend on, by matter."""

    first_days: dict[int, date] = field(default_factory=dict)
    named: dict[int, bool] = field(default_factory=dict)
    steps: dict[int, list[MatterStep]] = field(default_factory=lambda: defaultdict(list))
    stops: dict[int, dict[ClockKind, list[Stop]]] = field(default_factory=dict)
    extensions: dict[int, Extension] = field(default_factory=dict)
    reports: dict[int, date] = field(default_factory=dict)


def due_lines(desk: Desk, session: Session, matters: Iterable[Matter]) -> Mapping[int, tuple[DueLine, ...]]:
    """Every clock of each matter, in the order in which a matter meets them, by matter.

    A matter whose rule set cannot be read has the line ``UNREAD`` in place of its clocks, and holds up no other.
    """
    found: dict[int, tuple[DueLine, ...]] = {}
    reader = ClockReader(desk, session)
    listed = list(matters)
    for start in range(0, len(listed), _AT_A_TIME):
        some = listed[start : start + _AT_A_TIME]
        rows = _fetch(session, [matter.id for matter in some])
        found |= {matter.id: reader.read(matter, rows) for matter in some}
    return found


def nearest(lines: Iterable[DueLine], *of: Whose) -> DueLine | None:
    """The open clock that ends first, of those that these people have to keep (all unless given)."""
    waiting = [one for one in lines if one.is_open and (not of or one.whose in of)]
    return min(waiting, key=_urgency, default=None)


def events(session: Session, matter: Matter) -> MatterEvents:
    """The days that start and end each clock of one matter."""
    return events_of(_history(matter, _fetch(session, [matter.id])))


def _urgency(one: DueLine) -> tuple[bool, date]:
    return one.state is ClockState.STANDING, one.due or date.max


class ClockReader:
    """Reads clocks; matters that met the same days under the same rules are counted once."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._today = local_day(desk.now())
        self._table = day_table(session)
        self._own = own_rules(session)
        self._counted: dict[Hashable, tuple[DueLine, ...]] = {}

    def read(self, matter: Matter, rows: _Rows) -> tuple[DueLine, ...]:
        """The clocks of a matter by its rows."""
        events = events_of(_history(matter, rows))
        report = rows.reports.get(matter.id)
        reported = _reported(_happened(rows.steps.get(matter.id, ())))
        key = _key(matter, events, report, reported)
        if key is None:
            return self._count(matter.rule_set, events, report, reported)
        if key not in self._counted:
            self._counted[key] = self._count(matter.rule_set, events, report, reported)
        return self._counted[key]

    def read_course(self, rule_set: str, history: History, report: date | None) -> tuple[DueLine, ...]:
        """The clocks of a matter by what is known of it beside its rows.

        Args:
            rule_set: the code of the set that it was registered under.
            history: its steps and where it stands.
            report: the day by which its assignment is to be reported on, if any.
        """
        return self._count(rule_set, events_of(history), report, _reported(history.steps))

    def _count(
        self, rule_set: str, events: MatterEvents, report: date | None, reported: date | None
    ) -> tuple[DueLine, ...]:
        try:
            by = Counting(self._own.named(rule_set), self._table, self._today)
        except RuleSetFault as fault:
            return (DueLine(UNREAD, "期限", Whose.WINDOW, None, None, fault.sentence, ""),)
        lines = [_line(one) for one in readings(by, events)]
        if report is not None:
            lines.append(_report_line(by, report, reported))
        return tuple(lines)


def _reported(steps: Sequence[Happened]) -> date | None:
    """The day of the report that the last assignment asked for."""
    found = None
    for step in steps:
        if step.kind is Action.ROUTE:
            found = None
        elif step.kind is Event.REPORTED:
            found = step.on
    return found


def has_own_rules(content: ContentClass, handling: Handling | None) -> bool:
    """Whether what a matter is about goes to an organ of justice or discipline, which counts by rules of its own."""
    return content in _OWN_RULES or (handling is not None and handling.seals)


def _happened(steps: Sequence[MatterStep]) -> list[Happened]:
    return [Happened(happening(one.kind), one.on_day, one.served_on) for one in steps]


def _key(matter: Matter, events: MatterEvents, report: date | None, reported: date | None) -> Hashable | None:
    """By what two matters have the same clocks; None where stops or an extension make one its own."""
    if events.stops or events.extension:
        return None
    days = tuple(sorted(events.starts.items())), tuple(sorted(events.done.items()))
    kind = (events.petition_class, events.procedure, events.anonymous, events.own_rules)
    return matter.rule_set, days, kind, report, reported


def _history(matter: Matter, rows: _Rows) -> History:
    return History(
        registered_on=rows.first_days.get(matter.id, local_day(matter.registered_at)),
        steps=_happened(rows.steps.get(matter.id, ())),
        standing=standing_of(matter),
        petition_class=matter.purpose.petition_class,
        anonymous=not rows.named.get(matter.id, True),
        own_rules=has_own_rules(matter.content, matter.handling),
        stops=rows.stops.get(matter.id, {}),
        extension=rows.extensions.get(matter.id),
    )


def _line(one: Reading) -> DueLine:
    unused = one.kind is ClockKind.OBJECTION and one.state is ClockState.OVERDUE
    return DueLine(
        key=one.kind.value,
        label=one.kind.label,
        whose=whose(one.kind),
        due=one.due,
        state=one.state,
        words="没有提出" if unused else one.words,
        article=one.article,
        why=one.why,
        provisional=one.provisional,
        done=one.done,
    )


def _report_line(by: Counting, due: date, done: date | None) -> DueLine:
    found = state_of_day(due, by.today, done)
    words = state_words(found, (due - by.today).days)
    rests_on = article(by.rules, Handling.ASSIGN)
    why = ("交办时写明的报办理结果的日期",)
    return DueLine(REPORT, "报办理结果", Whose.ORGAN, due, found, words, rests_on, why, done=done)


def _fetch(session: Session, matter_ids: Collection[int]) -> _Rows:
    rows = _Rows()
    for matter_id, day, anonymous in _first_visits(session, matter_ids):
        rows.first_days[matter_id], rows.named[matter_id] = day, not anonymous
    for step in _of(session, MatterStep, matter_ids):
        rows.steps[step.matter_id].append(step)
    for stop in _of(session, ClockStop, matter_ids):
        kinds = rows.stops.setdefault(stop.matter_id, {})
        kinds.setdefault(stop.clock, []).append(Stop(stop.reason, stop.first, stop.last, stop.note))
    for one in _of(session, ClockExtension, matter_ids):
        rows.extensions[one.matter_id] = Extension(one.days, one.approver, one.approved_by, one.reason, one.approved_on)
    for decision in _of(session, RouteDecision, matter_ids):
        if decision.handling.stops:
            # told at a later visit; what was decided before goes on as it was
            continue
        rows.reports.pop(decision.matter_id, None)
        if decision.reply_by is not None and decision.recalled_at is None:
            rows.reports[decision.matter_id] = decision.reply_by
    return rows


def _first_visits(session: Session, matter_ids: Collection[int]) -> Iterator[tuple[int, date, bool]]:
    """The first day of each matter, and whether nobody ever gave a name."""
    query = (
        select(Visit.matter_id, func.min(Visit.day), func.min(Visit.anonymous))
        .where(Visit.matter_id.in_(matter_ids))
        .group_by(Visit.matter_id)
    )
    return ((matter_id, day, bool(anonymous)) for matter_id, day, anonymous in session.execute(query))


Row = TypeVar("Row", MatterStep, ClockStop, ClockExtension, RouteDecision)


def _of(session: Session, table: type[Row], matter_ids: Collection[int]) -> Sequence[Row]:
    return session.scalars(select(table).where(table.matter_id.in_(matter_ids)).order_by(table.id)).all()
