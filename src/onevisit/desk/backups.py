"""Backups while somebody is logged in: when one is due, making it, the second place, what is there, how it stands."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from onevisit.desk.backup_list import SECOND_PREFIX, BackupInfo, backup_infos, info_of
from onevisit.desk.backup_rows import found_bad, last_run, last_there, note_failure, note_finding, note_made
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.desk.policy import policy, policy_of
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, show_moment
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.rotation import Stored, expendable
from onevisit.store.backup import Backup, backups_in, copy_backup, look_at, remove_backup, verify_backup
from onevisit.store.errors import ClosedFault, StoreFault
from onevisit.store.names import BACKUPS
from onevisit.store.tables import Unit

OVERDUE_AFTER: Final = timedelta(hours=24)
_AGAIN_AFTER_FAILURE: Final = timedelta(minutes=15)
_CAUGHT_UP: Final = 7
"""So many of the newest backups are copied to the second place when it comes back."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made, opened and found whole.

    Attributes:
        info: the backup beside the store.
        copied: so many backups were copied to the second place, this one among them.
        second_fault: why the second place did not get it; empty if it did, or none is set.
    """

    info: BackupInfo
    copied: int = 0
    second_fault: str = ""

    @property
    def words(self) -> str:
        """What to tell whoever asked for it."""
        if self.second_fault:
            return f"已备份到本机并核验无误。{self.second_fault}"
        where = "本机和第二备份位置" if self.copied else "本机"
        return f"已备份到{where}，并核验无误。"


@dataclass(frozen=True, slots=True)
class BackupHealth:
    """How the backups stand.

    Attributes:
        last_verified_at: of the newest verified backup that is still there beside the store; None without one.
        overdue: no backup has succeeded for a day.
        second_last_at: of the newest verified copy in the second place; None without one.
        second_missing: a second place is set, and is not there now.
        words: one sentence that every page shows; empty when all is well.
    """

    last_verified_at: datetime | None
    overdue: bool
    second_last_at: datetime | None = None
    second_missing: bool = False
    words: str = ""


def due(desk: Desk) -> BackupOccasion | None:
    """Why a backup should be made now, as far as the clock tells; None while none is due.

    A last backup that lies in the future was made by a clock that was wrong: then one of now is due.
    """
    now = desk.now()
    with desk.look(None) as session:
        hours = policy_of(session).backup_hours
        tried, made = last_run(session, BackupPlace.FIRST), last_run(session, BackupPlace.FIRST, verified=True)
    if tried is not None and not tried.verified and timedelta() <= now - tried.at < _AGAIN_AFTER_FAILURE:
        return None
    if made is None or local_day(made.at) != local_day(now):
        return BackupOccasion.DAY_START
    if made.at > now or now - made.at >= timedelta(hours=hours):
        return BackupOccasion.INTERVAL
    return None


def make_backup(desk: Desk, occasion: BackupOccasion, progress: Progress = no_progress) -> BackupMade:
    """Make a backup beside the store, check it, copy it to the second place, let old ones make room.

    May run on another thread while others save. By hand it needs KEEP_BACKUPS; an automatic one needs nobody's right.

    Raises:
        NotAllowedError: by hand without the right.
        StoreFault: no backup could be made; old ones are as they were, and the failure is recorded.
    """
    desk.require(Permission.KEEP_BACKUPS if occasion is BackupOccasion.BY_HAND else None)
    place = _first(desk)
    try:
        backup = desk.store.back_up(place, occasion, desk.now(), progress)
    except ClosedFault:
        raise
    except StoreFault as fault:
        note_failure(desk, occasion, BackupPlace.FIRST, fault)
        raise StoreFault(f"这次没有备份成功，以前的备份都还在。{fault.sentence}") from fault
    note_made(desk, backup, BackupPlace.FIRST)
    copied, second_fault = _copy_to_second(desk, backup, progress)
    _make_room(desk, BackupPlace.FIRST, place, backup.folder.name)
    return BackupMade(info_of(backup.folder, BackupPlace.FIRST, desk.store.pair.key), copied, second_fault)


def health(desk: Desk) -> BackupHealth:
    """How the backups stand now. Whoever is logged in may know, since every page says it."""
    now, wanted = desk.now(), policy(desk).second_folder
    place = _second_place(desk, wanted)
    with desk.look(None) as session:
        founded_at = session.scalars(select(Unit.created_at)).one()
        first = last_there(session, BackupPlace.FIRST, _first(desk), now)
        second = last_there(session, BackupPlace.SECOND, place, now) if wanted else None
    overdue = now - (first or founded_at) > OVERDUE_AFTER
    missing = bool(wanted) and place is None
    words = ""
    if overdue:
        last = f"（最近一次 {show_moment(first)}）" if first else ""
        words = f"已超过一天没有成功备份{last}，请管理员到“系统 › 备份”立即备份。"
    elif missing and now - (second or founded_at) > OVERDUE_AFTER:
        words = "第二备份位置已超过一天没有接上，请插好 U 盘，或请管理员核对备份设置。"
    return BackupHealth(first, overdue, second, missing, words)


def known_backups(desk: Desk) -> tuple[BackupInfo, ...]:
    """The backups of both places, newest first. Whoever is logged in may know; they show nothing of what they hold."""
    places = {BackupPlace.FIRST: _first(desk), BackupPlace.SECOND: _second_place(desk, policy(desk).second_folder)}
    found = [info for place, parent in places.items() if parent for info in _known(desk, place, parent)]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.name), reverse=True))


def check_backup(desk: Desk, folder: Path, progress: Progress = no_progress) -> BackupInfo:
    """Check a backup anew, page by page, and say how it was found. Needs KEEP_BACKUPS.

    Raises:
        NotAllowedError: without the right.
        DeskFault: the folder is none of the known backups.
    """
    desk.require(Permission.KEEP_BACKUPS)
    info = next((one for one in known_backups(desk) if one.folder == folder), None)
    if info is None:
        raise DeskFault("这份备份已经不在了，请刷新备份清单后再试。")
    try:
        verify_backup(folder, desk.store.pair.key, progress)
    except ClosedFault:
        raise
    except StoreFault as fault:
        state = BackupState.OTHER_KEY if info.state is BackupState.OTHER_KEY else BackupState.DAMAGED
        info = replace(info, state=state, sentence=fault.sentence)
    else:
        info = replace(info, state=BackupState.VERIFIED, sentence="")
    with desk.work(Permission.KEEP_BACKUPS) as session:
        note_finding(desk, session, info)
    return info


def _second_place(desk: Desk, wanted: str) -> Path | None:
    """Where in the second folder the backups of this window lie; None while the second folder is not there."""
    folder = Path(wanted)
    if not wanted or not folder.is_absolute() or not folder.is_dir():
        return None
    return folder / f"{SECOND_PREFIX}{desk.unit.region_code}-{desk.unit.window_no}"


def _first(desk: Desk) -> Path:
    return desk.store.directory / BACKUPS


def _known(desk: Desk, place: BackupPlace, parent: Path) -> list[BackupInfo]:
    with desk.look(None) as session:
        bad = found_bad(session, place)
    return [
        replace(one, state=BackupState.DAMAGED, sentence=bad[one.name])
        if one.name in bad and one.state is not BackupState.DAMAGED
        else one
        for one in backup_infos(parent, place, desk.store.pair.key)
    ]


def _copy_to_second(desk: Desk, made: Backup, progress: Progress) -> tuple[int, str]:
    """Bring the second place up to date: how many were copied, and why not, if something went wrong."""
    wanted = policy(desk).second_folder
    if not wanted:
        return 0, ""
    copied = 0
    try:
        place = _require_second(desk, wanted)
        for backup in _to_catch_up(desk, place, made):
            note_made(desk, copy_backup(backup, place, progress), BackupPlace.SECOND)
            copied += 1
        _make_room(desk, BackupPlace.SECOND, place, made.folder.name)
    except ClosedFault:
        raise
    except StoreFault as fault:
        note_failure(desk, made.manifest.occasion, BackupPlace.SECOND, fault)
        return copied, f"第二备份位置这次没有备份成功：{fault.sentence}"
    return copied, ""


def _require_second(desk: Desk, wanted: str) -> Path:
    place = _second_place(desk, wanted)
    if place is None:
        raise StoreFault(f"“{wanted}”没有接上，请插好 U 盘或核对备份设置，接上后会自动补齐。")
    return place


def _to_catch_up(desk: Desk, place: Path, made: Backup) -> list[Backup]:
    """The backup just made, then the newest others that the second place has not got."""
    there = {one.name for one in backups_in(place)}
    whole = [one for one in _known(desk, BackupPlace.FIRST, _first(desk)) if one.state is not BackupState.DAMAGED]
    missing = [one for one in whole[:_CAUGHT_UP] if one.name not in there and one.folder != made.folder]
    return [made, *(look_at(one.folder) for one in missing)]


def _make_room(desk: Desk, place: BackupPlace, parent: Path, made: str) -> None:
    known = _known(desk, place, parent)
    stored = [Stored(one.name, one.made_at, verified=one.state is not BackupState.DAMAGED) for one in known]
    for name in expendable(stored, spared=(made,)):
        # one that cannot be removed now is tried again after the next backup
        with suppress(StoreFault):
            remove_backup(parent / name)
