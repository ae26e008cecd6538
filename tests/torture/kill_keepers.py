"""The program is killed while its keepers work: the old or the new, never a half."""

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.torture import world
from tests.torture.children import PATIENCE, Say, child
from tests.torture.outcome import Outcome, Tally

from onevisit.desk import backups, policy, register, restoring, retention
from onevisit.desk.desk import system_clock
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.desk.retention import RunState
from onevisit.rules.accounts import Role
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import BackupOccasion, BackupState
from onevisit.rules.policy import Policy
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.names import BACKUPS

_SCHEMAS = Path(__file__).parents[1] / "store" / "schemas"
_OF_PEOPLE = ("visit", "matter", "petitioner", "visit_party", "timeline_entry", "material", "account")

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(slots=True)
class Job:
    """Something that is interrupted.

    Attributes:
        name: what it is.
        prepare: makes the data folder.
        work: does it; says ``begin`` when it begins and ``done`` when it is done.
        look: says what is wrong with the folder afterwards, given the lines that were said.
        took: how long it takes when nobody interrupts it, seconds.
    """

    name: str
    prepare: Callable[[Path], object]
    work: Callable[[Path, Say], None]
    look: Callable[[Path, list[str]], list[str]]
    took: float = field(default=0.0)


def keeping(place: Path, *, kills: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Kill each of the five, so many times each."""
    tally, luck = Tally("断电（升级、备份、恢复、换密钥、到期清理）"), random.Random(seed)
    jobs = (*_jobs(place), _forgetting(place))
    for job in jobs:
        tally.lose(*(f"{job.name} in peace: {wrong}" for wrong in _tried(job, place / "data", None)))
    for turn in range(kills):
        for job in jobs:
            wrong = _tried(job, place / "data", luck.random() * 1.05)
            tally.lose(*(f"{job.name}, turn {turn}, seed {seed}: {one}" for one in wrong))
            tally.tried += 1
        progress(turn + 1, kills, tally.name)
    return tally.outcome()


def _tried(job: Job, folder: Path, part: float | None) -> list[str]:
    """Do a job, and kill it after ``part`` of the time it takes, if one is given."""
    shutil.rmtree(folder, ignore_errors=True)
    job.prepare(folder)
    with child(lambda say: job.work(folder, say)) as running:
        running.hear(PATIENCE, 1)
        began = time.monotonic()
        running.hear(PATIENCE if part is None else part * job.took, 2)
        if part is None:
            job.took = time.monotonic() - began
        running.kill()
    if part is None and "done" not in running.lines:
        return [*running.bugs(), "it was not done"]
    try:
        return [*running.bugs(), *job.look(folder, running.lines)]
    except PlainFault as fault:
        return [f"the store does not open: {fault.sentence}"]


def _jobs(place: Path) -> tuple[Job, ...]:
    founded = world.found(place / "founded")
    before = _rows(_fill(founded.folder, 1, 6))
    house = world.house_in(founded.folder)
    backups.make_backup(world.seat(house, Role.ADMINISTRATOR), BackupOccasion.BY_HAND)
    house.close()
    backup = next((founded.folder / BACKUPS).iterdir()).name
    after = _rows(_fill(founded.folder, 7, 9))

    def restored(folder: Path, said: list[str]) -> list[str]:
        rows = _rows(folder)
        if not _changed(rows, before):
            return world.examine(folder)
        return [f"neither as before nor as in the backup: {_changed(rows, after)}"] * (
            "done" in said or bool(_changed(rows, after))
        )

    def kept(folder: Path, _said: list[str]) -> list[str]:
        changed = _changed(_rows(folder), after)
        return [*world.examine(folder), *([f"changed: {changed}"] if changed else [])]

    return (
        Job("upgrade", lambda folder: shutil.copytree(_SCHEMAS / "0001", folder), _upgrade, _look_upgraded),
        Job("backup", founded.copy, _back_up, lambda folder, said: [*kept(folder, said), *_unfinished(folder)]),
        Job("restore", founded.copy, lambda folder, say: _restore(folder, backup, say), restored),
        Job("change of key", founded.copy, _rekey, kept),
    )


def _forgetting(place: Path) -> Job:
    """Matters that nobody came about for eleven years are anonymised, by two people."""
    then = world.SetBack()
    then.stand_behind(timedelta(days=365 * 11))
    founded = world.found(place / "old", then)
    _fill(founded.folder, 1, 9, then)
    house = world.house_in(founded.folder, then)
    policy.save_policy(world.seat(house, Role.ADMINISTRATOR), Policy(password_days=0))
    house.close()
    house = world.house_in(founded.folder)
    administrator = world.seat(house, Role.ADMINISTRATOR)
    run_id = retention.propose(administrator, [row.matter_id for row in retention.due(administrator)])
    retention.approve(world.seat(house, Role.SUPERVISOR), run_id)
    house.close()

    def forget(folder: Path, say: Say) -> None:
        desk = world.seat(world.house_in(folder), Role.ADMINISTRATOR)
        say("begin")
        retention.carry_out(desk, run_id)
        say("done")

    def look(folder: Path, said: list[str]) -> list[str]:
        wrong = world.examine(folder)
        house = world.house_in(folder)
        try:
            desk = world.seat(house, Role.ADMINISTRATOR)
            if retention.runs(desk)[0].state is RunState.APPROVED:
                wrong += ["said to be done"] * ("done" in said)
                retention.carry_out(desk, run_id)
            with desk.store.reading() as session:
                told = repr(world.contents(session))
        finally:
            house.close()
        return [
            *wrong,
            *(f"not forgotten: {word}" for word in _FORGOTTEN if word in told),
        ]

    return Job("forgetting", founded.copy, forget, look)


_FORGOTTEN = ("访客", "28600", "1390000000", "示例村")


def _fill(folder: Path, first: int, last: int, now: Callable[[], datetime] = system_clock) -> Path:
    house = world.house_in(folder, now)
    clerk = world.seat(house)
    for serial in range(first, last + 1):
        register.register(clerk, world.form(serial))
    house.close()
    return folder


# -- the work ----------------------------------------------------------------------------------------------------------


def _upgrade(folder: Path, say: Say) -> None:
    say("begin")
    _practice(folder).close()
    say("done")


def _practice(folder: Path) -> House:
    house = House(folder, practice=True, cost=world.CHEAP)
    house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
    return house


def _back_up(folder: Path, say: Say) -> None:
    desk = world.seat(world.house_in(folder), Role.ADMINISTRATOR)
    say("begin")
    backups.make_backup(desk, BackupOccasion.BY_HAND)
    say("done")


def _restore(folder: Path, backup: str, say: Say) -> None:
    say("begin")
    restoring.restore(folder, folder / BACKUPS / backup, login="admin", password=world.PASSWORD, cost=world.CHEAP)
    say("done")


def _rekey(folder: Path, say: Say) -> None:
    house = world.house_in(folder)
    desk = world.seat(house, Role.ADMINISTRATOR)
    say("begin")
    house.rekey(desk)
    say("done")


# -- what must be true afterwards --------------------------------------------------------------------------------------


def _look_upgraded(folder: Path, _said: list[str]) -> list[str]:
    house = House(folder, practice=True, cost=world.CHEAP)
    try:
        desk = house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
        with desk.store.reading() as session:
            return [*world.unsound(session), *([] if world.visits_in(session) == _VISITS_OF_0001 else ["visits lost"])]
    finally:
        house.close()


_VISITS_OF_0001 = 12


def _unfinished(folder: Path) -> list[str]:
    """What is called a backup and is none."""
    house = world.house_in(folder)
    try:
        desk = world.seat(house, Role.ADMINISTRATOR)
        found = [backups.check_backup(desk, info.folder) for info in backups.known_backups(desk)]
        return [f"{info.name}: {info.sentence}" for info in found if info.state is not BackupState.VERIFIED]
    finally:
        house.close()


def _rows(folder: Path) -> Rows:
    house = world.house_in(folder)
    try:
        with world.seat(house).store.reading() as session:
            return world.contents(session)
    finally:
        house.close()


def _changed(rows: Rows, wanted: Rows) -> list[str]:
    return [table for table in _OF_PEOPLE if rows[table] != wanted[table]]
