"""The duty lawyer's part: consultations, sealed once signed, and their dated addenda."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from onevisit.store.tables.base import Base
from onevisit.store.tables.visits import Visit


class Consultation(Base):
    """律师接待: one lawyer's advice in one visit."""

    __tablename__ = "consultation"
    __table_args__ = (CheckConstraint("signed_at IS NULL OR advice <> ''", name="signed_has_advice"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text, default="")
    advice: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)
    legal_aid: Mapped[bool] = mapped_column(default=False)
    working_notes: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    visit: Mapped[Visit] = relationship()
    addenda: Mapped[list["ConsultationAddendum"]] = relationship(order_by="ConsultationAddendum.id")

    __mapper_args__ = {"version_id_col": version}


class ConsultationAddendum(Base):
    """补充意见: the only thing that may follow a signature."""

    __tablename__ = "consultation_addendum"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
