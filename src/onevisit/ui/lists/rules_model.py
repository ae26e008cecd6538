"""Rule sets as a list, and the lines of one as a table."""

from typing import Final

from PySide6.QtCore import Qt

from onevisit.desk.house_rules import RuleSetLine, UnreadLine
from onevisit.rules.clocks import show_day
from onevisit.rules.rulesets import Row
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import Heading, RowTable, TextColumn, TextTable

AnySet = RuleSetLine | UnreadLine


def code_of(line: AnySet) -> str:
    """The code of a set."""
    return line.code if isinstance(line, UnreadLine) else line.rules.code


def name_of(line: AnySet) -> str:
    """What a set is called; one that cannot be read has its code alone."""
    return f"代号 {line.code}" if isinstance(line, UnreadLine) else line.rules.name


def since(line: AnySet) -> str:
    """From when to when a set is for, and where it comes from."""
    if isinstance(line, UnreadLine):
        return f"本单位添加；{line.matters} 件事项照它登记"
    rules = line.rules
    until = f"至{show_day(rules.until)}" if rules.until else "起"
    where = "本单位添加" if line.own else "程序自带"
    return f"{show_day(rules.in_force)}{until}登记的；{where}，代号 {rules.code}"


def mark(line: AnySet) -> Words:
    """How a set stands at this unit, in a word."""
    if isinstance(line, UnreadLine):
        return (("！读不出", "fault"),)
    if line.today:
        return (("现在适用", "fine"),)
    if not line.here:
        return (("不是本地区的", "soft"),)
    if line.rules.optional and not line.switched:
        return (("没有启用", "soft"),)
    return ()


class SetModel(RowTable[AnySet]):
    """Every set: its name, how it stands, from when it is for."""

    def __init__(self) -> None:
        super().__init__((Heading("规则"),), key=lambda line: hash(code_of(line)))

    def cell(self, row: AnySet, column: int, role: int) -> object:  # noqa: ARG002 - as every model's
        """The two lines of an entry."""
        marked = "，".join(word for word, _ in mark(row))
        found = {
            TITLE_ROLE: name_of(row),
            DETAIL_ROLE: since(row),
            WORDS_ROLE: mark(row),
            Qt.ItemDataRole.ToolTipRole: tip(f"{name_of(row)}\n{since(row)}"),
            Qt.ItemDataRole.AccessibleTextRole: "，".join(one for one in (name_of(row), marked, since(row)) if one),
        }
        return found.get(role)


COLUMNS: Final = (
    TextColumn[Row]("项目", lambda row: row.label),
    TextColumn[Row]("规定", lambda row: row.words),
    TextColumn[Row]("依据", lambda row: row.source),
)


class RowsModel(TextTable[Row]):
    """What one set says, line by line."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=hash)
