"""A backup is written whole or not at all, is checked before it gets its name, and lets others work meanwhile."""

import errno
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import until
from tests.store.conftest import read_only

from onevisit.rules.keeping import BackupOccasion
from onevisit.store import schema
from onevisit.store.apart import apart
from onevisit.store.backup import (
    Backup,
    backups_in,
    copy_backup,
    look_at,
    remove_backup,
    verify_backup,
    write_backup,
)
from onevisit.store.errors import (
    ClosedFault,
    DamagedFault,
    DiskFullFault,
    NotOursFault,
    NotWritableFault,
    StoreFault,
    TooNewFault,
)
from onevisit.store.manifest import MANIFEST, Manifest
from onevisit.store.names import DATA, SLOTS
from onevisit.store.numbers import take
from onevisit.store.store import Store
from onevisit.store.tables import Matter

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ADMIN = BackupOccasion.BY_HAND
AddMatter = Callable[..., Matter]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def filled(store: Store, add_matter: AddMatter) -> Store:
    """A store with some megabytes in it."""
    with store.writing() as session:
        for number in range(1, 301):
            add_matter(session, number).title = f"建筑工地拖欠工资{number}" * 120
    return store


def made(store: Store, place: Path) -> Backup:
    return store.back_up(place, ADMIN, AT)


def test_a_backup_has_a_name_that_says_when_and_why(store: Store, place: Path) -> None:
    backup = made(store, place)
    assert backup.folder == place / "20261123-090000-by_hand"
    assert {path.name for path in backup.folder.iterdir()} == {DATA, SLOTS, MANIFEST}
    again = made(store, place)
    assert again.folder.name == "20261123-090000-by_hand-2"
    assert backups_in(place) == (backup.folder, again.folder)


def test_what_it_says_of_itself_is_so(filled: Store, place: Path) -> None:
    backup = made(filled, place)
    assert verify_backup(backup.folder, filled.pair.key) == backup
    manifest = backup.manifest
    assert (manifest.schema, manifest.made_at, manifest.occasion) == (schema.HEAD, AT, ADMIN)
    assert manifest.data.size == (backup.folder / DATA).stat().st_size
    assert backup.size == manifest.data.size + manifest.slots.size


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_may_read_it(store: Store, place: Path) -> None:
    old = os.umask(0)
    try:
        folder = made(store, place).folder
    finally:
        os.umask(old)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, place)} == {0o700}


def test_nothing_stands_in_it_in_the_clear(filled: Store, place: Path) -> None:
    for path in made(filled, place).folder.iterdir():
        content = path.read_bytes()
        assert not [word for word in ("建筑工地", "SQLite format", "CREATE TABLE") if word.encode() in content]


def test_it_opens_from_a_disk_that_is_read_only(filled: Store, place: Path, tmp_path: Path) -> None:
    folder = made(filled, place).folder
    before = {path.name for path in folder.iterdir()}
    verify_backup(folder, filled.pair.key)
    assert {path.name for path in folder.iterdir()} == before


# -- while others work -------------------------------------------------------------------------------------------------


def test_it_is_of_one_moment_while_others_write(filled: Store, place: Path, add_matter: AddMatter) -> None:
    later = 1_000

    def write(done: int, total: int, _what: str) -> None:
        nonlocal later
        with filled.writing() as session:
            add_matter(session, later)
            take(session, "visit")
        later += 1

    backup = filled.back_up(place, ADMIN, AT, write)
    assert later > 1_001
    assert count(filled) == 300 + later - 1_000
    assert count_in(backup, filled.pair.key) == 300


def test_the_clerk_saves_on_another_thread_meanwhile(filled: Store, place: Path, add_matter: AddMatter) -> None:
    begun, stop, saved = Event(), Event(), []

    def save() -> None:
        number = 1_000
        while not stop.is_set():
            with filled.writing() as session:
                add_matter(session, number)
            saved.append(number)
            number += 1
            begun.set()

    clerk = Thread(target=save)
    clerk.start()
    try:
        assert begun.wait(20)
        backup = made(filled, place)
    finally:
        stop.set()
        clerk.join()
    verify_backup(backup.folder, filled.pair.key)
    kept = count_in(backup, filled.pair.key)
    assert 300 < kept <= count(filled) == 300 + len(saved)


