"""信访事项期限表, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.paper.conftest import UNIT
from tests.paper.test_golden import compare_picture, compare_text
from tests.paper.test_own_data import Said

from onevisit.paper.board import board_texts, render_board
from onevisit.paper.fonts import FontBook
from onevisit.rules.board import BoardLine, BoardPart, BoardSheet, DueGroup

LATE = BoardLine("370400-01-2026-00123-4", "建筑工地拖欠工资", "薛城区人社局：办理", date(2026, 11, 20), "已超期 3 天")
SOON = BoardLine(
    "370400-01-2026-00124-2",
    "老旧小区楼顶漏水无人维修",
    "窗口：窗口转送、交办",
    date(2026, 11, 25),
    "还有 2 天",
    provisional=True,
)
FULL = BoardSheet(
    unit=UNIT,
    practice=False,
    made_at=datetime(2026, 11, 23, 3, 5, tzinfo=UTC),
    staff_no="004",
    day=date(2026, 11, 23),
    narrowed="",
    parts=(
        BoardPart(DueGroup.OVERDUE, 2, (LATE,), sealed=1),
        BoardPart(DueGroup.TODAY, 0, ()),
        BoardPart(DueGroup.THREE, 1, (SOON,)),
        BoardPart(DueGroup.LATER, 40, ()),
    ),
)
SHEETS = {
    "full": FULL,
    "empty": replace(FULL, parts=tuple(BoardPart(group, 0, ()) for group in DueGroup), narrowed="薛城区"),
    "long": replace(FULL, practice=True, parts=(BoardPart(DueGroup.OVERDUE, 500, (LATE,) * 120),)),
}
GOLDEN = Path(__file__).parent / "golden_board"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_board(SHEETS[name], fonts)
    assert pdf == render_board(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_no_page_ends_within_a_matter(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    long = replace(LATE, title="多年来一直没有人管的旧小区楼顶漏水和下水道堵塞问题" * 3)
    sheet = replace(FULL, parts=(BoardPart(DueGroup.OVERDUE, 60, (long,) * 60),))
    for page in read(render_board(sheet, fonts)).texts:
        assert page.count("已超期 3 天") == page.count(LATE.matter_no)


def test_every_text_stands_on_it_and_what_is_left_out_is_counted(
    fonts: FontBook, read: Callable[[bytes], Said]
) -> None:
    said = read(render_board(FULL, fonts))
    assert [text for text in board_texts(FULL) if not said.says(text)] == []
    assert said.says("另有保密事项 1 件，不印")
    assert read(render_board(SHEETS["long"], fonts)).says("还有 380 件没有印")
