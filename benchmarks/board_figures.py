"""What the board of open matters costs beside plain sqlcipher3 reading the same rows."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from invented import CLERK, PASSWORD, fill, found_house
from onevisit.desk import board
from onevisit.desk.board import BoardChoice
from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_life import Action, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import DATA, SLOTS
from onevisit.store.tables import Account, Matter, MatterStep, Visit
from statements import Heard, connect, listening
from timing import Figure, milliseconds

ROUNDS = 5
_PAGE = 5_000
_MOMENT = datetime(2026, 1, 5, 1, tzinfo=UTC)


def figures(directory: Path, count: int) -> Iterator[Figure]:
    """Measure the whole board over ``count`` open matters, two thirds of them on their way, and one district of it."""
    shutil.rmtree(directory, ignore_errors=True)
    house = found_house(directory)
    desk = house.log_in(CLERK, PASSWORD)
    fill(desk, count)
    with desk.work(Permission.HANDLE) as session:
        _go_on(session, count)
    key = KeySlots.load(directory / SLOTS, Cost()).unlock(CLERK, PASSWORD)
    try:
        yield _measured(desk, directory, key, f"期限板（{count:,} 件正在办理）", BoardChoice())
        yield _measured(desk, directory, key, f"期限板，一个区（{count:,} 件正在办理）", BoardChoice(place="370403"))
    finally:
        house.close()
        shutil.rmtree(directory)


def _go_on(session: Session, count: int) -> None:
    """Let two thirds of the matters be routed, and half of these accepted; each was registered on a day of its own."""
    clerk = session.scalars(select(Account.id).where(Account.login == CLERK)).one()
    today = local_day(datetime.now(UTC))
    days = {serial: today - timedelta(days=serial % 400) for serial in range(1, count + 1)}
    for first in range(1, count + 1, _PAGE):
        some = range(first, min(first + _PAGE, count + 1))
        session.execute(update(Visit), [{"id": serial, "day": days[serial]} for serial in some])
        steps = [one for serial in some for one in _steps(serial, days[serial], clerk)]
        session.execute(insert(MatterStep), steps)
        session.execute(update(Matter), [_standing(serial) for serial in some])


def _steps(serial: int, day: date, clerk: int) -> list[dict[str, object]]:
    kinds = [(), (Action.ROUTE,), (Action.ROUTE, Action.ACCEPT)][serial % 3]
    common = {"matter_id": serial, "account_id": clerk, "recorded_at": _MOMENT}
    return [
        common | {"kind": kind.value, "on_day": day + timedelta(days=3 + 5 * place)} for place, kind in enumerate(kinds)
    ]


def _standing(serial: int) -> dict[str, object]:
    state = [State.REGISTERED, State.ROUTED, State.ACCEPTED][serial % 3]
    routed = state is not State.REGISTERED
    return {
        "id": serial,
        "state": state,
        "handling": Handling.TRANSFER if routed else None,
        "procedure": Procedure.OPINION if routed else None,
        "lead_organ": f"示例局{serial % 40}" if routed else "",
        "version": 1,
    }


def _measured(desk: Desk, directory: Path, key: bytes, name: str, choice: BoardChoice) -> Figure:
    with listening() as heard:
        board.board(desk, choice)
    floor = connect(directory / DATA, key)
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        ours.append(milliseconds(partial(board.board, desk, choice)))
        bare.append(milliseconds(partial(_read, floor, heard)))
    floor.close()
    return Figure(name, "ms", median(ours), median(bare), "同样的行，sqlcipher3", ROUNDS)


def _read(connection: object, heard: Heard) -> None:
    for text, values, _ in heard.statements:
        if text.lstrip().upper().startswith("SELECT"):
            connection.execute(text, values).fetchall()  # type: ignore[attr-defined]  # the driver has no types
