"""The table of the day without a window."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt

from onevisit.desk.lookup import VisitRow
from onevisit.ui.today.model import COLUMNS, SORT_ROLE, VisitModel
from onevisit.ui.widgets.items import WORDS_ROLE

ROW = VisitRow(
    visit_id=1,
    matter_id=2,
    visit_no="370400-01-20261123-007-B",
    matter_no="370400-01-2026-00001-9",
    queue_no=7,
    arrived_at=datetime(2026, 11, 23, 2, 41, tzinfo=UTC),
    petitioner="王伟",
    masked_id="370499********0011",
    headcount=1,
    title="拖欠工资",
    classification="求决 · 劳动社保 · 薛城区",
    repeat=False,
    urgent=False,
    confidential=False,
    clerk_no="002",
    lawyer_state="",
    slip_state="",
)


def place(heading: str) -> int:
    return next(number for number, column in enumerate(COLUMNS) if column.heading == heading)


def model_of(*rows: VisitRow) -> VisitModel:
    model = VisitModel()
    model.show(rows)
    return model


def cell(row: VisitRow, heading: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    model = model_of(row)  # an index does not keep its model alive
    return model.data(model.index(0, place(heading)), role)


def test_a_row_tells_who_when_and_what() -> None:
    shown = {column.heading: cell(ROW, column.heading) for column in COLUMNS}
    assert shown["排队号"] == "007"
    assert shown["时间"] == "10:41"
    assert (shown["来访人"], shown["事项"], shown["窗口员"]) == ("王伟", "拖欠工资", "002")


def test_a_group_tells_how_many_came() -> None:
    assert cell(replace(ROW, headcount=18), "来访人") == "王伟 等 18 人"


def test_marks_stand_in_words_each_with_its_tone() -> None:
    marked = replace(ROW, repeat=True, urgent=True, confidential=True)
    assert cell(marked, "标记") == "紧急 · 保密 · 重复访"
    assert cell(marked, "标记", WORDS_ROLE) == (("紧急", "fault"), ("保密", "attention"), ("重复访", "info"))
    assert cell(ROW, "标记", WORDS_ROLE) == (("初访", "soft"),)
    assert cell(replace(ROW, of_part=True), "标记", WORDS_ROLE) == (("分出的", "soft"),)


def test_what_is_empty_is_quiet() -> None:
    assert cell(replace(ROW, masked_id=""), "证件号", WORDS_ROLE) == (("—", "soft"),)
    assert cell(ROW, "律师", WORDS_ROLE) == (("—", "soft"),)


def test_every_state_of_lawyer_and_slip_has_a_word() -> None:
    for state in ("", "waiting", "opened", "signed"):
        assert cell(replace(ROW, lawyer_state=state), "律师")
    for state in ("", "pending", "came_out", "spoiled", "outdated"):
        assert cell(replace(ROW, slip_state=state), "回执")


def test_who_left_before_the_lawyer_began_does_not_wait() -> None:
    gone = replace(ROW, lawyer_state="waiting", left_at=ROW.arrived_at)
    assert cell(gone, "律师", WORDS_ROLE) == (("没等到", "soft"),)
    assert cell(replace(gone, lawyer_state="signed"), "律师") == "已签发"


def test_the_tooltip_says_what_a_narrow_column_cuts_off() -> None:
    row = replace(ROW, urgent=True, repeat=True, lawyer_state="waiting", slip_state="spoiled")
    tooltip = str(cell(row, "标记", Qt.ItemDataRole.ToolTipRole))
    assert "紧急、重复访" in tooltip
    assert "律师：候谈　回执：作废，待重打" in tooltip


def test_what_is_urgent_sorts_above_what_is_confidential_and_what_is_only_repeated() -> None:
    kinds = [ROW, replace(ROW, repeat=True), replace(ROW, confidential=True), replace(ROW, urgent=True)]
    weights = [cell(kind, "标记", SORT_ROLE) for kind in kinds]
    assert weights == sorted(weights)  # type: ignore[type-var]  # numbers
    assert len(set(weights)) == 4


def test_markup_in_a_tooltip_shows_as_typed() -> None:
    hostile = replace(ROW, title="<b>大</b><img src=x>", petitioner="<h1>王</h1>")
    tooltip = cell(hostile, "事项", Qt.ItemDataRole.ToolTipRole)
    assert isinstance(tooltip, str)
    assert "&lt;b&gt;大&lt;/b&gt;&lt;img src=x&gt;" in tooltip
    assert "<h1>" not in tooltip
    assert cell(hostile, "事项") == "<b>大</b><img src=x>"


def test_a_visit_is_found_by_its_id() -> None:
    model = model_of(ROW, replace(ROW, visit_id=5))
    assert (model.row_of(5), model.row_of(6)) == (1, -1)


def test_who_is_here_shows_for_how_long_and_who_left_sorts_last() -> None:
    here, left = replace(ROW, minutes=38), replace(ROW, minutes=90, left_at=ROW.arrived_at)
    assert cell(here, "在厅") == "38 分"
    assert cell(left, "在厅", WORDS_ROLE) == (("已离开", "soft"),)
    weights = [cell(row, "在厅", SORT_ROLE) for row in (replace(ROW, minutes=50), here, left)]
    assert weights == sorted(weights)  # type: ignore[type-var]  # numbers
