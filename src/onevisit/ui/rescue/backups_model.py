"""The backups as a table; testable without a window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from onevisit.desk.backup_list import BackupInfo
from onevisit.rules.clocks import show_moment
from onevisit.rules.keeping import BackupState
from onevisit.ui.widgets.items import WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import RowTable

_MARKS: dict[BackupState, tuple[str, str]] = {
    BackupState.VERIFIED: ("✓ ", "fine"),
    BackupState.UNKNOWN: ("", "soft"),
    BackupState.DAMAGED: ("！", "fault"),
    BackupState.OTHER_KEY: ("！", "attention"),
}
_UNITS = ("字节", "KB", "MB", "GB", "TB")
_STEP = 1024


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands above it, and what a cell says, in tones."""

    heading: str
    words: Callable[[BackupInfo], Words]


def size_words(size: int) -> str:
    """A size as a person reads it: 12.3 MB."""
    amount, place = float(size), 0
    while amount >= _STEP and place + 1 < len(_UNITS):
        amount, place = amount / _STEP, place + 1
    return f"{amount:.1f} {_UNITS[place]}" if place else f"{size} {_UNITS[0]}"


def _state(row: BackupInfo, unknown: str) -> Words:
    mark, tone = _MARKS[row.state]
    return ((f"{mark}{unknown if row.state is BackupState.UNKNOWN else row.state.label}", tone),)


def _why(row: BackupInfo) -> Words:
    return ((row.occasion.label, ""),) if row.occasion else (("—", "soft"),)


_COLUMNS = (
    Column("时间", lambda row: ((show_moment(row.made_at), ""),)),
    Column("起因", _why),
    Column("大小", lambda row: ((size_words(row.size), ""),) if row.size else (("—", "soft"),)),
    Column("位置", lambda row: ((row.place.label, ""),)),
)


class BackupModel(RowTable[BackupInfo]):
    """The backups of all places, in the order the desk gives them: newest first.

    Args:
        unknown: what stands at a backup of which nothing is known without opening it.
    """

    def __init__(self, unknown: str = BackupState.UNKNOWN.label) -> None:
        self._shown = (*_COLUMNS, Column("状态", lambda row: _state(row, unknown)))
        super().__init__(self._shown, key=lambda row: hash(row.folder))

    def cell(self, row: BackupInfo, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """Text, toned words, and where it lies with what is wrong with it in the tooltip."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(line for line in (row.sentence, str(row.folder)) if line))
        words = self._shown[column].words(row)
        if role == WORDS_ROLE:
            return words
        return "".join(word for word, _ in words) if role == Qt.ItemDataRole.DisplayRole else None

    def place_of(self, row: BackupInfo | None) -> int:
        """Where a backup stands now; the first line when it is gone."""
        return max(self.row_of(hash(row.folder)), 0) if row is not None else 0
