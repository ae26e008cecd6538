"""The test page: shows at a glance what a printer cuts off, whether its scale is true and how small it can print."""

from datetime import datetime
from io import BytesIO

from onevisit.paper.barcode import bars_for
from onevisit.paper.flow import Style
from onevisit.paper.fonts import FontBook
from onevisit.paper.lines import break_lines
from onevisit.paper.profiles import MM, PaperProfile
from onevisit.paper.sheet import draw_bars, draw_line, new_canvas
from onevisit.rules.clocks import show_moment

_ROLL_LENGTH_MM = 160.0
_ROLL_LENGTH_PER_POINT = 13.0
_STEPS = 9
_STEP_MM = 4.0
_RULER_MM = 40
_SAMPLE_NUMBER = "370400-01-20260101-001-0"


def render_test_page(profile: PaperProfile, fonts: FontBook, queue_name: str, at: datetime) -> bytes:
    """Set a test page on ``profile``: stairs of millimetres at all four edges, a ruler, a bar code, sizes of type.

    Args:
        profile: the paper to judge.
        fonts: the program's fonts.
        queue_name: the queue it goes to, named on the page.
        at: when it is printed.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    return _TestPage(profile, fonts).draw(queue_name, at)


class _TestPage:
    """Draws with the origin at the upper left corner, in millimetres."""

    def __init__(self, profile: PaperProfile, fonts: FontBook) -> None:
        self._profile, self._fonts = profile, fonts
        self._width = profile.width_mm
        self._height = profile.height_mm or max(_ROLL_LENGTH_MM, _ROLL_LENGTH_PER_POINT * profile.sizes.lead)
        self._target = BytesIO()
        self._canvas = new_canvas(self._target, "打印测试页", "", fonts)
        self._canvas.setPageSize((self._width * MM, self._height * MM))
        self._small, self._body = Style(profile.sizes.small), Style(profile.sizes.body)

    def draw(self, queue_name: str, at: datetime) -> bytes:
        self._canvas.setLineWidth(0.7)
        self._upper_and_lower_stairs()
        below = self._paragraph(f"打印测试页　{self._profile.label}", 22, Style(self._profile.sizes.lead, bold=True))
        below = self._paragraph(f"打印机：{queue_name}　{show_moment(at)}", below, self._small)
        limit = min(self._profile.side_mm, self._profile.top_mm, self._profile.bottom_mm)
        words = f"四边的梯子上，看得见的最小数字，就是这一边被切掉的毫米数。不大于 {limit:g} 就可以用。"
        below = self._paragraph(words, below + 1, self._body)
        below = self._side_stairs(below + 4)
        below = self._bar_code(below + 3)
        self._samples(below + 3)
        self._canvas.showPage()
        self._canvas.save()
        return self._target.getvalue()

    def _upper_and_lower_stairs(self) -> None:
        """Horizontal marks, each a millimetre further from the edge than the one before."""
        start = (self._width - _STEPS * _STEP_MM) / 2
        for step in range(_STEPS):
            left = start + step * _STEP_MM
            for edge, inward in ((0.0, 1), (self._height, -1)):
                self._line(left, edge + inward * step, left + 3, edge + inward * step)
                self._words(str(step), left, edge + inward * step + (3.6 if inward > 0 else -1), self._small)

    def _side_stairs(self, top: float) -> float:
        """Vertical marks at both edges, with the ruler between them; returns where it is free below."""
        for step in range(_STEPS):
            above = top + step * _STEP_MM
            self._line(step, above, step, above + 3)
            self._words(str(step), step + 1, above + 2.7, self._small)
            self._line(self._width - step, above, self._width - step, above + 3)
            wide = self._fonts.width(str(step), self._small.size) / MM
            self._words(str(step), self._width - step - 1 - wide, above + 2.7, self._small)
        self._ruler(top + 14)
        return top + _STEPS * _STEP_MM

    def _ruler(self, top: float) -> None:
        length = _RULER_MM if self._width >= 2 * _RULER_MM else _RULER_MM // 2
        left = (self._width - length) / 2
        self._line(left, top, left + length, top)
        for millimetre in range(length + 1):
            tick = 4 if millimetre % 10 == 0 else 2.5 if millimetre % 5 == 0 else 1.5
            self._line(left + millimetre, top, left + millimetre, top - tick)
        for lower, words in enumerate(("用尺子量", f"应为 {length} 毫米")):
            wide = self._fonts.width(words, self._small.size) / MM
            self._words(words, (self._width - wide) / 2, top + 5 + 4.5 * lower, self._small)

    def _bar_code(self, top: float) -> float:
        bars = bars_for(_SAMPLE_NUMBER, self._profile.inner_width, self._profile.dot_mm)
        left = bars.centred(self._width * MM, self._profile.dot_mm)
        draw_bars(self._canvas, bars, left, (self._height - top - 9) * MM, 9 * MM)
        return self._paragraph("用扫码枪扫一下，应能读出号码。", top + 10, self._small)

    def _samples(self, top: float) -> None:
        sizes = self._profile.sizes
        for size in (sizes.small, sizes.body, sizes.lead):
            top = self._paragraph(f"{size:g} 磅：请看这行字清不清楚 0123456789", top, Style(size))

    def _paragraph(self, text: str, top: float, style: Style) -> float:
        """Set ``text`` below ``top`` between the margins and return where it is free below."""
        room = self._profile.inner_width
        for line in break_lines(text, room, lambda part: self._fonts.width(part, style.size, style.bold), style.size):
            self._words(line, self._profile.side_mm, top + style.size / MM, style)
            top += style.leading / MM
        return top

    def _words(self, text: str, left: float, base: float, style: Style) -> None:
        draw_line(self._canvas, self._fonts, text, (left * MM, (self._height - base) * MM), style)

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._canvas.line(x1 * MM, (self._height - y1) * MM, x2 * MM, (self._height - y2) * MM)
