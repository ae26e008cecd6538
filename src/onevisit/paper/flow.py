"""Setting a document: text, facts, boxes and rules become strips, each as high as one line and never cut."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from onevisit.paper.barcode import Bars
from onevisit.paper.fonts import SUBSTITUTE, FontBook, plain
from onevisit.paper.lines import INDENTED, break_lines

LEADING = 1.4
"""Line height in sizes of type: Chinese needs more air than Latin."""

FRAME_PADDING = 8.0
"""Between a box and its text, in points."""

_WHOLE_FRAME = 230.0
"""A box no higher than this (points) is not divided between pages."""

_SHORTEST_MEASURE = 7.0
"""A hanging text narrower than this many ems goes below its head instead."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set; ``size`` in points."""

    size: float
    bold: bool = False
    align: str = "left"

    def to(self, align: str) -> "Style":
        """The same, aligned ``left``, ``center`` or ``right``."""
        return replace(self, align=align)

    @property
    def leading(self) -> float:
        """The height of a line in points."""
        return self.size * LEADING

    @property
    def drop(self) -> float:
        """How far below the top of its line the base line stands."""
        return self.leading / 2 + self.size * 0.38


@dataclass(frozen=True, slots=True)
class TextPiece:
    """One line of text, ``x`` points from the left margin, its base line ``drop`` points below the strip's top."""

    x: float
    drop: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class BarsPiece:
    """A bar code of ``height`` points, ``x`` points from the left margin."""

    x: float
    height: float
    bars: Bars


@dataclass(frozen=True, slots=True)
class RulePiece:
    """A dashed line across the strip."""

    drop: float


@dataclass(frozen=True, slots=True)
class FramePiece:
    """A rounded box of its own, within one strip."""

    x: float
    drop: float
    width: float
    height: float


Piece = TextPiece | BarsPiece | RulePiece | FramePiece


@dataclass(frozen=True, slots=True)
class Strip:
    """A horizontal band that stays whole.

    Attributes:
        height: in points.
        pieces: what it shows.
        frame: strips that follow one another with the same number stand in one box; 0 for none.
        keep: no page ends between this strip and the next.
        blank: only air or a dividing line; dropped where a page begins.
        head: the head of its table, which stands above it again where it begins a page.
    """

    height: float
    pieces: tuple[Piece, ...] = ()
    frame: int = 0
    keep: bool = False
    blank: bool = False
    head: tuple["Strip", ...] = ()


