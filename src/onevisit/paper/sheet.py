"""Putting strips on pages, and pages into a PDF file: embedded fonts, black on white, always the same bytes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import dropwhile, groupby

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from onevisit.paper.barcode import Bars
from onevisit.paper.flow import BarsPiece, FramePiece, Piece, RulePiece, Strip, Style, TextPiece
from onevisit.paper.fonts import FontBook
from onevisit.paper.lines import break_lines, squeezed
from onevisit.paper.profiles import MM, PaperProfile

_PRACTICE = "练习 · 不作凭证"
_MARK_EVERY = 95 * MM
_BOX_AIR = 5.0


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on the pages of one document beside its text.

    Attributes:
        title: the title in the file's metadata; never personal.
        author: the unit.
        name: what the head of a second page says, for example the document and its number.
        practice: mark every page as made in practice.
        mark: a word in outline across every page, ``草稿``; none where it is empty.
    """

    title: str
    author: str
    name: str
    practice: bool
    mark: str = ""


def write_pdf(strips: Sequence[Strip], profile: PaperProfile, running: Running, fonts: FontBook) -> bytes:
    """Set ``strips`` on as many pages as they need and return the file.

    On a roll each page is as long as its content, up to ``profile.max_length_mm``.
    """
    return _Sheet(profile, running, fonts).write(strips)


def paginate(strips: Sequence[Strip], room: Callable[[int], float]) -> list[list[Strip]]:
    """Deal ``strips`` out to pages; ``room`` tells the height (points) that page n, from 0, offers to them.

    Air at the start of a page is dropped, and strips that keep together move on together unless they fill a page.
    Where a table goes on, its head stands above it again.
    """
    pages: list[list[Strip]] = [[]]
    used = 0.0
    for strip in strips:
        if pages[-1] and used + strip.height > room(len(pages) - 1) + 0.01:
            moved = _held_back(pages[-1])
            pages.append([*(moved[0] if moved else strip).head, *moved])
            used = sum(one.height for one in pages[-1])
        if pages[-1] or len(pages) == 1 or not strip.blank or strip.frame:
            pages[-1].append(strip)
            used += strip.height
    return pages


def new_canvas(target: BytesIO, title: str, author: str, fonts: FontBook) -> Canvas:
    """Begin a file that is the same for the same content and whose fonts are all embedded.

    Args:
        target: where the file is written.
        title: for the metadata; never personal.
        author: for the metadata: the unit, or empty.
        fonts: the program's fonts; one of them stands in for ReportLab's Helvetica at the start of pages.
    """
    first = fonts.runs(" ")[0][0]
    # The stub calls the name of a font a number.
    canvas = Canvas(target, invariant=1, lang="zh-CN", initialFontName=first)  # type: ignore[arg-type]
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("onevisit")
    canvas.setSubject("")
    return canvas


def draw_line(canvas: Canvas, fonts: FontBook, text: str, at: tuple[float, float], style: Style) -> None:
    """Draw one line from ``at`` on its base line; a rare character in bold is thickened, since its font has no bold."""
    line = canvas.beginText(*at)
    for name, part in fonts.runs(text, style.bold):
        thick = style.bold and fonts.is_rare(name)
        line.setFont(name, style.size)
        if thick:
            canvas.setLineWidth(style.size * 0.035)
            line.setTextRenderMode(2)
        _write_squeezed(line, part, style.size)
        if thick:
            line.setTextRenderMode(0)
    canvas.drawText(line)


def _write_squeezed(line: PDFTextObject, part: str, size: float) -> None:
    """Write ``part``, drawing neighbouring marks together by half an em (see ``lines.squeezed``)."""
    written = 0
    for index in range(1, len(part)):
        if squeezed(part[index - 1], part[index]):
            line.textOut(part[written : index - 1])
            line.setCharSpace(-size / 2)
            line.textOut(part[index - 1])
            line.setCharSpace(0)
            written = index
    line.textOut(part[written:])


def draw_bars(canvas: Canvas, bars: Bars, left: float, bottom: float, height: float) -> None:
    """Draw a bar code on a white ground: no practice mark may run through it."""
    canvas.setFillGray(1)
    canvas.rect(left, bottom, bars.width, height, stroke=0, fill=1)
    canvas.setFillGray(0)
    for start, width in bars.stripes:
        canvas.rect(left + start, bottom, width, height, stroke=0, fill=1)


def _held_back(page: list[Strip]) -> list[Strip]:
    """Take from the end of ``page`` what must stay with the strip that no longer fits."""
    count = 0
    for strip in reversed(page):
        if not strip.keep:
            break
        count += 1
    if count in (0, len(page)):
        return []
    moved = page[-count:]
    del page[-count:]
    return list(dropwhile(lambda strip: strip.blank and not strip.frame, moved))


