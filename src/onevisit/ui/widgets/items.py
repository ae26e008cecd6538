"""Painting in lists and tables: an entry of two lines, and cells whose words carry a tone."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from onevisit.ui.theme import GRID
from onevisit.ui.widgets.style import em, set_style

AnyIndex = QModelIndex | QPersistentModelIndex
Words = tuple[tuple[str, str], ...]
"""Words with their tones: ``fault``, ``attention``, ``fine``, ``info``, ``soft`` or none (ink)."""

WORDS_ROLE = Qt.ItemDataRole.UserRole + 11
"""The toned words of a table cell, or those at the right end of an entry's first line (``Words``)."""
TITLE_ROLE = Qt.ItemDataRole.UserRole + 12
"""The first line of an entry."""
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 13
"""The second line of an entry."""

_Look = tuple[QRect, QFont, QPalette]
_GAP = GRID * 7 // 4
_SMALL = 0.88
_CELL_EDGE = GRID + 3
"""Where the words of a cell begin: the padding of the style sheet and Qt's own margin; headings begin there as well."""
_TONES = ("fault", "attention", "fine", "info", "soft")


class Tones(QWidget):
    """The colours of tones for painting by hand: hidden labels wear the style sheet, so every variant is followed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = {tone: QLabel(self) for tone in _TONES}
        for tone, label in self._labels.items():
            set_style(label, role="quiet") if tone == "soft" else set_style(label, tone=tone)
        self.hide()

    def colour(self, tone: str, palette: QPalette) -> QColor:
        """The colour of a tone; ink, which has none, comes from ``palette``."""
        label = self._labels.get(tone)
        if label is None:
            return palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
        label.ensurePolished()
        return label.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)


class _Painter(QStyledItemDelegate):
    """What both ways of painting share: the ground of an item, and words in their colours."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.tones = Tones(view)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> _Look:
        """Paint the item without its text, as the style sheet has it."""
        opt: Any = QStyleOptionViewItem(option)
        self.initStyleOption(opt, index)
        opt.text = ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, opt, painter, self._view)
        return _look(opt)

    def _words(self, painter: QPainter, rect: QRect, words: Words, palette: QPalette) -> None:
        """Write words one after the other, dots between them."""
        left = rect.left()
        for place, (word, tone) in enumerate(words):
            painter.setPen(self.tones.colour(tone, palette))
            room = QRect(left, rect.top(), max(0, rect.right() - left + 1), rect.height())
            shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            left += painter.fontMetrics().horizontalAdvance(word) + _GAP
            if place + 1 < len(words):
                painter.setPen(self.tones.colour("soft", palette))
                painter.drawText(QRect(left - _GAP, rect.top(), _GAP, rect.height()), Qt.AlignmentFlag.AlignCenter, "·")


class TonedCells(_Painter):
    """Cells that hold ``WORDS_ROLE`` show their words in tones; all others as usual."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one cell."""
        words: Words | None = index.data(WORDS_ROLE)
        if not words:
            super().paint(painter, option, index)
            return
        painter.save()
        rect, font, palette = self._ground(painter, option, index)
        painter.setFont(font)
        self._words(painter, rect.adjusted(_CELL_EDGE, 0, -GRID, 0), words, palette)
        painter.restore()


class BoxedCells(QStyledItemDelegate):
    """Cells with a box to tick: Qt allows for a box of its own size, that of the style sheet follows the type."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802 - Qt's name
        """What Qt says, and the rest of the box."""
        return super().sizeHint(option, index) + QSize(em(self._view, 1), 0)


class TwoLines(_Painter):
    """Entries of two lines: what (bold) with a mark at the right, then the particulars, soft and smaller."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802, ARG002 - Qt's signature
        """Two lines and the air around them; the width is the list's."""
        _, font, _ = _look(option)
        lines = QFontMetrics(font).height() + QFontMetrics(_smaller(font)).height()
        return QSize(0, lines + 2 * GRID + GRID // 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one entry."""
        painter.save()
        whole, font, palette = self._ground(painter, option, index)
        rect = whole.adjusted(GRID + GRID // 2, GRID, -GRID, -GRID)
        bold, small = QFont(font), _smaller(font)
        bold.setBold(True)
        first = QRect(rect.left(), rect.top(), rect.width(), QFontMetrics(font).height())
        second = QRect(rect.left(), first.bottom() + GRID // 4, rect.width(), QFontMetrics(small).height())
        room = self._mark(painter, first, index.data(WORDS_ROLE) or (), small, palette)
        painter.setFont(bold)
        self._line(painter, first.adjusted(0, 0, -room, 0), index.data(TITLE_ROLE), palette, "")
        painter.setFont(small)
        self._line(painter, second, index.data(DETAIL_ROLE), palette, "soft")
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.left(), whole.bottom(), rect.right(), whole.bottom())
        painter.restore()

    def _mark(self, painter: QPainter, line: QRect, words: Words, font: QFont, palette: QPalette) -> int:
        """Write the mark at the right end of the first line; gives the room it takes."""
        if not words:
            return 0
        painter.setFont(font)
        metrics = QFontMetrics(font)
        width = sum(metrics.horizontalAdvance(word) for word, _ in words) + _GAP * (len(words) - 1)
        self._words(painter, QRect(line.right() - width, line.top(), width + 1, line.height()), words, palette)
        return width + GRID

    def _line(self, painter: QPainter, rect: QRect, text: str, palette: QPalette, tone: str) -> None:
        painter.setPen(self.tones.colour(tone, palette))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _look(option: QStyleOptionViewItem) -> _Look:
    """Where an item is painted, in which type, in which colours."""
    known: Any = option  # PySide6's stubs leave the fields out
    return QRect(known.rect), QFont(known.font), QPalette(known.palette)  # copies: the option's own die with it


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _SMALL)
    return made
