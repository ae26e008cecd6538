"""重大、紧急信访信息报告单: what is reported, to whom, and who has not been told yet (信访工作条例 2022, article 25).

The article names no hour: everybody on the list is told at once, and the time is written down. What is missing from
the report never holds it back: hiding, false and late reports are liabilities (article 46(四)).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from onevisit.rules import text
from onevisit.rules.faults import Fault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.labels import Labelled
from onevisit.rules.registration import headcount
from onevisit.rules.slip import UnitCard

ARTICLE_URGENT = "《信访工作条例》第二十五条"


class UrgentAddressee(Labelled):
    """The five that article 25 names, in its order."""

    GOVERNMENT = "government", "本级党委和政府"
    AUTHORITY = "authority", "有关主管部门"
    JOINT_OFFICE = "joint_office", "本级信访工作联席会议办公室"
    SUPERIOR = "superior", "上一级党委和政府信访部门"
    NATIONAL = "national", "国家信访局"


@dataclass(frozen=True, slots=True)
class UrgentReport:
    """The report as written so far.

    Attributes:
        happened_at: when it happens or happened, in plain words (``明天上午 9 时``).
        persons: how many people; 0 if unknown.
        who: the people it is about, in plain words.
        measures: what has been done already.
        told: when each addressee was told, in UTC.
    """

    happened_at: str = ""
    place: str = ""
    persons: int = 0
    content: str = ""
    who: str = ""
    measures: str = ""
    told: Mapping[UrgentAddressee, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UrgentSheet:
    """The report as it goes on paper.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        made_at: when it is printed, in UTC.
        registered_at: when the matter was registered, in UTC.
        sealed: it is about a confidential matter or an accusation: whoever told of it is not named.
    """

    unit: UnitCard
    practice: bool
    made_at: datetime
    staff_no: str
    matter_no: str
    registered_at: datetime
    report: UrgentReport
    sealed: bool = False


def opened(form: RegistrationForm) -> UrgentReport | None:
    """Open the report of an urgent visit with what is known; None when the visit is not urgent."""
    if not form.urgent:
        return None
    content = "\n".join(part for part in (text.tidy(form.title), text.tidy_block(form.clerk_note)) if part)
    return UrgentReport(persons=headcount(form), content=content)


def outstanding(report: UrgentReport) -> tuple[UrgentAddressee, ...]:
    """List who has not been told yet, in the order of the article."""
    return tuple(one for one in UrgentAddressee if one not in report.told)


def lacking(report: UrgentReport) -> tuple[Fault, ...]:
    """Say what the report still lacks; it may be sent before, and completed after."""
    wanted = (
        ("happened_at", report.happened_at, "什么时间"),
        ("place", report.place, "什么地点"),
        ("content", report.content, "什么事"),
        ("measures", report.measures, "已经采取了什么措施"),
    )
    empty = [
        Fault(name, f"还没有写{word}，先报告，随后补上。", ARTICLE_URGENT)
        for name, value, word in wanted
        if not value.strip()
    ]
    if report.persons < 0:
        empty.append(Fault("persons", "人数不能是负数，请改正；不清楚的填 0。"))
    return tuple(empty)


def reminder(report: UrgentReport) -> str:
    """Say who is still to be told; empty when everybody was."""
    waiting = outstanding(report)
    if not waiting:
        return ""
    return f"还没有报告{'、'.join(one.label for one in waiting)}，请马上报告（{ARTICLE_URGENT}）。"


def lines(report: UrgentReport) -> tuple[str, ...]:
    """Write the report for a sheet, line by line; what is unknown says so."""
    persons = f"{report.persons} 人" if report.persons else "不详"
    return (
        f"时间：{report.happened_at.strip() or '不详'}",
        f"地点：{report.place.strip() or '不详'}",
        f"人数：{persons}",
        f"人员：{report.who.strip() or '不详'}",
        f"情况：{report.content.strip() or '不详'}",
        f"已采取的措施：{report.measures.strip() or '无'}",
    )


WRITTEN = ("happened_at", "place", "persons", "who", "content", "measures")
"""The fields that are written, in the order of the page."""


def merged(base: UrgentReport, stored: UrgentReport, typed: UrgentReport) -> tuple[UrgentReport, tuple[str, ...]]:
    """Bring what is typed together with what another window stored meanwhile; nothing that is typed is lost.

    Args:
        base: as it was when typing began.
        stored: as it is now.
        typed: as it stands on the screen.

    Returns:
        What the screen shows now, told by what is stored, and the fields that both wrote differently: there the typed
        text stays.
    """
    kept = [name for name in WRITTEN if getattr(typed, name) != getattr(base, name)]
    clash = [name for name in kept if getattr(stored, name) not in (getattr(base, name), getattr(typed, name))]
    return replace(stored, **{name: getattr(typed, name) for name in kept}), tuple(clash)


def joined(one: UrgentReport, other: UrgentReport) -> UrgentReport:
    """Bring the reports of two matters together that go on as one; nothing that was written is lost.

    Whoever was told of one of them alone was not told of everything, and is told again.
    """
    told = {who: max(moment, other.told[who]) for who, moment in one.told.items() if who in other.told}
    return UrgentReport(
        happened_at=_both(one.happened_at, other.happened_at, "；"),
        place=_both(one.place, other.place, "；"),
        persons=max(one.persons, other.persons),
        content=_both(one.content, other.content, "\n"),
        who=_both(one.who, other.who, "；"),
        measures=_both(one.measures, other.measures, "\n"),
        told=told,
    )


def _both(one: str, other: str, between: str) -> str:
    return between.join(dict.fromkeys(part for part in (one, other) if part))
