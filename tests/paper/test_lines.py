"""Breaking lines: what may not begin or end one, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.paper.lines import NEVER_FIRST, NEVER_LAST, break_lines, squeezed

_MIXED = st.text(alphabet="王伟来访登记。，、（）《》“”：；abcXYZ0189-/. \n𠮷", max_size=120)


def _ems(text: str) -> float:
    return sum(1.0 if character >= "\u2e80" else 0.5 for character in text)


def _lines(text: str, width: float) -> list[str]:
    return break_lines(text, width, _ems, 1.0)


def test_chinese_fills_the_line() -> None:
    assert _lines("来访登记回执来访登记回执", 6) == ["来访登记回执", "来访登记回执"]


def test_a_full_stop_hangs_out_by_its_empty_half() -> None:
    assert _lines("来访登记回。执", 5.5) == ["来访登记回。", "执"]


def test_a_closing_mark_takes_its_character_along() -> None:
    assert _lines("来访登记回》执", 5) == ["来访登记", "回》执"]


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert _lines("来访登（记回）执", 4) == ["来访登", "（记回）", "执"]


def test_numbers_and_telephones_stay_whole() -> None:
    assert _lines("电话0632-0000000，请打", 7) == ["电话", "0632-0000000，", "请打"]


def test_newlines_end_paragraphs_and_empty_ones_stay() -> None:
    assert _lines("一\n\n二", 5) == ["一", "", "二"]


def test_a_long_word_is_cut_only_where_it_must() -> None:
    lines = _lines("x" * 300, 10)
    assert [len(line) for line in lines] == [20] * 15


def test_a_long_number_is_cut_after_a_dash() -> None:
    assert _lines("370400-01-20261122-007-K", 10) == ["370400-01-20261122-", "007-K"]


@given(text=_MIXED, width=st.integers(6, 40))
def test_nothing_is_lost(text: str, width: int) -> None:
    assert "".join("".join(_lines(text, width)).split()) == "".join(text.split())


@given(text=_MIXED, width=st.integers(6, 40))
def test_no_line_is_too_wide(text: str, width: int) -> None:
    assert all(_ems(line) <= width + 0.5 for line in _lines(text, width))


@given(
    text=st.text(alphabet="王伟来访登记", min_size=1, max_size=4).flatmap(
        lambda word: st.lists(st.sampled_from([word + "。", "（" + word + "）", "《" + word + "》", word]), max_size=30)
    )
)
def test_marks_stay_where_they_belong(text: list[str]) -> None:
    lines = _lines("".join(text), 12)
    assert not any(line and line[0] in NEVER_FIRST for line in lines)
    assert not any(line and line[-1] in NEVER_LAST for line in lines)


@pytest.mark.parametrize(
    ("pair", "close"), [("）。", True), ("，（", True), ("（《", True), ("（王", False), ("王）", False)]
)
def test_neighbouring_marks_are_squeezed(pair: str, close: bool) -> None:
    assert squeezed(*pair) is close
