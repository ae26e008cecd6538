"""The sheet of a day's end, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.paper.conftest import UNIT
from tests.paper.test_golden import compare_picture, compare_text

from onevisit.paper.day_close import day_sheet_texts, render_day_sheet
from onevisit.paper.fonts import FontBook
from onevisit.rules.day_close import BackupLine, DaySheet, NumberUse, OpenItem, OpenKind, SheetCount

CLOSED = datetime(2026, 11, 23, 9, 32, tzinfo=UTC)
BACKED_UP = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FINE = DaySheet(
    unit=UNIT,
    practice=False,
    day=date(2026, 11, 23),
    edition=1,
    closed_at=CLOSED,
    staff_no="002",
    batches=7,
    persons=15,
    first=6,
    repeat=1,
    groups=1,
    numbers=NumberUse(7, "370400-01-20261123-001-K", "370400-01-20261123-007-B"),
    signed=2,
    sheets=SheetCount(7, 1, 0),
    backup=BackupLine(BACKED_UP, today=True, second_at=BACKED_UP),
    audit_entries=84,
    code="1234-0A1B-2C3D-4E5F-6789",
)
OPEN = replace(
    FINE,
    edition=2,
    numbers=replace(FINE.numbers, gaps=(3, 5)),
    sheets=SheetCount(4, 1, 2),
    backup=BackupLine(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)),
    open_items=(
        *(
            OpenItem(kind, f"370400-01-20261123-{number:03d}-K", number, number, number)
            for number, kind in enumerate(list(OpenKind)[:6], start=1)
        ),
        OpenItem(OpenKind.DRAFTS, count=2),
        OpenItem(OpenKind.NO_BACKUP),
    ),
)
LONG = replace(
    FINE,
    open_items=tuple(OpenItem(OpenKind.NO_SLIP, f"370400-01-20261123-{n:03d}-K", n, n, n) for n in range(1, 61)),
)
QUIET = replace(
    FINE,
    batches=0,
    persons=0,
    first=0,
    repeat=0,
    groups=0,
    numbers=NumberUse(),
    signed=0,
    sheets=SheetCount(),
    backup=BackupLine(),
)
SHEETS = {"fine": FINE, "open": OPEN, "long": LONG, "quiet": QUIET, "practice": replace(FINE, practice=True)}
GOLDEN = Path(__file__).parent / "golden_day_close"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_day_sheet(SHEETS[name], fonts)
    assert pdf == render_day_sheet(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_the_sheet_says_what_was_open_and_how_the_numbers_stand(fonts: FontBook, read: type) -> None:
    pages = read(render_day_sheet(OPEN, fonts))
    for words in ("第 2 版", "缺 003、005 号", "待办 8 项", "今天还没有成功备份", "草稿（2 份）", OPEN.code, "负责人"):
        assert pages.says(words)
    assert read(render_day_sheet(FINE, fonts)).says("都在库里，无断号、无重号")
    unplugged = "第二备份位置已超过一天没有接上，请插好 U 盘，或请管理员核对备份设置。"
    without = replace(FINE, backup=replace(FINE.backup, words=unplugged))
    assert read(render_day_sheet(without, fonts)).says(unplugged)


def test_a_long_list_flows_on_and_the_code_stays_with_the_signatures(fonts: FontBook, read: type) -> None:
    pages = read(render_day_sheet(replace(LONG, edition=2), fonts))
    assert all(page.startswith("日终单 2026年11月23日　窗口 01　第 2 版") for page in pages.texts[1:])
    assert len(pages.texts) > 1
    assert LONG.code in pages.texts[-1]
    assert "负责人" in pages.texts[-1]


def test_what_was_typed_is_tested_for_missing_characters() -> None:
    assert list(day_sheet_texts(FINE)) == [UNIT.name]
