"""Colours, sizes and the one style sheet of the window; what page writers need to know stands here.

Pages never write a style sheet or a colour. They tell what a widget *is* by dynamic properties, in the form
(``<property name="role" stdset="0">``) or by ``onevisit.ui.widgets.style.set_style(widget, role="primary")``:

=================  =========================================================================================
QPushButton        role: ``primary`` (the one blue button of a page), ``quiet`` (no frame), ``danger`` (cannot be
                   undone), ``link``, ``small``, ``choice`` (large, text at the left), ``segment`` (checkable, in one
                   row; ``at`` is ``first``, ``middle``, ``last`` or ``only``); tone: ``waits`` (cannot be done now, can
                   be reached all the same, and says why)
                   ``tile`` (a figure with its words), ``strip`` (a folded column, its words from top to bottom)
QLabel             role: ``page-title`` (13 pt bold), ``section`` (bold), ``label`` (of a field), ``quiet`` (soft ink),
                   ``hint`` (small, soft), ``empty`` (what an empty page says), ``figure`` (a large number), ``key``
                   (a small frame around the name of a key), ``badge``; tone: ``fault``, ``fine``,
                   ``attention``, ``info``
QFrame             role: ``panel`` (white, framed), ``plain`` (nothing), ``line``, ``band`` (coloured strip), ``card``
                   with a coloured edge by tone: ``attention``, ``fault``, ``fine``, ``info``, ``mended`` (quiet);
                   ``figure-card``
fields             tone: ``fault``, ``attention``, ``fine`` frames the field in that colour; empty takes it away
QListView          role: ``popup`` (the list under a field)
=================  =========================================================================================

Lengths: lay out on the grid of ``GRID`` pixels and leave heights to the size hints, which follow the type size; where a
width must follow the type, ask ``widgets.style.em(widget, 12)`` (twelve Chinese characters). Colours for painting by
hand come from ``widget.palette()``: WindowText is ink, PlaceholderText soft ink, Link and Highlight the brand.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from onevisit.ui.fonts import body_font

GRID = 8
"""Pixels (device-independent) of the layout grid."""

BODY_POINTS = 11
LARGE_POINTS = 16
"""The large-type setting; every other size follows in proportion."""


class Variant(StrEnum):
    """How the window is coloured."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one variant; text on any of its grounds has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3)."""

    ink: str
    soft: str
    paper: str
    ground: str
    line: str
    field_line: str
    brand: str
    brand_strong: str
    brand_soft: str
    on_brand: str
    fine: str
    fine_soft: str
    attention: str
    attention_soft: str
    fault: str
    fault_soft: str


