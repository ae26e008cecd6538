"""What the window shows of the life of a matter: where it stands, its days, and each action with why it waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from onevisit.desk.clock_reading import DueLine, due_lines, nearest
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.lawbook import rules_of
from onevisit.desk.life_clocks import SERVED, extension_case
from onevisit.desk.life_steps import Case, case_of, refusal
from onevisit.desk.opinions import OpinionLine, opinion_lines
from onevisit.desk.sight import matters_to_know
from onevisit.desk.standing import Seen, seen, standing_of
from onevisit.desk.urgent_later import why_not as urgent_why_not
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.labels import Labelled
from onevisit.rules.life_words import where_it_stands
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_history import Event, Happening, happening
from onevisit.rules.matter_life import Action, opinion_why_not
from onevisit.rules.opinions import OpinionItem, items_of
from onevisit.rules.rulesets import ClockKind, RuleSet
from onevisit.rules.step_forms import StepRule, rule_of
from onevisit.store.tables import ClockStop, Matter, MatterLink, Visit, VisitParty


class Special(Labelled):
    """What is done with a matter without being a step of its life."""

    EXTEND = "extend", "延长期限"
    STOP = "stop", "暂停计算"
    GO_ON = "go_on", "继续计算"
    CORRECT = "correct", "更正日期"
    RELATE = "relate", "关联另一件"
    OPINION = "opinion", "写意见书"
    URGENT = "urgent", "改为紧急"


Doing = Happening | Special

GROUPS: Final[tuple[tuple[str, tuple[Doing, ...]], ...]] = (
    (
        "承办单位",
        (
            *(Event.RECEIVED, Event.NOTICED, Action.ACCEPT, Action.ANSWER, Event.REPORTED),
            *(Action.OBJECT, Action.RETURN, Action.KEEP, Special.OPINION),
        ),
    ),
    (
        "复查复核",
        (
            *(Action.ASK_REVIEW, Event.REVIEW_ACCEPTED, Action.REVIEW),
            *(Action.ASK_FINAL_REVIEW, Event.FINAL_ACCEPTED, Action.FINAL_REVIEW, Action.END_REVIEW, Action.REDO),
        ),
    ),
    ("期限", (Special.EXTEND, Special.STOP, Special.GO_ON, Special.CORRECT)),
    ("调解与关联", (Event.AGREED, Event.CONFIRMED, Special.RELATE, Action.MERGE, Action.SPLIT)),
    ("紧急", (Special.URGENT,)),
    ("结束", (Action.CLOSE, Action.WITHDRAW, Action.TERMINATE, Action.REOPEN)),
)
"""The buttons of the window, by group."""

NEEDS: Final = {Action.TERMINATE: Permission.END_MATTER, Action.REOPEN: Permission.END_MATTER}
"""What needs more than HANDLE."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One thing that can be done, or why not.

    Attributes:
        why_not: in one sentence; empty when it can be done now.
        rule: what it asks; None for what has a form of its own.
    """

    doing: Doing
    label: str
    why_not: str
    rule: StepRule | None = None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as recorded, for putting its day right."""

    step_id: int
    label: str
    on: date
    served_on: date | None
    may_be_served: bool


