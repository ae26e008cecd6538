"""What is at fault with a rule set that a unit adds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onevisit.rules.procedures import Procedure
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.ruleset_faults import ruleset_faults
from onevisit.rules.rulesets import ClockKind, DayUnit, Figure, Period, StopReason, StopRule, Switch, Tier

HEARING = StopRule(StopReason.HEARING, (ClockKind.REVIEW,), "本地办法第一条")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"code": ""}, ["code"]),
        ({"code": "本市 2026"}, ["code"]),
        ({"name": " "}, ["name"]),
        ({"name": "长" * 61}, ["name"]),
        ({"in_force": date(2005, 4, 30)}, ["in_force"]),
        ({"until": date(2022, 4, 30)}, ["until"]),
        ({"until": date(2022, 5, 1)}, []),
        ({"region": "山东"}, ["region"]),
        ({"region": "37040G"}, []),
        ({"transfer": Period(0, DayUnit.DAYS, "第一条")}, ["transfer.days"]),
        ({"transfer": Period(367, DayUnit.DAYS, "第一条")}, ["transfer.days"]),
        ({"transfer": Period(10, DayUnit.DAYS, " ")}, ["transfer.article"]),
        ({"transfer": Period(10, DayUnit.WORKDAYS, "", example=True)}, []),
        ({"objection": None}, []),
        ({"agents": Figure(0, "第一条")}, ["agents.value"]),
        ({"agents": Figure(101, "")}, ["agents.value", "agents.article"]),
        ({"extension_approver": " "}, ["extension_approver"]),
        ({"assigner_approves": Switch(on=True)}, ["assigner_approves.article"]),
        ({"assigner_approves": Switch(on=True, example=True)}, []),
        ({"tiers": (Tier(10, 3), Tier(20, 5))}, []),
        ({"tiers": (Tier(20, 3), Tier(10, 2))}, ["tiers"]),
        ({"tiers": (Tier(10, 3), Tier(10, 3))}, ["tiers"]),
        ({"tiers": (Tier(0, 3), Tier(10, 6), Tier(20, 0))}, ["tiers.0", "tiers.1", "tiers.2"]),
        ({"handling_classes": ()}, ["handling_classes"]),
        ({"handling_procedures": ()}, []),
        ({"handling_procedures": (Procedure.DUTY, Procedure.DUTY)}, ["handling_procedures"]),
        ({"name": "本市\n规则"}, ["name"]),
        ({"extension_approver": "局\u200b长"}, ["extension_approver"]),
        ({"transfer": Period(10, DayUnit.DAYS, "第一条" * 40)}, ["transfer.article"]),
        ({"unnamed_article": "第\x00一条", "own_rules_article": "长" * 101}, ["unnamed_article", "own_rules_article"]),
        ({"unnamed_article": "", "own_rules_article": ""}, []),
        ({"stops": (replace(HEARING, article="第\t一条"),)}, ["stops.0"]),
        ({"stops": ()}, []),
        ({"stops": (HEARING, HEARING)}, ["stops.1"]),
        ({"stops": (replace(HEARING, clocks=()),)}, ["stops.0"]),
        ({"stops": (replace(HEARING, article=""),)}, ["stops.0"]),
        ({"stops": (replace(HEARING, article="", example=True),)}, []),
    ],
)
def test_each_fault_stands_at_its_field(changes: dict[str, Any], fields: list[str]) -> None:
    found = ruleset_faults(replace(RULES_2022, **changes))
    assert [fault.field for fault in found] == fields
    assert all(fault.sentence.endswith("。") for fault in found)


def test_a_fault_says_what_to_do() -> None:
    (fault,) = ruleset_faults(replace(RULES_2022, transfer=Period(0, DayUnit.DAYS, "第一条")))
    assert fault.sentence == "“窗口转送、交办”的期限应在 1 至 366 之间（现为 0），请改正。"
