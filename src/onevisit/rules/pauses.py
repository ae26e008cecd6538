"""Stop and restart: days on which a clock stands still, recorded as data; which of them move a date the rule set says.

The texts of 2005 and 2022 know one such thing, the hearing of a final review. Anything else is recorded and shown, and
moves no date unless the unit's own set names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.rulesets import StopReason

NOTE_AT_MOST: Final = 2_000
AHEAD_AT_MOST: Final = 366
"""Days: nobody sets the end of a stop further ahead, and a mistyped year must not put off a date for ever."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch of days on which a clock stands still.

    Attributes:
        reason: why.
        first: the first local day of it.
        last: the last one, the day before the restart; None while the clock still stands.
        note: what happened, in the clerk's words; wanted for ``StopReason.OTHER``.
    """

    reason: StopReason
    first: date
    last: date | None = None
    note: str = ""

    def is_standing(self, today: date) -> bool:
        """Whether the clock stands still ``today``."""
        return self.first <= today and (self.last is None or today <= self.last)

    def days(self, today: date) -> tuple[date, ...]:
        """Every day of the stop; of one that is not over yet those up to ``today``."""
        last = today if self.last is None else self.last
        return tuple(self.first + timedelta(days=offset) for offset in range((last - self.first).days + 1))

    def words(self) -> str:
        """Write the stretch: ``听证（2019年3月4日至2019年3月9日）``."""
        first = show_day(self.first)
        if self.last is None:
            return f"{self.reason.label}（{first}起，还没有继续计算）"
        last = "" if self.last == self.first else f"至{show_day(self.last)}"
        return f"{self.reason.label}（{first}{last}）"


def stop_faults(stop: Stop, today: date, earlier: Sequence[Stop] = ()) -> tuple[Fault, ...]:
    """Say what speaks against recording a stop, or its restart; the fields are those of ``Stop``.

    Args:
        stop: what is to be recorded.
        today: the local day of today.
        earlier: the other stops of the same clock.
    """
    found = []
    if stop.last is not None and stop.last < stop.first:
        found.append(Fault("last", f"暂停的止日（{show_day(stop.last)}）早于起日（{show_day(stop.first)}），请改正。"))
    elif stop.last is not None and (stop.last - today).days > AHEAD_AT_MOST:
        found.append(Fault("last", "暂停的止日在一年以后，多半是年份写错了，请核对；还没有定的，止日留空。"))
    if stop.last is None and stop.first > today:
        found.append(Fault("first", "暂停的起日在今天之后；已经定好的，请同时写明止日，否则到那天再记。"))
    if stop.reason is StopReason.OTHER and not stop.note.strip():
        found.append(Fault("note", "请写明为什么暂停。"))
    found += length_faults("note", stop.note, NOTE_AT_MOST, "说明")
    meeting = next((one for one in earlier if _meet(stop, one)), None)
    if meeting:
        found.append(Fault("first", f"与已记录的{meeting.words()}重叠，请先记下它哪天继续，或改日期。"))
    return tuple(found)


def _meet(one: Stop, other: Stop) -> bool:
    return one.first <= (other.last or date.max) and other.first <= (one.last or date.max)
