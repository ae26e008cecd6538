"""The audit trail: every entry carries the SM3 digest of itself and of the entry before it.

It is kept for ever: nothing here takes an entry away (网络安全法第21条(三) asks for six months at least).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from onevisit.rules.trail import ChainFault, HeadFault
from onevisit.store.heads import START, Head, HeadFinding
from onevisit.store.numbers import take
from onevisit.store.tables.house import AuditEntry, NumberSeries

SERIES: Final = "audit"
_ROWS_AT_ONCE: Final = 1_000
_APPENDED: Final = "audit head"
# past the mapped table: what somebody forged may not even be of the column's kind
_WALK: Final = text(
    "SELECT id, at, account_id, window_no, action, record_kind, record_id, detail, previous, digest "
    "FROM audit_entry ORDER BY id"
)
_TAIL: Final = text(_WALK.text.replace("ORDER BY", "WHERE id >= :first ORDER BY"))
_LAST: Final = text("SELECT id, digest FROM audit_entry ORDER BY id DESC LIMIT 1")
_MOMENTS: Final = text("SELECT id, at FROM audit_entry WHERE action = :action ORDER BY id")
_DIGEST: Final = text("SELECT digest FROM audit_entry WHERE id = :id")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the walk: the entry that should stand here, and whether it does, unchanged.

    Attributes:
        entry_id: its number.
        whole: whether it is there, unchanged, and follows the one before it.
        digest: its digest; empty where it is not whole.
        fault: what is wrong with it; None where it is whole.
    """

    entry_id: int
    whole: bool
    digest: bytes = field(default=b"", compare=False, repr=False)
    fault: ChainFault | None = field(default=None, compare=False)


def append(
    session: Session,
    *,
    at: datetime,
    account_id: int | None,
    window_no: str,
    action: str,
    record_kind: str,
    record_id: int | None,
    detail: str = "",
) -> AuditEntry:
    """Add an entry to the end of the chain, in the transaction of what it tells of.

    Args:
        session: the transaction.
        at: when, with its time zone.
        account_id: who; None where nobody was logged in.
        window_no: where.
        action: a code such as ``visit.registered``.
        record_kind: the table of the record, empty where none is meant.
        record_id: the record.
        detail: codes and numbers only, never personal data.
    """
    entry = AuditEntry(
        id=take(session, SERIES),
        at=at,
        account_id=account_id,
        window_no=window_no,
        action=action,
        record_kind=record_kind,
        record_id=record_id,
        detail=detail,
        previous=_last_digest(session),
    )
    entry.digest = digest(entry)
    session.add(entry)
    session.flush()
    session.info[_APPENDED] = Head(entry.id, entry.digest)
    return entry


def appended(session: Session) -> Head | None:
    """The end of the chain after what this transaction appended; None if it appended nothing."""
    head = session.info.get(_APPENDED)
    return head if isinstance(head, Head) else None


def last(session: Session) -> Head:
    """The end of the chain; ``START`` while there is no entry."""
    row = session.execute(_LAST).first()
    return START if row is None else Head(row[0], row[1])


def taken(session: Session) -> int:
    """How many entries were ever appended, by the number series."""
    return session.scalars(select(NumberSeries.last).where(NumberSeries.series == SERIES)).first() or 0


def moments_of(session: Session, action: str) -> tuple[tuple[int, datetime], ...]:
    """The entries of an action, each with its moment, oldest first; reads the whole chain."""
    rows = session.execute(_MOMENTS, {"action": action})
    return tuple((row.id, at) for row in rows if (at := stored_moment(row.at)) is not None)


def stored_moment(stored: object) -> datetime | None:
    """A moment as the store keeps it; None when somebody forged something else."""
    try:
        return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else None
    except ValueError:
        return None


def compare(session: Session, head: Head | None) -> HeadFinding | None:
    """Say how the chain differs from the head that is kept outside; an older head on the same chain does not.

    Args:
        session: any transaction.
        head: what is kept; None where nothing that can be believed is there.
    """
    end = last(session)
    if head is None:
        return HeadFinding(HeadFault.GONE, START, end) if end.entry else None
    if head.entry > end.entry:
        return HeadFinding(HeadFault.SHORTENED, head, end)
    if head.entry and session.execute(_DIGEST, {"id": head.entry}).scalar() != head.digest:
        return HeadFinding(HeadFault.REWRITTEN, head, end)
    return None


def carry_on_behind(session: Session, entry: int) -> None:
    """Let the chain go on behind an entry, where the number last taken was lost with a damaged page."""
    if taken(session) < entry:
        session.merge(NumberSeries(series=SERIES, last=entry))
        session.flush()


def walk(session: Session) -> Iterator[Link]:
    """Check the chain from its first entry on; the first broken link ends the walk.

    A changed, dropped, swapped or inserted entry is found, and a missing end too, by the number last taken.
    """
    expected, previous = 1, START.digest
    for row in session.execute(_WALK, execution_options={"yield_per": _ROWS_AT_ONCE}):
        fault = _fault(row, expected, previous)
        if fault is not None:
            yield Link(min(row.id, expected), whole=False, fault=fault)
            return
        yield Link(row.id, whole=True, digest=row.digest)
        expected, previous = expected + 1, row.digest
    if expected <= taken(session):
        yield Link(expected, whole=False, fault=ChainFault.CUT)


def walk_tail(session: Session, entries: int) -> tuple[int, int | None]:
    """Check only the last entries of the chain: how many are whole, and the first that is not, None if all are."""
    end = max(last(session).entry, taken(session))
    first = max(1, end - entries + 1)
    before = session.execute(_DIGEST, {"id": first - 1}).scalar() if first > 1 else START.digest
    whole = 0
    for row in session.execute(_TAIL, {"first": first}):
        if before is None or _fault(row, first + whole, before) is not None:
            return whole, first + whole
        before, whole = row.digest, whole + 1
    return whole, None if first + whole > end else first + whole


def digest(entry: AuditEntry) -> bytes:
    """The SM3 digest of an entry and of the digest before it (GB/T 32905-2016)."""
    values = (entry.account_id, entry.window_no, entry.action, entry.record_kind, entry.record_id, entry.detail)
    return _digest(entry.previous, entry.id, entry.at.astimezone(UTC), values)


def _fault(row: Row[Any], expected: int, previous: bytes) -> ChainFault | None:
    if row.id != expected:
        return ChainFault.MISSING if row.id > expected else ChainFault.OUT_OF_ORDER
    if row.previous != previous:
        return ChainFault.UNLINKED
    return None if _digest_of_row(row) == row.digest else ChainFault.CHANGED


def _digest_of_row(row: Row[Any]) -> bytes | None:
    """The digest that a stored row should have; None when the row holds what no entry can hold."""
    at = stored_moment(row.at)
    return None if at is None else _digest(row.previous, row.id, at, row[2:8])


def _digest(previous: bytes, entry_id: int, at: datetime, values: Sequence[object]) -> bytes:
    hasher = Hash(SM3())
    hasher.update(previous)
    for value in (entry_id, at.isoformat(timespec="microseconds"), *values):
        hasher.update(_unambiguous(value))
    return hasher.finalize()


def _unambiguous(value: object) -> bytes:
    # length first, so that no two lists of values give the same bytes
    if value is None:
        return b"-;"
    raw = str(value).encode()
    return f"{len(raw)}:".encode() + raw + b";"


def _last_digest(session: Session) -> bytes:
    newest = select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    return session.scalars(newest).first() or START.digest
