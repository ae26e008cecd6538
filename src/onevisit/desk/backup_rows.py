"""What the store remembers of its backups: one row for each attempt and each finding, and an entry of the trail."""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from onevisit.desk.backup_list import BackupInfo
from onevisit.desk.desk import Desk
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.store import audit
from onevisit.store.backup import Backup
from onevisit.store.errors import StoreFault
from onevisit.store.tables import BackupRun

_LOOKED_AT: Final = 100
"""So many backups are looked for in their place before it is said that none is there."""


def note_made(desk: Desk, backup: Backup, place: BackupPlace) -> None:
    """Remember a backup that was made and found whole."""
    row = row_of(backup, place)
    with desk.work(None) as session:
        session.add(row)
        session.flush()
        _record_alone(session, "backup.made", "backup_run", desk, row)


def row_of(backup: Backup, place: BackupPlace) -> BackupRun:
    """The row of a backup that was made and found whole."""
    return BackupRun(
        at=backup.manifest.made_at,
        occasion=backup.manifest.occasion,
        place=place,
        name=backup.folder.name,
        verified=True,
        bytes=backup.size,
    )


def note_failure(desk: Desk, occasion: BackupOccasion, place: BackupPlace, fault: StoreFault) -> None:
    """Remember that a backup failed; where not even that can be written, the fault that is on its way says enough."""
    row = BackupRun(
        at=desk.now(), occasion=occasion, place=place, name="", verified=False, bytes=0, fault=fault.sentence
    )
    try:
        with desk.work(None) as session:
            session.add(row)
            session.flush()
            _record_alone(session, "backup.failed", "backup_run", desk, row)
    except StoreFault:
        return


def note_finding(desk: Desk, session: Session, info: BackupInfo) -> None:
    """Remember how a backup was found that was checked anew."""
    row_id = None
    if info.occasion and info.state is not BackupState.OTHER_KEY:
        row = BackupRun(
            at=info.made_at,
            occasion=info.occasion,
            place=info.place,
            name=info.name,
            verified=info.state is BackupState.VERIFIED,
            bytes=info.size,
            fault=info.sentence,
        )
        session.add(row)
        session.flush()
        row_id = row.id
    desk.record(session, "backup.checked", "backup_run", row_id, f"{info.place.value}/{info.state.value}")


def last_run(session: Session, place: BackupPlace, *, verified: bool = False) -> BackupRun | None:
    """The last attempt, or the last that succeeded; last written, since the clock may have been set back.

    A backup that was only checked anew is as old as it was.
    """
    before = aliased(BackupRun)
    found_again = exists().where(before.place == place, before.name == BackupRun.name, before.id < BackupRun.id)
    attempts = (_made(place) if verified else _runs(place)).where(or_(BackupRun.name == "", ~found_again))
    return session.scalars(attempts.limit(1)).first()


def last_there(session: Session, place: BackupPlace, parent: Path | None, now: datetime) -> datetime | None:
    """When the newest verified backup was made that is still there; None without one.

    A moment in the future tells nothing: it was written by a clock that was wrong.
    """
    if parent is None:
        # what cannot be looked at is taken to be as it was left
        return session.scalars(
            select(func.max(BackupRun.at)).where(BackupRun.place == place, BackupRun.verified, BackupRun.at <= now)
        ).one()
    bad = found_bad(session, place)
    newest_first = _made(place).where(BackupRun.at <= now).order_by(None).order_by(BackupRun.at.desc())
    # every page asks this: as a rule the first one is there
    runs = session.scalars(newest_first.limit(_LOOKED_AT).execution_options(yield_per=10))
    return next((run.at for run in runs if _is_there(run, parent, bad)), None)


def found_bad(session: Session, place: BackupPlace) -> dict[str, str]:
    """The names of backups that were found damaged since they were made, each with what was wrong."""
    failed = _runs(place).where(BackupRun.name != "", ~BackupRun.verified).order_by(None).order_by(BackupRun.id)
    last_bad = {run.name: run for run in session.scalars(failed)}
    if not last_bad:
        return {}
    whole = _made(place).where(BackupRun.name.in_(last_bad)).order_by(None).order_by(BackupRun.id)
    last_whole = {run.name: run.id for run in session.scalars(whole)}
    return {name: run.fault for name, run in last_bad.items() if run.id > last_whole.get(name, 0)}


def _is_there(run: BackupRun, parent: Path, bad: dict[str, str]) -> bool:
    return run.name not in bad and (parent / run.name).is_dir()


def _runs(place: BackupPlace) -> Select[BackupRun]:
    return select(BackupRun).where(BackupRun.place == place).order_by(BackupRun.id.desc())


def _made(place: BackupPlace) -> Select[BackupRun]:
    return _runs(place).where(BackupRun.verified)


def _record_alone(session: Session, action: str, record_kind: str, desk: Desk, row: BackupRun) -> None:
    # an automatic backup is the house's own doing, whoever happens to be logged in
    audit.append(
        session,
        at=desk.now(),
        account_id=desk.actor.account_id if row.occasion is BackupOccasion.BY_HAND else None,
        window_no=desk.unit.window_no,
        action=action,
        record_kind=record_kind,
        record_id=row.id,
        detail=f"{row.occasion.value}/{row.place.value}",
    )
