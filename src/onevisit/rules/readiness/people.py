"""Whom we can reach, who speaks for whom, and how the answer travels."""

from datetime import date

from onevisit.rules import groups, identity, papers, registration, text
from onevisit.rules.articles import REGISTRATION
from onevisit.rules.classification import Purpose, ReplyMethod
from onevisit.rules.people import PersonEntry
from onevisit.rules.readiness.knows import (
    FOCUS,
    OPEN_PROMISES,
    OPEN_ROSTER,
    Check,
    Finding,
    Outcome,
    WindowKnows,
    has_lead,
)
from onevisit.rules.rulesets import source

_BELOW_DISTRICT = ("街道", "镇", "乡", "村", "社区")


def can_be_reached(knows: WindowKnows) -> Outcome:
    """A phone number, or at least an address."""
    form = knows.form
    if not has_lead(form):
        return None
    fine = "能联系到来访人"
    if registration.reply_phone(form):
        return fine
    if registration.full_address(form.lead):
        why = "只留了住址，有事只能上门或者写信；家人的电话也可以。"
        return Finding(Check.REACH, "没有电话", why, FOCUS + "lead.phone", "补录电话", fine=fine)
    why = "没有电话，也没有住址，有了结果找不到人，只能再跑一趟。"
    return Finding(Check.REACH, "联系不到来访人", why, FOCUS + "lead.phone", "补录电话", fine=fine)


def document_known(knows: WindowKnows) -> Outcome:
    """The number of a document, by which the person is recognised and may ask."""
    form = knows.form
    if not has_lead(form) or form.lead is None:
        return None
    if identity.plain(form.lead.id_number):
        # a number at fault is told at its field; it is not said here that all is well
        return "证件号已登记" if _reads(form.lead, knows.today) else None
    why = "没有证件号，查询时核对不了身份，下次来也认不出是同一个人、同一件事。"
    return Finding(Check.DOCUMENT, "没有证件号", why, FOCUS + "lead.id_number", "补录证件号", fine="证件号已登记")


def name_readable(knows: WindowKnows) -> Outcome:
    """A sign or a digit in a name is kept and printed as typed, but it is mostly a slip of the finger."""
    if not has_lead(knows.form) or knows.form.lead is None:
        return None
    odd = [c for c in knows.form.lead.name if c.isascii() and not (c.isalpha() or c in " .'-()")]
    if not odd:
        return None
    why = f"姓名里有“{''.join(odd)[:10]}”；姓名写错了，查询和通知都对不上人。"
    return Finding(Check.NAME, "请核对姓名", why, FOCUS + "lead.name", "核对姓名")


def agent_authorised(knows: WindowKnows) -> Outcome:
    """An agent's letter of authority, with the proof of who the agent is (山东省信访条例, article 28).

    What kind of agent somebody is stops no save: a neighbour may be none of them, and whoever comes is registered.
    """
    agents = groups.agents_of(knows.form)
    if not agents:
        return None
    fine, article = "代理手续齐全", source(knows.rules.agents.article, example=knows.rules.agents.example)
    unknown = [text.tidy(one.person.name) or "代理人" for one in agents if one.kind is None]
    if unknown:
        who = f"没有选{'、'.join(unknown)}是近亲属、单位工作人员、推荐的人、律师还是监护人"
        why = f"{who}，该带哪些手续说不准，带错了还要再跑一趟；都不是的，写一句原因留下。"
        return Finding(Check.AGENT, "没有选代理人的身份", why, FOCUS + "agents", "选代理人身份", article, fine)
    wanted = papers.wanted_of_agents(knows.form, knows.earlier_materials, knows.lists)
    if not wanted:
        return fine
    why = f"还缺{'；'.join(one.name for one in wanted)}；手续不齐，代理人办不了后面的事。"
    mend, label = FOCUS + "materials", "登记委托材料"
    return Finding(Check.AGENT, "代理手续不全", why, mend, label, article, fine)


def group_represented(knows: WindowKnows) -> Outcome:
    """Representatives of a group, and the paper that says who chose them (article 20)."""
    form, group_from = knows.form, knows.rules.group_from.value
    if not registration.is_group(registration.headcount(form), group_from) or form.anonymous:
        return None
    fine, article = "代表已推选", _on_representatives(knows)
    if not groups.is_represented(form, group_from):
        why = "多人反映同一件事应当推选代表；没有代表，结果告诉不到每个人。"
        return Finding(Check.GROUP, "还没有推选代表", why, FOCUS + "companions", "登记代表", article, fine)
    if papers.wanted_of_group(form, knows.earlier_materials, knows.lists, group_from):
        why = "没有代表推选书，以后说不清代表的是谁；现在就可以请同来的人签名。"
        return Finding(Check.GROUP, "没有代表推选书", why, FOCUS + "materials", "登记推选书", article, fine)
    return fine


