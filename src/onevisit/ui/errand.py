"""What somebody logs out for: work on the data itself, which must be closed for it."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Rescue(Enum):
    """What is done to closed data."""

    RESTORE = auto()
    SALVAGE = auto()


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done after the log-out.

    Attributes:
        rescue: which of them.
        login: whose name is filled in; the password is asked for there.
        practice: whether it is about the practice data.
        backup: the folder of the backup that was chosen, if one was.
        look_in: another folder in which backups are looked for at once.
    """

    rescue: Rescue
    login: str = ""
    practice: bool = False
    backup: Path | None = None
    look_in: Path | None = None
