"""凭查询码查进度: the petitioner's version of a matter, by code and the end of the document number, or at the counter.

Wrong codes are counted in the trail, for this window: after five in a row there is a pause, as for wrong passwords.
What is answered is what the petitioner was told already; the matter itself stays shut.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotFoundError, ShutOutFault
from onevisit.desk.petitioners_version import version_of
from onevisit.desk.sight import may_know, require_kept
from onevisit.rules import enquiry, lockout
from onevisit.rules.accounts import Permission
from onevisit.rules.enquiry import LAST_CHARACTERS, NO_MATCH, PetitionersVersion
from onevisit.rules.faults import Fault
from onevisit.rules.numbering import plain_query_code
from onevisit.rules.text import compact
from onevisit.store.search import find
from onevisit.store.tables import AuditEntry, Matter

_REFUSED, _ANSWERED = "enquiry.refused", "enquiry.answered"
_CODE_LENGTH: Final = 8
_LOOKED_BACK: Final = 500
"""So many entries of the trail are looked at for what was asked lately; older ones are long over."""
_SAME_CODE: Final = 20
"""Codes are drawn by chance: more matters than this never share one."""


def by_code(desk: Desk, code: str, last: str) -> PetitionersVersion:
    """Tell how a matter stands to whoever has its query code; leaves a trace either way. Needs SEARCH.

    A confidential matter is told as well: the version names nobody, and opens nothing.

    Args:
        desk: who asks for the petitioner.
        code: as on the slip, in any spelling.
        last: the last four characters of the document number of anybody who came; of no account for a matter on which
            nobody left a number.

    Raises:
        FormError: the code has not eight characters, or the end of the number not four.
        ShutOutFault: too many wrong codes in a row at this window.
        NotFoundError: they do not fit together; which of the two is wrong is not said.
    """
    faults = tuple(_faults(code, last))
    desk.require(Permission.SEARCH)
    if faults:
        raise FormError(faults)
    with desk.work(Permission.SEARCH) as session:
        _require_no_pause(desk, session)
        matter = _found(session, code, last)
        if matter is not None:
            desk.record(session, "enquiry.answered", "matter", matter.id)
            return version_of(desk, session, matter)
        desk.record(session, "enquiry.refused")
    # after the transaction: a wrong code must be counted
    raise NotFoundError(NO_MATCH)


def petitioners_version(desk: Desk, matter_id: int) -> PetitionersVersion:
    """What the petitioner may read of a matter that is open here, to read it to them or print it. Needs SEARCH.

    Raises:
        NotFoundError: it is not there, or may not be known.
        DeskFault: it was anonymised.
    """
    with desk.look(Permission.SEARCH) as session:
        matter = session.get(Matter, matter_id)
        if matter is None or not may_know(desk, matter):
            raise NotFoundError("没有找到这件事项，请重新查找。")
        require_kept(matter)
        return version_of(desk, session, matter)


def record_printed(desk: Desk, matter_id: int) -> None:
    """Write into the trail that the petitioner's version was printed. Needs PRINT_SLIP.

    Raises:
        NotFoundError: it was not shown to this person: neither may the matter be known, nor was its code asked here.
    """
    with desk.work(Permission.PRINT_SLIP) as session:
        matter = session.get(Matter, matter_id)
        if matter is None or not (may_know(desk, matter) or _was_answered(desk, session, matter)):
            raise NotFoundError("没有找到这件事项，请重新查询。")
        desk.record(session, "enquiry.printed", "matter", matter_id)


def _faults(code: str, last: str) -> Iterator[Fault]:
    if len(plain_query_code(code)) != _CODE_LENGTH:
        yield Fault("code", "查询码是 8 位字母和数字，印在回执上，请核对。")
    if last.strip() and len(compact(last)) != LAST_CHARACTERS:
        yield Fault("last", "请输入证件号的后四位；匿名来访的留空。")


def _found(session: Session, code: str, last: str) -> Matter | None:
    """The matter of a code and the end of a number; None where they do not fit together."""
    plain = plain_query_code(code)
    findings = find(session, plain, include_confidential=True, limit=_SAME_CODE, offset=0)
    query = select(Matter).where(Matter.id.in_([one.matter_id for one in findings.page]), Matter.query_code == plain)
    for matter in session.scalars(query.options(*records.visitors_of_matter())):
        numbers = {party.petitioner.id_number for visit in matter.visits for party in visit.parties}
        if matter.anonymised_at is None and enquiry.answers_to(last, numbers):
            return matter
    return None


def _was_answered(desk: Desk, session: Session, matter: Matter) -> bool:
    """Whether this person was lately given the petitioner's version of the matter by its code."""
    newest = session.scalar(select(func.max(AuditEntry.id))) or 0
    query = select(AuditEntry.id).where(
        AuditEntry.id > newest - _LOOKED_BACK,
        AuditEntry.action == _ANSWERED,
        AuditEntry.account_id == desk.actor.account_id,
        AuditEntry.record_id == matter.id,
    )
    return session.scalars(query).first() is not None


def _require_no_pause(desk: Desk, session: Session) -> None:
    """Refuse while wrong codes shut this window out.

    Raises:
        ShutOutFault: a pause is on.
    """
    query = select(AuditEntry.action, AuditEntry.at).where(AuditEntry.window_no == desk.unit.window_no)
    recent = session.execute(query.order_by(AuditEntry.id.desc()).limit(_LOOKED_BACK)).all()
    wrong = []
    for action, at in recent:
        if action == _ANSWERED:
            break
        if action == _REFUSED:
            wrong.append(at)
    minutes = lockout.wait_minutes(len(wrong))
    if not minutes:
        return
    # a clock that was set back shortens nothing
    passed = max(desk.now() - wrong[0], timedelta())
    left = timedelta(minutes=minutes) - passed
    if left > timedelta():
        raise ShutOutFault(ceil(left.total_seconds()), "查询码印在来访人的回执上，请核对")
