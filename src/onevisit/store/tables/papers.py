"""Slips: the frozen data of each edition, and every sheet that was sent to a printer."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from onevisit.rules.classification import PaperOutcome
from onevisit.store.tables.base import Base, Code
from onevisit.store.tables.visits import Visit


class Slip(Base):
    """回执: one edition of a visit's slip; its data never changes after it was frozen."""

    __tablename__ = "slip"
    __table_args__ = (UniqueConstraint("visit_id", "edition", name="uq_slip_visit_id_edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    edition: Mapped[int]
    frozen: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    visit: Mapped[Visit] = relationship()
    copies: Mapped[list["SlipCopy"]] = relationship(back_populates="slip", order_by="SlipCopy.copy_no")


class SlipCopy(Base):
    """One sheet: its number is taken before it is printed, its outcome is what the clerk saw."""

    __tablename__ = "slip_copy"
    __table_args__ = (UniqueConstraint("slip_id", "copy_no", name="uq_slip_copy_slip_id_copy_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"))
    copy_no: Mapped[int]
    reprint_no: Mapped[int] = mapped_column(default=0)
    paper: Mapped[str] = mapped_column(String(20))
    queue: Mapped[str] = mapped_column(String(200))
    printed_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[PaperOutcome] = mapped_column(Code(PaperOutcome), default=PaperOutcome.PENDING)
    outcome_at: Mapped[datetime | None]
    pdf_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))

    slip: Mapped[Slip] = relationship(back_populates="copies")
