"""A store under another key: what is in it, who waits meanwhile, what of the old one stays."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.rules.accounts import Role
from onevisit.rules.progress import no_progress
from onevisit.store import audit
from onevisit.store.errors import ClosedFault, NotOursFault
from onevisit.store.keyslots import KeySlots
from onevisit.store.lock import InstanceLock
from onevisit.store.names import DATA, FRESH, KEPT, LOCK, SLOTS
from onevisit.store.rekey import old_place, remove_old, write_copy
from onevisit.store.store import Store
from onevisit.store.swap import swap_in
from onevisit.store.tables import Account, Matter

from .conftest import CHEAP, KEY, NOW

AddMatter = Callable[..., Matter]
OpenStore = Callable[[], Store]


def say_nothing(_session: Session, _left_out: int) -> None:
    """Nothing is added to the trail."""


def titles(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Matter.title)))


def test_the_new_store_holds_the_same_and_the_old_key_opens_nothing(
    folder: Path, store: Store, add_matter: AddMatter
) -> None:
    with store.writing() as session:
        add_matter(session)
    before = titles(store)
    fresh, left_out, removed = store.rekeyed(say_nothing)
    assert (left_out, removed, store.closed, fresh.closed) == ((), True, True, False)
    assert titles(fresh) == before
    assert fresh.head_finding is None
    with pytest.raises(ClosedFault), store.reading():
        pass
    fresh.close()
    assert not (folder / KEPT).exists()
    assert not (folder / FRESH).exists()
    with pytest.raises(NotOursFault):
        Store.open(folder, KEY, KeySlots.load(folder / SLOTS, CHEAP))
    key = KeySlots.load(folder / SLOTS, CHEAP).unlock("admin", "Mima-2026")
    again = Store.open(folder, key, KeySlots.load(folder / SLOTS, CHEAP))
    assert titles(again) == before
    again.close()
    InstanceLock(folder / LOCK).release()


def test_whoever_waits_to_write_is_told_and_nothing_of_it_gets_lost_in_the_old_file(
    store: Store, add_matter: AddMatter
) -> None:
    begun, told = threading.Event(), []

    def write() -> None:
        try:
            with store.writing() as session:
                begun.set()
                # waits here for the lock that the change of key holds
                session.add(Account(login="spaet", name="窗口员", staff_no="009", role=Role.CLERK, created_at=NOW))
                session.flush()
        except ClosedFault as fault:
            told.append(fault.sentence)

    writer = threading.Thread(target=write)

    def look(_done: int, _total: int, _what: str) -> None:
        if not begun.is_set():
            writer.start()
            assert begun.wait(10)

    fresh, _, _ = store.rekeyed(say_nothing, look)
    writer.join(20)
    assert len(told) == 1
    with fresh.reading() as session:
        assert session.scalars(select(Account.login)).all() == []
    fresh.close()


def test_what_a_power_cut_left_of_the_old_pair_goes_with_the_next_opening(
    folder: Path, store: Store, open_store: OpenStore
) -> None:
    store.close()
    old_place(folder).mkdir(parents=True)
    (old_place(folder) / DATA).write_bytes(b"old")
    (folder / KEPT / "20261123-090000-before-restore").mkdir()
    open_store()
    assert [path.name for path in (folder / KEPT).iterdir()] == ["20261123-090000-before-restore"]
    assert remove_old(folder)


def test_a_power_cut_right_after_the_swap_leaves_a_store_with_its_head(
    folder: Path, store: Store, add_matter: AddMatter
) -> None:
    """Nobody is told of a head that was taken away, and nothing has to be done first."""

    def tell(session: Session, _left_out: int) -> None:
        audit.append(session, at=NOW, account_id=None, window_no="01", action="a", record_kind="", record_id=None)

    with store.writing() as session:
        add_matter(session)
        tell(session, 0)
    new_key = bytes(reversed(KEY))
    write_copy(store.pair, store.slots, folder / FRESH, new_key, tell, no_progress)
    store.close()
    swap_in(folder, folder / FRESH, old_place(folder))
    again = Store.open(folder, new_key, KeySlots.load(folder / SLOTS, CHEAP))
    assert again.head_finding is None
    with again.reading() as session:
        assert again.kept_head() == audit.last(session)
        assert audit.last(session).entry == 2
    again.close()
