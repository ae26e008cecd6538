"""回访: a call to the petitioner, reached or not, what was promised during it, and what was answered."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.desk import Desk
from onevisit.desk.evaluation import answer_by_phone
from onevisit.desk.promises_due import plain_promise, write
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import CallForm, CallOutcome, call_faults, has_promise, plain_evaluation
from onevisit.rules.clocks import local_day
from onevisit.store.tables import FollowUpCall


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call as a list shows it."""

    call_id: int
    called_at: datetime
    outcome: CallOutcome
    note: str
    staff_no: str


def call(desk: Desk, shown: Seen, form: CallForm) -> int:
    """Write down a call made now, with what was promised and answered during it, and give its id. Needs FOLLOW_UP.

    Raises:
        FormError: a call that reached somebody says nothing, a promise is not whole (``promise.…``), or of the window
            or the responsible unit no answer is taken now (``window.…``, ``organ.…``).
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed the matter since it was shown.
    """
    note, said = text.tidy_block(form.note).strip(), tuple(map(plain_evaluation, form.said))
    plain = replace(form, note=note, promise=plain_promise(form.promise), said=said)
    require_no_faults(call_faults(plain, local_day(desk.now())))
    with desk.work(Permission.FOLLOW_UP) as session:
        matter = open_for_change(desk, session, shown)
        row = FollowUpCall(
            matter_id=matter.id,
            called_at=desk.now(),
            outcome=plain.outcome,
            note=plain.note,
            account_id=desk.actor.account_id,
        )
        session.add(row)
        session.flush()
        touch(matter)
        told = "：".join(part for part in (plain.outcome.label, plain.note) if part)
        add_matter_step(desk, session, matter.id, Step.CALLED, told, shown.visit_id)
        desk.record(session, "call.recorded", "follow_up_call", row.id, plain.outcome.value)
        if has_promise(plain):
            write(desk, session, matter, plain.promise, shown.visit_id)
        answer_by_phone(desk, session, matter, plain.said)
        return row.id


def calls_of(session: Session, matter_id: int) -> tuple[CallLine, ...]:
    """The calls about a matter, the latest first."""
    query = select(FollowUpCall).where(FollowUpCall.matter_id == matter_id).order_by(FollowUpCall.id.desc())
    staff = records.staff(session)
    return tuple(
        CallLine(row.id, row.called_at, row.outcome, row.note, staff[row.account_id].staff_no)
        for row in session.scalars(query)
    )
