"""The one-visit gate: what would make this person come again?

Each check is a small pure function over what the window knows. It finds something open (``Finding``), says quietly
that all is well (a sentence), or has nothing to say (None). Nothing here stops a save.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from onevisit.rules import identity, papers, regions, registration, text
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import show_short_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.papers import Paper
from onevisit.rules.people import PersonEntry
from onevisit.rules.slip import Promise

SEND_TO_LAWYER = "send_to_lawyer"
SHOW_WAITING = "show_waiting"
PRINT_SLIP = "print_slip"
FOCUS = "focus:"
"""The actions behind the buttons; ``focus:`` is followed by the field's path in the form."""

SHORTEST_SUMMARY = 15
"""Characters; below this nobody can act on a text. A setting, 示例，以本地文件为准."""

_ARTICLE_19 = "《信访工作条例》第十九条"
_ARTICLE_20 = "《信访工作条例》第二十条"
_ARTICLE_22_31 = "《信访工作条例》第二十二条、第三十一条第（一）项"
_ARTICLE_25 = "《信访工作条例》第二十五条"
_ARTICLE_30 = "《信访工作条例》第三十条"
_ARTICLE_AGENTS = "《山东省信访条例》第二十八条"

_COURTS = ("法院", "检察院")
_COURT_WORDS = ("判决", "裁定", "上诉", "再审", "开庭")
_LEGAL_WORDS = (
    *("判决", "仲裁", "起诉", "诉讼", "复议", "合同", "欠条", "借条", "工资", "欠薪", "工伤", "赔偿", "离婚", "继承"),
    *("抚养", "赡养", "债务", "担保", "侵权", "违约", "退款", "律师"),
)
_BELOW_DISTRICT = ("街道", "镇", "乡", "村", "社区")
_LEGAL_CLASSES = {ContentClass.JUSTICE, ContentClass.LABOUR}


@dataclass(frozen=True, slots=True)
class WindowKnows:
    """What the window knows about a visit, before or after it is saved.

    Attributes:
        today: the local day.
        earlier_materials: names of what was handed in at earlier visits on the same matter.
        broken_promise: the last promise on the same matter whose day has passed without a trace of its being kept.
        lawyer_on_duty: the name, empty if nobody is there.
        lawyers_waiting: how many visitors wait for the lawyer.
        village_officers: whether both officers of the village are known; None where the window keeps no list of them.
    """

    form: RegistrationForm
    today: date
    earlier_materials: tuple[str, ...] = ()
    broken_promise: Promise | None = None
    lawyer_on_duty: str = ""
    lawyers_waiting: int = 0
    saved: bool = False
    sent_to_lawyer: bool = False
    advice_signed: bool = False
    slip_handed_over: bool = False
    village_officers: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that would cost a second visit.

    Attributes:
        key: names the check; the same finding keeps it, so that a reason for leaving it can be kept with it.
        why: why it would bring the visitor back, in one sentence.
        mend: the action behind the button: ``focus:lead.phone``, ``send_to_lawyer``, ``show_waiting``, ``print_slip``.
        mend_label: the word on the button, a verb.
        fine: what is said quietly once it is mended, empty if nothing.
    """

    key: str
    title: str
    why: str
    mend: str
    mend_label: str
    article: str = ""
    fine: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate shows: open findings, the weightiest first, and what is well."""

    findings: tuple[Finding, ...]
    fine: tuple[str, ...]


Outcome = Finding | str | None


def check_all(knows: WindowKnows) -> Gate:
    """Ask every check, the weightiest first."""
    outcomes = [check(knows) for check in CHECKS]
    return Gate(
        tuple(one for one in outcomes if isinstance(one, Finding)),
        tuple(one for one in outcomes if isinstance(one, str) and one),
    )


def missing_papers(form: RegistrationForm, earlier: Sequence[str] = ()) -> tuple[str, ...]:
    """List all papers still wanted, each with where to get it, to be told at once (一次性告知).

    Those for the kind of matter (none where it is guided to a court), an agent's and a group's.

    Args:
        form: what is registered, with what was handed in now.
        earlier: names of what was handed in before, on the same matter.
    """
    wanted = (
        *_wanted_for_matter(form, earlier),
        *papers.wanted_of_agents(form, earlier),
        *papers.wanted_of_group(form, earlier),
    )
    return tuple(f"{paper.name}：{paper.where}" for paper in wanted)


def is_court_matter(form: RegistrationForm) -> bool:
    """Whether a claim seems to be before a court or decided by one: its words say so, or a court is complained of.

    Accusations are not: those against people of a court go by management authority as any other (article 22).
    """
    if form.purpose in {Purpose.ACCUSATION, Purpose.PROPOSAL}:
        return False
    told = _told(form).replace("仲裁裁定", "")
    return any(word in form.respondent for word in _COURTS) or any(word in told for word in _COURT_WORDS)


