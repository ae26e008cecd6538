"""A table of frozen rows: what every table and list of records has in common, testable without a window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from onevisit.ui.widgets.labels import tip

R = TypeVar("R")
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Headed(Protocol):
    """A column with a heading."""

    @property
    def heading(self) -> str:
        """What stands above it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that needs no more than a heading, as the one of a list does."""

    heading: str


class RowTable(QAbstractTableModel, Generic[R]):
    """Rows that come from the desk and are never edited here; a subclass says what a cell shows.

    Args:
        columns: the columns from left to right.
        key: gives the id by which a row is found again after a refresh.
    """

    def __init__(self, columns: Sequence[Headed], key: Callable[[R], int]) -> None:
        super().__init__()
        self._columns = columns
        self._key = key
        self._rows: tuple[R, ...] = ()

    def cell(self, row: R, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """What a cell gives for a role; None for nothing."""
        raise NotImplementedError

    def show(self, rows: tuple[R, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def append(self, rows: tuple[R, ...]) -> None:
        """Put more rows at the end."""
        if rows:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows = (*self._rows, *rows)
            self.endInsertRows()

    def row_at(self, index: AnyIndex) -> R | None:
        """The row behind an index of this model."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, wanted: int) -> int:
        """Where the row with an id stands; -1 if it is not here."""
        return next((place for place, row in enumerate(self._rows) if self._key(row) == wanted), -1)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """What a cell gives."""
        row = self.row_at(index)
        return None if row is None else self.cell(row, index.column(), role)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """Headings, above their words."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


@dataclass(frozen=True)
class TextColumn(Generic[R]):
    """A column of plain text."""

    heading: str
    text: Callable[[R], str]


class TextTable(RowTable[R]):
    """A table whose cells are plain text, in full in the tooltip."""

    def __init__(self, columns: Sequence[TextColumn[R]], key: Callable[[R], int]) -> None:
        super().__init__(columns, key)
        self._texts = columns

    def cell(self, row: R, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """Text and tooltip."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[column].text(row)
        return tip(self._texts[column].text(row)) if role == Qt.ItemDataRole.ToolTipRole else None
