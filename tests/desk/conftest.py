"""A founded house on a real encrypted store, its desks, and a clock that a test sets."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from onevisit.desk import accounts
from onevisit.desk.accounts import AccountForm
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS, PRACTICE_UNIT
from onevisit.rules.accounts import Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, MaterialForm, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.keyslots import Cost

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""Argon2id at its least: a test logs in often."""


class Clock:
    """A clock that stands still until a test moves it; at first 2026-11-23 09:00 in Shanghai, a Monday."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        assert moment.tzinfo is not None
        self.moment = moment

    def advance(self, **time: float) -> None:
        """Move on, for example ``clock.advance(minutes=5)``."""
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def founded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as set-up leaves it, with the accounts of practice mode; copied for each test, never opened."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    house = House(folder, practice=True, now=Clock(), cost=CHEAP)
    forms = (
        AccountForm(a.login, a.name, a.staff_no, a.role, a.password, a.firm, a.licence_no) for a in PRACTICE_ACCOUNTS
    )
    house.found_practice(PRACTICE_UNIT, tuple(forms))
    return folder


@pytest.fixture
def house(founded_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A founded house nobody is logged in to yet."""
    folder = tmp_path / "data"
    shutil.copytree(founded_folder, folder)
    house = House(folder, practice=True, now=clock, cost=CHEAP)
    yield house
    house.close()


@pytest.fixture
def log_in(house: House) -> Callable[[Role], Desk]:
    """Log in to the ready account of a role; several people may be logged in to one house."""

    def log_in(role: Role) -> Desk:
        account = next(account for account in PRACTICE_ACCOUNTS if account.role is role)
        return house.log_in(account.login, account.password)

    return log_in


@pytest.fixture
def clerk_desk(log_in: Callable[[Role], Desk]) -> Desk:
    """窗口员, staff number 002."""
    return log_in(Role.CLERK)


@pytest.fixture
def lawyer_desk(log_in: Callable[[Role], Desk]) -> Desk:
    """律师甲, staff number 003."""
    return log_in(Role.LAWYER)


@pytest.fixture
def supervisor_desk(log_in: Callable[[Role], Desk]) -> Desk:
    """负责人, staff number 004."""
    return log_in(Role.SUPERVISOR)


@pytest.fixture
def auditor_desk(log_in: Callable[[Role], Desk]) -> Desk:
    """审计员, staff number 005."""
    return log_in(Role.AUDITOR)


@pytest.fixture
def admin_desk(log_in: Callable[[Role], Desk]) -> Desk:
    """管理员, staff number 001."""
    return log_in(Role.ADMINISTRATOR)


@pytest.fixture
def colleague(house: House, admin_desk: Desk) -> Callable[[Role], Desk]:
    """Log in to a second account of a role: 窗口员乙, staff number 012, or 律师乙, staff number 013."""
    forms = {
        Role.CLERK: AccountForm("chuangkou2", "窗口员乙", "012", Role.CLERK, "Lianxi-2026"),
        Role.LAWYER: AccountForm(
            "lvshi2", "律师乙", "013", Role.LAWYER, "Lianxi-2026", "示例(枣庄)律师事务所", "13704000000000002"
        ),
    }

    def colleague(role: Role) -> Desk:
        accounts.add(admin_desk, forms[role])
        return house.log_in(forms[role].login, forms[role].password)

    return colleague


@pytest.fixture
def new_form() -> Callable[..., RegistrationForm]:
    """A faultless form about unpaid wages, each time of another 王伟; what is given replaces its fields."""
    serials = count(1)

    def new_form(**changes: Any) -> RegistrationForm:  # noqa: ANN401  any field of the form
        serial = next(serials)
        body = f"37049919790412{serial:03d}"
        form = RegistrationForm(
            lead=PersonEntry(
                name="王伟",
                id_number=body + mod_11_2(body),
                phone=f"1390000{serial:04d}",
                region_code="370403",
                town="临城街道",
                address="示例村3组8号",
            ),
            purpose=Purpose.REQUEST,
            content=ContentClass.LABOUR,
            place_code="370403",
            title="建筑工地拖欠工资",
            summary="去年在某工地务工，被拖欠工资26800元，请求帮助追讨。",
            respondent="某建筑劳务有限公司",
            materials=(MaterialEntry("工资欠条", MaterialForm.COPY, 1),),
            reply_by=ReplyMethod.PHONE,
            clerk_note="来访人情绪激动",
        )
        return replace(form, **changes)

    return new_form
