"""Urgency that comes after the registration: a matter that becomes urgent, and one that goes on in another matter.

The report of article 25 follows the matter: whoever was told stays told, whoever was not is still to be told there.
"""

from typing import Final

from sqlalchemy.orm import Session

from onevisit.desk import records, urgent
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, seen, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.matter_life import ENDED, State
from onevisit.rules.urgent import joined
from onevisit.store.tables import Matter, UrgentReportRow

WHY_AT_MOST: Final = 2_000
_INSTEAD: Final = {
    State.CLOSED: "又出现情况的，先恢复办理，或者重新登记。",
    State.MERGED: "请打开并入的那一件，在那里改。",
    State.SPLIT: "请打开分出的那一件，在那里改。",
}


def mark(desk: Desk, shown: Seen, why: str) -> Seen:
    """Make a matter urgent, and open its report at once with what is known and what has come up. Needs HANDLE.

    Args:
        desk: who acts.
        shown: what the page showed of the matter.
        why: what has come up, in plain words; it stands in the report.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it is urgent already, or over.
        FormError: nothing is said of what has come up, or too much (field ``note``).
    """
    said = text.tidy_block(why)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        sentence = why_not(matter)
        if sentence:
            raise DeskFault(sentence)
        empty = [] if said else [Fault("note", "请写明出现了什么紧急情况，报告单里会写上。")]
        require_no_faults([*empty, *length_faults("note", said, WHY_AT_MOST, "紧急情况")])
        matter.urgent = True
        touch(matter)
        add_matter_step(desk, session, matter.id, Step.URGENT, f"改为紧急：{said}", shown.visit_id)
        desk.record(session, "urgent.marked", "matter", matter.id)
        row = _begun(desk, session, matter)
        row.content = "\n".join(part for part in (row.content, said) if part)
        session.flush()
        return seen(matter, shown.visit_id)


def why_not(matter: Matter) -> str:
    """Say why a matter cannot become urgent now, in one sentence; empty when it can."""
    if matter.state in ENDED:
        return f"这件事{matter.state.label}，不再改为紧急；{_INSTEAD.get(matter.state, '又出现情况的，请重新登记。')}"
    return "这件事已经是紧急事项，请在“紧急”里报告。" if matter.urgent else ""


def carry(desk: Desk, session: Session, matter: Matter, other: Matter) -> None:
    """Let the urgency of a matter that ends go over to one that it goes on in; a step inside use cases.

    Its own report stays as it is. Of two reports that are brought together only what both told was told of all.
    """
    if not matter.urgent:
        return
    ended = _begun(desk, session, matter)
    report, known = urgent.read(ended), urgent.report_of(session, other.id)
    if urgent.is_secret(matter) or urgent.is_secret(other):
        # whoever told of the one is nobody's to know on the sheet of the other
        report = urgent.nameless(report, *urgent.informants_of(matter))
    other.urgent = True
    whole = joined(known, report) if known is not None else report
    row = _row_of(desk, session, other)
    row.happened_at, row.place, row.persons = whole.happened_at, whole.place, whole.persons
    row.content, row.who, row.measures = whole.content, whole.who, whole.measures
    row.told = {addressee.value: moment.isoformat() for addressee, moment in whole.told.items()}
    session.flush()
    add_matter_step(desk, session, other.id, Step.URGENT, f"紧急报告单随 {matter.number} 转来")
    desk.record(session, "urgent.carried", "urgent_report", row.id)


def _begun(desk: Desk, session: Session, matter: Matter) -> UrgentReportRow:
    """The report of an urgent matter, opened where it is not."""
    row = urgent.begin(desk, session, records.fetch_visit(session, matter.visits[-1].id))
    if row is None:
        raise ValueError("a matter that is not urgent has no report")
    return row


def _row_of(desk: Desk, session: Session, matter: Matter) -> UrgentReportRow:
    """The report of a matter to be written into; a new one bears nothing yet, and begins with what is carried over."""
    row = urgent.row_of(session, matter.id)
    if row is None:
        row = UrgentReportRow(matter_id=matter.id, told={}, opened_at=desk.now(), account_id=desk.actor.account_id)
        session.add(row)
    return row
