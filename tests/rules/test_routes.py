"""The route assistant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import routes
from onevisit.rules.classification import ContentClass, PetitionClass, Purpose
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_law import runs_sixty_days
from onevisit.rules.routes import QUESTIONS, Answers, Circumstances, Handling, Offer, Route
from onevisit.rules.rulebook import RULES_2022

CLAIM = Circumstances(Purpose.REQUEST, ContentClass.CONSTRUCTION, "370402")
ACCUSATION = Circumstances(Purpose.ACCUSATION, ContentClass.DISCIPLINE, "370404", confidential=True)

circumstances = st.builds(
    Circumstances,
    st.sampled_from(Purpose),
    st.none() | st.sampled_from(ContentClass),
    st.sampled_from(["", "370400", "370402"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
all_answers = st.fixed_dictionaries(
    {key: st.sampled_from(one.choices).map(lambda choice: (choice.key,)) for key, one in QUESTIONS.items()}
)


def answered(**taken: str) -> Answers:
    return {key: (choice,) for key, choice in taken.items()}


def route(case: Circumstances, **taken: str) -> Route:
    found = routes.propose(case, answered(**taken))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("way", "mark", "procedure"),
    [
        ("court", "31(一)", Procedure.LITIGATION),
        ("arbitration", "31(二)", Procedure.ARBITRATION),
        ("party", "31(三)", Procedure.PARTY),
        ("decision", "31(四)", Procedure.ADMINISTRATIVE),
    ],
)
def test_what_has_a_procedure_of_its_own_is_guided_there(way: str, mark: str, procedure: Procedure) -> None:
    found = route(CLAIM, way=way)
    assert (found.handling, found.procedure, found.mark) == (Handling.GUIDE, procedure, mark)
    assert found.article == f"《信访工作条例》第三十一条第（{mark[3]}）项"


@pytest.mark.parametrize(
    ("level", "report", "handling"),
    [
        ("city", "no", Handling.TRANSFER),
        ("district", "no", Handling.LOWER),
        ("town", "no", Handling.LOWER),
        ("city", "yes", Handling.ASSIGN),
        ("town", "yes", Handling.ASSIGN),
    ],
)
@pytest.mark.parametrize("way", ["duty", "none"])
def test_the_rest_is_handed_on(way: str, level: str, report: str, handling: Handling) -> None:
    found = route(CLAIM, way=way, level=level, report=report)
    assert found.handling is handling
    assert found.mark == {"duty": "31(五)", "none": "31(六)"}[way]
    assert "第二十二条" in found.article
    assert "第三十一条" in found.article


def test_check_4_only_route_six_runs_sixty_days() -> None:
    ways = {choice.key for choice in QUESTIONS[routes.WAY].choices}
    found = {way: route(CLAIM, way=way, level="city", report="no") for way in ways}
    claim = PetitionClass.CLAIM
    running = {way for way, one in found.items() if runs_sixty_days(RULES_2022, one.handling, one.procedure, claim)}
    assert running == {"none"}


@pytest.mark.parametrize("handling", Handling)
def test_check_4_what_is_not_handed_on_runs_no_sixty_days(handling: Handling) -> None:
    claim = PetitionClass.CLAIM
    assert runs_sixty_days(RULES_2022, handling, Procedure.OPINION, claim) is handling.hands_on
    assert not runs_sixty_days(RULES_2022, handling, Procedure.LITIGATION, claim)
    assert not runs_sixty_days(RULES_2022, handling, None, claim)


def test_check_12_a_level_that_was_skipped_is_told_and_still_registered() -> None:
    (notice,) = route(CLAIM, way="none", level="town", report="no").notices
    assert "照样登记" in notice
    assert "第二十条" in notice
    assert not route(CLAIM, way="none", level="district", report="no").notices


@given(circumstances.map(lambda case: replace(case, in_period=True, terminated=False)), all_answers)
def test_check_13_inside_the_period_it_is_not_accepted_anew(case: Circumstances, answers: Answers) -> None:
    found = routes.propose(case, answers)
    assert found is not None
    assert (found.mark, found.article) == ("19¶3", "《信访工作条例》第十九条第三款")
    assert found.handling.stops
    assert not runs_sixty_days(RULES_2022, found.handling, found.procedure, case.purpose.petition_class)
    assert "不重新计算" in found.why
    assert routes.questions(case, answers) == ()


def test_a_matter_that_is_over_is_stopped_before_anything_else() -> None:
    found = route(replace(CLAIM, in_period=True, terminated=True))
    assert (found.mark, found.article) == ("36¶3", "《信访工作条例》第三十六条第三款")


@pytest.mark.parametrize(
    ("who", "handling"),
    [("discipline", Handling.DISCIPLINE), ("personnel", Handling.PERSONNEL), ("other", Handling.TRANSFER)],
)
def test_an_accusation_is_sealed_whomever_it_goes_to(who: str, handling: Handling) -> None:
    found = route(replace(ACCUSATION, confidential=False), accused=who)
    assert (found.handling, found.sealed, found.procedure) == (handling, True, None)
    assert found.article == "《信访工作条例》第三十条"


def test_an_enquiry_is_answered_on_the_spot_or_handed_on() -> None:
    enquiry = Circumstances(Purpose.ENQUIRY)
    assert route(enquiry, spot="yes").handling is Handling.ANSWER
    handed_on = route(enquiry, spot="no", level="city", report="no")
    assert (handed_on.mark, handed_on.article) == ("22(一)", "《信访工作条例》第二十二条第（一）项")


def test_a_proposal_goes_to_whoever_considers_it() -> None:
    found = route(Circumstances(Purpose.PROPOSAL), level="district", report="no")
    assert (found.mark, found.procedure) == ("22(二)", None)
    assert "第二十九条" in found.article


def test_what_is_confidential_is_handed_on_sealed() -> None:
    assert route(replace(CLAIM, confidential=True), way="none", level="city", report="no").sealed
    assert route(replace(CLAIM, confidential=True), way="court").sealed
    assert not route(CLAIM, way="none", level="city", report="no").sealed


def test_help_is_offered_beside_the_route() -> None:
    taken = {**answered(way="court"), "beside": ("legal_aid", "mediation", "unheard_of")}
    found = routes.propose(CLAIM, taken)
    assert found is not None
    assert found.beside == (Offer.MEDIATION, Offer.LEGAL_AID)


def test_coming_again_is_told_before_the_new_route() -> None:
    assert "上次" in route(replace(CLAIM, repeat=True), way="court").notices[0]
    assert "上次" in route(replace(ACCUSATION, repeat=True), accused="other").notices[0]


def test_the_questions_come_one_after_the_other() -> None:
    assert [one.key for one in routes.questions(CLAIM, {})] == ["way"]
    assert [one.key for one in routes.questions(CLAIM, answered(way="court"))] == ["way", "beside"]
    long = answered(way="none", level="city", report="no")
    assert [one.key for one in routes.questions(CLAIM, long)] == ["way", "level", "report", "beside"]
    assert [one.key for one in routes.questions(Circumstances(Purpose.OTHER), {})] == ["spot"]


def test_an_open_question_gives_no_route_yet() -> None:
    open_one = routes.open_question(CLAIM, answered(way="none"))
    assert open_one is QUESTIONS["level"]
    assert routes.propose(CLAIM, answered(way="none")) is None
    assert routes.propose(CLAIM, answered(way="nonsense")) is None


@given(circumstances, all_answers)
def test_every_answer_leads_to_a_route_in_few_questions(case: Circumstances, answers: Answers) -> None:
    found = routes.propose(case, answers)
    assert found is not None
    assert len(routes.questions(case, answers)) <= 4
    assert found.why.endswith("。")
    assert found.article.startswith("《信访工作条例》")
    assert found.mark
    assert (found.procedure is None) == (case.purpose.petition_class is not PetitionClass.CLAIM or found.handling.stops)
    assert found.sealed or found.handling.stops or case.purpose is not Purpose.ACCUSATION


@given(circumstances, st.dictionaries(st.sampled_from([*QUESTIONS]), st.just(())))
def test_a_route_is_there_when_no_question_is_open(case: Circumstances, answers: Answers) -> None:
    assert (routes.propose(case, answers) is None) == (routes.open_question(case, answers) is not None)


def test_every_choice_leads_to_a_question_that_exists() -> None:
    for key, question in QUESTIONS.items():
        assert question.key == key
        assert question.text.endswith(("？", "。"))
        assert len({choice.key for choice in question.choices}) == len(question.choices)
        assert all(choice.then in {"", *QUESTIONS} for choice in question.choices)


def test_which_handlings_need_an_organ() -> None:
    without = {one for one in Handling if not one.needs_addressee}
    assert without == {Handling.ANSWER, Handling.IN_PERIOD, Handling.ENDED}
    assert not Handling.GUIDE.hands_on
