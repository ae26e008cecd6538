"""What follows a visit: promises, service of documents, calls, evaluations, reasons for what the gate left open."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onevisit.rules.after_visit import (
    CallOutcome,
    EvaluationSubject,
    EvaluationValue,
    ServedDocument,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.store.tables.base import Base, Code


class PromiseRow(Base):
    """承诺: what was promised to a visitor for a day, and when it was kept."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_kept_on_due", "kept_on", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    text: Mapped[str] = mapped_column(Text)
    due: Mapped[date]
    made_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kept_on: Mapped[date | None]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Service(Base):
    """送达: one document that was given to the petitioner, or refused before a witness.

    ``taken_back_at`` is when the day of it was found to be wrong altogether: the document did not reach anybody then.
    """

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("matter_step.id"))
    document: Mapped[ServedDocument] = mapped_column(Code(ServedDocument))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    method: Mapped[ServiceMethod] = mapped_column(Code(ServiceMethod))
    outcome: Mapped[ServiceOutcome] = mapped_column(Code(ServiceOutcome))
    witness: Mapped[str] = mapped_column(Text, default="")
    on_day: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]


class FollowUpCall(Base):
    """回访: one call, reached or not."""

    __tablename__ = "follow_up_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    called_at: Mapped[datetime]
    outcome: Mapped[CallOutcome] = mapped_column(Code(CallOutcome))
    note: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Evaluation(Base):
    """满意度评价: what the petitioner said of the window, or of the responsible unit; silence is a value of its own.

    ``by_phone`` is set where the petitioner answered on the phone, and so the clerk wrote it down.
    """

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    subject: Mapped[EvaluationSubject] = mapped_column(Code(EvaluationSubject))
    organ: Mapped[str] = mapped_column(Text, default="")
    value: Mapped[EvaluationValue] = mapped_column(Code(EvaluationValue))
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()
    by_phone: Mapped[bool] = mapped_column(default=False, server_default=text("0"))

    __mapper_args__ = {"version_id_col": version}


class GateReason(Base):
    """Why a finding of the one-visit gate was left open at a visit."""

    __tablename__ = "gate_reason"
    __table_args__ = (UniqueConstraint("visit_id", "finding", name="uq_gate_reason_visit_id_finding"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    finding: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
