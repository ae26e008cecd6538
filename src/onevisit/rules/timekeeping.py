"""Whether the computer's clock can be believed, judged by the latest moment that the store knows of."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

CORRECTION: Final = timedelta(minutes=1)
"""A clock that is kept by a time server is put back by so little now and then; that is no finding."""

FAR: Final = timedelta(days=31)
"""Beyond this an earlier clock was wrong, and numbers must not wait for it; a longer pause is worth a question."""


class ClockState(Enum):
    """How the clock stands to the latest moment known.

    Members:
        RIGHT: at it or after it.
        BEHIND: it was set back, or ran ahead before, by no more than 31 days.
        FAR_BEHIND: by more; the moment known is the wrong one.
        FAR_AHEAD: more than 31 days went by since: nobody worked, or the clock was put ahead.
    """

    RIGHT = auto()
    BEHIND = auto()
    FAR_BEHIND = auto()
    FAR_AHEAD = auto()


def judge(now: datetime, latest: datetime) -> ClockState:
    """Hold the clock against the latest moment known."""
    if latest - now > FAR:
        return ClockState.FAR_BEHIND
    if latest - now > CORRECTION:
        return ClockState.BEHIND
    return ClockState.FAR_AHEAD if now - latest > FAR else ClockState.RIGHT


def sentence(state: ClockState, gap: timedelta) -> str:
    """What the person at the window is told; empty if the clock is right."""
    words = gap_words(abs(gap))
    match state:
        case ClockState.BEHIND:
            return f"电脑时间比上次办理时早了{words}，请核对日期和时间；编号接着往下排，不会重复。"
        case ClockState.FAR_BEHIND:
            return f"电脑时间比上次办理时早了{words}，请核对日期；现在按电脑上的日期编号。"
        case ClockState.FAR_AHEAD:
            return f"离上次办理已有{words}，请核对电脑的日期；日期不对的，先改好再登记。"
        case _:
            return ""


def gap_words(gap: timedelta) -> str:
    """A length of time in its largest whole unit: `` 25 年``, `` 3 小时``; below an hour in minutes."""
    minutes = int(gap.total_seconds()) // 60
    for unit, length in (("年", 365 * 24 * 60), ("天", 24 * 60), ("小时", 60)):
        if minutes >= length:
            return f" {minutes // length} {unit}"
    return f" {max(minutes, 1)} 分钟"
