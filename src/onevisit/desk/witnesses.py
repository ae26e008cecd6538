"""Who remembers the audit chain besides the store itself, and what they say when it was shortened or rewritten."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.backups import known_backups
from onevisit.desk.desk import Desk
from onevisit.desk.founding import trace_alone
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.clocks import show_moment, show_short_day
from onevisit.rules.keeping import BackupState
from onevisit.rules.trail import CheckCode, HeadFault
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
        at: since when it remembers, where that is known.
    """

    words: str
    code: CheckCode
    digest: bytes = b""
    at: datetime | None = None

    def confirms(self, digest: bytes) -> bool:
        """Whether the entry that stands there now is the one remembered."""
        return digest == self.digest if self.digest else self.code.fits(digest)


@dataclass(frozen=True, slots=True)
class Denial:
    """What a witness says against the chain: the first entry that is known to differ, and the sentence."""

    entry: int
    sentence: str


class Hearing:
    """Hears witnesses while the chain is walked from its first entry on."""

    def __init__(self, witnesses: Sequence[Witness], restores: Sequence[tuple[int, datetime]] = ()) -> None:
        """Call the witnesses.

        Args:
            witnesses: everybody who remembers a place.
            restores: entries that tell of a restore, and when: a backup made before one remembers, from that entry on,
                a chain that was left behind then, and that is not against the present one.
        """
        self._restores = restores
        self.agreed = 0
        self._agreed_to = 0
        self._denials: list[Denial] = []
        self._waiting: defaultdict[int, list[Witness]] = defaultdict(list)
        for witness in witnesses:
            if witness.at is not None and any(_left_behind(witness, witness.at, *one) for one in restores):
                continue
            self._waiting[witness.code.entry].append(witness)

    def pass_by(self, entry: int, digest: bytes) -> None:
        """An entry that is whole, and follows the one before it, comes by."""
        for witness in self._waiting.pop(entry, ()):
            if witness.confirms(digest):
                self.agreed, self._agreed_to = self.agreed + 1, entry
            else:
                since = self._agreed_to + 1
                where = f"第 {since} 条到第 {entry} 条之间" if since < entry else f"第 {entry} 条"
                said = f"{witness.words}和现在的第 {entry} 条对不上，{where}被改写过。{self._hint(witness)}"
                self._denials.append(Denial(entry, said))

    def denials(self, entries: int, *, walked: bool) -> tuple[Denial, ...]:
        """Everything that was said against the chain.

        Args:
            entries: the entries that came by.
            walked: whether the chain was walked to its end; what lies behind a broken entry cannot be judged.
        """
        if not walked:
            return tuple(self._denials)
        beyond = [witness for place in sorted(self._waiting) for witness in self._waiting[place]]
        missing = [Denial(entries + 1, self._missing(one, entries)) for one in beyond]
        return (*self._denials, *missing)

    def _missing(self, one: Witness, entries: int) -> str:
        what = f"{one.words}记得有第 {one.code.entry} 条，现在只有 {entries} 条，末尾的记录被删除过。"
        return what + self._hint(one)

    def _hint(self, witness: Witness) -> str:
        """Paper does not say whether it is from before a restore; then its code cannot fit, and nobody forged it."""
        if witness.at is not None or witness.digest:
            return ""
        before = [at for entry, at in self._restores if entry <= witness.code.entry]
        return f"（{show_moment(before[-1])}从备份恢复过数据，恢复之前打印的校验码对不上是正常的。）" if before else ""


def _left_behind(witness: Witness, since: datetime, entry: int, restored_at: datetime) -> bool:
    return entry <= witness.code.entry and since < restored_at


def outside_witnesses(desk: Desk) -> tuple[Witness, ...]:
    """Who remembers a place on the chain outside the store: ``store.head`` and the backups that are known."""
    head = desk.store.kept_head()
    kept = [] if head is None else [_witness("库外保存的末端", head.entry, head.digest)]
    vouched_for = {one.name: one for one in known_backups(desk) if one.state is BackupState.VERIFIED}
    made = [
        _witness(f"{show_moment(one.made_at)}的备份", one.audit_entry, one.audit_digest, one.made_at)
        for one in vouched_for.values()
    ]
    return (*kept, *made)


def witness_of_code(code: CheckCode) -> Witness:
    """The check code that somebody typed from a printed sheet."""
    return Witness("输入的校验码", code)


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


def _witness(words: str, entry: int, digest: bytes, at: datetime | None = None) -> Witness:
    return Witness(words, CheckCode.of(entry, digest), digest, at)
