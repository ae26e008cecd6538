"""The end of the audit chain, kept outside the store: what it finds, and what it must not be taken in by."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from onevisit.rules.trail import HeadFault
from onevisit.store import audit, schema
from onevisit.store.heads import START, Head, HeadFile
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import HEAD, SLOTS
from onevisit.store.store import Store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY, OTHER_KEY = bytes(range(32)), bytes(32)
SLOT = 512
OpenStore = Callable[[], Store]


def add(store: Store, entries: int = 1, action: str = "a") -> None:
    for _ in range(entries):
        with store.writing() as session:
            audit.append(
                session, at=NOW, account_id=None, window_no="01", action=action, record_kind="", record_id=None
            )


def forge(store: Store, *statements: str) -> None:
    with store.writing() as session:
        for statement in statements:
            session.execute(text(statement))


def head(number: int) -> Head:
    return Head(number, bytes([number]) * 32)


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / HEAD


def test_the_last_head_written_is_the_one_read(path: Path) -> None:
    file = HeadFile(path, KEY)
    assert file.read() is None
    for number in range(1, 8):
        file.write(head(number))
        assert file.read() == HeadFile(path, KEY).read() == head(number)
    assert path.stat().st_size == 2 * SLOT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_transactions_that_overtake_one_another_leave_the_later_head(path: Path) -> None:
    file = HeadFile(path, KEY)
    file.write(head(5))
    file.write(head(4))
    assert file.read() == head(5)


@pytest.mark.parametrize("reopened", [False, True])
def test_one_torn_slot_leaves_the_other_and_is_written_next(path: Path, reopened: bool) -> None:
    file = HeadFile(path, KEY)
    file.write(head(1))
    file.write(head(2))
    content = bytearray(path.read_bytes())
    content[SLOT + 20] ^= 1
    path.write_bytes(content)
    assert file.read() == head(1)
    if reopened:
        file = HeadFile(path, KEY)
    file.write(head(3))
    assert file.read() == head(3)


def test_no_byte_of_a_slot_can_be_changed(path: Path) -> None:
    HeadFile(path, KEY).write(head(9))
    content = path.read_bytes()
    for place in range(88):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x40]) + content[place + 1 :])
        assert HeadFile(path, KEY).read() is None


@pytest.mark.parametrize("content", [b"", b"x", bytes(2 * SLOT), b"\xff" * 5 * SLOT])
def test_whatever_else_lies_there_is_not_believed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    file = HeadFile(path, KEY)
    assert file.read() is None
    file.write(head(1))
    assert file.read() == head(1)


def test_the_head_of_another_store_is_not_believed(path: Path) -> None:
    HeadFile(path, OTHER_KEY).write(head(3))
    assert HeadFile(path, KEY).read() is None


def test_a_disk_that_refuses_undoes_nothing(store: Store, folder: Path, announced_logs: list[str]) -> None:
    add(store)
    announced_logs.append("the head of the audit chain could not be written")
    (folder / HEAD).unlink()
    (folder / HEAD).mkdir()
    add(store)
    with store.reading() as session:
        assert audit.last(session).entry == 2


# -- the store ---------------------------------------------------------------------------------------------------------


def reopened(store: Store, open_store: OpenStore) -> HeadFault | None:
    """What a store says of its head when it is opened again."""
    store.close()
    finding = open_store().head_finding
    return finding.fault if finding else None


def test_every_committed_transaction_that_appended_moves_the_head(store: Store, folder: Path) -> None:
    assert not (folder / HEAD).exists()
    for number in range(1, 6):
        add(store)
        kept = store.kept_head()
        assert kept is not None
        assert kept.entry == number
        with store.reading() as session:
            assert kept == audit.last(session)


def test_what_is_undone_or_appends_nothing_leaves_the_head(store: Store, undone: Callable[[], object]) -> None:
    add(store, 2)
    kept = store.kept_head()
    with undone() as session:  # type: ignore[attr-defined]
        audit.append(session, at=NOW, account_id=None, window_no="01", action="a", record_kind="", record_id=None)
    forge(store, "INSERT INTO setting VALUES ('a', 'b')")
    assert store.kept_head() == kept


def test_store_and_head_agree_after_closing(store: Store, open_store: OpenStore) -> None:
    add(store, 3)
    assert reopened(store, open_store) is None


def test_an_empty_chain_needs_no_head(store: Store, open_store: OpenStore) -> None:
    assert reopened(store, open_store) is None


def test_a_new_store_has_its_head_beside_it(tmp_path: Path) -> None:
    cost, folder = Cost(memory_kib=8, passes=1, lanes=1), tmp_path / "new"
    with Store.creating(folder, KEY, "2222-3333-4444-5555-6666-7777-8888-9999", cost) as store:
        add(store, 2)
    store = Store.open(folder, KEY, KeySlots.load(folder / SLOTS, cost))
    assert store.head_finding is None
    assert store.kept_head() is not None
    store.close()


def test_a_chain_that_was_shortened_with_its_number_series_is_found(store: Store, open_store: OpenStore) -> None:
    add(store, 5)
    forge(store, "DELETE FROM audit_entry WHERE id > 3", "UPDATE number_series SET last = 3 WHERE series = 'audit'")
    with store.reading() as session:
        assert all(link.whole for link in audit.walk(session))
    assert reopened(store, open_store) is HeadFault.SHORTENED


def test_a_chain_that_was_rewritten_with_its_digests_is_found(store: Store, open_store: OpenStore) -> None:
    add(store, 5)
    forge(store, "DELETE FROM audit_entry WHERE id > 3", "UPDATE number_series SET last = 3 WHERE series = 'audit'")
    kept = store.kept_head()
    with store.writing() as session:
        audit.append(session, at=NOW, account_id=None, window_no="09", action="b", record_kind="", record_id=None)
        audit.append(session, at=NOW, account_id=None, window_no="09", action="b", record_kind="", record_id=None)
    # the head in the file stays at the chain as it was
    assert store.kept_head() == kept
    assert reopened(store, open_store) is HeadFault.REWRITTEN


def test_a_head_that_was_deleted_is_missed(store: Store, open_store: OpenStore, folder: Path) -> None:
    add(store, 2)
    (folder / HEAD).unlink()
    assert reopened(store, open_store) is HeadFault.GONE


def test_another_store_s_head_is_missed_too(store: Store, open_store: OpenStore, folder: Path) -> None:
    add(store, 2)
    with store.reading() as session:
        end = audit.last(session)
    store.close()
    (folder / HEAD).unlink()
    HeadFile(folder / HEAD, OTHER_KEY).write(end)
    assert reopened(store, open_store) is HeadFault.GONE


def test_an_older_head_is_no_alarm(store: Store, open_store: OpenStore, folder: Path, tmp_path: Path) -> None:
    """The power went before the latest writes to the file reached the disk."""
    add(store, 2)
    shutil.copy(folder / HEAD, tmp_path / "older")
    add(store, 3)
    store.close()
    shutil.copy(tmp_path / "older", folder / HEAD)
    again = open_store()
    assert again.head_finding is None
    add(again)
    kept = again.kept_head()
    assert kept is not None
    assert kept.entry == 6


def test_a_disagreement_stays_until_it_is_accepted(store: Store, open_store: OpenStore) -> None:
    add(store, 5)
    forge(store, "DELETE FROM audit_entry WHERE id > 3", "UPDATE number_series SET last = 3 WHERE series = 'audit'")
    store.close()
    second = open_store()
    add(second, 4, "b")
    assert reopened(second, open_store) is HeadFault.REWRITTEN


def test_an_accepted_head_is_the_present_end(store: Store, open_store: OpenStore, folder: Path) -> None:
    add(store, 5)
    (folder / HEAD).unlink()
    store.close()
    second = open_store()
    second.accept_head()
    with second.reading() as session:
        assert second.kept_head() == audit.last(session)
    add(second)
    assert reopened(second, open_store) is None


def test_a_store_from_before_there_were_heads_begins_with_one(
    store: Store, open_store: OpenStore, folder: Path
) -> None:
    add(store, 2)
    with store.writing() as session:
        schema.downgrade(session.connection(), "0001")
    store.close()
    (folder / HEAD).unlink()
    second = open_store()
    assert second.head_finding is None
    kept = second.kept_head()
    assert kept is not None
    assert kept.entry == 2
    assert kept > START


def test_an_upgrade_that_the_power_cuts_short_has_its_head_already(store: Store, folder: Path) -> None:
    add(store, 2)
    with store.writing() as session:
        schema.downgrade(session.connection(), "0001")
    store.close()
    (folder / HEAD).unlink()
    kept: list[Head | None] = []

    def tell(_done: int, _total: int, what: str) -> None:
        if what == "正在升级数据":
            kept.append(HeadFile(folder / HEAD, KEY).read())

    Store.open(folder, KEY, KeySlots.load(folder / SLOTS, Cost(1, 8, 1)), tell).close()
    assert [one and one.entry for one in kept] == [2, 2]


def test_a_closed_store_writes_no_head_beside_the_one_that_took_its_place(path: Path) -> None:
    file = HeadFile(path, KEY)
    file.write(head(1))
    file.close()
    HeadFile(path, OTHER_KEY).replace(head(2))
    file.write(head(3))
    file.write(head(4))
    assert HeadFile(path, OTHER_KEY).read() == head(2)
