"""送走: a visitor leaves the hall; a slip that was handed over does not mean that yet.

Where a matter was divided, each part has a visit of the same coming: whoever leaves, leaves with all of them.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.sight import get_visit
from onevisit.rules.accounts import Permission
from onevisit.rules.links import LinkKind
from onevisit.store.tables import MatterLink, Visit


def leave(desk: Desk, visit_id: int) -> None:
    """Write down that the visitor has left, now; the first moment stays. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
    """
    with desk.work(Permission.REGISTER) as session:
        for visit in _same_coming(session, get_visit(desk, session, visit_id)):
            if visit.left_at is None:
                visit.left_at = desk.now()
                desk.record(session, "visit.left", "visit", visit.id)


def come_back(desk: Desk, visit_id: int) -> None:
    """Take back that a visitor has left: a wrong click, or somebody who turned round at the door. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
    """
    with desk.work(Permission.REGISTER) as session:
        for visit in _same_coming(session, get_visit(desk, session, visit_id)):
            if visit.left_at is not None:
                visit.left_at = None
                desk.record(session, "visit.came_back", "visit", visit.id)


def _same_coming(session: Session, visit: Visit) -> Sequence[Visit]:
    """The visit, and those that the parts of its matter were given of the same coming."""
    family, before = {visit.matter_id}, 0
    while len(family) > before:
        before = len(family)
        links = select(MatterLink.from_id, MatterLink.to_id).where(
            MatterLink.kind == LinkKind.SPLIT_FROM,
            or_(MatterLink.from_id.in_(family), MatterLink.to_id.in_(family)),
        )
        family.update(one for link in session.execute(links) for one in link)
    query = select(Visit).where(Visit.matter_id.in_(family), Visit.arrived_at == visit.arrived_at)
    return session.scalars(query.order_by(Visit.id)).all()
