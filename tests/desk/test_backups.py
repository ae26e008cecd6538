"""Backups while somebody is logged in: made, checked, copied, kept by rotation, and said when one is missing."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from tests.desk.conftest import Clock

from onevisit.desk import audit, backups, register
from onevisit.desk.backups import BackupMade, check_backup, due, health, known_backups, make_backup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotAllowedError
from onevisit.desk.policy import policy, save_policy
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.rules.rotation import Rotation
from onevisit.store.errors import StoreFault
from onevisit.store.manifest import MANIFEST
from onevisit.store.names import BACKUPS, DATA

BY_HAND, INTERVAL, DAY_START = BackupOccasion.BY_HAND, BackupOccasion.INTERVAL, BackupOccasion.DAY_START


@pytest.fixture
def stick(admin_desk: Desk, tmp_path: Path) -> Path:
    """The second folder of the policy, which is there."""
    folder = tmp_path / "stick"
    folder.mkdir()
    save_policy(admin_desk, replace(policy(admin_desk), second_folder=str(folder)))
    return folder


def of(desk: Desk, place: BackupPlace) -> list[str]:
    return [one.name for one in known_backups(desk) if one.place is place]


# -- making ------------------------------------------------------------------------------------------------------------


def test_a_backup_is_made_and_known(admin_desk: Desk) -> None:
    made = make_backup(admin_desk, BY_HAND)
    assert made.info.state is BackupState.VERIFIED
    assert made.words == "已备份到本机，并核验无误。"
    assert known_backups(admin_desk) == (made.info,)
    assert check_backup(admin_desk, made.info.folder) == made.info


def test_by_hand_it_needs_the_right(clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        make_backup(clerk_desk, BY_HAND)
    make_backup(clerk_desk, INTERVAL)


def test_the_trail_tells_whose_doing_it_was(admin_desk: Desk, auditor_desk: Desk) -> None:
    make_backup(admin_desk, BY_HAND)
    make_backup(admin_desk, INTERVAL)
    told = [(row.who, row.action, row.detail) for row in audit.entries(auditor_desk, limit=2)]
    assert told == [("系统", "备份", "定时，本机"), ("管理员（001）", "备份", "手动，本机")]


def test_visits_are_saved_while_it_is_made(
    admin_desk: Desk, clerk_desk: Desk, new_form: Callable[..., RegistrationForm]
) -> None:
    made: list[BackupMade] = []
    worker = Thread(target=lambda: made.append(make_backup(admin_desk, INTERVAL)))
    worker.start()
    numbers = {register.register(clerk_desk, new_form()).visit_no for _ in range(5)}
    worker.join()
    assert len(numbers) == 5
    assert check_backup(admin_desk, made[0].info.folder).state is BackupState.VERIFIED


def test_a_failure_is_said_and_recorded(admin_desk: Desk, auditor_desk: Desk, clock: Clock) -> None:
    (admin_desk.store.directory / BACKUPS).write_text("a file where the folder should be")
    with pytest.raises(StoreFault) as caught:
        make_backup(admin_desk, DAY_START)
    assert caught.value.sentence.startswith("这次没有备份成功，以前的备份都还在。")
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.detail) == ("备份失败", "每天首次登录，本机")
    assert due(admin_desk) is None
    clock.advance(minutes=16)
    assert due(admin_desk) is DAY_START


def test_old_ones_make_room(admin_desk: Desk, clock: Clock) -> None:
    for _ in range(24):
        last = make_backup(admin_desk, DAY_START).info
        clock.advance(days=1)
    left = known_backups(admin_desk)
    assert left[0] == last
    assert len(left) == Rotation().days + 1  # the newest of the month before, too
    assert len(list((admin_desk.store.directory / BACKUPS).iterdir())) == len(left)


# -- when --------------------------------------------------------------------------------------------------------------


def test_it_is_due_at_the_start_of_the_day_and_every_some_hours(admin_desk: Desk, clock: Clock) -> None:
    assert due(admin_desk) is DAY_START
    make_backup(admin_desk, DAY_START)
    assert due(admin_desk) is None
    clock.advance(hours=3, minutes=59)
    assert due(admin_desk) is None
    clock.advance(minutes=1)
    assert due(admin_desk) is INTERVAL
    make_backup(admin_desk, INTERVAL)
    clock.advance(days=1)
    assert due(admin_desk) is DAY_START


@pytest.mark.parametrize("damaged", [False, True])
def test_to_check_an_old_one_makes_no_new_one_due_and_keeps_none_from_being_made(
    admin_desk: Desk, clock: Clock, *, damaged: bool
) -> None:
    old = make_backup(admin_desk, DAY_START).info
    clock.advance(days=1)
    make_backup(admin_desk, DAY_START)
    if damaged:
        (old.folder / DATA).write_bytes(bytes(old.size))
    check_backup(admin_desk, old.folder)
    assert due(admin_desk) is None
    clock.advance(hours=4)
    assert due(admin_desk) is INTERVAL


@pytest.mark.parametrize(("back", "occasion"), [({"hours": 1}, INTERVAL), ({"days": 300}, DAY_START)])
def test_it_is_due_when_the_clock_was_set_back(
    admin_desk: Desk, clock: Clock, back: dict[str, float], occasion: BackupOccasion
) -> None:
    make_backup(admin_desk, DAY_START)
    clock.set(clock.moment - timedelta(**back))
    assert due(admin_desk) is occasion
    made = make_backup(admin_desk, occasion)
    assert due(admin_desk) is None
    assert made.info.folder.is_dir()


# -- how they stand ----------------------------------------------------------------------------------------------------


def test_a_day_without_a_backup_is_said(admin_desk: Desk, clerk_desk: Desk, clock: Clock) -> None:
    assert health(clerk_desk).words == ""
    clock.advance(hours=25)
    assert health(clerk_desk).overdue
    assert health(clerk_desk).words == "已超过一天没有成功备份，请管理员到“系统 › 备份”立即备份。"
    made = make_backup(clerk_desk, DAY_START)
    assert health(clerk_desk) == backups.BackupHealth(made.info.made_at, overdue=False)
    clock.advance(hours=25)
    assert "最近一次" in health(clerk_desk).words


def test_a_backup_that_is_gone_or_damaged_does_not_count(admin_desk: Desk, clock: Clock) -> None:
    first = make_backup(admin_desk, DAY_START).info
    clock.advance(hours=2)
    second = make_backup(admin_desk, INTERVAL).info
    assert health(admin_desk).last_verified_at == second.made_at
    (second.folder / DATA).write_bytes(b"x")
    check_backup(admin_desk, second.folder)
    assert health(admin_desk).last_verified_at == first.made_at
    shutil.rmtree(first.folder)
    assert health(admin_desk).last_verified_at is None


def test_a_moment_in_the_future_comforts_nobody(admin_desk: Desk, clock: Clock) -> None:
    now = clock.moment
    clock.advance(days=300)
    make_backup(admin_desk, DAY_START)
    clock.set(now + timedelta(hours=25))
    assert health(admin_desk).overdue


def test_a_backup_is_checked_anew(admin_desk: Desk, auditor_desk: Desk) -> None:
    made = make_backup(admin_desk, BY_HAND).info
    whole = (made.folder / DATA).read_bytes()
    (made.folder / DATA).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    found = check_backup(admin_desk, made.folder)
    assert (found.state, found.sentence) == (BackupState.DAMAGED, "这份备份的文件已损坏或被改动，请换一份备份。")
    assert known_backups(admin_desk) == (found,)
    (made.folder / DATA).write_bytes(whole)
    assert check_backup(admin_desk, made.folder) == made
    assert known_backups(admin_desk) == (made,)
    told = [row.detail for row in audit.entries(auditor_desk) if row.action == "核验备份"]
    assert told == ["本机，已核验", "本机，已损坏"]


def test_only_a_known_backup_is_checked(admin_desk: Desk, clerk_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskFault, match="不在了"):
        check_backup(admin_desk, tmp_path)
    made = make_backup(admin_desk, BY_HAND).info
    with pytest.raises(NotAllowedError):
        check_backup(clerk_desk, made.folder)


# -- the second place --------------------------------------------------------------------------------------------------


def test_the_second_place_gets_a_copy(admin_desk: Desk, stick: Path, clock: Clock) -> None:
    made = make_backup(admin_desk, BY_HAND)
    assert (made.copied, made.second_fault) == (1, "")
    assert made.words == "已备份到本机和第二备份位置，并核验无误。"
    assert of(admin_desk, BackupPlace.SECOND) == of(admin_desk, BackupPlace.FIRST) == [made.info.name]
    assert [one.name for one in stick.iterdir()] == ["onevisit-370400-01"]
    assert health(admin_desk).second_last_at == clock.moment


def test_a_stick_that_is_not_there_is_said_and_catches_up(admin_desk: Desk, stick: Path, clock: Clock) -> None:
    stick.rmdir()
    for _ in range(2):
        made = make_backup(admin_desk, INTERVAL)
        clock.advance(hours=4)
    assert made.info.state is BackupState.VERIFIED
    assert (made.copied, health(admin_desk).second_missing) == (0, True)
    assert str(stick) in made.second_fault
    assert "自动补齐" in made.words
    clock.advance(hours=20)
    make_backup(admin_desk, DAY_START)
    assert "没有接上" in health(admin_desk).words
    stick.mkdir()
    assert make_backup(admin_desk, BY_HAND).copied == 4
    assert of(admin_desk, BackupPlace.SECOND) == of(admin_desk, BackupPlace.FIRST)
    assert health(admin_desk).words == ""


def test_a_stick_that_is_pulled_out_does_not_fail_the_first(admin_desk: Desk, stick: Path) -> None:
    def pull_out(_done: int, _total: int, what: str) -> None:
        if list(stick.glob("*/*.part")):
            shutil.rmtree(stick)

    made = make_backup(admin_desk, BY_HAND, pull_out)
    assert made.info.state is BackupState.VERIFIED
    assert made.copied == 0
    assert made.second_fault.startswith("第二备份位置这次没有备份成功：")
    assert of(admin_desk, BackupPlace.SECOND) == []
    stick.mkdir()
    assert make_backup(admin_desk, BY_HAND).copied == 2


def test_what_others_keep_in_the_second_folder_stays(admin_desk: Desk, stick: Path) -> None:
    (stick / "20200101-090000-interval").mkdir()
    (stick / "photos").mkdir()
    make_backup(admin_desk, BY_HAND)
    assert {one.name for one in stick.iterdir()} == {"20200101-090000-interval", "photos", "onevisit-370400-01"}


def test_a_backup_without_its_manifest_is_listed_by_its_name(admin_desk: Desk) -> None:
    made = make_backup(admin_desk, BY_HAND).info
    (made.folder / MANIFEST).unlink()
    (found,) = known_backups(admin_desk)
    assert (found.made_at, found.occasion, found.state) == (made.made_at, BY_HAND, BackupState.DAMAGED)
    assert "清单" in found.sentence
    assert check_backup(admin_desk, made.folder).state is BackupState.DAMAGED
    assert health(admin_desk).last_verified_at is None


def test_an_old_one_that_cannot_be_removed_fails_nothing(admin_desk: Desk, clock: Clock) -> None:
    first = make_backup(admin_desk, DAY_START).info
    stuck = first.folder.with_name(f"{first.name}.part")
    stuck.write_text("a file where the folder should go")
    for _ in range(16):
        clock.advance(days=1)
        made = make_backup(admin_desk, DAY_START)
    assert made.info.state is BackupState.VERIFIED
    assert first.folder.is_dir()
