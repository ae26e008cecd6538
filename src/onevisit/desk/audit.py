"""The auditor's view of what was done, and whether the trail is whole.

The trail is kept for ever; 网络安全法第21条(三) asks for six months at least.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from onevisit.desk.audit_words import ACTIONS, RECORDS, WHOLE, detail_words
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.witnesses import (
    Hearing,
    Witness,
    clear_alarm,
    outside_witnesses,
    witness_of_code,
    witnesses_of_day_closes,
)
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.trail import ChainFault, CheckCode, CheckCodeFault
from onevisit.store.audit import moments_of, stored_moment, taken, walk
from onevisit.store.tables import Account, AuditEntry


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry, in words."""

    id: int
    at: datetime
    who: str
    window_no: str
    action: str
    record: str
    detail: str
    code: str = ""


_NO_MOMENT: Final = datetime.fromtimestamp(0, UTC)
"""Stands where somebody forged a moment that is none; the chain is broken there, and checking it says so."""
_TELL_EVERY: Final = 500
_HEAD_GONE: Final = "库外保存的末端（数据文件夹里的 store.head）不见了或不可信，可能有人删过末尾的记录。"
_WHAT_TO_DO: Final = "请先停止登记，保留这台电脑的现状，联系本单位负责人和信息安全人员。"


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """The result of a walk along the chain, and of asking everybody who remembers a place on it.

    Attributes:
        entries: the entries from the first on that are there, unchanged and in order.
        first_broken: the first entry that is not; None when there is none.
        fault: what is wrong with it; None where the chain itself is whole.
        disagree: one sentence for each witness that remembers something else.
        agree: how many witnesses agree.
        head_gone: ``store.head`` is not there, or cannot be believed.
    """

    entries: int
    first_broken: int | None
    fault: ChainFault | None = None
    disagree: tuple[str, ...] = ()
    agree: int = 0
    head_gone: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return self.first_broken is None and not self.disagree and not self.head_gone

    @property
    def sentence(self) -> str:
        """The result in plain words, with what to do next."""
        gone = _HEAD_GONE if self.head_gone else ""
        if self.first_broken is None:
            asked = f"，和另外保存的 {self.agree} 处末端一致" if self.agree else ""
            found = f"共 {self.entries} 条，每一条都和前一条对得上{asked}"
            return f"{found}；但{gone}{_WHAT_TO_DO}" if gone else f"完整，{found}。"
        fault = f"：{self.fault.label}，前面 {self.entries} 条完好。" if self.fault else "。"
        return f"第 {self.first_broken} 条起不一致{fault}{''.join(self.disagree)}{gone}{_WHAT_TO_DO}"


def rows_between(
    session: Session, begin: datetime, end: datetime, progress: Progress
) -> Iterator[tuple[AuditRow, str]]:
    """Entries of a span of time, oldest first, each with its digest as digits; a step of exporting them."""
    total = taken(session)
    query = _entries().where(AuditEntry.at >= begin, AuditEntry.at < end).order_by(AuditEntry.id)
    for number, row in enumerate(session.execute(query.execution_options(yield_per=_TELL_EVERY)), start=1):
        yield _row(row), row.digest.hex() if isinstance(row.digest, bytes) else str(row.digest)
        if number % _TELL_EVERY == 0:
            progress(row.id, total, "导出操作记录")


def entries(desk: Desk, *, before_id: int | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
    """Entries, newest first, page by page. Needs READ_AUDIT."""
    query = _entries().order_by(AuditEntry.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AuditEntry.id < before_id)
    with desk.look(Permission.READ_AUDIT) as session:
        return tuple(_row(row) for row in session.execute(query))


def _entries() -> Select[*tuple[Any, ...]]:
    """The columns of entries as they are stored: what somebody forged may not be of the column's kind."""
    entry = AuditEntry
    plain = [type_coerce(column, NullType()).label(column.key) for column in (entry.at, entry.digest)]
    rest = (entry.id, entry.window_no, entry.action, entry.record_kind, entry.record_id, entry.detail)
    query = select(*rest, *plain, Account.name, Account.staff_no)
    return query.outerjoin(Account, Account.id == AuditEntry.account_id)


def verify(desk: Desk, *, typed: str = "", progress: Progress = no_progress) -> AuditCheck:
    """Walk the whole chain, and ask everybody who remembers a place on it. Needs READ_AUDIT.

    Asked are ``store.head``, the backups that are known, the day closes, and a check code typed from a printed sheet.
    That it was checked, and with what result, is recorded.

    Args:
        desk: who acts, where.
        typed: a check code from a printed sheet; empty for none.
        progress: told how many entries are through.

    Raises:
        FormError: the code at ``typed`` is none.
    """
    desk.require(Permission.READ_AUDIT)
    # outside witnesses before the chain is read, so that what is appended meanwhile makes no difference
    asked = [*outside_witnesses(desk), *([witness_of_code(_code(typed))] if typed.strip() else [])]
    head_gone = desk.store.kept_head() is None
    with desk.look(Permission.READ_AUDIT) as session:
        check = replace(_judged(session, [*asked, *witnesses_of_day_closes(session)], progress), head_gone=head_gone)
    with desk.work(Permission.READ_AUDIT) as session:
        result = check.fault.value if check.fault else WHOLE if check.whole else "disagrees"
        desk.record(session, "audit.verified", detail=f"{result}/{check.entries}")
        if check.whole:
            clear_alarm(session)
    return check


def _code(typed: str) -> CheckCode:
    try:
        return CheckCode.parse(typed)
    except CheckCodeFault as fault:
        raise FormError((Fault("typed", str(fault)),)) from fault


def _judged(session: Session, asked: Sequence[Witness], progress: Progress) -> AuditCheck:
    """Walk the chain once; each witness is heard when its entry comes by."""
    total, whole, broken = taken(session), 0, None
    heard = Hearing(asked, moments_of(session, "store.restored"))
    for link in walk(session):
        if not link.whole:
            broken = link
            break
        whole = link.entry_id
        heard.pass_by(whole, link.digest)
        if whole % _TELL_EVERY == 0:
            progress(whole, max(total, whole), "检查操作记录")
    denials = heard.denials(whole, walked=broken is None)
    first = [broken.entry_id] if broken else [denial.entry for denial in denials]
    return AuditCheck(
        entries=whole,
        first_broken=min(first, default=None),
        fault=broken.fault if broken else None,
        disagree=tuple(denial.sentence for denial in denials),
        agree=heard.agreed,
    )


def _row(row: Row[Any]) -> AuditRow:
    action, kind = str(row.action), RECORDS.get(str(row.record_kind), str(row.record_kind))
    return AuditRow(
        id=row.id,
        at=stored_moment(row.at) or _NO_MOMENT,
        who=f"{row.name}（{row.staff_no}）" if row.name else "系统",
        window_no=str(row.window_no),
        action=ACTIONS.get(action, action),
        code=action,
        record=kind if row.record_id is None else f"{kind} {row.record_id}",
        detail=detail_words(action, str(row.detail)),
    )
