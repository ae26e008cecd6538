"""Bars that a person reads faster than a table: painted in the colours of the theme, walked by keys, opened by Enter.

The second series of a bar is hatched, so that the two are told apart without their colour; each value stands beside
its bar or, where there is no room, in the tooltip and in the words for a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from onevisit.ui.theme import GRID
from onevisit.ui.widgets.items import Tones
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.style import announce, em

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_PAINTED: Final = QPalette.ColorGroup.Active


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        part: of the figure, given when the bar is opened.
        label: what stands beside it.
        values: one number for each series, laid end to end.
        words: what is said of it in full.
        beside: what stands at its end.
    """

    part: str
    label: str
    values: tuple[int, ...]
    words: str
    beside: str = ""

    @property
    def total(self) -> int:
        """All series together."""
        return sum(self.values)


class Chart(QWidget):
    """Bars, of which one is the current one.

    Signals:
        opened(str): somebody wants to see the rows of this part.
    """

    opened = Signal(str)

    def __init__(self, name: str, series: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series = tuple(series)
        self._tones = Tones(self)
        self.bars: tuple[Bar, ...] = ()
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars; the one that was current stays so, by its part."""
        kept = self.bars[self.current].part if self.bars else ""
        self.bars = tuple(bars)
        self.current = next((place for place, bar in enumerate(self.bars) if bar.part == kept), 0)
        self.setAccessibleDescription("；".join(bar.words for bar in self.bars) or "这一段没有数据")
        self.updateGeometry()
        self.update()

    def area(self, place: int) -> QRect:
        """Where the bar of a place is pressed."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as is needed, as narrow as may be."""
        return QSize(em(self, 12), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk, Home and End go to the ends, Enter opens."""
        key, last = Qt.Key(event.key()), len(self.bars) - 1
        moves = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        moves |= dict.fromkeys(_BACK, self.current - 1) | dict.fromkeys(_ON, self.current + 1)
        if self.bars and key in _ENTER:
            self.opened.emit(self.bars[self.current].part)
        elif self.bars and key in moves:
            self._go(min(max(moves[key], 0), last))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A press makes a bar the current one; letting go of it opens it."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was pressed."""
        place = self._at(event.position().toPoint())
        if place == self.current and place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.bars[place].part)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which bar is the current one."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what the bar under the mouse is."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._at(event.pos())
            words = "" if place is None else self.bars[place].words
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().event(event)

    def _at(self, point: QPoint) -> int | None:
        return next((place for place in range(len(self.bars)) if self.area(place).contains(point)), None)

    def _go(self, place: int) -> None:
        self.current = place
        self.update()
        announce(self, self.bars[place].words)

    def _largest(self) -> int:
        return max((bar.total for bar in self.bars), default=0) or 1

    def _brush(self, series: int) -> QBrush:
        brand = self._colour(QPalette.ColorRole.Highlight)
        return QBrush(brand) if series == 0 else QBrush(brand, Qt.BrushStyle.BDiagPattern)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(_PAINTED, role)

    def _block(self, painter: QPainter, rect: QRect, series: int) -> None:
        if rect.width() > 0 and rect.height() > 0:
            painter.setPen(QPen(self._colour(QPalette.ColorRole.Highlight), 1))
            painter.setBrush(self._brush(series))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _mark_current(self, painter: QPainter) -> None:
        if self.hasFocus() and self.bars:
            painter.setPen(QPen(self._colour(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.area(self.current).adjusted(1, 1, -1, -1), 4, 4)

    def _legend(self, painter: QPainter) -> None:
        """The series in words, each with its mark, at the top right."""
        metrics, edge = self.fontMetrics(), em(self, 0.7)
        left = self.width()
        for series in reversed(range(len(self.series))):
            word = self.series[series]
            left -= metrics.horizontalAdvance(word)
            painter.setPen(self._tones.colour("soft", self.palette()))
            painter.drawText(QPoint(left, metrics.ascent()), word)
            left -= edge + GRID // 2
            self._block(painter, QRect(left, metrics.ascent() - edge + 1, edge, edge), series)
            left -= 2 * GRID

    def _nothing(self, painter: QPainter) -> None:
        painter.setPen(self._tones.colour("soft", self.palette()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "这一段没有数据")


class BarList(Chart):
    """Bars that lie one beneath the other, longest names first given room; for reasons, classes and districts."""

    def __init__(self, name: str, series: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(name, series, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line for each bar, and one for the legend."""
        return QSize(em(self, 26), self._top() + max(len(self.bars), 2) * self._line())

    def area(self, place: int) -> QRect:
        """The line of a bar."""
        return QRect(0, self._top() + place * self._line(), self.width(), self._line())

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Paint names, bars and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.bars:
            self._nothing(painter)
            return
        if self.series:
            self._legend(painter)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, self.area(place), bar)
        self._mark_current(painter)

    def _paint_bar(self, painter: QPainter, line: QRect, bar: Bar) -> None:
        metrics = painter.fontMetrics()
        names, beside = self._names(), self._beside()
        painter.setPen(self._colour(QPalette.ColorRole.WindowText))
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, names)
        name = QRect(line.left() + GRID // 2, line.top(), names, line.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        left, room = name.right() + GRID, max(1, line.width() - names - beside - 3 * GRID)
        height = line.height() * 5 // 9
        for series, value in enumerate(bar.values):
            width = round(room * value / self._largest())
            self._block(painter, QRect(left, line.center().y() - height // 2, width, height), series)
            left += width
        painter.setPen(self._colour(QPalette.ColorRole.WindowText))
        end = QRect(left + GRID // 2, line.top(), beside, line.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, bar.beside or str(bar.total))

    def _names(self) -> int:
        wanted = max((self.fontMetrics().horizontalAdvance(bar.label) for bar in self.bars), default=0)
        return min(wanted, self.width() * 4 // 9) + 2

    def _beside(self) -> int:
        return max((self.fontMetrics().horizontalAdvance(bar.beside or str(bar.total)) for bar in self.bars), default=0)

    def _top(self) -> int:
        return self.fontMetrics().height() + GRID // 2 if self.series else 0

    def _line(self) -> int:
        return self.fontMetrics().height() + GRID // 2


class Columns(Chart):
    """Bars that stand side by side in the order of time."""

    def __init__(self, name: str, series: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(name, series, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Some ten lines."""
        return QSize(em(self, 26), self.fontMetrics().height() * 9)

    def area(self, place: int) -> QRect:
        """The whole height above and below a bar."""
        top = self.fontMetrics().height() + GRID // 2
        width = self.width() / max(len(self.bars), 4)
        return QRect(round(place * width), top, round(width), self.height() - top)

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Paint the ground line, the bars, and as many words as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.bars:
            self._nothing(painter)
            return
        self._legend(painter)
        ground = self.height() - self.fontMetrics().height() - GRID // 2
        painter.setPen(self._colour(QPalette.ColorRole.Mid))
        painter.drawLine(0, ground, self.width(), ground)
        every = self._every()
        for place, bar in enumerate(self.bars):
            self._paint_column(painter, self.area(place), ground, bar)
            if place % every == 0:
                self._paint_label(painter, self.area(place), bar.label, every)
        self._mark_current(painter)

    def _paint_column(self, painter: QPainter, area: QRect, ground: int, bar: Bar) -> None:
        line = self.fontMetrics().height()
        room = max(1, ground - area.top() - line)
        width = max(3, min(area.width() * 3 // 5, em(self, 3)))
        left, bottom = area.center().x() - width // 2, ground
        for series, value in enumerate(bar.values):
            height = round(room * value / self._largest())
            self._block(painter, QRect(left, bottom - height, width, height), series)
            bottom -= height
        total = str(bar.total)
        if self.fontMetrics().horizontalAdvance(total) <= area.width():
            painter.setPen(self._colour(QPalette.ColorRole.WindowText))
            above = QRect(area.left(), bottom - line, area.width(), line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, total)

    def _paint_label(self, painter: QPainter, area: QRect, label: str, every: int) -> None:
        line = self.fontMetrics().height()
        place = QRect(area.left(), self.height() - line, area.width() * every, line)
        across = Qt.AlignmentFlag.AlignHCenter if every == 1 else Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._tones.colour("soft", self.palette()))
        painter.drawText(place, across | Qt.AlignmentFlag.AlignVCenter, label)

    def _every(self) -> int:
        """Every how many bars there is room for a label."""
        widest = max(self.fontMetrics().horizontalAdvance(bar.label) for bar in self.bars) + GRID
        return max(1, -(-widest // max(1, self.area(0).width())))
