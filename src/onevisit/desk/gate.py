"""The one-visit gate at the desk: what would make this visitor come again, and what is left open for a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import gate_facts, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.gate_facts import Hall
from onevisit.desk.promises_due import broken_promise
from onevisit.desk.sight import get_visit, may_know, require_kept
from onevisit.desk.standing import require_no_faults
from onevisit.desk.timeline import Step, add_step
from onevisit.rules import readiness, text
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import GateAnswer
from onevisit.rules.readiness import Check, Gate
from onevisit.rules.return_causes import ComingAgain
from onevisit.store.tables import GateReason, Matter, Visit

__all__ = ["CameBefore", "Hall", "VisitGate", "came_before", "gate", "hall", "leave_open", "write_reasons"]


@dataclass(frozen=True, slots=True)
class VisitGate:
    """The gate of a saved visit.

    Attributes:
        kept: the matter may still be added to.
    """

    visit_id: int
    matter_id: int
    visit_no: str
    gate: Gate
    kept: bool


@dataclass(frozen=True, slots=True)
class CameBefore:
    """What the visits before on a matter say, before this one is saved.

    Attributes:
        again: why the visitor may have had to come again; what is still wanted is for the form to say.
        left: what was left open last, and why.
        materials: names of what was handed in so far.
    """

    again: ComingAgain = field(default_factory=ComingAgain)
    left: Mapping[Check, str] = field(default_factory=dict)
    materials: tuple[str, ...] = ()


def hall(desk: Desk) -> Hall:
    """What holds for every visit of today: the lists and the lawyer. Needs REGISTER."""
    with desk.look(Permission.REGISTER) as session:
        return gate_facts.hall_of(desk, session)


def came_before(desk: Desk, matter_id: int) -> CameBefore:
    """What is known of the visits before on a matter that somebody comes about again. Needs REGISTER.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
    """
    with desk.look(Permission.REGISTER) as session:
        matter = session.get(Matter, matter_id)
        if matter is None or not may_know(desk, matter):
            raise NotFoundError("没有找到这件事项，请重新查找。")
        last = session.scalars(select(Visit).where(Visit.matter_id == matter_id).order_by(Visit.ordinal.desc())).first()
        ordinal = last.ordinal if last is not None else 0
        overdue = gate_facts.overdue_organ(desk, session, matter)
        slip = gate_facts.slip_in_hand(session, last.id) if last is not None else None
        again = ComingAgain(
            broken_promise=broken_promise(session, matter, local_day(desk.now())),
            given_back_by=gate_facts.given_back_by(session, matter),
            overdue=overdue.due if overdue else None,
            overdue_what=overdue.label if overdue else "",
            told=slip.missing_papers if slip else None,
        )
        left = gate_facts.left_before(session, matter_id, ordinal + 1)
        return CameBefore(again, left, gate_facts.materials_of(session, matter_id))


def gate(desk: Desk, visit_id: int) -> VisitGate:
    """What would make the visitor of a saved visit come again, with what was left open. Needs SEARCH.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
    """
    with desk.look(Permission.SEARCH) as session:
        visit = get_visit(desk, session, visit_id)
        if visit.matter.anonymised_at is not None:
            return VisitGate(visit_id, visit.matter_id, visit.number, Gate((), ()), kept=False)
        whole = records.fetch_visit(session, visit_id)
        found = readiness.check_all(gate_facts.knows_of(desk, session, whole))
        reasons = gate_facts.reasons_of(session, [visit_id])[visit_id]
        return VisitGate(visit_id, visit.matter_id, visit.number, readiness.set_aside(found, reasons), kept=True)


def leave_open(desk: Desk, visit_id: int, finding: str, reason: str) -> None:
    """Leave a finding open, with the reason; a second reason for the same finding takes the place of the first.

    Needs REGISTER.

    Args:
        desk: who leaves it.
        visit_id: at which visit.
        finding: a code of ``readiness.Check``.
        reason: one line.

    Raises:
        FormError: no reason, one that is too long, or no such check.
        NotFoundError: the visit is not there, or may not be known.
        DeskFault: the matter was anonymised.
    """
    answer = GateAnswer(finding, reason)
    require_no_faults(readiness.reason_faults(answer))
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        require_kept(visit.matter)
        write_reasons(desk, session, visit, [answer])


def write_reasons(desk: Desk, session: Session, visit: Visit, answers: Sequence[GateAnswer]) -> None:
    """Write why findings are left open at a visit, inside somebody's transaction; what has a fault is passed over."""
    if not answers:
        return
    known = {row.finding: row for row in session.scalars(select(GateReason).where(GateReason.visit_id == visit.id))}
    for answer in answers:
        if readiness.reason_faults(answer):
            continue
        reason = text.tidy(answer.reason)
        row = known.get(answer.finding)
        if row is not None and row.reason == reason:
            continue
        if row is None:
            row = known[answer.finding] = GateReason(visit_id=visit.id, finding=answer.finding)
            session.add(row)
        row.reason, row.given_at, row.account_id = reason, desk.now(), desk.actor.account_id
        session.flush()
        add_step(desk, session, visit, Step.GATE_LEFT, f"{Check.from_code(answer.finding).label}：{reason}")
        desk.record(session, "gate.left_open", "visit", visit.id, answer.finding)
