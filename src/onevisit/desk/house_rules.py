"""The rule sets of the unit: which hold, which are optional, how to add one, and that none goes which a matter keeps.

Whoever is logged in reads them; EDIT_LISTS writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.house_text import edition_of, put, read_typed, take_away
from onevisit.desk.lawbook import (
    RULES,
    SWITCHED_ON,
    house_text,
    house_texts,
    own_rule_sets,
    own_rules,
    rules_on,
    switched_on,
    unread_sentence,
)
from onevisit.rules import rulebook, ruleset_text, text
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import Matter

_UNKNOWN: Final = "没有这套规则了，请看过最新的规则再办。"


@dataclass(frozen=True, slots=True)
class RuleSetLine:
    """One set as it stands at this unit.

    Attributes:
        own: the unit added it; else it is shipped.
        here: its region is the unit's.
        switched: an optional one that is switched on.
        today: new matters are registered under it.
        matters: so many are counted by it, for ever.
        seen: the edition of the unit's own text; empty for a shipped one.
    """

    rules: RuleSet
    own: bool
    here: bool
    switched: bool
    today: bool
    matters: int
    seen: str


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A set of the unit's own that this version cannot read; whoever mends it brings it back under the same code.

    Attributes:
        code: under which it is kept.
        words: what is wrong with it, how many matters it holds up, and what to do.
        matters: so many.
        seen: the edition of its text.
    """

    code: str
    words: str
    matters: int
    seen: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every set, the youngest first.

    Attributes:
        seen: the edition of what is switched on.
        unread: those that cannot be read.
    """

    sets: tuple[RuleSetLine, ...]
    seen: str
    unread: tuple[UnreadLine, ...] = ()

    @property
    def editions(self) -> dict[str, str]:
        """The editions of the unit's own sets, by code."""
        return {line.rules.code: line.seen for line in self.sets} | {one.code: one.seen for one in self.unread}


def rule_book(desk: Desk) -> RuleBook:
    """Every rule set with what it means for this unit. Whoever is logged in may read it."""
    with desk.look(None) as session:
        texts = house_texts(session, RULES)
        known, on = own_rules(session), switched_on(session)
        counts = _counts(session)
        today = rules_on(desk, session, local_day(desk.now())).code
        ordered = sorted(
            (*known.sets, *rulebook.SHIPPED), key=lambda one: (one.in_force, len(one.region)), reverse=True
        )
        lines = tuple(
            RuleSetLine(
                rules=one,
                own=one.code in texts,
                here=desk.unit.region_code.startswith(one.region),
                switched=one.optional and one.code in on,
                today=one.code == today,
                matters=counts.get(one.code, 0),
                seen=edition_of(texts.get(one.code, "")),
            )
            for one in ordered
        )
        unread = tuple(
            UnreadLine(code, f"{held} 件：{unread_sentence(code, why)}", held, edition_of(texts[code]))
            for code, why in known.unread.items()
            for held in (counts.get(code, 0),)
        )
        return RuleBook(lines, edition_of(house_text(session, SWITCHED_ON)), unread)


def rules_of_day(desk: Desk, day: date) -> RuleSet:
    """The set that a matter is registered under on a local day at this unit. Whoever is logged in may ask.

    Raises:
        RuleSetFault: the day is before 2005-05-01.
    """
    with desk.look(None) as session:
        return rules_on(desk, session, day)


def rule_set_text(desk: Desk, code: str) -> str:
    """A set as text that people can edit and bring back under a code of its own. Whoever is logged in may read it.

    One that cannot be read is given as it is kept, to be mended.

    Raises:
        RuleSetFault: no set has this code.
    """
    with desk.look(None) as session:
        if code in own_rules(session).unread:
            return house_text(session, f"{RULES}{code}")
        return ruleset_text.to_json(rulebook.named(code, own=own_rule_sets(session)))


def add_rules(desk: Desk, typed: str, seen: Mapping[str, str]) -> RuleSet:
    """Add a set of the unit's own, or put it in the place of an own one of its code that no matter keeps.

    Needs EDIT_LISTS. Matters that are registered already keep theirs.

    Args:
        desk: who acts.
        typed: the text, such as ``rule_set_text`` wrote.
        seen: the editions of the own sets that the person had before the eyes, by code.

    Raises:
        PlainFault: the text is no rule set, in one sentence.
        FormError: what speaks against adding it; the fields are those of ``RuleSet``.
        ChangedElsewhereError: another window added or changed it meanwhile.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        read = read_typed(ruleset_text.from_json, typed)
        rules = replace(read, name=text.tidy(read.name))
        own = own_rule_sets(session)
        free = not _is_kept(session, rules.code)
        faults = rulebook.addition_faults(rules, [one for one in own if not (free and one.code == rules.code)])
        if faults:
            raise FormError(faults)
        if rules not in own:
            put(desk, session, f"{RULES}{rules.code}", ruleset_text.to_json(rules), seen.get(rules.code, ""))
            desk.record(session, "rules.added", detail=rules.code)
        return rules


def remove_rules(desk: Desk, code: str, seen: str) -> None:
    """Take a set of the unit's own out that no matter keeps. Needs EDIT_LISTS.

    Raises:
        NotFoundError: the unit has no set of this code.
        DeskFault: matters are counted by it.
        ChangedElsewhereError: another window changed it meanwhile.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        if code not in house_texts(session, RULES):
            raise NotFoundError(_UNKNOWN)
        if _is_kept(session, code):
            raise DeskFault(
                "已有事项按这套规则登记，要一直照它计算，不能删去；可以另外添加一套从新的日期起施行的规则。"
            )
        take_away(session, f"{RULES}{code}", seen)
        if code in switched_on(session):
            _put_switched(desk, session, switched_on(session) - {code}, edition_of(house_text(session, SWITCHED_ON)))
        desk.record(session, "rules.removed", detail=code)


def switch_rules(desk: Desk, code: str, seen: str, *, on: bool) -> None:
    """Use an optional set for new matters from now on, or no more. Needs EDIT_LISTS.

    Args:
        desk: who acts.
        code: of the set.
        seen: the edition of what is switched on.
        on: use it.

    Raises:
        NotFoundError: no optional set has this code.
        ChangedElsewhereError: another window switched meanwhile.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        known = (*own_rule_sets(session), *rulebook.SHIPPED)
        if not any(one.code == code and one.optional for one in known):
            raise NotFoundError(_UNKNOWN)
        before = switched_on(session)
        _put_switched(desk, session, before | {code} if on else before - {code}, seen)
        desk.record(session, "rules.switched", detail=f"{code}/{'on' if on else 'off'}")


def _put_switched(desk: Desk, session: Session, codes: frozenset[str], seen: str) -> None:
    put(desk, session, SWITCHED_ON, "".join(f"{code}\n" for code in sorted(codes)), seen)


def _is_kept(session: Session, code: str) -> bool:
    return bool(session.scalar(select(exists().where(Matter.rule_set == code))))


def _counts(session: Session) -> dict[str, int]:
    counted = session.execute(select(Matter.rule_set, func.count()).group_by(Matter.rule_set))
    return {row[0]: row[1] for row in counted}
