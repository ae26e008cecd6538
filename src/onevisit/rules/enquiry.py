"""来访人版本: what a petitioner may read of their own matter, on the screen, by telephone and on paper.

It names no staff, no other petitioner and, of an accusation or a confidential matter, nobody it went to: whoever has
the code reads no more than what was told to them (信访工作条例 2022, article 30; 个人信息保护法, article 6).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from onevisit.rules.matter_steps import KnownStep
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.slip import UnitCard
from onevisit.rules.text import compact

LAST_CHARACTERS = 4
"""So many last characters of the document number go with the query code."""

NO_MATCH = "查询码和证件号后四位对不上，请核对回执上的查询码，再试一次。"
"""The same for a code that nobody has and for a number that is another's: neither tells of the other."""

OWED = frozenset(
    {
        *(ClockKind.TRANSFER, ClockKind.NOTICE, ClockKind.HANDLING, ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW),
        *(ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW),
    }
)
"""Days that somebody has to keep towards the petitioner; an objection or a report goes on between offices."""

STAFF = "工作人员"
_ORGANS = "有权处理的机关、单位"
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that matters to the petitioner.

    Attributes:
        own: it is theirs to keep (asking for a review), not somebody else's.
        what: in plain words.
        words: how it stands, ``还有 12 天``.
        provisional: the date rests on a year whose notice is not in the table yet.
    """

    due: date
    what: str
    words: str
    own: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class KnownPromise:
    """What was promised to the petitioner for a day, and how it stands."""

    due: date
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that was brought to the petitioner."""

    on: date
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class PetitionersVersion:
    """Everything a petitioner may read of a matter, as plain text: no codes to look up, nothing to compute.

    Attributes:
        practice: made in practice mode; every page is marked 练习.
        title: what the matter is called; empty where even that is not said.
        where: how far it is, in one sentence.
        visits: how many visits belong to it.
        secret: an accusation or confidential: whom it went to is not named.
        remedies: what the petitioner may do later, with its article.
    """

    unit: UnitCard
    practice: bool
    made_at: datetime
    matter_id: int
    matter_no: str
    title: str
    registered_on: date
    visits: int
    where: str
    steps: tuple[KnownStep, ...]
    days: tuple[KnownDay, ...]
    promises: tuple[KnownPromise, ...]
    documents: tuple[KnownDocument, ...]
    enquiry: str
    remedies: tuple[str, ...]
    secret: bool = False


def answers_to(last: str, numbers: Iterable[str]) -> bool:
    """Whether the last characters of a document number are those of one of these; with no number the code is enough."""
    known = [compact(one)[-LAST_CHARACTERS:] for one in numbers if compact(one)]
    return not known or compact(last)[-LAST_CHARACTERS:] in known


def scrubbed(words: str, staff: Iterable[str], organs: Iterable[str] = ()) -> str:
    """Give words that somebody typed without the names of staff, and without organs that are not to be named."""
    for names, instead in ((staff, STAFF), (organs, _ORGANS)):
        for name in sorted(names, key=len, reverse=True):
            if len(name) >= _SHORTEST_NAME:
                words = re.sub(re.escape(name), instead, words)
    return words
