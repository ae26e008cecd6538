"""The house that is tormented, whom it serves, and what must be true of it after everything that can happen to it."""

import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from onevisit.desk import accounts, audit
from onevisit.desk.accounts import AccountForm
from onevisit.desk.desk import Desk, system_clock
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.rules.accounts import Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import AdvisedWay, ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import ConsultationForm, MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.keyslots import Cost
from onevisit.store.tables import AuditEntry, Base, Visit

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""Argon2id at its least: a store is opened thousands of times."""

PASSWORD = "Ceshi-2026"
STAFF = {
    Role.ADMINISTRATOR: AccountForm("admin", "管理员", "001", Role.ADMINISTRATOR, PASSWORD),
    Role.CLERK: AccountForm("clerk", "窗口员", "002", Role.CLERK, PASSWORD),
    Role.LAWYER: AccountForm(
        "lawyer", "律师甲", "003", Role.LAWYER, PASSWORD, "示例(枣庄)律师事务所", "13704000000000001"
    ),
    Role.SUPERVISOR: AccountForm("head", "负责人", "004", Role.SUPERVISOR, PASSWORD),
    Role.AUDITOR: AccountForm("auditor", "审计员", "005", Role.AUDITOR, PASSWORD),
}
SET_UP = SetUpForm(
    unit_name="枣庄市人民来访接待中心",
    unit_address="枣庄市薛城区示例路1号",
    unit_phone="0632-3300000",
    name="管理员",
    password=PASSWORD,
    password_again=PASSWORD,
)
ADVICE = ConsultationForm(
    facts="有欠条，没有书面合同。",
    advice="可以直接向人民法院起诉。",
    ways=(AdvisedWay.LITIGATION,),
    working_notes="再问工期",
)


def person(serial: int) -> PersonEntry:
    """An invented person; every serial is another one, whom nobody takes for any other."""
    born = date(1940, 1, 1) + timedelta(days=serial % 20_000)
    body = f"370499{born:%Y%m%d}{serial // 20_000 * 7 + 101:03d}"
    return PersonEntry(
        name=f"访客{serial}",
        id_number=body + mod_11_2(body),
        phone=f"1390{serial:07d}",
        region_code="370403",
        town="临城街道",
        address=f"示例村{serial}号",
    )


def form(serial: int, *, wants_lawyer: bool = False) -> RegistrationForm:
    """The registration of that person."""
    return RegistrationForm(
        lead=person(serial),
        purpose=Purpose.REQUEST,
        content=ContentClass.LABOUR,
        place_code="370403",
        title="建筑工地拖欠工资",
        summary=f"第{serial}人被拖欠工资28600元，请求帮助追讨。",
        respondent="某建筑劳务有限公司",
        materials=(MaterialEntry("工资欠条"),),
        reply_by=ReplyMethod.PHONE,
        wants_lawyer=wants_lawyer,
    )


_FIRST_PASSWORD = "Erstes-2026"


@dataclass(frozen=True, slots=True)
class Founded:
    """A data folder as set-up leaves it, to be copied for each torment.

    Attributes:
        folder: the data folder; it is copied, never opened.
        recovery_code: of all its copies.
    """

    folder: Path
    recovery_code: str

    def copy(self, to: Path) -> Path:
        """Put a fresh copy at ``to``, in place of what is there."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return to


def found(folder: Path, now: Callable[[], datetime] = system_clock) -> Founded:
    """Set up a house with an account for each role."""
    house = House(folder, now=now, cost=CHEAP)
    set_up = house.prepare(SET_UP)
    house.found(set_up, set_up.recovery_code)
    administrator = house.log_in("admin", PASSWORD)
    for role, account in STAFF.items():
        if role is not Role.ADMINISTRATOR:
            accounts.add(administrator, replace(account, password=_FIRST_PASSWORD))
            # everybody chooses a password of their own at the first log-in
            desk = house.log_in(account.login, _FIRST_PASSWORD)
            accounts.change_own_password(desk, _FIRST_PASSWORD, account.password)
    house.close()
    return Founded(folder, set_up.recovery_code)


