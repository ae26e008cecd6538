"""What stands in a handling opinion."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import opinions
from onevisit.rules.opinions import ITEMS_OF_2022, ITEMS_OF_SHANDONG, Opinion, OpinionItem, OpinionKind, OpinionOutcome
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015, RULES_SHANDONG_2022, SHIPPED
from onevisit.rules.rulesets import RuleSet

WHOLE = Opinion(
    request="请求落实青苗补偿。",
    facts="经查，2023年修路占用承包地1.2亩，补偿未发放；人民法院对此没有判决。",
    decision="由镇政府在30日内补发。",
    basis="《土地管理法》第四十八条",
    remedy="自收到之日起30日内可以向上一级机关请求复查。",
    outcome=OpinionOutcome.SUPPORTED,
)


def test_check_14_a_whole_opinion_may_be_final() -> None:
    assert [opinions.faults_of_final(WHOLE, rules) for rules in SHIPPED] == [()] * len(SHIPPED)


@pytest.mark.parametrize("item", ITEMS_OF_2022)
def test_check_14_an_opinion_that_lacks_an_item_cannot_be_final(item: OpinionItem) -> None:
    without = replace(WHOLE, **{item.value: " \n"})  # type: ignore[arg-type]  # names of fields, checked by replace
    (fault,) = opinions.faults_of_final(without, RULES_2022)
    assert (fault.field, fault.article) == (item.value, "《信访工作条例》第三十二条")
    assert item.label in fault.sentence
    told = {rules.code: opinions.faults_of_final(without, rules)[0].article for rules in SHIPPED}
    assert told["2005"] == ""
    assert told["2005-37"] == "《山东省信访条例》第四十一条"
    assert told["2022-37"] == "《信访工作条例》第三十二条"


def test_check_14_shandong_asks_for_the_remedy_besides() -> None:
    without = replace(WHOLE, remedy="")
    assert opinions.faults_of_final(without, RULES_2022) == ()
    assert opinions.missing_items(without, ITEMS_OF_SHANDONG) == (OpinionItem.REMEDY,)
    (fault,) = opinions.faults_of_final(without, RULES_SHANDONG_2022)
    assert (fault.field, fault.article) == ("remedy", "《山东省信访条例》第四十一条；示例，以本地文件为准")


def test_an_opinion_decides_something() -> None:
    (fault,) = opinions.faults_of_final(replace(WHOLE, outcome=None), RULES_2022)
    assert (fault.field, fault.article) == ("outcome", "《信访工作条例》第三十二条")
    (then,) = opinions.faults_of_final(replace(WHOLE, outcome=None), RULES_2005)
    assert then.article == "《信访条例》第三十二条"


@pytest.mark.parametrize("word", ["可以申请行政复议", "向人民法院提起行政诉讼", "可起诉", "六个月内向法院提出诉讼"])
def test_check_15_a_suit_or_reconsideration_as_remedy_is_warned_about(word: str) -> None:
    (warning,) = opinions.warnings_of(replace(WHOLE, remedy=f"不服的，{word}。"))
    assert warning.field == "remedy"
    assert "途径是请求复查、复核" in warning.sentence
    assert warning.article.startswith("法释〔2018〕1号")
    assert opinions.faults_of_final(replace(WHOLE, remedy=word), RULES_2022) == ()


def test_check_15_so_it_is_when_the_decision_offers_it() -> None:
    (warning,) = opinions.warnings_of(replace(WHOLE, decision="不予支持。你可以在60日内申请行政复议。"))
    assert warning.field == "decision"


def test_check_15_that_a_court_has_decided_is_a_fact_and_no_remedy() -> None:
    told = replace(WHOLE, decision="行政诉讼已由法院审结，维持原决定。", facts="已经提起行政诉讼。")
    assert opinions.warnings_of(told) == ()


@given(st.builds(Opinion, *[st.sampled_from(["", " ", "已写"])] * 5), st.sampled_from(SHIPPED))
def test_every_item_that_is_asked_for_and_empty_is_told_once(opinion: Opinion, rules: RuleSet) -> None:
    items = opinions.items_of(rules)
    told = [fault.field for fault in opinions.faults_of_final(opinion, rules) if fault.field != "outcome"]
    assert told == [item.value for item in OpinionItem if item in items and not getattr(opinion, item.value).strip()]


def test_what_is_asked_follows_the_region_and_the_remedy_follows_the_kind() -> None:
    assert opinions.items_of(RULES_SHANDONG_2015) == ITEMS_OF_SHANDONG
    assert opinions.items_of(RULES_2022) == ITEMS_OF_2022
    said = {kind: opinions.remedy_line(kind, 30) for kind in OpinionKind}
    assert "30 日内" in said[OpinionKind.HANDLING]
    assert said[OpinionKind.HANDLING].endswith("复查。")
    assert said[OpinionKind.REVIEW].endswith("复核。")
    assert said[OpinionKind.FINAL_REVIEW].endswith("不再受理。")
    assert not any(word in line for line in said.values() for word in ("复议", "诉讼", "法院"))