def talk_allowed(knows: WindowKnows) -> Outcome:
    """Where the rule set says so, a group is received for a talk only through representatives (Shandong article 27)."""
    blocked = "" if knows.form.anonymous else groups.talk_blocked(knows.form, knows.rules)
    if not blocked:
        return None
    rule = knows.rules.talk_needs_representatives
    article = source(rule.article, example=rule.example)
    return Finding(Check.TALK, "暂不能接谈", blocked, FOCUS + "companions", "登记代表", article)


def roster_signed(knows: WindowKnows) -> Outcome:
    """Every representative has signed the roster, and so taken on to tell the others."""
    group_from = knows.rules.group_from.value
    roster = groups.roster_of(knows.form, group_from)
    if not roster or not groups.is_represented(knows.form, group_from):
        return None
    waiting, fine = groups.unsigned(roster), "代表都已签名"
    if not waiting:
        return fine
    why = f"{'、'.join(waiting)}还没有在名册上签名；签了名，结果才有人转告大家，不用一起再来问。"
    title, mend = f"{len(waiting)} 位代表没有签名", OPEN_ROSTER if knows.saved else FOCUS + "signed"
    return Finding(Check.ROSTER, title, why, mend, "请代表签名", _on_representatives(knows), fine)


def reply_possible(knows: WindowKnows) -> Outcome:
    """The way chosen for the answer has what it needs."""
    form = knows.form
    way = form.reply_by
    if way is None or not has_lead(form) or form.lead is None:
        return None
    if way is ReplyMethod.NONE and form.purpose is not Purpose.ENQUIRY:
        why = "没有说怎样告诉结果，来访人只能自己再来问。"
        return Finding(Check.REPLY, "没有选答复方式", why, FOCUS + "reply_by", "选择答复方式")
    if way in {ReplyMethod.WRITTEN, ReplyMethod.HOME_VISIT}:
        if registration.full_address(form.lead):
            return f"住址已登记，可以{way.label}答复"
        why = f"选了{way.label}答复，没有镇街和门牌，信寄不到，人找不着。"
        article = REGISTRATION.under(knows.rules)
        return Finding(Check.REPLY, "没有住址", why, FOCUS + "lead.address", "补录住址", article)
    if way is ReplyMethod.VILLAGE_OFFICERS:
        return _village(knows, form.lead)
    return None


def second_contact(knows: WindowKnows) -> Outcome:
    """A second way to somebody who is to be phoned."""
    form = knows.form
    if form.reply_by not in {ReplyMethod.PHONE, ReplyMethod.MESSAGE} or not has_lead(form):
        return None
    numbers = {one.phone for one in (form.lead, *form.companions, *form.agents) if one and one.phone.strip()}
    if len(numbers) != 1 or registration.full_address(form.lead):
        return None
    why = "只有一个电话，关机或者换号就找不到人；留下住址，两员可以上门。"
    article = REGISTRATION.under(knows.rules)
    return Finding(Check.SECOND_CONTACT, "只有一种联系方式", why, FOCUS + "lead.address", "补录住址", article)


def answer_day_given(knows: WindowKnows) -> Outcome:
    """A matter that somebody else works on now: the visitor knows by which day to hear from us."""
    form, route = knows.form, knows.route
    if not knows.saved or not has_lead(form) or route is None or not route.handling.hands_on:
        return None
    if form.reply_by in {None, ReplyMethod.NONE, ReplyMethod.ON_THE_SPOT}:
        return None
    fine = "已说好哪天回话"
    if knows.answer_day:
        return fine
    why = "来访人不知道哪天能有回话，等不及就会再来问；请说好一个日子，到时由我们联系。"
    return Finding(Check.ANSWER_DAY, "没有说好哪天回话", why, OPEN_PROMISES, "约定回话日期", fine=fine)


def _on_representatives(knows: WindowKnows) -> str:
    figure = knows.rules.representatives
    return source(figure.article, example=figure.example)


def _reads(person: PersonEntry, today: date) -> bool:
    try:
        identity.read(person.id_kind, person.id_number, today)
    except identity.IdentityFault:
        return False
    return True


def _village(knows: WindowKnows, lead: PersonEntry) -> Outcome:
    if not (lead.town or any(word in lead.address for word in _BELOW_DISTRICT)):
        why = "选了两员上门，没有镇街，不知道由哪个村（居）的两员去。"
        return Finding(Check.REPLY, "不知道由谁上门告知", why, FOCUS + "lead.town", "补录镇街")
    if knows.village_officers is False:
        why = "这个村（居）还没有登记两员，没有人去告知；请改选别的答复方式，或先在名录里补上。"
        return Finding(Check.REPLY, "村（居）两员没有登记", why, FOCUS + "reply_by", "改选答复方式")
    return f"由{lead.town or '住址所在'}村（居）两员上门告知"
