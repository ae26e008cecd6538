"""Invented backups, and doors that do what a test tells them to."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onevisit.desk.backup_list import BackupInfo
from onevisit.desk.errors import LogInFault
from onevisit.desk.restoring import Restored
from onevisit.desk.salvaging import SalvagedTable, SalvageReport
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.rules.progress import Progress
from onevisit.ui.rescue.doors import Proof, RescueDoors

DAMAGED = "这份备份的清单已损坏或被改动，请换一份备份。"


def backup(name: str, occasion: BackupOccasion | None, place: BackupPlace, **more: object) -> BackupInfo:
    """One invented backup; its name begins with the moment, in UTC here."""
    made_at = datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    folder = Path("/media/usb/onevisit-370400-01" if place is BackupPlace.SECOND else "/srv/onevisit/store/backups")
    return BackupInfo(folder / name, name, made_at, occasion, place, **more)  # type: ignore[arg-type]  # plain fields


BACKUPS = (
    backup("20261124-023000-interval", BackupOccasion.INTERVAL, BackupPlace.FIRST, size=12_900_000),
    backup("20261124-000312-day_start", BackupOccasion.DAY_START, BackupPlace.FIRST, size=12_800_000),
    backup("20261124-000312-day_start", BackupOccasion.DAY_START, BackupPlace.SECOND, size=12_800_000),
    backup("20261123-093000-day_close", None, BackupPlace.FIRST, state=BackupState.DAMAGED, sentence=DAMAGED),
)


@dataclass
class Doors:
    """Restores and salvages in word only; remembers what was asked.

    Attributes:
        gate: long work waits at it between its two steps.
    """

    asked: list[object] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    there: tuple[BackupInfo, ...] = BACKUPS

    def found(self, extra: Path | None) -> tuple[BackupInfo, ...]:
        self.asked.append(extra)
        return self.there

    def _long(self, proof: Proof, progress: Progress) -> None:
        self.asked.append(proof)
        if "wrong" in (proof.password, proof.recovery_code):
            raise LogInFault
        progress(1, 2, "正在副本上试")
        self.gate.wait()
        progress(2, 2, "正在替换")

    def restore(self, folder: Path, proof: Proof, progress: Progress) -> Restored:
        self.asked.append(folder)
        self._long(proof, progress)
        made_at = next(one.made_at for one in BACKUPS if one.folder == folder)
        return Restored(made_at, Path("/srv/onevisit/store/kept/20261124-140000"), visits=1207, last_visit_at=made_at)

    def salvage(self, target: Path, proof: Proof, progress: Progress) -> SalvageReport:
        self.asked.append(target)
        self._long(proof, progress)
        return SalvageReport(target, (SalvagedTable("visit", 1204, 3), SalvagedTable("petitioner", 980, 0)))

    def doors(self) -> RescueDoors:
        return RescueDoors(self.found, self.restore, self.salvage)


@pytest.fixture
def doors() -> Iterator[Doors]:
    made = Doors()
    yield made
    made.gate.set()
