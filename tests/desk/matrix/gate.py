"""The one-visit gate."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import gate
from onevisit.rules.accounts import Permission

USE_CASES: dict[str, UseCase] = {
    "gate.hall": UseCase(Permission.REGISTER, gate.hall),
    "gate.came_before": UseCase(Permission.REGISTER, lambda desk: gate.came_before(desk, NOBODY)),
    "gate.gate": UseCase(Permission.SEARCH, lambda desk: gate.gate(desk, NOBODY)),
    "gate.leave_open": UseCase(
        Permission.REGISTER, lambda desk: gate.leave_open(desk, NOBODY, "reach", "说不方便留电话")
    ),
}
NO_USE_CASES: dict[str, str] = {"practice_month.live_through": "calls use cases for a desk of practice mode"}
