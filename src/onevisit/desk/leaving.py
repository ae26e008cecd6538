"""送走: a visitor leaves the hall; a slip that was handed over does not mean that yet."""

from onevisit.desk.desk import Desk
from onevisit.desk.sight import get_visit
from onevisit.rules.accounts import Permission


def leave(desk: Desk, visit_id: int) -> None:
    """Write down that the visitor has left, now; the first moment stays. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        if visit.left_at is None:
            visit.left_at = desk.now()
            desk.record(session, "visit.left", "visit", visit.id)


def come_back(desk: Desk, visit_id: int) -> None:
    """Take back that a visitor has left: a wrong click, or somebody who turned round at the door. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        if visit.left_at is not None:
            visit.left_at = None
            desk.record(session, "visit.came_back", "visit", visit.id)
