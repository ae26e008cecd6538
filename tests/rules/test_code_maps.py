"""The codes of other systems."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import code_maps
from onevisit.rules.code_maps import CodeMap, Field
from onevisit.rules.faults import PlainFault


def shipped(system: str, field: Field) -> CodeMap:
    return next(one for one in code_maps.shipped() if one.system.startswith(system) and one.field is field)


CONTENT = shipped("示例系统甲", Field.CONTENT)


def test_the_shipped_maps_are_whole_examples() -> None:
    assert all(one.example and code_maps.check(one) == () for one in code_maps.shipped())


def test_codes_go_out_and_come_in() -> None:
    assert code_maps.outside(CONTENT, "06") == "602006"
    assert code_maps.outside(CONTENT, "060101") == "602006"
    assert code_maps.outside(CONTENT, "99") == ""
    assert code_maps.inside(CONTENT, "602006") == "06"
    assert code_maps.inside(CONTENT, "1") == ""
    assert code_maps.outside(shipped("示例系统甲", Field.PURPOSE), "accusation") == "601004"
    assert code_maps.outside(shipped("示例系统甲", Field.PURPOSE), "ac") == ""
    assert code_maps.outside(shipped("示例系统乙", Field.CONTENT), "18") == "20026999"


def test_the_national_feed_counts_women_as_0() -> None:
    sex = shipped("全国", Field.SEX)
    assert [code_maps.outside(sex, code) for code in ("1", "2")] == ["1", "0"]
    assert code_maps.inside(sex, "0") == "2"


def test_a_map_at_fault_says_where() -> None:
    lacking = replace(CONTENT, system=" ", pairs={**CONTENT.pairs, "06": " ", "99": "x", "0601": "602601"})
    assert [one.field for one in code_maps.check(lacking)] == ["system", "pairs.06", "pairs.99"]
    strange = dict.fromkeys(["0601", "060101", "06010101", "06ab", "06<b>", "06 ", "1901"], "x")
    found = code_maps.check(replace(CONTENT, pairs={**CONTENT.pairs, **strange}))
    assert [one.field for one in found] == ["pairs.06010101", "pairs.06ab", "pairs.06<b>", "pairs.06 ", "pairs.1901"]
    long = replace(CONTENT, system="长" * 61, pairs={**CONTENT.pairs, "06": "9" * 41})
    assert [one.field for one in code_maps.check(long)] == ["system", "pairs.06"]
    purpose = CodeMap("系统", Field.PURPOSE, dict.fromkeys([*Field.PURPOSE.codes, "proposal2"], "1"))
    assert [one.field for one in code_maps.check(purpose)] == ["pairs.proposal2"]


def test_maps_survive_the_way_through_text() -> None:
    assert code_maps.from_json(code_maps.to_json(code_maps.shipped())) == code_maps.shipped()


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        '{"maps": [{"system": "a", "field": "x", "pairs": {}}]}',
        '{"maps": [{"system": "a", "field": "sex", "pairs": 1}]}',
        '{"maps": [{"system": null, "field": "sex", "pairs": {}}]}',
        '{"maps": [{"system": "a", "field": "sex", "pairs": {"0": null}}]}',
    ],
)
def test_what_is_no_map_is_told_in_one_sentence(source: str) -> None:
    with pytest.raises(PlainFault, match="代码对照表读不懂"):
        code_maps.from_json(source)


@given(st.sampled_from([one for one in code_maps.shipped() if one.field is not Field.SEX]), st.data())
def test_every_code_comes_back(code_map: CodeMap, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(code_map.field.codes))
    assert code_maps.inside(code_map, code_maps.outside(code_map, code)) == code
