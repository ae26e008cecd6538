"""Accounts and their key slots change together."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import accounts, audit, lookup, policy
from onevisit.desk.accounts import AccountForm, AccountRow
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, LogInFault, NotAllowedError, NotFoundError
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.rules.accounts import Duty, Permission, Role
from onevisit.rules.policy import Policy
from onevisit.store.tables import Account

LogIn = Callable[[Role], Desk]
NEW = AccountForm("CK09", " 窗口员乙 ", "009", Role.CLERK, "Mima-2027", firm="不该有")
SECOND = AccountForm("gl09", "管理员乙", "011", Role.ADMINISTRATOR, "Mima-2027")
LAWYER = AccountForm("ls09", "律师乙", "010", Role.LAWYER, "Mima-2027", "示例律师事务所", "13704000000000002")


def row_of(desk: Desk, login: str) -> AccountRow:
    return next(row for row in accounts.accounts(desk) if row.login == login)


def test_accounts_are_listed_by_staff_number(admin_desk: Desk) -> None:
    rows = accounts.accounts(admin_desk)
    assert [row.staff_no for row in rows] == ["001", "002", "003", "004", "005"]
    assert row_of(admin_desk, "lvshi").licence_no == "13704000000000001"


def test_a_new_account_can_log_in(house: House, admin_desk: Desk) -> None:
    row = accounts.add(admin_desk, NEW)
    assert (row.login, row.name, row.firm, row.active) == ("ck09", "窗口员乙", "", True)
    assert house.log_in("ck09", "Mima-2027").actor.account_id == row.id
    assert accounts.add(admin_desk, LAWYER).firm == "示例律师事务所"


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (AccountForm(), ["login", "name", "staff_no", "password"]),
        (replace(NEW, login="Lvshi"), ["login"]),
        (replace(NEW, staff_no="003"), ["staff_no"]),
        (replace(NEW, login="lvshi", staff_no="003"), ["login", "staff_no"]),
        (replace(NEW, password="ck09-CK09"), ["password"]),
        (replace(LAWYER, licence_no="123"), ["licence_no"]),
        (replace(LAWYER, firm="长" * 101), ["firm"]),
        (replace(NEW, licence_no="123", name="王"), []),
    ],
)
def test_a_bad_form_is_told_at_its_fields(admin_desk: Desk, form: AccountForm, fields: list[str]) -> None:
    if not fields:
        assert accounts.add(admin_desk, form).licence_no == ""
        return
    with pytest.raises(FormError) as caught:
        accounts.add(admin_desk, form)
    assert [fault.field for fault in caught.value.faults] == fields
    assert len(accounts.accounts(admin_desk)) == 5


def test_a_save_that_fails_leaves_neither_row_nor_slot(house: House, admin_desk: Desk) -> None:
    slots = house._directory / "store.keys"
    before = slots.read_bytes()

    def fail(_connection: object) -> None:
        raise ZeroDivisionError

    event.listen(admin_desk.store._engine, "commit", fail)
    with pytest.raises(ZeroDivisionError):
        accounts.add(admin_desk, NEW)
    event.remove(admin_desk.store._engine, "commit", fail)
    assert slots.read_bytes() == before
    assert len(accounts.accounts(admin_desk)) == 5


def test_a_disabled_account_is_not_let_in_until_it_is_enabled(house: House, admin_desk: Desk, log_in: LogIn) -> None:
    clerk = row_of(admin_desk, "chuangkou")
    assert not accounts.set_active(admin_desk, clerk.id, active=False).active
    with pytest.raises(LogInFault):
        log_in(Role.CLERK)
    with pytest.raises(FormError):
        accounts.set_active(admin_desk, clerk.id, active=True)
    assert accounts.set_active(admin_desk, clerk.id, active=True, password="Mima-2030").active
    with pytest.raises(LogInFault):
        log_in(Role.CLERK)
    assert house.log_in("chuangkou", "Mima-2030")


def test_an_old_slot_file_does_not_let_a_disabled_account_in(house: House, admin_desk: Desk, log_in: LogIn) -> None:
    slots = house._directory / "store.keys"
    old = slots.read_bytes()
    accounts.set_active(admin_desk, row_of(admin_desk, "chuangkou").id, active=False)
    house.close()
    slots.write_bytes(old)
    with pytest.raises(LogInFault):
        log_in(Role.CLERK)
    log_in(Role.ADMINISTRATOR)


def test_nobody_locks_the_house_from_outside(house: House, admin_desk: Desk) -> None:
    own = row_of(admin_desk, "guanli")
    with pytest.raises(DeskFault, match="自己的账户"):
        accounts.set_active(admin_desk, own.id, active=False)
    second = accounts.add(admin_desk, replace(NEW, role=Role.ADMINISTRATOR))
    other = house.log_in("ck09", "Mima-2027")
    accounts.set_active(admin_desk, second.id, active=False)
    with pytest.raises(NotAllowedError, match="已停用"):
        accounts.set_active(other, own.id, active=False)


def test_a_password_is_reset(house: House, admin_desk: Desk, log_in: LogIn) -> None:
    clerk = row_of(admin_desk, "chuangkou")
    with pytest.raises(FormError):
        accounts.reset_password(admin_desk, clerk.id, "short")
    accounts.reset_password(admin_desk, clerk.id, "Mima-2030")
    with pytest.raises(LogInFault):
        log_in(Role.CLERK)
    assert house.log_in("chuangkou", "Mima-2030")


def test_a_disabled_account_gets_no_slot_by_a_reset(house: House, admin_desk: Desk) -> None:
    clerk = row_of(admin_desk, "chuangkou")
    accounts.set_active(admin_desk, clerk.id, active=False)
    with pytest.raises(DeskFault, match="已停用"):
        accounts.reset_password(admin_desk, clerk.id, "Mima-2030")
    with pytest.raises(LogInFault):
        house.log_in("chuangkou", "Mima-2030")


def test_ones_own_password_is_changed_by_whoever_knows_it(house: House, clerk_desk: Desk) -> None:
    for old, new, field in (
        ("wrong", "Mima-2030", "old"),
        ("Lianxi-2026", "short", "new"),
        ("Lianxi-2026", "Lianxi-2026", "new"),
    ):
        with pytest.raises(FormError) as caught:
            accounts.change_own_password(clerk_desk, old, new)
        assert [fault.field for fault in caught.value.faults] == [field]
    accounts.change_own_password(clerk_desk, "Lianxi-2026", "Mima-2030")
    assert house.log_in("chuangkou", "Mima-2030")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_manage_accounts(log_in: LogIn, role: Role) -> None:
    desk = log_in(role)
    with pytest.raises(NotAllowedError):
        accounts.accounts(desk)
    with pytest.raises(NotAllowedError):
        accounts.add(desk, NEW)
    with pytest.raises(NotAllowedError):
        accounts.set_active(desk, 1, active=False)
    with pytest.raises(NotAllowedError):
        accounts.reset_password(desk, 1, "Mima-2030")


def test_an_account_that_is_not_there_is_told(admin_desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        accounts.reset_password(admin_desk, 99, "Mima-2030")


# -- duties ----------------------------------------------------------------------------------------------------------


def test_an_administrator_may_have_a_part_of_the_duties(house: House, admin_desk: Desk, auditor_desk: Desk) -> None:
    row = accounts.add(admin_desk, replace(SECOND, duty=Duty.SECURITY))
    assert row.duty is Duty.SECURITY
    assert audit.entries(auditor_desk, limit=1)[0].detail == "管理员（安全管理）"
    second = house.log_in("gl09", "Mima-2027")
    assert second.may(Permission.MANAGE_ACCOUNTS)
    assert not second.may(Permission.MANAGE_UNIT)
    assert accounts.add(admin_desk, replace(NEW, duty=Duty.SYSTEM)).duty is Duty.ALL, "only administrators share them"


def test_a_duty_changes_hands_and_the_trail_tells(house: House, admin_desk: Desk, auditor_desk: Desk) -> None:
    second = accounts.add(admin_desk, SECOND)
    assert accounts.change_duty(admin_desk, second.id, Duty.SYSTEM).duty is Duty.SYSTEM
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.detail, newest.record) == ("修改管理员职责", "系统管理", f"账户 {second.id}")
    accounts.change_duty(admin_desk, second.id, Duty.SYSTEM)
    assert audit.entries(auditor_desk, limit=1)[0] == newest, "what changes nothing is not told"
    assert not house.log_in("gl09", "Mima-2027").may(Permission.MANAGE_ACCOUNTS)


def test_each_duty_stays_in_somebodys_hands(house: House, admin_desk: Desk) -> None:
    first = row_of(admin_desk, "guanli")
    second = accounts.add(admin_desk, SECOND)
    other = house.log_in("gl09", "Mima-2027")
    accounts.change_duty(other, first.id, Duty.SYSTEM)
    accounts.change_duty(other, first.id, Duty.SECURITY)
    admin_again = house.log_in("guanli", "Lianxi-2026")
    with pytest.raises(DeskFault, match="最后一个负责系统管理的"):
        accounts.change_duty(admin_again, second.id, Duty.SECURITY)
    with pytest.raises(DeskFault, match="最后一个负责系统管理的"):
        accounts.set_active(admin_again, second.id, active=False)
    accounts.change_duty(admin_again, second.id, Duty.SYSTEM)
    assert {row.duty for row in accounts.accounts(admin_again) if row.role is Role.ADMINISTRATOR} == {
        Duty.SYSTEM,
        Duty.SECURITY,
    }


def test_a_disabled_administrator_holds_no_duty(house: House, admin_desk: Desk) -> None:
    second = accounts.add(admin_desk, SECOND)
    third = accounts.add(admin_desk, replace(SECOND, login="gl10", staff_no="012"))
    other = house.log_in("gl09", "Mima-2027")
    accounts.change_duty(other, row_of(admin_desk, "guanli").id, Duty.SECURITY)
    accounts.set_active(other, third.id, active=False)
    with pytest.raises(DeskFault, match="最后一个负责系统管理的"):
        accounts.change_duty(admin_desk, second.id, Duty.SECURITY)


def test_nobody_changes_their_own_duty_or_that_of_a_clerk(admin_desk: Desk) -> None:
    with pytest.raises(DeskFault, match="自己的职责"):
        accounts.change_duty(admin_desk, row_of(admin_desk, "guanli").id, Duty.SYSTEM)
    with pytest.raises(DeskFault, match="只有管理员"):
        accounts.change_duty(admin_desk, row_of(admin_desk, "chuangkou").id, Duty.SYSTEM)


# -- disabled at an open window --------------------------------------------------------------------------------------


def test_a_disabled_account_does_nothing_more_at_a_desk_that_is_open(admin_desk: Desk, clerk_desk: Desk) -> None:
    assert lookup.today(clerk_desk)
    clerk = row_of(admin_desk, "chuangkou")
    accounts.set_active(admin_desk, clerk.id, active=False)
    with pytest.raises(NotAllowedError, match="已停用"):
        lookup.today(clerk_desk)
    with pytest.raises(NotAllowedError, match="已停用"), clerk_desk.work(None):
        pytest.fail("reached")
    accounts.set_active(admin_desk, clerk.id, active=True, password="Mima-2030")
    assert lookup.today(clerk_desk)


# -- the age of passwords, in a house of real work -------------------------------------------------------------------

OWN = "Mima-2026"
GIVEN = "Mima-2027"


@pytest.fixture
def real_house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A house of real work with one administrator."""
    house = House(tmp_path / "real", now=clock, cost=CHEAP)
    unit = SetUpForm(unit_name="示例市人民来访接待中心", unit_address="示例路 1 号", unit_phone="0632-3300000")
    set_up = house.prepare(replace(unit, name="管理员甲", password=OWN, password_again=OWN))
    house.found(set_up, set_up.recovery_code)
    yield house
    house.close()


