"""Who and what looks the same as what stands on the registration form: shown while typing, demanded at save."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from onevisit.desk import people, records
from onevisit.desk.desk import Desk
from onevisit.desk.how_it_stands import HowItStands, how_they_stand
from onevisit.desk.masks import classification_of, place_of
from onevisit.desk.people import Candidate
from onevisit.desk.sight import matters_to_know, visits_to_know
from onevisit.desk.slip_promises import PromiseBook, promise_book
from onevisit.desk.slips import last_promise
from onevisit.desk.standing import standing_of
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.masking import mask_id, mask_phone
from onevisit.rules.people import IdKind, PartyRole, Sex
from onevisit.rules.registration import same_matter
from onevisit.rules.repeats import must_be_answered
from onevisit.rules.routes import Handling
from onevisit.rules.sameness import MatterKey, MatterLikeness, compare_matters
from onevisit.store.tables import Matter, Visit, VisitParty

AT_MOST = 5
"""How many persons, and how many matters, are asked about: more is noise."""

_MATTERS_LOOKED_AT = 50
"""How many matters of one person are compared at most; the newest first."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A petitioner who looks like the one being entered; the number is masked.

    Attributes:
        certain: the document number is the same; the number alone decides.
        reasons: why they look the same, in plain words: ``证件号相同``, ``姓名和电话相同``.
        last_visit: the day of the last visit, None if never (companions of others may have none).
        visits: how many visits this person took part in (confidential matters not counted without the right).
    """

    petitioner_id: int
    name: str
    sex: Sex
    birth_date: date | None
    id_kind: IdKind
    masked_id: str
    masked_phone: str
    place: str
    certain: bool
    reasons: tuple[str, ...]
    last_visit: date | None
    visits: int


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """A matter of a person who looks the same.

    Attributes:
        likely: how likely it is the one now told, 0 to 100; candidates come likeliest first.
        reasons: ``被反映单位相同``, ``问题属地相同``, ``标题相近`` …
        promise: the last promise made, in words, empty if none.
        must_answer: the visit cannot be saved before the clerk said whether it is this one.
        standing: state, last step and what is due next, in one line.
        refused: why it is not accepted anew; None if it is.
        stop: what speaks against dealing with it once more, with its article; it is registered all the same.
        stop_word: the same in a few words.
    """

    matter_id: int
    number: str
    title: str
    classification: str
    open: bool
    registered_on: date
    last_visit: date
    visits: int
    likely: int
    reasons: tuple[str, ...]
    promise: str
    purpose: Purpose | None = None
    content: ContentClass | None = None
    content_code: str = ""
    place_code: str = ""
    must_answer: bool = True
    standing: str = ""
    stop: str = ""
    stop_word: str = ""
    refused: Handling | None = None


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Who and what looks the same as what stands on the form now, at most five of each."""

    persons: tuple[KnownPerson, ...] = ()
    matters: tuple[KnownMatter, ...] = ()

    def __bool__(self) -> bool:
        """Whether anybody or anything looks the same."""
        return bool(self.persons or self.matters)


def look_for(desk: Desk, session: Session, form: RegistrationForm) -> Likenesses:
    """Who and what looks the same and was not answered yet; ``form`` is normalised."""
    found = people.candidates(session, form.lead) if form.lead else []
    lead_id = people.chosen(form, found) if form.lead else None
    return Likenesses(
        persons=_persons(desk, session, form, found, lead_id),
        matters=_matters(desk, session, form, lead_id),
    )


def to_answer(desk: Desk, session: Session, form: RegistrationForm) -> Likenesses:
    """What must be answered before ``form`` can be saved.

    A person of whom the number decides needs no answer, and a closed matter none, but one that is terminated does; an
    answer SAME answers for all.
    """
    seen = look_for(desk, session, form)
    persons = tuple(person for person in seen.persons if not person.certain)
    if same_matter(form) is not None:
        return Likenesses(persons)
    return Likenesses(persons, tuple(matter for matter in seen.matters if matter.must_answer))


def matter_likeness(form: RegistrationForm, matter: Matter) -> MatterLikeness:
    """How much the matter on the form looks like a known one; ``matter`` with its visits."""
    told = MatterKey(
        form.title, form.respondent, form.place_code, form.content.value if form.content else "", form.summary
    )
    fullest = max((visit.summary for visit in matter.visits), key=len, default="")
    return compare_matters(
        told, MatterKey(matter.title, matter.respondent, matter.place_code, matter.content.value, fullest)
    )


