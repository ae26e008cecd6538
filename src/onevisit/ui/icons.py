"""The outline icons of ``resources/icons``, drawn in a colour of the theme; a word always stands beside one."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

_SCALES = (1.0, 1.5, 2.0)


def icon(folder: Path, name: str, colour: str, edge: int) -> QIcon:
    """Draw an icon sharp at 100, 150 and 200 % scale.

    Args:
        folder: ``resources/icons``.
        name: stem of the file.
        colour: ``#rrggbb``, put for ``currentColor``.
        edge: its height and width in device-independent pixels.
    """
    source = (folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_draw(renderer, edge, scale))
    return made


def pixmap(folder: Path, name: str, colour: str, edge: int, widget: QWidget) -> QPixmap:
    """One drawing, for a label on the screen of ``widget``."""
    return icon(folder, name, colour, edge).pixmap(QSize(edge, edge), widget.devicePixelRatioF())


def _draw(renderer: QSvgRenderer, edge: int, scale: float) -> QPixmap:
    drawn = QPixmap(round(edge * scale), round(edge * scale))
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return drawn
