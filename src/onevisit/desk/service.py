"""送达: a document reaches the petitioner, or is refused before a witness.

A service is a record of its own and overwrites nothing. Where it serves an opinion, the step of that opinion gets its
day: from then the petitioner's days to ask for a review run (信访工作条例 2022, articles 35 and 36).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, NotFoundError
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import (
    ServedDocument,
    ServiceForm,
    ServiceOutcome,
    has_reached,
    plain_service,
    service_faults,
)
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.matter_life import Action
from onevisit.store.tables import Matter, MatterStep, Service, Visit

OPINIONS: Final[Mapping[ServedDocument, Action]] = {
    ServedDocument.OPINION: Action.ANSWER,
    ServedDocument.REVIEW: Action.REVIEW,
    ServedDocument.FINAL_REVIEW: Action.FINAL_REVIEW,
}
"""The step that brings forth each opinion."""

_WHAT_DAY: Final[Mapping[str, str]] = {
    Action.ANSWER.value: "答复日期",
    Action.REVIEW.value: "复查日期",
    Action.FINAL_REVIEW.value: "复核日期",
}
_NOT_THERE: Final = "没有找到要送达的这一步，请刷新后再试。"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service as a list shows it."""

    service_id: int
    document: ServedDocument
    document_no: str
    method: str
    outcome: ServiceOutcome
    witness: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class ToServe:
    """An opinion that has not reached the petitioner yet.

    Attributes:
        document: what it is.
        on: the local day of the opinion; it cannot be served before.
    """

    step_id: int
    document: ServedDocument
    document_no: str
    on: date


def serve(desk: Desk, shown: Seen, form: ServiceForm) -> int:
    """Write down a service, and give its id. Needs FOLLOW_UP.

    Raises:
        FormError: refused without a witness, an impossible day, something too long.
        NotFoundError: the matter or the step is not there, or the matter may not be known.
        ChangedElsewhereError: the opinion was served already, or somebody changed the matter since it was shown.
    """
    plain = plain_service(form)
    with desk.work(Permission.FOLLOW_UP) as session:
        matter = open_for_change(desk, session, shown)
        step = _step(session, matter, plain) if plain.step_id is not None else None
        after = first_day(session, matter) if step is None else step.on_day
        after_what = "登记日期" if step is None else _WHAT_DAY[step.kind]
        require_no_faults(service_faults(plain, local_day(desk.now()), after=after, after_what=after_what))
        row = _row(desk, matter, plain, shown.visit_id)
        session.add(row)
        if step is not None and has_reached(plain.outcome):
            step.served_on = plain.on
        touch(matter)
        session.flush()
        add_matter_step(desk, session, matter.id, Step.SERVED, _told(plain, local_day(desk.now())), shown.visit_id)
        desk.record(session, "service.recorded", "service", row.id, f"{plain.document.value}/{plain.outcome.value}")
        return row.id


def services_of(session: Session, matter_id: int) -> tuple[ServiceLine, ...]:
    """What was served in a matter, the latest first; what a correction took back is told by the timeline alone."""
    holds = Service.matter_id == matter_id, Service.taken_back_at.is_(None)
    query = select(Service).where(*holds).order_by(Service.on_day.desc(), Service.id.desc())
    return tuple(
        ServiceLine(
            service_id=row.id,
            document=row.document,
            document_no=row.document_no,
            method=row.method.label,
            outcome=row.outcome,
            witness=row.witness,
            on=row.on_day,
            note=row.note,
        )
        for row in session.scalars(query)
    )


def to_serve(session: Session, matter_id: int) -> tuple[ToServe, ...]:
    """The opinions of a matter that have not reached the petitioner, the latest first, one of each kind."""
    kinds = {action.value: document for document, action in OPINIONS.items()}
    query = select(MatterStep).where(MatterStep.matter_id == matter_id, MatterStep.kind.in_(kinds))
    last = {step.kind: step for step in session.scalars(query.order_by(MatterStep.id))}
    waiting = sorted((step for step in last.values() if step.served_on is None), key=lambda step: -step.id)
    return tuple(ToServe(step.id, kinds[step.kind], step.document_no, step.on_day) for step in waiting)


def first_day(session: Session, matter: Matter) -> date:
    """The local day on which a matter was first brought."""
    brought = session.scalars(select(func.min(Visit.day)).where(Visit.matter_id == matter.id)).one()
    registered = local_day(matter.registered_at)
    return registered if brought is None else min(brought, registered)


def _step(session: Session, matter: Matter, form: ServiceForm) -> MatterStep:
    step, action = session.get(MatterStep, form.step_id), OPINIONS.get(form.document)
    if step is None or action is None or (step.matter_id, step.kind) != (matter.id, action.value):
        raise NotFoundError(_NOT_THERE)
    if step.served_on is not None:
        raise ChangedElsewhereError(f"这份{form.document.label}已记为{show_day(step.served_on)}送达，没有再记。")
    return step


def _row(desk: Desk, matter: Matter, form: ServiceForm, visit_id: int | None) -> Service:
    return Service(
        matter_id=matter.id,
        visit_id=visit_id,
        step_id=form.step_id,
        document=form.document,
        document_no=form.document_no,
        method=form.method,
        outcome=form.outcome,
        witness=form.witness,
        on_day=form.on,
        note=form.note,
        recorded_at=desk.now(),
        account_id=desk.actor.account_id,
    )


def _told(form: ServiceForm, today: date) -> str:
    on = show_day(form.on) if form.on is not None and form.on != today else ""
    witness = f"见证人 {form.witness}" if form.witness else ""
    parts = (on, form.document.label, form.document_no, form.method.label, form.outcome.label, witness, form.note)
    return "；".join(part for part in parts if part)
