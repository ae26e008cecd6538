"""Another recovery code, another store key: who gets in afterwards, and what stands on the disk meanwhile."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import accounts, audit, keys, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotAllowedError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.desk.register import register
from onevisit.rules.accounts import Duty, Role
from onevisit.rules.forms import RegistrationForm
from onevisit.store import recovery
from onevisit.store.errors import AlreadyOpenFault, DamagedFault, NotOursFault, StoreFault
from onevisit.store.keyslots import KeySlots
from onevisit.store.names import DATA, FRESH, KEPT, LOCK, SLOTS
from onevisit.store.store import Store

LogIn = Callable[[Role], Desk]
NewForm = Callable[..., RegistrationForm]
PASSWORD = "Lianxi-2026"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of ``house``."""
    return tmp_path / "data"


def key_of(folder: Path, login: str = "guanli", password: str = PASSWORD) -> bytes:
    return KeySlots.load(folder / SLOTS, CHEAP).unlock(login, password)


# -- the recovery code -----------------------------------------------------------------------------------------------


def test_a_new_recovery_code_takes_the_place_of_the_old_one(house: House, admin_desk: Desk, auditor_desk: Desk) -> None:
    first = keys.new_recovery_code(admin_desk)
    keys.set_recovery_code(admin_desk, first, first.recovery_code.lower())
    second = keys.new_recovery_code(admin_desk)
    keys.set_recovery_code(admin_desk, second, second.recovery_code)
    assert [row.action for row in audit.entries(auditor_desk, limit=2)] == ["更换恢复码"] * 2
    house.close()
    with pytest.raises(FormError, match="不是本单位的恢复码"):
        house.recover(first.recovery_code, "guanli", "Mima-2099")
    house.recover(second.recovery_code, "guanli", "Mima-2099")
    assert house.log_in("guanli", "Mima-2099")


def test_nothing_changes_before_the_code_was_typed_back(folder: Path, admin_desk: Desk) -> None:
    before = (folder / SLOTS).read_bytes()
    new = keys.new_recovery_code(admin_desk)
    with pytest.raises(DeskFault, match="第 1 组"):
        keys.set_recovery_code(admin_desk, new, recovery.new_code())
    assert (folder / SLOTS).read_bytes() == before


def test_only_the_security_duty_changes_keys(house: House, clerk_desk: Desk, admin_desk: Desk) -> None:
    system = accounts.AccountForm("gl09", "管理员乙", "011", Role.ADMINISTRATOR, "Mima-2027", duty=Duty.SYSTEM)
    accounts.add(admin_desk, system)
    for desk in (clerk_desk, house.log_in("gl09", "Mima-2027")):
        with pytest.raises(NotAllowedError):
            keys.new_recovery_code(desk)
        with pytest.raises(NotAllowedError):
            house.rekey(desk)


# -- the store key ---------------------------------------------------------------------------------------------------


