"""What a matter is found by: gathered anew from the saved rows whenever one of them changed."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.rules.regions import join_address, name_of
from onevisit.store.search import MatterDocument, forget_matter, index_matter
from onevisit.store.tables import Consultation, Matter, Petitioner


def reindex(session: Session, matter_ids: Collection[int]) -> None:
    """Bring the search index up to date for matters, in the transaction that changed them."""
    session.flush()
    query = select(Matter).where(Matter.id.in_(set(matter_ids))).options(*records.whole_matter())
    matters = session.scalars(query).all()
    advised = records.consultations(session, [visit.id for matter in matters for visit in matter.visits])
    for matter in matters:
        if matter.anonymised_at is not None:
            # people who are still known may stand in it no more
            forget_matter(session, matter.id)
            continue
        own = (advised[visit.id] for visit in matter.visits if visit.id in advised)
        index_matter(session, matter.id, _document(matter, own))


def _document(matter: Matter, advised: Iterable[Consultation]) -> MatterDocument:
    people = list({party.petitioner_id: party.petitioner for v in matter.visits for party in v.parties}.values())
    return MatterDocument(
        names=_distinct(one.name for one in people),
        id_numbers=_distinct(one.id_number for one in people),
        phones=_distinct(one.phone for one in people),
        numbers=(matter.number, matter.query_code, *(visit.number for visit in matter.visits)),
        words=_distinct(_words(matter, people, advised)),
    )


def _words(matter: Matter, people: Iterable[Petitioner], advised: Iterable[Consultation]) -> Iterator[str]:
    """Whatever a clerk may remember; of a lawyer only what was signed, and never the working notes."""
    yield from (matter.title, matter.respondent, name_of(matter.place_code))
    for visit in matter.visits:
        yield from (visit.summary, visit.clerk_note, visit.return_note)
        yield from (material.name for material in visit.materials)
    for one in people:
        yield join_address(one.region_code, one.town, one.address)
    for consultation in advised:
        if consultation.signed_at is not None:
            yield from (consultation.facts, consultation.advice, consultation.basis)
            yield from (addendum.text for addendum in consultation.addenda)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