def promise_kept(knows: WindowKnows) -> Outcome:
    """The last promise on this matter."""
    broken = knows.broken_promise
    if broken is None:
        return None
    fine = "上次答应的事没有做到，原因已记下"
    if knows.form.return_reason is not None:
        return fine
    by = f"{show_short_day(broken.by)}前" if broken.by else ""
    why = f"答应{by}“{broken.text.rstrip('。')}”，没有记录。请写明原因，并重新约定。"
    return Finding("promise", "上次承诺没有兑现", why, FOCUS + "return_reason", "记下原因", fine=fine)


def can_be_reached(knows: WindowKnows) -> Outcome:
    """A phone number, or at least an address."""
    form = knows.form
    if not _has_lead(form):
        return None
    if registration.reply_phone(form):
        return "能联系到来访人"
    if registration.full_address(form.lead):
        why = "只留了住址，有事只能上门或者写信；家人的电话也可以。"
        return Finding("reach", "没有电话", why, FOCUS + "lead.phone", "补录电话", fine="能联系到来访人")
    why = "没有电话，也没有住址，有了结果找不到人，只能再跑一趟。"
    return Finding("reach", "联系不到来访人", why, FOCUS + "lead.phone", "补录电话", fine="能联系到来访人")


def _reads(person: PersonEntry, today: date) -> bool:
    try:
        identity.read(person.id_kind, person.id_number, today)
    except identity.IdentityFault:
        return False
    return True


def document_known(knows: WindowKnows) -> Outcome:
    """The number of a document, by which the person is recognised and may ask."""
    form = knows.form
    if not _has_lead(form) or form.lead is None:
        return None
    if identity.plain(form.lead.id_number):
        # a number at fault is told at its field; it is not said here that all is well
        return "证件号已登记" if _reads(form.lead, knows.today) else None
    why = "没有证件号，查询时核对不了身份，下次来也认不出是同一个人、同一件事。"
    return Finding("document", "没有证件号", why, FOCUS + "lead.id_number", "补录证件号", fine="证件号已登记")


def name_readable(knows: WindowKnows) -> Outcome:
    """A sign or a digit in a name is kept and printed as typed, but it is mostly a slip of the finger."""
    if not _has_lead(knows.form) or knows.form.lead is None:
        return None
    odd = [c for c in knows.form.lead.name if c.isascii() and not (c.isalpha() or c in " .'-()")]
    if not odd:
        return None
    why = f"姓名里有“{''.join(odd)[:10]}”；姓名写错了，查询和通知都对不上人。"
    return Finding("name", "请核对姓名", why, FOCUS + "lead.name", "核对姓名")


def agent_authorised(knows: WindowKnows) -> Outcome:
    """An agent's letter of authority, with the proof of who the agent is (山东省信访条例, article 28)."""
    if not knows.form.agents:
        return None
    wanted = papers.wanted_of_agents(knows.form, knows.earlier_materials)
    if not wanted:
        return "代理手续齐全"
    why = f"还缺{_named(wanted)}；手续不齐，代理人办不了后面的事。"
    title, mend = "代理手续不全", FOCUS + "materials"
    return Finding("agent", title, why, mend, "登记委托材料", _ARTICLE_AGENTS, "代理手续齐全")


def group_represented(knows: WindowKnows) -> Outcome:
    """Representatives of a group, and the paper that says who chose them (article 20)."""
    form = knows.form
    if not registration.is_group(registration.headcount(form)) or form.anonymous:
        return None
    fine = "代表已推选"
    if not form.companions:
        why = "多人反映同一件事应当推选代表；没有代表，结果告诉不到每个人。"
        return Finding("group", "还没有推选代表", why, FOCUS + "companions", "登记代表", _ARTICLE_20, fine)
    if papers.wanted_of_group(form, knows.earlier_materials):
        why = "没有代表推选书，以后说不清代表的是谁；现在就可以请同来的人签名。"
        return Finding("group", "没有代表推选书", why, FOCUS + "materials", "登记推选书", _ARTICLE_20, fine)
    return fine


def belongs_to_court(knows: WindowKnows) -> Outcome:
    """Matters of courts are explained and guided, not handed on (articles 22 and 31(一))."""
    if not is_court_matter(knows.form):
        return None
    fine = "已说明诉讼途径"
    if _sees_lawyer(knows) or "引导" in knows.form.clerk_note:
        return fine
    why = "涉法涉诉的事要走诉讼等法定程序，今天不说清楚去哪里、期限到哪天，还会再来，也可能误了上诉期。"
    mend, label = (SEND_TO_LAWYER, "请律师说明") if knows.lawyer_on_duty else (FOCUS + "clerk_note", "记下怎样引导的")
    return Finding("court", "这件事要走诉讼程序", why, mend, label, _ARTICLE_22_31, fine)


