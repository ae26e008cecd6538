"""The rows behind a figure as a table."""

from onevisit.desk.figure_rows import BehindRow
from onevisit.ui.widgets.row_table import TextColumn, TextTable

COLUMNS = (
    TextColumn[BehindRow]("日期", lambda row: f"{row.day:%Y-%m-%d}"),
    TextColumn[BehindRow]("来访人", lambda row: row.petitioner),
    TextColumn[BehindRow]("证件号", lambda row: row.masked_id or "—"),
    TextColumn[BehindRow]("标题", lambda row: f"【保密】{row.title}" if row.confidential else row.title),
    TextColumn[BehindRow]("情况", lambda row: row.note),
    TextColumn[BehindRow]("分类", lambda row: row.classification),
    TextColumn[BehindRow]("编号", lambda row: row.number),
)
TITLE = 3
"""The column that takes the width that is left."""


class BehindModel(TextTable[BehindRow]):
    """Rows as the desk gives them."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.place)

    def find(self, number: str, note: str) -> int:
        """Where the row of a visit or matter stands; -1 if it is not here any more."""
        return next((at for at, row in enumerate(self._rows) if (row.number, row.note) == (number, note)), -1)
