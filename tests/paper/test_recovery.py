"""The sheet with the recovery code."""

from datetime import UTC, datetime

import pytest

from onevisit.paper.fonts import FontBook
from onevisit.paper.raster import page_count
from onevisit.paper.recovery import render_recovery_sheet

MADE = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "first_line"),
    [
        ("K7QM-2PXD-94HT-WB6R-3FZC-YN8E", "K7QM-2PXD-94HT"),
        ("K7QM 2PXD 94HT WB6R", "K7QM 2PXD 94HT"),
        ("K7QM2PXD94HTWB6R", "K7QM 2PXD 94HT"),
    ],
)
def test_the_code_stands_in_groups(code: str, first_line: str, fonts: FontBook, read: type) -> None:
    pdf = render_recovery_sheet("示例市来访接待中心", code, MADE, practice=False, fonts=fonts)
    pages = read(pdf)
    assert page_count(pdf) == 1
    assert first_line in pages.text
    assert code not in "".join(pages.metadata.values())


def test_it_says_what_it_is_for_and_how_to_keep_it(fonts: FontBook, read: type) -> None:
    pages = read(render_recovery_sheet("示例市来访接待中心", "AAAA-BBBB", MADE, practice=False, fonts=fonts))
    for words in ("示例市来访接待中心", "恢复码保管单", "这是做什么用的", "保险柜", "不要拍照", "2026年11月22日 09:00"):
        assert pages.says(words)
    assert not pages.says("练习")


def test_practice_is_marked(fonts: FontBook, read: type) -> None:
    assert read(render_recovery_sheet("示例", "AAAA-BBBB", MADE, practice=True, fonts=fonts)).says("练习 · 不作凭证")