@dataclass(frozen=True, slots=True)
class StopLine:
    """A clock that stands still, until it is said that it goes on."""

    stop_id: int
    label: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A matter that belongs to this one.

    Attributes:
        words: what it is to this one, ``已并入``.
    """

    matter_id: int
    words: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another matter of the same visitors, offered where one is to be named."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class LifeView:
    """The life of one matter as it stands today.

    Attributes:
        stands: in one plain sentence where it stands.
        next_due: the open clock that ends first.
        running: the clocks that could be stopped now.
        assigner_approves: an extension needs the organ that assigned the matter.
        items: what an opinion has to state to be final.
        most_days: how many days an extension may have.
    """

    seen: Seen
    title: str
    stands: str
    rules_name: str
    organ: str
    next_due: DueLine | None
    lines: tuple[DueLine, ...]
    groups: tuple[tuple[str, tuple[ActLine, ...]], ...]
    steps: tuple[StepLine, ...]
    stops: tuple[StopLine, ...]
    running: tuple[tuple[ClockKind, str], ...]
    links: tuple[LinkLine, ...]
    others: tuple[OtherLine, ...]
    opinions: tuple[OpinionLine, ...]
    items: tuple[OpinionItem, ...]
    assigner_approves: bool
    most_days: int

    def act(self, doing: Doing) -> ActLine:
        """One of the actions."""
        return next(one for _, acts in self.groups for one in acts if one.doing is doing)


def life(desk: Desk, matter_id: int) -> LifeView:
    """The life of a matter, with each action and why it waits. Needs SEARCH.

    Raises:
        NotFoundError: it is not there, or may not be known.
    """
    with desk.look(Permission.SEARCH) as session:
        matter = session.scalars(select(Matter).where(Matter.id == matter_id, matters_to_know(desk))).first()
        if matter is None:
            raise NotFoundError("没有找到这件事项，请重新查找。")
        return _view(desk, session, matter)


def _view(desk: Desk, session: Session, matter: Matter) -> LifeView:
    case = case_of(session, matter)
    rules, held_up = _rules(session, matter)
    items = items_of(rules) if rules else ()
    lines = due_lines(desk, session, [matter])[matter.id]
    stops = _standing_stops(session, matter)
    extension = extension_case(desk, session, case) if rules else None
    able = _Able(held_up, extension.due if extension else None, bool(stops))
    groups = tuple((word, tuple(_act(desk, case, one, able) for one in doings)) for word, doings in GROUPS)
    started, done = case.events.starts, case.events.done
    return LifeView(
        seen=seen(matter),
        title=matter.title,
        stands=where_it_stands(standing_of(matter), matter.lead_organ),
        rules_name=rules.name if rules else "",
        organ=matter.lead_organ,
        next_due=nearest(lines),
        lines=lines,
        groups=groups,
        steps=tuple(_steps(case)),
        stops=stops,
        running=tuple((kind, kind.label) for kind in ClockKind if kind in started and kind not in done),
        links=tuple(_links(desk, session, matter)),
        others=_others(desk, session, matter),
        opinions=opinion_lines(desk, session, matter, items),
        items=items,
        assigner_approves=bool(rules and extension and extension.assigned and rules.assigner_approves.on),
        most_days=rules.extension.value if rules else 0,
    )


@dataclass(frozen=True, slots=True)
class _Able:
    """What actions wait for beside the state.

    Attributes:
        held_up: why the rules of the matter cannot be read; empty if they can.
        due: the last day for handling, before any extension.
        stands: a clock stands still.
    """

    held_up: str
    due: date | None
    stands: bool


def _rules(session: Session, matter: Matter) -> tuple[RuleSet | None, str]:
    """The rules of a matter, or why there are none: then nothing of it can be counted, and it waits."""
    try:
        return rules_of(session, matter), ""
    except PlainFault as fault:
        return None, fault.sentence


def _act(desk: Desk, case: Case, doing: Doing, able: _Able) -> ActLine:
    needed = NEEDS.get(doing, Permission.HANDLE) if isinstance(doing, Action) else Permission.HANDLE
    why = "" if desk.may(needed) else f"{desk.actor.role.label}没有“{needed.label}”的权限，请由有权限的人员办理。"
    if doing is not Special.URGENT:
        why = why or able.held_up  # a report of what is urgent waits for nothing
    if isinstance(doing, Special):
        return ActLine(doing, doing.label, why or _special_why_not(case, doing, able))
    rule = rule_of(doing, standing_of(case.matter))
    return ActLine(doing, doing.label, why or refusal(case, doing), rule)


def _special_why_not(case: Case, doing: Special, able: _Able) -> str:
    open_ = [kind for kind in case.events.starts if kind not in case.events.done]
    earlier = case.events.extension
    extended = f"已经延期 {earlier.days} 日，只能延期一次。" if earlier else ""
    return {
        Special.EXTEND: extended or ("" if able.due else "现在没有在走的办理期限，不需要延期。"),
        Special.STOP: "" if open_ else "现在没有在走的期限。",
        Special.GO_ON: "" if able.stands else "现在没有暂停的期限。",
        Special.CORRECT: "" if case.steps else "还没有登记过任何一步。",
        Special.RELATE: "",
        Special.OPINION: opinion_why_not(standing_of(case.matter)),
        Special.URGENT: urgent_why_not(case.matter),
    }[doing]


def _steps(case: Case) -> Iterator[StepLine]:
    for one in case.steps:
        kind = happening(one.kind)
        may_be_served = kind in SERVED
        yield StepLine(one.id, kind.label, one.on_day, one.served_on, may_be_served)


def _standing_stops(session: Session, matter: Matter) -> tuple[StopLine, ...]:
    query = select(ClockStop).where(ClockStop.matter_id == matter.id, ClockStop.last.is_(None)).order_by(ClockStop.id)
    return tuple(StopLine(one.id, f"{one.clock.label}：{one.reason.label}") for one in session.scalars(query))


_WORDS: Final = {
    (LinkKind.MERGED_INTO, True): "并入了",
    (LinkKind.MERGED_INTO, False): "并入这一件的",
    (LinkKind.SPLIT_FROM, True): "分自",
    (LinkKind.SPLIT_FROM, False): "分出的",
    (LinkKind.RELATED, True): "相关",
    (LinkKind.RELATED, False): "相关",
}


def _links(desk: Desk, session: Session, matter: Matter) -> Iterator[LinkLine]:
    query = select(MatterLink).where(or_(MatterLink.from_id == matter.id, MatterLink.to_id == matter.id))
    found = session.scalars(query.order_by(MatterLink.id)).all()
    ids = {one.to_id if one.from_id == matter.id else one.from_id for one in found}
    known = select(Matter).where(Matter.id.in_(ids), matters_to_know(desk))
    others = {one.id: one for one in session.scalars(known)} if ids else {}
    for one in found:
        outward = one.from_id == matter.id
        other = others.get(one.to_id if outward else one.from_id)
        if other is not None:
            yield LinkLine(other.id, _WORDS[one.kind, outward], other.number, other.title)


def _others(desk: Desk, session: Session, matter: Matter) -> tuple[OtherLine, ...]:
    people = select(VisitParty.petitioner_id).join(VisitParty.visit).where(Visit.matter_id == matter.id)
    query = (
        select(Matter.number, Matter.title)
        .join(Matter.visits)
        .join(Visit.parties)
        .where(VisitParty.petitioner_id.in_(people), Matter.id != matter.id, Matter.anonymised_at.is_(None))
        .where(matters_to_know(desk))
        .distinct()
        .order_by(Matter.number.desc())
        .limit(20)
    )
    return tuple(OtherLine(number, title) for number, title in session.execute(query))
