"""How long a matter is kept, and since when it is past that: pure, by local days.

Personal information is kept for the shortest time that its purpose needs (个人信息保护法 第19条) and deleted after it
(第47条). How many years that are is the unit's own setting, since no law names a figure for 信访 matters.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onevisit.rules.classification import Purpose
from onevisit.rules.clocks import show_day
from onevisit.rules.labels import Labelled
from onevisit.rules.policy import Policy

FORGOTTEN: Final = "已匿名"
"""What stands in place of whatever was forgotten."""

STANDING_NOTE: Final = "保存年限是本单位的设置（示例，以本地文件为准）"


class RetentionKind(Labelled):
    """保存类别: kinds of matter with a period of their own."""

    ENQUIRY = "enquiry", "咨询和意见建议"
    ORDINARY = "ordinary", "申诉、求决和其他"
    ACCUSATION = "accusation", "揭发控告"


_KIND_OF: Final = {
    Purpose.ENQUIRY: RetentionKind.ENQUIRY,
    Purpose.PROPOSAL: RetentionKind.ENQUIRY,
    Purpose.ACCUSATION: RetentionKind.ACCUSATION,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a matter is kept.

    Attributes:
        kind: its kind.
        years: whole years after the last visit.
        until: the last local day that it is kept; from the next day on it is past its retention.
        reason: why it is this day, in one clause.
    """

    kind: RetentionKind
    years: int
    until: date
    reason: str


def kind_of(purpose: Purpose) -> RetentionKind:
    """The kind of a matter."""
    return _KIND_OF.get(purpose, RetentionKind.ORDINARY)


def years_of(kind: RetentionKind, policy: Policy) -> int:
    """The years that the unit keeps a kind."""
    return {
        RetentionKind.ENQUIRY: policy.keep_enquiry_years,
        RetentionKind.ORDINARY: policy.keep_years,
        RetentionKind.ACCUSATION: policy.keep_accusation_years,
    }[kind]


def kept(purpose: Purpose, last_visit: date, *, is_open: bool, policy: Policy) -> Kept:
    """How long a matter is kept.

    An open matter is kept as long as a closed one: it counts as over when nobody came about it for all these years.

    Args:
        purpose: what the visitors wanted.
        last_visit: the local day of the last visit on it.
        is_open: whether it was never closed.
        policy: the unit's settings.
    """
    kind = kind_of(purpose)
    years = years_of(kind, policy)
    state = "没有办结，但" if is_open else "已办结，"
    reason = f"{state}{show_day(last_visit)}以后没有人再来，已满 {years} 年"
    return Kept(kind, years, _years_after(last_visit, years), reason)


def is_past(one: Kept, today: date) -> bool:
    """Whether the period is over: the last day is still kept."""
    return today > one.until


def latest_last_visit(kind: RetentionKind, today: date, policy: Policy) -> date:
    """The latest day of a last visit that makes a matter of this kind past its retention ``today``."""
    years = years_of(kind, policy)
    day = _years_before(today, years)
    while _years_after(day, years) >= today:
        day -= timedelta(days=1)
    return day


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 28 February where there is none (民法典第202条)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _years_before(day: date, years: int) -> date:
    return _years_after(day, -years)
