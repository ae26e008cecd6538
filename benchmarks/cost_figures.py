"""What encryption, durability, audit trail, its head and drafts cost: the same writes replayed without each of them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from invented import ADMINISTRATOR, CLERK, PASSWORD, form
from onevisit.desk import backups, drafts, register
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import RegistrationDraft
from onevisit.desk.house import House
from onevisit.rules.keeping import BackupOccasion, DraftKind
from onevisit.store.heads import Head, HeadFile
from onevisit.store.names import DATA, HEAD
from statements import connect, listening, replay
from timing import Figure, in_turn, milliseconds

SAVES = 30
BACKUPS = 5
_FIRST = 500_000
"""Serial numbers of the people who are registered here: none of them is in the store yet."""

Statements = list[tuple[str, Any, bool]]


@dataclass(slots=True)
class Way:
    """One way of writing the same, and how long each save took."""

    name: str
    connection: Any
    audited: bool = True
    took: list[float] = field(default_factory=list)

    def write(self, *transactions: Statements) -> None:
        """Write one save, a draft before it if one is given."""
        wanted = [[one for one in each if self.audited or not _of_audit(one)] for each in transactions]
        self.took.append(sum(milliseconds(partial(replay, self.connection, each)) for each in wanted))


def figures(house: House, directory: Path, count: int) -> Iterator[Figure]:
    """Measure one store of ``count`` visits; it is used up by that."""
    desk = house.log_in(CLERK, PASSWORD)
    key = desk.store.pair.key
    house.close()
    ways = _ways(directory, key)
    desk = house.log_in(CLERK, PASSWORD)
    try:
        heads = _save(desk, directory, key, ways)
    finally:
        house.close()
        for way in ways.values():
            way.connection.close()
    yield from _compared(ways, heads, count)
    yield _backup(house, directory, count)


def _ways(directory: Path, key: bytes) -> dict[str, Way]:
    places = {
        name: directory.with_name(f"{directory.name}-{name}") for name in ("as-is", "normal", "off", "audit", "draft")
    }
    for place in places.values():
        shutil.copytree(directory, place)
    plain = directory.with_name(f"{directory.name}-plain.db")
    _decrypt(directory / DATA, key, plain)
    return {
        "as-is": Way("", connect(places["as-is"] / DATA, key)),
        "plain": Way("不加密的 SQLite", connect(plain, None)),
        "normal": Way("synchronous=NORMAL", connect(places["normal"] / DATA, key, "NORMAL")),
        "off": Way("synchronous=OFF", connect(places["off"] / DATA, key, "OFF")),
        "audit": Way("不写操作记录", connect(places["audit"] / DATA, key), audited=False),
        "draft": Way("不存草稿", connect(places["draft"] / DATA, key)),
    }


def _decrypt(source: Path, key: bytes, target: Path) -> None:
    connection = connect(source, key)
    connection.execute(f"ATTACH DATABASE '{target}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain")
    connection.close()


def _save(desk: Desk, directory: Path, key: bytes, ways: dict[str, Way]) -> list[float]:
    """Register visits and repeat their writes in every way, in turn; gives how long the head took."""
    head = HeadFile(directory.with_name(f"{directory.name}-{HEAD}"), key)
    heads = []
    order = list(ways)
    for step in range(SAVES + 1):
        told = form(_FIRST + step)
        content = drafts.registration_content(RegistrationDraft(told, "person"))
        with listening() as drafted:
            drafts.keep(desk, DraftKind.REGISTRATION, content)
        with listening() as heard:
            register.register(desk, told, arrived_at=datetime.now(UTC))
        for name in order:
            ways[name].write(*([drafted.writes()] if name == "draft" else []), heard.writes())
        # nobody is always the first after the program's own save
        order.append(order.pop(0))
        heads.append(milliseconds(partial(head.write, Head(step + 1, bytes(32)))))
    return heads


def _compared(ways: dict[str, Way], heads: list[float], count: int) -> Iterator[Figure]:
    # the first pays for what is loaded on first use
    took = {name: median(way.took[1:]) for name, way in ways.items()}
    words = {"plain": "加密", "normal": "断电也不丢（FULL）", "off": "断电也不丢（FULL）", "audit": "操作记录"}
    for name, word in words.items():
        yield Figure(f"同样的写入：{word}（库中 {count:,}）", "ms", took["as-is"], took[name], ways[name].name, SAVES)
    with_head = took["as-is"] + median(heads[1:])
    yield Figure(f"同样的写入：末端文件（库中 {count:,}）", "ms", with_head, took["as-is"], "不写末端文件", SAVES)
    yield Figure(f"同样的写入：先存草稿（库中 {count:,}）", "ms", took["draft"], took["as-is"], "不存草稿", SAVES)


def _of_audit(statement: tuple[str, Any, bool]) -> bool:
    text, values, _ = statement
    return "audit_entry" in text or ("number_series" in text and "audit" in tuple(values))


def _backup(house: House, directory: Path, count: int) -> Figure:
    desk = house.log_in(ADMINISTRATOR, PASSWORD)
    copy = directory.with_name(f"{directory.name}-copy.db")

    def plain_copy() -> None:
        with (directory / DATA).open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
            os.fsync(target.fileno())

    try:
        return in_turn(
            f"备份并核验（库中 {count:,}）",
            "ms",
            lambda: milliseconds(lambda: backups.make_backup(desk, BackupOccasion.BY_HAND)),
            lambda: milliseconds(plain_copy),
            "复制一个文件",
            BACKUPS,
        )
    finally:
        house.close()