def _persons(
    desk: Desk, session: Session, form: RegistrationForm, found: Sequence[Candidate], lead_id: int | None
) -> tuple[KnownPerson, ...]:
    answered = {one.petitioner_id for one in form.person_answers}
    asked = [one for one in found if one.petitioner.id not in answered]
    if lead_id is not None:
        # it is known who it is: only that person is still shown, and nobody else offered
        asked = [one for one in asked if one.petitioner.id == lead_id]
    history = _histories(desk, session, [one.petitioner.id for one in asked])
    shown = [one for one in asked if one.petitioner.id in history][:AT_MOST]
    return tuple(_known_person(one, *history[one.petitioner.id]) for one in shown)


def _histories(desk: Desk, session: Session, petitioner_ids: Collection[int]) -> Mapping[int, tuple[int, date]]:
    """Visits and last day of those who took part in a visit that may be known; the others do not exist here."""
    comings = case((records.came_once(), Visit.id)).distinct()
    query = (
        select(VisitParty.petitioner_id, func.count(comings), func.max(Visit.day))
        .join(VisitParty.visit)
        .join(Visit.matter)
        .where(VisitParty.petitioner_id.in_(petitioner_ids), visits_to_know(desk))
        .group_by(VisitParty.petitioner_id)
    )
    if not petitioner_ids:
        return {}
    return {petitioner_id: (visits, last) for petitioner_id, visits, last in session.execute(query)}


def _known_person(one: Candidate, visits: int, last_visit: date) -> KnownPerson:
    petitioner = one.petitioner
    return KnownPerson(
        petitioner_id=petitioner.id,
        name=petitioner.name,
        sex=petitioner.sex,
        birth_date=petitioner.birth_date,
        id_kind=petitioner.id_kind,
        masked_id=mask_id(petitioner.id_number),
        masked_phone=mask_phone(petitioner.phone),
        place=place_of(petitioner),
        certain=one.likeness.certain,
        reasons=one.likeness.reasons,
        last_visit=last_visit,
        visits=visits,
    )


def _matters(desk: Desk, session: Session, form: RegistrationForm, lead_id: int | None) -> tuple[KnownMatter, ...]:
    organisation = people.known_organisation(session, form.organisation)
    owners = [one for one in (lead_id, organisation.id if organisation else None) if one is not None]
    if not owners:
        return ()
    compared = [(matter, matter_likeness(form, matter)) for matter in _matters_of(desk, session, owners)]
    # a stable sort: among equals the newest stays first
    ranked = sorted(compared, key=lambda pair: -pair[1].likely)[:AT_MOST]
    answered = {one.matter_id for one in form.matter_answers}
    asked = [(matter, like) for matter, like in ranked if matter.id not in answered]
    stand = how_they_stand(desk, session, [matter for matter, _ in asked])
    book = promise_book(session, [visit for matter, _ in asked for visit in matter.visits])
    return tuple(_known_matter(matter, like, stand[matter.id], book) for matter, like in asked)


def _matters_of(desk: Desk, session: Session, petitioner_ids: Sequence[int]) -> Sequence[Matter]:
    """What these petitioners came about themselves; what an agent brought for others is not the agent's own."""
    own = (
        select(Visit.matter_id)
        .join(Visit.parties)
        .where(VisitParty.petitioner_id.in_(petitioner_ids), VisitParty.role != PartyRole.AGENT)
    )
    query = (
        select(Matter)
        .where(Matter.id.in_(own), Matter.anonymised_at.is_(None), matters_to_know(desk))
        .order_by(Matter.open.desc(), Matter.id.desc())
        .limit(_MATTERS_LOOKED_AT)
        .options(*records.whole_matter())
    )
    return session.scalars(query).all()


def _known_matter(matter: Matter, like: MatterLikeness, stands: HowItStands, book: PromiseBook) -> KnownMatter:
    days = [visit.day for visit in matter.visits]
    return KnownMatter(
        matter_id=matter.id,
        number=matter.number,
        title=matter.title,
        classification=classification_of(matter),
        open=matter.open,
        registered_on=min(days),
        last_visit=max(days),
        visits=len(days),
        likely=like.likely,
        reasons=like.reasons,
        promise=last_promise(matter, book),
        purpose=matter.purpose,
        content=matter.content,
        content_code=matter.content_code,
        place_code=matter.place_code,
        must_answer=must_be_answered(standing_of(matter), is_open=matter.open),
        standing=stands.words,
        stop=stands.stop,
        stop_word=stands.word,
        refused=stands.refused,
    )
