"""Looking up: today's visits, one search box over all, one matter with its timeline."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from onevisit.desk import masks, records
from onevisit.desk.day_list import visits_of
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.matter_file import read_matter
from onevisit.desk.sight import get_person, matters_to_know
from onevisit.desk.views import (
    AdviceLine,
    DayFigures,
    Hit,
    MatterView,
    PersonLine,
    SearchPage,
    TimelineLine,
    Today,
    VisitLine,
    VisitRow,
)
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.numbering import MatterNumber, NumberFault, VisitNumber, plain_query_code
from onevisit.store.search import MOST, Findings, find
from onevisit.store.tables import Matter, Visit

__all__ = [
    "AdviceLine",
    "DayFigures",
    "Hit",
    "MatterView",
    "PersonLine",
    "SearchPage",
    "TimelineLine",
    "Today",
    "VisitLine",
    "VisitRow",
    "full_id_number",
    "full_phone",
    "open_matter",
    "search",
    "today",
]

_NAMES_SHOWN = 3
_QUERY_CODE_LENGTH = 8


def today(desk: Desk, day: date | None = None) -> Today:
    """The visits of a local day, today unless given. Whoever may SEARCH."""
    with desk.look(Permission.SEARCH) as session:
        return visits_of(desk, session, day or local_day(desk.now()))


def search(desk: Desk, text: str, *, offset: int = 0, limit: int = 50) -> SearchPage:
    """Find matters by name, pinyin, initials, number fragment, phone, words of the matter, or a scanned slip code.

    An empty text gives the latest matters. Confidential matters are invisible without SEE_CONFIDENTIAL. Needs SEARCH.
    """
    with desk.look(Permission.SEARCH) as session:
        if not text.strip():
            return _latest(desk, session, offset, limit)
        exact = _by_whole_number(desk, session, text)
        if exact is not None:
            return SearchPage(tuple(_hits(desk, session, [] if offset else [exact])), 1, more=False)
        findings = _find(desk, session, text, offset, limit)
        found = [(one.matter_id, "、".join(kind.label for kind in one.why)) for one in findings.page]
        return SearchPage(tuple(_hits(desk, session, found)), findings.total, findings.more)


def open_matter(desk: Desk, matter_id: int) -> MatterView:
    """One matter in full. Needs SEARCH, and SEE_CONFIDENTIAL where it is confidential; then it leaves a trace.

    Raises:
        NotFoundError: it is not there, or may not be known.
    """
    with desk.look(Permission.SEARCH) as session:
        view = read_matter(session, matter_id)
    if view is None or (view.confidential and not desk.may(Permission.SEE_CONFIDENTIAL)):
        raise NotFoundError("没有找到这件事项，请重新查找。")
    if view.confidential:
        with desk.work(Permission.SEE_CONFIDENTIAL) as session:
            desk.record(session, "matter.read", "matter", matter_id)
    return view


def full_id_number(desk: Desk, petitioner_id: int) -> str:
    """The full document number; leaves a trace in the audit. Needs SEE_FULL_ID.

    Raises:
        NotFoundError: the petitioner is not there, or may not be known.
    """
    with desk.work(Permission.SEE_FULL_ID) as session:
        petitioner = get_person(desk, session, petitioner_id)
        desk.record(session, "petitioner.id_number_read", "petitioner", petitioner_id)
        return petitioner.id_number


def full_phone(desk: Desk, petitioner_id: int) -> str:
    """The full telephone number, to call the person; leaves a trace in the audit. Needs SEE_FULL_ID.

    Raises:
        NotFoundError: the petitioner is not there, or may not be known.
    """
    with desk.work(Permission.SEE_FULL_ID) as session:
        petitioner = get_person(desk, session, petitioner_id)
        desk.record(session, "petitioner.phone_read", "petitioner", petitioner_id)
        return petitioner.phone


def _latest(desk: Desk, session: Session, offset: int, limit: int) -> SearchPage:
    """The matters with the latest visits; walks back from the newest visit, so that a full store costs no more."""
    later = aliased(Visit)
    newest = ~exists().where(later.matter_id == Visit.matter_id, later.id > Visit.id)
    query = (
        select(Visit.matter_id)
        .join(Visit.matter)
        .where(newest, matters_to_know(desk))
        .order_by(Visit.id.desc())
        .limit(limit)
        .offset(offset)
    )
    some = select(Matter.id).where(matters_to_know(desk)).limit(MOST + 1).subquery()
    total = session.scalars(select(func.count()).select_from(some)).one()
    found = [(matter_id, "") for matter_id in session.scalars(query)]
    return SearchPage(tuple(_hits(desk, session, found)), min(total, MOST), total > MOST)


def _find(desk: Desk, session: Session, text: str, offset: int, limit: int) -> Findings:
    """Ask the index; where nothing is found, a query code is read as it may have been meant (Z for 2, S for 5)."""
    confidential = desk.may(Permission.SEE_CONFIDENTIAL)
    findings = find(session, text, include_confidential=confidential, limit=limit, offset=offset)
    code = plain_query_code(text)
    if findings.total or len(code) != _QUERY_CODE_LENGTH:
        return findings
    return find(session, code, include_confidential=confidential, limit=limit, offset=offset)


def _by_whole_number(desk: Desk, session: Session, text: str) -> tuple[int, str] | None:
    """The matter that a whole number names, and which kind of number it is; None for anything else.

    It decides only where it names a matter: one identity number in forty reads as a matter number, check and all.
    """
    for query, word in _whole_numbers(text):
        matter_id = session.scalars(query.where(matters_to_know(desk))).first()
        if matter_id is not None:
            return matter_id, word
    return None


def _whole_numbers(text: str) -> Iterator[tuple[Select[int], str]]:
    try:
        visit_no = str(VisitNumber.parse(text))
    except NumberFault:
        pass
    else:
        yield select(Matter.id).join(Matter.visits).where(Visit.number == visit_no), "来访编号"
    try:
        matter_no = str(MatterNumber.parse(text))
    except NumberFault:
        return
    yield select(Matter.id).where(Matter.number == matter_no), "事项编号"


def _hits(desk: Desk, session: Session, found: Sequence[tuple[int, str]]) -> Iterator[Hit]:
    ids = [matter_id for matter_id, _ in found]
    query = select(Matter).where(Matter.id.in_(ids), matters_to_know(desk)).options(*records.visitors_of_matter())
    matters = {matter.id: matter for matter in session.scalars(query)}
    return (_hit(matters[matter_id], why) for matter_id, why in found if matter_id in matters)


def _hit(matter: Matter, why: str) -> Hit:
    names = list(dict.fromkeys(masks.petitioner_name(visit) for visit in matter.visits))
    more = "等" if len(names) > _NAMES_SHOWN else ""
    return Hit(
        matter_id=matter.id,
        matter_no=matter.number,
        title=matter.title,
        classification=masks.classification_of(matter),
        petitioners="、".join(names[:_NAMES_SHOWN]) + more,
        masked_id=masks.masked_id_of(matter.visits[0]),
        last_visit=max(visit.day for visit in matter.visits),
        visits=len(matter.visits),
        open=matter.open,
        confidential=matter.confidential,
        why=why,
        anonymised=matter.anonymised_at is not None,
    )
