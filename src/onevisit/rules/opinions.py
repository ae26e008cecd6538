"""信访处理意见书: what must stand in it before it is final, and what must not be offered in it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from onevisit.rules.after_visit import ORGAN_AT_MOST
from onevisit.rules.articles import OPINION, is_of_2005
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.labels import Labelled
from onevisit.rules.rulesets import RuleSet, source

ITEM_AT_MOST: Final = 20_000
ARTICLE_SHANDONG = "《山东省信访条例》第四十一条"
ARTICLE_NO_SUIT = "法释〔2018〕1号第一条第二款第（九）项"

_COURTS_AS_REMEDY = re.compile(r"复议|诉讼|起诉|上诉|诉至|人民法院")
_OFFERED = re.compile(
    r"(?:可以?|有权|能够|应当?|请|需)[^。；;\n]{0,40}?(?:行政复议|行政诉讼|提起诉讼|提出诉讼|起诉|申请复议|诉至)"
)


class OpinionItem(Labelled):
    """What an opinion has to state; the values are the names of the fields of ``Opinion``."""

    REQUEST = "request", "投诉请求"
    FACTS = "facts", "事实和理由"
    DECISION = "decision", "处理意见"
    BASIS = "basis", "法律法规依据"
    REMEDY = "remedy", "救济途径和期限"


ITEMS_OF_2022 = (OpinionItem.REQUEST, OpinionItem.FACTS, OpinionItem.DECISION, OpinionItem.BASIS)
"""信访工作条例 (2022), article 32."""

ITEMS_OF_SHANDONG = (*ITEMS_OF_2022, OpinionItem.REMEDY)
"""山东省信访条例 (2015), article 41, asks for the remedy and its period besides."""


def items_of(rules: RuleSet) -> tuple[OpinionItem, ...]:
    """What an opinion has to state by the rule set of its matter; 2005 names no items, so those of 2022 are asked."""
    return ITEMS_OF_SHANDONG if _is_of_shandong(rules) else ITEMS_OF_2022


class OpinionKind(Labelled):
    """Which of the three opinions: each opens the way to the next, and the last one to none."""

    HANDLING = "handling", "信访处理意见书"
    REVIEW = "review", "信访复查意见书"
    FINAL_REVIEW = "final_review", "信访复核意见书"


def remedy_line(kind: OpinionKind, days: int) -> str:
    """The line that is printed at the foot: the one way that is open, or that none is (articles 35 and 36).

    Registration, transfer and review are outside of suits and reconsideration (法释〔2018〕1号, article 1, paragraph 2
    (九)), so neither ever stands here.

    Args:
        kind: of the opinion.
        days: for the request, as the rule set of the matter has it.
    """
    if kind is OpinionKind.HANDLING:
        return f"对本意见不服的，可以自收到之日起 {days} 日内，书面请求原办理机关、单位的上一级机关、单位复查。"
    if kind is OpinionKind.REVIEW:
        return f"对本意见不服的，可以自收到之日起 {days} 日内，书面请求复查机关、单位的上一级机关、单位复核。"
    return "对本意见不服，仍以同一事实和理由提出投诉请求的，各级信访部门和其他机关、单位不再受理。"


class OpinionOutcome(Labelled):
    """How a handling opinion decides (信访工作条例 2022, article 32)."""

    SUPPORTED = "supported", "予以支持"
    EXPLAINED = "explained", "请求事由合理但缺乏法律依据，做好解释"
    NOT_SUPPORTED = "not_supported", "不予支持"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A handling opinion as written, finished or not.

    Attributes:
        request: what is asked for.
        facts: what was found, and the reasons.
        decision: the opinion itself.
        basis: the laws it rests on.
        remedy: what whoever disagrees may do, by when.
    """

    request: str = ""
    facts: str = ""
    decision: str = ""
    basis: str = ""
    remedy: str = ""
    outcome: OpinionOutcome | None = None


def missing_items(opinion: Opinion, items: Collection[OpinionItem]) -> tuple[OpinionItem, ...]:
    """List the items that are still empty, in the order of the sheet."""
    return tuple(item for item in OpinionItem if item in items and not _field(opinion, item).strip())


def faults_of_final(opinion: Opinion, rules: RuleSet) -> tuple[Fault, ...]:
    """Say why an opinion cannot be final: an item that its rule set asks for is empty, or it decides nothing."""
    empty = tuple(
        Fault(item.value, f"意见书还没有写“{item.label}”，只能打印草稿；请补上再定稿。", _article_of(item, rules))
        for item in missing_items(opinion, items_of(rules))
    )
    if opinion.outcome is not None:
        return empty
    return *empty, Fault("outcome", "请选择结论：支持、解释说明，还是不予支持。", OPINION.under(rules))


def too_long(organ: str, opinion: Opinion) -> Iterator[Fault]:
    """Refuse what no sheet of this kind is as long as."""
    yield from length_faults("organ", organ, ORGAN_AT_MOST, "出具意见书的机关、单位")
    for item in OpinionItem:
        yield from length_faults(item.value, _field(opinion, item), ITEM_AT_MOST, f"“{item.label}”")


def warnings_of(opinion: Opinion) -> tuple[Fault, ...]:
    """Warn about what may be written, but is mostly wrong: a suit or reconsideration offered as the remedy.

    Registration, transfer and review are outside of both (法释〔2018〕1号, article 1, paragraph 2 (九)); open are the
    review and the final review. That a court has decided something may well stand among the facts.
    """
    told = "对信访意见书不服的，途径是请求复查、复核，不是行政复议或者诉讼；请核对并改正。"
    wrong = (
        (OpinionItem.DECISION, _OFFERED.search(opinion.decision)),
        (OpinionItem.REMEDY, _COURTS_AS_REMEDY.search(opinion.remedy)),
    )
    return tuple(Fault(item.value, told, ARTICLE_NO_SUIT) for item, found in wrong if found)


def _is_of_shandong(rules: RuleSet) -> bool:
    return rules.region.startswith("37")


def _article_of(item: OpinionItem, rules: RuleSet) -> str:
    if item is OpinionItem.REMEDY or (is_of_2005(rules) and _is_of_shandong(rules)):
        return source(ARTICLE_SHANDONG, example=rules.optional)
    return "" if is_of_2005(rules) else OPINION.of_2022


def _field(opinion: Opinion, item: OpinionItem) -> str:
    text: str = getattr(opinion, item.value)
    return text
