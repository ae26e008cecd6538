"""The registration form: bringing it to its plain form, and what is at fault with it, field by field.

A fault stops the save. What only would make somebody come again is no fault: ``rules.readiness`` says it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from onevisit.rules import identity, phones, regions, text
from onevisit.rules.classification import ReplyMethod
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault
from onevisit.rules.forms import Answer, MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry, Sex

REPRESENTATIVES_AT_MOST = 5
"""信访工作条例 (2022), article 20."""

AGENTS_AT_MOST = 2
"""山东省信访条例 (2015), article 28."""

GROUP_FROM = 5
"""集体访: from how many people a visit counts as one of a group; a usual figure, 示例，以本地文件为准."""

HEADCOUNT_AT_MOST = 9999
NAME_AT_MOST = 100
TITLE_AT_MOST = 60
SUMMARY_AT_MOST = 20_000
RESPONDENT_AT_MOST = 200
ADDRESS_AT_MOST = 200
NOTE_AT_MOST = 2_000
MATERIALS_AT_MOST = 50
PAGES_AT_MOST = 9999

ARTICLE_REGISTRATION = "《信访工作条例》第十九条"
ARTICLE_REPRESENTATIVES = "《信访工作条例》第二十条"
ARTICLE_AGENTS = "《山东省信访条例》第二十八条"

_READING_ORDER = (
    *("anonymous", "lead", "organisation", "person_answers", "matter_answers", "return_reason", "return_note"),
    *("purpose", "content", "place_code", "title", "summary", "respondent", "reply_by", "companions", "agents"),
    *("headcount", "materials", "clerk_note"),
)
# With the private area, where rare characters of names stand on older cards.
_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff]"
_DOTS_IN_NAMES = re.compile(rf"(?<={_HAN})[ \u3000]*[•・‧．･·.][ \u3000]*(?={_HAN})")
_BLANKS_IN_HAN_NAMES = re.compile(rf"(?<={_HAN})[ \u3000]+(?={_HAN})")


def is_group(headcount: int) -> bool:
    """Whether that many people make a group visit (集体访); the figure is ``GROUP_FROM``."""
    return headcount >= GROUP_FROM


def headcount(form: RegistrationForm) -> int:
    """How many people are present: as entered, else as many as are named.

    With an agent the lead visitor is taken to be absent; an anonymous visit counts one.
    """
    return form.headcount if form.headcount is not None else max(1, _present(form))


def reply_phone(form: RegistrationForm) -> str:
    """Give the number by which the answer reaches the visitor: the lead visitor's, else an agent's; empty if none."""
    speakers = (*((form.lead,) if form.lead else ()), *form.agents)
    return next((phones.plain(one.phone) for one in speakers if one.phone.strip()), "")


def full_address(person: PersonEntry | None) -> str:
    """Write a person's address in full; empty while only the district is known, for no letter arrives by that."""
    if person is None or not (person.town or person.address):
        return ""
    return regions.join_address(person.region_code, person.town, person.address)


def too_many_representatives(field: str, count: int, at_most: int = REPRESENTATIVES_AT_MOST) -> Iterator[Fault]:
    """Refuse one representative more than there may be (article 20).

    Args:
        field: where it stands.
        count: how many there are.
        at_most: what the rule set allows.
    """
    if count > at_most:
        sentence = f"推选的代表不得超过 {at_most} 人（现为 {count} 人），请减到 {at_most} 人，其余人只计入人数。"
        yield Fault(field, sentence, ARTICLE_REPRESENTATIVES)


def too_many_agents(field: str, count: int, at_most: int = AGENTS_AT_MOST) -> Iterator[Fault]:
    """Refuse one agent more than there may be (山东省信访条例, article 28).

    Args:
        field: where it stands.
        count: how many there are.
        at_most: what the rule set allows.
    """
    if count > at_most:
        sentence = f"代理人只能是 1 至 {at_most} 人（现为 {count} 人），请减到 {at_most} 人。"
        yield Fault(field, sentence, ARTICLE_AGENTS)


def same_matter(form: RegistrationForm) -> int | None:
    """Give the id of the matter that the clerk answered SAME about; None for a new matter."""
    return next((one.matter_id for one in form.matter_answers if one.answer is Answer.SAME), None)


