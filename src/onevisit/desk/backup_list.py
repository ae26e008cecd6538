"""The backups that lie in a place, each in the words of a list."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from onevisit.rules.clocks import SHANGHAI
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.store.backup import Backup, backups_in, check_sizes
from onevisit.store.errors import StoreFault
from onevisit.store.manifest import Manifest

SECOND_PREFIX: Final = "onevisit-"
"""So begins the folder of each window in a second place, which several windows may share."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup.

    Attributes:
        folder: where it lies.
        name: what its folder is called.
        made_at: when, in UTC.
        occasion: why; None when neither manifest nor name tells.
        place: beside the store or elsewhere.
        size: what it takes of the disk, bytes.
        schema: revision of its schema; empty when its manifest cannot be read.
        audit_entry: number of the last entry of its audit trail; 0 when unknown.
        audit_digest: the digest of that entry; empty when unknown.
        state: what is known of it without opening it.
        sentence: what is wrong with it; empty if nothing is known to be.
    """

    folder: Path
    name: str
    made_at: datetime
    occasion: BackupOccasion | None
    place: BackupPlace
    size: int = 0
    schema: str = ""
    audit_entry: int = 0
    audit_digest: bytes = b""
    state: BackupState = BackupState.UNKNOWN
    sentence: str = ""


def backup_infos(parent: Path, place: BackupPlace, key: bytes | None = None) -> tuple[BackupInfo, ...]:
    """All backups of a place, newest first; with the key of the store their state is known better."""
    found = [info_of(folder, place, key) for folder in backups_in(parent)]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.name), reverse=True))


def info_of(folder: Path, place: BackupPlace, key: bytes | None = None) -> BackupInfo:
    """Say of one backup what its manifest and the sizes of its files tell."""
    try:
        backup = Backup(folder, Manifest.load(folder))
    except StoreFault as fault:
        moment, occasion = _by_name(folder)
        return BackupInfo(
            folder, folder.name, moment, occasion, place, state=BackupState.DAMAGED, sentence=fault.sentence
        )
    try:
        check_sizes(backup)
    except StoreFault as fault:
        return replace(_told(backup, place, BackupState.DAMAGED), sentence=fault.sentence)
    return _told(backup, place, _state(backup, key))


def _state(backup: Backup, key: bytes | None) -> BackupState:
    if key is None:
        return BackupState.UNKNOWN
    # a backup gets its name only after it was opened and found whole
    return BackupState.VERIFIED if backup.manifest.vouched_for(key) else BackupState.OTHER_KEY


def _told(backup: Backup, place: BackupPlace, state: BackupState) -> BackupInfo:
    manifest = backup.manifest
    return BackupInfo(
        folder=backup.folder,
        name=backup.folder.name,
        made_at=manifest.made_at,
        occasion=manifest.occasion,
        place=place,
        size=backup.size,
        schema=manifest.schema,
        audit_entry=manifest.audit_entry,
        audit_digest=manifest.audit_digest,
        state=state,
    )


def _by_name(folder: Path) -> tuple[datetime, BackupOccasion | None]:
    """What the name alone tells."""
    day, time, code = (*folder.name.split("-", 3), "", "", "")[:3]
    try:
        moment = datetime.strptime(f"{day}{time}", "%Y%m%d%H%M%S").replace(tzinfo=SHANGHAI).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment, next((one for one in BackupOccasion if one.value == code), None)
