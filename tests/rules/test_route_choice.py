"""What stops the clerk's decision about a route."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import route_choice, routes
from onevisit.rules.classification import Purpose
from onevisit.rules.faults import Fault
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Circumstances, Handling, Offer, Route
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015
from onevisit.rules.rulesets import RuleSet

TODAY = date(2026, 11, 24)
CLAIM = Circumstances(Purpose.REQUEST)
ACCUSATION = Circumstances(Purpose.ACCUSATION)
PROPOSED = Route(Handling.TRANSFER, Procedure.OPINION, "《信访工作条例》第三十一条第（六）项", "没有别的程序。")
SEALED = Route(Handling.DISCIPLINE, None, "《信访工作条例》第三十条", "密封转送。", sealed=True)
DECISION = route_choice.taken_over(PROPOSED, ("市住房和城乡建设局",))


def faults(
    decision: Decision, case: Circumstances, proposed: Route | None, respondent: str, rules: RuleSet = RULES_2022
) -> tuple[Fault, ...]:
    return route_choice.check(decision, proposed, case, respondent=respondent, rules=rules, today=TODAY)


def fields(
    decision: Decision, case: Circumstances = CLAIM, proposed: Route | None = PROPOSED, respondent: str = "某物业公司"
) -> list[str]:
    return [one.field for one in faults(decision, case, proposed, respondent)]


def test_the_proposal_taken_over_may_be_saved() -> None:
    assert fields(DECISION) == []
    assert route_choice.taken_over(replace(PROPOSED, beside=(Offer.MEDIATION,))).beside == (Offer.MEDIATION,)


def test_nothing_chosen_is_the_only_thing_told() -> None:
    assert fields(Decision()) == ["handling"]


@pytest.mark.parametrize("respondent", ["某化工厂", "某化工厂（滕州）", "张某、某化工厂厂长", "某 化工厂 有限公司"])
def test_check_8_the_accused_unit_as_addressee_is_refused(respondent: str) -> None:
    decision = Decision(Handling.DISCIPLINE, addressees=("市纪委监委信访室", "某化工厂"))
    (fault,) = faults(decision, ACCUSATION, SEALED, respondent)
    assert (fault.field, fault.article) == ("addressees.1", "《信访工作条例》第三十条")
    (then,) = faults(decision, ACCUSATION, SEALED, respondent, RULES_SHANDONG_2015)
    assert (then.field, then.article) == ("addressees.1", "《信访条例》第二十三条")


def test_check_8_no_reason_helps() -> None:
    decision = Decision(Handling.TRANSFER, addressees=("某化工厂",), reason="来访人要求。")
    assert fields(decision, ACCUSATION, SEALED, "某化工厂") == ["addressees.0"]


def test_check_8_a_confidential_claim_is_kept_from_its_respondent_too_and_an_open_one_is_not() -> None:
    decision = replace(DECISION, addressees=("某镇人民政府",))
    assert fields(decision, replace(CLAIM, confidential=True), respondent="某镇政府") == ["addressees.0"]
    assert fields(decision, respondent="某镇政府") == []


def test_choosing_otherwise_takes_a_reason() -> None:
    other = replace(DECISION, handling=Handling.LOWER)
    assert fields(other) == ["reason"]
    assert fields(replace(other, reason="  \n ")) == ["reason"]
    assert fields(replace(other, reason="区里已有专班。")) == []
    assert fields(DECISION, proposed=None) == ["reason"]
    assert fields(replace(DECISION, reason="长" * 501)) == ["reason"]


def test_whoever_is_to_receive_it_is_named() -> None:
    assert fields(replace(DECISION, addressees=())) == ["addressees"]
    assert fields(replace(DECISION, addressees=(" ",))) == ["addressees"]
    assert fields(replace(DECISION, addressees=tuple(f"示例单位{n}" for n in range(11)))) == ["addressees"]
    assert fields(replace(DECISION, addressees=("长" * 101,))) == ["addressees.0"]
    answered = Decision(Handling.ANSWER, reason="当场说清楚了。")
    assert fields(answered) == []


@pytest.mark.parametrize(("by", "faults"), [(None, 1), (TODAY, 1), (date(2026, 11, 25), 0)])
def test_an_assignment_says_by_when(by: date | None, faults: int) -> None:
    decision = replace(DECISION, handling=Handling.ASSIGN, reply_by=by, reason="情况重要。")
    assert fields(decision) == ["reply_by"] * faults


def test_the_day_of_the_report_rests_on_the_text_of_the_matter() -> None:
    decision = replace(DECISION, handling=Handling.ASSIGN, reason="情况重要。")
    told = {rules.code: faults(decision, CLAIM, PROPOSED, "", rules)[0].article for rules in (RULES_2022, RULES_2005)}
    assert told == {"2022": "《信访工作条例》第二十二条第（三）项", "2005": "《信访条例》第二十一条第（四）项"}


def test_only_an_assignment_has_a_day_of_report() -> None:
    assert fields(replace(DECISION, reply_by=date(2027, 1, 4))) == ["reply_by"]


@pytest.mark.parametrize(
    ("handling", "case"),
    [
        (Handling.IN_PERIOD, replace(CLAIM, in_period=True)),
        (Handling.ENDED, replace(CLAIM, terminated=True)),
    ],
)
def test_a_stop_needs_what_stops(handling: Handling, case: Circumstances) -> None:
    decision = Decision(handling, reason="已查过登记。")
    assert fields(decision) == ["handling"]
    assert fields(decision, case) == []
    assert fields(replace(decision, procedure=Procedure.OPINION), case) == ["procedure"]


def test_guidance_names_the_procedure_and_the_procedures_are_for_claims() -> None:
    guided = Decision(Handling.GUIDE, addressees=("市中级人民法院",), reason="有判决。")
    assert fields(guided) == ["procedure"]
    assert fields(replace(guided, procedure=Procedure.LITIGATION)) == []
    assert fields(replace(guided, procedure=Procedure.OPINION)) == ["handling"]
    assert fields(replace(guided, procedure=Procedure.DUTY), ACCUSATION) == ["procedure"]
    assert fields(replace(guided, procedure=Procedure.DUTY), Circumstances(Purpose.PROPOSAL)) == ["procedure"]


def test_a_joint_matter_names_who_leads() -> None:
    assert route_choice.joint_notice((), RULES_2022) == ""
    assert route_choice.joint_notice(("市住建局",), RULES_2022) == ""
    told = route_choice.joint_notice(("市住建局", "市城管局", "某区政府"), RULES_2022)
    assert told.startswith("这件事涉及几个单位，由市住建局牵头，会同市城管局、某区政府协商办理")
    assert "第二十四条" in told
    assert route_choice.joint_notice(("市住建局", "市城管局"), RULES_2005).endswith("有争议的由共同的上一级决定。")


@given(
    st.builds(
        Decision,
        st.none() | st.sampled_from(Handling),
        st.none() | st.sampled_from(Procedure),
        st.lists(st.sampled_from(["", "某化工厂", "市纪委监委"]), max_size=3).map(tuple),
        st.none() | st.dates(),
        st.text(max_size=5),
    ),
    st.builds(Circumstances, st.sampled_from(Purpose)),
)
def test_nothing_that_may_be_saved_tells_the_accused(decision: Decision, case: Circumstances) -> None:
    found = faults(decision, case, None, "某化工厂")
    assert all(one.sentence.endswith("。") for one in found)
    if not found and case.purpose is Purpose.ACCUSATION:
        assert "某化工厂" not in decision.addressees


def test_the_whole_way_of_sample_three() -> None:
    case = Circumstances(Purpose.APPEAL)
    route = routes.propose(case, {"way": ("court",)})
    assert route is not None
    decision = route_choice.taken_over(route, ("台儿庄区人民法院诉讼服务中心",))
    assert fields(decision, case, route, "台儿庄区人民法院") == []