def normalise(form: RegistrationForm) -> RegistrationForm:
    """Bring a form to its plain form: what ``check`` is asked about and the store keeps.

    Every text is tidied, numbers and phones become plain, birth date and sex are filled from a good number where they
    were left empty, empty rows are dropped. An anonymous visit keeps nothing of a lead visitor.
    """
    lead = None if form.anonymous or form.lead is None else _plain_person(form.lead)
    return replace(
        form,
        lead=lead,
        companions=_plain_people(form.companions),
        agents=_plain_people(form.agents),
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


def check(form: RegistrationForm, today: date) -> tuple[Fault, ...]:
    """Say everything that is at fault with a form, in the reading order of the page.

    Works on a form as typed and on a normalised one; the rows in the field paths are those of ``form``.

    Args:
        form: what the page holds.
        today: the local day.
    """
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _anonymity(form),
        lambda: _people(form, today),
        lambda: _organisation(form),
        lambda: _answers(form),
        lambda: _matter(form),
        lambda: _reply(form),
        lambda: _numbers_of_people(form),
        lambda: _materials(form),
    )
    faults = [fault for one in checks for fault in one()]
    return tuple(sorted(faults, key=lambda fault: _READING_ORDER.index(fault.field.partition(".")[0])))


def _present(form: RegistrationForm) -> int:
    named = sum(map(_is_named, form.companions))
    agents = sum(map(_is_named, form.agents))
    lead = 0 if agents or form.lead is None or form.anonymous else 1
    return lead + named + agents


def _plain_people(people: tuple[PersonEntry, ...]) -> tuple[PersonEntry, ...]:
    return tuple(plain for plain in map(_plain_person, people) if _is_named(plain))


def _is_named(person: PersonEntry) -> bool:
    # A kind of document or a sex alone is what an untouched row holds.
    return any(part.strip() for part in (person.name, person.id_number, person.phone, person.town, person.address))


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


def _anonymity(form: RegistrationForm) -> Iterator[Fault]:
    if not form.anonymous:
        return
    if any(map(_is_named, form.companions)):
        yield Fault("companions", "匿名来访不登记随访人，请删去随访人，或取消“匿名”。")
    if any(map(_is_named, form.agents)):
        yield Fault("agents", "匿名来访不能有代理人，请删去代理人，或取消“匿名”后填写委托人。")
    if form.organisation.strip():
        yield Fault("organisation", "匿名来访不填单位名称，请清空，或取消“匿名”。")


def _people(form: RegistrationForm, today: date) -> Iterator[Fault]:
    if not form.anonymous:
        yield from _lead(form, today)
    seen = {identity.plain(form.lead.id_number)} if form.lead and not form.anonymous else set[str]()
    for row, people, word in (("companions", form.companions, "随访人"), ("agents", form.agents, "代理人")):
        for place, person in enumerate(people):
            if not _is_named(person):
                continue
            path = f"{row}.{place}"
            if not text.tidy(person.name):
                yield Fault(f"{path}.name", f"第 {place + 1} 位{word}没有姓名，请填写，或删去这一行。")
            yield from _person(path, person, today)
            number = identity.plain(person.id_number)
            if number and number in seen:
                yield Fault(f"{path}.id_number", "这个证件号与前面一位相同，请核对，或删去重复的一行。")
            seen.add(number)


def _lead(form: RegistrationForm, today: date) -> Iterator[Fault]:
    if form.lead is None or not text.tidy(form.lead.name):
        whose = "代表该单位来访的人的姓名" if form.organisation.strip() else "主访人姓名"
        yield Fault("lead.name", f"请填写{whose}；不愿留姓名的，请勾选“匿名”。", ARTICLE_REGISTRATION)
    if form.lead is not None:
        yield from _person("lead", form.lead, today)


def _person(path: str, person: PersonEntry, today: date) -> Iterator[Fault]:
    yield from _name(f"{path}.name", person.name, "姓名")
    yield from _identity(path, person, today)
    if person.phone.strip():
        try:
            phones.read(person.phone)
        except phones.PhoneFault as fault:
            yield Fault(f"{path}.phone", _sentence(fault))
    if person.region_code and not regions.is_known(person.region_code):
        yield Fault(f"{path}.region_code", "住址的区（市）不在列表中，请重新选择。")
    yield from _length(f"{path}.ethnic_group", person.ethnic_group, 20, "民族")
    yield from _length(f"{path}.town", person.town, 60, "镇街")
    yield from _length(f"{path}.address", person.address, ADDRESS_AT_MOST, "住址")


def _name(field: str, name: str, word: str) -> Iterator[Fault]:
    """Anything may stand in a name, for it is printed as typed; but some letter must be in it."""
    name = text.tidy(name)
    if name and not any(_is_letter(character) for character in name):
        yield Fault(field, f"{word}里没有文字（现为“{name[:20]}”），请核对。")
    yield from _length(field, name, NAME_AT_MOST, word)


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


def _organisation(form: RegistrationForm) -> Iterator[Fault]:
    yield from _name("organisation", form.organisation, "单位名称")


