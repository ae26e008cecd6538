"""The search index: one row per matter, asked by one box. The only place that speaks FTS5."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from onevisit.rules.labels import Labelled
from onevisit.rules.search_terms import index_terms, phrase
from onevisit.rules.text import compact
from onevisit.store.pinyin import sounds

MOST: Final = 1_000
"""So many hits are counted; beyond it nobody reads on, and the question should be narrower."""

_PAGES_AT_ONCE: Final = 500
"""Pages of the index that one step of cleaning writes; a step stays well below a second."""


class FoundBy(Labelled):
    """By what a matter was found."""

    NAME = "name", "姓名"
    ID_NUMBER = "id_number", "证件号"
    PHONE = "phone", "电话"
    NUMBER = "number", "编号"
    WORDS = "words", "内容"


@dataclass(frozen=True, slots=True)
class MatterDocument:
    """What a matter is found by, of all its visits.

    Attributes:
        names: of all people and organisations that came.
        id_numbers: of their documents, plain.
        phones: theirs, plain.
        numbers: of the matter, of its visits, its query code.
        words: title, summaries, respondent, addresses …: whatever a clerk may remember of it.
    """

    names: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One matter, with everything it was found by."""

    matter_id: int
    why: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page, latest matter first; ``total`` counts all hits, or stops at ``MOST`` (then ``more`` is true)."""

    page: tuple[Found, ...] = ()
    total: int = 0
    more: bool = False


_PUT = sql(
    "INSERT OR REPLACE INTO matter_search (rowid, names, pinyin, id_numbers, phones, numbers, words)"
    " VALUES (:matter_id, :names, :pinyin, :id_numbers, :phones, :numbers, :words)"
)
_FORGET = sql("DELETE FROM matter_search WHERE rowid = :matter_id")
_MERGE = sql("INSERT INTO matter_search (matter_search, rank) VALUES ('merge', :pages)")
_CHANGES_SO_FAR = sql("SELECT total_changes()")
# CROSS: the index comes first, whatever the planner thinks of the other table
_FIND = sql(
    "SELECT s.rowid FROM matter_search AS s CROSS JOIN matter AS m ON m.id = s.rowid"
    " WHERE s.matter_search MATCH :wanted AND (:confidential OR NOT m.confidential)"
    " ORDER BY s.rowid DESC LIMIT :most"
)
_FIND_AMONG = sql(
    "SELECT rowid FROM matter_search WHERE matter_search MATCH :wanted AND rowid BETWEEN :first AND :last"
)


def index_matter(session: Session, matter_id: int, document: MatterDocument) -> None:
    """Put a matter into the index, in place of what stood there of it."""
    row = {
        "matter_id": matter_id,
        "names": _terms(document.names),
        "pinyin": sounds(document.names),
        "id_numbers": _terms(map(compact, document.id_numbers)),
        "phones": _terms(map(compact, document.phones)),
        "numbers": _terms(map(compact, document.numbers)),
        "words": _terms(document.words),
    }
    session.execute(_PUT, row)


def forget_matter(session: Session, matter_id: int) -> None:
    """Take a matter out of the index: from now on nothing finds it.

    Its terms stay in the index's own pages until ``clean_index`` has gone through them.
    """
    session.execute(_FORGET, {"matter_id": matter_id})


def clean_index(session: Session, *, begin: bool) -> bool:
    """Rewrite a part of the index without what was taken out or replaced; to be called until nothing is left to do.

    What is written meanwhile is not rewritten with it, so that it comes to an end however busy the window is.

    FTS5 only marks what is deleted from a contentless index; the terms go when segments are merged into one
    (https://www.sqlite.org/fts5.html, 6.8 and 6.11). A part at a time, so that nobody waits long for the store.

    Args:
        session: the transaction.
        begin: the first call: all that the index holds now is to be gone through.

    Returns:
        whether there is more to do.
    """
    before: int = session.scalars(_CHANGES_SO_FAR).one()
    session.execute(_MERGE, {"pages": -_PAGES_AT_ONCE if begin else _PAGES_AT_ONCE})
    after: int = session.scalars(_CHANGES_SO_FAR).one()
    # the documented sign that a merge had nothing to do
    return after - before > 1


def find(session: Session, text: str, *, include_confidential: bool, limit: int = 50, offset: int = 0) -> Findings:
    """Find matters in which everything stands that was typed, latest first.

    Names (in characters, pinyin, initials or a mixture), parts of numbers and words may be mixed, with blanks between.

    Args:
        session: the transaction.
        text: as typed; nothing in it is syntax.
        include_confidential: else confidential matters are not there, not even in ``total``.
        limit: rows of the page.
        offset: rows before the page.
    """
    terms = [expressions for term in _terms_of(text) if (expressions := _expressions(term))]
    if not terms:
        return Findings()
    wanted = " AND ".join(f"({' OR '.join(expressions.values())})" for expressions in terms)
    asked = {"wanted": wanted, "confidential": include_confidential, "most": MOST + 1}
    ids = list(session.scalars(_FIND, asked))
    page = ids[:MOST][offset : offset + limit]
    why = _why(session, terms, page)
    found = tuple(Found(matter_id, tuple(kind for kind in FoundBy if matter_id in why[kind])) for matter_id in page)
    return Findings(found, min(len(ids), MOST), len(ids) > MOST)


def _terms(texts: Iterable[str]) -> str:
    return " ".join(filter(None, map(index_terms, texts)))


def _terms_of(text: str) -> list[str]:
    # 139 0000 0011 and 370400 01 2026 are one number, however they are grouped
    if _is_number(text):
        return [text.strip()]
    return text.split()


def _is_number(text: str) -> bool:
    bare = compact(text)
    return bare.isascii() and bare.rstrip("X").isdigit()


def _expressions(term: str) -> dict[FoundBy, str]:
    """Write what a term asks of each group of columns; empty if nothing in it can be looked for."""
    number = compact(term)
    whole = phrase(number) if any(character.isdigit() for character in number) else ""
    raw = phrase(term)
    letters = number.casefold().replace("ü", "v")
    sound = f'pinyin : "{letters}" *' if letters.isascii() and letters.isalpha() else ""
    name = f"names : ({raw})" if raw else ""
    asked = {
        FoundBy.NAME: " OR ".join(filter(None, (name, sound))),
        FoundBy.ID_NUMBER: f"id_numbers : ({whole})" if whole else "",
        FoundBy.PHONE: f"phones : ({whole})" if whole else "",
        FoundBy.NUMBER: f"numbers : ({whole or raw})" if (whole or raw) and number.isascii() else "",
        FoundBy.WORDS: f"words : ({raw})" if raw else "",
    }
    return {kind: expression for kind, expression in asked.items() if expression}


def _why(session: Session, terms: list[dict[FoundBy, str]], page: list[int]) -> dict[FoundBy, set[int]]:
    why: dict[FoundBy, set[int]] = {kind: set() for kind in FoundBy}
    if not page:
        return why
    for kind in FoundBy:
        wanted = " OR ".join(f"({expressions[kind]})" for expressions in terms if kind in expressions)
        if wanted:
            among = {"wanted": wanted, "first": min(page), "last": max(page)}
            why[kind] = set(session.scalars(_FIND_AMONG, among))
    return why
