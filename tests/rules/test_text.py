"""Cleaning of typed and pasted text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.text import compact, tidy, tidy_block, visible_length

# Unified ideographs of all blocks; those of the compatibility blocks have no form of their own in NFC.
IDEOGRAPHS = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)]
ideographs = st.one_of(*(st.integers(first, last).map(chr) for first, last in IDEOGRAPHS))
mixed = st.text(st.characters() | ideographs | st.sampled_from("\t\n\r\u2028 \u3000\u200b\u202e\ufeff，。𠮷𬱖"))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  王伟 ", "王伟"),
        ("王　伟", "王　伟"),
        ("拖欠\r\n工资\t\x00 28600元", "拖欠 工资 28600元"),
        ("刘𠮷、赵𬱖", "刘𠮷、赵𬱖"),
        ("（２０２５年）", "（２０２５年）"),
        ("张\u200b三\ufeff\u202e", "张三"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("\ue000\U000f0000", "\ue000\U000f0000"),
        ("半\ud800字", "半字"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("\n\t", ""),
        ("两  个  空格", "两  个  空格"),
    ],
)
def test_tidy(text: str, clean: str) -> None:
    assert tidy(text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("一\r\n二\r三\u2028四\x85五\x0b六", "一\n二\n三\n四\n五\n六"),
        ("\n\n　　首行缩进 　\n\n尾\t\n\n", "　　首行缩进\n\n尾"),
        ("a\tb", "a    b"),
        ("a\x00\x1bb\u202e", "ab"),
        (" \n ", ""),
    ],
)
def test_tidy_block(text: str, clean: str) -> None:
    assert tidy_block(text) == clean


def test_visible_length_counts_characters_of_every_plane_once() -> None:
    assert visible_length("刘𠮷𬱖") == 3
    assert visible_length("e\u0301") == 1
    assert visible_length("") == 0


def test_compact() -> None:
    assert compact(" ３７04-00–ｘ\u200b－\u2212 ") == "370400X"


@given(mixed)
def test_cleaning_is_settled(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_block(tidy_block(text)) == tidy_block(text)
    assert compact(compact(text)) == compact(text)


@given(mixed)
def test_no_ideograph_is_ever_lost(text: str) -> None:
    def kept(value: str) -> list[str]:
        return [c for c in unicodedata.normalize("NFC", value) if any(a <= ord(c) <= b for a, b in IDEOGRAPHS)]

    assert kept(tidy(text)) == kept(text)
    assert kept(tidy_block(text)) == kept(text)


@given(mixed)
def test_result_can_be_stored_and_shown(text: str) -> None:
    line, block = tidy(text), tidy_block(text)
    line.encode("utf-8")
    block.encode("utf-8")
    assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cf"}]
    assert not [c for c in block if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"]
    assert line == line.strip()
    assert all(row == row.rstrip() for row in block.split("\n"))


@given(st.text(ideographs))
def test_visible_length_of_ideographs(text: str) -> None:
    assert visible_length(text) == len(text)
