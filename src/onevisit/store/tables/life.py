"""The life of matters: routes, steps, stops and extensions of clocks, links, opinions, urgent reports."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onevisit.rules.extensions import Approver
from onevisit.rules.links import LinkKind
from onevisit.rules.opinions import OpinionKind, OpinionOutcome
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.store.tables.base import Base, Code


class RouteDecision(Base):
    """去向: one decision on the route of a matter; the last one that was not recalled counts.

    ``step_id`` is the step that was taken with it; None where a visitor was only told.
    """

    __tablename__ = "route_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    decided_at: Mapped[datetime]
    on_day: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    handling: Mapped[Handling] = mapped_column(Code(Handling))
    procedure: Mapped[Procedure | None] = mapped_column(Code(Procedure))
    addressees: Mapped[list[str]] = mapped_column(JSON, default=list)
    reply_by: Mapped[date | None]
    beside: Mapped[list[str]] = mapped_column(JSON, default=list)
    answers: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    proposed: Mapped[str] = mapped_column(String(20), default="")
    article: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    recalled_at: Mapped[datetime | None]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("matter_step.id"))


class MatterStep(Base):
    """One thing that happened to a matter, with its day: ``kind`` is an ``Action`` or an ``Event``.

    ``served_on`` is the day on which what it brought forth (an opinion) reached the petitioner.
    """

    __tablename__ = "matter_step"
    __table_args__ = (Index("ix_matter_step_kind_on_day", "kind", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(String(40))
    on_day: Mapped[date]
    served_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organ: Mapped[str] = mapped_column(Text, default="")
    document_no: Mapped[str] = mapped_column(String(80), default="")
    outcome: Mapped[str] = mapped_column(String(32), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    late_reason: Mapped[str] = mapped_column(Text, default="")


class ClockStop(Base):
    """暂停: days on which a clock stands still; without an end while it still does."""

    __tablename__ = "clock_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    clock: Mapped[ClockKind] = mapped_column(Code(ClockKind))
    reason: Mapped[StopReason] = mapped_column(Code(StopReason))
    first: Mapped[date]
    last: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ClockExtension(Base):
    """延期: days that were approved on top of those for handling."""

    __tablename__ = "clock_extension"
    __table_args__ = (CheckConstraint("days >= 1", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    days: Mapped[int]
    approver: Mapped[Approver] = mapped_column(Code(Approver))
    approved_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    approved_on: Mapped[date]
    recorded_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class MatterLink(Base):
    """Two matters that belong together: merged into, split from, or only related."""

    __tablename__ = "matter_link"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id", name="uq_matter_link_from_id_to_id"),
        CheckConstraint("from_id <> to_id", name="two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(Code(LinkKind))
    from_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    made_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Opinion(Base):
    """信访处理意见书: as written by the responsible organ, a draft until it is final.

    ``kind`` is settled when it is begun, by what was asked for then.
    """

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    organ: Mapped[str] = mapped_column(Text, default="")
    request: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    remedy: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[OpinionOutcome | None] = mapped_column(Code(OpinionOutcome))
    written_at: Mapped[datetime]
    final_at: Mapped[datetime | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()
    kind: Mapped[OpinionKind] = mapped_column(
        Code(OpinionKind), default=OpinionKind.HANDLING, server_default=text("'handling'")
    )

    __mapper_args__ = {"version_id_col": version}


class UrgentReportRow(Base):
    """重大、紧急信访信息报告单: one for a matter, with who was told when."""

    __tablename__ = "urgent_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), unique=True)
    happened_at: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    persons: Mapped[int] = mapped_column(default=0)
    content: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    told: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
