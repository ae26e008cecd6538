"""Accounts and their key slots change together."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event

from onevisit.desk import accounts
from onevisit.desk.accounts import AccountForm, AccountRow
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, LogInFault, NotAllowedError, NotFoundError
from onevisit.desk.house import House
from onevisit.rules.accounts import Role

LogIn = Callable[[Role], Desk]
NEW = AccountForm("CK09", " 窗口员乙 ", "009", Role.CLERK, "Mima-2027", firm="不该有")
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
    with pytest.raises(DeskFault, match="最后一个"):
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
