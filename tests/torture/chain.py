"""Every entry of an audit chain is changed in each column, dropped, swapped, inserted, cut off: found each time."""

import random
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session
from tests.torture import world
from tests.torture.outcome import Outcome, Tally

from onevisit.desk import audit, register, witnesses
from onevisit.rules.accounts import Role
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.audit import digest, walk
from onevisit.store.engine import make_engine
from onevisit.store.names import DATA
from onevisit.store.store import Store
from onevisit.store.tables import AuditEntry, NumberSeries

_OTHER = {
    "at": "'2020-01-01 00:00:00.000000'",
    "account_id": "CASE WHEN account_id IS NULL THEN 1 ELSE NULL END",
    "window_no": "'99'",
    "action": "'harmless'",
    "record_kind": "record_kind || 'x'",
    "record_id": "CASE WHEN record_id IS NULL THEN 1 ELSE record_id + 1 END",
    "detail": "detail || '0'",
    "previous": "randomblob(32)",
    "digest": "randomblob(32)",
}
_INSERTED = """
    INSERT INTO audit_entry SELECT {new}, at, account_id, window_no, action, record_kind, record_id, detail,
    previous, randomblob(32) FROM audit_entry WHERE id = {old}
"""
_SWAPPED = (
    "UPDATE audit_entry SET id = CASE id WHEN {one} THEN -{other} ELSE -{one} END WHERE id IN ({one}, {other})",
    "UPDATE audit_entry SET id = -id WHERE id < 0",
)

Forgery = tuple[str, tuple[str, ...]]
"""What is done, in words, and its statements."""


def entries(place: Path, *, visits: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Forge each entry of a chain in every way; each forgery is undone before the next."""
    tally, luck = Tally("操作记录：改、删、换、插、截尾"), random.Random(seed)
    house = world.house_in(world.found(place / "data").folder)
    desk = world.seat(house)
    try:
        for serial in range(1, visits + 1):
            register.register(desk, world.form(serial))
        with desk.store.reading() as session:
            last = session.execute(text("SELECT max(id) FROM audit_entry")).scalar_one()
        for entry in range(1, last + 1):
            for words, statements in _forgeries(entry, last, luck):
                tally.tried += 1
                if not _is_found(desk.store, statements):
                    tally.lose(f"not found: {words} (seed {seed})")
            progress(entry, last, tally.name)
        with desk.store.reading() as session:
            if not all(link.whole for link in walk(session)):
                tally.lose("a chain that was left alone is called broken")
    finally:
        house.close()
    return tally.outcome()


def rewritten(place: Path, *, times: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Let somebody who has the key rewrite the chain to its end, or cut it, so that it is whole: the head tells."""
    tally, luck = Tally("操作记录：用密钥重写到末尾、截尾并改号"), random.Random(seed)
    founded = world.found(place / "founded")
    house = world.house_in(founded.folder)
    desk = world.seat(house)
    for serial in range(1, 4):
        register.register(desk, world.form(serial))
    key = desk.store.pair.key
    house.close()
    for turn in range(times):
        folder = founded.copy(place / "data")
        engine = make_engine(folder / DATA, key)
        with Session(engine) as session, session.begin():
            words = luck.choice((_rewrite, _cut))(session, luck)
        engine.dispose()
        tally.tried += 1
        if not _is_told(folder):
            tally.lose(f"not found: {words} (seed {seed})")
        progress(turn + 1, times, tally.name)
    return tally.outcome()


def _rewrite(session: Session, luck: random.Random) -> str:
    entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    first = luck.randrange(len(entries))
    entries[first].action = "account.logged_in"
    entries[first].detail = "0"
    previous = entries[first].previous
    for entry in entries[first:]:
        entry.previous = previous
        previous = entry.digest = digest(entry)
    return f"entry {entries[first].id} changed, and all after it made to fit"


def _cut(session: Session, luck: random.Random) -> str:
    last = session.scalars(select(func.max(AuditEntry.id))).one()
    first = luck.randrange(2, last + 1)
    session.execute(delete(AuditEntry).where(AuditEntry.id >= first))
    session.execute(update(NumberSeries).where(NumberSeries.series == "audit").values(last=first - 1))
    return f"all from entry {first} of {last} on cut off, and the number set back"


def _is_told(folder: Path) -> bool:
    """Whether the auditor is told of it, at log-in or by the check."""
    house = world.house_in(folder)
    try:
        auditor = world.seat(house, Role.AUDITOR)
        return bool(witnesses.alarm(auditor)) or not audit.verify(auditor).whole
    finally:
        house.close()


def _forgeries(entry: int, last: int, luck: random.Random) -> Iterator[Forgery]:
    for column, other in _OTHER.items():
        yield f"{column} of entry {entry} changed", (f"UPDATE audit_entry SET {column} = {other} WHERE id = {entry}",)
    yield f"entry {entry} dropped", (f"DELETE FROM audit_entry WHERE id = {entry}",)
    closed_up = f"UPDATE audit_entry SET id = id - 1 WHERE id > {entry}"
    if entry < last:
        yield f"entry {entry} dropped and closed up", (f"DELETE FROM audit_entry WHERE id = {entry}", closed_up)
    yield f"all from entry {entry} on cut off", (f"DELETE FROM audit_entry WHERE id >= {entry}",)
    second = luck.choice([one for one in range(1, last + 1) if one != entry])
    swapped = tuple(one.format(one=entry, other=second) for one in _SWAPPED)
    yield f"entries {entry} and {second} swapped", swapped
    new = luck.choice([-entry, 0, last + entry])
    yield f"a copy of entry {entry} inserted as {new}", (_INSERTED.format(new=new, old=entry),)


def _is_found(store: Store, statements: tuple[str, ...]) -> bool:
    with store.writing() as session:
        for statement in statements:
            session.execute(text(statement))
        session.expire_all()
        found = not all(link.whole for link in walk(session))
        session.rollback()
    return found
