"""Every forgery of the trail of a real day is found: entries changed, dropped, swapped, inserted, the end cut off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from onevisit.desk import consult, issue
from onevisit.desk.audit import entries, verify
from onevisit.desk.desk import Desk
from onevisit.desk.exports import export_audit
from onevisit.desk.register import register
from onevisit.rules.classification import AdvisedWay, PaperOutcome
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.trail import ExportReason, HeadFault
from onevisit.store import audit
from onevisit.store.heads import Head
from onevisit.store.store import Store

COLUMNS = ("at", "account_id", "window_no", "action", "record_kind", "record_id", "detail", "previous", "digest")
FORGED: dict[str, tuple[object, ...]] = {
    "at": ("2020-01-01 00:00:00.000000", "2026-11-23 01:00:00.000001", "nonsense", 7, b"\0"),
    "account_id": (None, 1, 2, 3, 999),
    "window_no": ("02", "", "1", b"01"),
    "action": ("harmless", "", b"x"),
    "record_kind": ("visit", "", "other"),
    "record_id": (None, 1, 2, 999),
    "detail": ("", "x", "1/2/3", b""),
    "previous": (bytes(32), bytes([1]) * 32, "text", 5),
    "digest": (bytes([2]) * 32, "text", 5),
}

ADVICE = ConsultationForm(facts="有欠条。", advice="可以直接起诉。", ways=(AdvisedWay.LITIGATION,))


class UndoneError(Exception):
    """Takes a forgery back."""


@pytest.fixture
def store(clerk_desk: Desk, lawyer_desk: Desk, new_form: Callable[..., RegistrationForm]) -> Store:
    """The store after a small real day: log-ins, two visits, advice, a slip that came out."""
    saved = [register(clerk_desk, new_form(wants_lawyer=True)) for _ in range(2)]
    begun = consult.begin(lawyer_desk, saved[0].visit_id)
    consult.sign(lawyer_desk, begun.consultation_id, ADVICE, begun.version)
    sheet = issue.issue(clerk_desk, saved[0].visit_id, paper="roll80", queue="q")
    issue.record_outcome(clerk_desk, sheet.copy_id, PaperOutcome.CAME_OUT)
    return clerk_desk.store


@contextmanager
def forging(store: Store) -> Iterator[Session]:
    """A transaction in which somebody with the key and a tool of his own forges; taken back afterwards."""
    with pytest.raises(UndoneError), store.writing() as session:  # noqa: PT012 - the block is the test's
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield session
        raise UndoneError


def rows(store: Store) -> list[dict[str, Any]]:
    with store.reading() as session:
        return [dict(row) for row in session.execute(text("SELECT * FROM audit_entry ORDER BY id")).mappings()]


def put(session: Session, row: dict[str, Any]) -> None:
    places = ", ".join(f":{name}" for name in row)
    session.execute(text(f"INSERT INTO audit_entry VALUES ({places})"), row)  # noqa: S608 - names of columns


def first_broken(session: Session) -> int | None:
    return next((link.entry_id for link in audit.walk(session) if not link.whole), None)


def test_the_day_itself_is_whole(store: Store) -> None:
    with store.reading() as session:
        assert first_broken(session) is None
        assert audit.last(session).entry == len(rows(store)) >= 10


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "account_id"])
def test_a_forged_entry_is_listed_and_exported_whatever_it_holds(store: Store, auditor_desk: Desk, column: str) -> None:
    for value in FORGED[column]:
        with store.writing() as session:
            change = f"UPDATE OR IGNORE audit_entry SET {column} = :value WHERE id = 3"  # noqa: S608 - as below
            session.execute(text(change), {"value": value})
        assert [row.id for row in entries(auditor_desk)][-3:] == [3, 2, 1]
        assert export_audit(auditor_desk, date(2000, 1, 1), date(2030, 1, 1), ExportReason.AUDIT).rows
        assert verify(auditor_desk).sentence


@pytest.mark.parametrize("column", COLUMNS)
def test_each_change_of_each_entry_is_found_at_that_entry(store: Store, column: str) -> None:
    tried = 0
    for row in rows(store):
        for value in FORGED[column]:
            if type(value) is type(row[column]) and value == row[column]:
                continue
            with forging(store) as session:
                change = f"UPDATE audit_entry SET {column} = :value WHERE id = :id"  # noqa: S608 - a name of a column
                session.execute(text(change), {"value": value, "id": row["id"]})
                assert first_broken(session) == row["id"], (row["id"], column, value)
            tried += 1
    assert tried >= 2 * len(rows(store))


def test_each_dropped_entry_is_found_whether_the_rest_moves_up_or_not(store: Store) -> None:
    entries = rows(store)
    for row in entries:
        with forging(store) as session:
            session.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": row["id"]})
            assert first_broken(session) == row["id"]
            for later in entries[row["id"] :]:
                session.execute(text("UPDATE audit_entry SET id = id - 1 WHERE id = :id"), {"id": later["id"]})
            assert first_broken(session) == row["id"]


def test_each_pair_that_is_swapped_is_found_at_the_first_of_the_two(store: Store) -> None:
    for one, other in combinations(rows(store), 2):
        with forging(store) as session:
            session.execute(text("DELETE FROM audit_entry WHERE id IN (:a, :b)"), {"a": one["id"], "b": other["id"]})
            put(session, {**one, "id": other["id"]})
            put(session, {**other, "id": one["id"]})
            assert first_broken(session) == one["id"]


def test_each_entry_that_is_inserted_again_is_found_wherever_it_is_put(store: Store) -> None:
    entries = rows(store)
    for copied in entries[::3]:
        for place in range(len(entries) + 1):
            with forging(store) as session:
                for later in reversed(entries[place:]):
                    session.execute(text("UPDATE audit_entry SET id = id + 1 WHERE id = :id"), {"id": later["id"]})
                put(session, {**copied, "id": place + 1, "digest": bytes([9]) * 32})
                # where it stands before its own original, or behind its forerunner, it may look right until the next
                assert first_broken(session) == place + 1


@pytest.mark.parametrize("place", [0, -1, -(2**62)])
def test_an_entry_before_the_first_is_found(store: Store, place: int) -> None:
    with forging(store) as session:
        put(session, {**rows(store)[0], "id": place, "digest": bytes(32)})
        assert first_broken(session) == place


def test_an_end_that_is_cut_off_is_found_by_the_number_series(store: Store) -> None:
    for keep in range(len(rows(store))):
        with forging(store) as session:
            session.execute(text("DELETE FROM audit_entry WHERE id > :keep"), {"keep": keep})
            assert first_broken(session) == keep + 1


def test_an_end_that_is_cut_off_with_its_number_series_is_found_by_the_head(store: Store) -> None:
    head, entries = store.kept_head(), len(rows(store))
    assert head is not None
    assert head.entry == entries
    for keep in range(entries):
        with forging(store) as session:
            cut(session, keep)
            assert first_broken(session) is None
            finding = audit.compare(session, head)
            assert finding is not None
            assert (finding.fault, finding.last.entry) == (HeadFault.SHORTENED, keep)


def test_a_chain_that_is_rewritten_with_all_its_digests_is_found_by_the_head(store: Store) -> None:
    head, entries = store.kept_head(), rows(store)
    for changed in range(1, len(entries) + 1):
        with forging(store) as session:
            cut(session, changed - 1)
            rewritten(session, entries[changed - 1 :])
            assert first_broken(session) is None
            finding = audit.compare(session, head)
            assert finding is not None
            assert finding.fault is HeadFault.REWRITTEN


def test_every_earlier_head_is_no_alarm(store: Store) -> None:
    with store.reading() as session:
        for link in audit.walk(session):
            assert audit.compare(session, Head(link.entry_id, link.digest)) is None


def cut(session: Session, keep: int) -> None:
    session.execute(text("DELETE FROM audit_entry WHERE id > :keep"), {"keep": keep})
    session.execute(text("UPDATE number_series SET last = :keep WHERE series = 'audit'"), {"keep": keep})


def rewritten(session: Session, entries: list[dict[str, Any]]) -> None:
    """The same entries again, the first of them at another window, with digests that fit."""
    for number, row in enumerate(entries):
        audit.append(
            session,
            at=datetime.fromisoformat(row["at"]).replace(tzinfo=UTC),
            account_id=row["account_id"],
            window_no="99" if number == 0 else row["window_no"],
            action=row["action"],
            record_kind=row["record_kind"],
            record_id=row["record_id"],
            detail=row["detail"],
        )
