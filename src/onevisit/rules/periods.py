"""The clocks of a matter, counted by the rule set it was registered under, each with the reason for its date.

Every function gives a ``Clock``, or a ``NoClock`` that says in one sentence why none runs. What was decided along the
way (extensions, stops) is handed in as data; ``rules.extensions`` and ``rules.pauses`` say whether it may be recorded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import DayTable, Deadline, calendar_days, show_day, workdays
from onevisit.rules.extensions import Extension
from onevisit.rules.faults import Fault
from onevisit.rules.labels import Labelled
from onevisit.rules.pauses import Stop
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulesets import ClockKind, DayUnit, Period, RuleSet, source

SOON_DAYS: Final = 3
"""Calendar days before the last one from which a clock is called due soon; 示例，以本地文件为准."""


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """By what a clock is counted: the set of the matter, the days off, and the local day of today."""

    rules: RuleSet
    table: DayTable
    today: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that runs.

    Attributes:
        kind: which period.
        start: the local day of the event that starts it; not counted.
        due: the last day, extension and stops included; while the clock stands it moves on with each day.
        deadline: the same with the steps of the count.
        article: what says so, with the mark of an example where it is one.
        standing: whether it stands still today.
    """

    kind: ClockKind
    start: date
    due: date
    deadline: Deadline
    article: str
    standing: bool

    @property
    def why(self) -> tuple[str, ...]:
        """为什么是这一天: each step of the count, the article first."""
        return (f"{self.kind.label}：{self.kind.begins}之日起计算（{self.article}）", *self.deadline.steps)

    @property
    def provisional(self) -> bool:
        """Whether the date rests on a year whose notice is not in the table yet."""
        return self.deadline.provisional


@dataclass(frozen=True, slots=True)
class NoClock:
    """A period that does not run: why, in one sentence, with its article."""

    kind: ClockKind
    sentence: str
    article: str


class ClockState(Labelled):
    """How a clock stands to a day."""

    RUNNING = "running", "办理中"
    SOON = "soon", "即将到期"
    TODAY = "today", "今天到期"
    OVERDUE = "overdue", "已超期"
    STANDING = "standing", "暂停中"
    KEPT = "kept", "按期完成"
    LATE = "late", "超期完成"


def count(by: Counting, kind: ClockKind, start: date, stops: Sequence[Stop] = ()) -> Clock | NoClock:
    """Count any period by its own length: the 15 days of the window, requests, reviews, confirmations, objections.

    For the notice of the organ and for handling, ``notice`` and ``handling`` ask first whether the days run at all.

    Args:
        by: the rule set, the days off, today.
        kind: which period.
        start: the local day of the event ``kind.begins``.
        stops: what was recorded for this clock.
    """
    period = by.rules.period(kind)
    if period is None:
        return NoClock(kind, f"{by.rules.name}没有规定“{kind.label}”的期限。", "")
    return _clock(by, kind, period, start, stops, None)


def notice(
    by: Counting, received: date, *, anonymous: bool, own_rules: bool = False, stops: Sequence[Stop] = ()
) -> Clock | NoClock:
    """Count the organ's 15 days for its notice in writing, from its own receipt (2022 第23条; 2005 第21, 22条).

    Args:
        by: the rule set, the days off, today.
        received: the local day on which the organ received the matter.
        anonymous: name or address are not known, so nobody can be told.
        own_rules: the organ is one of justice or discipline, which follow rules of their own.
        stops: what was recorded for this clock.
    """
    if anonymous:
        said = "没有留下姓名（名称）、住址，无法书面告知，没有告知期限。"
        return NoClock(ClockKind.NOTICE, said, by.rules.unnamed_article)
    if own_rules:
        said = "政法机关、纪检监察机关按各自的规定告知，这里不计算期限。"
        return NoClock(ClockKind.NOTICE, said, by.rules.own_rules_article)
    return count(by, ClockKind.NOTICE, received, stops)


