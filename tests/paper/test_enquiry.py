"""信访事项进度单, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.paper.conftest import UNIT
from tests.paper.test_golden import compare_picture, compare_text
from tests.paper.test_own_data import Said

from onevisit.paper.enquiry import enquiry_texts, render_enquiry
from onevisit.paper.fonts import FontBook
from onevisit.rules.enquiry import KnownDay, KnownDocument, KnownPromise, PetitionersVersion
from onevisit.rules.matter_steps import KnownStep
from onevisit.rules.wording import enquiry

FULL = PetitionersVersion(
    unit=UNIT,
    practice=False,
    made_at=datetime(2026, 12, 22, 3, 5, tzinfo=UTC),
    matter_id=1,
    matter_no="370400-01-2026-00123-4",
    title="建筑工地拖欠工资",
    registered_on=date(2026, 11, 22),
    visits=2,
    where="承办单位正在办理。",
    steps=(
        KnownStep(date(2026, 11, 22), "已登记"),
        KnownStep(date(2026, 11, 24), "已转交薛城区人力资源和社会保障局"),
        KnownStep(date(2026, 12, 1), "承办单位已经受理"),
    ),
    days=(
        KnownDay(date(2027, 1, 30), "承办单位办结", "还有 39 天", provisional=True),
        KnownDay(date(2027, 2, 1), "您不服处理意见的，可以请求复查", "还有 41 天", own=True),
    ),
    promises=(KnownPromise(date(2026, 12, 25), "打电话告诉您工资发放的安排", "还有 3 天"),),
    documents=(KnownDocument(date(2026, 12, 2), "受理告知书 薛人社信〔2026〕3号", "当面，已签收"),),
    enquiry=enquiry(UNIT),
    remedies=("对信访处理意见不服的，自收到书面答复之日起 30 日内，可以请求复查（《信访工作条例》第三十五条）。",),
)
NEW = replace(FULL, steps=FULL.steps[:1], days=(), promises=(), documents=(), remedies=())
SHEETS = {
    "full": FULL,
    "new": replace(NEW, where="已登记，窗口正在确定由哪个单位办理。", visits=1),
    "secret": replace(
        FULL, title="", secret=True, steps=(*FULL.steps[:1], KnownStep(FULL.steps[1].on, "已转交有权处理的机关、单位"))
    ),
    "practice": replace(FULL, practice=True, title="𠮷祥里 \U00031350", steps=FULL.steps * 30),
}
GOLDEN = Path(__file__).parent / "golden_enquiry"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_enquiry(SHEETS[name], fonts)
    assert pdf == render_enquiry(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_every_text_stands_on_it_and_the_way_to_ask(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_enquiry(FULL, fonts))
    assert [text for text in enquiry_texts(FULL) if not said.says(text)] == []
    assert said.says("报回执上的查询码")
    assert said.says("暂定")
    assert said.says("最迟2027年1月30日")
