"""The visits of a day as a table; testable without a window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from onevisit.desk.lookup import VisitRow
from onevisit.rules.clocks import local_time
from onevisit.ui.widgets.items import WORDS_ROLE, Words
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.row_table import RowTable

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""Native values to sort by, so that 10 comes after 9."""

LAST_SPARE = 9

_NOTHING: Words = (("—", "soft"),)
_LAWYER: dict[str, tuple[str, str]] = {
    "waiting": ("候谈", "attention"),
    "opened": ("接待中", "info"),
    "signed": ("已签发", "fine"),
}
_SLIP: dict[str, tuple[str, str]] = {
    "": ("未打印", "attention"),
    "pending": ("待确认", "attention"),
    "came_out": ("已打印", "fine"),
    "spoiled": ("作废，待重打", "fault"),
    "outdated": ("有更新，待重打", "attention"),
}
_LAWYER_ORDER = ("waiting", "opened", "signed", "")
_SLIP_ORDER = ("spoiled", "", "pending", "outdated", "came_out")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        heading: what stands above it.
        words: what a cell says, in tones.
        sort: what it sorts by.
        widest: Chinese characters it may take at most; 0 is whatever is left.
        spare: the order in which columns give way where there is little room; 0 never does, ``LAST_SPARE`` only where
            the title would be gone.
        least: Chinese characters that are enough where there is still too little room; 0 takes what it wants.
    """

    heading: str
    words: Callable[[VisitRow], Words]
    sort: Callable[[VisitRow], Any]
    widest: float = 12
    spare: int = 0
    least: float = 0


def _plain(text: Callable[[VisitRow], str]) -> Callable[[VisitRow], Words]:
    def words(row: VisitRow) -> Words:
        said = text(row)
        return ((said, ""),) if said else _NOTHING

    return words


def who(row: VisitRow) -> str:
    """Whose visit it is; of a group also how many came."""
    return f"{row.petitioner} 等 {row.headcount} 人" if row.headcount > 1 else row.petitioner


def _kind(row: VisitRow) -> Words:
    """The marks; where they are cut off, the most pressing one is still in sight."""
    marks: list[tuple[str, str]] = [("紧急", "fault")] if row.urgent else []
    marks += [("保密", "attention")] if row.confidential else []
    marks += [("重复访", "info")] if row.repeat else []
    return tuple(marks) or (("分出的" if row.of_part else "初访", "soft"),)


def _lawyer(row: VisitRow) -> Words:
    """Whoever left before the lawyer began waits no more."""
    if row.lawyer_state == "waiting" and not row.waits:
        return (("没等到", "soft"),)
    return (_LAWYER[row.lawyer_state],) if row.lawyer_state else _NOTHING


def _slip(row: VisitRow) -> Words:
    return (_SLIP[row.slip_state],)


def _here(row: VisitRow) -> Words:
    """How long the visitor has been here, or that the visitor has left."""
    return ((f"{row.minutes} 分", ""),) if row.left_at is None else (("已离开", "soft"),)


COLUMNS = (
    Column("排队号", _plain(lambda row: f"{row.queue_no:03d}"), lambda row: row.queue_no, 5),
    Column("时间", _plain(lambda row: f"{local_time(row.arrived_at):%H:%M}"), lambda row: row.arrived_at, 5, spare=4),
    Column("在厅", _here, lambda row: -row.minutes if row.left_at is None else 1, 6, spare=5),
    Column("来访人", _plain(who), who, 9, least=6),
    Column("证件号", _plain(lambda row: row.masked_id), lambda row: row.masked_id, 13, spare=3),
    Column("事项", _plain(lambda row: row.title), lambda row: row.title, 0),
    Column("分类", _plain(lambda row: row.classification), lambda row: row.classification, 13, spare=2),
    Column("标记", _kind, lambda row: (row.urgent, row.confidential, row.repeat), 10, least=4),
    Column("律师", _lawyer, lambda row: _LAWYER_ORDER.index(row.lawyer_state), 6, spare=LAST_SPARE),
    Column("回执", _slip, lambda row: _SLIP_ORDER.index(row.slip_state), 9, least=5),
    Column("窗口员", _plain(lambda row: row.clerk_no), lambda row: row.clerk_no, 6, spare=1),
)
STRETCHED = next(place for place, column in enumerate(COLUMNS) if not column.widest)
"""The column that takes what room is left."""
LAST = next(place for place, column in enumerate(COLUMNS) if column.spare == LAST_SPARE)
"""The column that is left out last, where the title would be gone otherwise."""


class VisitModel(RowTable[VisitRow]):
    """The rows of one day, newest first."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.visit_id)

    def cell(self, row: VisitRow, column: int, role: int) -> Any:  # noqa: ANN401 - as Qt's data()
        """Text, toned words, tooltip and sort value."""
        if role == SORT_ROLE:
            return _sortable(COLUMNS[column].sort(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_whole(row))
        words = COLUMNS[column].words(row)
        if role == WORDS_ROLE:
            return words
        return " · ".join(word for word, _ in words) if role == Qt.ItemDataRole.DisplayRole else None


def _sortable(value: Any) -> Any:  # noqa: ANN401 - numbers, texts and marks
    """A value that Qt compares; marks count by weight."""
    return sum(2**place for place, sign in enumerate(reversed(value)) if sign) if isinstance(value, tuple) else value


def _whole(row: VisitRow) -> str:
    """Everything of a row, for what a narrow column cuts off."""
    lawyer = f"律师：{_said(_lawyer(row))}　" if row.lawyer_state else ""
    lines = (
        f"{who(row)}　{row.masked_id}".rstrip(),
        row.title,
        row.classification,
        _said(_kind(row)),
        f"{lawyer}回执：{_said(_slip(row))}",
        f"来访编号 {row.visit_no}　窗口员 {row.clerk_no}",
    )
    return "\n".join(line for line in lines if line)


def _said(words: Words) -> str:
    return "、".join(word for word, _ in words)
