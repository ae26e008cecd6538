"""The route of a matter."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import route, route_sheets
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.matter_life import State
from onevisit.rules.route_choice import Decision
from onevisit.rules.route_sheets import SheetKind

NOTHING = Seen(NOBODY, 1, State.REGISTERED)

USE_CASES: dict[str, UseCase] = {
    "route.case": UseCase(Permission.ROUTE, lambda desk: route.case(desk, NOBODY)),
    "route.decide": UseCase(Permission.ROUTE, lambda desk: route.decide(desk, NOTHING, Decision(), {})),
    "route_sheets.guidance": UseCase(Permission.ROUTE, lambda desk: route_sheets.guidance(desk, NOTHING)),
    "route_sheets.record_printed": UseCase(
        Permission.ROUTE, lambda desk: route_sheets.record_printed(desk, NOTHING, SheetKind.GUIDANCE)
    ),
    "route_sheets.transfer": UseCase(Permission.ROUTE, lambda desk: route_sheets.transfer(desk, NOTHING)),
    "route.recall": UseCase(Permission.ROUTE, lambda desk: route.recall(desk, NOTHING, "")),
}
