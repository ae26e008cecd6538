"""The one-visit gate: what would make this person come again?

Each check is a small pure function over what the window knows. It finds something open (``Finding``), says quietly
that all is well (a sentence), or has nothing to say (None). Nothing here stops a save: a finding is mended by its
button, or left open with a reason, which is told again when the visitor comes back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from onevisit.rules import text
from onevisit.rules.faults import Fault
from onevisit.rules.forms import GateAnswer
from onevisit.rules.readiness import law, people, told_papers, way, words
from onevisit.rules.readiness.knows import (
    ACTIONS,
    FOCUS,
    OPEN_ORGANS,
    OPEN_PROMISES,
    OPEN_ROSTER,
    OPEN_ROUTE,
    OPEN_URGENT,
    PRINT_NOTICE,
    PRINT_SLIP,
    SEND_TO_LAWYER,
    SHOW_WAITING,
    Check,
    Finding,
    Gate,
    LeftOpen,
    Outcome,
    RouteKnown,
    WindowKnows,
)
from onevisit.rules.readiness.law import is_court_matter
from onevisit.rules.readiness.told_papers import missing_papers

__all__ = [
    "ACTIONS",
    "CHECKS",
    "FOCUS",
    "OPEN_ORGANS",
    "OPEN_PROMISES",
    "OPEN_ROSTER",
    "OPEN_ROUTE",
    "OPEN_URGENT",
    "PRINT_NOTICE",
    "PRINT_SLIP",
    "REASON_AT_MOST",
    "SEND_TO_LAWYER",
    "SHOW_WAITING",
    "Check",
    "Finding",
    "Gate",
    "LeftOpen",
    "Outcome",
    "RouteKnown",
    "WindowKnows",
    "check_all",
    "is_court_matter",
    "missing_papers",
    "reason_faults",
    "set_aside",
]

REASON_AT_MOST = 100
"""Characters: one line."""

CHECKS: Mapping[Check, Callable[[WindowKnows], Outcome]] = {
    Check.PROMISE: words.promise_kept,
    Check.URGENT_TOLD: words.urgency_reported,
    Check.REACH: people.can_be_reached,
    Check.DOCUMENT: people.document_known,
    Check.NAME: people.name_readable,
    Check.TALK: people.talk_allowed,
    Check.STOP: way.stop_told,
    Check.COURT: law.belongs_to_court,
    Check.ROUTE: way.route_decided,
    Check.ORGAN: way.organ_chosen,
    Check.DIRECTORY: way.organ_known,
    Check.NOTICE: way.notice_in_writing,
    Check.WRONG_PAPERS: told_papers.right_papers_told,
    Check.LAWYER: law.lawyer_asked,
    Check.ADVICE: law.advice_given,
    Check.PAPERS: told_papers.papers_complete,
    Check.AGENT: people.agent_authorised,
    Check.GROUP: people.group_represented,
    Check.ROSTER: people.roster_signed,
    Check.REPLY: people.reply_possible,
    Check.SECOND_CONTACT: people.second_contact,
    Check.ANSWER_DAY: people.answer_day_given,
    Check.SUMMARY: words.summary_sufficient,
    Check.PLACE: words.place_known,
    Check.RESPONDENT: words.respondent_known,
    Check.SECRET: words.accusation_kept_secret,
    Check.URGENT: words.urgency_explained,
    Check.SLIP: way.slip_in_hand,
}
"""All checks, the weightiest first."""


def check_all(knows: WindowKnows) -> Gate:
    """Ask every check, the weightiest first; what was left open before says why."""
    outcomes = {key: check(knows) for key, check in CHECKS.items()}
    found = tuple(
        replace(one, before=knows.left_before.get(key, "")) for key, one in outcomes.items() if isinstance(one, Finding)
    )
    return Gate(found, tuple(one for one in outcomes.values() if isinstance(one, str) and one))


def set_aside(gate: Gate, reasons: Iterable[GateAnswer]) -> Gate:
    """Take out of the open findings those that are left for a reason; a reason whose finding was mended is moot."""
    given = {one.finding: one.reason for one in reasons}
    return Gate(
        tuple(one for one in gate.findings if one.key not in given),
        gate.fine,
        tuple(LeftOpen(one, given[one.key]) for one in gate.findings if one.key in given),
    )


def reason_faults(answer: GateAnswer) -> tuple[Fault, ...]:
    """Say what is wrong with a reason for leaving a finding open."""
    reason = text.tidy(answer.reason)
    if answer.finding not in {one.value for one in Check}:
        return (Fault("finding", "没有这一项检查，请刷新后再试。"),)
    if not reason:
        return (Fault("reason", "请写一句为什么留下，来访人下次来时大家都看得到。"),)
    length = text.visible_length(reason)
    if length > REASON_AT_MOST:
        return (Fault("reason", f"原因有 {length} 字，最多 {REASON_AT_MOST} 字，请缩短。"),)
    return ()
