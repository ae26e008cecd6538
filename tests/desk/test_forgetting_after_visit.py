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
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.store.tables import Evaluation, PromiseRow, Service

NewForm = Callable[..., RegistrationForm]
WORDS = ("狰狞承诺", "氤氲兑现", "踟蹰电话", "旖旎意见", "囹圄见证", "饕餮备注", "醍醐12号")


def test_no_word_of_what_followed_is_left(
    clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    promised, kept, called, commented, witness, noted, number = WORDS
    visit, today = register(clerk_desk, new_form()), local_day(clerk_desk.now())
    calls.call(clerk_desk, shown(clerk_desk, visit.matter_id), CallForm(CallOutcome.REACHED, called))
    made = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm(promised, today))
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, kept)
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm(promised, today))
    refused = (ServedDocument.NOTICE, ServiceMethod.IN_PERSON, ServiceOutcome.REFUSED, today, number, witness, noted)
    service.serve(clerk_desk, shown(clerk_desk, visit.matter_id), ServiceForm(*refused))
    asked = evaluation.ask(clerk_desk, shown(clerk_desk, visit.matter_id), visit.visit_id, EvaluationSubject.WINDOW)
    evaluation.answer(clerk_desk, shown(clerk_desk, visit.matter_id), asked, EvaluationValue.SATISFIED, commented)
    assert all(word in repr(everything(clerk_desk)) for word in WORDS)
    clock.advance(days=11 * 366)
    run_id = retention.propose(admin_desk, [row.matter_id for row in retention.due(admin_desk)])
    retention.approve(supervisor_desk, run_id)
    retention.carry_out(admin_desk, run_id)
    left = repr(everything(clerk_desk))
    assert [word for word in WORDS if word in left or word[:2] in left] == []
    assert day_due(clerk_desk).promises == ()
    with clerk_desk.look(Permission.SEE_FIGURES) as session:
        assert session.scalars(select(Evaluation.value)).all() == [EvaluationValue.SATISFIED]
        assert session.scalars(select(Service.outcome)).all() == [ServiceOutcome.REFUSED]
        assert len(session.scalars(select(PromiseRow.due)).all()) == 2
