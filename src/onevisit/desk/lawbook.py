"""What the unit's own rules and lists are, and by what a matter is counted: the shipped ones, and the unit's over them.

The unit's own stand in the store as text that people can read, edit and take out (``HouseText``). Every function here
is a step inside a use case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.rules import code_maps, content_text, holidays, organs, papers, rulebook, ruleset_text
from onevisit.rules.clocks import DayTable, decreed_calendar, local_day
from onevisit.rules.code_maps import CodeMap
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.organs import Directory
from onevisit.rules.papers import PaperLists
from onevisit.rules.periods import Counting
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import HouseText, Matter

ORGANS: Final = "organs"
PAPERS: Final = "papers"
CONTENT_TREE: Final = "content_tree"
CODE_MAPS: Final = "code_maps"
SWITCHED_ON: Final = "switched_on"
"""The optional rule sets that the administrator switched on: their codes, one a line."""
RULES: Final = "rules/"
"""Followed by the code of a rule set of the unit's own."""
HOLIDAYS: Final = "holidays/"
"""Followed by a year, ``holidays/2027``."""

_TREE: Final = "content_tree"

T = TypeVar("T")


def house_text(session: Session, name: str) -> str:
    """The unit's own version of a list; empty where it has none."""
    return session.scalars(select(HouseText.content).where(HouseText.name == name)).first() or ""


def house_texts(session: Session, prefix: str) -> dict[str, str]:
    """The unit's own texts whose names begin with ``prefix``, by the rest of the name, in its order."""
    query = select(HouseText.name, HouseText.content).where(HouseText.name.startswith(prefix, autoescape=True))
    return {name.removeprefix(prefix): content for name, content in session.execute(query.order_by(HouseText.name))}


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rule sets that the unit added.

    Attributes:
        sets: those that this version of the program can read.
        unread: of the others what is wrong with them, by code; only matters under them are held up.
    """

    sets: tuple[RuleSet, ...]
    unread: Mapping[str, str]

    def named(self, code: str) -> RuleSet:
        """The set that a matter keeps.

        Raises:
            RuleSetFault: there is none of this code, or it cannot be read; the sentence says what to do.
        """
        if code in self.unread:
            raise RuleSetFault(unread_sentence(code, self.unread[code]))
        return rulebook.named(code, own=self.sets)


def own_rules(session: Session) -> OwnRules:
    """The rule sets that the unit added, and what is wrong with those that cannot be read."""
    sets: list[RuleSet] = []
    unread: dict[str, str] = {}
    for code, content in house_texts(session, RULES).items():
        try:
            sets.append(_read(ruleset_text.from_json, content))
        except RuleSetFault as fault:
            unread[code] = fault.sentence
    return OwnRules(tuple(sets), unread)


def unread_sentence(code: str, why: str) -> str:
    """What is said of a rule set of the unit that cannot be read, and what to do."""
    return (
        f"本单位添加的规则（代号“{code}”）现在读不出，照它登记的事项算不出期限：{why}"
        "请管理员在“名录”的“规则”里导出它，改正后照原代号再添加。"
    )


def own_rule_sets(session: Session) -> tuple[RuleSet, ...]:
    """The rule sets that the unit added and that can be read."""
    return own_rules(session).sets


def switched_on(session: Session) -> frozenset[str]:
    """The codes of the optional sets that are in use."""
    return frozenset(house_text(session, SWITCHED_ON).split())


def rules_on(desk: Desk, session: Session, day: date) -> RuleSet:
    """The set that a matter is registered under on a local day.

    Raises:
        RuleSetFault: the day is before 2005-05-01.
    """
    # whether the day is still to come was asked of the form; a clock that was set back since must not stop a save
    today = max(local_day(desk.now()), day)
    own, optional = own_rule_sets(session), switched_on(session)
    return rulebook.choose(day, today, desk.unit.region_code, own=own, switched_on=optional)


def rules_of(session: Session, matter: Matter) -> RuleSet:
    """The set that a matter was registered under.

    Raises:
        RuleSetFault: the unit's set of that code is not there any more, or cannot be read.
    """
    return own_rules(session).named(matter.rule_set)


def groups_from(session: Session) -> dict[str, int]:
    """From how many people a visit is one of a group, by the code of the set that its matter keeps."""
    return {one.code: one.group_from.value for one in (*rulebook.SHIPPED, *own_rule_sets(session))}


def day_table(session: Session) -> DayTable:
    """The days off, the unit's yearly tables laid over those that the program knows."""
    tables = house_texts(session, HOLIDAYS)
    return _day_table(tuple(tables.items()))


def counting(desk: Desk, session: Session, matter: Matter) -> Counting:
    """By what the clocks of a matter are counted today."""
    return Counting(rules_of(session, matter), day_table(session), local_day(desk.now()))


def directory(session: Session) -> Directory:
    """The organs: the unit's own list, or the shipped examples."""
    content = house_text(session, ORGANS)
    return _read(organs.from_json, content) if content else organs.shipped()


def paper_lists(session: Session) -> PaperLists:
    """Which papers a matter takes: the unit's own lists, or the shipped examples."""
    content = house_text(session, PAPERS)
    return _read(papers.from_json, content) if content else papers.shipped()


def content_tree(session: Session) -> tuple[ContentNode, ...]:
    """The second and third level of the content classes; none is shipped."""
    content = house_text(session, CONTENT_TREE)
    return _read(content_text.read, content) if content else ()


def tree_of(session: Session) -> tuple[ContentNode, ...]:
    """``content_tree``, asked of the store once in a transaction: the words of a list of matters need it for each."""
    if _TREE not in session.info:
        with session.no_autoflush:
            session.info[_TREE] = content_tree(session)
    found: tuple[ContentNode, ...] = session.info[_TREE]
    return found


def outside_codes(session: Session) -> tuple[CodeMap, ...]:
    """What other systems call our codes: the unit's own maps, or the shipped examples."""
    content = house_text(session, CODE_MAPS)
    return _read(code_maps.from_json, content) if content else code_maps.shipped()


def _read(reader: Callable[[str], T], content: str) -> T:
    found: T = _parsed(reader, content)  # type: ignore[assignment]
    return found


@lru_cache(maxsize=32)
def _parsed(reader: Callable[[str], object], content: str) -> object:
    """A text is read once, however often it is asked for: it is known by its own words."""
    return reader(content)


@lru_cache(maxsize=4)
def _day_table(tables: tuple[tuple[str, str], ...]) -> DayTable:
    notices = [holidays.read_year_table(int(year), content) for year, content in tables]
    return holidays.lay_over(decreed_calendar(), notices)
