"""延期: at most 30 days more for handling, with an approver and a reason.

信访工作条例 (2022) 第34条, 信访条例 (2005) 第33条, 山东省信访条例 (2015) 第42条.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.labels import Labelled
from onevisit.rules.rulesets import RuleSet, source

APPROVER_AT_MOST: Final = 100
REASON_AT_MOST: Final = 2_000


class Approver(Labelled):
    """Who approved: the head of the organ that handles the matter, or the organ that assigned it."""

    HEAD = "head", "本机关、单位负责人"
    ASSIGNING_ORGAN = "assigning_organ", "交办机关"


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension as approved.

    Attributes:
        days: how many days more.
        approver: which kind of approver.
        approved_by: their name and post, or the name of the organ.
        reason: why; it is told to the visitor.
        approved_on: the local day of the approval.
    """

    days: int
    approver: Approver
    approved_by: str
    reason: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class ExtensionCase:
    """What an extension is asked for.

    Attributes:
        accepted: the local day of acceptance.
        due: the last day without the extension; None where no days for handling run.
        assigned: the matter was assigned with a report to be given back (交办), not only transferred.
        earlier: an extension that was granted before.
        today: the local day of today.
    """

    accepted: date
    due: date | None
    assigned: bool
    earlier: Extension | None
    today: date


def extension_faults(one: Extension, case: ExtensionCase, rules: RuleSet) -> tuple[Fault, ...]:
    """Say what speaks against an extension; the fields are those of ``Extension``.

    Whether an approval may come after the last day no text says; one that does is refused, since then nothing is left
    to extend.
    """
    article = rules.extension.article
    if case.due is None:
        return (Fault("days", "这件事没有办理期限，不需要延期。", article),)
    if case.earlier is not None:
        said = f"这件事已经延期 {case.earlier.days} 日，只能延期一次，请在延长后的期限内答复。"
        return (Fault("days", said, article),)
    return (*_length(one, rules), *_approval(one, case, rules), *_day(one, case, case.due))


def _length(one: Extension, rules: RuleSet) -> Iterator[Fault]:
    most = rules.extension.value
    if not 1 <= one.days <= most:
        said = f"延期应在 1 至 {most} 日之间（现为 {one.days} 日），请改正。"
        yield Fault("days", said, rules.extension.article)
    if not one.reason.strip():
        yield Fault("reason", "请写明延期理由，要告知信访人。", rules.extension.article)
    yield from length_faults("reason", one.reason, REASON_AT_MOST, "延期理由")


def _approval(one: Extension, case: ExtensionCase, rules: RuleSet) -> Iterator[Fault]:
    if not one.approved_by.strip():
        who = "交办机关" if _needs_assigner(case, rules) else rules.extension_approver
        yield Fault("approved_by", f"延期须经{who}批准，请写明批准人。", rules.extension.article)
    if _needs_assigner(case, rules) and one.approver is not Approver.ASSIGNING_ORGAN:
        said = "交办的事项延期，须经交办机关批准，请先报交办机关。"
        yield Fault("approver", said, source(rules.assigner_approves.article, example=rules.assigner_approves.example))
    if not case.assigned and one.approver is Approver.ASSIGNING_ORGAN:
        said = f"这件事不是交办的，没有交办机关；请经{rules.extension_approver}批准。"
        yield Fault("approver", said, rules.extension.article)
    yield from length_faults("approved_by", one.approved_by, APPROVER_AT_MOST, "批准人")


def _needs_assigner(case: ExtensionCase, rules: RuleSet) -> bool:
    return case.assigned and rules.assigner_approves.on


def _day(one: Extension, case: ExtensionCase, due: date) -> Iterator[Fault]:
    if one.approved_on > case.today:
        yield Fault("approved_on", "批准日期在今天之后，请核对。")
    if one.approved_on < case.accepted:
        yield Fault("approved_on", f"批准日期早于受理日期（{show_day(case.accepted)}），请核对。")
    if one.approved_on > due:
        said = f"期限已于{show_day(due)}届满，届满后不能再批准延期，请尽快答复；批准日期写错的，请改正。"
        yield Fault("approved_on", said)
