"""What a real disk does to a store: it is full, it is read-only, another program holds the file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from tests.store.conftest import CHEAP, KEY, read_only

from onevisit.store.apart import apart
from onevisit.store.errors import DiskFullFault, LockedFault, NotWritableFault
from onevisit.store.folder import is_founded
from onevisit.store.keyslots import KeySlots
from onevisit.store.names import DATA, SLOTS
from onevisit.store.store import Store
from onevisit.store.tables import Matter

AddMatter = Callable[..., Matter]


@pytest.fixture
def on_disk(mount: Callable[[str], Path], folder: Path) -> Path:
    """A data folder on a real disk of two mebibytes."""
    return Path(shutil.copytree(folder, mount("2m") / "data"))


def open_store(folder: Path) -> Store:
    return Store.open(folder, KEY, KeySlots.load(folder / SLOTS, CHEAP))


def test_a_disk_that_fills_up_loses_nothing_that_was_saved(on_disk: Path, add_matter: AddMatter) -> None:
    store = open_store(on_disk)
    saved = 0

    def save() -> None:
        nonlocal saved
        with store.writing() as session:
            add_matter(session, saved + 1).title = "建筑工地拖欠工资" * 500
        saved += 1

    def fill() -> None:
        for _ in range(1_000):
            save()

    with pytest.raises(DiskFullFault) as caught:
        fill()
    assert caught.value.sentence == "磁盘已满，没有保存，请清理磁盘后再试。"
    assert saved > 10
    store.close()
    store = open_store(on_disk)
    with store.reading() as session:
        assert session.scalars(select(func.count()).select_from(Matter)).one() == saved
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    store.close()


def test_a_full_disk_makes_no_half_store(mount: Callable[[str], Path]) -> None:
    disk = mount("128k")
    with pytest.raises(DiskFullFault), Store.creating(disk / "data", KEY, "2222", CHEAP):
        pass
    assert not is_founded(disk / "data")


def test_a_read_only_disk_is_said_before_anything_is_tried(on_disk: Path) -> None:
    before = {path.name: path.read_bytes() for path in on_disk.iterdir()}
    read_only(on_disk.parent)
    for door in (is_founded, open_store):
        with pytest.raises(NotWritableFault, match="写入"):
            door(on_disk)
    assert {path.name: path.read_bytes() for path in on_disk.iterdir()} == before


def test_another_program_that_writes_is_waited_for_and_then_said(store: Store, add_matter: AddMatter) -> None:
    with apart(store.directory / DATA, KEY) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedFault, match="占用"), store.writing() as session:
            add_matter(session)
        other.execute("ROLLBACK")
    with store.writing() as session:
        add_matter(session)
