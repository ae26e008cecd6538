"""Steps in the life of a matter inside use cases: what went before, what speaks against a step, and writing it.

Days are asked first, then whether the step came too late; whoever goes on past a last day says why, and the reason
stays with the step.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.clock_reading import events
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.desk.lawbook import counting
from onevisit.desk.route_rows import take_back
from onevisit.desk.standing import (
    Seen,
    StepFacts,
    open_for_change,
    record_event,
    require_no_faults,
    seen,
    standing_of,
    take_step,
)
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import Fault
from onevisit.rules.matter_clocks import MatterEvents, clock_of
from onevisit.rules.matter_history import Event, Happening, happening
from onevisit.rules.matter_life import REQUEST_AFTER, Action, why_not
from onevisit.rules.periods import Clock, Late, go_on_faults, late
from onevisit.rules.step_forms import (
    Days,
    ReviewOutcome,
    StepForm,
    StepRule,
    event_why_not,
    form_faults,
    plain_step,
    rule_of,
)
from onevisit.store.tables import Matter, MatterStep, Visit

_SERVED = frozenset({Action.ANSWER, Action.REVIEW})
"""What the next request follows from the day it reached the petitioner, not from the day it was written."""


@dataclass(frozen=True, slots=True)
class Case:
    """A matter with what its next step depends on, as it stands now."""

    matter: Matter
    steps: Sequence[MatterStep]
    events: MatterEvents
    first_day: date


def case_of(session: Session, matter: Matter) -> Case:
    """Read what the next step of a matter depends on."""
    steps = session.scalars(select(MatterStep).where(MatterStep.matter_id == matter.id).order_by(MatterStep.id)).all()
    first = session.scalars(select(func.min(Visit.day)).where(Visit.matter_id == matter.id)).one()
    return Case(matter, steps, events(session, matter), first or local_day(matter.registered_at))


def refusal(case: Case, kind: Happening) -> str:
    """Say why a step cannot be taken now, in one sentence; empty when it can."""
    standing = standing_of(case.matter)
    if isinstance(kind, Event):
        return event_why_not(standing, kind, case.events.starts.keys(), case.events.done.keys())
    return why_not(standing, kind) or (_not_revoked(case) if kind is Action.REDO else "")


def days_of(desk: Desk, case: Case, rule: StepRule, before: int | None = None) -> Days:
    """Between which days a step can lie: after the last of those that it follows, else after the registration.

    Args:
        desk: for today.
        case: the matter.
        rule: of the step.
        before: a step that is there already: only what was recorded before it counts.
    """
    earlier = [one for one in case.steps if before is None or one.id < before]
    followed = [one for one in earlier if happening(one.kind) in rule.follows] if rule.follows else _moves(earlier)
    today = local_day(desk.now())
    if not followed:
        return Days(case.first_day, "登记日期", today)
    last = followed[-1]
    kind = happening(last.kind)
    day = last.served_on if kind in _SERVED and last.served_on is not None else last.on_day
    return Days(day, f"“{kind.label}”的日期", today)


def lateness(desk: Desk, session: Session, case: Case, rule: StepRule, on: date | None) -> Late | None:
    """Say by how much a step comes after its last day; None if it is in time, or keeps no clock that runs."""
    kind = rule.clock
    if kind is None or on is None or kind not in case.events.starts or kind in case.events.done:
        return None
    found = clock_of(counting(desk, session, case.matter), case.events, kind)
    return late(found, on) if isinstance(found, Clock) else None


def request_due(desk: Desk, session: Session, case: Case) -> date | None:
    """The last day on which the petitioner may ask for the next review; None where these days never began."""
    kind = REQUEST_AFTER.get(standing_of(case.matter).served)
    if kind is None or kind not in case.events.starts:
        return None
    found = clock_of(counting(desk, session, case.matter), case.events, kind)
    return found.due if isinstance(found, Clock) else None


def faults_of(desk: Desk, session: Session, case: Case, kind: Happening, form: StepForm) -> Iterator[Fault]:
    """Say everything that speaks against a step as typed."""
    rule = rule_of(kind, standing_of(case.matter))
    found = tuple(form_faults(kind, rule, form, days_of(desk, case, rule)))
    yield from found
    if not any(fault.field == "on" for fault in found):
        yield from go_on_faults(lateness(desk, session, case, rule, form.on), form.late_reason)


def write_step(desk: Desk, session: Session, shown: Seen, kind: Happening, form: StepForm) -> Seen:
    """Take a step, in the caller's transaction; gives what is shown of the matter afterwards.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: the step cannot be taken now.
        FormError: with what is wrong at each field.
    """
    matter = open_for_change(desk, session, shown)
    case = case_of(session, matter)
    sentence = refusal(case, kind)
    if sentence:
        raise DeskFault(sentence)
    rule = rule_of(kind, standing_of(matter))
    form = plain_step(form, rule)
    require_no_faults(faults_of(desk, session, case, kind, form))
    facts = _facts(matter, kind, rule, form)
    if kind in {Action.RETURN, Action.REOPEN}:
        take_back(desk, session, matter)
    if isinstance(kind, Event):
        record_event(desk, session, matter, kind, facts, shown.visit_id)
    else:
        take_step(desk, session, matter, kind, facts, visit_id=shown.visit_id)
    session.flush()
    return seen(matter, shown.visit_id)


def _last_review(case: Case) -> MatterStep | None:
    """The last opinion of a review or final review."""
    kinds = {Action.REVIEW.value, Action.FINAL_REVIEW.value}
    return next((one for one in reversed(case.steps) if one.kind in kinds), None)


def _moves(steps: Sequence[MatterStep]) -> list[MatterStep]:
    actions = {action.value for action in Action}
    return [one for one in steps if one.kind in actions]


def _not_revoked(case: Case) -> str:
    review = _last_review(case)
    outcome = review.outcome if review is not None else ""
    if not outcome or outcome == ReviewOutcome.REVOKED.value:
        return ""
    label = ReviewOutcome.from_code(outcome).label
    return f"上级的意见是“{label}”，没有撤销原来的意见，不重新办理。"


def _facts(matter: Matter, kind: Happening, rule: StepRule, form: StepForm) -> StepFacts:
    if form.on is None:
        raise ValueError("a form that was not checked")
    return StepFacts(
        on=form.on,
        served_on=form.served_on,
        organ=(form.organ or _usual_organ(matter, kind)) if rule.organ else "",
        document_no=form.document_no,
        outcome=form.outcome,
        note=form.note,
        late_reason=form.late_reason,
        told=rule.outcome_label(form.outcome),
    )


_BY_THE_ORGAN = frozenset({Event.RECEIVED, Event.NOTICED, Action.OBJECT, Action.ACCEPT, Action.ANSWER, Event.REPORTED})


def _usual_organ(matter: Matter, kind: Happening) -> str:
    return matter.lead_organ if kind in _BY_THE_ORGAN else ""
