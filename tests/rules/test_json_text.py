"""JSON that people edit: a field that stands twice is told, a word is a word, a list is a list."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import code_maps, holidays, json_text, organs, papers, ruleset_text
from onevisit.rules.faults import PlainFault

TWICE = '{"organs": [], "classes": {"06": [], "06": []}}'


def test_json_is_read_as_ever() -> None:
    assert json_text.loads('{"a": [1, {"b": null}]}') == {"a": [1, {"b": None}]}
    with pytest.raises(ValueError, match="Expecting"):
        json_text.loads("{")


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
def test_what_is_nested_too_deeply_is_no_json_of_ours(deep: str) -> None:
    with pytest.raises(ValueError, match="too deeply"):
        json_text.loads(deep)
    for reader in (papers.from_json, organs.from_json, code_maps.from_json, ruleset_text.from_json):
        with pytest.raises(PlainFault):
            reader(deep)


@pytest.mark.parametrize(
    "reader",
    [
        json_text.loads,
        organs.from_json,
        papers.from_json,
        code_maps.from_json,
        ruleset_text.from_json,
        lambda source: holidays.read_year_table(2027, source),
    ],
)
def test_a_field_that_stands_twice_is_told_by_every_list(reader: Callable[[str], object]) -> None:
    with pytest.raises(PlainFault, match="同一处有两个“06”，分不清用哪一个，请删去一个后再导入。"):
        reader(TWICE)


def test_a_number_may_stand_for_a_word_and_nothing_else_may() -> None:
    assert json_text.words(["甲", 602001]) == ("甲", "602001")
    wrongs: tuple[object, ...] = ("甲", None, 3, {"甲": 1}, [None], [True], [1.5], [[]])
    for wrong in wrongs:
        with pytest.raises(TypeError):
            json_text.words(wrong)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_what_stands_once_is_kept(held: dict[str, str]) -> None:
    assert json_text.loads(json.dumps(held)) == held
