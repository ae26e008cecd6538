"""Evaluations: asked, answered once, declined, or silent when the days are over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.desk.conftest import Clock

from onevisit.desk import afterwards, audit, evaluation, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.evaluation import EvaluationLine
from onevisit.desk.policy import save_policy
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import EvaluationStanding, EvaluationSubject, EvaluationValue
from onevisit.rules.forms import RegistrationForm
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


def test_window_and_unit_are_asked_and_answered_apart(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    window = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW, "不相干")
    unit = evaluation.ask(clerk_desk, shown, visit.visit_id, ORGAN, " 某区人社局 ")
    assert evaluation.ask(clerk_desk, shown, visit.visit_id, ORGAN, "某区人社局") == unit
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
    asked = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.DISSATISFIED, "态度不好")
    told = lookup.open_matter(clerk_desk, visit.matter_id).timeline[-1]
    assert (told.kind, told.text) == ("评价", "来访人评价了窗口")
    newest = audit.entries(auditor_desk, limit=2)
    assert [(row.action, row.detail) for row in newest] == [
        ("收到评价", "信访部门（窗口）"),
        ("请来访人评价", "信访部门（窗口）"),
    ]


def test_an_answer_is_given_once_and_stays(clerk_desk: Desk, visit: Registered, shown: Seen, clock: Clock) -> None:
    asked = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.answer(clerk_desk, shown, asked, EvaluationValue.DISSATISFIED)
    with pytest.raises(DeskFault, match="只收一次"):
        evaluation.decline(clerk_desk, shown, asked)
    clock.advance(days=400)
    assert lines(clerk_desk, shown)[0].words == "满意"


def test_whoever_declined_may_think_again(clerk_desk: Desk, visit: Registered, shown: Seen) -> None:
    asked = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW)
    evaluation.decline(clerk_desk, shown, asked)
    assert (lines(clerk_desk, shown)[0].words, lines(clerk_desk, shown)[0].value) == ("不评价", EvaluationValue.SILENT)
    evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)
    assert lines(clerk_desk, shown)[0].words == "满意"


def test_silence_comes_by_itself_after_the_days_of_the_unit(
    clerk_desk: Desk, log_in: Callable[[Role], Desk], visit: Registered, shown: Seen, clock: Clock
) -> None:
    save_policy(log_in(Role.ADMINISTRATOR), replace(Policy(), evaluation_days=7))
    asked = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW)
    clock.advance(days=7)
    assert lines(clerk_desk, shown)[0].standing is EvaluationStanding.WAITING
    clock.advance(days=1)
    assert lines(clerk_desk, shown)[0].words == "到期未评价"
    with pytest.raises(DeskFault, match="评价期到2026年11月30日为止"):
        evaluation.answer(clerk_desk, shown, asked, EvaluationValue.SATISFIED)


def test_what_cannot_be_asked_or_answered_says_why(
    clerk_desk: Desk, visit: Registered, shown: Seen, new_form: NewForm
) -> None:
    with pytest.raises(FormError, match="哪个责任单位"):
        evaluation.ask(clerk_desk, shown, visit.visit_id, ORGAN)
    other = register(clerk_desk, new_form())
    for visit_id in (other.visit_id, 999):
        with pytest.raises(NotFoundError):
            evaluation.ask(clerk_desk, shown, visit_id, WINDOW)
    asked = evaluation.ask(clerk_desk, shown, visit.visit_id, WINDOW)
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
    with clerk_desk.work(Permission.HANDLE) as session:
        matter = session.get_one(Matter, visit.matter_id)
        matter.state, matter.lead_organ = State.ANSWERED, "某区人社局"
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
