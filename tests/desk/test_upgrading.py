"""A real store of every released schema, through the desk: everything is there after the upgrade, cut short or not."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.desk.conftest import CHEAP

from onevisit.desk import audit, backups, issue, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import Role
from onevisit.store import schema
from onevisit.store.names import DATA

KEPT = Path(__file__).parents[1] / "store" / "schemas"
RELEASED = sorted(folder.name for folder in KEPT.iterdir() if (folder / DATA).exists())
LATER = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(params=RELEASED)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a kept store, of every released schema in turn."""
    return Path(shutil.copytree(KEPT / request.param, tmp_path / "kept"))


@pytest.fixture
def enter(folder: Path) -> Iterator[Callable[[Role], Desk]]:
    """Log in to the kept store as a role; the first log-in upgrades it."""
    house = House(folder, practice=True, now=lambda: LATER, cost=CHEAP)

    def enter(role: Role) -> Desk:
        account = next(one for one in PRACTICE_ACCOUNTS if one.role is role)
        return house.log_in(account.login, account.password)

    yield enter
    house.close()


MATTERS = (("370400-01-2026-00001-9", "建筑工地拖欠工资"), ("370400-01-2026-00005-U", "建筑工地拖欠工资"))
"""The first matter of the kept day; the day of the third schema has weeks with four other matters behind it."""


def assert_all_is_there(enter: Callable[[Role], Desk]) -> None:
    """Hold what the desk tells of the kept day against what was typed then."""
    supervisor = enter(Role.SUPERVISOR)
    today = lookup.today(supervisor, date(2026, 11, 23))
    assert [(row.visit_no, row.petitioner, row.lawyer_state) for row in today.rows] == [
        ("370400-01-20261123-006-C", "林建军", ""),
        ("370400-01-20261123-005-G", "某机械有限公司", "waiting"),
        ("370400-01-20261123-004-K", "匿名", ""),
        ("370400-01-20261123-003-O", "韩磊", ""),
        ("370400-01-20261123-002-S", "古丽娜尔·艾山", "signed"),
        ("370400-01-20261123-001-W", "曹阳", ""),
    ]
    assert (today.figures.batches, today.figures.persons, today.figures.waiting) == (6, 23, 1)
    (hit,) = lookup.search(supervisor, "林建军").hits
    matter = lookup.open_matter(supervisor, hit.matter_id)
    assert (matter.matter_no, matter.title) in MATTERS
    first, again = matter.visits
    assert first.materials == ("工资欠条（复印件 1 页）",)
    assert first.advice is not None
    assert first.advice.basis == "《保障农民工工资支付条例》；《劳动争议调解仲裁法》"
    assert again.return_reason == "未按承诺时间联系来访人"
    assert len(matter.timeline) == 5
    person = first.people[0].petitioner_id
    assert lookup.full_id_number(supervisor, person) == "370499197603180514"
    assert issue.preview(supervisor, again.visit_id)
    assert audit.verify(enter(Role.AUDITOR)).first_broken is None


def test_everything_is_there_after_the_upgrade(enter: Callable[[Role], Desk]) -> None:
    assert_all_is_there(enter)


@pytest.mark.parametrize("folder", [one for one in RELEASED if one != schema.HEAD], indirect=True)
def test_the_upgrade_and_its_backup_are_recorded(folder: Path, enter: Callable[[Role], Desk]) -> None:
    auditor = enter(Role.AUDITOR)
    told = [row for row in audit.entries(auditor) if row.action == "升级数据"]
    (made,) = backups.known_backups(auditor)
    steps = f"从第 {int(made.schema)} 版到第 {int(schema.HEAD)} 版"
    assert [(row.who, row.detail) for row in told] == [("系统", steps)]
    assert backups.health(auditor).last_verified_at == made.made_at == LATER
    assert backups.due(auditor) is None


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from onevisit.desk.house import House
left = int(sys.argv[2])
def cut(done, total, what):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
house = House(Path(sys.argv[1]), practice=True, now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
house.log_in("shenji", "Lianxi-2026", cut)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by SIGKILL")
@pytest.mark.parametrize("steps", range(5))
def test_a_program_killed_in_the_middle_loses_nothing(folder: Path, enter: Callable[[Role], Desk], steps: int) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder), str(steps)], check=False)
    assert_all_is_there(enter)
    assert not list((folder / "backups").glob("*.part"))
