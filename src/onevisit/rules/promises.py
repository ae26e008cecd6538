"""接下来由我们做: what the slip promises, by the rule set that the matter was registered under.

The window registers and hands on; it does not decide. So it promises what the law asks of it (2022 article 22, 2005
article 21), and says what the law asks of the organ that receives the matter. Once the route is decided it says where
the matter went. An organ's period of handling is never promised here: it begins with an acceptance still to come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onevisit.rules.articles import is_of_2005
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import show_short_day
from onevisit.rules.periods import Clock, Counting, count
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_law import article, notice_tells
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, RuleSet
from onevisit.rules.slip import Promise

OWN_RULES = frozenset({ContentClass.DISCIPLINE, ContentClass.JUSTICE})
"""Organs of justice and of discipline give notice by rules of their own (2022 article 23, 2005 article 15)."""

_ARTICLE_29 = "《信访工作条例》第二十九条"


@dataclass(frozen=True, slots=True)
class ToldRoute:
    """The route that was decided and told at a visit.

    Attributes:
        article: what it rests on, as it was decided.
        on: the local day of the decision; what is handed on through the common system arrives on the same day.
        reply_by: the last day of the report that an assignment asks for.
    """

    handling: Handling
    procedure: Procedure | None
    addressees: tuple[str, ...]
    article: str
    on: date
    reply_by: date | None = None


def promises(
    purpose: Purpose,
    content: ContentClass,
    place_name: str,
    *,
    anonymous: bool,
    repeat: bool,
    in_litigation: bool,
    received: date,
    by: Counting,
    told: ToldRoute | None = None,
) -> tuple[Promise, ...]:
    """Say what happens next, in order; a text that rests on an article ends without a stop, for the article follows it.

    Args:
        purpose: what the visitor came for.
        content: the content class; organs of justice and of discipline give notice by rules of their own.
        place_name: where the problem is, ``薛城区``; empty if unknown.
        anonymous: nobody can be told in writing.
        repeat: a visit on a matter that is registered already; its dates stay as they were.
        in_litigation: the matter belongs to a court, an arbiter or the police.
        received: the local day of the visit.
        by: the rule set of the matter and the days off.
        told: the route that was told at this visit; None while none is.
    """
    if told is not None:
        return tuple(_decided(purpose, content, told, received, by, anonymous=anonymous))
    if purpose is Purpose.ENQUIRY:
        return (Promise(None, "您咨询的事，今天在窗口当面解答；还有不清楚的，打电话问就行，不用再来。"),)
    if in_litigation:
        return _guidance(by.rules)
    if repeat:
        return _repeat()
    transfer = _clock(by, ClockKind.TRANSFER, received)
    if purpose is Purpose.ACCUSATION:
        handed_on = _dated(transfer, "按管理权限转送有权处理的机关")
        return handed_on, _secret(by.rules)
    handed_on = _dated(transfer, f"把您反映的事转送{_organ(place_name)}办理")
    # The organ's days begin with its receipt: the transfer reaches it through the common system on the same day.
    return handed_on, *_notice(purpose, content, transfer.due, by, anonymous=anonymous)


def reply_line(reply_by: ReplyMethod, masked_phone: str, address: str) -> str:
    """Say how the answer reaches the visitor; empty if none is wanted.

    The address is never repeated on the slip; it only tells whether there is one.
    """
    by_number = masked_phone or "尚未登记号码，请打电话补报"
    lines = {
        ReplyMethod.PHONE: f"电话联系您：{by_number}",
        ReplyMethod.MESSAGE: f"短信发到：{by_number}",
        ReplyMethod.WRITTEN: "书面答复寄到您登记的住址" if address else "书面答复（尚未登记住址，请打电话补报）",
        ReplyMethod.HOME_VISIT: "上门答复" if address else "上门答复（尚未登记住址，请打电话补报）",
        ReplyMethod.VILLAGE_OFFICERS: "由村（居）两员上门告知",
        ReplyMethod.ON_THE_SPOT: "已当场答复",
        ReplyMethod.NONE: "",
    }
    return lines[reply_by]


def _decided(
    purpose: Purpose, content: ContentClass, told: ToldRoute, received: date, by: Counting, *, anonymous: bool
) -> Iterator[Promise]:
    handling, names = told.handling, "、".join(told.addressees)
    if handling is Handling.GUIDE:
        yield Promise(None, f"已引导您到{names}，按那里的程序办", told.article)
        if told.procedure is Procedure.LITIGATION:
            yield _judgments(by.rules)
    elif not handling.hands_on:
        yield Promise(None, _TOLD[handling], told.article)
    elif handling.seals or purpose is Purpose.ACCUSATION:
        yield Promise(None, f"{_when(told, received)}按管理权限转送有权处理的机关", told.article)
        yield _secret(by.rules)
    else:
        verb = "交" if handling is Handling.ASSIGN else "转送"
        yield Promise(None, f"{_when(told, received)}{verb}{names}办理", told.article)
        if told.reply_by is not None:
            yield Promise(told.reply_by, f"{told.addressees[0]}向我们报办理结果", article(by.rules, Handling.ASSIGN))
        yield from _notice(purpose, content, told.on, by, anonymous=anonymous)


_TOLD = {
    Handling.ANSWER: "您反映的事今天已经当场答复清楚",
    Handling.IN_PERIOD: "这件事有关机关已经受理，还在办理期限内，不再受理；原来告知的日期不变，不重新计算",
    Handling.ENDED: "这件事已经复查、复核终结，同一事实和理由不再受理",
}


def _when(told: ToldRoute, received: date) -> str:
    return "已" if told.on == received else f"已于{show_short_day(told.on)}"


def _guidance(rules: RuleSet) -> tuple[Promise, ...]:
    """Matters of courts: explained and guided, no clock of an organ (2022 articles 22 and 31(一))."""
    said = "这件事要通过诉讼等法定程序解决，今天已当面说明、引导您向有关政法机关提出"
    return Promise(None, said, rules.transfer.article), _judgments(rules)


def _judgments(rules: RuleSet) -> Promise:
    said = "不服判决、裁定的，请注意文书上写明的期限，到期前向法院提出"
    return Promise(None, said, article(rules, Handling.GUIDE, Procedure.LITIGATION))


def _repeat() -> tuple[Promise, ...]:
    return (
        Promise(None, "这件事已经登记，原来告知的日期不变，不重新计算。"),
        Promise(None, "您这次补充的情况，随原来的事项一并转给办理的机关、单位。"),
    )


def _secret(rules: RuleSet) -> Promise:
    """Handed on by management authority without naming anybody (2022 article 30, 2005 article 23)."""
    said = "您反映的材料和有关情况，不会透露或者转给被检举、揭发的人员或者单位"
    return Promise(None, said, article(rules, Handling.DISCIPLINE))


def _notice(
    purpose: Purpose, content: ContentClass, receipt: date, by: Counting, *, anonymous: bool
) -> Iterator[Promise]:
    """What the organ tells, from its own receipt on."""
    rules = by.rules
    if anonymous:
        yield Promise(None, "没有留下姓名、住址，办理的机关、单位不另行书面告知", rules.unnamed_article)
        return
    if content in OWN_RULES:
        yield Promise(None, "政法机关、纪检监察机关收到后，按各自的规定告知您", rules.own_rules_article)
        return
    clock = _clock(by, ClockKind.NOTICE, receipt)
    yield _dated(clock, f"收到转送的机关、单位在 {rules.notice.words}内书面告知您{notice_tells(rules)}")
    if purpose is Purpose.PROPOSAL and not is_of_2005(rules):
        considered = "有关机关、单位研究论证您的建议；采纳或者部分采纳的，予以回复"
        yield Promise(None, considered, _ARTICLE_29)


def _clock(by: Counting, kind: ClockKind, start: date) -> Clock:
    found = count(by, kind, start)
    if not isinstance(found, Clock):
        raise TypeError("every rule set has a period for handing on and for the notice")
    return found


def _dated(clock: Clock, text: str) -> Promise:
    return Promise(clock.due, text, clock.article, provisional=clock.provisional)


def _organ(place_name: str) -> str:
    return f"{place_name}有权处理的机关、单位" if place_name else "有权处理的机关、单位"