def handling(
    by: Counting,
    accepted: date,
    petition_class: PetitionClass | None,
    procedure: Procedure | None,
    *,
    extension: Extension | None = None,
    stops: Sequence[Stop] = (),
) -> Clock | NoClock:
    """Count the 60 days for handling from acceptance, and the extension on top of the same count.

    The days of an extension follow the 60th day itself, not the day it rolled to (the safest reading).

    Args:
        by: the rule set, the days off, today.
        accepted: the local day of acceptance.
        petition_class: the class of the matter; None for enquiries and the rest.
        procedure: for a claim, the way of article 31; None while it is not chosen.
        extension: what was approved, asked of ``extension_faults`` before.
        stops: what was recorded for this clock.
    """
    none = _no_handling(by.rules, petition_class, procedure)
    return none or _clock(by, ClockKind.HANDLING, by.rules.handling, accepted, stops, extension)


def state(clock: Clock, today: date, done: date | None = None) -> ClockState:
    """How a clock stands; ``done`` is the local day on which the thing was done."""
    if done is None and clock.standing:
        return ClockState.STANDING
    return state_of_day(clock.due, today, done)


def state_of_day(due: date, today: date, done: date | None = None) -> ClockState:
    """How a last day stands that no clock counts: a day that somebody set or promised."""
    if done is not None:
        return ClockState.KEPT if done <= due else ClockState.LATE
    left = (due - today).days
    if left < 0:
        return ClockState.OVERDUE
    if left == 0:
        return ClockState.TODAY
    return ClockState.SOON if left <= SOON_DAYS else ClockState.RUNNING


def words(clock: Clock, today: date, done: date | None = None) -> str:
    """Say it as a card does: ``还有 12 天``, ``已超期 2 天``, ``暂停中``; never by colour alone."""
    return state_words(state(clock, today, done), (clock.due - today).days)


