"""A store of its own for each test, real and encrypted, with a key that is known."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from onevisit.rules.accounts import Role
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import SLOTS
from onevisit.store.store import Store
from onevisit.store.tables import Account, Matter

KEY = bytes(range(32))
CODE = "2222-3333-4444-5555-6666-7777-8888-9999"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty store and a slot for ``admin``; copied for each test, never opened."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with Store.creating(folder, KEY, CODE, CHEAP) as store:
        store.give_key("admin", "Mima-2026")
    return folder


@pytest.fixture
def folder(made_folder: Path, tmp_path: Path) -> Path:
    """A data folder with an empty store that nobody has open."""
    return Path(shutil.copytree(made_folder, tmp_path / "data"))


@pytest.fixture
def open_store(folder: Path) -> Iterator[Callable[[], Store]]:
    """Opens the store of ``folder``; whatever is still open at the end is closed."""
    opened: list[Store] = []

    def open_store() -> Store:
        store = Store.open(folder, KEY, KeySlots.load(folder / SLOTS, CHEAP))
        opened.append(store)
        return store

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    """An open, empty store."""
    return open_store()


class UndoneError(Exception):
    """What ends a transaction that shall leave nothing."""


@pytest.fixture
def undone(store: Store) -> Callable[[], AbstractContextManager[Session]]:
    """A transaction that an exception ends, after all that stands in its block."""

    @contextmanager
    def undone() -> Iterator[Session]:
        with pytest.raises(UndoneError), store.writing() as session:  # noqa: PT012 - the block is the test's
            yield session
            raise UndoneError

    return undone


@pytest.fixture
def add_account() -> Callable[[Session], Account]:
    """Adds an account in a transaction."""

    def add_account(session: Session) -> Account:
        account = Account(login="u", name="窗口员", staff_no="002", role=Role.CLERK, created_at=NOW)
        session.add(account)
        session.flush()
        return account

    return add_account


@pytest.fixture
def add_matter() -> Callable[..., Matter]:
    """Adds a matter in a transaction."""

    def add_matter(session: Session, matter_id: int = 1, *, confidential: bool = False, number: str = "") -> Matter:
        matter = Matter(
            id=matter_id,
            number=number or f"M{matter_id}",
            query_code="7QX4M2PD",
            title="建筑工地拖欠工资",
            purpose=Purpose.REQUEST,
            content=ContentClass.LABOUR,
            confidential=confidential,
            registered_at=NOW,
        )
        session.add(matter)
        session.flush()
        return matter

    return add_matter


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a real disk of a size such as ``2m``; where that is not allowed, the test is left out."""
    disk = tmp_path / "disk"

    def mount(size: str) -> Path:
        disk.mkdir()
        allowed = sys.platform == "linux" and os.geteuid() == 0
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
        if not allowed or subprocess.run(command, capture_output=True).returncode != 0:
            disk.rmdir()
            pytest.skip("needs the right to mount")
        return disk

    yield mount
    if disk.exists():
        subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def half_a_mebibyte(mount: Callable[[str], Path]) -> Path:
    """A real disk that is soon full."""
    return mount("512k")


def read_only(disk: Path) -> None:
    """Let nobody write on a mounted disk any more."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
