"""The clock of the computer against what the store knows: noticed at log-in and at each registration, recorded once."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.rules.clocks import local_day
from onevisit.rules.timekeeping import ClockState, judge, sentence
from onevisit.store.numbers import last, put
from onevisit.store.tables import AuditEntry, Visit

_LATEST: Final = "clock:latest"
_TOLD: Final = "clock:told"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed of the clock.

    Attributes:
        day: the day whose numbers go on: never earlier than one that numbers were given for, unless that was far ahead.
        sentence: what the person is to be told; empty if the clock is right.
        new: it was not recorded before.
    """

    day: date
    sentence: str = ""
    new: bool = False


def notice(desk: Desk, session: Session) -> Noticed:
    """Hold the clock against the latest moment that the store knows of; what is wrong is recorded once."""
    now, latest = desk.now(), _latest(desk, session)
    state = judge(now, latest)
    # a correction of seconds around midnight does not bring back a day either
    known = now if state is ClockState.FAR_BEHIND else max(now, latest)
    put(session, _LATEST, _seconds(known))
    if state is ClockState.RIGHT:
        return Noticed(local_day(known))
    told = state is ClockState.BEHIND and last(session, _TOLD) == _seconds(latest)
    if not told:
        put(session, _TOLD, _seconds(known))
        gap = _seconds(now) - _seconds(latest)
        desk.record(session, "clock.jumped_ahead" if gap > 0 else "clock.set_back", detail=f"{abs(gap)}")
    return Noticed(local_day(known), sentence(state, latest - now), new=not told)


def _latest(desk: Desk, session: Session) -> datetime:
    """The latest moment known: of the trail's last entry, or one that was noted when the clock was looked at."""
    at = session.scalars(select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1)).first() or desk.now()
    noted = last(session, _LATEST)
    if not noted:
        # a store that an earlier version wrote
        visit = session.scalars(select(func.max(Visit.registered_at))).one()
        return max(at, visit) if visit else at
    return max(at, datetime.fromtimestamp(noted, UTC))


def _seconds(moment: datetime) -> int:
    return math.floor(moment.timestamp())
