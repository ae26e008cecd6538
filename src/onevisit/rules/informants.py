"""What goes out about a confidential matter names and shows no informant (信访工作条例 2022, articles 30 and 46(五)).

A text that is to leave the unit is searched for every particular of those who brought it, however it is spaced, and
can be given out without them. It finds what was registered; a story that only one person can know betrays its teller
all the same, so somebody reads it before it goes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onevisit.rules import identity, phones, regions
from onevisit.rules.people import PersonEntry

PLACEHOLDER = "〔略〕"

_SHORTEST_NUMBER = 7
_SHORTEST_WORD = 2
_BETWEEN = r"[\s\-‐–—·•.]*"


@dataclass(frozen=True, slots=True)
class Trace:
    """One particular of an informant that stands in a text.

    Attributes:
        what: ``姓名``, ``电话``, ``证件号``, ``住址``, ``单位``.
        found: as it stands in the text.
    """

    what: str
    found: str


def traces(text: str, people: Iterable[PersonEntry], organisation: str = "") -> tuple[Trace, ...]:
    """Find what would give the informants away, in the order of the particulars; nothing when the text is clean.

    Args:
        text: what is to go out.
        people: everybody who brought the matter: lead visitor, companions, agents.
        organisation: for which they came, empty if none.
    """
    return tuple(
        Trace(what, found.group())
        for what, pattern in _particulars(people, organisation)
        for found in pattern.finditer(text)
    )


def without_traces(text: str, people: Iterable[PersonEntry], organisation: str = "") -> str:
    """Give the text with ``〔略〕`` wherever it names or shows an informant; the rest is not touched."""
    for _, pattern in _particulars(people, organisation):
        text = pattern.sub(PLACEHOLDER, text)
    return text


def outgoing_warning(text: str, people: Iterable[PersonEntry], organisation: str = "") -> str:
    """Say in one sentence what in a text would give the informants away; empty when nothing does."""
    kinds = dict.fromkeys(one.what for one in traces(text, people, organisation))
    if not kinds:
        return ""
    return f"要转出的内容里有来访人的{'、'.join(kinds)}，转出去会暴露是谁反映的；请删去，或者用“隐去来访人”。"


def _particulars(people: Iterable[PersonEntry], organisation: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    # The longest first: a name may stand in the address, and its rest must not stay.
    found = [("单位", organisation)]
    for one in people:
        found += [
            ("证件号", _number(identity.plain(one.id_number))),
            ("电话", _number(phones.plain(one.phone))),
            ("住址", regions.join_address(one.region_code, one.town, one.address) if one.address else ""),
            ("住址", f"{one.town}{one.address}" if one.address else ""),
            ("住址", one.address),
            ("姓名", one.name),
        ]
    for what, value in sorted(found, key=lambda particular: -len(particular[1])):
        pattern = _tolerant(value)
        if pattern is not None:
            yield what, pattern


def _number(plain: str) -> str:
    return plain if len(plain) >= _SHORTEST_NUMBER else ""


def _tolerant(value: str) -> re.Pattern[str] | None:
    """Match a value of either width and case, with blanks, dashes and dots between its characters."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", value) if not re.fullmatch(_BETWEEN, c))
    if len(bare) < _SHORTEST_WORD:
        return None
    return re.compile(_BETWEEN.join(map(_either_width, bare)), re.IGNORECASE)


def _either_width(character: str) -> str:
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"(?:{re.escape(character)}|{wide})" if wide else re.escape(character)