def state_words(found: ClockState, left: int) -> str:
    """Say a state in words; ``left`` is how many days are left, less than 0 when it is over."""
    if found in {ClockState.RUNNING, ClockState.SOON}:
        return f"还有 {left} 天"
    return f"已超期 {-left} 天" if found is ClockState.OVERDUE else found.label


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came after its last day: a warning that one may go on past with a reason.

    Attributes:
        due: the last day it would have been in time.
        sentence: what is late, by how much, and what to do.
        article: what says so.
    """

    due: date
    sentence: str
    article: str


_LATE: Final = {
    ClockKind.REVIEW_REQUEST: "复查应在{due}前（含当日）请求，这次晚了 {days} 天；仍要登记的，请写明理由。",
    ClockKind.FINAL_REQUEST: "复核应在{due}前（含当日）请求，这次晚了 {days} 天；仍要登记的，请写明理由。",
    ClockKind.OBJECTION: "异议应在{due}前（含当日）提出，这次晚了 {days} 天；仍要退回的，请写明理由。",
    ClockKind.CONFIRMATION: "司法确认应在{due}前（含当日）共同申请，这次晚了 {days} 天；仍要登记的，请写明理由。",
}
_LATE_OTHERWISE: Final = "“{kind}”的期限是{due}，这次晚了 {days} 天；请写明理由后再继续。"


def late(clock: Clock, done: date) -> Late | None:
    """Warn of a request, an objection or another act that came after its last day; None if it is in time."""
    if done <= clock.due:
        return None
    sentence = _LATE.get(clock.kind, _LATE_OTHERWISE)
    days = (done - clock.due).days
    said = sentence.format(kind=clock.kind.label, due=show_day(clock.due), days=days)
    return Late(clock.due, said, clock.article)


def go_on_faults(warning: Late | None, reason: str) -> tuple[Fault, ...]:
    """Say what is missing to go on past a warning; nothing where there is none, or where a reason is given."""
    if warning is None or reason.strip():
        return ()
    return (Fault("late_reason", warning.sentence, warning.article),)


def event_fault(what: str, day: date, today: date, *, after: date, after_what: str, field: str) -> Fault | None:
    """Say why something cannot have happened on a day: it is still to come, or before what it follows.

    Args:
        what: as read, ``受理日期``.
        day: the local day as typed.
        today: the local day of today.
        after: the local day of what comes before it; the same day is fine.
        after_what: as read, ``登记日期``.
        field: where it stands.
    """
    if day > today:
        return Fault(field, f"{what}在今天（{show_day(today)}）之后，请核对日期。")
    if day < after:
        return Fault(field, f"{what}早于{after_what}（{show_day(after)}），请核对日期。")
    return None


def _no_handling(rules: RuleSet, petition_class: PetitionClass | None, procedure: Procedure | None) -> NoClock | None:
    """Say why no days for handling run; 2005 gives them to whatever was accepted, 2022 to (六) only (第34条)."""
    period = rules.handling
    said = ""
    if petition_class is None:
        said = "咨询和其他来访当场答复，没有办理期限。"
    elif petition_class not in rules.handling_classes:
        said = f"{petition_class.label}不适用 {period.words}的办理期限。"
    elif petition_class is PetitionClass.CLAIM:
        said = _no_days_by(rules, procedure)
    return NoClock(ClockKind.HANDLING, said, period.article) if said else None


def _no_days_by(rules: RuleSet, procedure: Procedure | None) -> str:
    if procedure is None:
        return "还没有选定办理途径，选定以后才知道有没有办理期限。"
    if procedure in rules.handling_procedures:
        return ""
    return f"走“{procedure.label}”途径的，按该程序自己的期限办理，没有信访的 {rules.handling.words}期限。"


def _clock(
    by: Counting,
    kind: ClockKind,
    period: Period,
    start: date,
    stops: Sequence[Stop],
    extension: Extension | None,
) -> Clock:
    in_order = sorted(stops, key=lambda stop: stop.first)
    moving = [stop for stop in in_order if _moves(by.rules, kind, stop)]
    if period.unit is DayUnit.WORKDAYS:
        counted = _in_workdays(by, period, start, moving)
    else:
        counted = _in_days(by, period, start, moving, extension)
    idle = tuple(_idle_step(by.rules, stop) for stop in in_order if stop not in moving)
    steps = (*counted.steps, *idle)
    found = Deadline(counted.due, counted.counted_to, steps, counted.provisional)
    # a stop that begins after the last day stops nothing: the days had run out
    stands = any(stop.is_standing(by.today) and stop.first <= found.due for stop in moving)
    return Clock(kind, start, found.due, found, source(period.article, example=period.example), stands)


def _in_days(by: Counting, period: Period, start: date, stops: Sequence[Stop], extension: Extension | None) -> Deadline:
    also = [] if extension is None else [(extension.days, _extension_step(period, extension))]
    whole = calendar_days(start, period.days, table=by.table, roll=by.rules.roll, also=also)
    moved = tuple(_moved_by(by, start, whole.counted_to, stops))
    return calendar_days(start, period.days, table=by.table, roll=by.rules.roll, also=(*also, *moved))


def _moved_by(by: Counting, start: date, end: date, stops: Sequence[Stop]) -> Iterator[tuple[int, str]]:
    """How many days each stop moves the end of a count, with the step that says so.

    Days before the count, and days of a stop that begins when the period is over, move nothing. Where it begins between
    the end of the count and the day that this rolled to, the last day is still to come when it is over.
    """
    seen = start
    for stop in stops:
        days = [day for day in stop.days(by.today) if day > seen]
        rolled = calendar_days(end, 0, table=by.table, roll=by.rules.roll).due
        if not days or days[0] > rolled:
            yield 0, f"{stop.words()}不在这段期限之内，不往后推"
            continue
        seen = days[-1]
        if days[0] > end:
            more, reason = (seen - end).days + 1, f"{stop.words()}在顺延后的末日之前开始，推到它结束的次日"
        else:
            more, reason = len(days), f"{stop.words()}有 {len(days)} 日不计入，往后推 {len(days)} 日"
        end += timedelta(days=more)
        yield more, reason


def _in_workdays(by: Counting, period: Period, start: date, stops: Sequence[Stop]) -> Deadline:
    table = by.table
    for stop in stops:
        table = table.overlay(rest=stop.days(by.today), name=f"{stop.reason.label}，不计入")
    return workdays(start, period.days, table=table)


def _moves(rules: RuleSet, kind: ClockKind, stop: Stop) -> bool:
    rule = rules.stop_rule(stop.reason)
    return rule is not None and kind in rule.clocks


def _idle_step(rules: RuleSet, stop: Stop) -> str:
    rule = rules.stop_rule(stop.reason)
    if rule is None:
        return f"{stop.words()}照常计入，日期不变（{rules.name}没有规定可以扣除）"
    named = "、".join(one.label for one in rule.clocks)
    return f"{stop.words()}照常计入，日期不变（只在“{named}”中扣除：{source(rule.article, example=rule.example)}）"


def _extension_step(period: Period, extension: Extension) -> str:
    by = extension.approved_by.strip()
    return f"经{by}批准延期 {extension.days} 日，接着第 {period.days} 日往后算，不从顺延后的日期起算"
