"""What is handed out about a route, and what the organ that receives a matter is asked."""

from datetime import date

import pytest

from onevisit.rules.route_sheets import SEALED_ASKS, SheetKind, asks_of_organ, organs_kind, visitors_kind
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2005, RULES_2022, SHIPPED
from onevisit.rules.rulesets import RuleSet


@pytest.mark.parametrize("handling", Handling)
def test_everybody_takes_a_sheet_along_and_an_organ_gets_one_where_something_is_handed_on(handling: Handling) -> None:
    taken, given = visitors_kind(handling), organs_kind(handling)
    assert taken.to_visitor
    assert (taken is SheetKind.GUIDANCE) is (handling is Handling.GUIDE)
    assert (given is not None) is handling.hands_on
    assert given is None or not given.to_visitor
    assert (given is SheetKind.ASSIGNMENT) is (handling is Handling.ASSIGN)


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_everything_that_is_asked_names_an_article_of_the_text_of_the_matter(rules: RuleSet) -> None:
    asked = asks_of_organ(rules, reply_by=date(2100, 2, 1), sixty_days=True, gives_notice=True, sealed=True)
    assert asked[0].startswith(SEALED_ASKS)
    assert asked[1].startswith("2100年2月1日前报办理结果")
    other = "《信访工作条例》" if rules.in_force < RULES_2022.in_force else "《信访条例》"
    assert all(one.endswith("）。") and other not in one for one in asked)


def test_only_2022_knows_the_objection_and_2005_whether_it_is_accepted() -> None:
    now, then = (
        asks_of_organ(rules, reply_by=None, sixty_days=False, gives_notice=True, sealed=False)
        for rules in (RULES_2022, RULES_2005)
    )
    assert [len(now), len(then)] == [2, 1]
    assert "书面告知信访人接收情况和处理的途径、程序（《信访工作条例》第二十三条）。" in now[0]
    assert "5 个工作日内提出异议" in now[1]
    assert "书面告知信访人是否受理（《信访条例》第二十一条）。" in then[0]
    assert asks_of_organ(RULES_2005, reply_by=None, sixty_days=False, gives_notice=False, sealed=False) == ()
