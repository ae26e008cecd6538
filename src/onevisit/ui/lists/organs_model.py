"""The directory of organs as a table."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from onevisit.rules.organs import LABEL, Organ
from onevisit.rules.regions import name_of
from onevisit.ui.widgets.row_table import TextColumn, TextTable

FOUND_ROLE = Qt.ItemDataRole.UserRole + 31
"""What the box for finding looks through."""


@dataclass(frozen=True, slots=True)
class OrganRow:
    """An organ and its place in the list."""

    place: int
    organ: Organ


def takes(organ: Organ) -> str:
    """What an organ takes, in a few words."""
    handed = "、".join(one.label for one in organ.handlings)
    guided = "、".join(f"第（{one.value[3]}）项" for one in organ.procedures)
    return "；".join(part for part in (f"引导：{guided}" if guided else "", handed) if part)


COLUMNS = (
    TextColumn[OrganRow]("单位", lambda row: row.organ.name),
    TextColumn[OrganRow]("区市", lambda row: name_of(row.organ.place_code) or "全市"),
    TextColumn[OrganRow]("接收", lambda row: takes(row.organ)),
    TextColumn[OrganRow]("核对", lambda row: "示例" if row.organ.example else "✓ 已核对"),
)

PLACE_COLUMN, TAKES_COLUMN = 1, 2


class OrganModel(TextTable[OrganRow]):
    """All organs in the order of the list."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.place)

    def cell(self, row: OrganRow, column: int, role: int) -> object:
        """Text and tooltip; an example says in full what it is."""
        if role == FOUND_ROLE:
            one = row.organ
            return " ".join((one.name, one.address, one.phone, name_of(one.place_code), takes(one), *one.bring))
        if role == Qt.ItemDataRole.ToolTipRole and column == len(COLUMNS) - 1 and row.organ.example:
            return LABEL
        return super().cell(row, column, role)

    def place_of_key(self, key: str) -> int:
        """In which line an organ stands; -1 if it is not here."""
        rows = (self.row_at(self.index(place, 0)) for place in range(self.rowCount()))
        return next((place for place, row in enumerate(rows) if row is not None and row.organ.key == key), -1)
