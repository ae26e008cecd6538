"""Shutting a name out after too many wrong passwords: for how long, and that a clock set back shortens nothing.

GB/T 22239-2019 asks for an end of the session and a limit on failed log-ins and names no figure; five is what is
usually asked of level 2 and 3 systems.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Final

FREE: Final = 5
"""Failures in a row after which a name is shut out."""

WAITS: Final = (1, 5, 15, 30, 60)
"""Minutes: after the fifth failure, after the sixth, and so on; the last one from then on."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is known of the guesses at one name.

    Attributes:
        failures: in a row; a right password ends the row.
        wait: seconds that were still to be waited when the clock stood at ``seen``.
        seen: where the clock stood, UTC.
    """

    failures: int
    wait: int
    seen: datetime


def wait_minutes(failures: int) -> int:
    """How long a name is shut out by a failure that is the so-manieth in a row; 0 while guesses are free."""
    return WAITS[min(failures - FREE, len(WAITS) - 1)] if failures >= FREE else 0


def looked_at(tried: Tried, now: datetime) -> Tried:
    """Bring a wait to the present moment.

    A clock that stands earlier than it did takes nothing off: the rest of the wait begins anew from there.
    """
    passed = max(0, int((now - tried.seen).total_seconds()))
    return replace(tried, wait=max(0, tried.wait - passed), seen=now)


def failed(tried: Tried, now: datetime) -> Tried:
    """One more failure; never shortens a wait that is still on."""
    before = looked_at(tried, now)
    failures = tried.failures + 1
    return Tried(failures, max(before.wait, 60 * wait_minutes(failures)), now)


def in_words(seconds: int) -> str:
    """Say how long is still to be waited: whole minutes, rounded up; below one minute the seconds."""
    return f"{seconds} 秒" if seconds < 60 else f"{ceil(seconds / 60)} 分钟"