COLOURS: dict[Variant, Colours] = {
    Variant.LIGHT: Colours(
        ink="#1d2733", soft="#566273", paper="#ffffff", ground="#f4f6f8", line="#dbe1e8", field_line="#b9c3ce",
        brand="#1f5fa8", brand_strong="#174a85", brand_soft="#e6eef9", on_brand="#ffffff",
        fine="#1d7a46", fine_soft="#eaf6ef", attention="#935600", attention_soft="#fff5e0",
        fault="#b3261e", fault_soft="#fdecea",
    ),
    Variant.DARK: Colours(
        ink="#e8edf3", soft="#aab6c4", paper="#1c232c", ground="#141a21", line="#36424f", field_line="#566576",
        brand="#8abcf5", brand_strong="#b3d4fa", brand_soft="#22364d", on_brand="#0e1a27",
        fine="#74d3a0", fine_soft="#19332a", attention="#f2c069", attention_soft="#392d13",
        fault="#ffa79f", fault_soft="#43211f",
    ),
    Variant.CONTRAST: Colours(
        ink="#000000", soft="#454545", paper="#ffffff", ground="#ffffff", line="#000000", field_line="#000000",
        brand="#00307a", brand_strong="#001b47", brand_soft="#dbe8ff", on_brand="#ffffff",
        fine="#004a1c", fine_soft="#ffffff", attention="#5a3000", attention_soft="#fff3d1",
        fault="#8c0000", fault_soft="#ffffff",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that follow the type: points for type, pixels for the rest.

    Attributes:
        body, small, title, figure: type sizes in points.
        visitor: what a visitor reads from the other side of the counter, in points.
        em: the height of the body type in pixels.
        pad_y, pad_x: inner space of fields and buttons.
        pad_y_focus, pad_x_focus: the same, less the pixel that the thicker frame of the focus takes.
        box: edge of a check box.
    """

    body: float
    small: float
    title: float
    figure: float
    visitor: float
    em: int
    pad_y: int
    pad_x: int
    pad_y_focus: int
    pad_x_focus: int
    box: int
    radius: int


def sizes(points: float, font: QFont) -> Sizes:
    """Derive all sizes from the body size; ``font`` is the body font as the screen has it.

    Large type gets less inner space: its lines are tall enough to be hit, and 768 pixels must hold the form.
    """
    em = max(1, round(QFontMetricsF(font).horizontalAdvance("国")))
    pad_y, pad_x = (6, 10) if points < LARGE_POINTS else (4, 10)
    return Sizes(
        body=points, small=points - (1.5 if points < LARGE_POINTS else 2.5), title=points + 2, figure=points + 9,
        visitor=points + 17, em=em, pad_y=pad_y, pad_x=pad_x, pad_y_focus=pad_y - 1, pad_x_focus=pad_x - 1,
        box=em + 2, radius=5,
    )  # fmt: skip


def style_sheet(template: str, colours: Colours, size: Sizes, icons: Path) -> str:
    """Fill the style source with colours and sizes.

    Args:
        template: the text of ``resources/style/onevisit.qss``, whose ``$names`` are fields of the other two.
        colours: the colours of the variant.
        size: the sizes of the type setting.
        icons: the folder of the icons; the check mark comes in a light and a dark one.

    Raises:
        KeyError: the source names a token that does not exist.
    """
    check = "check-light" if contrast(colours.brand, "#ffffff") >= 3 else "check-dark"
    values = {**asdict(colours), **asdict(size)}
    return Template(template).substitute(values, icons=icons.as_posix(), check=check)


def palette(colours: Colours) -> QPalette:
    """The same colours for whatever Qt paints without the style sheet."""
    made = QPalette(QColor(colours.paper), QColor(colours.ground))
    roles = QPalette.ColorRole
    chosen = {
        roles.Window: colours.ground, roles.WindowText: colours.ink, roles.Base: colours.paper,
        roles.AlternateBase: colours.ground, roles.Text: colours.ink, roles.Button: colours.paper,
        roles.ButtonText: colours.ink, roles.BrightText: colours.fault, roles.Highlight: colours.brand,
        roles.HighlightedText: colours.on_brand, roles.Link: colours.brand, roles.LinkVisited: colours.brand,
        roles.PlaceholderText: colours.soft, roles.ToolTipBase: colours.ink, roles.ToolTipText: colours.paper,
        roles.Mid: colours.line, roles.Dark: colours.field_line, roles.Light: colours.paper,
        roles.Midlight: colours.line, roles.Shadow: colours.field_line, roles.Accent: colours.brand,
    }  # fmt: skip
    for role, colour in chosen.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.soft))
    return made


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.1)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Theme(QObject):
    """Dresses the application; made once by the composition root.

    Signals:
        changed(): another variant or type size was put on.
    """

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path) -> None:
        """Use the style source and icons of ``resources``; nothing changes before ``wear``."""
        super().__init__(application)
        self._application = application
        self.icons = resources / "icons"
        self._template = (resources / "style" / "onevisit.qss").read_text(encoding="utf-8")
        self.variant = Variant.LIGHT
        self.large = False

    @property
    def colours(self) -> Colours:
        """The colours that are worn now."""
        return COLOURS[self.variant]

    def wear(self, variant: Variant, *, large: bool) -> None:
        """Put on a variant and a type size, at once and everywhere."""
        self.variant, self.large = variant, large
        points = LARGE_POINTS if large else BODY_POINTS
        font = body_font(points)
        self._application.setStyle("Fusion")
        self._application.setFont(font)
        self._application.setPalette(palette(self.colours))
        self._application.setStyleSheet(style_sheet(self._template, self.colours, sizes(points, font), self.icons))
        self.changed.emit()
