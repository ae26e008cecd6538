"""Issuing slips: freezing their data, numbering each sheet before it is printed, recording what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.frozen import from_json, to_json
from onevisit.desk.sight import day_begin, get_visit
from onevisit.desk.slips import build_slip
from onevisit.desk.timeline import Step, add_step
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.clocks import local_day
from onevisit.rules.slip import CopyMark, SlipData
from onevisit.store.tables import Slip, SlipCopy, Visit


@dataclass(frozen=True, slots=True)
class IssuedCopy:
    """One sheet to print: its number is taken and will not be given again."""

    copy_id: int
    visit_id: int
    data: SlipData
    mark: CopyMark


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A sheet that was sent to a printer, for the history of a visit."""

    copy_id: int
    edition: int
    copy_no: int
    reprint_no: int
    paper: str
    queue: str
    printed_at: datetime
    staff_no: str
    outcome: PaperOutcome


def preview(desk: Desk, visit_id: int) -> tuple[SlipData, CopyMark]:
    """What the next sheet would say; takes no number and changes nothing. Needs PRINT_SLIP."""
    with desk.look(Permission.PRINT_SLIP) as session:
        data, slip = _next_edition(desk, session, visit_id)
        return data, _next_mark(desk, slip)


def issue(desk: Desk, visit_id: int, *, paper: str, queue: str) -> IssuedCopy:
    """Freeze the slip (a new edition when its content changed since the last) and take the next copy number.

    A copy is a reprint (补打) when an earlier copy of the same edition came out or may have come out. Needs PRINT_SLIP.
    """
    with desk.work(Permission.PRINT_SLIP) as session:
        data, slip = _next_edition(desk, session, visit_id)
        mark = _next_mark(desk, slip)
        if slip is None:
            slip = Slip(
                visit_id=visit_id,
                edition=data.edition,
                frozen=to_json(data),
                issued_at=mark.printed_at,
                account_id=desk.actor.account_id,
            )
            session.add(slip)
        copy = SlipCopy(
            slip=slip,
            copy_no=mark.copy_no,
            reprint_no=mark.reprint_no,
            paper=paper,
            queue=queue,
            printed_at=mark.printed_at,
            account_id=desk.actor.account_id,
            outcome=PaperOutcome.PENDING,
        )
        session.add(copy)
        session.flush()
        desk.record(session, "slip.issued", "slip_copy", copy.id, f"{data.edition}/{mark.copy_no}/{mark.reprint_no}")
        return IssuedCopy(copy.id, visit_id, data, mark)


def record_outcome(desk: Desk, copy_id: int, outcome: PaperOutcome, *, pdf_digest: bytes | None = None) -> None:
    """Record what became of a sheet: came out, jammed, wrong paper, refused. Needs PRINT_SLIP.

    Args:
        desk: who acts, where.
        copy_id: the sheet.
        outcome: ``PENDING`` while nobody has looked yet.
        pdf_digest: 32 bytes over the PDF that was sent, to be kept with the sheet.

    Raises:
        DeskFault: the sheet was already recorded as come out; then its number is in somebody's hand for good.
    """
    with desk.work(Permission.PRINT_SLIP) as session:
        copy = session.get(SlipCopy, copy_id)
        if copy is None:
            raise NotFoundError("没有找到这份回执的打印记录，请刷新后再试。")
        visit = get_visit(desk, session, copy.slip.visit_id)
        _require_recordable(copy, outcome)
        if pdf_digest is not None:
            copy.pdf_digest = pdf_digest
        if copy.outcome is outcome:
            return
        copy.outcome = outcome
        copy.outcome_at = desk.now()
        if outcome is PaperOutcome.CAME_OUT:
            again = f"，补打第 {copy.reprint_no} 次" if copy.reprint_no else ""
            text = f"打印回执第 {copy.slip.edition} 版第 {copy.copy_no} 份{again}"
            add_step(desk, session, visit, Step.SLIP_HANDED, text)
        desk.record(session, "slip.outcome_recorded", "slip_copy", copy.id, outcome.value)


def copies(desk: Desk, visit_id: int) -> tuple[CopyRow, ...]:
    """All sheets of a visit, oldest first. Needs SEARCH."""
    with desk.look(Permission.SEARCH) as session:
        get_visit(desk, session, visit_id)
        return copy_rows(records.slips(session, [visit_id]).get(visit_id, ()), records.staff(session))


def awaits_slip(desk: Desk, session: Session, visit: Visit) -> bool:
    """Whether the visitor stands before whoever asks and has no slip yet: it is printed once the route is decided.

    Whoever sees a lawyer first gets it afterwards, with the advice on it.
    """
    own = visit.clerk_id == desk.actor.account_id and visit.registered_at >= day_begin(local_day(desk.now()))
    if not own or visit.left_at is not None or not desk.may(Permission.PRINT_SLIP):
        return False
    slips = records.slips(session, [visit.id]).get(visit.id, ())
    if any(not copy.outcome.spoiled for slip in slips for copy in slip.copies):
        return False
    consultation = records.consultations(session, [visit.id]).get(visit.id)
    return not visit.wants_lawyer or (consultation is not None and consultation.signed_at is not None)


def copy_rows(slips: Sequence[Slip], staff: records.StaffBook) -> tuple[CopyRow, ...]:
    """The sheets of one visit's slips, oldest first."""
    return tuple(
        CopyRow(
            copy_id=copy.id,
            edition=slip.edition,
            copy_no=copy.copy_no,
            reprint_no=copy.reprint_no,
            paper=copy.paper,
            queue=copy.queue,
            printed_at=copy.printed_at,
            staff_no=staff[copy.account_id].staff_no,
            outcome=copy.outcome,
        )
        for slip in slips
        for copy in slip.copies
    )


def _require_recordable(copy: SlipCopy, outcome: PaperOutcome) -> None:
    if outcome is copy.outcome:
        return
    if copy.outcome is PaperOutcome.CAME_OUT:
        raise DeskFault("这一份已经记为“已打印”，不能再改；要再打一份，请点“补打”。")
    if outcome is PaperOutcome.PENDING:
        raise DeskFault(f"这一份已经记为“{copy.outcome.label}”，不能改回待确认。")


def _next_edition(desk: Desk, session: Session, visit_id: int) -> tuple[SlipData, Slip | None]:
    """The data of the next sheet, and the slip it is a copy of; none when it begins a new edition."""
    visit = get_visit(desk, session, visit_id)
    if visit.matter.anonymised_at is not None:
        raise DeskFault("这件事项已到期匿名，回执的内容不再保存，不能再打印；来访人要凭证的，请重新登记。")
    data = build_slip(session, visit, desk.unit, practice=desk.practice)
    earlier = records.slips(session, [visit_id]).get(visit_id, ())
    if not earlier:
        return data, None
    last = earlier[-1]
    frozen = from_json(last.frozen)
    if frozen == replace(data, edition=last.edition):
        return frozen, last
    return replace(data, edition=last.edition + 1), None


def _next_mark(desk: Desk, slip: Slip | None) -> CopyMark:
    earlier = slip.copies if slip else []
    return CopyMark(
        copy_no=len(earlier) + 1,
        reprint_no=sum(1 for copy in earlier if not copy.outcome.spoiled),
        printed_at=desk.now(),
        staff_no=desk.actor.staff_no,
    )
