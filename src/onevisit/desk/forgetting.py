"""What is left of a matter that is past its retention: numbers, days, classes, district and counts, and nobody.

Kept, so that figures stay right: the numbers of matter, visits and slips; days and moments; purpose, content class and
district; headcount, ordinal, reply method, return reason, outcomes; kinds and pages of what was handed in; names of
organs; who of the staff did what. Everything that tells of a person or was said by one goes: names, numbers, addresses,
and also sex, date of birth, ethnic group and kind of document, since no figure of the window needs them
(个人信息保护法 第6条), and together with day and district they could point to somebody; titles and every free text; the
answers to the assistant of the route; the frozen slips, and the digest of their PDF files, which would prove a
guess. Of a residence the district stays.

Somebody who came about another matter that is still kept stays known there; in the matter that is forgotten a nameless
stand-in takes the place, so that nobody can see any more that it was this person's.

The audit trail keeps its entries: they hold ids and codes only, and it may never be changed.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import read_registration, registration_content
from onevisit.desk.errors import DeskFault
from onevisit.desk.forgetting_life import forget_life
from onevisit.desk.policy import policy_of
from onevisit.desk.timeline import label_of
from onevisit.rules.keeping import DraftKind
from onevisit.rules.people import IdKind, Sex
from onevisit.rules.retention import FORGOTTEN
from onevisit.store.search import forget_matter
from onevisit.store.tables import (
    Consultation,
    Draft,
    Matter,
    Petitioner,
    SamenessAnswer,
    Slip,
    TimelineEntry,
    Visit,
    VisitParty,
)


def forget(desk: Desk, session: Session, matter: Matter) -> frozenset[int]:
    """Anonymise one matter in the caller's transaction; for good.

    Gives the people who are forgotten with it.

    Args:
        desk: who acts, and when.
        session: the transaction.
        matter: loaded with ``records.whole_matter``, not anonymised yet.
    """
    visit_ids = [visit.id for visit in matter.visits]
    gone = _forget_people(desk, session, matter)
    for visit in matter.visits:
        visit.summary = visit.clerk_note = visit.return_note = ""
        for material in visit.materials:
            material.name = FORGOTTEN
        for party in visit.parties:
            party.papers_shown = []
    _forget_advice(session, records.consultations(session, visit_ids).values())
    for slips in records.slips(session, visit_ids).values():
        _forget_slips(slips)
    for entry in session.scalars(select(TimelineEntry).where(TimelineEntry.matter_id == matter.id)):
        entry.text = label_of(entry.kind)
    forget_life(session, matter.id, visit_ids)
    session.execute(delete(SamenessAnswer).where(SamenessAnswer.visit_id.in_(visit_ids)))
    session.execute(update(SamenessAnswer).where(SamenessAnswer.matter_id == matter.id).values(reasons=""))
    matter.title, matter.respondent, matter.query_code = FORGOTTEN, "", ""
    matter.anonymised_at = desk.now()
    forms = [kind for kind in DraftKind if kind.of_matter]
    session.execute(delete(Draft).where(Draft.kind.in_(forms), Draft.subject_id == matter.id))
    forget_matter(session, matter.id)
    return gone


def forget_in_drafts(session: Session, matter_ids: Collection[int], petitioner_ids: Collection[int]) -> None:
    """Take out of half-typed registrations what was shown of matters and people that are forgotten now.

    What was typed stays: it belongs to a visit of today.
    """
    for row in session.scalars(select(Draft).where(Draft.kind == DraftKind.REGISTRATION)):
        try:
            draft = read_registration(row.content)
        except DeskFault:
            # of another version of the program; it goes when it is old
            continue
        form = replace(
            draft.form,
            person_answers=tuple(one for one in draft.form.person_answers if one.petitioner_id not in petitioner_ids),
            matter_answers=tuple(one for one in draft.form.matter_answers if one.matter_id not in matter_ids),
        )
        persons = tuple(one for one in draft.persons if one.petitioner_id not in petitioner_ids)
        matters = tuple(one for one in draft.matters if one.matter_id not in matter_ids)
        row.content = registration_content(replace(draft, form=form, persons=persons, matters=matters))


def drop_old_drafts(desk: Desk, session: Session) -> None:
    """Drop what nobody went on with for ``Policy.keep_draft_days``: whom it tells of cannot be asked of it."""
    oldest = desk.now() - timedelta(days=policy_of(session).keep_draft_days)
    for draft in session.scalars(select(Draft).where(Draft.kept_at < oldest)):
        session.delete(draft)
        desk.record(session, "draft.dropped", "draft", draft.id, draft.kind.value)


def _forget_people(desk: Desk, session: Session, matter: Matter) -> frozenset[int]:
    parties = [party for visit in matter.visits for party in visit.parties]
    people = {party.petitioner_id: party.petitioner for party in parties}
    known_elsewhere = _known_elsewhere(session, matter, people)
    stand_ins = {one: _stand_in(desk, matter, people[one]) for one in known_elsewhere}
    for party in parties:
        if party.petitioner_id in stand_ins:
            party.petitioner = stand_ins[party.petitioner_id]
    gone = people.keys() - known_elsewhere
    for petitioner_id in gone:
        _blank(people[petitioner_id])
        people[petitioner_id].anonymised_at = desk.now()
    session.execute(update(SamenessAnswer).where(SamenessAnswer.petitioner_id.in_(gone)).values(reasons=""))
    return frozenset(gone)


def _known_elsewhere(session: Session, matter: Matter, petitioner_ids: Collection[int]) -> frozenset[int]:
    """Those who came about another matter that is still kept."""
    query = (
        select(VisitParty.petitioner_id)
        .join(VisitParty.visit)
        .join(Visit.matter)
        .where(VisitParty.petitioner_id.in_(petitioner_ids), Matter.id != matter.id, Matter.anonymised_at.is_(None))
    )
    return frozenset(session.scalars(query))


def _stand_in(desk: Desk, matter: Matter, petitioner: Petitioner) -> Petitioner:
    return Petitioner(
        organisation=petitioner.organisation,
        name=FORGOTTEN,
        region_code=petitioner.region_code,
        created_at=matter.registered_at,
        anonymised_at=desk.now(),
    )


def _blank(petitioner: Petitioner) -> None:
    petitioner.name = FORGOTTEN
    petitioner.sex, petitioner.birth_date, petitioner.ethnic_group = Sex.UNKNOWN, None, ""
    petitioner.id_kind, petitioner.id_number, petitioner.phone = IdKind.RESIDENT, "", ""
    petitioner.town = petitioner.address = ""


def _forget_advice(session: Session, consultations: Iterable[Consultation]) -> None:
    for consultation in consultations:
        consultation.facts = consultation.basis = consultation.working_notes = ""
        # a signed one always has advice: the store insists
        consultation.advice = "" if consultation.signed_at is None else FORGOTTEN
        for addendum in consultation.addenda:
            addendum.text = FORGOTTEN
        half_typed = (Draft.kind == DraftKind.ADDENDUM, Draft.subject_id == consultation.id)
        session.execute(delete(Draft).where(*half_typed))


def _forget_slips(slips: Iterable[Slip]) -> None:
    for slip in slips:
        slip.frozen = ""
        for copy in slip.copies:
            copy.pdf_digest = None