def _answers(form: RegistrationForm) -> Iterator[Fault]:
    if sum(one.answer is Answer.SAME for one in form.person_answers) > 1:
        yield Fault("person_answers", "有两个人都选了“同一人”，请只留一个，其余选“另一人”。")
    same = sum(one.answer is Answer.SAME for one in form.matter_answers)
    if same > 1:
        yield Fault("matter_answers", "有两件事都选了“同一件事”，请只留一件，其余选“另一件事”。")
    if same and form.return_reason is None:
        yield Fault("return_reason", "这是再次来访，请选择来访人为什么又要跑一趟。")
    yield from _length("return_note", form.return_note, NOTE_AT_MOST, "再次来访说明")


def _matter(form: RegistrationForm) -> Iterator[Fault]:
    if form.purpose is None:
        yield Fault("purpose", "请选择信访目的。")
    if form.content is None:
        yield Fault("content", "请选择内容分类。")
    if form.place_code and not regions.is_known(form.place_code):
        yield Fault("place_code", "问题属地不在列表中，请重新选择。")
    if not text.tidy(form.title):
        yield Fault("title", "请填写标题，用一句话说明是什么事。")
    if not text.tidy_block(form.summary).strip():
        yield Fault("summary", "请写明来访人的请求、事实和理由；口头说的，请如实记录。", ARTICLE_REGISTRATION)
    yield from _length("title", form.title, TITLE_AT_MOST, "标题", "，细节请写到内容里")
    yield from _length("summary", form.summary, SUMMARY_AT_MOST, "内容", "，其余请作为材料收下")
    yield from _length("respondent", form.respondent, RESPONDENT_AT_MOST, "被反映单位（人）")
    yield from _length("clerk_note", form.clerk_note, NOTE_AT_MOST, "备注")


def _reply(form: RegistrationForm) -> Iterator[Fault]:
    if form.reply_by is None:
        yield Fault("reply_by", "请选择怎样把结果告诉来访人；匿名来访选“无”。")
        return
    way = form.reply_by
    if form.anonymous and way not in {ReplyMethod.NONE, ReplyMethod.ON_THE_SPOT}:
        yield Fault("reply_by", f"匿名来访没有留下联系方式，不能用“{way.label}”答复，请改选“当场”或“无”。")
    elif way in {ReplyMethod.PHONE, ReplyMethod.MESSAGE} and not reply_phone(form):
        yield Fault("lead.phone", f"选了{way.label}答复，却没有电话号码，请填写号码，或改选别的答复方式。")


def _numbers_of_people(form: RegistrationForm) -> Iterator[Fault]:
    visitors = (form.lead is not None and not form.anonymous) + sum(map(_is_named, form.companions))
    yield from too_many_representatives("companions", visitors)
    yield from too_many_agents("agents", sum(map(_is_named, form.agents)))
    if form.headcount is None:
        return
    if not 1 <= form.headcount <= HEADCOUNT_AT_MOST:
        yield Fault("headcount", f"来访人数应在 1 至 {HEADCOUNT_AT_MOST} 之间（现为 {form.headcount}），请改正。")
    elif form.headcount < _present(form):
        yield Fault(
            "headcount",
            f"来访人数是 {form.headcount} 人，少于已登记姓名的 {_present(form)} 人，请改正人数，或清空后由程序计算。",
        )


def _materials(form: RegistrationForm) -> Iterator[Fault]:
    if len(form.materials) > MATERIALS_AT_MOST:
        yield Fault(
            "materials", f"材料有 {len(form.materials)} 项，最多 {MATERIALS_AT_MOST} 项，请把同类材料合为一项。"
        )
    for place, one in enumerate(form.materials):
        yield from _material(f"materials.{place}", one)


def _material(path: str, one: MaterialEntry) -> Iterator[Fault]:
    if not text.tidy(one.name) and one.pages:
        yield Fault(f"{path}.name", "这份材料有页数，没有名称，请填写名称。")
    yield from _length(f"{path}.name", one.name, NAME_AT_MOST, "材料名称")
    if not 0 <= one.pages <= PAGES_AT_MOST:
        yield Fault(f"{path}.pages", f"页数应在 0 至 {PAGES_AT_MOST} 之间（0 表示未点数），请改正。")


def _length(field: str, value: str, at_most: int, word: str, advice: str = "") -> Iterator[Fault]:
    length = text.visible_length(value)
    if length > at_most:
        yield Fault(field, f"{word}有 {length} 字，最多 {at_most} 字，请缩短{advice}。")


def _sentence(fault: ValueError) -> str:
    said = str(fault)
    return said if said.endswith(("。", "！", "？")) else f"{said}。"
