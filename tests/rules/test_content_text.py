"""The content classes as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import content_text
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.faults import PlainFault

TEXT = "﻿# 内容分类\n0601,劳动报酬\n\n060101，拖欠农民工工资\n0602,旧称,停用\n"


def test_a_tree_is_read_and_written_line_by_line() -> None:
    tree = content_text.read(TEXT)
    assert tree == (
        ContentNode("0601", "劳动报酬"),
        ContentNode("060101", "拖欠农民工工资"),
        ContentNode("0602", "旧称", retired=True),
    )
    assert content_text.write(reversed_(tree)) == "0601,劳动报酬\n060101,拖欠农民工工资\n0602,旧称,停用\n"


def reversed_(tree: tuple[ContentNode, ...]) -> tuple[ContentNode, ...]:
    return tree[::-1]


@pytest.mark.parametrize("line", ["0601,劳动报酬,停用", '"0601","劳动报酬","停用"', "0601\t劳动报酬\t停用"])
def test_a_line_is_read_as_office_suites_write_it(line: str) -> None:
    assert content_text.read(f"{line}\r\n") == (ContentNode("0601", "劳动报酬", retired=True),)


@given(st.text(max_size=30))
def test_any_name_that_was_made_plain_is_read_again(name: str) -> None:
    plain = content_text.plain_name(name)
    if plain:
        assert content_text.read(content_text.write([ContentNode("0601", plain)])) == (ContentNode("0601", plain),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0601", "内容分类第 1 行“0601”读不懂，请写成“0601,劳动报酬”，停用的在后面加“,停用”。"),
        ("\n0601,甲,乙", "内容分类第 2 行“0601,甲,乙”读不懂，请写成“0601,劳动报酬”，停用的在后面加“,停用”。"),
        ("# 空\n0601,甲\n0601,乙", "内容分类第 3 行：分类代码“0601”已经用过，请换一个。"),
        ("\n" * 5001, "内容分类有 5001 行，最多 5000 行，请核对是不是选错了文件。"),
    ],
)
def test_a_line_at_fault_is_named(text: str, sentence: str) -> None:
    with pytest.raises(PlainFault) as told:
        content_text.read(text)
    assert told.value.sentence == sentence


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    try:
        tree = content_text.read(text)
    except PlainFault:
        return
    assert content_text.read(content_text.write(tree)) == tuple(sorted(tree, key=lambda one: one.code))
