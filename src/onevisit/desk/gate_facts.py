"""What the desk knows for the one-visit gate, read from rows: steps inside the use cases of ``desk.gate``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk import lawbook, records, slips
from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.frozen import from_json
from onevisit.desk.policy import policy_of
from onevisit.desk.promises_due import broken_promise
from onevisit.desk.route import circumstances_of
from onevisit.desk.route_rows import current_decisions, decision_told
from onevisit.desk.sight import day_begin, visits_to_know
from onevisit.desk.timeline import Step
from onevisit.desk.urgent import report_of
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import ServedDocument
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import GateAnswer
from onevisit.rules.matter_history import Whose
from onevisit.rules.matter_life import State
from onevisit.rules.organs import Organ
from onevisit.rules.papers import PaperLists
from onevisit.rules.periods import ClockState
from onevisit.rules.policy import next_sitting, sits_on
from onevisit.rules.readiness import Check, RouteKnown, WindowKnows
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import RuleSet
from onevisit.rules.slip import SlipData
from onevisit.store.tables import (
    Account,
    AuditEntry,
    Consultation,
    GateReason,
    Material,
    Matter,
    PromiseRow,
    RouteDecision,
    Service,
    Slip,
    SlipCopy,
    TimelineEntry,
    Visit,
)

_SOMEBODY = "律师"
_LOOKED_BACK = 5000
"""Entries of the trail: more than a day's; a full trail is not read for one name."""


@dataclass(frozen=True, slots=True)
class Hall:
    """What holds for every visit of today.

    Attributes:
        lists: the unit's papers.
        lawyer_on_duty: the name, ``律师`` where a day of the week is all that is known; empty if nobody is there.
        lawyers_waiting: how many visitors wait for the lawyer.
        lawyer_next: the next day on which one sits at the window; None if the unit names no days.
    """

    lists: PaperLists
    lawyer_on_duty: str
    lawyers_waiting: int
    lawyer_next: date | None


def hall_of(desk: Desk, session: Session) -> Hall:
    """Read what holds today."""
    today = local_day(desk.now())
    weekdays = policy_of(session).lawyer_weekdays
    return Hall(
        lists=lawbook.paper_lists(session),
        lawyer_on_duty=_lawyer_on_duty(session, today, weekdays),
        lawyers_waiting=_waiting(desk, session, today),
        lawyer_next=next_sitting(weekdays, today, lawbook.day_table(session)),
    )


def knows_of(desk: Desk, session: Session, visit: Visit) -> WindowKnows:
    """Everything that the window knows of a saved visit; ``visit`` is loaded whole."""
    hall, matter, today = hall_of(desk, session), visit.matter, local_day(desk.now())
    consultation = records.consultations(session, [visit.id]).get(visit.id)
    handed = slip_in_hand(session, visit.id)
    stop = stop_of(desk, session, visit)
    route = _route(session, visit, stop)
    return WindowKnows(
        form=slips.form_of(visit),
        today=today,
        rules=_rules(session, matter),
        earlier_materials=slips.sources(session, [visit]).earlier_materials.get(visit.id, ()),
        broken_promise=broken_promise(session, matter, visit.day),
        lawyer_on_duty=hall.lawyer_on_duty,
        lawyers_waiting=hall.lawyers_waiting,
        lawyer_next=hall.lawyer_next,
        saved=True,
        sent_to_lawyer=visit.wants_lawyer,
        advice_signed=consultation is not None and consultation.signed_at is not None,
        slip_handed_over=handed is not None,
        lists=hall.lists,
        route=route,
        organ=_organ(session, route),
        stop=stop,
        told_papers=handed.missing_papers if handed else (),
        urgent_report=report_of(session, matter.id),
        answer_day=_answer_day(session, visit, today),
        left_before=left_before(session, matter.id, visit.ordinal),
    )


def stop_of(desk: Desk, session: Session, visit: Visit) -> Handling | None:
    """Why a matter is not accepted anew at a visit; None if it is."""
    known = circumstances_of(desk, session, visit.matter, visit)
    if known.terminated:
        return Handling.ENDED
    return Handling.IN_PERIOD if known.in_period else None


def slip_in_hand(session: Session, visit_id: int) -> SlipData | None:
    """What the last slip of a visit that came out says; None if none did."""
    query = (
        select(Slip.frozen)
        .join(Slip.copies)
        .where(Slip.visit_id == visit_id, SlipCopy.outcome == PaperOutcome.CAME_OUT)
        .order_by(Slip.edition.desc())
    )
    frozen = session.scalars(query).first()
    return from_json(frozen) if frozen else None


def reasons_of(session: Session, visit_ids: Sequence[int]) -> Mapping[int, tuple[GateAnswer, ...]]:
    """What was left open at visits, and why, in the order in which it was left."""
    rows = session.scalars(select(GateReason).where(GateReason.visit_id.in_(visit_ids)).order_by(GateReason.id)).all()
    return {
        visit_id: tuple(GateAnswer(row.finding, row.reason) for row in rows if row.visit_id == visit_id)
        for visit_id in visit_ids
    }


