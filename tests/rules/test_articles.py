"""The articles that are named by the text a matter is registered under."""

from dataclasses import replace
from datetime import date

import pytest

from onevisit.rules.articles import JOINT, REGISTRATION, is_of_2005
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015, RULES_SHANDONG_2022
from onevisit.rules.rulesets import RuleSet


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        (RULES_2005, "《信访条例》第十七条"),
        (RULES_SHANDONG_2015, "《信访条例》第十七条"),
        (RULES_2022, "《信访工作条例》第十九条"),
        (RULES_SHANDONG_2022, "《信访工作条例》第十九条"),
        (replace(RULES_2022, code="own", in_force=date(2100, 1, 1)), "《信访工作条例》第十九条"),
    ],
)
def test_the_text_in_force_on_the_day_of_registration_is_named(rules: RuleSet, named: str) -> None:
    assert REGISTRATION.under(rules) == named
    assert is_of_2005(rules) is named.startswith("《信访条例》")


def test_where_the_older_text_says_nothing_nothing_is_named() -> None:
    assert JOINT.under(RULES_2005) == ""
