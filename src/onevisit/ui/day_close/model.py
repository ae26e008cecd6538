"""The closes of days as a table, newest first."""

from onevisit.desk.day_close import DayCloseRow
from onevisit.rules.clocks import show_day, show_moment
from onevisit.ui.widgets.row_table import TextColumn, TextTable

COLUMNS = (
    TextColumn[DayCloseRow]("日期", lambda row: show_day(row.day)),
    TextColumn[DayCloseRow]("版", lambda row: f"第 {row.edition} 版"),
    TextColumn[DayCloseRow]("日终时间", lambda row: show_moment(row.closed_at)),
    TextColumn[DayCloseRow]("谁", lambda row: f"{row.who}（{row.sheet.staff_no}）"),
    TextColumn[DayCloseRow]("来访", lambda row: f"{row.sheet.batches} 批 {row.sheet.persons} 人次"),
    TextColumn[DayCloseRow]("待办", lambda row: f"{len(row.sheet.open_items)} 项" if row.sheet.open_items else "—"),
    TextColumn[DayCloseRow]("操作记录校验码", lambda row: row.sheet.code),
)


class ClosesModel(TextTable[DayCloseRow]):
    """Rows as the desk gives them."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.id)
