"""The clock runs, is set back a day, jumps about: numbers stay unique, and in the order in which they were given."""

import random
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from tests.torture import world
from tests.torture.outcome import Outcome, Tally

from onevisit.desk import register
from onevisit.rules.numbering import VisitNumber
from onevisit.rules.progress import Progress, no_progress

_BEHIND = tuple(timedelta(days=days) for days in (0, 0, 1, 1, 2, 7, 20))
"""How far behind the true time the clock may stand: more than 31 days would mean that the store was wrong, not it."""


def turning(place: Path, *, visits: int, ordered: bool, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Turn the clock back and forth between registrations, with a log-in after each turn."""
    tally, luck, clock = Tally("时钟拨来拨去"), random.Random(seed), world.SetBack()
    folder = world.found(place / "data", clock).folder
    printed: list[str] = []
    while len(printed) < visits:
        house = world.house_in(folder, clock)
        try:
            desk = world.seat(house)
            for _ in range(luck.randint(1, 5)):
                printed.append(register.register(desk, world.form(len(printed) + 1)).visit_no)
        finally:
            house.close()
        clock.stand_behind(luck.choice(_BEHIND))
        progress(len(printed), visits, tally.name)
    tally.tried = len(printed)
    tally.lose(*(f"seed {seed}: {wrong}" for wrong in world.examine(folder, printed, clock)))
    given = [VisitNumber.parse(number) for number in printed]
    for one, other in pairwise(given):
        if ordered and (one.day, one.serial) >= (other.day, other.serial):
            tally.lose(f"seed {seed}: {other} was given after {one}")
    return tally.outcome()
