"""What the windows of this package can do, as plain functions that run on the worker; loads nothing of the store."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onevisit.rules.progress import Progress

if TYPE_CHECKING:  # the log-in window shows before the desk is loaded
    from onevisit.desk.backup_list import BackupInfo
    from onevisit.desk.restoring import Restored
    from onevisit.desk.salvaging import SalvageReport


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody shows to be an administrator: name and password, or the recovery code; never shown or logged."""

    login: str = ""
    password: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RescueDoors:
    """Each raises ``PlainFault`` with the sentence to show.

    Attributes:
        found: the backups beside the data and those in another folder.
        restore: puts a backup in the place of the data, and keeps what was there.
        salvage: saves what is readable of the data into an empty folder.
    """

    found: Callable[[Path | None], tuple["BackupInfo", ...]]
    restore: Callable[[Path, Proof, Progress], "Restored"]
    salvage: Callable[[Path, Proof, Progress], "SalvageReport"]
