"""The checks of a tester on the life of a matter (numbers 5, 6, 7, 10, 14 and 15 of the list), through the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

import pytest
from tests.desk.lived import OPINION_LINE, TODAY, lines, routed, shown, stepped, switch_on_shandong
from tests.desk.test_opinions import WHOLE

from onevisit.desk import life, life_clocks, lookup, opinions
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.life_view import life as life_of
from onevisit.desk.opinions import Draft
from onevisit.desk.register import register
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action, State
from onevisit.rules.opinions import Opinion, OpinionItem, OpinionOutcome
from onevisit.rules.pauses import Stop
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm

NewForm = Callable[..., RegistrationForm]


class Clock(Protocol):
    """The clock of the house."""

    def advance(self, **time: float) -> None: ...


@pytest.fixture
def accepted(clerk_desk: Desk, new_form: NewForm) -> int:
    """A matter that its organ accepted today, to be decided by a handling opinion."""
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    stepped(clerk_desk, found, Action.ACCEPT)
    return found


def faults(error: pytest.ExceptionInfo[FormError]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in error.value.faults}


def test_check_5_an_extension_of_31_days_or_without_approver_or_reason_is_refused(
    clerk_desk: Desk, accepted: int
) -> None:
    good = Extension(30, Approver.HEAD, "张局长", "情况复杂", TODAY)
    for changed, field, sentence in (
        (replace(good, days=31), "days", "延期应在 1 至 30 日之间（现为 31 日），请改正。"),
        (replace(good, approved_by=" "), "approved_by", "批准，请写明批准人。"),
        (replace(good, reason=""), "reason", "请写明延期理由，要告知信访人。"),
    ):
        with pytest.raises(FormError) as refused:
            life_clocks.extend(clerk_desk, shown(clerk_desk, accepted), changed)
        assert sentence in faults(refused)[field]
    assert lines(clerk_desk, accepted)["handling"].due == date(2027, 1, 22)


def test_check_5_what_was_assigned_in_shandong_is_extended_by_the_organ_that_assigned_it(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    switch_on_shandong(clerk_desk)
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found, Handling.ASSIGN)
    stepped(clerk_desk, found, Action.ACCEPT)
    assert life_of(clerk_desk, found).assigner_approves
    by_head = Extension(30, Approver.HEAD, "张局长", "情况复杂", TODAY)
    with pytest.raises(FormError) as refused:
        life_clocks.extend(clerk_desk, shown(clerk_desk, found), by_head)
    assert faults(refused) == {"approver": "交办的事项延期，须经交办机关批准，请先报交办机关。"}
    by_assigner = replace(by_head, approver=Approver.ASSIGNING_ORGAN, approved_by="示例信访局")
    life_clocks.extend(clerk_desk, shown(clerk_desk, found), by_assigner)
    assert lines(clerk_desk, found)["handling"].due == date(2027, 2, 22)


def test_check_6_a_review_asked_on_day_31_is_warned_of_with_the_date_and_goes_on_with_a_reason(
    clerk_desk: Desk, accepted: int, clock: Clock
) -> None:
    stepped(clerk_desk, accepted, Action.ANSWER, served_on=TODAY)
    clock.advance(days=31)
    day_31 = TODAY + timedelta(days=31)
    with pytest.raises(FormError) as warned:
        life.take(clerk_desk, shown(clerk_desk, accepted), Action.ASK_REVIEW, StepForm(day_31))
    assert faults(warned) == {
        "late_reason": "复查应在2026年12月23日前（含当日）请求，这次晚了 1 天；仍要登记的，请写明理由。"
    }
    form = StepForm(day_31, late_reason="住院，有证明")
    assert life.take(clerk_desk, shown(clerk_desk, accepted), Action.ASK_REVIEW, form).state is State.IN_REVIEW
    told = lookup.open_matter(clerk_desk, accepted).timeline[-1].text
    assert told == "超期理由：住院，有证明"


def test_check_6_on_day_30_nobody_is_warned(clerk_desk: Desk, accepted: int, clock: Clock) -> None:
    stepped(clerk_desk, accepted, Action.ANSWER, served_on=TODAY)
    clock.advance(days=30)
    form = StepForm(TODAY + timedelta(days=30))
    assert life.take(clerk_desk, shown(clerk_desk, accepted), Action.ASK_REVIEW, form).state is State.IN_REVIEW


def test_check_7_six_days_of_hearing_move_the_final_review_by_six_and_the_first_handling_by_none(
    clerk_desk: Desk, accepted: int, clock: Clock
) -> None:
    heard = Stop(StopReason.HEARING, TODAY + timedelta(days=2), TODAY + timedelta(days=7))
    clock.advance(days=10)
    before = lines(clerk_desk, accepted)["handling"].due
    life_clocks.stop(clerk_desk, shown(clerk_desk, accepted), ClockKind.HANDLING, heard)
    handling = lines(clerk_desk, accepted)["handling"]
    assert handling.due == before
    assert any("照常计入，日期不变" in step for step in handling.why)
    for action in OPINION_LINE[1:]:
        stepped(clerk_desk, accepted, action, served_on=TODAY if action in {Action.ANSWER, Action.REVIEW} else None)
    final = lines(clerk_desk, accepted)["final_review"].due
    life_clocks.stop(clerk_desk, shown(clerk_desk, accepted), ClockKind.FINAL_REVIEW, heard)
    assert (final, lines(clerk_desk, accepted)["final_review"].due) == (date(2026, 12, 23), date(2026, 12, 29))


def test_check_10_an_objection_on_workday_6_is_flagged_late(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    clock.advance(days=8)
    workday_6 = date(2026, 12, 1)  # 2026-11-23 is a Monday: the fifth workday after it is Monday 30th
    with pytest.raises(FormError) as flagged:
        life.take(clerk_desk, shown(clerk_desk, found), Action.OBJECT, StepForm(workday_6, note="不属本单位职责"))
    assert faults(flagged) == {
        "late_reason": "异议应在2026年11月30日前（含当日）提出，这次晚了 1 天；仍要退回的，请写明理由。"
    }
    in_time = StepForm(date(2026, 11, 30), note="不属本单位职责")
    assert life.take(clerk_desk, shown(clerk_desk, found), Action.OBJECT, in_time).state is State.OBJECTED


@pytest.mark.parametrize("missing", ["request", "facts", "decision", "basis"])
def test_check_14_an_opinion_that_lacks_an_item_is_not_made_final(
    clerk_desk: Desk, accepted: int, missing: str
) -> None:
    texts = {item.value: getattr(WHOLE.opinion, item.value) for item in OpinionItem} | {missing: "  "}
    lacking = replace(WHOLE, opinion=Opinion(**texts, outcome=OpinionOutcome.SUPPORTED))
    with pytest.raises(FormError) as refused:
        opinions.make_final(clerk_desk, shown(clerk_desk, accepted), Draft(), lacking)
    assert list(faults(refused)) == [missing]
    _, draft = opinions.write(clerk_desk, shown(clerk_desk, accepted), Draft(), lacking)
    assert draft.opinion_id is not None
    assert opinions.sheet(clerk_desk, draft.opinion_id).final_on is None, "printed as a draft only"


def test_check_14_the_remedy_is_an_item_in_shandong(clerk_desk: Desk, new_form: NewForm) -> None:
    switch_on_shandong(clerk_desk)
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    with pytest.raises(FormError) as refused:
        opinions.make_final(clerk_desk, shown(clerk_desk, found), Draft(), WHOLE)
    assert "救济途径和期限" in faults(refused)["remedy"]


@pytest.mark.parametrize("remedy", ["可以在 60 日内申请行政复议", "可以向人民法院提起行政诉讼"])
def test_check_15_an_opinion_that_offers_a_suit_or_reconsideration_is_warned_of(
    clerk_desk: Desk, accepted: int, remedy: str
) -> None:
    offering = replace(WHOLE, opinion=replace(WHOLE.opinion, remedy=remedy))
    with pytest.raises(FormError) as warned:
        opinions.make_final(clerk_desk, shown(clerk_desk, accepted), Draft(), offering)
    assert "不是行政复议或者诉讼" in faults(warned)["remedy"]
    opinions.write(clerk_desk, shown(clerk_desk, accepted), Draft(), offering)
    assert life_of(clerk_desk, accepted).opinions[0].warnings[0].field == "remedy"
    opinions.make_final(clerk_desk, shown(clerk_desk, accepted), Draft(), offering, in_spite=True)
