"""Splitting text for the one search box: the index and the query go through the same knife.

A run of Chinese (and any other script without capitals) becomes overlapping pairs, a run of letters and digits with at
least one digit becomes overlapping fours, a plain word of letters stays whole. Runs end in shorter and shorter
tails: 王伟国 is kept as 王伟, 伟国, 国. A query as long as a piece or longer is a phrase of whole pieces, which a run's
tail keeps from matching across two runs; a shorter one is a prefix of a piece. So any part of an indexed run is found,
and what does not stand there is not. Plain words are found by their beginning.
"""

import re
import unicodedata

TOKENIZER = "ascii"
"""The FTS5 tokenizer to declare the table with: whatever is not ASCII belongs to a word, in every version of SQLite."""

_PAIR, _FOUR = 2, 4
_MARK = "0"
"""Stands before every piece of a code, so that no piece is taken for a word: words never hold a digit."""

_PHRASES_AT_MOST = 32
_LONGEST_QUERY = 200
_SPLIT = re.compile(r"(?P<han>h+)|(?P<code>[ad]*d[ad]*)|(?P<word>[aw]+)")
_JOINERS = frozenset("·•・‧'’")
_YOUNG_HAN = range(0x20000, 0x40000)


def index_terms(text: str) -> str:
    """Give the pieces of a text, joined by blanks, to be stored in a column of the index."""
    return " ".join(piece for kind, run in _runs(text) for piece in _indexed(kind, run))


def phrase(text: str) -> str:
    """Write an FTS5 expression that finds the texts in which every run of the query stands.

    Only letters, digits and Chinese of the query reach the expression, each piece quoted: nothing typed can change its
    syntax. Only the first 200 characters and 32 runs are looked for. Empty if nothing in the query can be looked for.
    """
    runs = list(dict.fromkeys(_runs(text[:_LONGEST_QUERY])))[:_PHRASES_AT_MOST]
    return " AND ".join(_wanted(kind, run) for kind, run in runs)


def _indexed(kind: str, run: str) -> list[str]:
    if kind == "han":
        return _pieces(run, _PAIR)
    if kind == "word":
        return [run]
    # 37A012 is also found by its word, as it would be by any part with a digit in it.
    words = [word for word in re.split(r"[0-9]+", run) if word]
    return [*(_MARK + piece for piece in _pieces(run, _FOUR)), *words]


def _wanted(kind: str, run: str) -> str:
    if kind == "word":
        return f'"{run}"*'
    size, mark = (_PAIR, "") if kind == "han" else (_FOUR, _MARK)
    if len(run) < size:
        return f'"{mark}{run}"*'
    whole = _pieces(run, size)[: len(run) - size + 1]
    return '"' + " ".join(mark + piece for piece in whole) + '"'


def _pieces(run: str, size: int) -> list[str]:
    return [run[start : start + size] for start in range(len(run))]


def _runs(text: str) -> list[tuple[str, str]]:
    folded = _fold(text)
    kinds = "".join(map(_kind, folded))
    return [(found.lastgroup or "", folded[found.start() : found.end()]) for found in _SPLIT.finditer(kinds)]


def _fold(text: str) -> str:
    """Bring to one form what people type in several: width, capitals, digits of other scripts, dots inside names."""
    wide = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_digit(c) for c in wide if c not in _JOINERS and unicodedata.category(c) not in {"Mn", "Cf"})


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character


def _kind(character: str) -> str:
    """Give one letter for the kind: a for a to z, d for digits, w for other letters with capitals, h for Chinese."""
    if character.isascii():
        return "a" if character.isalpha() else "d" if character.isdigit() else " "
    category = unicodedata.category(character)
    # Private-use characters and those younger than the tables of Python stand for rare characters of names.
    if category in {"Lo", "Co", "Nl"} or (category == "Cn" and ord(character) in _YOUNG_HAN):
        return "h"
    return "w" if category.startswith("L") else " "