def test_the_log_out_ends_it(filled: Store, place: Path) -> None:
    begun, closing = Event(), Event()
    faults: list[StoreFault] = []

    def wait(_done: int, _total: int, _what: str) -> None:
        begun.set()
        closing.wait(20)

    def back_up() -> None:
        try:
            filled.back_up(place, ADMIN, AT, wait)
        except StoreFault as fault:
            faults.append(fault)

    worker, closer = Thread(target=back_up), Thread(target=filled.close)
    worker.start()
    assert begun.wait(20)
    closer.start()
    # only once the store is on its way down, so that the backup meets it
    until(lambda: filled._closed)
    closing.set()
    worker.join()
    closer.join()
    assert [type(fault) for fault in faults] == [ClosedFault]
    assert list(place.iterdir()) == []
    with pytest.raises(ClosedFault):
        made(filled, place)


def count(store: Store) -> int:
    with store.reading() as session:
        return matters(session)


def matters(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Matter)).one()


def count_in(backup: Backup, key: bytes) -> int:
    with apart(backup.folder / DATA, key) as connection:
        return int(connection.execute("SELECT count(*) FROM matter").fetchone()[0])


# -- what the world does -----------------------------------------------------------------------------------------------


class StoppedError(Exception):
    """What whoever waits raises to stop it."""


@pytest.mark.parametrize("step", range(3))
def test_stopped_in_the_middle_nothing_stays(filled: Store, place: Path, step: int) -> None:
    old = made(filled, place).folder
    told = 0

    def stop(_done: int, _total: int, _what: str) -> None:
        nonlocal told
        told += 1
        if told > step:
            raise StoppedError

    with pytest.raises(StoppedError):
        filled.back_up(place, ADMIN, AT, stop)
    assert list(place.iterdir()) == [old]
    verify_backup(old, filled.pair.key)


def test_a_part_that_a_power_cut_left_is_cleared(store: Store, place: Path) -> None:
    part = place / "20261122-090000-interval.part"
    part.mkdir(parents=True)
    (part / DATA).write_bytes(b"half")
    other = place / "notes.part"
    other.mkdir()
    assert backups_in(place) == ()
    assert set(place.iterdir()) == {part, other}
    folder = made(store, place).folder
    assert set(place.iterdir()) == {folder, other}


def test_a_disk_that_says_it_is_full_is_believed(store: Store, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = made(store, place).folder
    full = shutil.disk_usage(place)._replace(free=100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(DiskFullFault):
        made(store, place)
    assert list(place.iterdir()) == [old]


SMALL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from onevisit.rules.keeping import BackupOccasion
from onevisit.store.backup import write_backup
from onevisit.store.apart import Pair
from onevisit.store.errors import DiskFullFault, StoreFault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
folder = Path(sys.argv[1])
pair = Pair(folder / "store.db", folder / "store.keys", bytes(range(32)))
try:
    write_backup(pair, Path(sys.argv[2]), BackupOccasion.BY_HAND, datetime(2026, 11, 23, tzinfo=UTC))
except StoreFault as fault:
    print(fault.sentence)
    sys.exit(3)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
@pytest.mark.parametrize("size", [0, 1_000, 50_000, 300_000])
def test_a_file_that_may_not_grow_fails_in_a_sentence(filled: Store, place: Path, size: int) -> None:
    old = made(filled, place).folder
    filled.close()
    done = subprocess.run(
        [sys.executable, "-c", SMALL, str(filled.directory), str(place), str(size)], capture_output=True, text=True
    )
    assert done.returncode == 3, done.stderr
    assert "磁盘" in done.stdout
    assert list(place.iterdir()) == [old]


def test_a_real_disk_that_is_full(
    filled: Store, half_a_mebibyte: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (half_a_mebibyte / "other").write_bytes(b"x" * 100_000)
    with pytest.raises(DiskFullFault):
        made(filled, half_a_mebibyte / "backups")
    # and where the system tells wrongly how much is free, as network disks and quotas do
    plenty = shutil.disk_usage(half_a_mebibyte)._replace(free=10**12)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: plenty)
    with pytest.raises(DiskFullFault):
        made(filled, half_a_mebibyte / "backups")
    with pytest.raises(DiskFullFault):
        copy_backup(made(filled, place), half_a_mebibyte / "second")
    assert list((half_a_mebibyte / "backups").iterdir()) == list((half_a_mebibyte / "second").iterdir()) == []
    assert (half_a_mebibyte / "other").stat().st_size == 100_000


def test_a_real_disk_that_is_read_only(store: Store, half_a_mebibyte: Path, place: Path) -> None:
    read_only(half_a_mebibyte)
    with pytest.raises(NotWritableFault):
        made(store, half_a_mebibyte / "backups")
    with pytest.raises(NotWritableFault):
        copy_backup(made(store, place), half_a_mebibyte / "second")


def test_a_place_that_cannot_be_made_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritableFault):
        made(store, tmp_path / "file" / "backups")


# -- the second place --------------------------------------------------------------------------------------------------


def test_a_copy_is_the_same_byte_by_byte(filled: Store, place: Path, tmp_path: Path) -> None:
    backup = made(filled, place)
    copy = copy_backup(backup, tmp_path / "stick")
    assert copy.folder.name == backup.folder.name
    for name in (DATA, SLOTS, MANIFEST):
        assert (copy.folder / name).read_bytes() == (backup.folder / name).read_bytes()
    verify_backup(copy.folder, filled.pair.key)


def test_a_stick_that_is_pulled_out_leaves_nothing_half(filled: Store, place: Path, tmp_path: Path) -> None:
    backup = made(filled, place)
    told = 0

    def pull_out(_done: int, _total: int, _what: str) -> None:
        nonlocal told
        told += 1
        if told == 3:
            raise OSError(errno.EIO, "gone")

    with pytest.raises((StoreFault, OSError)):
        copy_backup(backup, tmp_path / "stick", pull_out)
    assert list((tmp_path / "stick").iterdir()) == []


# -- damage ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DATA, SLOTS, MANIFEST])
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_any_flipped_bit_is_found(store: Store, place: Path, name: str, part: float) -> None:
    folder = made(store, place).folder
    content = bytearray((folder / name).read_bytes())
    content[min(int(len(content) * part), len(content) - 1)] ^= 4
    (folder / name).write_bytes(bytes(content))
    with pytest.raises(StoreFault):
        verify_backup(folder, store.pair.key)


@pytest.mark.parametrize("name", [DATA, SLOTS, MANIFEST])
def test_a_file_that_is_gone_or_cut_is_found_without_the_key(store: Store, place: Path, name: str) -> None:
    folder = made(store, place).folder
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] if name != MANIFEST else content[:-20])
    with pytest.raises(DamagedFault, match="备份"):
        look_at(folder)
    (folder / name).unlink()
    with pytest.raises(DamagedFault, match=name):
        look_at(folder)