def lawyer_asked(knows: WindowKnows) -> Outcome:
    """A question of law while a lawyer sits in the hall."""
    form = knows.form
    if is_court_matter(form) or not _is_legal_question(form):
        return None
    if _sees_lawyer(knows):
        return "已请律师接待"
    if not knows.lawyer_on_duty:
        return None
    ahead = f"前面有 {knows.lawyers_waiting} 人" if knows.lawyers_waiting else "现在没有人等"
    why = f"这件事有法律问题，今天就可以问，{ahead}；以后再问要多跑一趟。"
    title = f"{knows.lawyer_on_duty}正在值班"
    return Finding("lawyer", title, why, SEND_TO_LAWYER, "现在转律师", fine="已请律师接待")


def advice_given(knows: WindowKnows) -> Outcome:
    """Whoever was sent to the lawyer has not left before the advice is signed."""
    if not knows.sent_to_lawyer:
        return None
    if knows.advice_signed:
        return "律师意见已签发"
    why = "意见没有签发，回执上印不出来；请来访人等一等，见过律师再走。"
    return Finding("advice", "律师意见还没有签发", why, SHOW_WAITING, "查看等候情况", fine="律师意见已签发")


def papers_complete(knows: WindowKnows) -> Outcome:
    """The papers that this kind of matter takes, all told at once (一次性告知)."""
    form = knows.form
    wanted = _wanted_for_matter(form, knows.earlier_materials)
    if not wanted:
        return "材料齐全" if papers.taken_by(form) and not is_court_matter(form) else None
    fine = "所缺材料已写在回执上"
    if knows.slip_handed_over:
        return fine
    why = f"{_named(wanted)}（{papers.shipped().label}）。今天带了的请登记；没带的会一次写在回执上，可托人带来。"
    return Finding("papers", f"还缺 {len(wanted)} 样材料", why, FOCUS + "materials", "登记材料", fine=fine)


def reply_possible(knows: WindowKnows) -> Outcome:
    """The way chosen for the answer has what it needs."""
    form = knows.form
    way = form.reply_by
    if way is None or not _has_lead(form) or form.lead is None:
        return None
    if way is ReplyMethod.NONE and form.purpose is not Purpose.ENQUIRY:
        why = "没有说怎样告诉结果，来访人只能自己再来问。"
        return Finding("reply", "没有选答复方式", why, FOCUS + "reply_by", "选择答复方式")
    if way in {ReplyMethod.WRITTEN, ReplyMethod.HOME_VISIT}:
        if registration.full_address(form.lead):
            return f"住址已登记，可以{way.label}答复"
        why = f"选了{way.label}答复，没有镇街和门牌，信寄不到，人找不着。"
        return Finding("reply", "没有住址", why, FOCUS + "lead.address", "补录住址", _ARTICLE_19)
    if way is ReplyMethod.VILLAGE_OFFICERS:
        return _village(knows)
    return None


def second_contact(knows: WindowKnows) -> Outcome:
    """A second way to somebody who is to be phoned."""
    form = knows.form
    if form.reply_by not in {ReplyMethod.PHONE, ReplyMethod.MESSAGE} or not _has_lead(form):
        return None
    numbers = {one.phone for one in (form.lead, *form.companions, *form.agents) if one and one.phone.strip()}
    if len(numbers) != 1 or registration.full_address(form.lead):
        return None
    why = "只有一个电话，关机或者换号就找不到人；留下住址，两员可以上门。"
    return Finding("second_contact", "只有一种联系方式", why, FOCUS + "lead.address", "补录住址", _ARTICLE_19)


def summary_sufficient(knows: WindowKnows) -> Outcome:
    """Request, facts and reasons (article 19): enough for somebody else to act upon."""
    form = knows.form
    length = text.visible_length(form.summary.strip())
    if not length or form.purpose in {None, Purpose.ENQUIRY, Purpose.PROPOSAL} or length >= SHORTEST_SUMMARY:
        return None
    why = f"内容只有 {length} 个字，承办的人看不明白，会把来访人再叫来问。请补上请求、事实和理由。"
    return Finding("summary", "内容写得太少", why, FOCUS + "summary", "补写内容", _ARTICLE_19)


