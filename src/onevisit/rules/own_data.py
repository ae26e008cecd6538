"""本人资料: what the unit holds on one person, as it is given to that person (个人信息保护法 第44、45条)."""

from dataclasses import dataclass
from datetime import datetime

from onevisit.rules.labels import Labelled
from onevisit.rules.slip import SlipAdvice, UnitCard


class OwnDataGround(Labelled):
    """Why somebody's data is given; whoever it is given to has shown who they are."""

    READ = "read", "本人申请查阅"
    COPY = "copy", "本人申请复制"
    CORRECT = "correct", "本人核对后申请更正"
    GUARDIAN = "guardian", "监护人代为申请"
    ATTORNEY = "attorney", "受本人书面委托申请"


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """One visit that the person took part in.

    Attributes:
        role: what the person was to the visit, in a word.
        others: the other people of the visit, by role and masked name.
        title: what the matter is called; empty where it may not be said to this person.
        summary: what was told at this visit; empty for somebody who only came along.
        note: what the clerk noted of the person who spoke.
        slips: the sheets that were printed, one line each.
        kept_until: how long it is kept, in words.
    """

    visit_no: str
    matter_no: str
    arrived_at: datetime
    ordinal: int
    role: str
    others: tuple[str, ...]
    title: str
    classification: str
    respondent: str
    summary: str
    materials: tuple[str, ...]
    reply: str
    return_reason: str
    note: str
    advice: tuple[SlipAdvice, ...]
    slips: tuple[str, ...]
    kept_until: str


@dataclass(frozen=True, slots=True)
class OwnFollowed:
    """What followed the visits on one matter: its course, services, promises, calls, evaluations.

    Attributes:
        lines: label and what it says, in the order of the sheet.
    """

    matter_no: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnDataChange:
    """One time that the person's particulars were brought up to date."""

    at: datetime
    staff_no: str
    visit_no: str


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything that is given, as plain text: no codes to look up, nothing to compute.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        ground: why it is given.
        name: whose data it is.
        particulars: label and value, each in full.
        left_out: what is not in it, and why; one sentence each.
        followed: what followed the visits, matter by matter.
    """

    unit: UnitCard
    practice: bool
    made_at: datetime
    staff_no: str
    ground: str
    name: str
    particulars: tuple[tuple[str, str], ...]
    visits: tuple[OwnVisit, ...]
    changes: tuple[OwnDataChange, ...]
    left_out: tuple[str, ...]
    followed: tuple[OwnFollowed, ...] = ()
