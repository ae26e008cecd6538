"""期限板 (挂图作战): into which column a matter belongs by the time that is left."""

from datetime import date

from onevisit.rules.labels import Labelled
from onevisit.rules.periods import ClockState


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