def test_the_store_gets_another_key_and_everybody_gets_in_as_before(
    house: House, folder: Path, log_in: LogIn, admin_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    number = register(clerk_desk, new_form()).visit_no
    code = keys.new_recovery_code(admin_desk)
    keys.set_recovery_code(admin_desk, code, code.recovery_code)
    old_key, steps = key_of(folder), []
    done = house.rekey(admin_desk, lambda *step: steps.append(step))
    assert (done.left_out, done.old_removed) == ((), True)
    assert steps
    assert key_of(folder) != old_key
    assert [row.visit_no for row in lookup.today(clerk_desk).rows] == [number], "a desk that was open goes on"
    register(clerk_desk, new_form())
    house.close()
    assert {path.name for path in folder.iterdir()} == {DATA, SLOTS, LOCK, "store.head"}
    with pytest.raises(NotOursFault):
        Store.open(folder, old_key, KeySlots.load(folder / SLOTS, CHEAP))
    for role in Role:
        log_in(role)
    auditor = log_in(Role.AUDITOR)
    assert audit.verify(auditor).first_broken is None
    assert "更换数据密钥" in [row.action for row in audit.entries(auditor)]
    assert not [row for row in audit.entries(auditor) if "链" in row.action or "不一致" in row.action]
    house.close()
    house.recover(code.recovery_code, "guanli", "Mima-2099")


def test_nobody_else_gets_in_meanwhile(house: House, folder: Path, clock: Clock, admin_desk: Desk) -> None:
    refused = []

    def look(_done: int, _total: int, _what: str) -> None:
        with pytest.raises(AlreadyOpenFault):
            House(folder, practice=True, now=clock, cost=CHEAP).log_in("lvshi", PASSWORD)
        refused.append(1)

    house.rekey(admin_desk, look)
    assert refused
    look(0, 0, "")


def test_what_ends_it_early_leaves_everything_as_it_was(house: House, folder: Path, admin_desk: Desk) -> None:
    key, slots = key_of(folder), (folder / SLOTS).read_bytes()

    def stop(done: int, _total: int, _what: str) -> None:
        raise DeskFault("已停止。")

    with pytest.raises(DeskFault, match="已停止"):
        house.rekey(admin_desk, stop)
    assert (folder / SLOTS).read_bytes() == slots
    assert not (folder / FRESH).exists()
    assert accounts.accounts(admin_desk), "the desk goes on"
    house.rekey(admin_desk)
    assert key_of(folder) != key


def test_a_slot_file_that_somebody_changed_gets_no_new_key(house: House, folder: Path, admin_desk: Desk) -> None:
    key = key_of(folder)
    strange = KeySlots.create(folder.parent / "strange", bytes(32), recovery.new_code(), CHEAP)
    admin_desk.store.slots._file = strange._file
    with pytest.raises(DamagedFault, match="被改动过"):
        keys.rekey(admin_desk, lambda _: None)
    assert key_of(folder) == key
    assert not (folder / FRESH).exists()


def test_a_damaged_store_gets_no_new_key(house: House, folder: Path, admin_desk: Desk) -> None:
    admin_desk.store.empty_log()
    content = bytearray((folder / DATA).read_bytes())
    content[-2_000:-1_000] = bytes(1_000)
    (folder / DATA).write_bytes(content)
    with pytest.raises(StoreFault):
        house.rekey(admin_desk)
    assert not (folder / FRESH).exists()


def test_old_slots_are_named_and_an_old_recovery_code_stops_it(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "old"
    shutil.copytree(Path(__file__).parents[1] / "store" / "schemas" / "0001", folder)
    house = House(folder, practice=True, now=clock, cost=CHEAP)
    admin = house.log_in("guanli", PASSWORD)
    with pytest.raises(DeskFault, match="请先更换恢复码"):
        house.rekey(admin)
    code = keys.new_recovery_code(admin)
    keys.set_recovery_code(admin, code, code.recovery_code)
    house.log_in("chuangkou", PASSWORD)
    done = house.rekey(admin)
    assert done.left_out == ("律师甲（003）", "负责人（004）", "审计员（005）")
    assert "请给这些账户重设密码：律师甲（003）、负责人（004）、审计员（005）" in done.sentence
    lawyer = next(row for row in accounts.accounts(admin) if row.login == "lvshi")
    accounts.reset_password(admin, lawyer.id, "Mima-2027")
    house.close()
    assert house.log_in("lvshi", "Mima-2027")
    assert house.log_in("chuangkou", PASSWORD)
    house.close()


POWER_CUTS = """
import os, shutil, sys
from pathlib import Path
from onevisit.desk.house import House
from onevisit.store.keyslots import Cost

made, place = Path(sys.argv[1]), Path(sys.argv[2])
EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open"}

def rekey(folder, last):
    house = House(folder, practice=True, cost=Cost(8, 1, 1))
    desk = house.log_in("guanli", "Lianxi-2026")
    seen = 0
    def cut(event, arguments):
        nonlocal seen
        if event in EVENTS and str(folder) in str(arguments[0]):
            seen += 1
            if seen == last:
                os._exit(9)
    sys.addaudithook(cut)
    house.rekey(desk)
    house.close()

last, status = 0, 9
while status:
    last += 1
    folder = place / str(last)
    shutil.copytree(made, folder)
    child = os.fork()
    if not child:
        rekey(folder, last)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, 9):
        sys.exit(f"step {last} ended with {status}")
print(last)
"""


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_a_power_cut_at_any_step_leaves_the_old_store_or_the_new_one(
    founded_folder: Path, tmp_path: Path, clock: Clock
) -> None:
    command = [sys.executable, "-c", POWER_CUTS, str(founded_folder), str(tmp_path / "cuts")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    steps, old_key, told = int(done.stdout), key_of(founded_folder), set()
    assert steps > 10
    for step in range(1, steps + 1):
        folder = tmp_path / "cuts" / str(step)
        house = House(folder, practice=True, now=clock, cost=CHEAP)
        for account in PRACTICE_ACCOUNTS:
            desk = house.log_in(account.login, account.password)
            if account.role is Role.AUDITOR:
                assert audit.verify(desk).first_broken is None
                new = "更换数据密钥" in [row.action for row in audit.entries(desk)]
        house.close()
        assert (key_of(folder) != old_key) is new
        assert not (folder / KEPT).exists(), "what the old key opens is gone"
        assert not (folder / FRESH).exists()
        told.add(new)
    assert told == {False, True}
