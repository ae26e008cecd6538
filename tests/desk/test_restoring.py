"""Bringing a backup back: tried on a copy, what was there is kept, and whatever is refused touches nothing."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import audit, backups, lookup, register
from onevisit.desk.errors import DeskFault, FormError, LogInFault, ShutOutFault
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.desk.restoring import Restored, found_backups, restore
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.store import schema
from onevisit.store.apart import Pair
from onevisit.store.backup import write_backup
from onevisit.store.errors import AlreadyOpenFault, DamagedFault, StoreFault, TooNewFault
from onevisit.store.keyslots import KeySlots
from onevisit.store.manifest import MANIFEST
from onevisit.store.names import BACKUPS, DATA, FRESH, HEAD, KEPT, LOCK, SLOTS, TRIES
from onevisit.store.recovery import new_code

RELEASED = Path(__file__).parents[1] / "store" / "schemas" / "0001"
PASSWORD = "Lianxi-2026"
NewForm = Callable[..., RegistrationForm]


@dataclass(frozen=True)
class Past:
    """A closed house with a backup, and what was registered before and after it."""

    folder: Path
    backup: Path
    before: str
    after: str

    def restore(self, **changes: object) -> Restored:
        given: dict[str, object] = {"login": "guanli", "password": PASSWORD, "practice": True, "cost": CHEAP}
        return restore(self.folder, self.backup, **{**given, **changes})  # type: ignore[arg-type]  # by name


@pytest.fixture
def past(house: House, clock: Clock, new_form: NewForm, tmp_path: Path) -> Past:
    """A visit, a backup, another visit; then everybody went home."""
    desk = house.log_in("chuangkou", PASSWORD)
    before = register.register(desk, new_form()).visit_no
    backup = backups.make_backup(desk, BackupOccasion.INTERVAL).info.folder
    clock.advance(minutes=5)
    after = register.register(desk, new_form()).visit_no
    house.close()
    clock.advance(hours=1)
    return Past(tmp_path / "data", backup, before, after)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the lock and the count of failed guesses."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {LOCK, TRIES})
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def assert_refused(past: Past, kind: type[Exception], said: str = "", **changes: object) -> None:
    """Restoring is refused with a sentence, and nothing was touched."""
    before = content(past.folder)
    with pytest.raises(kind) as caught:
        past.restore(**changes)
    assert said in str(caught.value)
    assert content(past.folder) == before
    assert not (past.folder / FRESH).exists()


# -- what it does ------------------------------------------------------------------------------------------------------


def test_the_backup_is_back_and_what_was_there_is_kept(past: Past, house: House, clock: Clock) -> None:
    was = {name: (past.folder / name).read_bytes() for name in (DATA, SLOTS, HEAD)}
    done = past.restore(now=clock)
    assert done.kept is not None
    assert done.kept.parent == past.folder / KEPT
    assert {name: (done.kept / name).read_bytes() for name in was} == was
    assert (done.made_at, done.upgraded_from, done.numbers_unknown) == (
        clock.moment.replace(hour=1, minute=0),
        "",
        False,
    )
    assert str(done.kept) in done.words
    assert done.visits == 1
    assert done.last_visit_at is not None
    assert "共 1 次来访，最后一次是 " in done.words
    desk = house.log_in("fuzeren", PASSWORD)
    assert [row.visit_no for row in lookup.today(desk).rows] == [past.before]
    assert desk.store.head_finding is None


def test_a_number_given_after_the_backup_is_not_given_again(past: Past, house: House, new_form: NewForm) -> None:
    past.restore()
    again = register.register(house.log_in("chuangkou", PASSWORD), new_form()).visit_no
    assert again not in {past.before, past.after}
    assert again > past.after


def test_nor_is_it_where_the_key_was_changed_since(past: Past, house: House, new_form: NewForm) -> None:
    house.rekey(house.log_in("guanli", PASSWORD))
    house.close()
    assert not past.restore().numbers_unknown
    again = register.register(house.log_in("chuangkou", PASSWORD), new_form()).visit_no
    assert again > past.after


def test_the_restore_stands_in_the_trail(past: Past, house: House) -> None:
    past.restore()
    auditor = house.log_in("shenji", PASSWORD)
    told = next(row for row in audit.entries(auditor) if row.action == "恢复备份")
    assert told.record == "账户 5"
    assert told.detail.startswith("20261123-090000 的备份，")
    assert told.detail.endswith("组编号接着原来的数据往下编")
    assert audit.verify(auditor).first_broken is None


def test_what_was_kept_can_be_brought_back_by_hand(past: Past, house: House, tmp_path: Path) -> None:
    kept = past.restore().kept
    assert kept is not None
    other = House(Path(shutil.copytree(kept, tmp_path / "other")), practice=True, now=Clock(), cost=CHEAP)
    rows = lookup.today(other.log_in("fuzeren", PASSWORD)).rows
    assert [row.visit_no for row in rows] == [past.after, past.before]
    other.close()


@pytest.mark.parametrize("gone", [(), (DATA,), (SLOTS,), (DATA, SLOTS), ("damaged",), ("not ours",)])
def test_it_works_whatever_became_of_the_store(past: Past, house: House, gone: tuple[str, ...]) -> None:
    if gone == ("damaged",):
        (past.folder / DATA).write_bytes(os.urandom(100_000))
    elif gone == ("not ours",):
        (past.folder / SLOTS).write_text("这是一个文本文件。")
    else:
        for name in gone:
            (past.folder / name).unlink()
    done = past.restore()
    assert (done.kept is None) is (gone == (DATA, SLOTS))
    assert done.numbers_unknown is (gone in {("damaged",), (DATA,), (DATA, SLOTS)})
    assert ("重复" in done.words) is done.numbers_unknown
    rows = lookup.today(house.log_in("fuzeren", PASSWORD)).rows
    assert [row.visit_no for row in rows] == [past.before]


def test_it_works_on_another_machine(past: Past, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "data"
    done = restore(elsewhere, past.backup, login="guanli", password=PASSWORD, practice=True, cost=CHEAP)
    assert done.kept is None
    assert "编号可能重复" in done.words
    assert not (elsewhere / KEPT).exists()
    house = House(elsewhere, practice=True, now=Clock(), cost=CHEAP)
    assert [row.visit_no for row in lookup.today(house.log_in("fuzeren", PASSWORD)).rows] == [past.before]
    house.close()
    assert {path.stat().st_mode & 0o777 for path in elsewhere.iterdir() if path.is_file()} == {0o600}


def test_an_older_schema_is_brought_up_to_date_on_the_copy(past: Past, house: House) -> None:
    slots = KeySlots.load(RELEASED / SLOTS, CHEAP)
    pair = Pair(RELEASED / DATA, RELEASED / SLOTS, slots.unlock("guanli", PASSWORD))
    old = write_backup(pair, past.folder / BACKUPS, BackupOccasion.BY_HAND, Clock().moment)
    done = Past(past.folder, old.folder, "", "").restore()
    assert done.upgraded_from == "0001"
    assert not list((past.folder / BACKUPS).glob("*before_upgrade"))
    assert len(lookup.today(house.log_in("fuzeren", PASSWORD)).rows) == 6


def test_a_second_restore_in_the_same_second_keeps_both(past: Past, clock: Clock) -> None:
    kept = [past.restore(now=clock).kept, past.restore(now=clock).kept]
    assert None not in kept
    assert len(set(kept)) == 2


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_whoever_is_no_administrator_is_refused(past: Past) -> None:
    assert_refused(past, LogInFault, "管理员", login="chuangkou")
    assert_refused(past, LogInFault, "当时", login="nobody")
    assert_refused(past, LogInFault, "当时", password="Wrong-2026")


def test_guesses_are_counted(past: Past) -> None:
    for _ in range(4):
        assert_refused(past, LogInFault, password="Wrong-2026")
    assert_refused(past, ShutOutFault, password="Wrong-2026")
    assert_refused(past, ShutOutFault)


def test_a_recovery_code_that_is_none_is_told(past: Past) -> None:
    assert_refused(past, FormError, "恢复码", recovery_code="2222")


def test_practice_and_real_work_are_not_mixed(past: Past) -> None:
    assert_refused(past, DeskFault, "练习", practice=False)


def test_a_store_that_is_open_is_left_alone(past: Past, house: House) -> None:
    house.log_in("chuangkou", PASSWORD)
    with pytest.raises(AlreadyOpenFault):
        past.restore()
    assert not (past.folder / KEPT).exists()


@pytest.mark.parametrize("name", [DATA, SLOTS, MANIFEST])
@pytest.mark.parametrize("how", ["flipped", "cut", "gone", "empty"])
def test_a_damaged_backup_is_refused(past: Past, name: str, how: str) -> None:
    file = past.backup / name
    whole = file.read_bytes()
    middle = len(whole) // 2
    if how == "flipped":
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    elif how == "gone":
        file.unlink()
    else:
        file.write_bytes(whole[: middle if how == "cut" else 0])
    assert_refused(past, StoreFault, "备份")


def test_the_slots_of_another_store_are_refused(past: Past, tmp_path: Path) -> None:
    shutil.copy(RELEASED / SLOTS, past.backup / SLOTS)
    manifest = json.loads((past.backup / MANIFEST).read_bytes())
    slots = (past.backup / SLOTS).read_bytes()
    manifest["files"]["slots"] = {"bytes": len(slots), "sha256": sha256(slots).hexdigest()}
    (past.backup / MANIFEST).write_text(json.dumps(manifest))
    assert_refused(past, DamagedFault, "清单")


def test_a_manifest_that_was_rewritten_is_refused(past: Past) -> None:
    manifest = json.loads((past.backup / MANIFEST).read_bytes())
    manifest["audit"]["entry"] += 1
    (past.backup / MANIFEST).write_text(json.dumps(manifest))
    assert_refused(past, DamagedFault, "改动")


def test_a_newer_schema_is_refused(past: Past, house: House) -> None:
    desk = house.log_in("guanli", PASSWORD)
    with desk.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = desk.store.back_up(past.folder / BACKUPS, BackupOccasion.BY_HAND, desk.now())
    with desk.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": schema.HEAD})
    house.close()
    assert_refused(Past(past.folder, newer.folder, "", ""), TooNewFault)


def test_what_is_no_backup_is_refused(past: Past, tmp_path: Path) -> None:
    assert_refused(Past(past.folder, tmp_path, "", ""), StoreFault)
    assert_refused(Past(past.folder, tmp_path / "gone", "", ""), StoreFault)


class StoppedError(Exception):
    """What whoever waits raises to stop it."""


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4])
def test_stopped_in_the_middle_it_touches_nothing(past: Past, step: int) -> None:
    told = 0

    def stop(_done: int, _total: int, _what: str) -> None:
        nonlocal told
        told += 1
        if told > step:
            raise StoppedError

    assert_refused(past, StoppedError, progress=stop)


# -- which there are ---------------------------------------------------------------------------------------------------


def test_backups_are_found_before_anybody_is_logged_in(past: Past, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    copy = shutil.copytree(past.backup, stick / "onevisit-370400-01" / past.backup.name)
    damaged = shutil.copytree(past.backup, stick / "20261122-090000-interval")
    (damaged / DATA).unlink()
    first, second, third = found_backups(past.folder, stick)
    assert (first.place, first.state, first.folder) == (BackupPlace.FIRST, BackupState.UNKNOWN, past.backup)
    assert (second.place, second.folder) == (BackupPlace.SECOND, copy)
    assert (third.state, third.occasion) == (BackupState.DAMAGED, BackupOccasion.INTERVAL)
    assert "缺少文件" in third.sentence
    assert [one.folder for one in found_backups(tmp_path / "nowhere", Path(copy))] == [copy]
    assert found_backups(tmp_path / "nowhere") == ()
    assert found_backups(tmp_path / "nowhere", tmp_path / "nowhere") == ()


def test_the_recovery_code_of_the_backup_opens_it(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "real"
    house = House(folder, now=clock, cost=CHEAP)
    set_up = house.prepare(
        SetUpForm(
            unit_name="示例接访中心",
            unit_address="示例路1号",
            unit_phone="0632-3300000",
            name="管理员",
            password="Mima-2026",
            password_again="Mima-2026",
        )
    )
    house.found(set_up, set_up.recovery_code)
    backup = backups.make_backup(house.log_in("admin", "Mima-2026"), BackupOccasion.BY_HAND).info.folder
    house.close()
    with pytest.raises(LogInFault):
        restore(folder, backup, recovery_code=new_code(), cost=CHEAP)
    restore(folder, backup, recovery_code=set_up.recovery_code, cost=CHEAP)
    assert house.log_in("admin", "Mima-2026")
    house.close()


def test_no_file_of_a_restore_is_for_others(past: Past) -> None:
    past.restore()
    for path in past.folder.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
