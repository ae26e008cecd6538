"""Breaking Chinese and mixed text into lines (避头尾; W3C clreq, "Line composition rules")."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉〗”’…—·～％‰℃々,.;:?!)]}%")
"""Marks that may not begin a line."""

NEVER_LAST = frozenset("（《「『【〔〈〖“‘([{￥$#№")
"""Marks that may not end a line."""

HANGING = frozenset("，。、；：？！）》」』】〕〉〗”’")
"""Full-width marks with ink in their left half only: the empty half may stand in the margin."""

INDENTED = frozenset("（《「『【〔〈〖“‘")
"""Full-width marks with ink in their right half only: at the start of a line they look indented."""


def squeezed(before: str, after: str) -> bool:
    """Whether two neighbouring marks stand closer by half an em (标点挤压), as in ``）。`` or ``（《``."""
    return (before in HANGING and (after in HANGING or after in INDENTED)) or (before in INDENTED and after in INDENTED)


@dataclass(slots=True)
class _Atom:
    """A piece that is kept on one line if it fits: its text and the spaces after it."""

    text: str
    spaces: str = ""


def break_lines(text: str, width: float, measure: Callable[[str], float], em: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width``; every character is kept but for the spaces at line ends.

    Args:
        text: plain text; newlines end a paragraph.
        width: room for a line, in the unit of ``measure``.
        measure: the width of a piece of text, additive over its characters.
        em: the width of a full-width character; a closing mark may hang out by half of it.
    """
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, width, measure, em)]


def _fill(paragraph: str, width: float, measure: Callable[[str], float], em: float) -> Iterator[str]:
    line, used = "", 0.0
    for atom in _atoms(paragraph):
        wide = measure(atom.text)
        if line and used + wide > _room(atom.text, width, em):
            yield line.rstrip(" ")
            line, used = "", 0.0
        if wide > _room(atom.text, width, em):
            *full, atom.text = _chop(atom.text, width, measure)
            yield from full
            wide = measure(atom.text)
        line += atom.text + atom.spaces
        used += wide + (measure(atom.spaces) if atom.spaces else 0.0)
    yield line.rstrip(" ")


def _room(text: str, width: float, em: float) -> float:
    return width + (em / 2 if text and text[-1] in HANGING else 0.0) + 0.01


def _chop(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Cut what fits on no line (a 300-letter word) into pieces that do, after a dash or slash where one is near."""
    pieces, current, used = [], "", 0.0
    for character in text:
        wide = measure(character)
        if current and used + wide > width + 0.01:
            cut = 1 + max(current.rfind("-"), current.rfind("/"))
            cut = cut if 2 * cut > len(current) else len(current)
            pieces.append(current[:cut])
            current = current[cut:]
            used = measure(current)
        current += character
        used += wide
    return [*pieces, current]


def _atoms(paragraph: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    for character in paragraph:
        if character == " " and atoms:
            atoms[-1].spaces += " "
        elif atoms and not atoms[-1].spaces and _joined(atoms[-1].text[-1:], character):
            atoms[-1].text += character
        else:
            atoms.append(_Atom(character))
    return atoms


def _joined(before: str, after: str) -> bool:
    """Whether no line may end between two neighbours."""
    if after in NEVER_FIRST or before in NEVER_LAST:
        return True
    return bool(before) and not _is_wide(before) and not _is_wide(after)


def _is_wide(character: str) -> bool:
    """Whether ``character`` is set like a Chinese one: a line may end on either side of it."""
    return character >= "\u2e80" or character in "—…“”‘’"
