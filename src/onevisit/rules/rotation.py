"""Which backups are kept and which make room: the newest ones, then one a day, then one a month."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime

from onevisit.rules.clocks import local_day


@dataclass(frozen=True, slots=True)
class Stored:
    """A backup that lies in some place.

    Attributes:
        name: names it in its place.
        made_at: when it was made, with its time zone.
        verified: it was opened and found whole; nothing is known against it since.
    """

    name: str
    made_at: datetime
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many are kept: so many newest, the newest of each of so many days, and of each of so many months."""

    newest: int = 7
    days: int = 14
    months: int = 12

    @property
    def most(self) -> int:
        """So many are kept at most, beside those that are spared by name."""
        return 2 * self.newest + self.days + self.months


def expendable(
    backups: Collection[Stored], rotation: Rotation | None = None, *, spared: Collection[str] = ()
) -> tuple[str, ...]:
    """Name the backups that make room, oldest first; never the newest verified one.

    Days and months are counted over those that have a backup, so that a house that was shut for a month loses nothing
    by it, nor by a clock that was wrong.

    Args:
        backups: all of one place.
        rotation: how many are kept.
        spared: names that stay whatever their age, such as the one just made by a clock that was set back.
    """
    rotation = rotation or Rotation()
    newest_first = sorted(backups, key=lambda one: (one.made_at, one.name), reverse=True)
    verified = [one for one in newest_first if one.verified]
    kept = {*spared, *(one.name for one in verified[: max(1, rotation.newest)])}
    kept.update(_first_of_each(verified, rotation.days, lambda one: local_day(one.made_at)))
    kept.update(_first_of_each(verified, rotation.months, lambda one: local_day(one.made_at).replace(day=1)))
    # something may still be read out of a damaged one, as long as it is new
    kept.update(one.name for one in newest_first[: rotation.newest] if not one.verified)
    return tuple(one.name for one in reversed(newest_first) if one.name not in kept)


def _first_of_each(newest_first: list[Stored], most: int, span_of: Callable[[Stored], Hashable]) -> list[str]:
    first: dict[Hashable, str] = {}
    for one in newest_first:
        first.setdefault(span_of(one), one.name)
    return list(first.values())[:most]
