"""The people of a visit: whom of them the house knows already, what they are to the visit, what of them changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import people
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotFoundError
from onevisit.desk.people import Candidate
from onevisit.desk.sight import people_to_know
from onevisit.desk.timeline import Step, add_step
from onevisit.rules.faults import Fault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.groups import agents_of
from onevisit.rules.people import IdKind, PartyRole, PersonEntry
from onevisit.rules.registration import headcount, is_group
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import Petitioner, Visit, VisitParty


@dataclass(slots=True)
class Cast:
    """The people of the visit being saved.

    Attributes:
        parties: in their order, the organisation first; their places are given when all are there.
        changes: of each known petitioner whose particulars were brought up to date, what changed.
    """

    parties: list[VisitParty] = field(default_factory=list)
    changes: list[tuple[Petitioner, tuple[str, ...]]] = field(default_factory=list)


def gather(desk: Desk, session: Session, form: RegistrationForm, found: list[Candidate], rules: RuleSet) -> Cast:
    """Find or make everybody on a normalised form; ``rules`` says from how many people it is a group.

    Raises:
        NotFoundError: the person answered SAME is not there, or may not be known.
        FormError: the person answered SAME has another identity number.
    """
    cast = Cast()
    now = desk.now()
    if form.organisation:
        organisation = people.known_organisation(session, form.organisation)
        if organisation is None:
            organisation = Petitioner(organisation=True, name=form.organisation, created_at=now)
        cast.parties.append(VisitParty(petitioner=organisation, role=PartyRole.PRINCIPAL))
    if form.lead:
        known = _known_lead(desk, session, form, form.lead, found)
        cast.parties.append(VisitParty(petitioner=_keep(cast, form.lead, known, now), role=PartyRole.LEAD))
    group = is_group(headcount(form), rules.group_from.value)
    # nobody is asked about companions and agents, so nothing less than the same number will do
    certain = people.by_number(session, {one.id_number for one in (*form.companions, *form.agents) if one.id_number})
    for entry in form.companions:
        role = PartyRole.REPRESENTATIVE if group else PartyRole.COMPANION
        cast.parties.append(VisitParty(petitioner=_keep(cast, entry, certain.get(entry.id_number), now), role=role))
    speakers = [party for party in cast.parties if party.role is not PartyRole.PRINCIPAL]
    for party, signed in zip(speakers, form.signed, strict=False):
        party.signed = group and signed
    for agent in agents_of(form):
        known = certain.get(agent.person.id_number)
        party = VisitParty(petitioner=_keep(cast, agent.person, known, now), role=PartyRole.AGENT)
        party.agent_kind, party.papers_shown = agent.kind, list(agent.shown)
        cast.parties.append(party)
    return cast


def _keep(cast: Cast, entry: PersonEntry, known: Petitioner | None, now: datetime) -> Petitioner:
    if known is None:
        return people.new_person(entry, now)
    changes = people.bring_up_to_date(known, entry)
    if changes:
        cast.changes.append((known, changes))
    return known


def _known_lead(
    desk: Desk, session: Session, form: RegistrationForm, entry: PersonEntry, found: Sequence[Candidate]
) -> Petitioner | None:
    """Who the lead visitor is, by number or by the answer; an answer reaches nobody whom the clerk may not know."""
    lead_id = people.chosen(form, found)
    if lead_id is None:
        return None
    certain = next((one.petitioner for one in found if one.petitioner.id == lead_id and one.likeness.certain), None)
    if certain is not None:
        return certain
    known = session.get(Petitioner, lead_id)
    if (
        known is None
        or known.organisation
        or known.anonymised_at
        or lead_id not in people_to_know(desk, session, [lead_id])
    ):
        raise NotFoundError("选为“同一人”的信访人没有找到，请重新查找后再选。")
    resident = known.id_kind is IdKind.RESIDENT and entry.id_kind is IdKind.RESIDENT
    if resident and known.id_number and entry.id_number:
        # found by the answer and not by the number: the two numbers differ
        sentence = "选为“同一人”的信访人身份证号与现在填写的不同，请核对证件号，或改选“另一人”。"
        raise FormError((Fault("person_answers", sentence),))
    return known


def tell_changes(desk: Desk, session: Session, visit: Visit, cast: Cast, known_here: Collection[int]) -> None:
    """Write what changed of whom; ``known_here`` are those of them whom the clerk knew before."""
    for petitioner, changes in cast.changes:
        # of somebody who only came about what this clerk may not know, the old particulars stay unsaid
        words = "；".join(changes) if petitioner.id in known_here else "资料有更新"
        add_step(desk, session, visit, Step.PERSON_CHANGED, f"{petitioner.name}：{words}")
        desk.record(session, "petitioner.changed", "petitioner", petitioner.id, f"{visit.id}")


def matters_of(session: Session, petitioners: list[Petitioner]) -> list[int]:
    """The matters whose entry in the search index names somebody whose particulars changed."""
    if not petitioners:
        return []
    query = (
        select(Visit.matter_id)
        .join(Visit.parties)
        .where(VisitParty.petitioner_id.in_([one.id for one in petitioners]))
        .distinct()
    )
    return list(session.scalars(query))
