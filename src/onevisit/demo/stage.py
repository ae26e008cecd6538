"""What must be there before the curtain rises: a founded house with one account for each part to be played."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from onevisit.demo.clock import SetClock
from onevisit.desk import accounts
from onevisit.desk.accounts import AccountForm
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.rules.accounts import Role

_FIRM = "示例(枣庄)律师事务所"


@dataclass(frozen=True, slots=True)
class Part:
    """An account that the demonstration logs in with."""

    login: str
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The house and its accounts; one random password serves them all and dies with the run."""

    store: Path
    clerk: Part
    colleague: Part
    supervisor: Part
    auditor: Part
    administrator: Part
    lawyers: dict[str, Part]
    password: str = field(repr=False)


def set_stage(store: Path, clock: SetClock, lawyers: Iterable[str]) -> Stage:
    """Found a house in ``store`` and give it its accounts.

    Raises:
        PlainFault: the folder or disk does not allow it.
    """
    first, password = (f"Yanshi-{secrets.token_urlsafe(9)}9" for _ in range(2))
    clerk, colleague = Part("clerk", Role.CLERK, "窗口员"), Part("clerk2", Role.CLERK, "窗口员乙")
    supervisor, auditor = Part("supervisor", Role.SUPERVISOR, "负责人"), Part("auditor", Role.AUDITOR, "审计员")
    administrator = Part("admin", Role.ADMINISTRATOR, "管理员")
    advisers = {
        name: Part(f"lawyer{place}", Role.LAWYER, name) for place, name in enumerate(dict.fromkeys(lawyers), start=1)
    }
    house = House(store, now=clock)
    set_up = house.prepare(_set_up_form(administrator, password))
    house.found(set_up, set_up.recovery_code)
    desk = house.log_in(administrator.login, password)
    for place, part in enumerate((clerk, supervisor, auditor, colleague, *advisers.values()), start=2):
        lawyer = part.role is Role.LAWYER
        accounts.add(
            desk,
            AccountForm(
                login=part.login,
                name=part.name,
                staff_no=f"{place:03d}",
                role=part.role,
                password=first,
                firm=_FIRM if lawyer else "",
                licence_no=f"1370400000000{place:04d}" if lawyer else "",
            ),
        )
        # everybody chooses a password of their own at the first log-in
        accounts.change_own_password(house.log_in(part.login, first), first, password)
    house.close()
    return Stage(store, clerk, colleague, supervisor, auditor, administrator, advisers, password)


def _set_up_form(administrator: Part, password: str) -> SetUpForm:
    return SetUpForm(
        unit_name="枣庄市人民来访接待中心",
        unit_address="枣庄市薛城区示例路1号",
        unit_phone="0632-3300000",
        region_code="370400",
        window_no="01",
        login=administrator.login,
        name=administrator.name,
        staff_no="001",
        password=password,
        password_again=password,
    )
