"""The registration form in its plain form, which is what is checked and what the store keeps."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from onevisit.rules import identity, phones, text
from onevisit.rules.forms import AgentPart, RegistrationForm
from onevisit.rules.people import PersonEntry, Sex
from onevisit.rules.visitor_faults import is_named

T = TypeVar("T")

# With the private area, where rare characters of names stand on older cards.
_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff]"
_DOTS_IN_NAMES = re.compile(rf"(?<={_HAN})[ \u3000]*[•・‧．･·.][ \u3000]*(?={_HAN})")
_BLANKS_IN_HAN_NAMES = re.compile(rf"(?<={_HAN})[ \u3000]+(?={_HAN})")


def normalise(form: RegistrationForm) -> RegistrationForm:
    """Bring a form to its plain form: what ``check`` is asked about and the store keeps.

    Every text is tidied, numbers and phones become plain, birth date and sex are filled from a good number where they
    were left empty, empty rows are dropped. An anonymous visit keeps nothing of a lead visitor.
    """
    lead = None if form.anonymous or form.lead is None else _plain_person(form.lead)
    # what stands beside a row goes with it, so rows are counted only once they are plain
    companions, agents = [*map(_plain_person, form.companions)], [*map(_plain_person, form.agents)]
    return replace(
        form,
        lead=lead,
        companions=tuple(filter(is_named, companions)),
        agents=tuple(filter(is_named, agents)),
        agent_parts=_parts(form.agent_parts, [*map(is_named, agents)], AgentPart()),
        signed=_parts(form.signed, [*([True] if lead else []), *map(is_named, companions)], False),
        materials=tuple(replace(one, name=text.tidy(one.name)) for one in form.materials if text.tidy(one.name)),
        organisation=text.tidy(form.organisation),
        respondent=text.tidy(form.respondent),
        title=text.tidy(form.title),
        summary=text.tidy_block(form.summary),
        clerk_note=text.tidy_block(form.clerk_note),
        return_note=text.tidy_block(form.return_note),
    )


def plain_name(name: str) -> str:
    """Tidy a person's name: no blanks that only pad Han characters, ``·`` as the one dot between the parts."""
    dotted = _DOTS_IN_NAMES.sub("·", text.tidy(name))
    return _BLANKS_IN_HAN_NAMES.sub("", dotted)


def speakers(form: RegistrationForm) -> tuple[PersonEntry, ...]:
    """The lead visitor and the companions: in a group visit they are its representatives."""
    return (*((form.lead,) if form.lead and not form.anonymous else ()), *form.companions)


def beside(parts: Sequence[T], people: Sequence[PersonEntry], nothing: T) -> tuple[T, ...]:
    """Give what stands beside each person in turn; ``nothing`` beside those left over."""
    return _as_many(parts, len(people), nothing)


def _parts(parts: Sequence[T], named: Sequence[bool], nothing: T) -> tuple[T, ...]:
    """What stands beside those who are named; nothing at the end is left out, so that equal forms are equal."""
    kept = [part for part, one in zip(_as_many(parts, len(named), nothing), named, strict=True) if one]
    while kept and kept[-1] == nothing:
        kept.pop()
    return tuple(kept)


def _as_many(parts: Sequence[T], count: int, nothing: T) -> tuple[T, ...]:
    return (*parts[:count], *(nothing for _ in range(count - len(parts))))


def _plain_person(person: PersonEntry) -> PersonEntry:
    person = replace(
        person,
        name=plain_name(person.name),
        ethnic_group=text.tidy(person.ethnic_group),
        id_number=identity.plain(person.id_number),
        phone=_plain_phone(person.phone),
        town=text.tidy(person.town),
        address=text.tidy(person.address),
    )
    try:
        # Without the day of today: a date that is still to come is for check to say.
        told = identity.read(person.id_kind, person.id_number, date.max)
    except identity.IdentityFault:
        return person
    sex = told.sex if person.sex in {Sex.UNKNOWN, Sex.NOT_STATED} else person.sex
    return replace(person, sex=sex, birth_date=person.birth_date or told.birth_date)


def _plain_phone(phone: str) -> str:
    try:
        return phones.read(phone)
    except phones.PhoneFault:
        return phones.plain(phone)
