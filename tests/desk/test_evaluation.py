"""Evaluations: asked, answered once, declined, or silent when the days are over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import shown as now

from onevisit.desk import afterwards, audit, calls, evaluation, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.evaluation import EvaluationLine, ToAsk
from onevisit.desk.policy import save_policy
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationForm,
    EvaluationStanding,
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
)
from onevisit.rules.classification import ReturnReason
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.matter_life import State
from onevisit.rules.policy import Policy
from onevisit.store.tables import Matter

NewForm = Callable[..., RegistrationForm]
WINDOW, ORGAN = EvaluationSubject.WINDOW, EvaluationSubject.ORGAN


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


@pytest.fixture
def shown(clerk_desk: Desk, visit: Registered) -> Seen:
    return lookup.open_matter(clerk_desk, visit.matter_id).seen


def lines(desk: Desk, shown: Seen) -> tuple[EvaluationLine, ...]:
    return afterwards.afterwards(desk, shown.matter_id).evaluations


def asked_of(desk: Desk, visit: Registered, subject: EvaluationSubject = WINDOW) -> int:
    """Ask at the screen, and give the evaluation of a subject."""
    return dict(evaluation.invite(desk, visit.visit_id).asked)[subject]


def answered_by_unit(desk: Desk, visit: Registered) -> None:
    """The responsible unit has answered."""
    with desk.work(Permission.HANDLE) as session:
        matter = session.get_one(Matter, visit.matter_id)
        matter.state, matter.lead_organ = State.ANSWERED, "某区人社局"


def test_window_and_unit_are_asked_and_answered_apart(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    answered_by_unit(clerk_desk, visit)
    window, unit = asked_of(clerk_desk, visit, WINDOW), asked_of(clerk_desk, visit, ORGAN)
    assert asked_of(clerk_desk, visit, ORGAN) == unit
    evaluation.answer(clerk_desk, shown, window, EvaluationValue.BASICALLY, "等得久")
    (of_unit, of_window) = lines(clerk_desk, shown)
    assert (of_window.evaluation_id, of_window.organ, of_window.words, of_window.comment) == (
        window,
        "",
        "基本满意",
        "等得久",
    )
    assert of_window.answered_on == date(2026, 11, 23)
    assert (of_unit.organ, of_unit.standing) == ("某区人社局", EvaluationStanding.WAITING)
    assert of_unit.words == "等待评价，到2026年12月23日为止"


def test_neither_timeline_nor_trail_tells_what_was_answered(
    clerk_desk: Desk, auditor_desk: Desk, visit: Registered, shown: Seen
) -> None:
    asked = asked_of(clerk_desk, visit)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.DISSATISFIED, "态度不好")
    told = lookup.open_matter(clerk_desk, visit.matter_id).timeline[-1]
    assert (told.kind, told.text) == ("评价", "来访人评价了窗口")
    newest = audit.entries(auditor_desk, limit=2)
    assert [(row.action, row.detail) for row in newest] == [
        ("收到评价", "信访部门（窗口）"),
        ("请来访人评价", "信访部门（窗口）"),
    ]


def test_an_answer_is_given_once_and_stays(clerk_desk: Desk, visit: Registered, shown: Seen, clock: Clock) -> None:
    asked = asked_of(clerk_desk, visit)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.answer(clerk_desk, shown, asked, EvaluationValue.DISSATISFIED)
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.decline(clerk_desk, shown, asked)
    clock.advance(days=400)
    assert lines(clerk_desk, shown)[0].words == "满意"


def test_whoever_declined_may_think_again(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    asked = asked_of(clerk_desk, visit)
    evaluation.decline(clerk_desk, shown, asked)
    assert (lines(clerk_desk, shown)[0].words, lines(clerk_desk, shown)[0].value) == ("不评价", EvaluationValue.SILENT)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)
    assert lines(clerk_desk, shown)[0].words == "满意"


def test_silence_comes_by_itself_after_the_days_of_the_unit(
    clerk_desk: Desk, log_in: Callable[[Role], Desk], visit: Registered, shown: Seen, clock: Clock
) -> None:
    save_policy(log_in(Role.ADMINISTRATOR), replace(Policy(), evaluation_days=7))
    asked = asked_of(clerk_desk, visit)
    clock.advance(days=7)
    assert lines(clerk_desk, shown)[0].standing is EvaluationStanding.WAITING
    clock.advance(days=1)
    assert lines(clerk_desk, shown)[0].words == "到期未评价"
    with pytest.raises(DeskFault, match="评价期到2026年11月30日为止"):
        evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)


def test_what_cannot_be_asked_or_answered_says_why(
    clerk_desk: Desk, visit: Registered, shown: Seen, new_form: NewForm
) -> None:
    other = register(clerk_desk, new_form())
    with pytest.raises(NotFoundError):
        evaluation.invite(clerk_desk, 999)
    asked = asked_of(clerk_desk, visit)
    with pytest.raises(FormError, match="由期限自己算出"):
        evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SILENT)
    elsewhere = lookup.open_matter(clerk_desk, other.matter_id).seen
    with pytest.raises(NotFoundError):
        evaluation.answer(clerk_desk, elsewhere, asked, EvaluationValue.SATISFIED)


def test_whoever_is_here_is_asked_about_the_window_and_about_the_unit_once_it_has_answered(
    clerk_desk: Desk, visit: Registered, shown: Seen
) -> None:
    first = evaluation.invite(clerk_desk, visit.visit_id)
    assert [subject for subject, _ in first.asked] == [WINDOW]
    answered_by_unit(clerk_desk, visit)
    second = evaluation.invite(clerk_desk, visit.visit_id)
    assert [subject for subject, _ in second.asked] == [WINDOW, ORGAN]
    for _, asked in second.asked:
        evaluation.answer(clerk_desk, second.shown, asked, EvaluationValue.SATISFIED)
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.invite(clerk_desk, visit.visit_id)
    assert [(one.subject, one.organ) for one in lines(clerk_desk, shown)] == [(ORGAN, "某区人社局"), (WINDOW, "")]


def test_who_brought_a_confidential_matter_is_asked_on_that_day(clerk_desk: Desk, new_form: NewForm) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    asked = evaluation.invite(clerk_desk, secret.visit_id)
    evaluation.answer(clerk_desk, asked.shown, asked.asked[0][1], EvaluationValue.SATISFIED)


# -- on the phone ------------------------------------------------------------------------------------------------------

NO = EvaluationValue.DISSATISFIED


def phone(desk: Desk, shown: Seen, *said: EvaluationForm) -> int:
    return calls.call(desk, shown, CallForm(CallOutcome.REACHED, "问进度", said=said))


def to_ask(desk: Desk, shown: Seen) -> tuple[ToAsk, ...]:
    return afterwards.afterwards(desk, shown.matter_id).to_ask


def test_both_subjects_are_answered_on_the_phone_in_the_transaction_of_the_call(
    clerk_desk: Desk, visit: Registered, shown: Seen
) -> None:
    assert to_ask(clerk_desk, shown) == (ToAsk(WINDOW, ""),)
    answered_by_unit(clerk_desk, visit)
    assert to_ask(clerk_desk, shown) == (ToAsk(WINDOW, ""), ToAsk(ORGAN, "某区人社局"))
    said = (
        EvaluationForm(WINDOW, EvaluationValue.SATISFIED, "不满意才有原因"),
        EvaluationForm(ORGAN, NO, " 答复看不懂\u200b "),
    )
    phone(clerk_desk, now(clerk_desk, visit.matter_id), *said)
    of_unit, of_window = lines(clerk_desk, shown)
    assert (of_window.words, of_window.comment, of_window.by_phone) == ("满意（电话回访）", "", True)
    assert (of_unit.words, of_unit.comment, of_unit.organ) == ("不满意（电话回访）", "答复看不懂", "某区人社局")
    assert of_unit.answered_on == date(2026, 11, 23)
    assert to_ask(clerk_desk, shown) == ()
    assert len(afterwards.afterwards(clerk_desk, shown.matter_id).calls) == 1
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.invite(clerk_desk, visit.visit_id)


def test_nothing_is_asked_where_nothing_was_said_on_the_phone(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    phone(clerk_desk, shown)
    assert lines(clerk_desk, shown) == ()
    assert to_ask(clerk_desk, shown) == (ToAsk(WINDOW, ""),)


def test_neither_timeline_nor_trail_tells_what_was_answered_on_the_phone(
    clerk_desk: Desk, auditor_desk: Desk, visit: Registered, shown: Seen
) -> None:
    phone(clerk_desk, shown, EvaluationForm(WINDOW, NO, "态度不好"))
    timeline = lookup.open_matter(clerk_desk, visit.matter_id).timeline
    assert [(one.kind, one.text) for one in timeline[-2:]] == [
        ("回访", "已联系上：问进度"),
        ("评价", "来访人在电话里评价了窗口"),
    ]
    newest = audit.entries(auditor_desk, limit=3)
    assert [(row.action, row.detail) for row in newest] == [
        ("电话回访收到评价", "信访部门（窗口）"),
        ("请来访人评价", "信访部门（窗口）"),
        ("登记回访", "已联系上"),
    ]
    assert "不满意" not in repr([timeline, newest])


def test_a_second_answer_on_the_phone_is_refused_and_the_whole_call_with_it(
    clerk_desk: Desk, visit: Registered, shown: Seen
) -> None:
    evaluation.answer(clerk_desk, shown, asked_of(clerk_desk, visit), EvaluationValue.SATISFIED)
    promise = PromiseForm("回电", date(2026, 11, 27))
    form = CallForm(CallOutcome.REACHED, "问进度", promise, (EvaluationForm(WINDOW, NO),))
    with pytest.raises(FormError) as caught:
        calls.call(clerk_desk, now(clerk_desk, visit.matter_id), form)
    (fault,) = caught.value.faults
    assert (fault.field, "评价只收一次" in fault.sentence) == ("window.value", True)
    found = afterwards.afterwards(clerk_desk, shown.matter_id)
    assert (found.calls, found.promises, [one.words for one in found.evaluations]) == ((), (), ["满意"])
    twice = (EvaluationForm(WINDOW, NO), EvaluationForm(WINDOW, EvaluationValue.SATISFIED))
    with pytest.raises(FormError, match="只收一次"):
        phone(clerk_desk, shown, *twice)


def test_one_answer_that_is_refused_keeps_the_other_back(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    said = (EvaluationForm(WINDOW, EvaluationValue.SATISFIED), EvaluationForm(ORGAN, NO))
    with pytest.raises(FormError) as caught:
        phone(clerk_desk, shown, *said)
    assert [(one.field, one.sentence) for one in caught.value.faults] == [
        ("organ.value", "责任单位还没有答复，现在还谈不上评价。请改选“没有问”，再保存。")
    ]
    assert lines(clerk_desk, shown) == ()


def test_on_the_phone_too_silence_stays_when_the_days_are_over(
    clerk_desk: Desk, visit: Registered, shown: Seen, clock: Clock
) -> None:
    asked_of(clerk_desk, visit)
    clock.advance(days=30)
    assert to_ask(clerk_desk, shown) == (ToAsk(WINDOW, ""),)
    clock.advance(days=1)
    answered_by_unit(clerk_desk, visit)
    assert to_ask(clerk_desk, shown) == (ToAsk(ORGAN, "某区人社局"),)
    fresh = now(clerk_desk, visit.matter_id)
    with pytest.raises(FormError, match="评价期到2026年12月23日为止"):
        phone(clerk_desk, fresh, EvaluationForm(WINDOW, NO))
    phone(clerk_desk, fresh, EvaluationForm(ORGAN, EvaluationValue.BASICALLY))
    (of_unit, of_window) = lines(clerk_desk, shown)
    assert (of_unit.words, of_window.words) == ("基本满意（电话回访）", "到期未评价")
    assert of_unit.until == of_unit.asked_on + timedelta(days=30)


def test_whoever_declined_at_the_screen_may_answer_on_the_phone(
    clerk_desk: Desk, visit: Registered, shown: Seen
) -> None:
    asked = asked_of(clerk_desk, visit)
    evaluation.decline(clerk_desk, shown, asked)
    phone(clerk_desk, now(clerk_desk, visit.matter_id), EvaluationForm(WINDOW, NO, "等得久"))
    (line,) = lines(clerk_desk, shown)
    assert (line.evaluation_id, line.words, line.comment) == (asked, "不满意（电话回访）", "等得久")


def test_a_call_asks_about_the_last_visit(clerk_desk: Desk, visit: Registered, shown: Seen, new_form: NewForm) -> None:
    evaluation.answer(clerk_desk, shown, asked_of(clerk_desk, visit), EvaluationValue.SATISFIED)
    same = (MatterAnswer(visit.matter_id, Answer.SAME),)
    again = register(
        clerk_desk,
        new_form(matter_answers=same, return_reason=ReturnReason.NO_ANSWER),
    )
    assert to_ask(clerk_desk, shown) == (ToAsk(WINDOW, ""),)
    phone(clerk_desk, now(clerk_desk, visit.matter_id), EvaluationForm(WINDOW, NO))
    assert [(one.visit_id, one.words) for one in lines(clerk_desk, shown)] == [
        (again.visit_id, "不满意（电话回访）"),
        (visit.visit_id, "满意"),
    ]


def test_of_a_confidential_matter_only_who_may_know_it_writes_an_answer(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    fresh = now(supervisor_desk, secret.matter_id)
    with pytest.raises(NotFoundError):
        phone(clerk_desk, fresh, EvaluationForm(WINDOW, NO))
    phone(clerk_desk, replace(fresh, visit_id=secret.visit_id), EvaluationForm(WINDOW, NO))
    assert lines(supervisor_desk, fresh)[0].by_phone
