"""What is at fault with the people on the registration form, one by one; how many there may be is said elsewhere."""

import unicodedata
from collections.abc import Iterator
from datetime import date

from onevisit.rules import identity, phones, regions, text
from onevisit.rules.articles import REGISTRATION
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry, Sex
from onevisit.rules.rulesets import RuleSet

NAME_AT_MOST = 100
ADDRESS_AT_MOST = 200


def people_faults(form: RegistrationForm, today: date, rules: RuleSet) -> Iterator[Fault]:
    """Say what is at fault with the lead visitor, the companions and the agents, in the order of the page."""
    if not form.anonymous:
        yield from _lead(form, today, rules)
    seen = {identity.plain(form.lead.id_number)} if form.lead and not form.anonymous else set[str]()
    for row, people, word in (("companions", form.companions, "随访人"), ("agents", form.agents, "代理人")):
        for place, person in enumerate(people):
            if not is_named(person):
                continue
            path = f"{row}.{place}"
            if not text.tidy(person.name):
                yield Fault(f"{path}.name", f"第 {place + 1} 位{word}没有姓名，请填写，或删去这一行。")
            yield from _person(path, person, today)
            number = identity.plain(person.id_number)
            if number and number in seen:
                yield Fault(f"{path}.id_number", "这个证件号与前面一位相同，请核对，或删去重复的一行。")
            seen.add(number)


def _lead(form: RegistrationForm, today: date, rules: RuleSet) -> Iterator[Fault]:
    if form.lead is None or not text.tidy(form.lead.name):
        whose = "代表该单位来访的人的姓名" if form.organisation.strip() else "主访人姓名"
        yield Fault("lead.name", f"请填写{whose}；不愿留姓名的，请勾选“匿名”。", REGISTRATION.under(rules))
    if form.lead is not None:
        yield from _person("lead", form.lead, today)


def _person(path: str, person: PersonEntry, today: date) -> Iterator[Fault]:
    yield from name_faults(f"{path}.name", person.name, "姓名")
    yield from _identity(path, person, today)
    if person.phone.strip():
        try:
            phones.read(person.phone)
        except phones.PhoneFault as fault:
            yield Fault(f"{path}.phone", _sentence(fault))
    if person.region_code and not regions.is_known(person.region_code):
        yield Fault(f"{path}.region_code", "住址的区（市）不在列表中，请重新选择。")
    yield from length_faults(f"{path}.ethnic_group", person.ethnic_group, 20, "民族")
    yield from length_faults(f"{path}.town", person.town, 60, "镇街")
    yield from length_faults(f"{path}.address", person.address, ADDRESS_AT_MOST, "住址")


def name_faults(field: str, name: str, word: str) -> Iterator[Fault]:
    """Anything may stand in a name, for it is printed as typed; but some letter must be in it."""
    name = text.tidy(name)
    if name and not any(_is_letter(character) for character in name):
        yield Fault(field, f"{word}里没有文字（现为“{name[:20]}”），请核对。")
    yield from length_faults(field, name, NAME_AT_MOST, word)


def _is_letter(character: str) -> bool:
    # Co and Cn: rare characters of names that stand in the private area or are younger than the tables of Python.
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Co", "Cn"}


def _identity(path: str, person: PersonEntry, today: date) -> Iterator[Fault]:
    if person.birth_date and person.birth_date > today:
        yield Fault(f"{path}.birth_date", "出生日期在今天之后，请核对。")
    if not identity.plain(person.id_number):
        return
    try:
        told = identity.read(person.id_kind, person.id_number, today)
    except identity.IdentityFault as fault:
        yield Fault(f"{path}.id_number", _sentence(fault))
        return
    if told.birth_date and person.birth_date and told.birth_date != person.birth_date:
        said = show_day(told.birth_date)
        yield Fault(f"{path}.birth_date", f"出生日期与证件号不一致（证件号上是{said}），请对照证件改正其中一个。")
    if told.sex is not Sex.UNKNOWN and person.sex in {Sex.MALE, Sex.FEMALE} and told.sex is not person.sex:
        said = told.sex.label
        yield Fault(f"{path}.sex", f"性别与证件号不一致（证件号上是“{said}”），请对照证件改正其中一个。")


def is_named(person: PersonEntry) -> bool:
    """Whether a row says anything about somebody."""
    # A kind of document or a sex alone is what an untouched row holds.
    return any(part.strip() for part in (person.name, person.id_number, person.phone, person.town, person.address))


def _sentence(fault: ValueError) -> str:
    said = str(fault)
    return said if said.endswith(("。", "！", "？")) else f"{said}。"
