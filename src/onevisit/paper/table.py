"""Tables that flow from page to page: the head stands again above what goes on, and no row is divided needlessly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onevisit.paper.flow import Flow, Strip, Style, TextPiece

_GAP = 6.0
"""Points between two columns."""

_ROW_AIR = 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head (with a line end where it is to break), its part of the width, where its cells stand."""

    head: str
    share: float
    right: bool = True


def add_table(flow: Flow, columns: Sequence[Column], rows: Iterable[Sequence[str]], head: Style, body: Style) -> None:
    """Add the heads of the columns and the rows; a row that is higher than a page is divided, nothing is cut off."""
    setter = _Table(flow, columns)
    heads = [column.head.split("\n") for column in columns]
    highest = max(map(len, heads))
    # a short head stands right above its cells
    lowered = ["\n" * (highest - len(lines)) + "\n".join(lines) for lines in heads]
    top = tuple(replace(strip, keep=True) for strip in setter.row(lowered, head))
    flow.strips.extend(top)
    for row in rows:
        flow.strips.extend(replace(strip, head=top) for strip in setter.row(row, body))


class _Table:
    """Sets rows in columns."""

    def __init__(self, flow: Flow, columns: Sequence[Column]) -> None:
        self._flow, self._columns = flow, columns

    def row(self, cells: Sequence[str], style: Style) -> Iterator[Strip]:
        """One row, a strip for each of its lines."""
        width = self._flow.width
        broken = [
            self._flow.lines(cell, column.share * width - _GAP, style)
            for column, cell in zip(self._columns, cells, strict=True)
        ]
        last = max(map(len, broken)) - 1
        for place in range(last + 1):
            pieces = tuple(self._pieces([lines[place] if place < len(lines) else "" for lines in broken], style))
            yield Strip(style.leading + (0 if place < last else _ROW_AIR), pieces, keep=place < last)

    def _pieces(self, line: Sequence[str], style: Style) -> Iterator[TextPiece]:
        left = 0.0
        for column, text in zip(self._columns, line, strict=True):
            room = column.share * self._flow.width
            spare = room - _GAP - self._flow.wide(text, style) if column.right else 0.0
            if text:
                yield TextPiece(left + spare, style.drop, text, style)
            left += room
