"""What a search found, as a list that grows page by page; testable without a window."""

from typing import Any

from PySide6.QtCore import Qt

from onevisit.desk.lookup import Hit
from onevisit.rules.clocks import show_day
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable

COLUMNS = (Heading("事项"),)


class HitModel(RowTable[Hit]):
    """Matters, best first."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda hit: hit.matter_id)

    def append(self, rows: tuple[Hit, ...]) -> None:
        """Add the next page; what stands in the list already (it moved meanwhile) is not shown twice."""
        super().append(tuple(hit for hit in rows if self.row_of(hit.matter_id) < 0))

    def cell(self, row: Hit, column: int, role: int) -> Any:  # noqa: ANN401, ARG002 - as Qt's data(); there is one column
        """Two lines: what and how it stands, then who, when and why it was found."""
        if role == TITLE_ROLE:
            return row.title
        if role == DETAIL_ROLE:
            return _particulars(row)
        if role == WORDS_ROLE:
            return _marks(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return "\n".join((row.title, _particulars(row), " · ".join(word for word, _ in _marks(row)))).rstrip()
        return tip(_whole(row)) if role == Qt.ItemDataRole.ToolTipRole else None


def _marks(hit: Hit) -> Words:
    marks: list[tuple[str, str]] = [("保密", "attention")] if hit.confidential else []
    marks += [("已匿名", "soft")] if hit.anonymised else []
    marks += [] if hit.open else [("已办结", "soft")]
    return tuple(marks)


def _particulars(hit: Hit) -> str:
    parts = (hit.petitioners, show_day(hit.last_visit), f"来访 {hit.visits} 次", f"按{hit.why}找到" if hit.why else "")
    return "　".join(part for part in parts if part)


def _whole(hit: Hit) -> str:
    who = f"{hit.petitioners}　{hit.masked_id}".strip()
    lines = (hit.title, who, hit.classification, _particulars(hit), f"事项编号 {hit.matter_no}")
    return "\n".join(line for line in lines if line)
