"""The frozen data of what is handed out about a route: to the visitor, and to the organ that receives the matter.

What goes to an organ about an accusation or a confidential matter names no informant (信访工作条例 2022, article 30).
"""

from dataclasses import dataclass
from datetime import date, datetime

from onevisit.rules.clocks import show_day
from onevisit.rules.labels import Labelled
from onevisit.rules.route_law import article, notice_tells
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet
from onevisit.rules.slip import UnitCard

SEALED_ASKS = "不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位"


class SheetKind(Labelled):
    """What can be printed of a route; the label is what people call it."""

    GUIDANCE = "guidance", "引导告知单"
    TOLD = "told", "去向告知单"
    TRANSFER = "transfer", "转送单"
    ASSIGNMENT = "assignment", "交办单"

    @property
    def to_visitor(self) -> bool:
        """Whether the visitor takes it along; the others go to the organ."""
        return self in {SheetKind.GUIDANCE, SheetKind.TOLD}


def visitors_kind(handling: Handling) -> SheetKind:
    """What the visitor takes along."""
    return SheetKind.GUIDANCE if handling is Handling.GUIDE else SheetKind.TOLD


def organs_kind(handling: Handling) -> SheetKind | None:
    """What goes to the organ; None where nothing is handed on."""
    if not handling.hands_on:
        return None
    return SheetKind.ASSIGNMENT if handling is Handling.ASSIGN else SheetKind.TRANSFER


@dataclass(frozen=True, slots=True)
class Place:
    """An organ as the visitor finds it; what is not known stays empty, to be filled in by hand.

    Attributes:
        bring: what to bring, one thing each.
        example: from the shipped list, not yet checked by the unit.
    """

    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    bring: tuple[str, ...] = ()
    example: bool = False


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the visitor takes along: where, address, phone, hours, what to bring, why, and how to ask.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        petitioner: as on the slip.
        handling: what the window does, in a word; ``way`` the procedure of article 31, empty if none.
        next_steps: what happens next, each with its article.
        beside: what the visitor takes of the offers.
        enquiry: how to ask without coming.
    """

    kind: SheetKind
    unit: UnitCard
    practice: bool
    visit_no: str
    matter_no: str
    query_code: str
    petitioner: str
    title: str
    classification: str
    decided_on: date
    handling: str
    way: str
    article: str
    why: str
    places: tuple[Place, ...]
    next_steps: tuple[str, ...]
    beside: tuple[str, ...]
    enquiry: str
    staff_no: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """What goes to the organ.

    Attributes:
        sealed: it names no informant, and goes in a closed envelope.
        to: the organs, the one in the lead first; ``joint`` says who does what when there are several.
        petitioner: label and value of who brought it; empty where it is sealed.
        told: what was said at each visit, without the informants where it is sealed.
        asks: what is asked of the organ, each with its article.
        reply_by: the last day of the report that an assignment asks for.
    """

    kind: SheetKind
    unit: UnitCard
    practice: bool
    sealed: bool
    matter_no: str
    to: tuple[str, ...]
    joint: str
    decided_on: date
    article: str
    way: str
    title: str
    classification: str
    respondent: str
    petitioner: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    materials: tuple[str, ...]
    asks: tuple[str, ...]
    reply_by: date | None
    staff_no: str
    made_at: datetime


def asks_of_organ(
    rules: RuleSet, *, reply_by: date | None, sixty_days: bool, gives_notice: bool, sealed: bool
) -> tuple[str, ...]:
    """Say what the rule set of the matter asks of the organ that receives it, each with its article.

    Args:
        rules: the matter's rule set.
        reply_by: the day of the report, for an assignment.
        sixty_days: the period for handling runs once it accepts.
        gives_notice: there is somebody to be told in writing, and no rules of the organ's own.
        sealed: the informants are not named.
    """
    notice, objection, handling = rules.notice, rules.objection, rules.handling
    written = f"自收到之日起 {notice.words}内，书面告知信访人{notice_tells(rules)}（{notice.article}）。"
    secrecy = article(rules, Handling.DISCIPLINE)
    report = f"{show_day(reply_by)}前报办理结果，并提交办结报告" if reply_by else ""
    asked = [f"{SEALED_ASKS}（{secrecy}）。" if sealed else ""]
    asked.append(f"{report}（{article(rules, Handling.ASSIGN)}）。" if report else "")
    asked.append(written if gives_notice else "")
    asked.append(f"自受理之日起 {handling.words}内办结（{handling.article}）。" if sixty_days else "")
    if objection is not None:
        outside = f"不属于你单位职权范围的，自收到之日起 {objection.words}内提出异议，说明理由"
        asked.append(f"{outside}（{objection.article}）。")
    return tuple(one for one in asked if one)
