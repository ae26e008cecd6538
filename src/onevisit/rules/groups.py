"""Group visits, representatives, agents; and counting visits (批次) and people (人次) apart.

From how many people a visit is one of a group, how many may speak for it and how many agents there may be is asked of
``rules.registration``; which papers an agent still lacks of ``rules.papers``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onevisit.rules import phones, registration, text
from onevisit.rules.faults import Fault
from onevisit.rules.forms import AgentPart, RegistrationForm
from onevisit.rules.people import AgentKind, PersonEntry
from onevisit.rules.rulesets import RuleSet

__all__ = [
    "AUTHORITY",
    "Agent",
    "AgentKind",
    "Representative",
    "Turnout",
    "agents_of",
    "check_roster",
    "is_represented",
    "papers_of",
    "roster_of",
    "talk_blocked",
    "turnout",
    "unsigned",
]


@dataclass(frozen=True, slots=True)
class Representative:
    """代表: one row of the roster of a group.

    Attributes:
        signed: has signed the roster and taken on to tell the others the answer.
    """

    person: PersonEntry
    signed: bool = False


AUTHORITY = "授权委托书"
"""What every agent but a guardian shows first (山东省信访条例, article 28)."""
_PROOF = {
    AgentKind.RELATIVE: (AUTHORITY, "近亲属关系证明"),
    AgentKind.STAFF: (AUTHORITY, "工作单位介绍信"),
    AgentKind.RECOMMENDED: (AUTHORITY, "推荐书"),
    AgentKind.LAWYER: (AUTHORITY, "律师事务所、基层法律服务所介绍信（函）"),
    AgentKind.GUARDIAN: ("监护关系证明",),
}


@dataclass(frozen=True, slots=True)
class Agent:
    """代理人: who speaks for the petitioner, and which of the papers were shown.

    Attributes:
        shown: names out of ``papers_of``.
    """

    person: PersonEntry
    kind: AgentKind | None = None
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turnout:
    """Visits and people, counted apart.

    Attributes:
        batches: 批次, each visit once.
        persons: 人次, whoever was present at each visit.
        group_batches: 批次 of group visits among them.
        group_persons: 人次 of group visits among them.
    """

    batches: int
    persons: int
    group_batches: int
    group_persons: int


def turnout(visits: Iterable[tuple[int, bool]]) -> Turnout:
    """Count visits and people.

    Args:
        visits: of each, how many were present and whether they were a group.
    """
    present = tuple(visits)
    groups = [people for people, group in present if group]
    return Turnout(len(present), sum(people for people, _ in present), len(groups), sum(groups))


def agents_of(form: RegistrationForm) -> tuple[Agent, ...]:
    """The agents on a form, each with what they are and what they showed."""
    parts = registration.beside(form.agent_parts, form.agents, AgentPart())
    return tuple(Agent(person, part.kind, part.shown) for person, part in zip(form.agents, parts, strict=True))


def roster_of(form: RegistrationForm, group_from: int = registration.GROUP_FROM) -> tuple[Representative, ...]:
    """The lead visitor and the others who speak for a group, each with whether they signed; empty for no group."""
    if form.anonymous or not registration.is_group(registration.headcount(form), group_from):
        return ()
    people = registration.speakers(form)
    signed = registration.beside(form.signed, people, False)
    return tuple(Representative(person, one) for person, one in zip(people, signed, strict=True))


def is_represented(form: RegistrationForm, group_from: int = registration.GROUP_FROM) -> bool:
    """Whether a group has named representatives beside the lead visitor; others than groups need none."""
    return not registration.is_group(registration.headcount(form), group_from) or bool(_representatives(form))


def talk_blocked(form: RegistrationForm, rules: RuleSet) -> str:
    """Say why a group may be registered, but not received for a talk (接谈); empty if it may.

    Args:
        form: the visit.
        rules: the set of the matter; only some know this rule (山东省信访条例, article 27).
    """
    if not rules.talk_needs_representatives.on or is_represented(form, rules.group_from.value):
        return ""
    return f"来了 {registration.headcount(form)} 人，还没有推选代表，可以登记，暂不接谈；请先推选代表。"


def check_roster(
    roster: Sequence[Representative],
    *,
    at_most: int,
    article: str,
) -> tuple[Fault, ...]:
    """Say what is at fault with the roster of representatives (代表名册).

    Args:
        roster: the rows.
        at_most: what the rule set allows.
        article: what says so.
    """
    return tuple(_roster_faults(roster, at_most, article))


def unsigned(roster: Sequence[Representative]) -> tuple[str, ...]:
    """Name the representatives who have not signed yet."""
    return tuple(text.tidy(one.person.name) for one in roster if not one.signed and text.tidy(one.person.name))


def papers_of(kind: AgentKind) -> tuple[str, ...]:
    """List what an agent of this kind shows (山东省信访条例, article 28); a guardian needs no letter of authority."""
    return _PROOF[kind]


def _roster_faults(roster: Sequence[Representative], at_most: int, article: str) -> Iterator[Fault]:
    yield from registration.too_many_representatives("roster", len(roster), at_most, article)
    for place, one in enumerate(roster):
        if not text.tidy(one.person.name):
            yield Fault(f"roster.{place}.name", f"第 {place + 1} 位代表没有姓名，请填写，或删去这一行。")
        if not one.person.phone.strip():
            yield Fault(f"roster.{place}.phone", "代表要留电话，结果才能告诉大家，请填写。")
            continue
        try:
            phones.read(one.person.phone)
        except phones.PhoneFault as fault:
            yield Fault(f"roster.{place}.phone", f"{str(fault).rstrip('。')}。")


def _representatives(form: RegistrationForm) -> tuple[PersonEntry, ...]:
    return () if form.anonymous else tuple(one for one in form.companions if text.tidy(one.name))