def test_another_store_s_key_is_told(store: Store, place: Path) -> None:
    folder = made(store, place).folder
    with pytest.raises(NotOursFault, match="密钥"):
        verify_backup(folder, bytes(32))


def test_two_backups_that_were_mixed_are_found(store: Store, place: Path, add_matter: AddMatter) -> None:
    first = made(store, place).folder
    with store.writing() as session:
        add_matter(session)
    second = made(store, place).folder
    shutil.copy(second / DATA, first / DATA)
    with pytest.raises(DamagedFault):
        verify_backup(first, store.pair.key)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"version": 2}, TooNewFault),
        ({"format": "x"}, DamagedFault),
        ({"made_at": "2026-11-23T09:00:00"}, DamagedFault),
        ({"occasion": "none"}, DamagedFault),
        ({"audit": {"entry": -1, "digest": "00" * 32}}, DamagedFault),
        ({"audit": {"entry": True, "digest": "00" * 32}}, DamagedFault),
        ({"audit": []}, DamagedFault),
        ({"mac": "00"}, DamagedFault),
        ({"files": None}, DamagedFault),
    ],
)
def test_a_manifest_that_is_none_is_told(
    store: Store, place: Path, change: dict[str, object], kind: type[StoreFault]
) -> None:
    folder = made(store, place).folder
    body = json.loads((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_text(json.dumps({**body, **change}))
    with pytest.raises(kind):
        Manifest.load(folder)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{" * 5_000, b"0" * 100_000, b'"' + b"x" * 70_000])
def test_a_file_that_is_no_manifest_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(DamagedFault):
        Manifest.load(tmp_path)


# -- taking away -------------------------------------------------------------------------------------------------------


def test_a_link_loses_the_link_alone(store: Store, place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x")
    folder = made(store, place).folder
    (folder / "inside").symlink_to(elsewhere)
    outside = place / "20261101-090000-interval"
    outside.symlink_to(elsewhere)
    part = place / "20261102-090000-interval.part"
    part.symlink_to(elsewhere)
    assert backups_in(place) == (folder,)
    remove_backup(outside)
    remove_backup(folder)
    made(store, place)
    assert (elsewhere / "kept").read_text() == "x"
    assert not outside.is_symlink()


def test_the_present_store_is_written_by_no_backup(filled: Store, place: Path) -> None:
    pair = filled.pair
    filled.close()
    before = {path.name: path.read_bytes() for path in filled.directory.iterdir()}
    write_backup(pair, place, ADMIN, AT)
    assert {path.name: path.read_bytes() for path in filled.directory.iterdir()} == before


def test_the_limit_of_this_process_is_not_changed() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
