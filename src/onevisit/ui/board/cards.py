"""The cards of one column: their model, and how one is painted; the words are in the tooltip in full."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from onevisit.desk.board import BoardCard
from onevisit.rules.clocks import show_day
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE, AnyIndex, TwoLines, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable

NUMBER_ROLE = Qt.ItemDataRole.UserRole + 14
"""The number of the matter, the last line of a card."""
MARKS_ROLE = Qt.ItemDataRole.UserRole + 15
"""What else must be known at a glance: provisional, urgent, confidential."""
_TITLE_LINES = 2
_EDGE = GRID // 2
"""The bar at the left of a card, in the colour of its words."""
_SMALL = 0.88
_COLUMNS = (Heading("事项"),)


class CardModel(RowTable[BoardCard]):
    """Matters of one column, most pressing first."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, key=lambda card: card.matter_id)

    def cell(self, row: BoardCard, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); there is one column
        """Title, time left, whose turn it is, number."""
        if role == TITLE_ROLE:
            return row.title
        if role == WORDS_ROLE:
            return ((row.words, row.group.tone),)
        if role == MARKS_ROLE:
            return marks(row)
        if role == DETAIL_ROLE:
            return _turn(row)
        if role == NUMBER_ROLE:
            return row.matter_no
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return whole(row)
        return tip(whole(row)) if role == Qt.ItemDataRole.ToolTipRole else None


def marks(row: BoardCard) -> Words:
    """The marks of a card with their tones."""
    found = [("暂定", "attention")] if row.provisional else []
    found += [("紧急", "fault")] if row.urgent else []
    found += [("保密", "attention")] if row.confidential else []
    return tuple(found)


def whole(row: BoardCard) -> str:
    """Everything that a card says, line by line."""
    due = f"，最后一天 {show_day(row.due)}" if row.due is not None else ""
    unsure = "（暂定：这一年的放假安排还没有公布）" if row.provisional else ""
    said = [mark for mark, _ in marks(row) if mark != "暂定"]
    lines = (
        row.title,
        f"{row.words}{due}{unsure}",
        f"{_turn(row)}{f'　{row.place}' if row.place else ''}",
        "、".join(said),
        f"事项编号 {row.matter_no}",
    )
    return "\n".join(line for line in lines if line)


def _turn(row: BoardCard) -> str:
    return f"{row.organ}：{row.clock}" if row.clock else row.organ


class CardPainter(TwoLines):
    """A card: title in bold (two lines at most), the time left in its tone, whose turn it is, marks, number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines; the width is the column's."""
        known: Any = option  # PySide6's stubs leave the fields out
        font = QFont(known.font)
        plain, small = QFontMetrics(font).height(), QFontMetrics(_smaller(font)).height()
        titles = len(self._title_lines(str(index.data(TITLE_ROLE)), font))
        more = 1 if index.data(MARKS_ROLE) else 0
        return QSize(0, (titles + 1) * plain + (2 + more) * small + 2 * GRID + GRID // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one card."""
        painter.save()
        rect, font, palette = self._ground(painter, option, index)
        words: Words = index.data(WORDS_ROLE)
        inner = rect.adjusted(_EDGE + GRID, GRID, -GRID, -GRID)
        painter.fillRect(
            QRect(rect.left(), rect.top() + 2, _EDGE, rect.height() - 4), self.tones.colour(words[0][1], palette)
        )
        bold, small = QFont(font), _smaller(font)
        bold.setBold(True)
        top = inner.top()
        painter.setFont(bold)
        for line in self._title_lines(str(index.data(TITLE_ROLE)), font):
            top = self._put(painter, inner, top, line, palette, "")
        painter.setFont(font)
        self._words(painter, QRect(inner.left(), top, inner.width(), painter.fontMetrics().height()), words, palette)
        top += painter.fontMetrics().height()
        painter.setFont(small)
        if index.data(MARKS_ROLE):
            beneath = QRect(inner.left(), top, inner.width(), painter.fontMetrics().height())
            self._words(painter, beneath, index.data(MARKS_ROLE), palette)
            top += painter.fontMetrics().height()
        for role in (DETAIL_ROLE, NUMBER_ROLE):
            top = self._put(painter, inner, top, str(index.data(role)), palette, "soft")
        painter.setPen(palette.color(palette.ColorRole.Mid))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.restore()

    def _put(self, painter: QPainter, inner: QRect, top: int, text: str, palette: Any, tone: str) -> int:  # noqa: ANN401 - as Qt's
        height = painter.fontMetrics().height()
        self._line(painter, QRect(inner.left(), top, inner.width(), height), text, palette, tone)
        return top + height

    def _title_lines(self, title: str, font: QFont) -> list[str]:
        """The title broken where the column ends; what stands in the last line is cut when it is painted."""
        bold = QFont(font)
        bold.setBold(True)
        # by the width that is left beside a scroll bar, whether or not one stands there: heights are asked for before
        bar = self._view.verticalScrollBar().sizeHint().width()
        metrics, room = QFontMetrics(bold), self._view.width() - bar - 2 * self._view.frameWidth() - _EDGE - 2 * GRID
        lines: list[str] = []
        while title and len(lines) < _TITLE_LINES - 1:
            fits = next(
                (n for n in range(1, len(title)) if metrics.horizontalAdvance(title[: n + 1]) > room), len(title)
            )
            lines.append(title[:fits])
            title = title[fits:]
        return [*lines, title] if title else lines


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _SMALL)
    return made
