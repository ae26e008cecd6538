"""A rule set as a person reads it."""

from dataclasses import replace

import pytest

from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015, RULES_SHANDONG_2022, SHIPPED
from onevisit.rules.rulesets import ClockKind, Row, RuleSet, StopReason, Tier, rows, source


def line(rules: RuleSet, label: str) -> Row:
    (found,) = (row for row in rows(rules) if row.label == label)
    return found


def test_a_set_is_read_line_by_line() -> None:
    assert line(RULES_2022, "登记日期").words == "2022年5月1日起"
    assert line(RULES_2022, "适用地区").words == "各地"
    assert line(RULES_2022, "窗口转送、交办") == Row(
        "窗口转送、交办", "收到信访事项之日起 15 日内", "《信访工作条例》第二十二条"
    )
    assert line(RULES_2022, "对转送、交办提出异议").words == "机关、单位收到转送、交办之日起 5 个工作日内"
    assert line(RULES_2022, "有办理期限的申诉求决途径").words == "信访处理意见"
    assert line(RULES_2022, "听证所需时间") == Row(
        "听证所需时间", "不计入：提出复核意见；其他期限照常计入", "《信访工作条例》第三十六条"
    )
    assert line(RULES_2005, "姓名（名称）、住址不清的").source == "《信访条例》第二十二条"
    assert line(RULES_2022, "政法机关、纪检监察机关").source == "《信访工作条例》第二十三条"
    assert line(RULES_2022, "调解所需时间").words == "照常计入期限"
    assert line(RULES_2005, "对转送、交办提出异议").words == "没有规定期限"
    assert line(RULES_SHANDONG_2015, "适用地区").words == "区划代码以 37 开头的单位"
    assert line(RULES_SHANDONG_2015, "交办件延期须交办机关批准") == Row(
        "交办件延期须交办机关批准", "是", "《山东省信访条例》第四十二条"
    )


def test_what_is_no_established_law_says_so() -> None:
    mark = "示例，以本地文件为准"
    assert line(RULES_SHANDONG_2022, "决定是否受理复查").source == f"《山东省信访条例》第四十三条；{mark}"
    assert line(RULES_SHANDONG_2022, "启用").source == mark
    assert line(RULES_2022, "集体访").source == mark
    assert line(RULES_2022, "遇休息日顺延") == Row("遇休息日顺延", "含周末", f"参照《民法典》第二百零三条；{mark}")
    assert "启用" not in {row.label for row in rows(RULES_2022)}
    assert source("", example=False) == ""


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_every_period_has_a_line(rules: RuleSet) -> None:
    labels = [row.label for row in rows(rules)]
    assert labels[0] == "规则"
    assert {kind.label for kind in ClockKind} <= set(labels)
    assert all(row.words for row in rows(rules))


def test_a_set_that_ends_and_has_tiers() -> None:
    tiered = replace(RULES_2022, until=RULES_2022.in_force.replace(year=2024), tiers=(Tier(10, 3), Tier(20, 4)))
    assert line(tiered, "登记日期").words == "2022年5月1日至2024年5月1日"
    read = [row.words for row in rows(tiered) if row.label == "代表人数"]
    assert read == ["不超过 5 人", "10 人以下的，不超过 3 人", "20 人以下的，不超过 4 人"]
    assert [tiered.representatives_at_most(people) for people in (5, 10, 11, 20, 21)] == [3, 3, 4, 4, 5]
    assert RULES_2022.representatives_at_most(6) == 5


def test_codes_of_clocks_are_the_fields_of_their_lengths() -> None:
    for kind in ClockKind:
        assert RULES_2022.period(kind) == getattr(RULES_2022, kind.value)
        assert kind.begins
    assert RULES_2022.stop_rule(StopReason.OTHER) is None
