"""The report of article 25."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import urgent, urgent_later
from onevisit.desk.standing import Seen
from onevisit.desk.urgent import UrgentKey
from onevisit.rules.accounts import Permission
from onevisit.rules.matter_life import State
from onevisit.rules.urgent import UrgentAddressee, UrgentReport

_KEY = UrgentKey(NOBODY, 1)

USE_CASES: dict[str, UseCase] = {
    "urgent.open_report": UseCase(Permission.HANDLE, lambda desk: urgent.open_report(desk, NOBODY)),
    "urgent.waiting": UseCase(Permission.HANDLE, lambda desk: urgent.waiting(desk, NOBODY)),
    "urgent.save": UseCase(Permission.HANDLE, lambda desk: urgent.save(desk, _KEY, UrgentReport())),
    "urgent.tell": UseCase(Permission.HANDLE, lambda desk: urgent.tell(desk, _KEY, UrgentAddressee.NATIONAL)),
    "urgent.take_back": UseCase(
        Permission.HANDLE, lambda desk: urgent.take_back(desk, _KEY, UrgentAddressee.NATIONAL, "点错了")
    ),
    "urgent.sheet": UseCase(Permission.HANDLE, lambda desk: urgent.sheet(desk, _KEY)),
    "urgent_later.mark": UseCase(
        Permission.HANDLE, lambda desk: urgent_later.mark(desk, Seen(NOBODY, 1, State.REGISTERED), "聚集")
    ),
    "urgent.record_printed": UseCase(Permission.HANDLE, lambda desk: urgent.record_printed(desk, _KEY)),
}
NO_USE_CASES: dict[str, str] = {}
