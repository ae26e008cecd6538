"""Visits and what they are about: petitioners, matters, visits, parties, materials, answers, timeline."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from onevisit.rules.classification import ContentClass, MaterialForm, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.matter_life import Served, State
from onevisit.rules.people import AgentKind, IdKind, PartyRole, Sex
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.tables.base import Base, Code


class Petitioner(Base):
    """信访人: a person, or an organisation (then only name, phone and address are filled)."""

    __tablename__ = "petitioner"
    __table_args__ = (
        Index("ix_petitioner_id_number", "id_number"),
        Index("ix_petitioner_name", "name"),
        Index("ix_petitioner_phone", "phone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(Text)
    sex: Mapped[Sex] = mapped_column(Code(Sex), default=Sex.UNKNOWN)
    birth_date: Mapped[date | None]
    ethnic_group: Mapped[str] = mapped_column(String(40), default="")
    id_kind: Mapped[IdKind] = mapped_column(Code(IdKind), default=IdKind.RESIDENT)
    id_number: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    region_code: Mapped[str] = mapped_column(String(12), default="")
    town: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    anonymised_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}


class Matter(Base):
    """信访事项: what it is about; one or more visits belong to it.

    Where it stands (``state``, ``handling``, ``procedure``, ``served``, and ``open``, which follows the state) is
    changed by ``desk.standing`` alone.
    """

    __tablename__ = "matter"
    __table_args__ = (Index("ix_matter_open_state", "open", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    query_code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(Text)
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose))
    content: Mapped[ContentClass] = mapped_column(Code(ContentClass))
    place_code: Mapped[str] = mapped_column(String(12), default="")
    respondent: Mapped[str] = mapped_column(Text, default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    open: Mapped[bool] = mapped_column(default=True)
    registered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    anonymised_at: Mapped[datetime | None]
    rule_set: Mapped[str] = mapped_column(String(40), default="2022", server_default=text("'2022'"))
    state: Mapped[State] = mapped_column(Code(State), default=State.REGISTERED, server_default=text("'registered'"))
    handling: Mapped[Handling | None] = mapped_column(Code(Handling))
    procedure: Mapped[Procedure | None] = mapped_column(Code(Procedure))
    served: Mapped[int] = mapped_column(default=Served.NOTHING.value, server_default=text("0"))
    content_code: Mapped[str] = mapped_column(String(6), default="", server_default=text("''"))
    lead_organ: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))

    visits: Mapped[list["Visit"]] = relationship(back_populates="matter", order_by="Visit.id")

    __mapper_args__ = {"version_id_col": version}


class Visit(Base):
    """来访: one time that people came about a matter."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("day", "queue_no", name="uq_visit_day_queue_no"),
        CheckConstraint("headcount >= 1", name="headcount"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    ordinal: Mapped[int]
    day: Mapped[date]
    queue_no: Mapped[int]
    arrived_at: Mapped[datetime]
    registered_at: Mapped[datetime] = mapped_column(index=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    window_no: Mapped[str] = mapped_column(String(4))
    anonymous: Mapped[bool] = mapped_column(default=False)
    headcount: Mapped[int] = mapped_column(default=1)
    summary: Mapped[str] = mapped_column(Text, default="")
    clerk_note: Mapped[str] = mapped_column(Text, default="")
    reply_by: Mapped[ReplyMethod] = mapped_column(Code(ReplyMethod))
    return_reason: Mapped[ReturnReason | None] = mapped_column(Code(ReturnReason))
    return_note: Mapped[str] = mapped_column(Text, default="")
    wants_lawyer: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None]

    matter: Mapped[Matter] = relationship(back_populates="visits")
    parties: Mapped[list["VisitParty"]] = relationship(back_populates="visit", order_by="VisitParty.ordinal")
    materials: Mapped[list["Material"]] = relationship(back_populates="visit", order_by="Material.ordinal")


class VisitParty(Base):
    """Somebody's part in a visit."""

    __tablename__ = "visit_party"
    __table_args__ = (UniqueConstraint("visit_id", "ordinal", name="uq_visit_party_visit_id_ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    petitioner_id: Mapped[int] = mapped_column(ForeignKey("petitioner.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(Code(PartyRole))
    ordinal: Mapped[int]
    signed: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    agent_kind: Mapped[AgentKind | None] = mapped_column(Code(AgentKind))
    papers_shown: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))

    visit: Mapped[Visit] = relationship(back_populates="parties")
    petitioner: Mapped[Petitioner] = relationship()


class Material(Base):
    """材料: one thing that was handed in at a visit."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("visit_id", "ordinal", name="uq_material_visit_id_ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    ordinal: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    form: Mapped[MaterialForm] = mapped_column(Code(MaterialForm))
    pages: Mapped[int] = mapped_column(default=0)
    kept: Mapped[bool] = mapped_column(default=True)

    visit: Mapped[Visit] = relationship(back_populates="materials")


class SamenessAnswer(Base):
    """What the clerk answered when a person or a matter looked the same; kept, so that the choice can be explained."""

    __tablename__ = "sameness_answer"
    __table_args__ = (CheckConstraint("(petitioner_id IS NULL) <> (matter_id IS NULL)", name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    petitioner_id: Mapped[int | None] = mapped_column(ForeignKey("petitioner.id"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    same: Mapped[bool]
    reasons: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class TimelineEntry(Base):
    """One step in the life of a matter: who did what, when."""

    __tablename__ = "timeline_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
