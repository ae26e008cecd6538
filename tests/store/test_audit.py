"""The audit chain: every way to forge it is found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from onevisit.store.audit import Link, append, digest, walk
from onevisit.store.store import Store
from onevisit.store.tables import AuditEntry

Undone = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def add(session: Session, action: str = "visit.registered", at: datetime = NOW) -> AuditEntry:
    return append(
        session, at=at, account_id=None, window_no="01", action=action, record_kind="visit", record_id=7, detail="x=1"
    )


@pytest.fixture
def chain(store: Store) -> Store:
    """A store with six entries."""
    with store.writing() as session:
        for number in range(6):
            add(session, f"action.{number}")
    return store


def first_broken(store: Store) -> int | None:
    with store.reading() as session:
        return next((link.entry_id for link in walk(session) if not link.whole), None)


def test_an_empty_chain_is_whole(store: Store) -> None:
    with store.reading() as session:
        assert list(walk(session)) == []


def test_a_chain_is_whole_over_several_transactions_and_time_zones(chain: Store) -> None:
    with chain.writing() as session:
        add(session, at=NOW.astimezone(timezone(timedelta(hours=8))))
    with chain.reading() as session:
        assert list(walk(session)) == [Link(number, whole=True) for number in range(1, 8)]


def test_nothing_stays_of_what_was_undone(chain: Store, undone: Undone) -> None:
    with undone() as session:
        add(session)
    with chain.writing() as session:
        assert add(session).id == 7
    assert first_broken(chain) is None


INSERTED = """
    INSERT INTO audit_entry
    SELECT {new}, at, account_id, window_no, action, record_kind, record_id, detail, previous, randomblob(32)
    FROM audit_entry WHERE id = {old}
"""
FORGERIES = {
    "changed action": ("UPDATE audit_entry SET action = 'harmless' WHERE id = 3", 3),
    "changed time": ("UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE id = 3", 3),
    "changed window": ("UPDATE audit_entry SET window_no = '02' WHERE id = 3", 3),
    "changed record": ("UPDATE audit_entry SET record_id = NULL WHERE id = 3", 3),
    "changed detail": ("UPDATE audit_entry SET detail = '' WHERE id = 1", 1),
    "changed digest": ("UPDATE audit_entry SET digest = zeroblob(32) WHERE id = 3", 3),
    "moved text": ("UPDATE audit_entry SET window_no = '01v', record_kind = 'isit' WHERE id = 3", 3),
    "dropped first": ("DELETE FROM audit_entry WHERE id = 1", 1),
    "dropped middle": ("DELETE FROM audit_entry WHERE id = 4", 4),
    "dropped last": ("DELETE FROM audit_entry WHERE id = 6", 6),
    "dropped all": ("DELETE FROM audit_entry", 1),
    "dropped and closed up": (
        "DELETE FROM audit_entry WHERE id = 4; UPDATE audit_entry SET id = id - 1 WHERE id > 4",
        4,
    ),
    "swapped": (
        """UPDATE audit_entry SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3);
           UPDATE audit_entry SET id = -id WHERE id < 0""",
        2,
    ),
    "inserted before": (INSERTED.format(new=0, old=1), 0),
    "inserted after": (INSERTED.format(new=7, old=6), 7),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_where_it_begins(chain: Store, forgery: str) -> None:
    statements, where = FORGERIES[forgery]
    with chain.writing() as session:
        for statement in statements.split(";"):
            session.execute(text(statement))
    assert first_broken(chain) == where


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(fields=st.tuples(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)), cut=st.integers(1, 4))
def test_no_two_entries_have_one_digest(fields: tuple[str, str, str], cut: int) -> None:
    def made(action: str, kind: str, detail: str) -> AuditEntry:
        return AuditEntry(
            id=1,
            at=NOW,
            account_id=None,
            window_no="01",
            action=action,
            record_kind=kind,
            record_id=None,
            detail=detail,
            previous=bytes(32),
        )

    action, kind, detail = fields
    shifted = (action + kind[:cut], kind[cut:], detail)
    assert (digest(made(*shifted)) == digest(made(*fields))) == (shifted == fields)
