"""The registration form: bringing it to its plain form, and what is at fault with it, field by field.

A fault stops the save. What only would make somebody come again is no fault: ``rules.readiness`` says it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from onevisit.rules import content_tree, phones, regions, text
from onevisit.rules.articles import REGISTRATION
from onevisit.rules.classification import ReplyMethod
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.forms import Answer, MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.rules.plain_form import beside, normalise, plain_name, speakers
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import RuleSet, source
from onevisit.rules.visitor_faults import (
    ADDRESS_AT_MOST,
    NAME_AT_MOST,
    is_named,
    name_faults,
    people_faults,
)

__all__ = [
    "ADDRESS_AT_MOST",
    "GROUP_FROM",
    "NAME_AT_MOST",
    "beside",
    "check",
    "full_address",
    "headcount",
    "is_group",
    "normalise",
    "plain_name",
    "reply_phone",
    "representatives_at_most",
    "respondents",
    "same_matter",
    "speakers",
    "too_many_representatives",
]

GROUP_FROM = 5
"""集体访: from how many people a visit counts as one of a group; a usual figure, 示例，以本地文件为准."""

HEADCOUNT_AT_MOST = 9999
TITLE_AT_MOST = 60
SUMMARY_AT_MOST = 20_000
RESPONDENT_AT_MOST = 200
NOTE_AT_MOST = 2_000
MATERIALS_AT_MOST = 50
PAGES_AT_MOST = 9999

_READING_ORDER = (
    *("anonymous", "lead", "organisation", "person_answers", "matter_answers", "return_reason", "return_note"),
    *("purpose", "content", "content_code", "place_code", "title", "summary", "respondent", "reply_by"),
    *("companions", "agents", "headcount", "materials", "clerk_note"),
)
_BETWEEN_RESPONDENTS = re.compile("[、；;\n]")


def is_group(headcount: int, group_from: int = GROUP_FROM) -> bool:
    """Whether that many people make a group visit (集体访); ``group_from`` is the figure of the rule set."""
    return headcount >= group_from


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


def respondents(respondent: str) -> tuple[str, ...]:
    """Part the names that stand in the one field: a joint matter is about several, ``市自然资源和规划局、某镇政府``."""
    return tuple(one for one in map(text.tidy, _BETWEEN_RESPONDENTS.split(respondent)) if one)


def representatives_at_most(form: RegistrationForm, rules: RuleSet) -> int:
    """How many may speak for those who came; a province may allow a small group fewer."""
    present = headcount(form)
    group = is_group(present, rules.group_from.value)
    return rules.representatives_at_most(present) if group else rules.representatives.value


def too_many_representatives(field: str, count: int, at_most: int, article: str) -> Iterator[Fault]:
    """Refuse one representative more than the rule set allows."""
    if count > at_most:
        sentence = f"推选的代表不得超过 {at_most} 人（现为 {count} 人），请减到 {at_most} 人，其余人只计入人数。"
        yield Fault(field, sentence, article)


def same_matter(form: RegistrationForm) -> int | None:
    """Give the id of the matter that the clerk answered SAME about; None for a new matter."""
    return next((one.matter_id for one in form.matter_answers if one.answer is Answer.SAME), None)


def check(form: RegistrationForm, today: date, rules: RuleSet = RULES_2022) -> tuple[Fault, ...]:
    """Say everything that is at fault with a form, in the reading order of the page.

    Works on a form as typed and on a normalised one; the rows in the field paths are those of ``form``.

    Args:
        form: what the page holds.
        today: the local day.
        rules: the set of the visit's day, for the limits that vary.
    """
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _anonymity(form),
        lambda: people_faults(form, today, rules),
        lambda: _organisation(form),
        lambda: _answers(form),
        lambda: _matter(form, rules),
        lambda: _reply(form),
        lambda: _numbers_of_people(form, rules),
        lambda: _materials(form),
    )
    faults = [fault for one in checks for fault in one()]
    return tuple(sorted(faults, key=lambda fault: _READING_ORDER.index(fault.field.partition(".")[0])))


def _present(form: RegistrationForm) -> int:
    named = sum(map(is_named, form.companions))
    agents = sum(map(is_named, form.agents))
    lead = 0 if agents or form.lead is None or form.anonymous else 1
    return lead + named + agents


def _anonymity(form: RegistrationForm) -> Iterator[Fault]:
    if not form.anonymous:
        return
    if any(map(is_named, form.companions)):
        yield Fault("companions", "匿名来访不登记随访人，请删去随访人，或取消“匿名”。")
    if any(map(is_named, form.agents)):
        yield Fault("agents", "匿名来访不能有代理人，请删去代理人，或取消“匿名”后填写委托人。")
    if form.organisation.strip():
        yield Fault("organisation", "匿名来访不填单位名称，请清空，或取消“匿名”。")


def _organisation(form: RegistrationForm) -> Iterator[Fault]:
    yield from name_faults("organisation", form.organisation, "单位名称")


def _answers(form: RegistrationForm) -> Iterator[Fault]:
    if sum(one.answer is Answer.SAME for one in form.person_answers) > 1:
        yield Fault("person_answers", "有两个人都选了“同一人”，请只留一个，其余选“另一人”。")
    same = sum(one.answer is Answer.SAME for one in form.matter_answers)
    if same > 1:
        yield Fault("matter_answers", "有两件事都选了“同一件事”，请只留一件，其余选“另一件事”。")
    if same and form.return_reason is None:
        yield Fault("return_reason", "这是再次来访，请选择来访人为什么又要跑一趟。")
    yield from length_faults("return_note", form.return_note, NOTE_AT_MOST, "再次来访说明")


def _matter(form: RegistrationForm, rules: RuleSet) -> Iterator[Fault]:
    if form.purpose is None:
        yield Fault("purpose", "请选择信访目的。")
    if form.content is None:
        yield Fault("content", "请选择内容分类。")
    elif form.content_code and content_tree.first_level(form.content_code) is not form.content:
        yield Fault("content_code", f"细类不属于“{form.content.label}”，请重新选择，或者清空。")
    if form.place_code and not regions.is_known(form.place_code):
        yield Fault("place_code", "问题属地不在列表中，请重新选择。")
    if not text.tidy(form.title):
        yield Fault("title", "请填写标题，用一句话说明是什么事。")
    if not text.tidy_block(form.summary).strip():
        yield Fault("summary", "请写明来访人的请求、事实和理由；口头说的，请如实记录。", REGISTRATION.under(rules))
    yield from length_faults("title", form.title, TITLE_AT_MOST, "标题", "，细节请写到内容里")
    yield from length_faults("summary", form.summary, SUMMARY_AT_MOST, "内容", "，其余请作为材料收下")
    yield from length_faults("respondent", form.respondent, RESPONDENT_AT_MOST, "被反映单位（人）")
    yield from length_faults("clerk_note", form.clerk_note, NOTE_AT_MOST, "备注")


def _reply(form: RegistrationForm) -> Iterator[Fault]:
    if form.reply_by is None:
        yield Fault("reply_by", "请选择怎样把结果告诉来访人；匿名来访选“无”。")
        return
    way = form.reply_by
    if form.anonymous and way not in {ReplyMethod.NONE, ReplyMethod.ON_THE_SPOT}:
        yield Fault("reply_by", f"匿名来访没有留下联系方式，不能用“{way.label}”答复，请改选“当场”或“无”。")
    elif way in {ReplyMethod.PHONE, ReplyMethod.MESSAGE} and not reply_phone(form):
        yield Fault("lead.phone", f"选了{way.label}答复，却没有电话号码，请填写号码，或改选别的答复方式。")


def _numbers_of_people(form: RegistrationForm, rules: RuleSet) -> Iterator[Fault]:
    visitors = (form.lead is not None and not form.anonymous) + sum(map(is_named, form.companions))
    figure, agents = rules.representatives, rules.agents
    at_most = representatives_at_most(form, rules)
    yield from too_many_representatives("companions", visitors, at_most, source(figure.article, example=figure.example))
    named = sum(map(is_named, form.agents))
    if named > agents.value:
        said = f"代理人只能是 1 至 {agents.value} 人（现为 {named} 人），请减到 {agents.value} 人。"
        yield Fault("agents", said, source(agents.article, example=agents.example))
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
    yield from length_faults(f"{path}.name", one.name, NAME_AT_MOST, "材料名称")
    if not 0 <= one.pages <= PAGES_AT_MOST:
        yield Fault(f"{path}.pages", f"页数应在 0 至 {PAGES_AT_MOST} 之间（0 表示未点数），请改正。")
