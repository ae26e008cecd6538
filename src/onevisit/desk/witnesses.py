"""Who remembers the audit chain besides the store itself, and what they say when it was shortened or rewritten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.founding import trace_alone
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.clocks import show_short_day
from onevisit.rules.trail import CheckCode, HeadFault
from onevisit.store.heads import Head
from onevisit.store.store import Store
from onevisit.store.tables import DayClose, Setting, Unit

_MISSED = "audit.head_missed"
"""The setting that stands from a ``HeadFault`` on until the auditor has found the chain whole."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who remembers one entry of the chain.

    Attributes:
        words: who it is, for a sentence.
        code: the entry and the first digits of its digest.
        digest: the whole digest, where the witness has it.
    """

    words: str
    code: CheckCode
    digest: bytes = b""

    def confirms(self, digest: bytes) -> bool:
        """Whether the entry that stands there now is the one remembered."""
        return digest == self.digest if self.digest else self.code.fits(digest)


def witness_of_head(head: Head) -> Witness:
    """The end of the chain as it is kept in ``store.head``."""
    return _witness("库外保存的末端", head.entry, head.digest)


def witnesses_of_day_closes(session: Session) -> tuple[Witness, ...]:
    """The ends of the chain at the day closes."""
    rows = session.execute(select(DayClose.day, DayClose.audit_entry_id, DayClose.audit_digest).order_by(DayClose.id))
    return tuple(_witness(f"{show_short_day(day)}的日终记录", entry, digest) for day, entry, digest in rows)


def tell_head_missed(store: Store, now: datetime) -> None:
    """Record once that store and head disagree; then the head begins anew, and the trail keeps what the old one said.

    Raises:
        StoreFault: it could not be recorded; then the disagreement stays as it is.
    """
    finding = store.head_finding
    if finding is None:
        return
    codes = (str(CheckCode.of(head.entry, head.digest)) for head in (finding.head, finding.last))
    with store.writing() as session:
        unit = session.scalars(select(Unit)).one()
        trace_alone(session, "audit.head_missed", None, unit, now, "/".join((finding.fault.value, *codes)))
        session.merge(Setting(name=_MISSED, value=finding.fault.value))
    store.accept_head()


def alarm(desk: Desk) -> str:
    """What the auditor and the administrator must be told at log-in; empty for others, and when nothing is amiss."""
    if not (desk.may(Permission.READ_AUDIT) or desk.actor.role is Role.ADMINISTRATOR):
        return ""
    with desk.look(None) as session:
        missed = session.get(Setting, _MISSED)
    if missed is None:
        return ""
    what = HeadFault.from_code(missed.value).label
    todo = "请到“操作记录”点“检查完整性”。" if desk.may(Permission.READ_AUDIT) else "请审计员登录后检查操作记录。"
    return f"操作记录需要核查：{what}。{todo}"


def clear_alarm(session: Session) -> None:
    """The chain was found whole, and everybody who remembers it agrees: nobody needs to be told any more."""
    missed = session.get(Setting, _MISSED)
    if missed is not None:
        session.delete(missed)


def _witness(words: str, entry: int, digest: bytes) -> Witness:
    return Witness(words, CheckCode.of(entry, digest), digest)
