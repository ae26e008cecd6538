"""Bytes of every file are flipped, zeroed, swapped, cut: all is right, or it is refused and the backup restores."""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture import world
from tests.torture.children import PATIENCE, Say, child
from tests.torture.outcome import Outcome, Tally
from tests.torture.where import trace_words

from onevisit.desk import backups, register, restoring, witnesses
from onevisit.rules.accounts import Role
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import BackupOccasion, BackupState
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.names import BACKUPS, DATA, HEAD, SIDE_FILES, SLOTS, TRIES

_BLOCK = 4_096
_BEFORE, _AFTER = 8, 4
"""Visits before the backup and after it; those after it still lie in the log when the power goes."""

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Still:
    """A data folder as a power cut left it, and what it holds.

    Attributes:
        folder: it is copied for each try, never opened.
        rows: everything that the store holds.
        backup: the name of its only backup.
        in_backup: everything that the backup holds.
        recovery_code: of the store.
    """

    folder: Path
    rows: Rows
    backup: str
    in_backup: Rows
    recovery_code: str


def every_file(place: Path, *, tries: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Damage one file of a fresh copy, so many times each."""
    tally, luck = Tally("文件里改一处、清一段、换两块、截一截"), random.Random(seed)
    still = _still(place)
    files = (DATA, *SIDE_FILES, SLOTS, HEAD, TRIES, *(f"{BACKUPS}/{still.backup}/{name}" for name in _IN_A_BACKUP))
    folder = place / "data"
    for turn in range(tries):
        for name in files:
            _copy(still.folder, folder)
            if not (folder / name).exists():
                continue
            words = f"{name}, {_damage(folder / name, luck)} (seed {seed}, turn {turn})"
            tally.tried += 1
            judge = _judge_backup if name.startswith(BACKUPS) else _judge_store
            try:
                tally.lose(*(f"{words}: {wrong}" for wrong in judge(folder, still)))
            except Exception as bug:  # noqa: BLE001 - what else comes is what is looked for
                tally.lose(f"{words}: {trace_words(bug)}: {bug!s:.200}")
        progress(turn + 1, tries, tally.name)
    return tally.outcome()


_IN_A_BACKUP = (DATA, SLOTS, "manifest.json")


def _still(place: Path) -> Still:
    founded = world.found(place / "founded")
    with child(lambda say: _live(founded.folder, say)) as running:
        running.hear(PATIENCE)
    if any(running.bugs()) or not (founded.folder / SIDE_FILES[0]).stat().st_size:
        raise RuntimeError(f"no log was left: {running.lines}")
    backup = next((founded.folder / BACKUPS).iterdir())
    opened, restored = founded.copy(place / "opened"), place / "restored"
    restored.mkdir()
    for name in (DATA, SLOTS):
        shutil.copy(backup / name, restored / name)
    return Still(founded.folder, _rows(opened), backup.name, _rows(restored), founded.recovery_code)


def _live(folder: Path, say: Say) -> None:
    house = world.house_in(folder)
    clerk = world.seat(house)
    for serial in range(1, _BEFORE + 1):
        register.register(clerk, world.form(serial))
    backups.make_backup(world.seat(house, Role.ADMINISTRATOR), BackupOccasion.BY_HAND)
    for serial in range(_BEFORE + 1, _BEFORE + _AFTER + 1):
        register.register(clerk, world.form(serial))
    say("the power goes")
    os._exit(0)


def _copy(still: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(still, to)


# -- damage ------------------------------------------------------------------------------------------------------------


def _damage(file: Path, luck: random.Random) -> str:
    """Damage a file; says how."""
    words, content = damaged(file.read_bytes(), luck)
    file.write_bytes(content)
    return words


def damaged(before: bytes, luck: random.Random) -> tuple[str, bytes]:
    """Damage bytes at a random place in a random way; says how."""
    content = bytearray(before)
    words = luck.choice(_WAYS)(content, luck)
    if bytes(content) == before:
        words = _flip(content, luck)
    return words, bytes(content)


def _flip(content: bytearray, luck: random.Random) -> str:
    place = luck.randrange(len(content))
    content[place] ^= 1 << luck.randrange(8)
    return f"a bit at {place}"


def _zero(content: bytearray, luck: random.Random) -> str:
    place = luck.randrange(len(content))
    end = min(len(content), place + luck.choice((1, 16, 512, _BLOCK)))
    content[place:end] = bytes(end - place)
    return f"zeros from {place} to {end}"


def _noise(content: bytearray, luck: random.Random) -> str:
    place = luck.randrange(len(content))
    end = min(len(content), place + luck.choice((1, 16, _BLOCK)))
    content[place:end] = luck.randbytes(end - place)
    return f"noise from {place} to {end}"


def _cut(content: bytearray, luck: random.Random) -> str:
    place = luck.randrange(len(content))
    del content[place:]
    return f"cut at {place}"


def _add(content: bytearray, luck: random.Random) -> str:
    content += luck.randbytes(luck.choice((1, _BLOCK)))
    return "noise at the end"


def _swap(content: bytearray, luck: random.Random) -> str:
    size = min(_BLOCK, max(1, len(content) // 4))
    blocks = len(content) // size
    one, other = luck.randrange(blocks) * size, luck.randrange(blocks) * size
    content[one : one + size], content[other : other + size] = (
        content[other : other + size],
        content[one : one + size],
    )
    return f"blocks at {one} and {other} swapped"


_WAYS: tuple[Callable[[bytearray, random.Random], str], ...] = (_flip, _zero, _noise, _cut, _add, _swap)


# -- judgement ---------------------------------------------------------------------------------------------------------


def _judge_store(folder: Path, still: Still) -> list[str]:
    try:
        rows = _rows(folder)
    except PlainFault as fault:
        return [*_plain(fault), *_restores(folder, still)]
    if rows == still.rows or _is_told(folder):
        return []
    return [f"other data without a word: {[table for table in rows if rows[table] != still.rows[table]]}"]


def _judge_backup(folder: Path, still: Still) -> list[str]:
    """A damaged backup is refused by the check and by the restore, or it gives all that it held."""
    backup = folder / BACKUPS / still.backup
    house = world.house_in(folder)
    try:
        found = backups.check_backup(world.seat(house, Role.ADMINISTRATOR), backup)
    finally:
        house.close()
    if found.state is BackupState.VERIFIED:
        return _restores(folder, still)
    wrong = [] if found.sentence.endswith("。") else [f"no whole sentence: {found.sentence}"]
    if not _restores(folder, still):
        wrong.append("the check refuses it, and yet it restores")
    elif _changed(_rows(folder), still.rows):
        wrong.append("a restore that was refused changed the store")
    return wrong


def _restores(folder: Path, still: Still) -> list[str]:
    """What is wrong with a restore from the backup; an empty list is a restore that brought everything back."""
    try:
        restoring.restore(
            folder, folder / BACKUPS / still.backup, login="admin", password=world.PASSWORD, cost=world.CHEAP
        )
        rows = _rows(folder)
    except PlainFault as fault:
        return [f"the backup does not restore: {fault.sentence}"]
    changed = _changed(rows, still.in_backup)
    return [f"not as it was in the backup: {changed}"] if changed else []


def _changed(rows: Rows, before: Rows) -> list[str]:
    """The tables of what people said and who they are that are not as they were."""
    return [table for table in _OF_PEOPLE if rows[table] != before[table]]


_OF_PEOPLE = ("visit", "matter", "petitioner", "visit_party", "timeline_entry", "material", "account")


def _plain(fault: PlainFault) -> list[str]:
    return [] if fault.sentence.endswith("。") else [f"no whole sentence: {fault.sentence}"]


def _rows(folder: Path) -> Rows:
    """Everything that a store holds.

    Raises:
        PlainFault: it does not open, or not all of it can be read.
    """
    house = world.house_in(folder)
    try:
        with world.seat(house).store.reading() as session:
            return world.contents(session)
    finally:
        house.close()


def _is_told(folder: Path) -> bool:
    """Whether the administrator is told at log-in that something is amiss with the trail, and so with the store."""
    house = world.house_in(folder)
    try:
        return bool(witnesses.alarm(world.seat(house, Role.ADMINISTRATOR)))
    finally:
        house.close()
