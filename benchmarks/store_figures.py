"""What saving and searching cost beside plain sqlcipher3 doing the same to the same rows."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from argon2.low_level import Type, hash_secret_raw

from invented import CLERK, PASSWORD, fill, form, found_house, person
from onevisit.desk import lookup, register
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import DATA, SLOTS
from statements import Heard, connect, listening, replay
from timing import Figure, in_turn, milliseconds

SAVES = 40
SEARCHES = 15
GUESSES = 9


def make_store(directory: Path, count: int) -> House:
    """Make a store that holds ``count`` visits."""
    shutil.rmtree(directory, ignore_errors=True)
    house = found_house(directory)
    desk = house.log_in(CLERK, PASSWORD)
    fill(desk, count)
    house.close()
    return house


def figures(house: House, directory: Path, count: int) -> Iterator[Figure]:
    """Measure one store: save, then each kind of search."""
    key = KeySlots.load(directory / SLOTS, Cost()).unlock(CLERK, PASSWORD)
    copy = directory.with_name(f"{directory.name}-floor")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(directory, copy)
    desk = house.log_in(CLERK, PASSWORD)
    try:
        yield _saving(desk, copy, key, count)
        yield from _searching(desk, directory, key, count)
    finally:
        house.close()
        shutil.rmtree(copy)


def guessing(directory: Path) -> Figure:
    """One guess of a password at the cost of new slots; aimed at: a quarter of a second at most on a slow PC."""
    slots, cost = KeySlots.load(directory / SLOTS, Cost()), Cost()

    def bare() -> None:
        hash_secret_raw(
            PASSWORD.encode(), bytes(16), cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )

    return in_turn(
        "核对一次密码", "ms", lambda: milliseconds(partial(slots.unlock, CLERK, PASSWORD)),
        lambda: milliseconds(bare), "同样参数的 Argon2id", GUESSES,
    )  # fmt: skip


def _saving(desk: Desk, copy: Path, key: bytes, count: int) -> Figure:
    floor = connect(copy / DATA, key)
    ours: list[float] = []
    bare: list[float] = []
    for step in range(SAVES + 1):
        told = form(count + 1 + step)
        with listening() as heard:
            took = milliseconds(partial(register.register, desk, told, arrived_at=datetime.now(UTC)))
        ours.append(took)
        bare.append(milliseconds(partial(replay, floor, heard.writes())))
    floor.close()
    # the first pays for what is loaded on first use
    return Figure(
        f"登记一次来访（库中 {count:,}）", "ms", median(ours[1:]), median(bare[1:]), "同样的写入，sqlcipher3", SAVES
    )


def _searching(desk: Desk, directory: Path, key: bytes, count: int) -> Iterator[Figure]:
    one = person(count // 2)
    asked = {"姓名": one.name, "拼音首字母": "zsf", "证件号后六位": one.id_number[-6:], "内容": "工资拖欠"}
    floor = connect(directory / DATA, key)
    for word, text in asked.items():
        with listening() as heard:
            lookup.search(desk, text)
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(SEARCHES):
            ours.append(milliseconds(partial(lookup.search, desk, text)))
            bare.append(milliseconds(partial(_ask, floor, heard)))
        yield Figure(
            f"按{word}查找（库中 {count:,}）",
            "ms",
            median(ours),
            median(bare),
            "同样的 FTS5 查询，sqlcipher3",
            SEARCHES,
        )
    floor.close()


def _ask(connection: object, heard: Heard) -> None:
    for text, values, _ in heard.matching():
        connection.execute(text, values).fetchall()  # type: ignore[attr-defined]  # the driver has no types
