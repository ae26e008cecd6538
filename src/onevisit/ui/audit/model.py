"""The audit trail as a table, newest first."""

from onevisit.desk.audit import AuditRow
from onevisit.rules.clocks import show_moment
from onevisit.ui.widgets.row_table import TextColumn, TextTable

COLUMNS = (
    TextColumn[AuditRow]("编号", lambda row: str(row.id)),
    TextColumn[AuditRow]("时间", lambda row: show_moment(row.at)),
    TextColumn[AuditRow]("谁", lambda row: row.who),
    TextColumn[AuditRow]("窗口", lambda row: row.window_no),
    TextColumn[AuditRow]("做了什么", lambda row: row.action),
    TextColumn[AuditRow]("哪一条记录", lambda row: row.record or "—"),
    TextColumn[AuditRow]("说明", lambda row: row.detail),
)


class AuditModel(TextTable[AuditRow]):
    """Rows as the desk gives them; older ones come after."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.id)

    @property
    def oldest(self) -> int | None:
        """The number of the oldest row shown."""
        return self._rows[-1].id if self._rows else None
