"""The steps in the life of a matter: who did what, when."""

from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.rules.labels import Labelled
from onevisit.store.tables import TimelineEntry, Visit


class Step(Labelled):
    """The kinds of step in the life of a matter."""

    REGISTERED = "registered", "登记"
    REPEATED = "repeated", "再次来访"
    PERSON_CHANGED = "person_changed", "资料更新"
    SENT_TO_LAWYER = "sent_to_lawyer", "转律师"
    ADVICE_BEGUN = "advice_begun", "律师接待"
    ADVICE_SIGNED = "advice_signed", "律师签发"
    ADVICE_ADDED = "advice_added", "补充意见"
    SLIP_HANDED = "slip_handed", "回执"


def add_step(desk: Desk, session: Session, visit: Visit, kind: Step, text: str) -> None:
    """Write one step of the visit's matter, done now by the person at the desk."""
    session.add(
        TimelineEntry(
            matter_id=visit.matter_id,
            visit_id=visit.id,
            at=desk.now(),
            account_id=desk.actor.account_id,
            kind=kind.value,
            text=text,
        )
    )