def test_a_password_that_the_administrator_set_is_changed_first_of_all(real_house: House) -> None:
    admin = real_house.log_in("admin", OWN)
    assert admin.password_due == ""
    clerk_id = accounts.add(admin, NEW).id
    for given in (GIVEN, "Mima-2028"):
        desk = real_house.log_in("ck09", given)
        assert desk.password_due == "现在的密码是管理员设的，请先换成只有自己知道的密码。"
        with pytest.raises(NotAllowedError, match="管理员设的"):
            lookup.today(desk)
        accounts.change_own_password(desk, given, "Eigenes-2026")
        assert desk.password_due == ""
        assert lookup.today(desk)
        assert real_house.log_in("ck09", "Eigenes-2026").password_due == ""
        accounts.reset_password(admin, clerk_id, "Mima-2028")
    accounts.set_active(admin, clerk_id, active=False)
    accounts.set_active(admin, clerk_id, active=True, password="Mima-2029")
    assert real_house.log_in("ck09", "Mima-2029").password_due


def test_an_old_password_is_changed_first_of_all(real_house: House, clock: Clock) -> None:
    admin = real_house.log_in("admin", OWN)
    policy.save_policy(admin, Policy(password_days=30))
    clock.advance(days=29, hours=23)
    assert real_house.log_in("admin", OWN).password_due == ""
    clock.advance(hours=1)
    desk = real_house.log_in("admin", OWN)
    assert desk.password_due == "密码已用满 30 天，请先换一个新密码。"
    with pytest.raises(NotAllowedError):
        accounts.accounts(desk)
    accounts.change_own_password(desk, OWN, "Eigenes-2026")
    assert accounts.accounts(desk)
    clock.advance(days=29)
    assert real_house.log_in("admin", "Eigenes-2026").password_due == ""


