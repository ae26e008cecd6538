"""By which rules the registration of today is checked, and what its lists offer."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import content_tree, rules_on
from onevisit.rules import rulebook
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.rulesets import FIRST_DAY, RuleSet
from onevisit.store.tables import Unit


@dataclass(frozen=True, slots=True)
class FormRules:
    """What the registration page asks once, and again when the lists of the unit have changed.

    Attributes:
        rules: the set that a visit of today is registered under.
        tree: the second and third level of the content classes.
        told: by which rules, where that is not simply today's; empty where it is.
    """

    rules: RuleSet = rulebook.RULES_2022
    tree: tuple[ContentNode, ...] = ()
    told: str = ""


def form_rules(desk: Desk) -> FormRules:
    """What a registration of today is checked by and offered. Needs REGISTER."""
    with desk.look(Permission.REGISTER) as session:
        day = day_of_rules(session, local_day(desk.now()))
        rules = rules_on(desk, session, day)
        return FormRules(rules, content_tree(session), _told(desk, rules))


def day_of_rules(session: Session, day: date) -> date:
    """The day whose rules a visit of ``day`` is registered under.

    A computer whose empty battery brought it back before every rule that is known must not stop the window; then the
    day on which the unit began is nearer to the truth than its clock.
    """
    return day if day >= FIRST_DAY else local_day(session.scalars(select(Unit.created_at)).one())


def _told(desk: Desk, rules: RuleSet) -> str:
    """The shipped set that is in force everywhere needs no word; another is named."""
    today = max(local_day(desk.now()), rulebook.RULES_2022.in_force)
    usual = rulebook.choose(today, today, desk.unit.region_code)
    return "" if rules.code == usual.code else f"按{rules.name}登记"
