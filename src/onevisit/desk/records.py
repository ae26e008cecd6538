"""Fetching whole records in a few statements, however many there are; nothing is loaded bit by bit afterwards."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from onevisit.rules.links import LinkKind
from onevisit.store.tables import Account, Consultation, Matter, MatterLink, Slip, Visit, VisitParty


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here, as others may see it."""

    staff_no: str
    name: str


StaffBook = Mapping[int, Staff]
"""Everybody who works or worked here, by account."""


def whole_visit() -> tuple[ORMOption, ...]:
    """Load visits with their matter, people and materials."""
    return (
        joinedload(Visit.matter),
        selectinload(Visit.parties).joinedload(VisitParty.petitioner),
        selectinload(Visit.materials),
    )


def whole_matter() -> tuple[ORMOption, ...]:
    """Load matters with their visits, the people and the materials."""
    visits = selectinload(Matter.visits)
    return (
        visits.selectinload(Visit.parties).joinedload(VisitParty.petitioner),
        visits.selectinload(Visit.materials),
    )


def visitors_of_matter() -> tuple[ORMOption, ...]:
    """Load matters with their visits and the people."""
    return (selectinload(Matter.visits).selectinload(Visit.parties).joinedload(VisitParty.petitioner),)


def came_once() -> ColumnElement[bool]:
    """The condition that leaves each coming one visit: the parts of a divided matter have one of their own each."""
    parts = select(MatterLink.from_id).where(MatterLink.kind == LinkKind.SPLIT_FROM)
    return or_(Visit.ordinal > 1, Visit.matter_id.not_in(parts))


def visits_of_parts(session: Session, day: date) -> frozenset[int]:
    """The visits of a day that this leaves out."""
    return frozenset(session.scalars(select(Visit.id).where(Visit.day == day, ~came_once())))


def fetch_visit(session: Session, visit_id: int) -> Visit:
    """One visit that is known to be there, with everything that belongs to it."""
    return session.scalars(select(Visit).where(Visit.id == visit_id).options(*whole_visit())).one()


def staff(session: Session) -> StaffBook:
    """Look up everybody who works or worked here."""
    rows = session.execute(select(Account.id, Account.staff_no, Account.name))
    return {account_id: Staff(staff_no, name) for account_id, staff_no, name in rows}


def consultations(session: Session, visit_ids: Collection[int]) -> Mapping[int, Consultation]:
    """The consultations of visits, by visit, with their addenda."""
    query = select(Consultation).where(Consultation.visit_id.in_(visit_ids)).options(selectinload(Consultation.addenda))
    return {consultation.visit_id: consultation for consultation in session.scalars(query)}


def slips(session: Session, visit_ids: Collection[int]) -> Mapping[int, Sequence[Slip]]:
    """The slips of visits, by visit, each list by edition, with their copies."""
    query = select(Slip).where(Slip.visit_id.in_(visit_ids)).order_by(Slip.edition).options(selectinload(Slip.copies))
    found = defaultdict(list)
    for slip in session.scalars(query):
        found[slip.visit_id].append(slip)
    return found
