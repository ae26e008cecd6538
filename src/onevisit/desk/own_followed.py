"""What followed the visits, as it is given to the person it is about: a step inside ``desk.own_data``.

Only whoever spoke for a matter is given it, and never of a confidential one. The words of promises, notes, calls and
comments are given where nobody else came with the same matter on their own: they may be about the other one.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.afterwards import Afterwards, afterwards_of
from onevisit.desk.desk import Desk
from onevisit.desk.petitioners_version import version_of
from onevisit.rules.after_visit import EvaluationSubject
from onevisit.rules.clocks import show_day, show_moment
from onevisit.rules.own_data import OwnFollowed
from onevisit.rules.people import PartyRole
from onevisit.store.tables import Matter, Visit

SPEAKERS = frozenset({PartyRole.LEAD, PartyRole.REPRESENTATIVE, PartyRole.AGENT})


def followed(desk: Desk, session: Session, visits: Sequence[Visit], petitioner_id: int) -> tuple[OwnFollowed, ...]:
    """What followed the visits that a person spoke at, matter by matter; matters on which nothing did are left out."""
    ids = list(dict.fromkeys(visit.matter_id for visit in visits if _speaks(visit, petitioner_id)))
    query = select(Matter).where(Matter.id.in_(ids), Matter.confidential.is_(False))
    matters = {matter.id: matter for matter in session.scalars(query.options(*records.visitors_of_matter()))}
    found = [_matter(desk, session, matters[one], petitioner_id) for one in ids if one in matters]
    return tuple(one for one in found if one.lines)


def _speaks(visit: Visit, petitioner_id: int) -> bool:
    return any(party.petitioner_id == petitioner_id and party.role in SPEAKERS for party in visit.parties)


def _matter(desk: Desk, session: Session, matter: Matter, petitioner_id: int) -> OwnFollowed:
    leads = {party.petitioner_id for visit in matter.visits for party in visit.parties if party.role is PartyRole.LEAD}
    alone = leads <= {petitioner_id}
    steps = [f"{show_day(one.on)}{one.text}" for one in version_of(desk, session, matter).steps]
    # the registration stands in the visits already
    course = [("办理经过", step) for step in steps[1:]]
    lines = (*course, *_lines(afterwards_of(desk, session, matter), alone=alone))
    return OwnFollowed(matter.number, matter.title, lines)


def _lines(found: Afterwards, *, alone: bool) -> Iterator[tuple[str, str]]:
    def words(typed: str) -> str:
        return typed if alone else ""

    for service in reversed(found.services):
        head = f"{service.document.label} {service.document_no}".strip()
        on, how = show_day(service.on), f"{service.method}{service.outcome.label}"
        yield "送达文书", _joined(on, head, how, words(service.note))
    for promise in found.promises:
        until = f"答应{show_day(promise.due)}前办到"
        yield "承诺", _joined(until, words(promise.text), promise.words, words(promise.note))
    for call in reversed(found.calls):
        yield (
            "电话回访",
            _joined(show_moment(call.called_at), call.outcome.label, words(call.note), f"工号 {call.staff_no}"),
        )
    for one in reversed(found.evaluations):
        whom = one.organ if one.subject is EvaluationSubject.ORGAN and one.organ else one.subject.label
        yield "评价", _joined(f"{show_day(one.asked_on)}请评{whom}", words(one.words), words(one.comment))


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
