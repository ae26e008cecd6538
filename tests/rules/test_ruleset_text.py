"""Rule sets as text: read again as they were, and a sentence for whatever was changed amiss."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.rulebook import RULES_2022, SHIPPED, RuleSetFault
from onevisit.rules.ruleset_text import from_json, to_json
from onevisit.rules.rulesets import RuleSet, Tier

TIERED = replace(RULES_2022, code="own", until=date(2027, 12, 31), tiers=(Tier(10, 3),))


@pytest.mark.parametrize("rules", [*SHIPPED, TIERED], ids=lambda rules: rules.code)
def test_a_set_is_read_again_as_it_was(rules: RuleSet) -> None:
    text = to_json(rules)
    assert from_json(text) == rules
    assert to_json(from_json(text)) == text
    assert "《信访工作条例》" in text or "《信访条例》" in text


def test_what_has_a_default_may_be_left_out() -> None:
    held = json.loads(to_json(RULES_2022))
    for name in ("review_acceptance", "final_acceptance", "tiers", "until", "region", "optional"):
        del held["ruleset"][name]
    assert from_json(json.dumps(held)) == RULES_2022


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held.update(format=2), "不是本程序认识的规则文件"),
        (lambda held: held.pop("ruleset"), "不是本程序认识的规则文件"),
        (lambda held: held.update(ruleset=[]), "ruleset 应是一组项目"),
        (lambda held: held["ruleset"].update(tranfser=1), "ruleset.tranfser 不是认识的项目，请核对拼写"),
        (lambda held: held["ruleset"].pop("transfer"), "缺少 ruleset.transfer，请补上"),
        (lambda held: held["ruleset"].update(transfer=15), "ruleset.transfer 应是一组项目"),
        (lambda held: held["ruleset"].update(transfer=None), "ruleset.transfer 应是一组项目"),
        (lambda held: held["ruleset"]["transfer"].update(days="15"), "ruleset.transfer.days 应是整数"),
        (lambda held: held["ruleset"]["transfer"].update(days=True), "ruleset.transfer.days 应是整数"),
        (lambda held: held["ruleset"]["transfer"].update(example=1), "ruleset.transfer.example 应是 true 或 false"),
        (lambda held: held["ruleset"]["transfer"].update(unit="weeks"), "days（日）、workdays（个工作日）"),
        (lambda held: held["ruleset"].update(in_force="2022年"), "ruleset.in_force 应是日期，例如 2027-01-01"),
        (lambda held: held["ruleset"].update(in_force=2022), "ruleset.in_force 应是文字"),
        (lambda held: held["ruleset"].update(stops={}), "ruleset.stops 应是列表"),
        (
            lambda held: held["ruleset"].update(handling_procedures=["31(七)"]),
            "ruleset.handling_procedures.0 应是下列之一",
        ),
        (lambda held: held["ruleset"]["transfer"].update(days=0), "transfer.days：“窗口转送、交办”的期限应在 1 至"),
    ],
)
def test_each_slip_is_told_where_it_stands(change: Change, said: str) -> None:
    held = json.loads(to_json(RULES_2022))
    change(held)
    with pytest.raises(RuleSetFault) as fault:
        from_json(json.dumps(held))
    assert said in fault.value.sentence
    assert fault.value.sentence.endswith("。")


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "放假", '{"format": 1', "[" * 100_000, '{"format": 1, "ruleset": 7}']
)
def test_another_file_is_no_rule_set(text: str) -> None:
    with pytest.raises(RuleSetFault, match="规则文件"):
        from_json(text)


def outcome(text: str) -> str:
    """What the reader says, whatever the text holds."""
    try:
        assert isinstance(from_json(text), RuleSet)
    except RuleSetFault as fault:
        return fault.sentence
    return "读好了。"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(json.loads(to_json(RULES_2022))["ruleset"])), JUNK)
def test_whatever_stands_in_a_field_there_is_a_set_or_a_sentence(name: str, junk: object) -> None:
    held = json.loads(to_json(RULES_2022))
    held["ruleset"][name] = junk
    assert outcome(json.dumps(held)).endswith("。")
