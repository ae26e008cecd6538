"""What the clerk decides in the end: the route, to whom, by when; and what stops that decision.

The proposal of ``rules.routes`` may be left with a reason. What may not be left is article 30: nothing an informant
tells goes to those it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onevisit.rules import accused, text
from onevisit.rules.articles import JOINT, SECRECY
from onevisit.rules.classification import Purpose
from onevisit.rules.faults import Fault
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_law import article
from onevisit.rules.routes import Circumstances, Handling, Offer, Route
from onevisit.rules.rulesets import RuleSet

REASON_AT_MOST = 500
ADDRESSEES_AT_MOST = 10
ADDRESSEE_AT_MOST = 100

_STOPS = {Handling.IN_PERIOD: "在办理期限内", Handling.ENDED: "已经复查、复核终结"}


@dataclass(frozen=True, slots=True)
class Decision:
    """A route as the clerk chose it.

    Attributes:
        addressees: names of the organs that receive the matter or to which the visitor is guided; of several the first
            takes the lead.
        reply_by: the last day of the report that an assignment (交办) asks for.
        reason: why it differs from what was proposed.
        beside: what was offered beside it and taken.
        declined: what was offered and not wanted.
    """

    handling: Handling | None = None
    procedure: Procedure | None = None
    addressees: tuple[str, ...] = ()
    reply_by: date | None = None
    reason: str = ""
    beside: tuple[Offer, ...] = ()
    declined: tuple[Offer, ...] = ()


def taken_over(route: Route, addressees: tuple[str, ...] = (), reply_by: date | None = None) -> Decision:
    """Make a decision of a proposal as it stands."""
    return Decision(route.handling, route.procedure, addressees, reply_by, beside=route.beside)


def differs(decision: Decision, proposed: Route | None) -> bool:
    """Whether the clerk chose otherwise; without a proposal everything is her own choice."""
    return proposed is None or (decision.handling, decision.procedure) != (proposed.handling, proposed.procedure)


def is_secret(case: Circumstances) -> bool:
    """Whether whom the matter is about may not receive it: an accusation, or whatever is confidential (article 30)."""
    return case.purpose is Purpose.ACCUSATION or case.confidential


def check(
    decision: Decision, proposed: Route | None, case: Circumstances, *, respondent: str, rules: RuleSet, today: date
) -> tuple[Fault, ...]:
    """Say what stops a decision, in the reading order of the page; nothing when it may be saved.

    Args:
        decision: what the clerk chose.
        proposed: what the assistant proposed, None if it was not asked to the end.
        case: what is known of the matter.
        respondent: whom the matter is about, as registered.
        rules: the set of the matter.
        today: the local day.
    """
    if decision.handling is None:
        return (Fault("handling", "请选择办理方式：当场答复、引导、转送、交办，还是不再受理。"),)
    return (
        *_stop(decision.handling, case),
        *_procedure(decision, case),
        *_addressees(decision, case, respondent, rules),
        *_reply_by(decision, rules, today),
        *_reason(decision, proposed),
    )


def joint_notice(addressees: tuple[str, ...], rules: RuleSet) -> str:
    """Say who does what when a matter names several organs; empty for one.

    Args:
        addressees: the one in the lead first.
        rules: the set of the matter.
    """
    lead, others = addressees[:1], addressees[1:]
    if not others:
        return ""
    together = f"由{lead[0]}牵头，会同{'、'.join(others)}协商办理"
    named = JOINT.under(rules)
    rests_on = f"（{named}）" if named else ""
    return f"这件事涉及几个单位，{together}；有争议的由共同的上一级决定{rests_on}。"


def _stop(handling: Handling, case: Circumstances) -> Iterator[Fault]:
    true_of = {Handling.IN_PERIOD: case.in_period, Handling.ENDED: case.terminated}
    if handling.stops and not true_of[handling]:
        yield Fault("handling", f"没有登记显示这件事{_STOPS[handling]}，不能告知不再受理；请另选办理方式。")


def _procedure(decision: Decision, case: Circumstances) -> Iterator[Fault]:
    if decision.procedure is None:
        if decision.handling is Handling.GUIDE:
            yield Fault("procedure", "引导到哪一种法定程序还没有选，请选择。")
        return
    if case.purpose in {Purpose.ACCUSATION, Purpose.PROPOSAL}:
        yield Fault("procedure", "六种程序只用于申诉求决，请清空“程序”，或者更正信访目的。")
    elif decision.handling is not None and decision.handling.stops:
        yield Fault("procedure", "不再受理的不走别的程序，请清空“程序”，或者改选办理方式。")
    elif decision.procedure is Procedure.OPINION and decision.handling is Handling.GUIDE:
        yield Fault("handling", "出具信访处理意见的事项要转送或者交办，不是引导；请改选办理方式。")


def _addressees(decision: Decision, case: Circumstances, respondent: str, rules: RuleSet) -> Iterator[Fault]:
    named = [(place, text.tidy(one)) for place, one in enumerate(decision.addressees) if text.tidy(one)]
    if decision.handling is not None and decision.handling.needs_addressee and not named:
        yield Fault("addressees", "还没有选去哪个单位，请从单位名录里选，或者写上单位名称。")
    if len(named) > ADDRESSEES_AT_MOST:
        yield Fault("addressees", f"选了 {len(named)} 个单位，最多 {ADDRESSEES_AT_MOST} 个，请只留主要的。")
    for place, one in named:
        if len(one) > ADDRESSEE_AT_MOST:
            yield Fault(f"addressees.{place}", f"单位名称有 {len(one)} 字，最多 {ADDRESSEE_AT_MOST} 字，请缩短。")
        if is_secret(case) and accused.is_accused(one, respondent):
            yield Fault(f"addressees.{place}", accused.secrecy_sentence(one), SECRECY.under(rules))


def _reply_by(decision: Decision, rules: RuleSet, today: date) -> Iterator[Fault]:
    if decision.handling is not Handling.ASSIGN:
        if decision.reply_by is not None:
            yield Fault("reply_by", "只有交办才限期报结果，请清空日期，或者改选“交办”。")
    elif decision.reply_by is None:
        yield Fault("reply_by", "交办要写明哪一天前报办理结果，请选择日期。", article(rules, Handling.ASSIGN))
    elif decision.reply_by <= today:
        yield Fault("reply_by", "报办理结果的日期要在今天以后，请重新选择。")


def _reason(decision: Decision, proposed: Route | None) -> Iterator[Fault]:
    length = text.visible_length(decision.reason)
    if length > REASON_AT_MOST:
        yield Fault("reason", f"理由有 {length} 字，最多 {REASON_AT_MOST} 字，请缩短。")
    elif differs(decision, proposed) and not text.tidy_block(decision.reason).strip():
        yield Fault("reason", "选的和建议的不一样，请写一句为什么。")
