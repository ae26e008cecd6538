"""Which characters a TrueType file can draw, read from its character map alone: milliseconds, no outlines loaded."""

import struct
from bisect import bisect_right
from pathlib import Path

from onevisit.rules.faults import PlainFault

_UNICODE_FULL = ((3, 10), (0, 6), (0, 4))
"""Platform and encoding of the maps that reach beyond the basic plane (OpenType, table ``cmap``)."""


class FontFault(PlainFault):
    """A font file of the program is missing or damaged."""


class Cover:
    """The code points of one font as sorted ranges."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        """Keep ``ranges`` of first and last code point, both included."""
        ordered = sorted(ranges)
        self._starts = [first for first, _ in ordered]
        self._ends = [last for _, last in ordered]

    def __contains__(self, character: str) -> bool:
        point = ord(character)
        index = bisect_right(self._starts, point) - 1
        return index >= 0 and point <= self._ends[index]


def read_cover(path: Path) -> Cover:
    """Read the code points that the font at ``path`` covers (OpenType ``cmap``, format 12).

    Raises:
        FontFault: the file is missing, or is not a TrueType file with such a map.
    """
    try:
        with path.open("rb") as file:
            count = struct.unpack(">4xH6x", file.read(12))[0]
            records = struct.iter_unpack(">4sLLL", file.read(16 * count))
            offset, length = next((start, size) for tag, _, start, size in records if tag == b"cmap")
            file.seek(offset)
            table = file.read(length)
        return Cover(_groups(table))
    except (OSError, struct.error, StopIteration) as error:
        raise FontFault(f"字库文件 {path.name} 缺失或已损坏，无法打印。请重新安装本程序，或联系管理员。") from error


def _groups(table: bytes) -> list[tuple[int, int]]:
    """The ranges of the widest Unicode map in a ``cmap`` table; StopIteration if there is none in format 12."""
    (count,) = struct.unpack_from(">2xH", table)
    maps = {(platform, kind): at for platform, kind, at in struct.iter_unpack(">HHL", table[4 : 4 + 8 * count])}
    start = next(maps[key] for key in _UNICODE_FULL if key in maps and table[maps[key] : maps[key] + 2] == b"\0\x0c")
    (groups,) = struct.unpack_from(">12xL", table, start)
    rows = struct.iter_unpack(">LLL", table[start + 16 : start + 16 + 12 * groups])
    return [(first, last) for first, last, glyph in rows if glyph or last > first]
