"""Where a matter stands, and the one door through which it moves on: every step goes through ``take_step``.

A page hands back what it showed (``Seen``). Whoever comes second is told what the first has done, and nothing is
overwritten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, FormError, NotFoundError
from onevisit.desk.sight import may_know, require_kept
from onevisit.desk.timeline import add_matter_step
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.faults import Fault
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import ENDED, Action, Served, Standing, State, go, overtaken
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.tables import Matter, MatterStep, Visit

_TOUCHED_ELSEWHERE: Final = "别的窗口刚刚改过这件事，您的内容没有保存，请看过最新情况再办。"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page showed of a matter when somebody began to change it.

    Attributes:
        version: of the matter, as it was read.
        visit_id: the visit by way of which a confidential matter is known (``desk.sight``); None otherwise.
    """

    matter_id: int
    version: int
    state: State
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What is recorded of a step beside its kind.

    Attributes:
        on: the local day on which it happened.
        served_on: the day on which the opinion reached the petitioner; None while it did not.
        organ: whose step it was.
        outcome: a code of the list that belongs to the kind of step.
        late_reason: why it goes on although it came after its last day.
        told: what the timeline says beside the kind; the day is added.
    """

    on: date
    served_on: date | None = None
    organ: str = ""
    document_no: str = ""
    outcome: str = ""
    note: str = ""
    late_reason: str = ""
    told: str = ""


def seen(matter: Matter, visit_id: int | None = None) -> Seen:
    """What is shown of a matter now, to be handed back with a change."""
    return Seen(matter.id, matter.version, matter.state, visit_id)


def standing_of(matter: Matter) -> Standing:
    """Where a matter stands, as the state machine knows it."""
    return Standing(matter.state, matter.handling, matter.procedure, Served(matter.served))


def open_for_change(desk: Desk, session: Session, shown: Seen) -> Matter:
    """Fetch a matter that is to be changed.

    Raises:
        NotFoundError: it is not there, or may not be known.
        DeskFault: it was anonymised.
        ChangedElsewhereError: somebody changed it since it was shown; the sentence says what has moved.
    """
    matter = open_beside(desk, session, shown.matter_id, shown.visit_id)
    if matter.version != shown.version:
        raise ChangedElsewhereError(overtaken(shown.state, matter.state) or _TOUCHED_ELSEWHERE)
    return matter


def open_beside(desk: Desk, session: Session, matter_id: int, visit_id: int | None) -> Matter:
    """Fetch a matter for what stands beside it and says for itself that another was quicker: a report, an evaluation.

    Whatever else goes on with the matter meanwhile does not hold it back.

    Raises:
        NotFoundError: it is not there, or may not be known.
        DeskFault: it was anonymised.
    """
    matter = session.get(Matter, matter_id)
    visit = session.get(Visit, visit_id) if visit_id is not None else None
    by_way_of = visit if visit is not None and visit.matter_id == matter_id else None
    if matter is None or not may_know(desk, matter, by_way_of):
        raise NotFoundError("没有找到这件事项，请重新查找。")
    require_kept(matter)
    return matter


def touch(matter: Matter) -> None:
    """Let whoever has the matter open elsewhere see that it went on, even if none of its own columns changed."""
    flag_modified(matter, "state")


def take_step(
    desk: Desk,
    session: Session,
    matter: Matter,
    action: Action,
    facts: StepFacts,
    *,
    handling: Handling | None = None,
    procedure: Procedure | None = None,
    visit_id: int | None = None,
) -> MatterStep:
    """Move a matter on, and write the step, its line in the timeline and its trace.

    Args:
        desk: who acts.
        session: the transaction.
        matter: from ``open_for_change``.
        action: what is done.
        facts: what is recorded of it.
        handling: of ROUTE.
        procedure: of ROUTE.
        visit_id: at which visit.

    Raises:
        PlainFault: it cannot be done now; the sentence says why.
    """
    after = go(standing_of(matter), action, handling=handling, procedure=procedure)
    matter.state, matter.handling, matter.procedure = after.state, after.handling, after.procedure
    matter.served, matter.open = after.served.value, after.state not in ENDED
    touch(matter)
    desk.record(session, "matter.stepped", "matter", matter.id, action.value)
    return _write(desk, session, matter, action, facts, visit_id)


def record_event(
    desk: Desk, session: Session, matter: Matter, event: Event, facts: StepFacts, visit_id: int | None = None
) -> MatterStep:
    """Write what happened to a matter without moving it, its line in the timeline and its trace."""
    touch(matter)
    desk.record(session, "matter.event_recorded", "matter", matter.id, event.value)
    return _write(desk, session, matter, event, facts, visit_id)


def require_no_faults(faults: Iterable[Fault]) -> None:
    """Refuse a form that has faults.

    Raises:
        FormError: with all of them.
    """
    found = tuple(faults)
    if found:
        raise FormError(found)


def _write(
    desk: Desk, session: Session, matter: Matter, kind: Action | Event, facts: StepFacts, visit_id: int | None
) -> MatterStep:
    step = MatterStep(
        matter_id=matter.id,
        visit_id=visit_id,
        kind=kind.value,
        on_day=facts.on,
        served_on=facts.served_on,
        recorded_at=desk.now(),
        account_id=desk.actor.account_id,
        organ=facts.organ,
        document_no=facts.document_no,
        outcome=facts.outcome,
        note=facts.note,
        late_reason=facts.late_reason,
    )
    session.add(step)
    session.flush()
    add_matter_step(desk, session, matter.id, kind, _told(desk, facts), visit_id)
    return step


def _told(desk: Desk, facts: StepFacts) -> str:
    on = "" if facts.on == local_day(desk.now()) else f"{show_day(facts.on)}"
    served = f"{show_day(facts.served_on)}送达" if facts.served_on else ""
    late = f"超期理由：{facts.late_reason}" if facts.late_reason else ""
    parts = (on, facts.organ, facts.told, facts.document_no, served, facts.note, late)
    return "；".join(part for part in parts if part)
