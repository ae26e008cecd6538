"""期限板 (挂图作战): into which column a matter belongs by the time that is left."""

from dataclasses import dataclass
from datetime import date, datetime

from onevisit.rules.labels import Labelled
from onevisit.rules.periods import ClockState
from onevisit.rules.slip import UnitCard


class DueGroup(Labelled):
    """The columns of the board, most pressing first; days are calendar days, the last day counts."""

    OVERDUE = "overdue", "已超期"
    TODAY = "today", "今天"
    THREE = "three", "3 天内"
    SEVEN = "seven", "7 天内"
    FIFTEEN = "fifteen", "15 天内"
    LATER = "later", "更久"
    STANDING = "standing", "暂停中"
    NONE = "none", "没有期限"

    @property
    def tone(self) -> str:
        """The tone of its words: never the only sign, the word stands beside it."""
        return _TONES.get(self, "")


_TONES = {
    DueGroup.OVERDUE: "fault",
    DueGroup.TODAY: "attention",
    DueGroup.THREE: "attention",
    DueGroup.STANDING: "soft",
    DueGroup.NONE: "soft",
}
_WITHIN = ((0, DueGroup.TODAY), (3, DueGroup.THREE), (7, DueGroup.SEVEN), (15, DueGroup.FIFTEEN))


def group_of(due: date | None, state: ClockState | None, today: date) -> DueGroup:
    """Give the column of a matter.

    Args:
        due: the last day of its nearest clock; None where no days run.
        state: how that clock stands.
        today: the local day.
    """
    if due is None:
        return DueGroup.NONE
    if state is ClockState.STANDING:
        return DueGroup.STANDING
    left = (due - today).days
    if left < 0:
        return DueGroup.OVERDUE
    return next((group for most, group in _WITHIN if left <= most), DueGroup.LATER)


PRINTED = (DueGroup.OVERDUE, DueGroup.TODAY, DueGroup.THREE, DueGroup.SEVEN, DueGroup.FIFTEEN)
"""The columns whose matters stand on the printed sheet one by one; of the others only how many."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One matter on the printed sheet; never a confidential one.

    Attributes:
        turn: whose turn it is, and what is due.
        words: how much time is left.
        provisional: the date rests on a year whose notice is not in the table yet.
    """

    matter_no: str
    title: str
    turn: str
    due: date | None
    words: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class BoardPart:
    """One column of the printed sheet.

    Attributes:
        total: how many matters belong there.
        sealed: how many of those that would stand here are confidential and are not printed.
    """

    group: DueGroup
    total: int
    lines: tuple[BoardLine, ...]
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """The board as it goes on paper, as plain text.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        narrowed: by what it was narrowed, in words; empty for all matters.
    """

    unit: UnitCard
    practice: bool
    made_at: datetime
    staff_no: str
    day: date
    narrowed: str
    parts: tuple[BoardPart, ...]