def left_before(session: Session, matter_id: int, ordinal: int) -> Mapping[Check, str]:
    """What was left open at the visits of a matter before the one with this number, the last word on each check."""
    query = (
        select(GateReason.finding, GateReason.reason)
        .join(Visit, Visit.id == GateReason.visit_id)
        .where(Visit.matter_id == matter_id, Visit.ordinal < ordinal)
        .order_by(Visit.ordinal, GateReason.id)
    )
    return {Check.from_code(finding): reason for finding, reason in session.execute(query) if finding in set(Check)}


def materials_of(session: Session, matter_id: int) -> tuple[str, ...]:
    """Names of what was handed in on a matter, at any visit."""
    query = select(Material.name).join(Material.visit).where(Visit.matter_id == matter_id)
    return tuple(session.scalars(query.order_by(Visit.ordinal, Material.ordinal)))


def overdue_organ(desk: Desk, session: Session, matter: Matter) -> DueLine | None:
    """The organ's clock on a matter that ran out first and is still open; None if there is none."""
    lines = due_lines(desk, session, [matter])[matter.id]
    late = [one for one in lines if one.whose is Whose.ORGAN and one.is_open and one.state is ClockState.OVERDUE]
    return min(late, key=lambda one: one.due or date.max, default=None)


def given_back_by(session: Session, matter: Matter) -> str:
    """The organ that the matter was sent to and that objects, or gave it back; empty if none did."""
    if matter.state is State.OBJECTED:
        return matter.lead_organ or "承办单位"
    if matter.state is not State.RETURNED:
        return ""
    query = select(RouteDecision).where(RouteDecision.matter_id == matter.id).order_by(RouteDecision.id.desc())
    # what was only told at a later visit sent it nowhere
    last = next((row for row in session.scalars(query) if not row.handling.stops), None)
    return last.addressees[0] if last is not None and last.addressees else "承办单位"


def _lawyer_on_duty(session: Session, today: date, weekdays: str) -> str:
    """A lawyer who logged in today, by name; else a word where one sits here on this day of the week."""
    newest = session.scalar(select(func.max(AuditEntry.id))) or 0
    query = (
        select(Account.name)
        .join(AuditEntry, AuditEntry.account_id == Account.id)
        .where(Account.role == Role.LAWYER, Account.active, AuditEntry.action == "account.logged_in")
        .where(AuditEntry.id > newest - _LOOKED_BACK, AuditEntry.at >= day_begin(today))
        .order_by(AuditEntry.id.desc())
    )
    name = session.scalars(query).first()
    return name or (_SOMEBODY if sits_on(weekdays, today) else "")


def _waiting(desk: Desk, session: Session, today: date) -> int:
    query = (
        select(func.count())
        .select_from(Visit)
        .join(Visit.matter)
        .outerjoin(Consultation, Consultation.visit_id == Visit.id)
        .where(Visit.wants_lawyer, Consultation.id.is_(None), Visit.day == today, Visit.left_at.is_(None))
        .where(visits_to_know(desk))
    )
    return session.scalars(query).one()


def _rules(session: Session, matter: Matter) -> RuleSet:
    try:
        return lawbook.rules_of(session, matter)
    except PlainFault:
        # the set of the matter cannot be read: its page says so, and the gate asks by the text of today
        return RULES_2022


def _route(session: Session, visit: Visit, stop: Handling | None) -> RouteKnown | None:
    """The route that was told at this visit, else the one that the matter has; of a stop only what was told counts."""
    row = decision_told(session, visit)
    if stop is None:
        row = row or current_decisions(session, [visit.matter_id]).get(visit.matter_id)
    if row is None:
        return None
    return RouteKnown(row.handling, row.procedure, tuple(row.addressees), _notice_printed(session, row))


def _notice_printed(session: Session, row: RouteDecision) -> bool:
    """Whether the notice of this decision was printed for the visitor, or served."""
    served = select(Service.id).where(
        Service.matter_id == row.matter_id,
        Service.document == ServedDocument.NOTICE,
        Service.recorded_at >= row.decided_at,
    )
    handed = select(TimelineEntry.id).where(
        TimelineEntry.matter_id == row.matter_id,
        TimelineEntry.kind == Step.SHEET_HANDED.value,
        TimelineEntry.at >= row.decided_at,
    )
    return any(session.scalars(query).first() is not None for query in (served, handed))


def _organ(session: Session, route: RouteKnown | None) -> Organ | None:
    if route is None or not route.addressees:
        return None
    return next((one for one in lawbook.directory(session) if one.name == route.addressees[0]), None)


def _answer_day(session: Session, visit: Visit, today: date) -> bool:
    query = select(PromiseRow.id).where(
        PromiseRow.matter_id == visit.matter_id, PromiseRow.kept_on.is_(None), PromiseRow.due >= today
    )
    return session.scalars(query).first() is not None
