"""What followed a visit is forgotten with its matter; what the figures need stays."""

from collections.abc import Callable

from sqlalchemy import select
from tests.desk.conftest import Clock
from tests.desk.invented import everything
from tests.desk.lived import shown

from onevisit.desk import calls, evaluation, promises_due, retention, service
from onevisit.desk.day_due import day_due
from onevisit.desk.desk import Desk
from onevisit.desk.register import register
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationForm,
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.classification import ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.store.tables import Evaluation, PromiseRow, Service

NewForm = Callable[..., RegistrationForm]
WORDS = ("狰狞承诺", "氤氲兑现", "踟蹰电话", "旖旎意见", "囹圄见证", "饕餮备注", "醍醐12号", "缱绻原因")


def test_no_word_of_what_followed_is_left(
    clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    promised, kept, called, commented, witness, noted, number, on_the_phone = WORDS
    visit, today = register(clerk_desk, new_form()), local_day(clerk_desk.now())
    asked = evaluation.invite(clerk_desk, visit.visit_id)
    evaluation.answer(clerk_desk, asked.shown, asked.asked[0][1], EvaluationValue.SATISFIED, commented)
    same = (MatterAnswer(visit.matter_id, Answer.SAME),)
    register(
        clerk_desk,
        new_form(matter_answers=same, return_reason=ReturnReason.NO_ANSWER),
    )
    said = EvaluationForm(EvaluationSubject.WINDOW, EvaluationValue.DISSATISFIED, on_the_phone)
    reached = CallForm(CallOutcome.REACHED, called, said=(said,))
    calls.call(clerk_desk, shown(clerk_desk, visit.matter_id), reached)
    made = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm(promised, today))
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, kept)
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm(promised, today))
    refused = (ServedDocument.NOTICE, ServiceMethod.IN_PERSON, ServiceOutcome.REFUSED, today, number, witness, noted)
    service.serve(clerk_desk, shown(clerk_desk, visit.matter_id), ServiceForm(*refused))
    assert all(word in repr(everything(clerk_desk)) for word in WORDS)
    clock.advance(days=11 * 366)
    run_id = retention.propose(admin_desk, [row.matter_id for row in retention.due(admin_desk)])
    retention.approve(supervisor_desk, run_id)
    retention.carry_out(admin_desk, run_id)
    left = repr(everything(clerk_desk))
    assert [word for word in WORDS if word in left or word[:2] in left] == []
    assert day_due(clerk_desk).promises == ()
    with clerk_desk.look(Permission.SEE_FIGURES) as session:
        kept_values = session.execute(select(Evaluation.value, Evaluation.by_phone)).all()
        assert kept_values == [(EvaluationValue.SATISFIED, False), (EvaluationValue.DISSATISFIED, True)]
        assert session.scalars(select(Service.outcome)).all() == [ServiceOutcome.REFUSED]
        assert len(session.scalars(select(PromiseRow.due)).all()) == 2
