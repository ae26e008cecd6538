"""The real and the practice store of one data folder, opened and closed on the worker; libraries load on first use."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from onevisit.desk.practice import PRACTICE_ACCOUNTS, enter_practice
from onevisit.host import store_folder
from onevisit.rules.progress import Progress
from onevisit.ui.login import ReadyAccount
from onevisit.ui.rescue.doors import Proof, RescueDoors

if TYPE_CHECKING:  # half a second that the log-in window has no need of
    from onevisit.desk.backup_list import BackupInfo
    from onevisit.desk.desk import Desk
    from onevisit.desk.house import House
    from onevisit.desk.keys import Rekeyed
    from onevisit.desk.restoring import Restored
    from onevisit.desk.salvaging import SalvageReport

READY_ACCOUNTS = tuple(ReadyAccount(one.login, one.name, one.role.label) for one in PRACTICE_ACCOUNTS)
"""What practice mode offers."""


class Houses:
    """Which house is open; every method but ``nothing_yet`` runs on the worker.

    Args:
        folder: the data folder; each store has a folder of its own in it.
        now: the clock, in UTC; the system's unless given.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] | None = None) -> None:
        self._now = now
        self.store = store_folder(folder)
        self._practice_store = folder / "practice"
        self._real: House | None = None
        self._open: House | None = None

    def nothing_yet(self) -> bool:
        """Whether this is the first start, as far as a look at the folder tells; costs nothing."""
        try:
            return not any(self.store.iterdir())
        except OSError:
            return not self.store.exists()

    def real(self) -> "House":
        """The house of real work."""
        if self._real is None:
            from onevisit.desk.desk import system_clock  # noqa: PLC0415 - see above
            from onevisit.desk.house import House  # noqa: PLC0415

            self._real = House(self.store, now=self._now or system_clock)
        return self._real

    def log_in(self, login: str, password: str, progress: Progress) -> "Desk":
        """Open the real store; see ``House.log_in``."""
        desk = self.real().log_in(login, password, progress)
        self._open = self.real()
        return desk

    def recover(self, code: str, login: str, password: str) -> None:
        """Give an administrator a new password; see ``House.recover``."""
        self.real().recover(code, login, password)

    def enter_ready(self, login: str) -> "Desk":
        """Open the practice store with one of its ready accounts; it is made when it is missing."""
        password = next(one.password for one in PRACTICE_ACCOUNTS if one.login == login)
        self._open = enter_practice(self._practice_store, self._now, with_visits=True)
        return self._open.log_in(login, password)

    def check_password(self, desk: "Desk", password: str) -> None:
        """Ask for the password of whoever is at the desk; see ``House.check_password``."""
        assert self._open is not None  # noqa: S101 - somebody is at the desk
        self._open.check_password(desk, password)

    def rescue_doors(self, *, practice: bool) -> RescueDoors:
        """What can be done to the real or the practice data while nobody is logged in; costs nothing."""
        directory = self._practice_store if practice else self.store

        def found(extra: Path | None) -> "tuple[BackupInfo, ...]":
            from onevisit.desk.restoring import found_backups  # noqa: PLC0415 - see above

            return found_backups(directory, extra)

        def restore(backup: Path, proof: Proof, progress: Progress) -> "Restored":
            from onevisit.desk.desk import system_clock  # noqa: PLC0415
            from onevisit.desk.restoring import restore  # noqa: PLC0415

            return restore(
                directory,
                backup,
                login=proof.login,
                password=proof.password,
                recovery_code=proof.recovery_code,
                practice=practice,
                progress=progress,
                now=self._now or system_clock,
            )

        def salvage(target: Path, proof: Proof, progress: Progress) -> "SalvageReport":
            from onevisit.desk.desk import system_clock  # noqa: PLC0415
            from onevisit.desk.salvaging import salvage  # noqa: PLC0415

            now = self._now or system_clock
            code = proof.recovery_code
            return salvage(directory, proof.login, proof.password, target, progress, recovery_code=code, now=now)

        return RescueDoors(found, restore, salvage)

    def rekey(self, desk: "Desk", progress: Callable[[int, int, str], None]) -> "Rekeyed":
        """Put the open store under a new key; see ``House.rekey``."""
        assert self._open is not None  # noqa: S101 - somebody is at the desk
        return self._open.rekey(desk, progress)

    def close(self) -> None:
        """Close whichever is open."""
        house, self._open = self._open, None
        if house is not None:
            house.close()