def test_passwords_may_be_left_to_grow_old(real_house: House, clock: Clock) -> None:
    policy.save_policy(real_house.log_in("admin", OWN), Policy(password_days=0))
    clock.advance(days=20)
    assert real_house.log_in("admin", OWN).password_due == ""


def test_a_password_of_unknown_age_is_counted_from_its_next_use(real_house: House, clock: Clock) -> None:
    admin = real_house.log_in("admin", OWN)
    with admin.work(None) as session:
        session.get_one(Account, admin.actor.account_id).password_set_at = None
    clock.advance(days=30)
    assert real_house.log_in("admin", OWN).password_due == ""
    for _ in range(3):
        clock.advance(days=30)
        desk = real_house.log_in("admin", OWN)
    assert "90 天" in desk.password_due


def test_the_recovery_code_gives_a_password_of_ones_own(tmp_path: Path, clock: Clock) -> None:
    house = House(tmp_path / "real", now=clock, cost=CHEAP)
    unit = SetUpForm(unit_name="示例市人民来访接待中心", unit_address="示例路 1 号", unit_phone="0632-3300000")
    set_up = house.prepare(replace(unit, name="管理员甲", password=OWN, password_again=OWN))
    house.found(set_up, set_up.recovery_code)
    clock.advance(days=100)
    house.recover(set_up.recovery_code, "admin", "Eigenes-2026")
    assert house.log_in("admin", "Eigenes-2026").password_due == ""
    house.close()


def test_practice_never_asks_for_another_password(house: House, clock: Clock, log_in: LogIn) -> None:
    clock.advance(days=1_000)
    admin = log_in(Role.ADMINISTRATOR)
    assert admin.password_due == ""
    accounts.reset_password(admin, row_of(admin, "chuangkou").id, GIVEN)
    assert house.log_in("chuangkou", GIVEN).password_due == ""
