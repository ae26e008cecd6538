"""What followed the visits on one matter, read in one go for the page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from onevisit.desk.calls import CallLine, calls_of
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.evaluation import EvaluationLine, ToAsk, evaluations_of, last_visit, to_ask
from onevisit.desk.promises_due import PromiseLine, promises_of
from onevisit.desk.service import ServiceLine, ToServe, first_day, services_of, to_serve
from onevisit.desk.sight import may_know
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.store.tables import Matter, Visit


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Services, promises, calls and evaluations of a matter.

    Attributes:
        first_day: the local day on which it was first brought.
        organ: the responsible unit now; empty while there is none.
        to_serve: opinions that have not reached the petitioner.
        to_ask: about what whoever is called can still answer.
    """

    first_day: date
    organ: str
    to_serve: tuple[ToServe, ...]
    services: tuple[ServiceLine, ...]
    promises: tuple[PromiseLine, ...]
    calls: tuple[CallLine, ...]
    evaluations: tuple[EvaluationLine, ...]
    to_ask: tuple[ToAsk, ...] = ()


def afterwards(desk: Desk, matter_id: int, visit_id: int | None = None) -> Afterwards:
    """Read what followed the visits on a matter. Needs FOLLOW_UP.

    Args:
        desk: who reads.
        matter_id: of which matter.
        visit_id: one's own visit, by way of which a confidential matter is known.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
    """
    with desk.look(Permission.FOLLOW_UP) as session:
        matter = session.get(Matter, matter_id)
        visit = session.get(Visit, visit_id) if visit_id is not None else None
        by_way_of = visit if visit is not None and visit.matter_id == matter_id else None
        if matter is None or not may_know(desk, matter, by_way_of):
            raise NotFoundError("没有找到这件事项，请重新查找。")
        return afterwards_of(desk, session, matter)


def afterwards_of(desk: Desk, session: Session, matter: Matter) -> Afterwards:
    """The same, as a step inside use cases that know the matter."""
    visit = last_visit(matter)
    return Afterwards(
        first_day=first_day(session, matter),
        organ=matter.lead_organ,
        to_serve=to_serve(session, matter.id),
        services=services_of(session, matter.id),
        promises=promises_of(session, matter.id, local_day(desk.now())),
        calls=calls_of(session, matter.id),
        evaluations=evaluations_of(desk, session, matter.id),
        to_ask=to_ask(desk, session, visit) if visit else (),
    )
