"""The decisions on routes as they are kept: which one counts now, and how it is taken back.

Steps inside use cases: the route itself, the slip, what an organ gives back, the figures.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.store.tables import Matter, RouteDecision, Visit


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided on some matters and not taken back.

    Attributes:
        current: the decision that counts now, by matter. What was only told at a later visit (within the period, or
            after the end) leaves the route of the matter as it is.
        told: the last decision that was told at a visit, by visit.
    """

    current: Mapping[int, RouteDecision]
    told: Mapping[int, RouteDecision]


def decisions(session: Session, matter_ids: Collection[int]) -> Decisions:
    """Fetch the decisions on these matters, in one statement."""
    query = (
        select(RouteDecision, Matter.handling)
        .join(Matter, Matter.id == RouteDecision.matter_id)
        .where(RouteDecision.matter_id.in_(matter_ids), RouteDecision.recalled_at.is_(None))
        .order_by(RouteDecision.id)
    )
    rows = session.execute(query).all()
    return Decisions(
        current={one.matter_id: one for one, handling in rows if not one.handling.stops or one.handling is handling},
        told={one.visit_id: one for one, _ in rows if one.visit_id is not None},
    )


def current_decisions(session: Session, matter_ids: Collection[int]) -> Mapping[int, RouteDecision]:
    """The decision that counts now, by matter."""
    return decisions(session, matter_ids).current


def decision_told(session: Session, visit: Visit) -> RouteDecision | None:
    """The last decision that was told at a visit and not taken back; None where none was."""
    return decisions(session, [visit.matter_id]).told.get(visit.id)


def take_back(desk: Desk, session: Session, matter: Matter) -> None:
    """Undo the route of a matter that was recalled, given back or reopened: its organs have it no more."""
    for one in current_decisions(session, [matter.id]).values():
        one.recalled_at = desk.now()
    matter.lead_organ = ""
