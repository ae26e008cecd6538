"""What restores put aside: listed with its age, and taken away when somebody says so."""

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import audit
from onevisit.desk.backups import make_backup
from onevisit.desk.errors import DeskFault
from onevisit.desk.house import House
from onevisit.desk.kept import kept_stores, remove_kept
from onevisit.desk.restoring import restore
from onevisit.rules.keeping import BackupOccasion
from onevisit.store.names import DATA, KEPT
from onevisit.store.tables import AuditEntry

PASSWORD = "Lianxi-2026"


@pytest.fixture
def restored(house: House, clock: Clock, tmp_path: Path) -> Path:
    """A data folder in which two restores put something aside; nobody is logged in."""
    backup = make_backup(house.log_in("guanli", PASSWORD), BackupOccasion.BY_HAND).info.folder
    house.close()
    for _ in range(2):
        clock.advance(days=1)
        restore(tmp_path / "data", backup, login="guanli", password=PASSWORD, practice=True, now=clock, cost=CHEAP)
    return tmp_path / "data"


def test_what_was_put_aside_is_listed_with_its_moment_and_size(restored: Path, house: House, clock: Clock) -> None:
    (restored / KEPT / "somebody-else").mkdir()
    older, newer = kept_stores(house.log_in("guanli", PASSWORD))
    assert newer.since == clock.moment
    assert (newer.since - older.since).days == 1
    assert older.size > (older.folder / DATA).stat().st_size > 0


def test_it_goes_for_good_and_leaves_a_trace(restored: Path, house: House) -> None:
    desk = house.log_in("guanli", PASSWORD)
    kept = kept_stores(desk)
    remove_kept(desk, [kept[0].folder])
    assert kept_stores(desk) == kept[1:]
    remove_kept(desk, [kept[1].folder])
    assert not (restored / KEPT).exists()
    with desk.look(None) as session:
        told = session.scalars(select(AuditEntry.detail).where(AuditEntry.action == "kept.removed")).all()
    assert told == ["20261124-090000", "20261125-090000"]
    row = audit.entries(house.log_in("shenji", PASSWORD), limit=2)[1]
    assert (row.action, row.detail) == ("删除恢复时换下的旧数据", "20261125-090000 换下的")


def test_nothing_else_is_removed(restored: Path, house: House) -> None:
    desk = house.log_in("guanli", PASSWORD)
    kept = kept_stores(desk)
    for place in (restored, restored / "backups", restored / KEPT / ".." / "backups"):
        with pytest.raises(DeskFault, match="已经不在了"):
            remove_kept(desk, [kept[0].folder, place])
    assert kept_stores(desk) == kept
