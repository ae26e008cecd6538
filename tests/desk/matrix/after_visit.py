"""What follows a visit: leaving, promises, service, calls, evaluations."""

from tests.desk.matrix.use_case import DAY, NOBODY, UseCase

from onevisit.desk import afterwards, calls, day_due, evaluation, leaving, promises_due, service
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.matter_life import State

NOTHING = Seen(NOBODY, 1, State.REGISTERED)
BY_HAND = ServiceForm(ServedDocument.OTHER, ServiceMethod.IN_PERSON, ServiceOutcome.SIGNED, DAY)

USE_CASES: dict[str, UseCase] = {
    "afterwards.afterwards": UseCase(Permission.FOLLOW_UP, lambda desk: afterwards.afterwards(desk, NOBODY)),
    "calls.call": UseCase(
        Permission.FOLLOW_UP, lambda desk: calls.call(desk, NOTHING, CallForm(CallOutcome.NO_ANSWER))
    ),
    "day_due.day_due": UseCase(Permission.SEE_DUE, day_due.day_due),
    "evaluation.answer": UseCase(
        Permission.FOLLOW_UP, lambda desk: evaluation.answer(desk, NOTHING, NOBODY, EvaluationValue.SATISFIED)
    ),
    "evaluation.invite": UseCase(Permission.FOLLOW_UP, lambda desk: evaluation.invite(desk, NOBODY)),
    "evaluation.decline": UseCase(Permission.FOLLOW_UP, lambda desk: evaluation.decline(desk, NOTHING, NOBODY)),
    "leaving.come_back": UseCase(Permission.REGISTER, lambda desk: leaving.come_back(desk, NOBODY)),
    "leaving.leave": UseCase(Permission.REGISTER, lambda desk: leaving.leave(desk, NOBODY)),
    "promises_due.keep": UseCase(Permission.FOLLOW_UP, lambda desk: promises_due.keep(desk, NOTHING, NOBODY, "已办")),
    "promises_due.make": UseCase(
        Permission.FOLLOW_UP, lambda desk: promises_due.make(desk, NOTHING, PromiseForm("回电", DAY.replace(year=2099)))
    ),
    "service.serve": UseCase(Permission.FOLLOW_UP, lambda desk: service.serve(desk, NOTHING, BY_HAND)),
}
NO_USE_CASES: dict[str, str] = {}
