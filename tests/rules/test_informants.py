"""What goes out about a confidential matter shows no informant."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import informants
from onevisit.rules.people import PersonEntry

CHEN = PersonEntry(
    name="陈静",
    id_number="370499198607290328",
    phone="13900000016",
    region_code="370404",
    town="示例街道",
    address="示例小区3号楼",
)
TEXT = "陈静（电话139 0000 0016，证件号３７０４９９198607290328，住峄城区示例街道示例小区3号楼）反映某村干部侵占资金。"


def test_every_particular_is_found_however_it_is_written() -> None:
    assert {one.what for one in informants.traces(TEXT, [CHEN])} == {"姓名", "电话", "证件号", "住址"}


def test_the_text_goes_out_without_them() -> None:
    clean = informants.without_traces(TEXT, [CHEN])
    assert clean.endswith("反映某村干部侵占资金。")
    assert informants.traces(clean, [CHEN]) == ()
    assert clean.startswith("〔略〕（电话〔略〕，证件号〔略〕，住")


@pytest.mark.parametrize("written", ["陈 静", "陈　静", "陈·静", "ＣＨＥＮ", "chen"])
def test_blanks_width_and_case_hide_nobody(written: str) -> None:
    person = PersonEntry(name="chen" if written.isascii() or "Ｃ" in written else "陈静")
    assert informants.without_traces(f"由{written}反映", [person]) == "由〔略〕反映"


def test_an_organisation_and_everybody_with_it_is_found() -> None:
    found = informants.traces("某机械有限公司的郑丽和陈静", [CHEN, PersonEntry(name="郑丽")], "某机械有限公司")
    assert [one.what for one in found] == ["单位", "姓名", "姓名"]


def test_what_was_not_given_finds_nothing() -> None:
    assert informants.traces("某村干部 1 2 3", [PersonEntry(), PersonEntry(name="某", phone="123")]) == ()
    assert informants.outgoing_warning("某村干部侵占资金。", [CHEN]) == ""


def test_the_warning_says_what_stands_there_and_what_to_do() -> None:
    told = informants.outgoing_warning("陈静，陈静的电话是13900000016。", [CHEN])
    assert told.startswith("要转出的内容里有来访人的电话、姓名")
    assert told.endswith("。")


@given(st.text(max_size=60), st.text(alphabet="陈静a1 .*+?(", min_size=1, max_size=6), st.text(max_size=20))
def test_what_was_taken_out_is_gone(before: str, name: str, after: str) -> None:
    person = PersonEntry(name=name)
    clean = informants.without_traces(f"{before}{name}{after}", [person])
    assert informants.traces(clean, [person]) == ()


def test_the_rest_is_not_touched() -> None:
    words = ["某村干部", "侵占资金", "\n账目照片 6 张。"]
    for one, other in product(words, words):
        assert informants.without_traces(one + other, [CHEN], "某机械有限公司") == one + other
