"""The clocks of a matter as people decide on them: extension, stop and going on, and a day that was typed wrongly."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.lawbook import counting
from onevisit.desk.life_steps import Case, case_of, days_of
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, seen, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import TEXT_AT_MOST, has_reached
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.extensions import Extension, ExtensionCase, extension_faults
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.matter_clocks import MatterEvents, clock_of
from onevisit.rules.matter_history import happening
from onevisit.rules.matter_life import Action
from onevisit.rules.pauses import Stop, stop_faults
from onevisit.rules.periods import Clock, event_fault
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.step_forms import RULES, StepRule
from onevisit.store.tables import ClockExtension, ClockStop, Matter, MatterStep, RouteDecision, Service

_ROUTED = StepRule("定去向日期", (Action.RETURN, Action.REOPEN, Action.RECALL))


SERVED = frozenset({Action.ANSWER, Action.REVIEW, Action.FINAL_REVIEW})
"""The steps whose opinion is to reach the petitioner."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A day that was typed wrongly, as it should be.

    Attributes:
        on: the right day of the step.
        served_on: the right day of its service; None where there is none.
        reason: how it came to be wrong.
    """

    on: date | None
    served_on: date | None
    reason: str


def extend(desk: Desk, shown: Seen, extension: Extension) -> Seen:
    """Extend the days for handling: at most once, by as much as the rule set allows, with approver and reason.

    Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: with what speaks against it (信访工作条例 2022 第34条; 山东省信访条例 第42条).
    """
    extension = replace(
        extension, approved_by=text.tidy(extension.approved_by), reason=text.tidy_block(extension.reason)
    )
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        require_no_faults(_extension_faults(desk, session, case_of(session, matter), extension))
        session.add(
            ClockExtension(
                matter_id=matter.id,
                days=extension.days,
                approver=extension.approver,
                approved_by=extension.approved_by,
                reason=extension.reason,
                approved_on=extension.approved_on,
                recorded_at=desk.now(),
                account_id=desk.actor.account_id,
            )
        )
        by = f"经{extension.approved_by}（{extension.approver.label}）于{show_day(extension.approved_on)}批准"
        told = f"办理期限延长 {extension.days} 日，{by}；理由：{extension.reason}"
        desk.record(session, "clock.extended", "matter", matter.id, f"{extension.days}")
        return _told(desk, session, matter, shown, Step.EXTENDED, told)


def stop(desk: Desk, shown: Seen, clock: ClockKind, stopped: Stop) -> Seen:
    """Record days on which a clock stands still; whether they move its date is for the rule set to say.

    Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: with what speaks against it.
    """
    stopped = replace(stopped, note=text.tidy_block(stopped.note))
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        events = case_of(session, matter).events
        require_no_faults([*_not_running(events, clock), *_stop_faults(desk, events, clock, stopped)])
        session.add(
            ClockStop(
                matter_id=matter.id,
                clock=clock,
                reason=stopped.reason,
                first=stopped.first,
                last=stopped.last,
                note=stopped.note,
                recorded_at=desk.now(),
                account_id=desk.actor.account_id,
            )
        )
        desk.record(session, "clock.stopped", "matter", matter.id, f"{clock.value}/{stopped.reason.value}")
        note = f"；{stopped.note}" if stopped.note else ""
        return _told(desk, session, matter, shown, Step.STOPPED, f"“{clock.label}”期限：{stopped.words()}{note}")


def go_on(desk: Desk, shown: Seen, stop_id: int, last: date | None) -> Seen:
    """Let a clock go on: ``last`` is the last day on which it stood still. Needs HANDLE.

    Raises:
        NotFoundError: the matter or the stop is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: with what is wrong with the day.
    """
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        row = session.get(ClockStop, stop_id)
        if row is None or row.matter_id != matter.id or row.last is not None:
            raise NotFoundError("没有找到这次暂停，或者已经继续计算，请刷新后再看。")
        today = local_day(desk.now())
        if last is None:
            require_no_faults([Fault("last", "请填写暂停的止日。")])
        elif last > today:
            require_no_faults([Fault("last", f"止日在今天（{show_day(today)}）之后，请核对日期。")])
        ended = Stop(row.reason, row.first, last, row.note)
        require_no_faults(stop_faults(ended, today))
        row.last = last
        desk.record(session, "clock.went_on", "matter", matter.id, row.clock.value)
        return _told(desk, session, matter, shown, Step.GOES_ON, f"“{row.clock.label}”期限：{ended.words()}结束")


def correct(desk: Desk, shown: Seen, step_id: int, correction: Correction) -> Seen:
    """Put a wrongly typed day right, with the reason; the timeline keeps the old day. Needs HANDLE.

    Raises:
        NotFoundError: the matter or the step is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: with what is wrong at each field.
    """
    correction = replace(correction, reason=text.tidy_block(correction.reason))
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        case = case_of(session, matter)
        step = next((one for one in case.steps if one.id == step_id), None)
        if step is None:
            raise NotFoundError("没有找到要更正的这一步，请刷新后再看。")
        require_no_faults(_correction_faults(desk, case, step, correction))
        told = _corrected(step, correction)
        if correction.served_on != step.served_on:
            _correct_service(desk, session, step, correction.served_on)
        step.on_day, step.served_on = correction.on or step.on_day, correction.served_on
        # by the matter as well: of steps there is no index
        decided = RouteDecision.matter_id == matter.id, RouteDecision.step_id == step.id
        for decision in session.scalars(select(RouteDecision).where(*decided)):
            decision.on_day = step.on_day
        desk.record(session, "matter.day_corrected", "matter", matter.id, step.kind)
        return _told(desk, session, matter, shown, Step.CORRECTED, told)


def extension_case(desk: Desk, session: Session, case: Case) -> ExtensionCase:
    """What an extension of a matter is judged by."""
    events, today = case.events, local_day(desk.now())
    accepted = events.starts.get(ClockKind.HANDLING)
    due = None
    if accepted is not None and ClockKind.HANDLING not in events.done:
        bare = MatterEvents(events.starts, events.petition_class, events.procedure, stops=events.stops)
        found = clock_of(counting(desk, session, case.matter), bare, ClockKind.HANDLING)
        due = found.due if isinstance(found, Clock) else None
    assigned = case.matter.handling is Handling.ASSIGN
    return ExtensionCase(accepted or today, due, assigned, events.extension, today)


def _extension_faults(desk: Desk, session: Session, case: Case, extension: Extension) -> tuple[Fault, ...]:
    if ClockKind.HANDLING in case.events.done:
        return (Fault("days", "这件事已经答复，不需要再延期。"),)
    if ClockKind.HANDLING not in case.events.starts:
        return (Fault("days", "这件事还没有受理，办理期限还没有开始，谈不上延期。"),)
    rules = counting(desk, session, case.matter).rules
    return extension_faults(extension, extension_case(desk, session, case), rules)


def _not_running(events: MatterEvents, clock: ClockKind) -> tuple[Fault, ...]:
    if clock in events.starts and clock not in events.done:
        return ()
    return (Fault("clock", f"“{clock.label}”的期限现在没有在走，不能暂停。"),)


def _stop_faults(desk: Desk, events: MatterEvents, clock: ClockKind, stopped: Stop) -> tuple[Fault, ...]:
    found = stop_faults(stopped, local_day(desk.now()), tuple(events.stops.get(clock, ())))
    start = events.starts.get(clock)
    if start is None or stopped.first >= start:
        return found
    return (*found, Fault("first", f"暂停的起日早于这段期限开始的日子（{show_day(start)}），请核对日期。"))


def _correction_faults(desk: Desk, case: Case, step: MatterStep, correction: Correction) -> list[Fault]:
    kind = happening(step.kind)
    rule = RULES.get(kind, _ROUTED)
    days = days_of(desk, case, rule, before=step.id)
    found: list[Fault | None] = []
    if correction.on is None:
        found.append(Fault("on", f"请填写{rule.day}。"))
    else:
        on = correction.on
        found.append(event_fault(rule.day, on, days.today, after=days.after, after_what=days.after_what, field="on"))
        found.append(_before_what_follows(case, step, correction))
        found.append(_after_its_extension(case, step, on))
        if correction.served_on is not None and kind not in SERVED:
            found.append(Fault("served_on", "这一步没有要送达的意见书，请把送达日期空着。"))
        elif correction.served_on is not None:
            served = correction.served_on
            found.append(event_fault("送达日期", served, days.today, after=on, after_what=rule.day, field="served_on"))
    if correction.on == step.on_day and correction.served_on == step.served_on:
        found.append(Fault("on", "日期没有改动，请填写正确的日期。"))
    if not correction.reason:
        found.append(Fault("reason", "请写明原来为什么记错。"))
    found.extend(length_faults("reason", correction.reason, TEXT_AT_MOST, "更正的理由"))
    return [one for one in found if one is not None]


def _before_what_follows(case: Case, step: MatterStep, correction: Correction) -> Fault | None:
    """A day that would lie after a later step that follows this one."""
    kind = happening(step.kind)
    day, field = (correction.served_on, "served_on") if correction.served_on else (correction.on, "on")
    for later in case.steps:
        rule = RULES.get(happening(later.kind))
        follows = rule is not None and kind in rule.follows
        if later.id > step.id and follows and day is not None and day > later.on_day:
            label = happening(later.kind).label
            return Fault(field, f"这一天晚于后面的“{label}”（{show_day(later.on_day)}），请核对，或先更正后面的日期。")
    return None


def _after_its_extension(case: Case, step: MatterStep, on: date) -> Fault | None:
    """An extension that was approved before the handling began would belong to none."""
    extension, begun = case.events.extension, case.events.starts.get(ClockKind.HANDLING)
    if extension is None or happening(step.kind) not in {Action.ACCEPT, Action.REDO}:
        return None
    if step.on_day != begun or on <= extension.approved_on:
        return None
    approved = show_day(extension.approved_on)
    return Fault("on", f"这一天晚于批准延期的日子（{approved}），改了以后延期就不算了，请核对日期。")


def _corrected(step: MatterStep, correction: Correction) -> str:
    parts = [f"“{happening(step.kind).label}”"]
    if correction.on != step.on_day and correction.on is not None:
        parts.append(f"日期由{show_day(step.on_day)}改为{show_day(correction.on)}")
    if correction.served_on != step.served_on:
        old = show_day(step.served_on) if step.served_on else "未送达"
        new = show_day(correction.served_on) if correction.served_on else "未送达"
        parts.append(f"送达日期由{old}改为{new}")
    return "；".join((*parts, f"理由：{correction.reason}"))


def _correct_service(desk: Desk, session: Session, step: MatterStep, on: date | None) -> None:
    """The record by which the opinion reached the petitioner bears the same day; without one it holds no more."""
    of_step = Service.matter_id == step.matter_id, Service.step_id == step.id
    query = select(Service).where(*of_step).order_by(Service.id.desc())
    row = next((one for one in session.scalars(query) if has_reached(one.outcome)), None)
    if row is not None:
        row.on_day, row.taken_back_at = on or row.on_day, None if on else desk.now()


def _told(desk: Desk, session: Session, matter: Matter, shown: Seen, kind: Step, told: str) -> Seen:
    """Write the line of the timeline, and let other windows see that the matter went on."""
    touch(matter)
    add_matter_step(desk, session, matter.id, kind, told, shown.visit_id)
    session.flush()
    return seen(matter, shown.visit_id)
