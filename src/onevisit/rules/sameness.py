"""The same person, the same matter? Pure comparisons that say why; the clerk decides.

Nothing here blocks: two people really can share a name and a phone. Only the document number makes it certain.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from onevisit.rules.registration import respondents

CERTAIN_REASON = "证件号相同"

_RESPONDENT, _PLACE, _CONTENT, _TITLE, _SUMMARY = 30, 10, 15, 25, 20
"""How much each field of a matter weighs; together 100."""

_NEAR, _WORDS_NEAR = 0.5, 0.3
_WHOLE = 0.999

_COMPARED = 2_000
"""Characters of each text that are compared: it is done while somebody types, with up to fifty matters."""


@dataclass(frozen=True, slots=True)
class PersonKey:
    """What is compared of a person, in its plain form; empty where unknown."""

    name: str
    id_number: str = ""
    phone: str = ""
    birth_date: date | None = None
    region_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class PersonLikeness:
    """That two people look the same.

    Attributes:
        certain: the document number is the same.
        reasons: why, in plain words: ``证件号相同``, ``姓名相同``, ``电话相同`` …
    """

    certain: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterKey:
    """What is compared of a matter; empty where unknown.

    Attributes:
        content: the code of the content class.
        summary: of the visit that told most of it.
    """

    title: str
    respondent: str = ""
    place_code: str = ""
    content: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class MatterLikeness:
    """How much two matters look the same.

    Attributes:
        likely: 0 (nothing agrees) to 100 (everything agrees).
        reasons: what agrees, in plain words, the weightiest first.
    """

    likely: int
    reasons: tuple[str, ...]


def compare_persons(a: PersonKey, b: PersonKey) -> PersonLikeness | None:
    """Compare two people; None if nothing speaks for their being the same.

    The same number is certain, two different numbers are two people. Without that, the same name needs one more field
    that agrees. An empty field never agrees.
    """
    if a.id_number and b.id_number:
        return PersonLikeness(certain=True, reasons=(CERTAIN_REASON,)) if a.id_number == b.id_number else None
    name = _bare(a.name)
    if not name or name != _bare(b.name):
        return None
    agreeing = (
        ("电话相同", bool(a.phone) and a.phone == b.phone),
        ("出生日期相同", a.birth_date is not None and a.birth_date == b.birth_date),
        ("住同一镇街", _lives_at(a) is not None and _lives_at(a) == _lives_at(b)),
    )
    reasons = tuple(reason for reason, agrees in agreeing if agrees)
    return PersonLikeness(certain=False, reasons=("姓名相同", *reasons)) if reasons else None


def compare_matters(a: MatterKey, b: MatterKey) -> MatterLikeness:
    """Compare two matters field by field.

    Each field counts with its weight, by equality or by the pairs of characters that both share. What is empty on both
    sides is left out; what is empty on one side does not agree.
    """
    fields = (
        ("被反映单位", _RESPONDENT, a.respondent, b.respondent, _nearest(a.respondent, b.respondent)),
        ("标题", _TITLE, a.title, b.title, text_likeness(a.title, b.title)),
        ("用词", _SUMMARY, a.summary, b.summary, text_likeness(a.summary, b.summary)),
        ("内容分类", _CONTENT, a.content, b.content, float(a.content == b.content)),
        ("问题属地", _PLACE, a.place_code, b.place_code, float(a.place_code == b.place_code)),
    )
    known = [(word, weight, share) for word, weight, left, right, share in fields if _bare(left) or _bare(right)]
    total = sum(weight for _, weight, _ in known)
    reached = sum(weight * share for _, weight, share in known)
    reasons = (_reason(word, share) for word, _, share in sorted(known, key=lambda field: -field[1] * field[2]))
    return MatterLikeness(round(100 * reached / total) if total else 0, tuple(filter(None, reasons)))


def text_likeness(a: str, b: str) -> float:
    """Say how alike two texts are, 0 to 1, by the pairs of neighbouring characters they share (Dice's measure)."""
    left, right = _pairs(a), _pairs(b)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def _reason(word: str, share: float) -> str:
    if share >= _WHOLE:
        return f"{word}相同"
    return f"{word}相近" if share >= (_WORDS_NEAR if word == "用词" else _NEAR) else ""


def _near(a: str, b: str, least: float) -> float:
    """The likeness of two names of organisations; below ``least`` they merely share words such as 有限公司."""
    share = text_likeness(a, b)
    return share if share >= least else 0.0


def _nearest(a: str, b: str) -> float:
    """The likeness of the two that are most alike of those that a joint matter is about."""
    return max((_near(one, other, _NEAR) for one in respondents(a) for other in respondents(b)), default=0.0)


def _lives_at(person: PersonKey) -> tuple[str, str] | None:
    return (person.region_code, person.town) if person.region_code and person.town else None


def _bare(text: str) -> str:
    """Letters and digits only, of one width and case; of a long text no more than its beginning."""
    folded = unicodedata.normalize("NFKC", text[:_COMPARED]).casefold()
    # Co and Cn: rare characters of names.
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in {"Co", "Cn"})


def _pairs(text: str) -> frozenset[str]:
    bare = _bare(text)
    return frozenset({bare} if len(bare) == 1 else (bare[at : at + 2] for at in range(len(bare) - 1)))
