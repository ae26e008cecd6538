"""Which matters the board shows, and the nearest clock of each; a step inside the use cases of ``desk.board``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from onevisit.desk.clock_reading import DueLine, nearest
from onevisit.desk.course_reading import clocks_of_all
from onevisit.desk.desk import Desk
from onevisit.desk.sight import matters_to_know
from onevisit.rules.matter_history import Whose
from onevisit.rules.progress import Progress
from onevisit.store.tables import Matter, Visit

NO_ORGAN: Final = "-"
"""The organ of matters that have none yet, as a choice."""
_WHAT: Final = "读期限"


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """Which matters the board shows.

    Attributes:
        organ: the lead organ; ``NO_ORGAN`` for none yet, empty for all.
        place: the code of the district where the problem is; empty for all.
        clerk: the account that registered the first visit; None for all.
        clock: a code of ``ClockKind`` or ``clock_reading.REPORT``: only matters on which this clock runs; empty for
            the nearest of all.
        petitioners: whether the days that the petitioner has to keep count as well.
    """

    organ: str = ""
    place: str = ""
    clerk: int | None = None
    clock: str = ""
    petitioners: bool = False

    @property
    def whose(self) -> tuple[Whose, ...]:
        """Whose clocks are looked at."""
        return tuple(Whose) if self.petitioners else (Whose.WINDOW, Whose.ORGAN)


def open_matters(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """The open matters that may be known, as conditions on ``Matter``."""
    return Matter.open.is_(True), Matter.anonymised_at.is_(None), matters_to_know(desk)


def chosen(desk: Desk, choice: BoardChoice) -> list[ColumnElement[bool]]:
    """The matters that a board shows, as conditions on ``Matter``."""
    wanted = list(open_matters(desk))
    if choice.organ:
        wanted.append(Matter.lead_organ == ("" if choice.organ == NO_ORGAN else choice.organ))
    if choice.place:
        wanted.append(Matter.place_code == choice.place)
    if choice.clerk is not None:
        first = aliased(Visit)
        mine = select(first.matter_id).where(first.ordinal == 1, first.clerk_id == choice.clerk)
        wanted.append(Matter.id.in_(mine))
    return wanted


def nearest_of_all(
    desk: Desk, session: Session, choice: BoardChoice, progress: Progress
) -> Iterator[tuple[int, DueLine | None]]:
    """Every chosen matter with its nearest clock; None where none runs."""
    wanted = chosen(desk, choice)
    for matter_id, line in clocks_of_all(desk, session, wanted, partial(line_of, choice), progress, _WHAT):
        if line is not None or not choice.clock:
            yield matter_id, line


def line_of(choice: BoardChoice, lines: Iterable[DueLine]) -> DueLine | None:
    """The clock that the board shows of a matter; None where none runs."""
    if choice.clock:
        return nearest(one for one in lines if one.key == choice.clock)
    return nearest(lines, *choice.whose)
