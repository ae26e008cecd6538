"""The accounts as a table."""

from onevisit.desk.accounts import AccountRow
from onevisit.rules.accounts import Duty
from onevisit.ui.widgets.row_table import TextColumn, TextTable


def _who(row: AccountRow) -> str:
    return f"{row.name}（{row.firm}）" if row.firm else row.name


def _role(row: AccountRow) -> str:
    return f"{row.role.label}（{row.duty.label}）" if row.duty is not Duty.ALL else row.role.label


COLUMNS = (
    TextColumn[AccountRow]("工号", lambda row: row.staff_no),
    TextColumn[AccountRow]("姓名", _who),
    TextColumn[AccountRow]("角色", _role),
    TextColumn[AccountRow]("账号", lambda row: row.login),
    TextColumn[AccountRow]("状态", lambda row: "✓ 在用" if row.active else "— 已停用"),
)
NAME_COLUMN = 1


class AccountModel(TextTable[AccountRow]):
    """All accounts in the order the desk gives them."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.id)
