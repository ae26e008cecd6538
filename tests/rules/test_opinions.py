"""What stands in a handling opinion."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import opinions
from onevisit.rules.opinions import ITEMS_OF_2022, ITEMS_OF_SHANDONG, Opinion, OpinionItem, OpinionKind, OpinionOutcome

WHOLE = Opinion(
    request="请求落实青苗补偿。",
    facts="经查，2023年修路占用承包地1.2亩，补偿未发放；人民法院对此没有判决。",
    decision="由镇政府在30日内补发。",
    basis="《土地管理法》第四十八条",
    remedy="自收到之日起30日内可以向上一级机关请求复查。",
    outcome=OpinionOutcome.SUPPORTED,
)


def test_check_14_a_whole_opinion_may_be_final() -> None:
    assert opinions.faults_of_final(WHOLE) == ()
    assert opinions.faults_of_final(WHOLE, ITEMS_OF_SHANDONG) == ()


@pytest.mark.parametrize("item", ITEMS_OF_2022)
def test_check_14_an_opinion_that_lacks_an_item_cannot_be_final(item: OpinionItem) -> None:
    without = replace(WHOLE, **{item.value: " \n"})  # type: ignore[arg-type]  # names of fields, checked by replace
    (fault,) = opinions.faults_of_final(without)
    assert (fault.field, fault.article) == (item.value, "《信访工作条例》第三十二条")
    assert item.label in fault.sentence


def test_check_14_shandong_asks_for_the_remedy_besides() -> None:
    without = replace(WHOLE, remedy="")
    assert opinions.faults_of_final(without) == ()
    assert opinions.missing_items(without, ITEMS_OF_SHANDONG) == (OpinionItem.REMEDY,)


def test_an_opinion_decides_something() -> None:
    (fault,) = opinions.faults_of_final(replace(WHOLE, outcome=None))
    assert fault.field == "outcome"


@pytest.mark.parametrize("word", ["可以申请行政复议", "向人民法院提起行政诉讼", "可起诉", "六个月内向法院提出诉讼"])
def test_check_15_a_suit_or_reconsideration_as_remedy_is_warned_about(word: str) -> None:
    (warning,) = opinions.warnings_of(replace(WHOLE, remedy=f"不服的，{word}。"))
    assert warning.field == "remedy"
    assert "复查" in warning.sentence
    assert opinions.faults_of_final(replace(WHOLE, remedy=word)) == ()


def test_check_15_so_it_is_when_the_decision_offers_it() -> None:
    (warning,) = opinions.warnings_of(replace(WHOLE, decision="不予支持。你可以在60日内申请行政复议。"))
    assert warning.field == "decision"


def test_check_15_that_a_court_has_decided_is_a_fact_and_no_remedy() -> None:
    told = replace(WHOLE, decision="行政诉讼已由法院审结，维持原决定。", facts="已经提起行政诉讼。")
    assert opinions.warnings_of(told) == ()


@given(st.builds(Opinion, *[st.sampled_from(["", " ", "已写"])] * 5), st.sets(st.sampled_from(OpinionItem)))
def test_every_item_that_is_asked_for_and_empty_is_told_once(opinion: Opinion, items: set[OpinionItem]) -> None:
    told = [fault.field for fault in opinions.faults_of_final(opinion, items) if fault.field != "outcome"]
    assert told == [item.value for item in OpinionItem if item in items and not getattr(opinion, item.value).strip()]


def test_what_is_asked_follows_the_region_and_the_remedy_follows_the_kind() -> None:
    assert opinions.items_of("37") == ITEMS_OF_SHANDONG
    assert opinions.items_of("") == ITEMS_OF_2022
    said = {kind: opinions.remedy_line(kind, 30) for kind in OpinionKind}
    assert "30 日内" in said[OpinionKind.HANDLING]
    assert said[OpinionKind.HANDLING].endswith("复查。")
    assert said[OpinionKind.REVIEW].endswith("复核。")
    assert said[OpinionKind.FINAL_REVIEW].endswith("不再受理。")
    assert not any(word in line for line in said.values() for word in ("复议", "诉讼", "法院"))
