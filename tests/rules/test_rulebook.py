"""Which rule set a matter is registered under, and what each of the shipped ones says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import registration
from onevisit.rules.classification import PetitionClass
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulebook import (
    RULES_2005,
    RULES_2022,
    RULES_SHANDONG_2015,
    RULES_SHANDONG_2022,
    SHIPPED,
    RuleSetFault,
    addition_faults,
    choose,
    day_fault,
    named,
)
from onevisit.rules.ruleset_faults import ruleset_faults
from onevisit.rules.rulesets import FIRST_DAY, ClockKind, DayUnit, Figure, RuleSet, StopReason

TODAY = date(2026, 11, 24)
HERE = "370400"
ELSEWHERE = "320300"


def own(**changes: object) -> RuleSet:
    return replace(RULES_2022, **({"code": "own", "name": "本市规则"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "region", "code"),
    [
        (date(2019, 3, 1), HERE, "2005-37"),
        (date(2019, 3, 1), ELSEWHERE, "2005"),
        (date(2022, 5, 1), HERE, "2022"),
        (date(2022, 4, 30), HERE, "2005-37"),
        (date(2022, 4, 30), ELSEWHERE, "2005"),
        (date(2015, 12, 31), HERE, "2005"),
        (date(2016, 1, 1), HERE, "2005-37"),
        (date(2005, 5, 1), HERE, "2005"),
        (TODAY, HERE, "2022"),
    ],
)
def test_check_3_the_day_of_registration_chooses_the_rules(day: date, region: str, code: str) -> None:
    assert choose(day, TODAY, region).code == code


def test_a_day_before_the_first_rules_or_in_the_future_is_a_sentence() -> None:
    with pytest.raises(RuleSetFault) as early:
        choose(date(2005, 4, 30), TODAY, HERE)
    assert early.value.sentence == (
        "登记日期早于2005年5月1日（《信访条例》施行之日），没有可以适用的规则，请核对日期。"
    )
    with pytest.raises(RuleSetFault) as late:
        choose(TODAY + timedelta(1), TODAY, HERE)
    assert late.value.sentence == "登记日期在今天（2026年11月24日）之后，请核对日期。"
    assert day_fault(TODAY, TODAY) is None
    assert day_fault(FIRST_DAY, TODAY) is None
    fault = day_fault(date(1999, 1, 1), TODAY, "arrived_on", "来访日期")
    assert fault is not None
    assert fault.field == "arrived_on"
    assert fault.sentence.startswith("来访日期早于")


def test_shandongs_text_after_2022_is_switched_on_and_is_for_shandong() -> None:
    on = {"2022-37"}
    assert choose(TODAY, TODAY, HERE, switched_on=on) is RULES_SHANDONG_2022
    assert choose(TODAY, TODAY, ELSEWHERE, switched_on=on) is RULES_2022
    assert choose(date(2022, 4, 30), TODAY, HERE, switched_on=on) is RULES_SHANDONG_2015
    added = [RULES_SHANDONG_2022.assigner_approves, RULES_SHANDONG_2022.review_acceptance]
    assert all(one is not None and one.example for one in added)


def test_a_set_of_the_unit_takes_the_place_of_a_shipped_one_and_ends_when_it_says() -> None:
    local = own(region="370403", until=date(2024, 12, 31))
    assert choose(date(2024, 12, 31), TODAY, "370403", own=[local]) is local
    assert choose(date(2025, 1, 1), TODAY, "370403", own=[local]) is RULES_2022
    assert choose(date(2024, 12, 31), TODAY, HERE, own=[local]) is RULES_2022
    everywhere = own()
    assert choose(TODAY, TODAY, HERE, own=[everywhere]) is everywhere
    later = own(code="later", in_force=date(2026, 1, 1))
    assert choose(TODAY, TODAY, HERE, own=[everywhere, later], switched_on={"2022-37"}) is later


def test_a_matter_keeps_its_set() -> None:
    assert named("2005") is RULES_2005
    assert named("2022-37") is RULES_SHANDONG_2022
    assert named("own", own=[own()]) == own()
    with pytest.raises(RuleSetFault) as unknown:
        named("own")
    assert unknown.value.sentence == "本机没有代号为“own”的规则，请管理员先导入这套规则，再打开这件事项。"


def test_no_set_can_be_put_in_place_of_another_that_matters_keep() -> None:
    assert addition_faults(own()) == ()
    assert addition_faults(own(), [own()]) == ()
    assert addition_faults(RULES_2022) == ()
    (taken,) = addition_faults(own(code="2022"))
    assert (taken.field, "请换一个新代号" in taken.sentence) == ("code", True)
    (twin,) = addition_faults(own(code="own2", name="另一套"), [own()])
    assert twin.field == "in_force"
    assert "分不清用哪一套" in twin.sentence
    assert [fault.field for fault in addition_faults(own(name=" "))] == ["name"]


@given(st.dates(FIRST_DAY, TODAY), st.sampled_from([HERE, ELSEWHERE, "", "37040G"]), st.booleans())
def test_for_every_day_there_is_one_set_that_fits(day: date, region: str, on: bool) -> None:
    found = choose(day, TODAY, region, switched_on={"2022-37"} if on else ())
    assert found.in_force <= day
    assert region.startswith(found.region)
    assert found.code.startswith("2022") is (day >= date(2022, 5, 1))


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_what_is_shipped_is_sound(rules: RuleSet) -> None:
    assert ruleset_faults(rules) == ()
    lengths = {kind: rules.period(kind) for kind in ClockKind}
    days = {kind: one.days for kind, one in lengths.items() if one and one.unit is DayUnit.DAYS}
    thirty = dict.fromkeys(
        [
            ClockKind.REVIEW_REQUEST,
            ClockKind.REVIEW,
            ClockKind.FINAL_REQUEST,
            ClockKind.FINAL_REVIEW,
            ClockKind.CONFIRMATION,
        ],
        30,
    )
    assert days == {ClockKind.TRANSFER: 15, ClockKind.NOTICE: 15, ClockKind.HANDLING: 60} | thirty
    assert (rules.extension.value, rules.representatives.value, rules.agents.value) == (30, 5, 2)
    hearing = rules.stop_rule(StopReason.HEARING)
    assert hearing is not None
    assert hearing.clocks == (ClockKind.FINAL_REVIEW,)
    assert rules.stop_rule(StopReason.MEDIATION) is None


def test_workdays_are_few() -> None:
    found = {
        (rules.code, kind): one.days
        for rules in SHIPPED
        for kind in ClockKind
        if (one := rules.period(kind)) and one.unit is DayUnit.WORKDAYS
    }
    assert found == {
        ("2005-37", ClockKind.REVIEW_ACCEPTANCE): 3,
        ("2005-37", ClockKind.FINAL_ACCEPTANCE): 3,
        ("2022", ClockKind.OBJECTION): 5,
        ("2022-37", ClockKind.OBJECTION): 5,
        ("2022-37", ClockKind.REVIEW_ACCEPTANCE): 3,
        ("2022-37", ClockKind.FINAL_ACCEPTANCE): 3,
    }


def test_who_has_60_days() -> None:
    assert RULES_2022.handling_procedures == (Procedure.OPINION,)
    assert RULES_2022.handling_classes == (PetitionClass.CLAIM,)
    assert RULES_2005.handling_classes == tuple(PetitionClass)
    assert set(Procedure) - set(RULES_2005.handling_procedures) == {Procedure.LITIGATION, Procedure.ARBITRATION}


def test_the_limits_that_are_built_in_elsewhere_agree() -> None:
    for rules in SHIPPED:
        assert (rules.representatives.value, rules.agents.value) == (5, 2)
        assert rules.group_from == Figure(registration.GROUP_FROM, "", example=True)
