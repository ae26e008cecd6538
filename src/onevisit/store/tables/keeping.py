"""What keeps the house: drafts, backups that were made, days that were closed, what is past its retention."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from onevisit.rules.keeping import BackupOccasion, BackupPlace, DraftKind
from onevisit.store.tables.base import Base, Code


class Draft(Base):
    """草稿: what somebody has half typed; gone with the transaction that saves it for good."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[DraftKind] = mapped_column(Code(DraftKind))
    subject_id: Mapped[int | None]
    content: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    window_no: Mapped[str] = mapped_column(String(4))


class BackupRun(Base):
    """备份: one attempt at a backup, and whether it was opened and found whole after it was written."""

    __tablename__ = "backup_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    occasion: Mapped[BackupOccasion] = mapped_column(Code(BackupOccasion))
    place: Mapped[BackupPlace] = mapped_column(Code(BackupPlace))
    name: Mapped[str] = mapped_column(String(200))
    verified: Mapped[bool]
    bytes: Mapped[int]
    fault: Mapped[str] = mapped_column(Text, default="")


class DayClose(Base):
    """日终: the frozen sheet of one day's end, with the end of the audit chain as it stood then."""

    __tablename__ = "day_close"
    __table_args__ = (UniqueConstraint("day", "edition", name="uq_day_close_day_edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    edition: Mapped[int]
    closed_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    frozen: Mapped[str] = mapped_column(Text)
    audit_entry_id: Mapped[int]
    audit_digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class RetentionRun(Base):
    """到期清理: a list of matters past their retention, proposed by one person, approved by another, then done."""

    __tablename__ = "retention_run"
    __table_args__ = (CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="second_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cutoff: Mapped[date]
    matter_ids: Mapped[list[int]] = mapped_column(JSON)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
