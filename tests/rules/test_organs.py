"""The directory of organs."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import organs, regions
from onevisit.rules.classification import ContentClass
from onevisit.rules.faults import PlainFault
from onevisit.rules.organs import Organ
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling

COURT = Organ(
    key="court",
    name="示例区人民法院诉讼服务中心",
    address="示例区示例路1号",
    phone="0632-3300001",
    hours="工作日 9:00–17:00",
    bring=("身份证", "判决书"),
    place_code="370402",
    procedures=(Procedure.LITIGATION,),
)


def found(handling: Handling, procedure: Procedure | None = None, content: str = "15", place: str = "") -> list[str]:
    rows = organs.find(
        organs.shipped(),
        handling=handling,
        procedure=procedure,
        content=ContentClass.from_code(content),
        place_code=place,
    )
    return [one.key for one in rows]


def test_the_shipped_rows_are_examples_in_order() -> None:
    assert all(one.example for one in organs.shipped())
    assert all(not organs.what_is_lacking(one) for one in organs.shipped())
    assert all("示例" in one.address for one in organs.shipped())


@pytest.mark.parametrize("content", ContentClass)
@pytest.mark.parametrize("place", ["", *(region.code for region in regions.districts())])
def test_every_route_has_an_organ_for_every_class_and_place(content: ContentClass, place: str) -> None:
    guided = (one for one in Procedure if one not in {Procedure.DUTY, Procedure.OPINION})
    for procedure in guided:
        assert found(Handling.GUIDE, procedure, content.value, place)
    for handling in (Handling.TRANSFER, Handling.ASSIGN, Handling.DISCIPLINE, Handling.PERSONNEL):
        assert found(handling, None, content.value, place)
    assert bool(found(Handling.LOWER, None, content.value, place)) == bool(place)


def test_the_named_class_and_the_district_come_first() -> None:
    assert found(Handling.TRANSFER)[:2] == ["construction", "bureau"]
    assert found(Handling.GUIDE, Procedure.LITIGATION, "05", "370402")[0] == "court-370402"
    assert found(Handling.GUIDE, Procedure.ARBITRATION, "06", "370481")[0] == "labour-arbitration-370481"
    assert found(Handling.LOWER, place="37040G") == ["district-37040G"]
    assert "court-370403" not in found(Handling.GUIDE, Procedure.LITIGATION, "05", "370402")


def test_what_nobody_takes_finds_nobody() -> None:
    assert organs.find((COURT,), handling=Handling.GUIDE, procedure=Procedure.PARTY) == ()
    assert organs.find((COURT,), handling=Handling.GUIDE) == ()


def test_a_lower_level_is_never_one_of_the_city() -> None:
    city = replace(COURT, place_code="", handlings=(Handling.LOWER,))
    district = replace(city, key="district", place_code="370402")
    rows = organs.find((city, district), handling=Handling.LOWER, place_code="370402")
    assert [one.key for one in rows] == ["district"]


def test_the_visitor_takes_everything_along_in_writing() -> None:
    assert organs.taken_along(COURT) == (
        "去哪里：示例区人民法院诉讼服务中心",
        "地址：示例区示例路1号",
        "电话：0632-3300001（去之前先打个电话）",
        "时间：工作日 9:00–17:00",
        "带什么：身份证；判决书",
    )
    bare = Organ("x", "示例单位", example=True)
    assert organs.taken_along(bare) == ("去哪里：示例单位", "（示例，以本地文件为准）")


def test_what_is_lacking_is_told_before_somebody_is_sent_there() -> None:
    assert organs.what_is_lacking(COURT) == ""
    assert "地址、电话" in organs.what_is_lacking(replace(COURT, address="", phone=""))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": " "}, "key"),
        ({"key": "other"}, "key"),
        ({"name": ""}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"address": "长" * 201}, "address"),
        ({"hours": "长" * 201}, "hours"),
        ({"phone": "12"}, "phone"),
        ({"place_code": "999999"}, "place_code"),
        ({"procedures": ()}, "procedures"),
        ({"bring": ("材料",) * 13}, "bring"),
    ],
)
def test_a_row_at_fault_says_where(changes: dict[str, object], field: str) -> None:
    row = replace(COURT, **changes)  # type: ignore[arg-type]  # names of fields, checked by replace
    (fault,) = organs.check(row, (replace(COURT, key="other"),))
    assert fault.field == field
    assert fault.sentence.endswith("。")


def test_a_row_in_order_and_one_without_a_telephone_are_fine() -> None:
    assert organs.check(COURT) == ()
    assert organs.check(replace(COURT, phone="")) == ()


def test_a_directory_survives_the_way_through_text() -> None:
    assert organs.from_json(organs.to_json(organs.shipped())) == organs.shipped()


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "{}",
        '{"organs": 3}',
    ],
)
def test_what_is_no_directory_is_told_in_one_sentence(source: str) -> None:
    with pytest.raises(PlainFault, match="单位名录读不懂"):
        organs.from_json(source)


@pytest.mark.parametrize(
    ("change", "which"),
    [
        ({"classes": ["99"]}, "第 2 个单位“示例”读不懂"),
        ({"procedures": ["31(七)"]}, "第 2 个单位“示例”读不懂"),
        ({"bring": 3}, "第 2 个单位“示例”读不懂"),
        ({"bring": "身份证"}, "第 2 个单位“示例”读不懂"),
        ({"phone": None}, "第 2 个单位“示例”读不懂"),
        ({"name": None}, "第 2 个单位读不懂"),
        ({"key": "a"}, "第 2 个单位“示例”：代号“a”已经用过"),
        ({"phone": 12345678}, "第 2 个单位“示例”：手机号是 8 位"),
        ({"name": " "}, "第 2 个单位：单位名称还没有填写"),
    ],
)
def test_an_organ_at_fault_is_told_with_its_place_and_name(change: dict[str, object], which: str) -> None:
    row: dict[str, object] = {"key": "a", "name": "示例", "handlings": ["lower"]}
    with pytest.raises(PlainFault) as told:
        organs.from_json(json.dumps({"organs": [row, {**row, "key": "b", **change}]}))
    assert told.value.sentence.startswith(f"单位名录{which}")


@pytest.mark.parametrize("source", ['{"organs": [3]}', '{"organs": "a"}'])
def test_what_is_no_organ_is_told_with_its_place(source: str) -> None:
    with pytest.raises(PlainFault, match="单位名录第 1 个单位读不懂"):
        organs.from_json(source)


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=4))
def test_any_name_survives_the_way_through_text(name: str, bring: list[str]) -> None:
    row = replace(COURT, name=f"示例{name}", bring=tuple(bring))
    assert organs.from_json(organs.to_json((row,))) == (row,)