class Flow:
    """Collects the strips of a document of a given width (points)."""

    def __init__(self, width: float, fonts: FontBook) -> None:
        self.width = width
        self.strips: list[Strip] = []
        self._fonts = fonts
        self._frames = 0
        self._frame = 0

    def add(self, height: float, *pieces: Piece, keep: bool = False, blank: bool = False) -> None:
        """Add one strip with ready pieces, inside the box that is open, if any."""
        self.strips.append(Strip(height, pieces, self._frame, keep, blank))

    def gap(self, height: float) -> None:
        """Add air."""
        self.add(height, blank=True, keep=bool(self._frame))

    def rule(self, air: float = 6.0) -> None:
        """Add a dashed dividing line with air above and below; it belongs to what follows."""
        self.add(2 * air, RulePiece(air), keep=True, blank=True)

    def text(self, text: str, style: Style, *, indent: float = 0.0, keep: bool = False) -> None:
        """Add text broken into lines; ``keep`` holds all of it with what follows (a heading).

        No page begins with the last line of a paragraph, and none ends with the first.
        """
        inset = self._inset + indent
        lines = self.lines(text, self.width - inset - self._inset, style)
        for index, line in enumerate(lines):
            held = keep or (len(lines) > 1 and index in (0, len(lines) - 2))
            self.add(style.leading, self._piece(line, inset, style), keep=held)

    def hanging(self, head: str, text: str, head_style: Style, style: Style, column: float) -> None:
        """Add a head (a date, a label, a bullet) with its text beside it; below it where the column is too narrow."""
        beside = self.width - 2 * self._inset - column
        if beside < _SHORTEST_MEASURE * style.size:
            self.text(head, head_style, keep=True)
            self.text(text, style)
            return
        lines = self.lines(text, beside, style)
        leading = max(style.leading, head_style.leading)
        for index, line in enumerate(lines):
            pieces = [self._piece(line, self._inset + column, style)]
            if not index:
                pieces.insert(0, replace(self._piece(head, self._inset, head_style), drop=pieces[0].drop))
            held = len(lines) > 1 and index in (0, len(lines) - 2)
            self.add(leading if not index else style.leading, *pieces, keep=held)

    def facts(self, pairs: Sequence[tuple[str, str]], label: Style, value: Style, columns: int = 1) -> None:
        """Add short facts, label and value; side by side where the paper has columns and they fit."""
        head = max(self._fonts.width(name, label.size) for name, _ in pairs) + label.size
        cell = self.width / columns
        waiting = list(pairs)
        while waiting:
            row = waiting[:columns]
            if columns > 1 and all(self._fonts.width(text, value.size) <= cell - head - label.size for _, text in row):
                self._fact_row(row, label, value, cell, head)
                del waiting[:columns]
            else:
                self.hanging(*waiting.pop(0), label, value, head)

    def ends(self, left: str, right: str, style: Style) -> None:
        """Add one line with a text at either end; two lines if they do not fit beside one another."""
        wide = self._fonts.width(left, style.size) + self._fonts.width(right, style.size) + style.size
        if wide > self.width:
            self.text(left, style)
            self.text(right, style)
            return
        self.add(style.leading, self._piece(left, 0, style), self._piece(right, 0, style.to("right")))

    def missing(self, texts: Iterable[str], style: Style) -> None:
        """Name the characters of ``texts`` that no font has, for a pen to supply them: nothing is lost silently."""
        wanting = self._fonts.missing("".join(texts))
        if wanting:
            points = "、".join(f"U+{ord(one):04X}" for one in wanting)
            self.gap(3)
            self.text(f"“{SUBSTITUTE}”处的字打印字库中没有（{points}），请窗口手写补上。", style)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Keep what is added meanwhile on one page."""
        first = len(self.strips)
        yield
        self.strips[first:-1] = [replace(strip, keep=True) for strip in self.strips[first:-1]]

    @contextmanager
    def frame(self) -> Iterator[None]:
        """Put what is added meanwhile into a box; a small one stays whole."""
        self._frames += 1
        self._frame = self._frames
        first = len(self.strips)
        self.add(FRAME_PADDING * 0.8, keep=True, blank=True)
        yield
        self.strips[-1] = replace(self.strips[-1], keep=True)
        self.add(FRAME_PADDING * 0.9, blank=True)
        self._frame = 0
        if sum(strip.height for strip in self.strips[first:]) < _WHOLE_FRAME:
            self.strips[first:-1] = [replace(strip, keep=True) for strip in self.strips[first:-1]]

    @property
    def _inset(self) -> float:
        return FRAME_PADDING if self._frame else 0.0

    def lines(self, text: str, width: float, style: Style) -> list[str]:
        """``text`` broken into lines of at most ``width`` points."""
        return break_lines(plain(text), width, lambda part: self.wide(part, style), style.size)

    def wide(self, text: str, style: Style) -> float:
        """The width of one line in points."""
        return self._fonts.width(text, style.size, style.bold)

    def _fact_row(self, row: Sequence[tuple[str, str]], label: Style, value: Style, cell: float, head: float) -> None:
        pieces: list[Piece] = []
        for index, (name, text) in enumerate(row):
            pieces.append(self._piece(name, index * cell, label))
            pieces.append(self._piece(text, index * cell + head, value))
        self.add(max(label.leading, value.leading), *pieces)

    def _piece(self, line: str, x: float, style: Style) -> TextPiece:
        if style.align == "left":
            # The empty left half of a full-width bracket would look like an indent.
            return TextPiece(x - style.size / 2 if line[:1] in INDENTED else x, style.drop, line, style)
        spare = self.width - self.wide(line, style)
        return TextPiece(spare if style.align == "right" else spare / 2, style.drop, line, style)
