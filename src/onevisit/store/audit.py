"""The audit trail: every entry carries the SM3 digest of itself and of the entry before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from onevisit.store.numbers import take
from onevisit.store.tables.house import AuditEntry, NumberSeries

_SERIES: Final = "audit"
_START: Final = bytes(32)
_ROWS_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the walk: the entry that should stand here, and whether it does, unchanged."""

    entry_id: int
    whole: bool


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
        id=take(session, _SERIES),
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
    return entry


def walk(session: Session) -> Iterator[Link]:
    """Check the chain from its first entry on; the first broken link ends the walk.

    A changed, dropped, swapped or inserted entry is found, and a missing end too, by the number last taken.
    """
    expected, previous = 1, _START
    for entry in session.scalars(_all_entries()):
        if entry.id != expected or entry.previous != previous or entry.digest != digest(entry):
            yield Link(min(entry.id, expected), whole=False)
            return
        yield Link(entry.id, whole=True)
        expected, previous = expected + 1, entry.digest
        session.expunge(entry)
    if expected <= _taken(session):
        yield Link(expected, whole=False)


def digest(entry: AuditEntry) -> bytes:
    """The SM3 digest of an entry and of the digest before it (GB/T 32905-2016)."""
    hasher = Hash(SM3())
    hasher.update(entry.previous)
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    values = (entry.id, moment, entry.account_id, entry.window_no, entry.action, entry.record_kind, entry.record_id)
    for value in (*values, entry.detail):
        hasher.update(_unambiguous(value))
    return hasher.finalize()


def _unambiguous(value: str | int | None) -> bytes:
    # length first, so that no two lists of values give the same bytes
    if value is None:
        return b"-;"
    raw = str(value).encode()
    return f"{len(raw)}:".encode() + raw + b";"


def _all_entries() -> Select[AuditEntry]:
    return select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=_ROWS_AT_ONCE)


def _last_digest(session: Session) -> bytes:
    last = select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    return session.scalars(last).first() or _START


def _taken(session: Session) -> int:
    return session.scalars(select(NumberSeries.last).where(NumberSeries.series == _SERIES)).first() or 0
