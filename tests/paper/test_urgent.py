"""重大、紧急信访信息报告单, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.paper.conftest import ARRIVED, UNIT
from tests.paper.test_golden import compare_picture, compare_text
from tests.paper.test_own_data import Said

from onevisit.paper.fonts import FontBook
from onevisit.paper.urgent import render_urgent, urgent_texts
from onevisit.rules.urgent import UrgentAddressee, UrgentReport, UrgentSheet

FULL = UrgentSheet(
    unit=UNIT,
    practice=False,
    made_at=datetime(2026, 11, 22, 3, 5, tzinfo=UTC),
    staff_no="002",
    matter_no="370400-01-2026-00123-4",
    registered_at=ARRIVED,
    report=UrgentReport(
        happened_at="明天上午 9 时",
        place="市政府东门",
        persons=12,
        content="建筑工地拖欠工资\n十二人扬言到省城讨要，情绪激动。",
        who="王某等十二名务工人员",
        measures="已电话通知人社局到场，安排两名干部陪同劝返。",
        told={
            UrgentAddressee.GOVERNMENT: datetime(2026, 11, 22, 2, 50, tzinfo=UTC),
            UrgentAddressee.AUTHORITY: datetime(2026, 11, 22, 2, 52, tzinfo=UTC),
        },
    ),
)
SHEETS = {
    "full": FULL,
    "empty": replace(FULL, report=UrgentReport()),
    "sealed": replace(FULL, sealed=True, report=replace(FULL.report, who="〔略〕等")),
    "practice": replace(FULL, practice=True, report=replace(FULL.report, content="𠮷祥里 \U00031350" * 200)),
}
GOLDEN = Path(__file__).parent / "golden_urgent"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_urgent(SHEETS[name], fonts)
    assert pdf == render_urgent(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_every_text_and_each_of_the_five_stands_on_it(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_urgent(FULL, fonts))
    assert [text for text in urgent_texts(FULL) if not said.says(text)] == []
    assert [one.label for one in UrgentAddressee if not said.says(one.label)] == []
    assert said.text.count("还没有报告") == 3
    assert said.metadata["Title"] == "重大、紧急信访信息报告单"
