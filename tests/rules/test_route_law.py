"""What a route rests on, by the rule set of its matter."""

from dataclasses import replace

import pytest

from onevisit.rules import route_law
from onevisit.rules.articles import LEVELS
from onevisit.rules.classification import PetitionClass, Purpose
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_law import mark, runs_sixty_days, under
from onevisit.rules.routes import Circumstances, Handling
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015

REQUEST = Circumstances(Purpose.REQUEST)


@pytest.mark.parametrize("handling", list(Handling))
def test_every_way_has_its_article_in_both_texts_and_a_sentence(handling: Handling) -> None:
    procedure = Procedure.LITIGATION if handling is Handling.GUIDE else None
    found = route_law.chosen(handling, procedure, REQUEST)
    assert found.article.startswith("《信访工作条例》第")
    assert found.why.endswith("。")
    assert under(RULES_2022, found) is found
    old = under(RULES_SHANDONG_2015, found)
    assert old.article.startswith("《信访条例》第")
    assert mark(RULES_2022, handling, procedure) == found.mark
    number = {"16": "十六", "21": "二十一", "22": "二十二", "23": "二十三", "35": "三十五"}
    assert f"第{number[mark(RULES_2005, handling, procedure)[:2]]}条" in old.article


def test_what_the_clerk_chose_rests_on_both_the_way_and_the_procedure() -> None:
    found = route_law.chosen(Handling.TRANSFER, Procedure.DUTY, REQUEST)
    assert found.article == "《信访工作条例》第二十二条第（一）项、《信访工作条例》第三十一条第（五）项"
    assert route_law.chosen(Handling.GUIDE, None, REQUEST).article == "《信访工作条例》第二十二条"


@pytest.mark.parametrize(
    ("case", "handling", "sealed"),
    [
        (REQUEST, Handling.TRANSFER, False),
        (REQUEST, Handling.DISCIPLINE, True),
        (Circumstances(Purpose.ACCUSATION), Handling.TRANSFER, True),
        (Circumstances(Purpose.REQUEST, confidential=True), Handling.TRANSFER, True),
    ],
)
def test_what_must_be_sealed_is_sealed_however_it_was_chosen(
    case: Circumstances, handling: Handling, sealed: bool
) -> None:
    assert route_law.chosen(handling, None, case).sealed is sealed


@pytest.mark.parametrize(
    ("handling", "procedure", "kind", "of_2005", "of_2022"),
    [
        (Handling.TRANSFER, Procedure.OPINION, PetitionClass.CLAIM, True, True),
        (Handling.TRANSFER, Procedure.DUTY, PetitionClass.CLAIM, True, False),
        (Handling.TRANSFER, None, PetitionClass.CLAIM, False, False),
        (Handling.LOWER, None, PetitionClass.PROPOSAL, True, False),
        (Handling.TRANSFER, None, None, False, False),
        (Handling.GUIDE, Procedure.LITIGATION, PetitionClass.CLAIM, False, False),
        (Handling.ANSWER, None, PetitionClass.PROPOSAL, False, False),
    ],
)
def test_sixty_days_run_for_every_class_in_2005_and_for_route_six_in_2022(
    handling: Handling, procedure: Procedure | None, kind: PetitionClass | None, of_2005: bool, of_2022: bool
) -> None:
    assert runs_sixty_days(RULES_2005, handling, procedure, kind) is of_2005
    assert runs_sixty_days(RULES_2022, handling, procedure, kind) is of_2022


def test_what_a_visitor_is_told_names_the_articles_of_the_same_text() -> None:
    route = replace(route_law.chosen(Handling.LOWER, None, REQUEST), notices=(f"先向镇街提出（{LEVELS.of_2022}）。",))
    assert under(RULES_2005, route).notices == ("先向镇街提出（《信访条例》第十六条）。",)
    assert under(RULES_2022, route).notices == route.notices


def test_what_is_told_in_writing_is_a_decision_in_2005_and_none_in_2022() -> None:
    assert route_law.notice_tells(RULES_SHANDONG_2015) == "是否受理"
    assert route_law.notice_tells(RULES_2022) == "接收情况和处理的途径、程序"
