"""The districts and towns of the city, and addresses read into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.regions import (
    AddressParts,
    Region,
    city,
    districts,
    is_known,
    join_address,
    name_of,
    split_address,
    towns,
)

CODES = [region.code for region in districts()]
heads = st.sampled_from(["", "山东省", "山东", "枣庄市", "枣庄", "山东省枣庄市", "枣庄市 ", "济南市"])
names = st.sampled_from([*(region.name for region in districts()), "高新区", "枣庄高新技术产业开发区", ""])
town_names = st.sampled_from([*(town for code in CODES for town in towns(code)), "示例镇", ""])
addresses = st.tuples(heads, names, town_names, st.text(max_size=12)).map("".join) | st.text(
    "枣庄市中区薛城高新", max_size=9
)


def test_the_city_and_its_districts() -> None:
    assert city() == Region("370400", "枣庄市", local=False)
    assert [(region.code, region.name) for region in districts()] == [
        ("370402", "市中区"),
        ("370403", "薛城区"),
        ("370404", "峄城区"),
        ("370405", "台儿庄区"),
        ("370406", "山亭区"),
        ("370481", "滕州市"),
        ("37040G", "枣庄高新区"),
    ]


def test_only_the_local_extension_is_marked_and_looks_like_no_standard_code() -> None:
    assert [region.code for region in districts() if region.local] == ["37040G"]
    assert not [code for code in CODES if code.isdigit() and name_of(code) == "枣庄高新区"]
    assert {len(code) for code in CODES} == {6}


def test_towns() -> None:
    assert [len(towns(code)) for code in CODES] == [11, 10, 7, 6, 11, 21, 3]
    assert towns("37040G") == ("兴仁街道", "兴城街道", "张范街道")
    assert "临城街道" in towns("370403")
    assert towns("370400") == ()
    assert towns("999999") == ()


def test_names() -> None:
    assert name_of("370403") == "薛城区"
    assert name_of("370400") == "枣庄市"
    assert name_of("110000") == ""
    assert is_known("37040G")
    assert not is_known("")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("枣庄市薛城区临城街道示例村1组12号", AddressParts("370403", "临城街道", "示例村1组12号")),
        ("枣庄高新区兴仁街道", AddressParts("37040G", "兴仁街道", "")),
        ("枣庄市高新区兴城街道1号", AddressParts("37040G", "兴城街道", "1号")),
        ("高新区张范街道", AddressParts("37040G", "张范街道", "")),
        ("枣庄市薛城区兴仁街道", AddressParts("370403", "兴仁街道", "")),
        ("枣庄市滕州市示例镇东村", AddressParts("370481", "", "示例镇东村")),
        ("山东省滕州市东郭镇 东村", AddressParts("370481", "东郭镇", " 东村")),
        ("山东省枣庄市市中区光明路街道", AddressParts("370402", "光明路街道", "")),
        ("枣庄市中区光明路街道", AddressParts("370402", "光明路街道", "")),
        (" 枣庄市 山亭区 山亭经济开发区", AddressParts("370406", "山亭经济开发区", "")),
        ("市中区", AddressParts("370402", "", "")),
        ("枣庄市中心路1号", AddressParts("370400", "", "中心路1号")),
        ("济南市市中区某路1号", AddressParts("", "", "济南市市中区某路1号")),
        ("枣庄村12号", AddressParts("", "", "枣庄村12号")),
        ("", AddressParts("", "", "")),
    ],
)
def test_reading_an_address(text: str, parts: AddressParts) -> None:
    assert split_address(text) == parts


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("370403", "临城街道", "示例村1组12号"), "枣庄市薛城区临城街道示例村1组12号"),
        (("370481", "", "示例镇东村"), "枣庄市滕州市示例镇东村"),
        (("37040G", "兴仁街道", ""), "枣庄高新区兴仁街道"),
        (("370400", "", "中心路1号"), "枣庄市中心路1号"),
        (("", "", "济南市市中区某路1号"), "济南市市中区某路1号"),
    ],
)
def test_writing_an_address(parts: tuple[str, str, str], text: str) -> None:
    assert join_address(*parts) == text


@given(addresses)
def test_nothing_after_the_region_is_lost(text: str) -> None:
    parts = split_address(text)
    tail = parts.town + parts.rest
    assert text.endswith(tail)
    # What was taken off in front says no more than the code does.
    assert split_address(text.removesuffix(tail)) == AddressParts(parts.region_code, "", "")
    assert join_address(parts.region_code, parts.town, parts.rest).endswith(tail)


@given(st.sampled_from(CODES), st.data(), st.text(max_size=12))
def test_what_is_written_in_full_reads_back(code: str, data: st.DataObject, rest: str) -> None:
    town = data.draw(st.sampled_from([*towns(code), ""]))
    written = join_address(code, town, rest)
    parts = split_address(written)
    assert parts.region_code == code
    again = join_address(parts.region_code, parts.town, parts.rest)
    assert "".join(again.split()) == "".join(written.split())
