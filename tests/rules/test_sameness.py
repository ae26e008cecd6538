"""The same person, the same matter?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.sameness import (
    MatterKey,
    PersonKey,
    compare_matters,
    compare_persons,
    text_likeness,
)

WANG = PersonKey("王伟", "370499197904120232", "13900000011", date(1979, 4, 12), "370403", "临城街道")
WAGES = MatterKey(
    "建筑工地拖欠工资",
    "某建筑劳务有限公司",
    "370403",
    "06",
    "2025年3月至9月在薛城区某建筑工地务工，被拖欠工资共计28600元，多次向包工头索要未果，请求帮助追讨。",
)


def reasons(a: PersonKey, b: PersonKey) -> tuple[str, ...] | None:
    likeness = compare_persons(a, b)
    return likeness.reasons if likeness else None


def test_the_number_alone_is_certain() -> None:
    likeness = compare_persons(WANG, PersonKey("王玮", "370499197904120232"))
    assert likeness is not None
    assert likeness.certain
    assert likeness.reasons == ("证件号相同",)


def test_two_numbers_are_two_people_whatever_else_agrees() -> None:
    assert compare_persons(WANG, replace(WANG, id_number="370499196501180279")) is None


def test_a_name_needs_a_second_field() -> None:
    without = replace(WANG, id_number="")
    bare = PersonKey("王伟")
    assert reasons(without, bare) is None
    assert reasons(without, replace(bare, phone="13900000011")) == ("姓名相同", "电话相同")
    assert reasons(without, replace(bare, birth_date=date(1979, 4, 12))) == ("姓名相同", "出生日期相同")
    assert reasons(without, replace(bare, region_code="370403", town="临城街道")) == ("姓名相同", "住同一镇街")
    assert reasons(without, replace(bare, region_code="370404", town="临城街道")) is None
    assert reasons(without, replace(bare, region_code="370403")) is None
    likeness = compare_persons(without, WANG)
    assert likeness is not None
    assert not likeness.certain


def test_a_phone_alone_is_not_enough_and_empty_never_agrees() -> None:
    assert compare_persons(replace(WANG, id_number=""), PersonKey("李秀英", phone="13900000011")) is None
    assert compare_persons(PersonKey(""), PersonKey("")) is None
    assert compare_persons(PersonKey("王伟"), PersonKey("王伟")) is None


def test_dots_and_blanks_do_not_part_a_name() -> None:
    a, b = PersonKey("阿依古丽·买买提", phone="13900000020"), PersonKey("阿依古丽 买买提", phone="13900000020")
    assert compare_persons(a, b) is not None


def test_the_same_matter_told_again_is_likely() -> None:
    likeness = compare_matters(
        WAGES, replace(WAGES, summary="上次来访后尚未接到电话，再次前来询问拖欠工资事项办理情况。")
    )
    assert 75 <= likeness.likely < 100
    assert likeness.reasons == ("被反映单位相同", "标题相同", "内容分类相同", "问题属地相同")


def test_another_matter_of_the_same_district_is_not() -> None:
    leak = MatterKey("老旧小区漏水无人维修", "某物业服务公司", "370402", "15", "所住楼顶漏水两年，请求协调维修。")
    bill = MatterKey("医疗费用报销比例争议", "某区医疗保障局", "370402", "08", "异地就医报销比例与告知不一致。")
    likeness = compare_matters(leak, bill)
    assert likeness.likely < 25
    assert likeness.reasons == ("问题属地相同",)


def test_near_words_are_called_near() -> None:
    near = replace(
        WAGES,
        title="工地拖欠工资",
        respondent="建筑劳务有限公司",
        summary="2025年在某建筑工地务工，被拖欠工资28600元，请求追讨。",
    )
    assert {"被反映单位相近", "标题相近", "用词相近"} <= set(compare_matters(WAGES, near).reasons)


def test_nothing_to_compare_is_no_likeness() -> None:
    likeness = compare_matters(MatterKey(""), MatterKey(""))
    assert (likeness.likely, likeness.reasons) == (0, ())


def test_what_is_empty_on_one_side_does_not_agree() -> None:
    assert compare_matters(WAGES, replace(WAGES, respondent="")).likely == 70


words = st.text(alphabet="王李工资欠条拖漏水12 ，", max_size=12)
persons = st.builds(
    PersonKey,
    name=st.sampled_from(["", "王伟", "李秀英"]),
    id_number=st.sampled_from(["", "370499197904120232", "370499196501180279"]),
    phone=st.sampled_from(["", "13900000011", "13900000012"]),
    birth_date=st.sampled_from([None, date(1979, 4, 12)]),
    region_code=st.sampled_from(["", "370403"]),
    town=st.sampled_from(["", "临城街道"]),
)
codes = st.sampled_from(["", "01", "06"])
matters = st.builds(MatterKey, title=words, respondent=words, place_code=codes, content=codes, summary=words)


@given(persons, persons)
def test_comparing_persons_is_symmetric(a: PersonKey, b: PersonKey) -> None:
    assert compare_persons(a, b) == compare_persons(b, a)


@given(persons, persons)
def test_likely_persons_always_say_two_reasons(a: PersonKey, b: PersonKey) -> None:
    likeness = compare_persons(a, b)
    assert likeness is None or likeness.certain or len(likeness.reasons) >= 2


@given(matters, matters)
def test_comparing_matters_is_symmetric_and_bounded(a: MatterKey, b: MatterKey) -> None:
    likeness = compare_matters(a, b)
    assert likeness == compare_matters(b, a)
    assert 0 <= likeness.likely <= 100


@given(matters)
def test_a_matter_is_wholly_like_itself(a: MatterKey) -> None:
    says_something = a.place_code or a.content or any(c.isalnum() for c in a.title + a.respondent + a.summary)
    assert compare_matters(a, a).likely == (100 if says_something else 0)


@pytest.mark.parametrize(("a", "b", "share"), [("", "", 0), ("工", "工", 1), ("工资", "工资", 1), ("工资", "水电", 0)])
def test_text_likeness(a: str, b: str, share: float) -> None:
    assert text_likeness(a, b) == share


def test_of_long_texts_the_beginning_is_compared() -> None:
    told = "工资拖欠" * 500
    assert text_likeness(told, told + "水电费" * 10_000) == 1


def test_a_joint_matter_agrees_in_any_of_those_it_is_about() -> None:
    joint = replace(WAGES, respondent="市自然资源和规划局、某建筑劳务有限公司")
    assert "被反映单位相同" in compare_matters(WAGES, joint).reasons
    other = replace(WAGES, respondent="市自然资源和规划局；某镇人民政府")
    assert not any(one.startswith("被反映单位") for one in compare_matters(WAGES, other).reasons)