class _Sheet:
    """Draws one document."""

    def __init__(self, profile: PaperProfile, running: Running, fonts: FontBook) -> None:
        self._profile = profile
        self._running = running
        self._fonts = fonts
        self._small = Style(profile.sizes.small)
        self._banner = profile.sizes.lead * 1.7 if running.practice else 0.0
        self._side = profile.side_mm * MM
        name = ("接上页　" if profile.is_roll else "") + running.name
        size = self._small.size
        self._head_lines = break_lines(name, profile.inner_width, lambda part: fonts.width(part, size))

    def write(self, strips: Sequence[Strip]) -> bytes:
        pages = paginate(strips, self._room)
        target = BytesIO()
        self._canvas = new_canvas(target, self._running.title, self._running.author, self._fonts)
        for number, page in enumerate(pages):
            self._page(page, number, len(pages))
        self._canvas.save()
        return target.getvalue()

    def _room(self, number: int) -> float:
        profile = self._profile
        whole = (profile.height_mm or profile.max_length_mm) * MM
        return whole - self._head(number) - self._foot() - (profile.top_mm + profile.bottom_mm) * MM

    def _head(self, number: int) -> float:
        return self._banner + (self._small.leading * (len(self._head_lines) + 0.6) if number else 0.0)

    def _foot(self) -> float:
        return self._banner + self._small.leading * 1.4

    def _page(self, strips: list[Strip], number: int, total: int) -> None:
        profile, canvas = self._profile, self._canvas
        height = (profile.height_mm or 0.0) * MM
        if profile.is_roll:
            foot = self._foot() if total > 1 else self._banner
            body = sum(strip.height for strip in strips) + self._head(number) + foot
            # Whole millimetres, since the size is named to the print queue in them.
            height = math.ceil(body / MM + profile.top_mm + profile.bottom_mm - 0.01) * MM
        canvas.setPageSize((profile.width_mm * MM, height))
        if self._running.practice:
            self._practice_marks(height)
        elif self._running.mark:
            self._outlined(self._running.mark, height / 2)
        top = height - profile.top_mm * MM - self._banner
        if number:
            for line in self._head_lines:
                self._text(line, 0, top - self._small.size)
                top -= self._small.leading
            self._rule(top - self._small.leading * 0.25)
        self._strips(strips, height - profile.top_mm * MM - self._head(number))
        if total > 1 or not profile.is_roll:
            self._page_number(number, total)
        canvas.showPage()

    def _page_number(self, number: int, total: int) -> None:
        base = self._profile.bottom_mm * MM + self._banner
        onward = "接下页　" if self._profile.is_roll and number + 1 < total else ""
        label = f"{onward}第 {number + 1} 页 共 {total} 页"
        wide = self._fonts.width(label, self._small.size)
        self._text(label, (self._profile.inner_width - wide) / 2, base + self._small.leading * 0.35)

    def _strips(self, strips: list[Strip], top: float) -> None:
        for frame, group in groupby(strips, key=lambda strip: strip.frame):
            members, start = list(group), top
            for strip in members:
                for piece in strip.pieces:
                    self._piece(piece, top)
                top -= strip.height
            if frame:
                # A box that a page end divides keeps its air: its edge strips are on the other page.
                upper = start + (0 if members[0].blank else _BOX_AIR)
                lower = top - (0 if members[-1].blank else _BOX_AIR)
                self._box(0, lower, self._profile.inner_width, upper - lower)

    def _piece(self, piece: Piece, top: float) -> None:
        match piece:
            case TextPiece(x, drop, text, style):
                self._text(text, x, top - drop, style)
            case RulePiece(drop):
                self._rule(top - drop)
            case FramePiece(x, drop, width, height):
                self._box(x, top - drop - height, width, height)
            case BarsPiece(x, height, bars):
                draw_bars(self._canvas, bars, self._side + x, top - height, height)

    def _text(self, text: str, x: float, base: float, style: Style | None = None) -> None:
        draw_line(self._canvas, self._fonts, text, (self._side + x, base), style or self._small)

    def _rule(self, at: float) -> None:
        self._canvas.saveState()
        self._canvas.setLineWidth(0.75)
        self._canvas.setDash(3, 2.2)
        self._canvas.line(self._side, at, self._side + self._profile.inner_width, at)
        self._canvas.restoreState()

    def _box(self, x: float, bottom: float, width: float, height: float) -> None:
        self._canvas.saveState()
        self._canvas.setLineWidth(1.1)
        self._canvas.roundRect(self._side + x + 0.55, bottom, width - 1.1, height, 4)
        self._canvas.restoreState()

    def _practice_marks(self, height: float) -> None:
        """A banner above and below, and outlined words across, so that no torn-off piece passes for a real slip."""
        profile = self._profile
        style = Style(profile.sizes.lead * 0.95, bold=True)
        for top in (height - profile.top_mm * MM, profile.bottom_mm * MM + self._banner * 0.92):
            self._box(0, top - self._banner * 0.85, profile.inner_width, self._banner * 0.85)
            wide = self._fonts.width(_PRACTICE, style.size, bold=True)
            self._text(_PRACTICE, (profile.inner_width - wide) / 2, top - self._banner * 0.6, style)
        count = max(1, round(height / _MARK_EVERY))
        for index in range(count):
            self._outlined("练习", height * (index + 0.5) / count)

    def _outlined(self, words: str, middle: float) -> None:
        size = self._profile.inner_width * 0.36
        name = self._fonts.runs(words, bold=True)[0][0]
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(self._profile.width_mm * MM / 2, middle)
        canvas.rotate(24)
        canvas.setStrokeGray(0.72)
        canvas.setLineWidth(0.7)
        line = canvas.beginText(-self._fonts.width(words, size, bold=True) / 2, -size * 0.36)
        line.setFont(name, size)
        line.setTextRenderMode(1)
        line.textOut(words)
        line.setTextRenderMode(0)
        canvas.drawText(line)
        canvas.restoreState()