def house_in(folder: Path, now: Callable[[], datetime] = system_clock) -> House:
    """The house in a data folder."""
    return House(folder, now=now, cost=CHEAP)


def seat(house: House, role: Role = Role.CLERK) -> Desk:
    """Log somebody in."""
    return house.log_in(STAFF[role].login, PASSWORD)


class SetBack:
    """The real clock until it is set back, as a hand or an empty battery does."""

    def __init__(self) -> None:
        self._behind = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self._behind

    def stand_behind(self, by: timedelta) -> None:
        """Set it to stand so far behind the true time."""
        self._behind = by


# -- what must be true -------------------------------------------------------------------------------------------------


def examine(folder: Path, printed: Collection[str] = (), now: Callable[[], datetime] = system_clock) -> list[str]:
    """Open a store and say all that is wrong with it.

    Args:
        folder: the data folder.
        printed: the visit numbers that somebody holds in the hand.
        now: the clock of the house.

    Raises:
        PlainFault: the store does not open.
    """
    house = house_in(folder, now)
    try:
        desk = seat(house, Role.AUDITOR)
        with desk.store.reading() as session:
            return [*unsound(session), *_half_done(session), *_numbers(session, printed), *_broken(desk)]
    finally:
        house.close()


def unsound(session: Session) -> Iterator[str]:
    """What SQLCipher and SQLite find in their pages."""
    for pragma, sound in (("cipher_integrity_check", []), ("integrity_check", [("ok",)]), ("foreign_key_check", [])):
        found = [tuple(row) for row in session.execute(text(f"PRAGMA {pragma}"))]
        if found != sound:
            yield f"{pragma}: {found[:3]}"


def _half_done(session: Session) -> Iterator[str]:
    """Visits that lack a part of what is written with them."""
    visits = set(session.scalars(select(Visit.id)))
    told = select(AuditEntry.record_id).where(AuditEntry.action == "visit.registered")
    parts = {
        "audit entry": set(session.scalars(told)),
        "people": set(session.scalars(text("SELECT visit_id FROM visit_party"))),
        "timeline": set(session.scalars(text("SELECT visit_id FROM timeline_entry"))),
    }
    for part, whose in parts.items():
        if visits - whose:
            yield f"visits without {part}: {sorted(visits - whose)[:5]}"
    if parts["audit entry"] - visits:
        yield f"in the trail, but not in the store: visits {sorted(parts['audit entry'] - visits)[:5]}"
    indexed = session.execute(text("SELECT count(*) FROM matter_search")).scalar_one()
    matters = session.execute(text("SELECT count(*) FROM matter WHERE anonymised_at IS NULL")).scalar_one()
    if indexed != matters:
        yield f"{matters} matters, {indexed} in the search index"


def _numbers(session: Session, printed: Collection[str]) -> Iterator[str]:
    kept = list(session.scalars(select(Visit.number).order_by(Visit.id)))
    missing = set(printed) - set(kept)
    if missing:
        yield f"printed, but not in the store: {sorted(missing)[:5]}"
    if len(set(kept)) != len(kept) or len(set(printed)) != len(printed):
        yield "a number was given twice"


def _broken(desk: Desk) -> Iterator[str]:
    check = audit.verify(desk)
    if not check.whole:
        yield f"audit trail: {check.sentence}"


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but for the trail of log-ins, to be compared with another time."""
    rows = {}
    for table in Base.metadata.sorted_tables:
        query = select(table).order_by(*table.primary_key.columns)
        if table.name == "audit_entry":
            query = query.where(table.c.action.not_in(["account.logged_in", "account.logged_out"]))
        if table.name != "number_series":
            rows[table.name] = [tuple(row) for row in session.execute(query)]
    return rows


def visits_in(session: Session) -> int:
    """How many visits a store holds."""
    return session.scalars(select(func.count()).select_from(Visit)).one()
