"""The decisions on routes as they are kept: which one counts now, and how it is taken back.

Steps inside use cases: the route itself, the slip, what an organ gives back, the figures.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.store.tables import Matter, RouteDecision


def current_decisions(session: Session, matter_ids: Collection[int]) -> Mapping[int, RouteDecision]:
    """The decision that counts now, by matter: the last one that was not taken back.

    What was only told at a later visit (within the period, or after the end) leaves the route of the matter as it is.
    """
    query = (
        select(RouteDecision, Matter.handling)
        .join(Matter, Matter.id == RouteDecision.matter_id)
        .where(RouteDecision.matter_id.in_(matter_ids), RouteDecision.recalled_at.is_(None))
        .order_by(RouteDecision.id)
    )
    rows = session.execute(query).all()
    return {one.matter_id: one for one, handling in rows if not one.handling.stops or one.handling is handling}


def decisions_of_visits(session: Session, visit_ids: Collection[int]) -> Mapping[int, RouteDecision]:
    """The last decision that was told at each of these visits and not taken back, by visit."""
    query = (
        select(RouteDecision)
        .where(RouteDecision.visit_id.in_(visit_ids), RouteDecision.recalled_at.is_(None))
        .order_by(RouteDecision.id)
    )
    return {one.visit_id: one for one in session.scalars(query) if one.visit_id is not None}


def take_back(desk: Desk, session: Session, matter: Matter) -> None:
    """Undo the route of a matter that was recalled, given back or reopened: its organs have it no more."""
    for one in current_decisions(session, [matter.id]).values():
        one.recalled_at = desk.now()
    matter.lead_organ = ""
