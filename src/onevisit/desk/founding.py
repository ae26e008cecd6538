"""Founding the house: the set-up form and its checks, the first rows, what nobody at a desk did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from onevisit.desk import set_up as checks
from onevisit.rules.faults import Fault
from onevisit.rules.slip import UnitCard
from onevisit.store import audit, recovery
from onevisit.store.tables import Unit


@dataclass(frozen=True, slots=True)
class SetUpForm:
    """What the set-up wizard asks: the unit, its window, the first administrator."""

    unit_name: str = ""
    unit_address: str = ""
    unit_phone: str = ""
    opening_hours: str = "工作日 8:30–12:00，14:00–17:30"
    region_code: str = "370400"
    window_no: str = "01"
    login: str = "admin"
    name: str = ""
    staff_no: str = "001"
    password: str = ""
    password_again: str = ""


def check_set_up(form: SetUpForm) -> tuple[Fault, ...]:
    """Say what is wrong with the set-up form; the fields of the faults are its attribute names."""
    ours = {"name": "unit_name", "address": "unit_address", "phone": "unit_phone"}
    unit = [Fault(ours.get(f.field, f.field), f.sentence) for f in checks.unit_faults(set_up_card(form))]
    said = (
        ("login", checks.login_fault(form.login)),
        ("name", checks.name_fault(form.name)),
        ("staff_no", checks.staff_no_fault(form.staff_no)),
        ("password", checks.new_password_fault(form.password, form.login)),
        ("password_again", "" if form.password == form.password_again else "两次输入的密码不一样，请重新输入。"),
    )
    return (*unit, *checks.as_faults(said))


def set_up_card(form: SetUpForm) -> UnitCard:
    """Give the unit's particulars as they were typed."""
    return UnitCard(
        name=form.unit_name,
        address=form.unit_address,
        phone=form.unit_phone,
        opening_hours=form.opening_hours,
        region_code=form.region_code,
        window_no=form.window_no,
    )


@dataclass(frozen=True, slots=True)
class SetUp:
    """A set-up that waits for its recovery code to be typed back; nothing is on the disk before ``House.found``."""

    form: SetUpForm
    recovery_code: str

    def different_group(self, typed: str) -> int | None:
        """Compare a code typed back: the number of the first group that is not as shown, from 1; None if all are."""
        return recovery.first_different_group(self.recovery_code, typed)


def card_of(unit: Unit) -> UnitCard:
    """Give the unit's particulars as they stand in the store."""
    return UnitCard(unit.name, unit.address, unit.phone, unit.opening_hours, unit.region_code, unit.window_no)


def write_unit(session: Session, card: UnitCard, *, practice: bool, at: datetime) -> Unit:
    """Write the one row of the unit, and the first entry of the trail."""
    unit = Unit(
        id=1,
        name=card.name,
        address=card.address,
        phone=card.phone,
        opening_hours=card.opening_hours,
        region_code=card.region_code,
        window_no=card.window_no,
        practice=practice,
        created_at=at,
    )
    session.add(unit)
    session.flush()
    trace_alone(session, "unit.founded", None, unit, at)
    return unit


def trace_alone(
    session: Session, action: str, account_id: int | None, unit: Unit, at: datetime, detail: str = ""
) -> None:
    """Add to the trail what nobody at a desk did: set-up, recovery, a log-in that failed.

    Args:
        session: the transaction of what was done.
        action: a code of ``desk.audit_words.ACTIONS``.
        account_id: the account it was done to, None where none is meant.
        unit: whose window it was.
        at: when.
        detail: codes and numbers only.
    """
    audit.append(
        session,
        at=at,
        account_id=None,
        window_no=unit.window_no,
        action=action,
        record_kind="account" if account_id is not None else "",
        record_id=account_id,
        detail=detail,
    )
