"""What follows a visit: leaving, promises, service, calls, evaluations."""

from tests.desk.matrix.use_case import DAY, NOBODY, UseCase

from onevisit.desk import leaving, promises_due
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.matter_life import State

NOTHING = Seen(NOBODY, 1, State.REGISTERED)

USE_CASES: dict[str, UseCase] = {
    "leaving.come_back": UseCase(Permission.REGISTER, lambda desk: leaving.come_back(desk, NOBODY)),
    "leaving.leave": UseCase(Permission.REGISTER, lambda desk: leaving.leave(desk, NOBODY)),
    "promises_due.keep": UseCase(Permission.FOLLOW_UP, lambda desk: promises_due.keep(desk, NOTHING, NOBODY, "已办")),
    "promises_due.make": UseCase(
        Permission.FOLLOW_UP, lambda desk: promises_due.make(desk, NOTHING, PromiseForm("回电", DAY.replace(year=2099)))
    ),
}
NO_USE_CASES: dict[str, str] = {}
