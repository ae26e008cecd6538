"""Who may know of what: the one place that decides whether a matter, and the people on it, exist for somebody."""

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import SHANGHAI, local_day, show_day
from onevisit.store.tables import Matter, Petitioner, Visit, VisitParty


def may_know(desk: Desk, matter: Matter, visit: Visit | None = None) -> bool:
    """Whether the person at the desk may know of ``matter``, by way of ``visit`` if one is given.

    A confidential matter (信访工作条例第30条) is known to whoever has SEE_CONFIDENTIAL; besides, by way of one visit,
    to the clerk who registered it, on that day only, and to the lawyers whom the visitor was sent to.
    """
    if not matter.confidential or desk.may(Permission.SEE_CONFIDENTIAL):
        return True
    if visit is None:
        return False
    own = visit.clerk_id == desk.actor.account_id and visit.registered_at >= day_begin(local_day(desk.now()))
    return own or (desk.may(Permission.CONSULT) and visit.wants_lawyer)


def visits_to_know(desk: Desk) -> ColumnElement[bool]:
    """``may_know`` as a condition on ``Visit`` joined to its ``Matter``."""
    if desk.may(Permission.SEE_CONFIDENTIAL):
        return true()
    begin = day_begin(local_day(desk.now()))
    own = and_(Visit.clerk_id == desk.actor.account_id, Visit.registered_at >= begin)
    sent = Visit.wants_lawyer if desk.may(Permission.CONSULT) else None
    ways = [Matter.confidential.is_(False), own]
    return or_(*ways) if sent is None else or_(*ways, sent)


def matters_to_know(desk: Desk) -> ColumnElement[bool]:
    """``may_know`` of matters alone, as a condition on ``Matter``."""
    return true() if desk.may(Permission.SEE_CONFIDENTIAL) else Matter.confidential.is_(False)


def get_visit(desk: Desk, session: Session, visit_id: int) -> Visit:
    """Fetch a visit.

    Raises:
        NotFoundError: it is not there, or may not be known.
    """
    visit = session.get(Visit, visit_id)
    if visit is None or not may_know(desk, visit.matter, visit):
        raise NotFoundError("没有找到这次来访，请刷新列表后再试。")
    return visit


def require_kept(matter: Matter) -> None:
    """Refuse to go on with a matter that was anonymised: nothing may be added to it again.

    Raises:
        DeskFault: it was.
    """
    if matter.anonymised_at is not None:
        day = show_day(local_day(matter.anonymised_at))
        raise DeskFault(f"这件事项已于{day}到期匿名，内容不再保存；来访人再来时，请登记为新的事项。")


def people_to_know(desk: Desk, session: Session, petitioner_ids: Collection[int]) -> frozenset[int]:
    """Those of the petitioners who took part in a visit that may be known: nobody else may be shown."""
    query = (
        select(VisitParty.petitioner_id)
        .join(VisitParty.visit)
        .join(Visit.matter)
        .where(VisitParty.petitioner_id.in_(petitioner_ids), visits_to_know(desk))
    )
    return frozenset(session.scalars(query))


def get_person(desk: Desk, session: Session, petitioner_id: int) -> Petitioner:
    """Fetch a petitioner whose particulars are to be read.

    Raises:
        NotFoundError: the petitioner is not there, may not be known, or was anonymised.
    """
    petitioner = session.get(Petitioner, petitioner_id)
    if petitioner is None or petitioner_id not in people_to_know(desk, session, [petitioner_id]):
        raise NotFoundError("没有找到这位信访人，请重新查找。")
    if petitioner.anonymised_at is not None:
        raise NotFoundError("这位信访人的资料已到期匿名，不再保存。")
    return petitioner


def day_begin(day: date) -> datetime:
    """The moment that a local day begins at."""
    return datetime.combine(day, time.min, SHANGHAI)
