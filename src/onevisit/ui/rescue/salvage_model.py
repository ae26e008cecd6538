"""What was saved of damaged data, kind by kind in plain words; testable without a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt

from onevisit.desk.salvaging import SalvagedTable
from onevisit.ui.widgets.items import WORDS_ROLE, Words
from onevisit.ui.widgets.row_table import Heading, RowTable

KINDS: Final = {
    "visit": "来访",
    "visit_party": "来访",
    "petitioner": "信访人",
    "matter": "信访事项",
    "timeline_entry": "信访事项",
    "sameness_answer": "信访事项",
    "matter_link": "信访事项",
    "urgent_report": "信访事项",
    "gate_reason": "信访事项",
    "route_decision": "办理情况",
    "matter_step": "办理情况",
    "clock_stop": "办理情况",
    "clock_extension": "办理情况",
    "opinion": "办理情况",
    "service": "送达、回访和评价",
    "promise": "送达、回访和评价",
    "follow_up_call": "送达、回访和评价",
    "evaluation": "送达、回访和评价",
    "material": "材料",
    "consultation": "律师接待",
    "consultation_addendum": "律师接待",
    "slip": "回执",
    "slip_copy": "回执",
    "draft": "草稿",
    "audit_entry": "操作记录",
    "account": "账户",
    "unit": "单位和设置",
    "setting": "单位和设置",
    "house_text": "单位和设置",
    "number_series": "单位和设置",
    "printer_choice": "单位和设置",
    "backup_run": "单位和设置",
    "day_close": "日终",
    "retention_run": "到期清理",
}
"""Which kind, in the words of the screens, the rows of a table belong to; in the order they are shown."""
OTHER: Final = "其他"


@dataclass(frozen=True, slots=True)
class Kind:
    """The records of one kind: how many were read, how many were lost."""

    word: str
    read: int
    lost: int


def kinds_of(tables: Iterable[SalvagedTable]) -> tuple[Kind, ...]:
    """Sum the tables up by kind; kinds without any record are left out."""
    sums: dict[str, list[int]] = {word: [0, 0] for word in (*KINDS.values(), OTHER)}
    for table in tables:
        total = sums[KINDS.get(table.name, OTHER)]
        total[0] += table.read
        total[1] += table.lost
    return tuple(Kind(word, read, lost) for word, (read, lost) in sums.items() if read or lost)


COLUMNS = (Heading("种类"), Heading("读出（条）"), Heading("读不出（条）"))


class SalvageModel(RowTable[Kind]):
    """One line for each kind."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: hash(row.word))

    def cell(self, row: Kind, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """Text, what was lost in the tone of a fault."""
        lost: Words = ((f"！{row.lost}", "fault"),) if row.lost else (("0", "soft"),)
        words: Words = (((row.word, ""),), ((str(row.read), ""),), lost)[column]
        if role == WORDS_ROLE:
            return words
        return words[0][0] if role == Qt.ItemDataRole.DisplayRole else None
