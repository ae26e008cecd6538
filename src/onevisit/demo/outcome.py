"""What became of each line, as ``summary.json`` tells it."""

from dataclasses import dataclass, field
from typing import Final

from onevisit.desk import gate, lookup, route
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.sight import get_visit
from onevisit.rules.accounts import Permission
from onevisit.rules.readiness import Check

LEFT_PAPERS: Final = "所缺材料已写在回执上，来访人说托人送来"
"""The reason that the demonstration leaves missing papers with."""

_LEFT: Final = {
    Check.ANSWER_DAY: "承办单位签收以后，由窗口打电话约定",
    Check.ROSTER: "其余代表在门外，推选书上已签名，散场前补签名册",
}
"""What the demonstration's clerk leaves open after the route is decided, and why."""


@dataclass(slots=True)
class Outcome:
    """One line.

    Attributes:
        route: the mark of the route that was decided, ``31(一)``; empty if none was.
        due: the last day of every open clock, as an ISO date, by what is due.
        findings: what the gate still finds at the end of the visit, with the reason it is left for; empty for none.
        found_by_others: whether another clerk finds the matter by its number afterwards.
    """

    number: int
    ok: bool = False
    visit_no: str = ""
    matter_no: str = ""
    repeat: bool = False
    slip: str = ""
    route: str = ""
    due: dict[str, str] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)
    found_by_others: bool = False
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """What the store says of a visit at its end."""

    route: str
    due: dict[str, str]
    findings: dict[str, str]


def told_of(desk: Desk, visit_id: int) -> Told:
    """Leave what the clerk leaves, then read the route, the open clocks and the gate; runs on the worker."""
    for one in gate.gate(desk, visit_id).gate.findings:
        if one.key in _LEFT:
            gate.leave_open(desk, visit_id, one.key, _LEFT[Check.from_code(one.key)])
    case = route.case(desk, visit_id=visit_id)
    decided = case.told or case.current
    with desk.look(Permission.SEE_DUE) as session:
        matter = get_visit(desk, session, visit_id).matter
        lines = due_lines(desk, session, [matter])[matter.id]
        due = {one.label: one.due.isoformat() for one in lines if one.is_open and one.due is not None}
    found = gate.gate(desk, visit_id).gate
    findings = {one.key: "" for one in found.findings} | {one.finding.key: one.reason for one in found.left}
    return Told(decided.mark if decided else "", due, findings)


def found_by(desk: Desk, matter_no: str) -> bool:
    """Whether somebody finds a matter by its number; runs on the worker."""
    return lookup.search(desk, matter_no).total > 0
