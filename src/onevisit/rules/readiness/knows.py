"""What the window knows of a visit, and what a check may say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onevisit.rules.forms import RegistrationForm
from onevisit.rules.labels import Labelled
from onevisit.rules.organs import Organ
from onevisit.rules.papers import PaperLists
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import RuleSet
from onevisit.rules.slip import Promise
from onevisit.rules.urgent import UrgentReport

SEND_TO_LAWYER = "send_to_lawyer"
SHOW_WAITING = "show_waiting"
PRINT_SLIP = "print_slip"
OPEN_ROUTE = "open_route"
PRINT_NOTICE = "print_notice"
OPEN_URGENT = "open_urgent"
OPEN_PROMISES = "open_promises"
OPEN_ORGANS = "open_organs"
OPEN_ROSTER = "open_roster"
FOCUS = "focus:"
"""The actions behind the buttons; ``focus:`` is followed by the field's path in the form."""

ACTIONS = frozenset(
    {
        *(SEND_TO_LAWYER, SHOW_WAITING, PRINT_SLIP, OPEN_ROUTE, PRINT_NOTICE),
        *(OPEN_URGENT, OPEN_PROMISES, OPEN_ORGANS, OPEN_ROSTER),
    }
)
"""All of them but ``focus:``."""


class Check(Labelled):
    """The checks by what they ask; a reason for leaving one open is kept under the code."""

    PROMISE = "promise", "上次的承诺"
    REACH = "reach", "联系电话"
    DOCUMENT = "document", "证件号"
    NAME = "name", "姓名写法"
    STOP = "stop", "不再受理的告知"
    COURT = "court", "诉讼途径的说明"
    ROUTE = "route", "去向"
    ORGAN = "organ", "去哪个单位"
    DIRECTORY = "directory", "单位的地址和时间"
    NOTICE = "notice", "书面告知"
    WRONG_PAPERS = "wrong_papers", "告知的材料"
    LAWYER = "lawyer", "律师"
    ADVICE = "advice", "律师意见"
    PAPERS = "papers", "所缺材料"
    AGENT = "agent", "代理手续"
    GROUP = "group", "代表推选"
    TALK = "talk", "接谈"
    ROSTER = "roster", "代表签名"
    REPLY = "reply", "答复方式"
    SECOND_CONTACT = "second_contact", "第二种联系方式"
    ANSWER_DAY = "answer_day", "回话的日子"
    SUMMARY = "summary", "内容"
    PLACE = "place", "问题属地"
    RESPONDENT = "respondent", "被反映单位"
    SECRET = "secret", "保密"
    URGENT = "urgent", "紧急情况的说明"
    URGENT_TOLD = "urgent_told", "紧急报告"
    SLIP = "slip", "回执"


@dataclass(frozen=True, slots=True)
class RouteKnown:
    """The route as it was decided.

    Attributes:
        addressees: names of the organs.
        notice_printed: the visitor has in writing where to go, or why it is not accepted.
    """

    handling: Handling
    procedure: Procedure | None = None
    addressees: tuple[str, ...] = ()
    notice_printed: bool = False


@dataclass(frozen=True, slots=True)
class WindowKnows:
    """What the window knows about a visit, before or after it is saved.

    Attributes:
        today: the local day.
        rules: the set of the matter; its limits and articles are told.
        earlier_materials: names of what was handed in at earlier visits on the same matter.
        broken_promise: the last promise on the same matter whose day has passed without a trace of its being kept.
        lawyer_on_duty: the name, empty if nobody is there.
        lawyers_waiting: how many visitors wait for the lawyer.
        lawyer_next: the next day on which a lawyer sits at the window; None if the unit names no days.
        village_officers: whether both officers of the village are known; None where the window keeps no list of them.
        lists: the unit's papers; None for the shipped ones.
        route: as decided; None while it is not.
        organ: the organ that the visitor is guided to, or that is proposed, as it stands in the directory; None if it
            is in none.
        stop: why the matter is not accepted anew: in its period, or ended; None if it is.
        told_papers: what the slip in the visitor's hand says is still wanted.
        urgent_report: as written so far; None while none was opened.
        answer_day: a day was given on which the visitor hears from us.
        left_before: what was left open at the visit before, and why, by ``Check``.
    """

    form: RegistrationForm
    today: date
    rules: RuleSet = RULES_2022
    earlier_materials: tuple[str, ...] = ()
    broken_promise: Promise | None = None
    lawyer_on_duty: str = ""
    lawyers_waiting: int = 0
    lawyer_next: date | None = None
    saved: bool = False
    sent_to_lawyer: bool = False
    advice_signed: bool = False
    slip_handed_over: bool = False
    village_officers: bool | None = None
    lists: PaperLists | None = None
    route: RouteKnown | None = None
    organ: Organ | None = None
    stop: Handling | None = None
    told_papers: tuple[str, ...] = ()
    urgent_report: UrgentReport | None = None
    answer_day: bool = False
    left_before: Mapping[Check, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that would cost a second visit.

    Attributes:
        key: a code of ``Check``; the same finding keeps it, so that a reason for leaving it can be kept with it.
        why: why it would bring the visitor back, in one sentence.
        mend: the action behind the button: ``focus:lead.phone``, or one of ``ACTIONS``.
        mend_label: the word on the button, a verb.
        fine: what is said quietly once it is mended, empty if nothing.
        before: why it was left open at the visit before; empty if it was not.
    """

    key: str
    title: str
    why: str
    mend: str
    mend_label: str
    article: str = ""
    fine: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A finding that stays open, with the clerk's reason."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate shows: open findings, the weightiest first, what is well, and what is left open for a reason."""

    findings: tuple[Finding, ...]
    fine: tuple[str, ...]
    left: tuple[LeftOpen, ...] = ()


Outcome = Finding | str | None


def has_lead(form: RegistrationForm) -> bool:
    """Whether somebody is named; before that the clerk knows very well what is still missing."""
    return not form.anonymous and form.lead is not None and bool(form.lead.name.strip())


def told(form: RegistrationForm) -> str:
    """What the visitor told, in words."""
    return f"{form.title}\n{form.summary}"


def is_guided(knows: WindowKnows) -> bool:
    """Whether the visitor is sent on to somebody else's procedure."""
    return knows.route is not None and knows.route.handling is Handling.GUIDE
