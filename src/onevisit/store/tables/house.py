"""The house itself: the unit, its accounts, its numbers, its printers, and the trail of what was done."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from onevisit.rules.accounts import Duty, Role
from onevisit.store.tables.base import Base, Code


class Unit(Base):
    """The reception unit; exactly one row, written at set-up."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(400))
    phone: Mapped[str] = mapped_column(String(40))
    opening_hours: Mapped[str] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(String(12))
    window_no: Mapped[str] = mapped_column(String(4))
    practice: Mapped[bool]
    created_at: Mapped[datetime]


class Account(Base):
    """An account of somebody who works with the client; its key slot stands in the slot file."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    staff_no: Mapped[str] = mapped_column(String(20), unique=True)
    role: Mapped[Role] = mapped_column(Code(Role))
    active: Mapped[bool] = mapped_column(default=True)
    firm: Mapped[str] = mapped_column(String(200), default="")
    licence_no: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime]
    duty: Mapped[Duty] = mapped_column(Code(Duty), default=Duty.ALL, server_default=text("'all'"))
    password_set_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=text("0"))


class Setting(Base):
    """One setting of the house, as text; what it may hold is said by ``rules.policy``."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class HouseText(Base):
    """A list or a rule of the unit's own, as text that people can read and edit; which there are: ``desk.lawbook``."""

    __tablename__ = "house_text"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class NumberSeries(Base):
    """The last number taken of each series; a taken number is never given again."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]


class PrinterChoice(Base):
    """The queue that each paper goes to, so that printing needs no dialog."""

    __tablename__ = "printer_choice"

    paper: Mapped[str] = mapped_column(String(20), primary_key=True)
    queue: Mapped[str] = mapped_column(String(200))


class AuditEntry(Base):
    """One entry of the audit trail: ids and codes only, chained by SM3 to the one before."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    window_no: Mapped[str] = mapped_column(String(4))
    action: Mapped[str] = mapped_column(String(60))
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(Text, default="")
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
