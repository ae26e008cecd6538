"""Code 128 (ISO/IEC 15417) of our numbers, in whole dots of the print head."""

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.graphics.barcode.code128 import Code128

from onevisit.paper.profiles import MM

QUIET_MODULES = 10
"""The blank zone on either side that the standard asks for, in modules."""

SMALLEST_MODULE_MM = 0.25
"""Two dots at 203 dpi; hand scanners read less only with luck."""

_MOST_DOTS = 4


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar code ready to draw.

    Attributes:
        value: the characters that a scanner reports.
        module: the width of the narrowest bar, in points.
        width: the whole width with both blank zones, in points.
        stripes: the left edge (from the left end of the blank zone) and the width of each bar, in points.
    """

    value: str
    module: float
    width: float
    stripes: tuple[tuple[float, float], ...]

    def centred(self, room: float, dot_mm: float) -> float:
        """Where the bars begin in the middle of ``room`` points, moved to a whole dot so that no edge is blurred."""
        dot = dot_mm * MM
        return round((room - self.width) / 2 / dot) * dot


def bars_for(number: str, room: float, dot_mm: float) -> Bars:
    """Make the bars of ``number`` as wide as ``room`` points allow.

    The dashes are left out: scanners type the number into a box that accepts both, and digits alone take half the
    room (code set C), so that the bars get three dots each on an 80 mm roll. A number too long for the room keeps the
    smallest module that scanners read and becomes wider than the room.

    Args:
        number: ASCII text, for example ``370400-01-20261122-007-K``.
        room: in points.
        dot_mm: the dot of the print head.
    """
    value = number.replace("-", "")
    pattern = _pattern(value)
    modules = sum(wide for _, wide in pattern) + 2 * QUIET_MODULES
    dots = min(_MOST_DOTS, int(room / MM / dot_mm / modules))
    module = max(dots * dot_mm, SMALLEST_MODULE_MM) * MM
    # Edges exactly on the grid are rounded now one way, now the other, and a hair too much makes a bar a dot wider: so
    # bars begin a quarter of a dot later and are an eighth narrower (heat spreads them anyway).
    nudge = dot_mm * MM / 4
    stripes, left = [], QUIET_MODULES
    for black, wide in pattern:
        if black:
            stripes.append((left * module + nudge, wide * module - nudge / 2))
        left += wide
    return Bars(value, module, modules * module, tuple(stripes))


def _pattern(value: str) -> list[tuple[bool, int]]:
    """Bars (True) and spaces (False) with their widths in modules."""
    symbol = Code128(value, quiet=0)
    steps: tuple[Callable[[], object], ...] = (symbol.validate, symbol.encode, symbol.decompose)
    for step in steps:
        step()
    # ReportLab writes a bar of n modules as the n-th capital letter, a space as the n-th small one.
    return [(mark.isupper(), ord(mark.upper()) - ord("A") + 1) for mark in symbol.decomposed]
