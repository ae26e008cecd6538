"""Petitioners: finding who is known already, keeping new ones, bringing known ones up to date."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from onevisit.desk.masks import place_of
from onevisit.rules.forms import Answer, RegistrationForm
from onevisit.rules.masking import mask_id, mask_phone
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.rules.sameness import PersonKey, PersonLikeness, compare_persons
from onevisit.store.tables import Petitioner

_LOOKED_AT = 50
"""How many who might be the same are compared at most: of the same number, then of the same name, then the newest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known petitioner who looks like the one on the form, and why."""

    petitioner: Petitioner
    likeness: PersonLikeness


def entry_of(petitioner: Petitioner) -> PersonEntry:
    """A petitioner as the form would hold them."""
    return PersonEntry(
        name=petitioner.name,
        sex=petitioner.sex,
        birth_date=petitioner.birth_date,
        ethnic_group=petitioner.ethnic_group,
        id_kind=petitioner.id_kind,
        id_number=petitioner.id_number,
        phone=petitioner.phone,
        region_code=petitioner.region_code,
        town=petitioner.town,
        address=petitioner.address,
    )


def candidates(session: Session, entry: PersonEntry) -> list[Candidate]:
    """Who may be the person entered: certain ones first, then whoever agrees in most fields, then the newest."""
    conditions = list(_conditions(entry))
    if not conditions:
        return []
    query = (
        select(Petitioner)
        .where(Petitioner.organisation.is_(False), Petitioner.anonymised_at.is_(None), or_(*conditions))
        .order_by(_nearest_first(entry), Petitioner.id.desc())
        .limit(_LOOKED_AT)
    )
    key = _key(entry)
    compared = ((one, compare_persons(key, _key(entry_of(one)))) for one in session.scalars(query))
    found = [Candidate(one, likeness) for one, likeness in compared if likeness is not None]
    # a stable sort: among equals the newest stays first
    return sorted(found, key=lambda one: (not one.likeness.certain, -len(one.likeness.reasons)))


def by_number(session: Session, numbers: Collection[str]) -> Mapping[str, Petitioner]:
    """The persons who have these document numbers; of several with one number the newest."""
    query = (
        select(Petitioner)
        .where(Petitioner.organisation.is_(False), Petitioner.id_number.in_(numbers))
        .order_by(Petitioner.id)
    )
    return {one.id_number: one for one in session.scalars(query)} if numbers else {}


def chosen(form: RegistrationForm, found: Sequence[Candidate]) -> int | None:
    """The petitioner that the lead visitor is, by number or by the clerk's answer; None while nobody is.

    The number alone decides, unless the clerk said of that very person that it is another one.
    """
    answers = {one.petitioner_id: one.answer for one in form.person_answers}
    certain = [one.petitioner for one in found if one.likeness.certain]
    for petitioner in certain:
        if answers.get(petitioner.id) is not Answer.ANOTHER:
            return petitioner.id
    return next((petitioner_id for petitioner_id, answer in answers.items() if answer is Answer.SAME), None)


def known_organisation(session: Session, name: str) -> Petitioner | None:
    """The organisation of exactly that name, if it was here before."""
    query = (
        select(Petitioner)
        .where(Petitioner.organisation, Petitioner.anonymised_at.is_(None), Petitioner.name == name)
        .order_by(Petitioner.id)
    )
    return session.scalars(query.limit(1)).first() if name else None


def new_person(entry: PersonEntry, now: datetime) -> Petitioner:
    """A person who was never here before."""
    return Petitioner(
        name=entry.name,
        sex=entry.sex,
        birth_date=entry.birth_date,
        ethnic_group=entry.ethnic_group,
        id_kind=entry.id_kind,
        id_number=entry.id_number,
        phone=entry.phone,
        region_code=entry.region_code,
        town=entry.town,
        address=entry.address,
        created_at=now,
    )


def bring_up_to_date(petitioner: Petitioner, entry: PersonEntry) -> tuple[str, ...]:
    """Take over what was newly given; what was left empty on the form stays as it was known.

    Returns:
        what changed, one clause each, the old value only masked; empty if nothing did.
    """
    return tuple(
        clause
        for clauses in (
            _name(petitioner, entry),
            _document(petitioner, entry),
            _phone(petitioner, entry),
            _address(petitioner, entry),
            _rest(petitioner, entry),
        )
        for clause in clauses
    )


def _key(person: PersonEntry) -> PersonKey:
    return PersonKey(person.name, person.id_number, person.phone, person.birth_date, person.region_code, person.town)


def _conditions(entry: PersonEntry) -> Iterator[ColumnElement[bool]]:
    """What the store must be asked so that ``compare_persons`` sees whom it would find.

    A name that is only written another way (capitals, a dot left out) is found by the telephone alone.
    """
    if entry.id_number:
        yield Petitioner.id_number == entry.id_number
    if not entry.name:
        return
    if entry.phone:
        yield Petitioner.phone == entry.phone
    same_name = Petitioner.name == entry.name
    if entry.birth_date:
        yield and_(same_name, Petitioner.birth_date == entry.birth_date)
    if entry.region_code and entry.town:
        yield and_(same_name, Petitioner.region_code == entry.region_code, Petitioner.town == entry.town)


def _nearest_first(entry: PersonEntry) -> ColumnElement[int]:
    same_number = and_(Petitioner.id_number == entry.id_number, Petitioner.id_number != "")
    return case((same_number, 0), (Petitioner.name == entry.name, 1), else_=2)


def _name(petitioner: Petitioner, entry: PersonEntry) -> Iterator[str]:
    if entry.name and entry.name != petitioner.name:
        yield f"姓名由“{petitioner.name}”改为“{entry.name}”"
        petitioner.name = entry.name


def _document(petitioner: Petitioner, entry: PersonEntry) -> Iterator[str]:
    if not entry.id_number or entry.id_number == petitioner.id_number:
        return
    old, new = mask_id(petitioner.id_number), mask_id(entry.id_number)
    if petitioner.id_number and petitioner.id_kind is IdKind.RESIDENT and entry.id_kind is not IdKind.RESIDENT:
        # the identity number stays the one that decides; the other document is only mentioned
        yield f"本次出示{entry.id_kind.label}（{new}）"
        return
    yield (
        f"证件由{petitioner.id_kind.label}（{old}）改为{entry.id_kind.label}（{new}）" if old else f"补登证件（{new}）"
    )
    petitioner.id_kind, petitioner.id_number = entry.id_kind, entry.id_number


def _phone(petitioner: Petitioner, entry: PersonEntry) -> Iterator[str]:
    if not entry.phone or entry.phone == petitioner.phone:
        return
    old, new = mask_phone(petitioner.phone), mask_phone(entry.phone)
    yield f"电话由 {old} 改为 {new}" if old else f"补登电话 {new}"
    petitioner.phone = entry.phone


def _address(petitioner: Petitioner, entry: PersonEntry) -> Iterator[str]:
    """The parts belong together: they are taken over as a whole, unless they say only what is known already."""
    given = (entry.region_code, entry.town, entry.address)
    known = (petitioner.region_code, petitioner.town, petitioner.address)
    if all(new in {"", old} for new, old in zip(given, known, strict=True)):
        return
    old_place = place_of(petitioner)
    before = f"住址有变，原住址在{old_place}" if old_place else "住址有变"
    yield before if any(known) else "补登住址"
    petitioner.region_code, petitioner.town, petitioner.address = given


def _rest(petitioner: Petitioner, entry: PersonEntry) -> Iterator[str]:
    if entry.sex not in {Sex.UNKNOWN, Sex.NOT_STATED, petitioner.sex}:
        yield f"性别登记为{entry.sex.label}"
        petitioner.sex = entry.sex
    if entry.birth_date and entry.birth_date != petitioner.birth_date:
        yield "出生日期已更正" if petitioner.birth_date else "补登出生日期"
        petitioner.birth_date = entry.birth_date
    if entry.ethnic_group and entry.ethnic_group != petitioner.ethnic_group:
        yield f"民族登记为{entry.ethnic_group}"
        petitioner.ethnic_group = entry.ethnic_group
