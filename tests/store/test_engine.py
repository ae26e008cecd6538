"""The engine: the key, the pragmas, transactions as they are begun."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from onevisit.store import engine
from onevisit.store.engine import make_engine
from onevisit.store.errors import DiskFullFault, LockedFault, NotWritableFault
from onevisit.store.names import DATA
from onevisit.store.store import Store
from onevisit.store.tables import Account, ConsultationAddendum, Matter

AddAccount = Callable[[Session], Account]
AddMatter = Callable[..., Matter]
Undone = Callable[[], AbstractContextManager[Session]]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_has_the_pragmas(store: Store, pragma: str, value: object) -> None:
    with store.writing() as first:
        assert first.scalar(text(f"PRAGMA {pragma}")) == value
        with store.reading() as second:
            assert second.scalar(text(f"PRAGMA {pragma}")) == value


def test_an_orphan_row_is_refused(store: Store) -> None:
    orphan = ConsultationAddendum(consultation_id=7, account_id=7, written_at=datetime.now(UTC), text="补充")
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(orphan)


def test_leaving_by_an_exception_undoes_everything(store: Store, add_account: AddAccount, undone: Undone) -> None:
    with undone() as session:
        add_account(session)
    with store.reading() as session:
        assert session.scalars(select(Account)).all() == []


def test_what_was_committed_is_there_for_another_thread(store: Store, add_account: AddAccount) -> None:
    with store.writing() as session:
        add_account(session)
    seen: list[str] = []

    def look() -> None:
        with store.reading() as session:
            seen.extend(session.scalars(select(Account.name)))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == ["窗口员"]


def test_a_reader_cannot_write(store: Store, add_account: AddAccount) -> None:
    with pytest.raises(NotWritableFault), store.reading() as session:
        add_account(session)
    with store.writing() as session:
        add_account(session)


def test_a_reader_sees_one_state(store: Store, add_account: AddAccount) -> None:
    with store.reading() as reader:
        assert reader.scalars(select(Account)).all() == []
        with store.writing() as writer:
            add_account(writer)
        assert reader.scalars(select(Account)).all() == []


def test_a_second_writer_waits_and_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    with store.writing() as first:
        first.execute(text("SELECT 1"))
        with pytest.raises(LockedFault) as caught, store.writing() as second:
            second.execute(text("SELECT 1"))
    assert "占用" in caught.value.sentence


def test_a_full_disk_changes_nothing_and_is_told(store: Store, add_matter: AddMatter) -> None:
    def save() -> None:
        with store.writing() as session:
            session.execute(text("PRAGMA max_page_count = 1"))
            add_matter(session).title = "长" * 1_000_000

    with pytest.raises(DiskFullFault) as caught:
        save()
    assert "磁盘已满" in caught.value.sentence
    with store.reading() as session:
        assert session.scalars(select(Matter)).all() == []


def test_a_changed_version_is_noticed(store: Store, add_matter: AddMatter) -> None:
    with store.writing() as session:
        add_matter(session)

    def save_late() -> None:
        with store.writing() as session:
            matter = session.scalars(select(Matter)).one()
            session.execute(text("UPDATE matter SET version = version + 1"))
            matter.title = "别的"

    with pytest.raises(StaleDataError):
        save_late()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - the zone is drawn below
    minutes=st.integers(-14 * 60, 14 * 60),
)
def test_moments_come_back_as_they_were_in_utc(
    undone: Undone, add_account: AddAccount, moment: datetime, minutes: int
) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    with undone() as session:
        add_account(session).created_at = aware
        session.flush()
        session.expire_all()
        kept = session.scalars(select(Account.created_at)).one()
        assert kept == aware
        assert kept.tzinfo is UTC


def test_a_naive_moment_is_refused(store: Store, add_account: AddAccount) -> None:
    with pytest.raises(StatementError, match="without a time zone"), store.writing() as session:
        add_account(session).created_at = datetime(2026, 1, 1)  # noqa: DTZ001 - that is what is refused


def test_parameters_stand_in_no_exception_text(store: Store, add_account: AddAccount) -> None:
    with store.writing() as session:
        add_account(session)
    with pytest.raises(IntegrityError) as caught, store.writing() as session:
        add_account(session)
    assert "窗口员" not in str(caught.value)


def test_a_key_has_256_bits(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        make_engine(tmp_path / DATA, b"short")
