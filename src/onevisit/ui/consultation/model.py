"""The lawyer's list of the day as a model; testable without a window."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from onevisit.desk.consult import WaitingRow
from onevisit.rules.clocks import local_time, show_short_day
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable

COLUMNS = (Heading("来访人"),)
_STATE: dict[str, tuple[str, str]] = {
    "waiting": ("候谈", "attention"),
    "opened": ("接待中", "info"),
    "signed": ("已签发", "fine"),
}


class WaitingModel(RowTable[WaitingRow]):
    """Waiting visitors first, then those being advised, then those signed today."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.visit_id)
        self._today: date | None = None

    def show_day(self, rows: tuple[WaitingRow, ...], today: date) -> None:
        """Replace all rows; a visit of another day than ``today`` tells its day."""
        self._today = today
        self.show(rows)

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self._rows)

    def cell(self, row: WaitingRow, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); one column
        """Two lines: who and how it stands, then since when and what about."""
        title, detail = f"{row.queue_no:03d}　{row.petitioner}", f"{self._arrived(row)} 到　{row.title}"
        if role == TITLE_ROLE:
            return title
        if role == DETAIL_ROLE:
            return detail
        if role == WORDS_ROLE:
            return _words(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{title}\n{detail}\n{' · '.join(word for word, _ in _words(row))}"
        return tip(f"{title}\n{row.title}\n{row.classification}") if role == Qt.ItemDataRole.ToolTipRole else None

    def _arrived(self, row: WaitingRow) -> str:
        moment = local_time(row.arrived_at)
        return f"{moment:%H:%M}" if moment.date() == self._today else show_short_day(moment.date())


def _words(row: WaitingRow) -> Words:
    lawyer: Words = ((row.lawyer, "soft"),) if row.lawyer else ()
    return (_STATE[row.state], *lawyer)
