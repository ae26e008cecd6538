"""What the figures of a month and of all visits of a store cost, beside the same aggregates by plain sqlcipher3.

The floor adds up what SQL can: it knows neither holidays nor rule sets, stops or extensions, and counts no period day
by day.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from invented import CLERK, PASSWORD
from onevisit.desk.desk import Desk
from onevisit.desk.figure_rows import rows_behind
from onevisit.desk.figures import figures as count_figures
from onevisit.desk.house import House
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.figure_facts import Span
from onevisit.rules.figures import REPEAT, FigureKey
from onevisit.rules.matter_life import Action, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import DATA, SLOTS
from onevisit.store.tables import Evaluation, Matter, MatterStep, Visit
from statements import connect
from timing import Figure, in_turn, milliseconds

RUNS = 5
_PAGE = 5_000
_WHOLE = Span(date(2006, 1, 1), date(2100, 12, 31))
_MONTH = Span.month_of(date(2006, 2, 1))
_ORGANS = 30
_AGAIN, _DECIDED, _ACCEPTED, _ANSWERED = 5, 3, 2, 4
"""One visit in five is a second one; two matters in three are routed, every second accepted, every fourth answered."""

_AGGREGATES = (
    "SELECT count(*), sum(headcount), sum(ordinal = 1), sum(headcount >= 5) FROM visit WHERE day BETWEEN ? AND ?",
    "SELECT return_reason, count(*) FROM visit WHERE ordinal > 1 AND day BETWEEN ? AND ? GROUP BY 1",
    "SELECT avg(julianday(registered_at) - julianday(arrived_at)) FROM visit WHERE day BETWEEN ? AND ?",
    *(
        f"SELECT {column}, count(*), sum(headcount), sum(ordinal = 1) FROM visit JOIN matter ON matter.id = matter_id "  # noqa: S608
        "WHERE day BETWEEN ? AND ? GROUP BY 1"
        for column in ("purpose", "content", "place_code", "lead_organ", "substr(day, 1, 7)")
    ),
    (
        "SELECT sum(later IS NULL) FROM (SELECT first.matter_id, min(again.day) AS later FROM visit AS first "
        "JOIN matter ON matter.id = first.matter_id AND matter.state = 'closed' LEFT JOIN visit AS again "
        "ON again.matter_id = first.matter_id AND again.ordinal > 1 WHERE first.ordinal = 1 "
        "AND first.day BETWEEN ? AND ? GROUP BY 1)"
    ),
    "SELECT subject, value, count(*) FROM evaluation WHERE asked_on BETWEEN ? AND ? GROUP BY 1, 2",
    (
        "SELECT sum(noticed <= date(routed, '+15 days')), count(*) FROM (SELECT matter_id, "
        "min(CASE kind WHEN 'route' THEN on_day END) AS routed, "
        "min(CASE kind WHEN 'accept' THEN on_day END) AS noticed "
        "FROM matter_step WHERE on_day BETWEEN ? AND ? GROUP BY 1)"
    ),
    (
        "SELECT sum(answered <= date(accepted, '+60 days')), count(*) FROM (SELECT matter_id, "
        "min(CASE kind WHEN 'accept' THEN on_day END) AS accepted, "
        "min(CASE kind WHEN 'answer' THEN on_day END) AS answered "
        "FROM matter_step WHERE on_day BETWEEN ? AND ? GROUP BY 1)"
    ),
)


def figures(house: House, directory: Path, count: int) -> Iterator[Figure]:
    """Measure one store of ``count`` visits, whose matters are given a life first."""
    key = KeySlots.load(directory / SLOTS, Cost()).unlock(CLERK, PASSWORD)
    desk = house.log_in(CLERK, PASSWORD)
    floor = None
    try:
        go_on(desk, count)
        floor = connect(directory / DATA, key)
        for word, span in (("一个月", _MONTH), ("全部来访", _WHOLE)):
            batches = count_figures(desk, span).visits.batches
            yield in_turn(
                f"统计{word}（{batches:,} 批，库中 {count:,}）",
                "ms",
                partial(milliseconds, partial(count_figures, desk, span)),
                partial(milliseconds, partial(_aggregate, floor, span)),
                "同样的汇总，sqlcipher3",
                RUNS,
            )
        yield in_turn(
            f"打开数字背后的来访（库中 {count:,}）",
            "ms",
            lambda: milliseconds(partial(rows_behind, desk, FigureKey.VISITS, REPEAT, _WHOLE)),
            lambda: milliseconds(partial(_list, floor)),
            "同样的名单，sqlcipher3",
            RUNS,
        )
    finally:
        house.close()
        if floor is not None:
            floor.close()


def go_on(desk: Desk, count: int) -> None:
    """Let some of the matters of ``invented.fill`` be routed, accepted, answered, closed and evaluated."""
    with desk.work(Permission.HANDLE) as session:
        organs = [f"示例单位{number}" for number in range(_ORGANS)]
        for number, organ in enumerate(organs):
            session.execute(update(Matter).where(Matter.id % _ORGANS == number).values(lead_organ=organ))
        session.execute(update(Visit).where(Visit.id % _AGAIN == 0).values(ordinal=2, return_reason="no_answer"))
        routed = {"handling": Handling.TRANSFER, "procedure": Procedure.OPINION, "state": State.ROUTED}
        session.execute(update(Matter).where(Matter.id % _DECIDED > 0).values(**routed))
        session.execute(update(Matter).where(Matter.id % _ANSWERED == 0).values(state=State.CLOSED, open=False))
        for first in range(1, count + 1, _PAGE):
            _page(session, desk, range(first, min(first + _PAGE, count + 1)))


def _page(session: Session, desk: Desk, serials: range) -> None:
    days = dict(session.execute(select(Visit.matter_id, Visit.day).where(Visit.matter_id.in_(serials))).all())
    steps = [step for serial in serials for step in _steps(serial, days[serial], desk)]
    session.execute(insert(MatterStep), steps)
    said = [_evaluation(serial, days[serial], desk) for serial in serials if serial % _ACCEPTED == 0]
    session.execute(insert(Evaluation), said)


def _steps(serial: int, day: date, desk: Desk) -> Iterator[dict[str, Any]]:
    kinds = []
    if serial % _DECIDED:
        kinds.append((Action.ROUTE, 1))
    if serial % _ACCEPTED == 0:
        kinds.append((Action.ACCEPT, 5 + serial % 20))
    if serial % _ANSWERED == 0:
        kinds.append((Action.ANSWER, 30 + serial % 60))
    for kind, after in kinds:
        step = {"matter_id": serial, "kind": kind.value, "on_day": day + timedelta(days=after)}
        yield step | {"recorded_at": datetime.now(UTC), "account_id": desk.actor.account_id}


def _evaluation(serial: int, day: date, desk: Desk) -> dict[str, Any]:
    subject = list(EvaluationSubject)[serial // 2 % 2]
    value = list(EvaluationValue)[serial // 4 % 4]
    about = {"matter_id": serial, "subject": subject, "value": value, "asked_on": day + timedelta(days=40)}
    return about | {"recorded_at": datetime.now(UTC), "account_id": desk.actor.account_id, "version": 1}


def _aggregate(connection: Any, span: Span) -> None:  # noqa: ANN401 - the driver has no types
    for statement in _AGGREGATES:
        connection.execute(statement, (span.first.isoformat(), span.last.isoformat())).fetchall()


def _list(connection: Any) -> None:  # noqa: ANN401
    connection.execute(
        "SELECT visit.number, visit.day, matter.title, matter.purpose, matter.content, petitioner.name, "
        "petitioner.id_number FROM visit JOIN matter ON matter.id = visit.matter_id JOIN visit_party "
        "ON visit_party.visit_id = visit.id JOIN petitioner ON petitioner.id = petitioner_id "
        "WHERE visit.ordinal > 1 AND visit.day BETWEEN ? AND ? ORDER BY visit.id LIMIT 200",
        (_WHOLE.first.isoformat(), _WHOLE.last.isoformat()),
    ).fetchall()
