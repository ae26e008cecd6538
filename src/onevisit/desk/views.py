"""What a look-up gives back: frozen values, complete when they leave the desk."""

from dataclasses import dataclass
from datetime import date, datetime

from onevisit.desk.issue import CopyRow
from onevisit.desk.standing import Seen


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in a list; numbers of people are masked.

    Attributes:
        lawyer_state: ``""`` (not sent), ``waiting``, ``opened`` or ``signed``.
        slip_state: ``""`` (never printed), ``pending``, ``came_out``, ``spoiled`` or ``outdated`` (changed since).
        left_at: when the visitor left the hall, in UTC; None while here.
        sent_at: since when the visitor is on the lawyer's list, in UTC; None who is not.
        minutes: how long the visitor was here, until now or until leaving.
        group: so many came that it is a group visit, by the rules that the matter keeps.
        of_part: of a part of a divided matter; the people came once, and are counted with the whole.
    """

    visit_id: int
    matter_id: int
    visit_no: str
    matter_no: str
    queue_no: int
    arrived_at: datetime
    petitioner: str
    masked_id: str
    headcount: int
    title: str
    classification: str
    repeat: bool
    urgent: bool
    confidential: bool
    clerk_no: str
    lawyer_state: str
    slip_state: str
    left_at: datetime | None = None
    sent_at: datetime | None = None
    minutes: int = 0
    group: bool = False
    of_part: bool = False

    @property
    def waits(self) -> bool:
        """Whether the visitor is here and waits for the lawyer."""
        return self.lawyer_state == "waiting" and self.left_at is None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day in figures: batches (批次) and persons (人次) are counted apart, and people who came once, once.

    Attributes:
        waiting: who waits for the lawyer and has not left.
        here: batches that have not left yet.
    """

    batches: int
    persons: int
    first: int
    repeat: int
    groups: int
    waiting: int
    without_slip: int
    here: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """The visits of one local day, newest first, and its figures."""

    day: date
    rows: tuple[VisitRow, ...]
    figures: DayFigures


@dataclass(frozen=True, slots=True)
class Hit:
    """One matter that the search found.

    Attributes:
        why: by what it was found (``姓名``, ``证件号``, ``内容`` …).
        anonymised: it was past its retention, and nothing but its number, days and classes is left.
    """

    matter_id: int
    matter_no: str
    title: str
    classification: str
    petitioners: str
    masked_id: str
    last_visit: date
    visits: int
    open: bool
    confidential: bool
    why: str
    anonymised: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits; ``total`` counts all, or stops at 1,000 (then ``more`` is true)."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person on a matter, masked.

    Attributes:
        natural: a natural person who is still known: what is held on them can be given to them.
    """

    petitioner_id: int
    role: str
    name: str
    masked_id: str
    masked_phone: str
    place: str
    natural: bool = True


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """A signed consultation as everybody with the matter may read it: never the working notes."""

    lawyer: str
    signed_at: datetime
    facts: str
    advice: str
    basis: str
    ways: tuple[str, ...]
    legal_aid: bool
    addenda: tuple[tuple[datetime, str, str], ...]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of a matter, in full."""

    visit_id: int
    visit_no: str
    arrived_at: datetime
    ordinal: int
    headcount: int
    people: tuple[PersonLine, ...]
    summary: str
    materials: tuple[str, ...]
    reply: str
    return_reason: str
    clerk_no: str
    clerk_note: str
    advice: AdviceLine | None
    copies: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One step: who did what, when.

    Attributes:
        kind: what it was, in a word.
        text: what is said of it; may be empty.
        whole: both in one line.
    """

    at: datetime
    who: str
    kind: str
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter with all its visits and its timeline, oldest step first.

    Attributes:
        seen: to be handed back with whatever changes the matter.
        anonymised_at: when its content was forgotten, None while it is kept.
    """

    seen: Seen
    matter_id: int
    matter_no: str
    title: str
    classification: str
    respondent: str
    open: bool
    confidential: bool
    urgent: bool
    registered_at: datetime
    visits: tuple[VisitLine, ...]
    timeline: tuple[TimelineLine, ...]
    anonymised_at: datetime | None = None
