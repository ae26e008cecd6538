"""Matters whose clocks cannot be read, because their rule set is not there or means nothing to this version."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from onevisit.desk.lawbook import OwnRules, own_rules
from onevisit.rules import rulebook
from onevisit.rules.faults import PlainFault
from onevisit.store.tables import Matter

_NAMED = 3
"""So many matters are named by their numbers; the others are on their own cards."""


def unread(session: Session, *wanted: ColumnElement[bool]) -> tuple[str, ...]:
    """Say for each such rule set which of these matters it holds up, and what to do; a step inside use cases."""
    own = own_rules(session)
    held = (*wanted, _cannot_be_read(own))
    counts = select(Matter.rule_set, func.count()).where(*held).group_by(Matter.rule_set).order_by(Matter.rule_set)
    said = []
    for code, count in session.execute(counts).all():
        query = select(Matter.number).where(*held, Matter.rule_set == code).order_by(Matter.id).limit(_NAMED)
        numbers = "、".join(session.scalars(query))
        named = f"{numbers} 等 {count} 件" if count > _NAMED else numbers
        try:
            own.named(code)
        except PlainFault as fault:
            said.append(f"{named}算不出期限。{fault.sentence}")
    return tuple(said)


def count_unread(session: Session, *wanted: ColumnElement[bool]) -> int:
    """How many of these matters such a rule set holds up; a step inside use cases."""
    query = select(func.count()).select_from(Matter).where(*wanted, _cannot_be_read(own_rules(session)))
    return session.scalars(query).one()


def _cannot_be_read(own: OwnRules) -> ColumnElement[bool]:
    return Matter.rule_set.not_in([one.code for one in (*rulebook.SHIPPED, *own.sets)])
