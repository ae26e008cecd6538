"""The three opinions on paper, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.paper.test_golden import compare_picture, compare_text
from tests.paper.test_own_data import Said

from onevisit.paper.fonts import FontBook
from onevisit.paper.opinion import opinion_texts, render_opinion
from onevisit.rules.opinion_sheet import OpinionSheet
from onevisit.rules.opinions import Opinion, OpinionKind, OpinionOutcome, remedy_line

FINAL = OpinionSheet(
    kind=OpinionKind.HANDLING,
    organ="薛城区示例局",
    matter_no="370400-01-2026-00123-4",
    petitioner="王伟",
    opinion=Opinion(
        request="支付2025年3月至9月拖欠的工资28600元。",
        facts="经调查，您在薛城区某建筑工地务工七个月。\n用人单位尚欠工资28600元，有欠条和考勤记录为证。",
        decision="责令用人单位在15日内支付拖欠的工资。",
        basis="《保障农民工工资支付条例》",
        outcome=OpinionOutcome.SUPPORTED,
    ),
    remedy_line=remedy_line(OpinionKind.HANDLING, 30),
    final_on=date(2026, 11, 23),
    practice=False,
)
SHEETS = {
    "final": FINAL,
    "draft": replace(FINAL, final_on=None, organ="", opinion=Opinion(request="支付工资")),
    "review": replace(FINAL, kind=OpinionKind.REVIEW, remedy_line=remedy_line(OpinionKind.REVIEW, 30)),
    "final_review": replace(
        FINAL, kind=OpinionKind.FINAL_REVIEW, remedy_line=remedy_line(OpinionKind.FINAL_REVIEW, 30)
    ),
    "practice": replace(FINAL, practice=True, petitioner="王\U00031350", final_on=None),
}
GOLDEN = Path(__file__).parent / "golden_opinion"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_opinion(SHEETS[name], fonts)
    assert pdf == render_opinion(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_every_text_stands_on_it_and_the_one_way_that_is_open(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_opinion(FINAL, fonts))
    assert [line for text in opinion_texts(FINAL) for line in text.splitlines() if not said.says(line)] == []
    assert said.says(FINAL.remedy_line)
    assert said.says("结论：予以支持")
    assert said.metadata["Title"] == "信访处理意见书"
    assert not said.says("草稿")


def test_each_page_says_of_which_matter_it_is(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    long = replace(FINAL, opinion=replace(FINAL.opinion, facts="经调查核实，情况属实。" * 400))
    pages = read(render_opinion(long, fonts))
    assert len(pages.texts) > 2
    assert all(FINAL.matter_no in page.splitlines()[0] for page in pages.texts[1:])
    assert FINAL.matter_no not in "".join(pages.metadata.values())


def test_a_draft_says_so_and_what_is_not_written(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_opinion(SHEETS["draft"], fonts))
    assert said.says("草稿，不作凭证")
    assert said.text.count("（未写）") == 3
    blanks = replace(SHEETS["draft"], opinion=Opinion(request=" \n　"))
    assert read(render_opinion(blanks, fonts)).text.count("（未写）") == 4
    assert said.says("出具机关、单位未填写")


def test_what_was_written_on_the_remedy_stands_above_the_line_of_the_program(
    fonts: FontBook, read: Callable[[bytes], Said]
) -> None:
    own = replace(FINAL, opinion=replace(FINAL.opinion, remedy="可以在30日内向示例市局请求复查。"))
    said = read(render_opinion(own, fonts))
    assert said.says("向示例市局请求复查")
    assert said.says(FINAL.remedy_line)
    twice = replace(FINAL, opinion=replace(FINAL.opinion, remedy=FINAL.remedy_line))
    assert read(render_opinion(twice, fonts)).text.count("书面请求") == 1
