"""Extension, stop and going on, and days that are put right, through the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

import pytest
from sqlalchemy import select
from tests.desk.lived import OPINION_LINE, TODAY, lines, routed, shown, stepped, switch_on_shandong

from onevisit.desk import life, life_clocks, lookup, service
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotFoundError
from onevisit.desk.life_clocks import Correction
from onevisit.desk.life_view import Special, StepLine
from onevisit.desk.life_view import life as life_of
from onevisit.desk.register import register
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import ServedDocument, ServiceForm, ServiceMethod, ServiceOutcome
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.rules.pauses import Stop
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import ClockStop, MatterStep

NewForm = Callable[..., RegistrationForm]


class Clock(Protocol):
    """The clock of the house."""

    def advance(self, **time: float) -> None: ...


@pytest.fixture
def matter_id(clerk_desk: Desk, new_form: NewForm) -> int:
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    return found


def faults(error: pytest.ExceptionInfo[FormError]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in error.value.faults}


def extension(days: int = 30) -> Extension:
    return Extension(days, Approver.HEAD, "张局长", "情况复杂", TODAY)


def test_an_extension_is_told_and_counted_once(clerk_desk: Desk, matter_id: int) -> None:
    with pytest.raises(FormError, match="还没有受理"):
        life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())
    stepped(clerk_desk, matter_id, Action.ACCEPT)
    before = lines(clerk_desk, matter_id)["handling"].due
    life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())
    after = lines(clerk_desk, matter_id)["handling"].due
    assert (before, after) == (date(2027, 1, 22), date(2027, 2, 22))
    told = lookup.open_matter(clerk_desk, matter_id).timeline[-1]
    assert told.kind == "延期"
    assert told.text.startswith("办理期限延长 30 日，经张局长")
    assert "只能延期一次" in life_of(clerk_desk, matter_id).act(Special.EXTEND).why_not
    with pytest.raises(FormError, match="只能延期一次"):
        life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())
    stepped(clerk_desk, matter_id, Action.ANSWER)
    with pytest.raises(FormError, match="已经答复"):
        life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())


@pytest.mark.parametrize("days", [1, 7, 15, 29, 30])
def test_an_extension_never_moves_a_date_back(clerk_desk: Desk, matter_id: int, days: int) -> None:
    stepped(clerk_desk, matter_id, Action.ACCEPT)
    before = lines(clerk_desk, matter_id)["handling"].due
    life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension(days))
    after = lines(clerk_desk, matter_id)["handling"].due
    assert before is not None
    assert after is not None
    assert after >= before


def test_an_extension_is_used_up_with_the_handling_it_was_for(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    stepped(clerk_desk, matter_id, Action.ACCEPT)
    life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())
    stepped(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW)
    life.take(clerk_desk, shown(clerk_desk, matter_id), Action.REVIEW, StepForm(TODAY, outcome="revoked"))
    clock.advance(days=1)
    redone = TODAY + timedelta(days=1)
    stepped(clerk_desk, matter_id, Action.REDO, on=redone)
    assert lines(clerk_desk, matter_id)["handling"].due == date(2027, 1, 25)  # 60 days end on a Saturday
    assert life_of(clerk_desk, matter_id).act(Special.EXTEND).why_not == ""


def test_a_day_that_would_take_the_extension_away_is_refused(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    clock.advance(days=10)
    stepped(clerk_desk, matter_id, Action.ACCEPT)
    life_clocks.extend(clerk_desk, shown(clerk_desk, matter_id), extension())
    due = lines(clerk_desk, matter_id)["handling"].due
    accepted = life_of(clerk_desk, matter_id).steps[-1]
    later = Correction(TODAY + timedelta(days=1), None, "看错了")
    with pytest.raises(FormError) as wrong:
        life_clocks.correct(clerk_desk, shown(clerk_desk, matter_id), accepted.step_id, later)
    assert "晚于批准延期的日子（2026年11月23日）" in faults(wrong)["on"]
    assert lines(clerk_desk, matter_id)["handling"].due == due


@pytest.mark.parametrize("days", [1, 4, 6, 11])
def test_a_stop_of_n_days_in_the_final_review_moves_its_end_n_days(
    clerk_desk: Desk, matter_id: int, clock: Clock, days: int
) -> None:
    for action in OPINION_LINE:
        stepped(clerk_desk, matter_id, action, served_on=TODAY if action in {Action.ANSWER, Action.REVIEW} else None)
    before = lines(clerk_desk, matter_id)["final_review"]
    clock.advance(days=20)
    first = TODAY + timedelta(days=2)
    heard = Stop(StopReason.HEARING, first, first + timedelta(days=days - 1))
    life_clocks.stop(clerk_desk, shown(clerk_desk, matter_id), ClockKind.FINAL_REVIEW, heard)
    after = lines(clerk_desk, matter_id)["final_review"]
    assert before.due == date(2026, 12, 23)
    unrolled = date(2026, 12, 23) + timedelta(days=days)
    assert after.due is not None
    assert 0 <= (after.due - unrolled).days <= 3, "no further than to the next working day"
    assert any(f"往后推 {days} 日" in step for step in after.why)


def test_a_stop_stands_until_it_goes_on(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    clock.advance(days=3)
    stop = Stop(StopReason.OTHER, TODAY + timedelta(days=1), note="停电")
    life_clocks.stop(clerk_desk, shown(clerk_desk, matter_id), ClockKind.NOTICE, stop)
    view = life_of(clerk_desk, matter_id)
    assert [one.label for one in view.stops] == ["机关书面告知：其他"]
    assert view.act(Special.GO_ON).why_not == ""
    for last, sentence in ((None, "请填写"), (TODAY + timedelta(days=9), "之后"), (TODAY, "早于起日")):
        with pytest.raises(FormError) as wrong:
            life_clocks.go_on(clerk_desk, view.seen, view.stops[0].stop_id, last)
        assert sentence in faults(wrong)["last"]
    life_clocks.go_on(clerk_desk, view.seen, view.stops[0].stop_id, TODAY + timedelta(days=2))
    told = [one.kind for one in lookup.open_matter(clerk_desk, matter_id).timeline[-2:]]
    assert told == ["暂停", "继续计算"]
    with pytest.raises(NotFoundError):
        life_clocks.go_on(clerk_desk, shown(clerk_desk, matter_id), view.stops[0].stop_id, TODAY)


def test_what_speaks_against_a_stop_is_said(clerk_desk: Desk, matter_id: int) -> None:
    cases = (
        (ClockKind.HANDLING, Stop(StopReason.HEARING, TODAY), "clock", "没有在走"),
        (ClockKind.NOTICE, Stop(StopReason.OTHER, TODAY), "note", "为什么暂停"),
        (ClockKind.NOTICE, Stop(StopReason.HEARING, TODAY - timedelta(days=1)), "first", "早于这段期限开始"),
    )
    for clock_kind, stop, field, sentence in cases:
        with pytest.raises(FormError) as wrong:
            life_clocks.stop(clerk_desk, shown(clerk_desk, matter_id), clock_kind, stop)
        assert sentence in faults(wrong)[field]
    life_clocks.stop(clerk_desk, shown(clerk_desk, matter_id), ClockKind.NOTICE, Stop(StopReason.HEARING, TODAY))
    with pytest.raises(FormError, match="重叠"):
        life_clocks.stop(clerk_desk, shown(clerk_desk, matter_id), ClockKind.NOTICE, Stop(StopReason.HEARING, TODAY))
    with clerk_desk.look(Permission.SEARCH) as session:
        assert len(session.scalars(select(ClockStop)).all()) == 1


def test_a_wrong_day_is_put_right_with_its_reason_and_the_old_one_stays_in_the_timeline(
    clerk_desk: Desk, matter_id: int, clock: Clock
) -> None:
    clock.advance(days=10)
    accepted = TODAY + timedelta(days=5)
    stepped(clerk_desk, matter_id, Action.ACCEPT, on=accepted)
    step = life_of(clerk_desk, matter_id).steps[-1]
    right = TODAY + timedelta(days=3)
    life_clocks.correct(
        clerk_desk, shown(clerk_desk, matter_id), step.step_id, Correction(right, None, "把收文日当成受理日")
    )
    told = lookup.open_matter(clerk_desk, matter_id).timeline
    assert told[-1].kind == "更正"
    assert told[-1].text == "“登记受理”；日期由2026年11月28日改为2026年11月26日；理由：把收文日当成受理日"
    assert any("2026年11月28日" in one.text and one.kind == "登记受理" for one in told)
    assert life_of(clerk_desk, matter_id).steps[-1].on == right
    assert lines(clerk_desk, matter_id)["handling"].due == date(2027, 1, 25)


@pytest.fixture
def served(clerk_desk: Desk, matter_id: int, clock: Clock) -> StepLine:
    """An opinion that is only on its way on one day, and signed for on the next."""
    clock.advance(days=10)
    stepped(clerk_desk, matter_id, Action.ACCEPT, on=TODAY + timedelta(days=2))
    stepped(clerk_desk, matter_id, Action.ANSWER, on=TODAY + timedelta(days=5))
    answer = life_of(clerk_desk, matter_id).steps[-1]
    for outcome, day in ((ServiceOutcome.ON_ITS_WAY, 5), (ServiceOutcome.SIGNED, 6)):
        on = TODAY + timedelta(days=day)
        form = ServiceForm(ServedDocument.OPINION, ServiceMethod.POST, outcome, on, step_id=answer.step_id)
        service.serve(clerk_desk, shown(clerk_desk, matter_id), form)
    return life_of(clerk_desk, matter_id).steps[-1]


def services(desk: Desk, matter_id: int) -> list[tuple[ServiceOutcome, date]]:
    with desk.look(Permission.SEARCH) as session:
        return [(one.outcome, one.on) for one in service.services_of(session, matter_id)]


def test_a_day_of_service_that_is_cleared_takes_its_record_back_until_there_is_a_right_one(
    clerk_desk: Desk, matter_id: int, served: StepLine
) -> None:
    def correct(day: date | None, reason: str) -> None:
        correction = Correction(served.on, day, reason)
        life_clocks.correct(clerk_desk, shown(clerk_desk, matter_id), served.step_id, correction)

    mailed, right = (ServiceOutcome.ON_ITS_WAY, TODAY + timedelta(days=5)), TODAY + timedelta(days=8)
    correct(None, "签收的是另一份")
    assert services(clerk_desk, matter_id) == [mailed]
    assert "review_request" not in lines(clerk_desk, matter_id)
    correct(right, "还是这一份")
    assert services(clerk_desk, matter_id) == [(ServiceOutcome.SIGNED, right), mailed]
    correct(None, "又弄错了")
    form = ServiceForm(ServedDocument.OPINION, ServiceMethod.IN_PERSON, ServiceOutcome.SIGNED, right)
    service.serve(clerk_desk, shown(clerk_desk, matter_id), replace(form, step_id=served.step_id))
    assert services(clerk_desk, matter_id) == [(ServiceOutcome.SIGNED, right), mailed]


def test_a_day_of_service_that_is_put_right_stands_in_its_record_as_well(
    clerk_desk: Desk, matter_id: int, served: StepLine
) -> None:
    right = TODAY + timedelta(days=7)
    life_clocks.correct(
        clerk_desk, shown(clerk_desk, matter_id), served.step_id, Correction(served.on, right, "回执上是第二天")
    )
    assert services(clerk_desk, matter_id)[0] == (ServiceOutcome.SIGNED, right)
    assert lines(clerk_desk, matter_id)["review_request"].due == date(2026, 12, 30)


def test_what_speaks_against_a_correction_is_said(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    clock.advance(days=10)
    stepped(clerk_desk, matter_id, Action.ACCEPT, on=TODAY + timedelta(days=2))
    stepped(clerk_desk, matter_id, Action.ANSWER, on=TODAY + timedelta(days=5), served_on=TODAY + timedelta(days=6))
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW, on=TODAY + timedelta(days=8))
    route, accept, answer, _ = life_of(clerk_desk, matter_id).steps
    assert (accept.may_be_served, answer.may_be_served) == (False, True)
    cases = (
        (accept, Correction(None, None, "笔误"), "on", "请填写受理日期"),
        (accept, Correction(TODAY - timedelta(days=1), None, "笔误"), "on", "早于“定去向”"),
        (accept, Correction(TODAY + timedelta(days=6), None, "笔误"), "on", "晚于后面的“登记答复”"),
        (accept, Correction(TODAY + timedelta(days=2), None, "笔误"), "on", "没有改动"),
        (accept, Correction(TODAY + timedelta(days=1), None, " "), "reason", "为什么记错"),
        (accept, Correction(accept.on, TODAY + timedelta(days=3), "笔误"), "served_on", "没有要送达的意见书"),
        (answer, Correction(answer.on, TODAY + timedelta(days=9), "笔误"), "served_on", "晚于后面的“登记复查申请”"),
        (answer, Correction(answer.on, TODAY + timedelta(days=1), "笔误"), "served_on", "早于答复日期"),
        (route, Correction(TODAY + timedelta(days=3), None, "笔误"), "on", "晚于后面的"),
    )
    for step, correction, field, sentence in cases:
        with pytest.raises(FormError) as wrong:
            life_clocks.correct(clerk_desk, shown(clerk_desk, matter_id), step.step_id, correction)
        assert sentence in faults(wrong)[field]
    with pytest.raises(NotFoundError):
        life_clocks.correct(clerk_desk, shown(clerk_desk, matter_id), 999_999, Correction(TODAY, None, "笔误"))
    life_clocks.correct(
        clerk_desk,
        shown(clerk_desk, matter_id),
        route.step_id,
        Correction(TODAY + timedelta(days=1), None, "补录时写错"),
    )
    life_clocks.correct(
        clerk_desk, shown(clerk_desk, matter_id), answer.step_id, Correction(answer.on, None, "其实没有送到")
    )
    assert "送达日期由2026年11月29日改为未送达" in lookup.open_matter(clerk_desk, matter_id).timeline[-1].text
    with clerk_desk.look(Permission.SEARCH) as session:
        assert session.get_one(MatterStep, answer.step_id).served_on is None


def test_whether_a_review_is_accepted_is_due_within_three_workdays_in_shandong(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    switch_on_shandong(clerk_desk)
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    stepped(clerk_desk, found, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, found, Action.ASK_REVIEW)
    assert lines(clerk_desk, found)["review_acceptance"].due == date(2026, 11, 26)
    clock.advance(days=4)
    late = StepForm(TODAY + timedelta(days=4))
    with pytest.raises(FormError) as warned:
        life.note(clerk_desk, shown(clerk_desk, found), Event.REVIEW_ACCEPTED, late)
    assert "2026年11月26日" in faults(warned)["late_reason"]
    in_time = StepForm(TODAY + timedelta(days=3))
    life.note(clerk_desk, shown(clerk_desk, found), Event.REVIEW_ACCEPTED, in_time)
    assert lines(clerk_desk, found)["review_acceptance"].words == "按期完成"
