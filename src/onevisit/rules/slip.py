"""The frozen data of a slip (回执): written once by the desk, rendered by paper as often as needed, always the same."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class UnitCard:
    """The reception unit as it introduces itself on paper.

    Attributes:
        opening_hours: as the unit words it, for example ``工作日 8:30–17:00``.
        window_no: two digits, for example ``01``.
    """

    name: str
    address: str
    phone: str
    opening_hours: str
    region_code: str
    window_no: str


@dataclass(frozen=True, slots=True)
class Promise:
    """接下来由我们做: who does what, by when.

    Attributes:
        by: the last day (Asia/Shanghai calendar), None where no date applies.
        text: what will be done, in plain words, without the date.
        article: the article it rests on, empty where it is the unit's own promise.
        provisional: the day rests on a year whose days off are not decreed yet.
    """

    by: date | None
    text: str
    article: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class SlipAdvice:
    """律师的意见: the plain-words part of one signed consultation, with its later addenda in order."""

    lawyer: str
    advice: str
    ways: tuple[str, ...]
    legal_aid: bool
    signed_at: datetime
    addenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipData:
    """Everything a slip says, as plain text: no codes to look up, nothing to compute.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        petitioner: the name to print; the organisation's name for organisations, ``匿名`` for anonymous visits.
        visitors: the other people named, each with a role word, for example ``代理人 周涛``.
        masked_id: the masked document number, empty if none was given.
        visit_ordinal: this is the n-th visit on this matter, from 1.
        classification: for example ``求决 · 劳动社保 · 薛城区``.
        materials: for example ``工资欠条（复印件 1 页）``.
        promises: what happens next, in order.
        reply: how the answer reaches the visitor, for example ``电话联系您：139****0011``.
        missing_papers: all papers still wanted, told at once (一次性告知).
        enquiry: how to ask without coming.
        remedies: what the visitor may do later, with its article.
        staff_no: the clerk's number; never the clerk's name.
        edition: 1 for the first slip of a visit, one more each time its content changed since it was printed.
        places: where the visitor is guided to: of each organ name, address, phone, hours, what to bring, line by line.
    """

    unit: UnitCard
    practice: bool
    visit_no: str
    matter_no: str
    query_code: str
    queue_no: int
    petitioner: str
    visitors: tuple[str, ...]
    headcount: int
    masked_id: str
    arrived_at: datetime
    visit_ordinal: int
    title: str
    classification: str
    respondent: str
    summary: str
    materials: tuple[str, ...]
    promises: tuple[Promise, ...]
    reply: str
    missing_papers: tuple[str, ...]
    advice: tuple[SlipAdvice, ...]
    enquiry: str
    remedies: tuple[str, ...]
    staff_no: str
    edition: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What differs between two copies of the same slip.

    Attributes:
        copy_no: the number of this sheet among all sheets of this edition, from 1; spoiled ones count too.
        reprint_no: n for 补打 第 n 次; 0 when no earlier copy can have come out.
        printed_at: when, in UTC.
        staff_no: the number of whoever prints.
    """

    copy_no: int
    reprint_no: int
    printed_at: datetime
    staff_no: str
