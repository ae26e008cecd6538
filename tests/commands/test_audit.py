"""``onevisit audit``: verified with its witnesses, and exported with a reason."""

import csv
import stat
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.commands.helpers import ADMIN_PASSWORD, AUDITOR_PASSWORD, Run

from onevisit.commands.parser import FAULT_STATUS, FOUND_STATUS
from onevisit.desk.house import House
from onevisit.rules.clocks import SHANGHAI
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import SLOTS
from onevisit.store.store import Store

AS_AUDITOR = ("--login", "shenji")


@pytest.fixture(autouse=True)
def founded(recovery_code: str) -> None:
    """A founded store for each test."""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store"


def test_a_whole_trail(run: Run) -> None:
    said = run("audit", "verify", *AS_AUDITOR, secrets=[AUDITOR_PASSWORD])
    assert (said.status, said.err) == (0, "")
    assert "完整" in said.out


def test_a_forged_entry_is_named(run: Run, directory: Path) -> None:
    slots = KeySlots.load(directory / SLOTS, Cost())
    store = Store.open(directory, slots.unlock("admin", ADMIN_PASSWORD), slots)
    with store.writing() as session:
        session.execute(text("UPDATE audit_entry SET window_no = '99' WHERE id = 2"))
    store.close()
    said = run("audit", "verify", *AS_AUDITOR, secrets=[AUDITOR_PASSWORD])
    assert said.status == FOUND_STATUS
    assert "第 2 条" in said.out


def test_a_check_code_that_is_none(run: Run) -> None:
    said = run("audit", "verify", *AS_AUDITOR, "--code", "12", secrets=[AUDITOR_PASSWORD])
    assert (said.status, said.out) == (FAULT_STATUS, "")


def test_the_trail_as_a_file(run: Run, tmp_path: Path) -> None:
    today = datetime.now(SHANGHAI).date().isoformat()
    span = ("--from", "2026-01-01", "--to", today, "--reason", "inspection", "--out", str(tmp_path))
    said = run("audit", "export", *AS_AUDITOR, *span, secrets=[AUDITOR_PASSWORD])
    assert (said.status, said.err) == (0, "")
    file = Path(said.out.strip().partition("：")[2])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert any("首次设置" in row for row in rows)


def test_no_export_without_a_reason(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run("audit", "export", "--from", "2026-01-01", "--to", "2026-01-02", "--out", ".")
    assert left.value.code == FAULT_STATUS
    assert "--reason" in capsys.readouterr().err


def test_an_administrator_reads_no_trail(run: Run) -> None:
    said = run("audit", "verify", secrets=[ADMIN_PASSWORD])
    assert said.status == FAULT_STATUS
    assert "没有“查看操作记录”的权限" in said.err


def test_a_store_that_the_window_has_open_is_left_alone(run: Run, directory: Path) -> None:
    house = House(directory)
    house.log_in("admin", ADMIN_PASSWORD)
    said = run("audit", "verify", *AS_AUDITOR, secrets=[AUDITOR_PASSWORD])
    house.close()
    assert said.status == FAULT_STATUS
    assert "已经打开了这份数据" in said.err
