"""Bar codes as a scanner at the window sees them: black and white, 203 dots an inch."""

from itertools import takewhile

import pytest
from reportlab.graphics.barcode import code128

from onevisit.paper.barcode import SMALLEST_MODULE_MM, bars_for
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import MM, PROFILES, PaperProfile
from onevisit.paper.raster import PageImage, page_image
from onevisit.paper.slip import render
from onevisit.rules.slip import CopyMark, SlipData

_DPI = 203.2
_BLANK = 18


def _decode(image: PageImage) -> str:
    """Read the first Code 128 symbol that a horizontal line through the upper part of the page meets."""
    for row in range(0, image.height // 3, 4):
        line = image.data[row * image.stride : row * image.stride + 4 * image.width : 4]
        found = _decode_line([dot < 128 for dot in line])
        if found:
            return found
    return ""


def _decode_line(dots: list[bool]) -> str:
    runs: list[tuple[bool, int]] = []
    for dot in dots:
        runs = [*runs[:-1], (dot, runs[-1][1] + 1)] if runs and runs[-1][0] == dot else [*runs, (dot, 1)]
    for start in range(len(runs)):
        # A symbol begins after its blank zone.
        if not runs[start][0] and runs[start][1] >= _BLANK:
            rest = list(takewhile(lambda run: run[0] or run[1] < _BLANK, runs[start + 1 :]))
            found = _decode_bars([length for _, length in rest])
            if found:
                return found
    return ""


def _decode_bars(bars: list[int]) -> str:
    if len(bars) < 13 + 18 or (len(bars) - 7) % 6:
        return ""
    symbols = [_symbol(bars[start : start + 6]) for start in range(0, len(bars) - 7, 6)]
    if -1 in symbols or sum(max(place, 1) * value for place, value in enumerate(symbols[:-1])) % 103 != symbols[-1]:
        return ""
    return _characters(symbols[:-1])


_WIDTHS = {
    tuple(ord(mark.upper()) - ord("A") + 1 for mark in pattern): value
    for value, pattern in vars(code128)["_patterns"].items()
    if isinstance(value, int)
}


def _symbol(bars: list[int]) -> int:
    module = sum(bars) / 11
    return _WIDTHS.get(tuple(round(bar / module) for bar in bars), -1)


def _characters(values: list[int]) -> str:
    in_pairs, text = values[0] == 105, ""
    for value in values[1:]:
        if value in (99, 100):
            in_pairs = value == 99
        else:
            text += f"{value:02d}" if in_pairs else chr(value + 32)
    return text


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
@pytest.mark.parametrize("name", ["plain", "practice"])
def test_the_visit_number_is_read_from_the_printed_dots(
    name: str, profile: PaperProfile, fonts: FontBook, cases: dict[str, tuple[SlipData, CopyMark]]
) -> None:
    data, copy = cases[name]
    image = page_image(render(data, copy, profile, fonts), 0, _DPI)
    assert _decode(image) == data.visit_no.replace("-", "")


@pytest.mark.parametrize("number", ["370400-01-20261122-007-K", "370400-01-20261122-007-3", "370400-01-2026-00123-4"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_modules_are_whole_dots_and_fit(number: str, profile: PaperProfile) -> None:
    bars = bars_for(number, profile.inner_width, profile.dot_mm)
    assert bars.width <= profile.inner_width
    assert bars.module / MM >= SMALLEST_MODULE_MM - 1e-9
    assert (bars.module / MM / profile.dot_mm) == pytest.approx(round(bars.module / MM / profile.dot_mm))


def test_a_roll_of_80_millimetres_gets_three_dots() -> None:
    assert bars_for("370400-01-20261122-007-K", 72 * MM, 0.125).module / MM == pytest.approx(0.375)


def test_too_little_room_never_makes_bars_that_cannot_be_read() -> None:
    bars = bars_for("370400-01-20261122-007-K", 20 * MM, 0.125)
    assert bars.module / MM == pytest.approx(SMALLEST_MODULE_MM)
