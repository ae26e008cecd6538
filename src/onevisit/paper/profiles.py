"""Paper profiles: the sheets and rolls that a window prints on, with their margins and sizes of type."""

import math
from dataclasses import astuple, dataclass, replace
from typing import Self

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes of type in points: the heading of the document, what matters most, running text, the small print."""

    title: float
    lead: float
    body: float
    small: float


@dataclass(frozen=True, slots=True)
class PaperProfile:
    """One kind of paper.

    Attributes:
        key: as settings keep it, for example ``roll80``.
        label: as people call it.
        width_mm: the width of the sheet or roll.
        height_mm: the height of the sheet; None for a roll, whose pages are as long as their content.
        side_mm: the left and the right margin: what the print head cannot reach, and a little air.
        top_mm: the upper margin.
        bottom_mm: the lower margin; on a roll the cutter's distance.
        large_scale: how much larger the large print is.
        columns: columns in which short facts stand side by side.
        minimum: no type on this paper is smaller (points).
        max_length_mm: the longest page of a roll; longer slips go on on a next page.
        dot_mm: the dot of the usual print head (203 dpi: 8 dots a millimetre); bar codes keep to whole dots.
    """

    key: str
    label: str
    width_mm: float
    height_mm: float | None
    side_mm: float
    top_mm: float
    bottom_mm: float
    sizes: TypeSizes
    minimum: float
    large_scale: float
    columns: int = 1
    max_length_mm: float = 1000.0
    dot_mm: float = 0.125

    def __post_init__(self) -> None:
        if min(self.sizes.title, self.sizes.lead, self.sizes.body, self.sizes.small) < self.minimum:
            raise ValueError(f"profile {self.key}: type below its minimum of {self.minimum} pt")

    @property
    def is_roll(self) -> bool:
        """Whether the paper comes from a roll."""
        return self.height_mm is None

    @property
    def inner_width(self) -> float:
        """The width between the margins, in points."""
        return (self.width_mm - 2 * self.side_mm) * MM

    @property
    def large(self) -> Self:
        """The same paper in large print, for readers with weak sight."""
        return replace(
            self,
            key=f"{self.key}-large",
            label=f"{self.label} · 大字",
            sizes=TypeSizes(*(round(2 * size * self.large_scale) / 2 for size in astuple(self.sizes))),
            minimum=math.floor(self.minimum * self.large_scale),
            columns=1,
        )


ROLL_80 = PaperProfile(
    key="roll80",
    label="80 毫米热敏卷纸",
    width_mm=80,
    height_mm=None,
    side_mm=4,
    top_mm=4,
    bottom_mm=8,
    sizes=TypeSizes(title=18, lead=14, body=10.5, small=9),
    minimum=9.0,
    large_scale=1.3,
)
ROLL_58 = PaperProfile(
    key="roll58",
    label="58 毫米热敏卷纸",
    width_mm=58,
    height_mm=None,
    side_mm=5,
    top_mm=4,
    bottom_mm=8,
    sizes=TypeSizes(title=15, lead=12, body=9.5, small=9),
    minimum=9.0,
    large_scale=1.22,
)
A5 = PaperProfile(
    key="a5",
    label="A5 纸",
    width_mm=148,
    height_mm=210,
    side_mm=12,
    top_mm=9,
    bottom_mm=7,
    sizes=TypeSizes(title=18, lead=14, body=10.5, small=9),
    minimum=9.0,
    large_scale=1.45,
    columns=2,
)
A4 = PaperProfile(
    key="a4",
    label="A4 纸",
    width_mm=210,
    height_mm=297,
    side_mm=20,
    top_mm=15,
    bottom_mm=12,
    sizes=TypeSizes(title=20, lead=14, body=12, small=10),
    minimum=10.0,
    large_scale=1.35,
    columns=2,
)
"""For what an office files or hands over in full; no slip is printed on it."""

PROFILES = tuple(profile for paper in (ROLL_80, A5, ROLL_58) for profile in (paper, paper.large))
"""Every profile that settings may name, the usual one first."""


def profile_by_key(key: str) -> PaperProfile:
    """Find a profile by the key that settings keep.

    Raises:
        KeyError: no profile has that key.
    """
    for profile in PROFILES:
        if profile.key == key:
            return profile
    raise KeyError(key)