def place_known(knows: WindowKnows) -> Outcome:
    """Where the problem is decides who receives the matter."""
    form = knows.form
    name = regions.name_of(form.place_code)
    if name:
        return f"地点：{name}"
    if form.purpose in {None, Purpose.ENQUIRY} or form.content is None:
        return None
    why = "不知道问题在哪个区（市），转不到该办的单位，转错了还要再来。"
    return Finding("place", "没有选问题属地", why, FOCUS + "place_code", "选择属地")


def respondent_known(knows: WindowKnows) -> Outcome:
    """Whom the matter is about."""
    form = knows.form
    if form.purpose not in {Purpose.APPEAL, Purpose.REQUEST, Purpose.ACCUSATION} or form.content is None:
        return None
    if form.respondent.strip() or not form.title.strip():
        return None
    why = "没有写反映的是哪个单位或者谁，承办单位要再问一遍。"
    return Finding("respondent", "没有写被反映单位", why, FOCUS + "respondent", "补写被反映单位")


def accusation_kept_secret(knows: WindowKnows) -> Outcome:
    """What an informant tells must not reach those it is about (article 30)."""
    form = knows.form
    if form.purpose is not Purpose.ACCUSATION:
        return None
    if form.confidential:
        return "已设为保密"
    why = "检举控告不得透露或者转给被检举的人员、单位；设为保密后，只有有权的人能看到。"
    return Finding(
        "secret", "检举控告还没有设为保密", why, FOCUS + "confidential", "设为保密", _ARTICLE_30, "已设为保密"
    )


def urgency_explained(knows: WindowKnows) -> Outcome:
    """Urgent for whom, by when; without it nobody can report it (article 25)."""
    form = knows.form
    if not form.urgent:
        return None
    if form.clerk_note.strip():
        return "紧急情况已说明"
    why = "只标了紧急，没写时间、地点、人数和已告诉谁，接手的人没法马上处理。"
    fine = "紧急情况已说明"
    return Finding("urgent", "没有写为什么紧急", why, FOCUS + "clerk_note", "写明情况", _ARTICLE_25, fine)


def slip_in_hand(knows: WindowKnows) -> Outcome:
    """Without the slip the visitor has no number to ask by."""
    if not knows.saved:
        return None
    if knows.slip_handed_over:
        return "回执已交给来访人"
    why = "没有回执就没有查询码，要问办到哪一步只能再来。"
    return Finding("slip", "回执还没有交给来访人", why, PRINT_SLIP, "打印回执", fine="回执已交给来访人")


CHECKS: tuple[Callable[[WindowKnows], Outcome], ...] = (
    *(promise_kept, can_be_reached, document_known, name_readable, belongs_to_court, lawyer_asked, advice_given),
    *(papers_complete, agent_authorised, group_represented, reply_possible, second_contact, summary_sufficient),
    *(place_known, respondent_known, accusation_kept_secret, urgency_explained, slip_in_hand),
)
"""All checks, the weightiest first."""


def _village(knows: WindowKnows) -> Outcome:
    lead = knows.form.lead
    if lead is None or not (lead.town or any(word in lead.address for word in _BELOW_DISTRICT)):
        why = "选了两员上门，没有镇街，不知道由哪个村（居）的两员去。"
        return Finding("reply", "不知道由谁上门告知", why, FOCUS + "lead.town", "补录镇街")
    if knows.village_officers is False:
        why = "这个村（居）还没有登记两员，没有人去告知；请改选别的答复方式，或先在名录里补上。"
        return Finding("reply", "村（居）两员没有登记", why, FOCUS + "reply_by", "改选答复方式")
    return f"由{lead.town or '住址所在'}村（居）两员上门告知"


def _has_lead(form: RegistrationForm) -> bool:
    # Before a name stands there the clerk knows very well what is still missing.
    return not form.anonymous and form.lead is not None and bool(form.lead.name.strip())


def _told(form: RegistrationForm) -> str:
    return f"{form.title}\n{form.summary}"


def _is_legal_question(form: RegistrationForm) -> bool:
    if form.purpose in {None, Purpose.PROPOSAL} or form.anonymous:
        return False
    return form.content in _LEGAL_CLASSES or any(word in _told(form) for word in _LEGAL_WORDS)


def _sees_lawyer(knows: WindowKnows) -> bool:
    return knows.form.wants_lawyer or knows.sent_to_lawyer or knows.advice_signed


def _wanted_for_matter(form: RegistrationForm, earlier: Sequence[str]) -> tuple[Paper, ...]:
    # What is guided to a court is not handed on: papers brought here would be one more journey for nothing.
    return () if is_court_matter(form) else papers.wanted_for_matter(form, earlier)


def _named(papers: Sequence[Paper]) -> str:
    return "；".join(paper.name for paper in papers)
