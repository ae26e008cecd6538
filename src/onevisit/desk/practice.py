"""Practice mode: a store of its own with ready accounts, for learning with invented people.

The log-in page shows the accounts before the store and its libraries are loaded, so they are loaded by
``enter_practice`` alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from onevisit.rules.accounts import Role
from onevisit.rules.slip import UnitCard

if TYPE_CHECKING:
    from onevisit.desk.desk import Desk
    from onevisit.desk.house import House


@dataclass(frozen=True, slots=True)
class PracticeAccount:
    """A ready account of practice mode; its password stands on the log-in page."""

    login: str
    password: str
    name: str
    role: Role
    staff_no: str
    firm: str = ""
    licence_no: str = ""


PRACTICE_ACCOUNTS = (
    PracticeAccount("chuangkou", "Lianxi-2026", "窗口员", Role.CLERK, "002"),
    PracticeAccount("lvshi", "Lianxi-2026", "律师甲", Role.LAWYER, "003", "示例(枣庄)律师事务所", "13704000000000001"),
    PracticeAccount("fuzeren", "Lianxi-2026", "负责人", Role.SUPERVISOR, "004"),
    PracticeAccount("shenji", "Lianxi-2026", "审计员", Role.AUDITOR, "005"),
    PracticeAccount("guanli", "Lianxi-2026", "管理员", Role.ADMINISTRATOR, "001"),
)
"""One account for each role, with the ready password."""

PRACTICE_UNIT = UnitCard(
    name="枣庄市人民来访接待中心（练习）",
    address="枣庄市薛城区示例路1号",
    phone="0632-3300000",
    opening_hours="工作日 8:30–12:00，14:00–17:30",
    region_code="370400",
    window_no="01",
)
"""The invented unit of practice mode."""


def enter_practice(directory: Path, now: Callable[[], datetime] | None = None, *, with_visits: bool = False) -> "House":
    """Open the practice house; its store is made when it is missing.

    Args:
        directory: the folder of the practice store, another than that of the real one.
        now: the clock, in UTC; the system's unless given.
        with_visits: a store that is made anew gets invented visits of today and of the weeks before, so that every page
            has something to show.

    Raises:
        StoreFault: the folder cannot be used.
        DeskFault: the folder holds a real store.
    """
    # half a second that the log-in page has no need of
    from onevisit.desk.accounts import AccountForm  # noqa: PLC0415
    from onevisit.desk.desk import system_clock  # noqa: PLC0415
    from onevisit.desk.house import House  # noqa: PLC0415
    from onevisit.store.keyslots import Cost  # noqa: PLC0415

    # the passwords are known to everybody: a dear guess would only make people wait
    cost, clock = Cost(memory_kib=8_192, passes=1, lanes=1), now or system_clock
    house = House(directory, practice=True, now=clock, cost=cost)
    if not house.founded:
        forms = tuple(
            AccountForm(a.login, a.name, a.staff_no, a.role, a.password, a.firm, a.licence_no)
            for a in PRACTICE_ACCOUNTS
        )
        if with_visits:
            from onevisit.desk.practice_month import PastClock, live_through  # noqa: PLC0415 - as above

            past = PastClock(clock)
            before = House(directory, practice=True, now=past, cost=cost)
            before.found_practice(PRACTICE_UNIT, forms)
            live_through(_clerk(before), past)
            before.close()
            _seed(house)
        else:
            house.found_practice(PRACTICE_UNIT, forms)
    return house


def _clerk(house: "House") -> "Desk":
    ready = next(account for account in PRACTICE_ACCOUNTS if account.role is Role.CLERK)
    return house.log_in(ready.login, ready.password)


def _seed(house: "House") -> None:
    from onevisit.desk.practice_day import seed  # noqa: PLC0415 - as above

    ready = {account.role: account for account in PRACTICE_ACCOUNTS}
    clerk, lawyer = (house.log_in(ready[role].login, ready[role].password) for role in (Role.CLERK, Role.LAWYER))
    try:
        seed(clerk, lawyer)
    finally:
        house.close()
