"""``onevisit rekey``: another key, the same passwords, the same recovery code."""

from pathlib import Path

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, AUDITOR_PASSWORD, Run

from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import SLOTS


@pytest.fixture
def slots_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store" / SLOTS


def test_everybody_opens_the_store_under_its_new_key(run: Run, recovery_code: str, slots_file: Path) -> None:
    before = KeySlots.load(slots_file, Cost()).unlock_recovery(recovery_code)
    said = run("rekey", "--yes", secrets=[ADMIN_PASSWORD])
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("密钥已更换")
    assert KeySlots.load(slots_file, Cost()).unlock_recovery(recovery_code) != before
    assert run("audit", "verify", "--login", "shenji", secrets=[AUDITOR_PASSWORD]).status == 0


def test_nobody_is_rekeyed_without_being_asked(run: Run, recovery_code: str, slots_file: Path) -> None:
    before = slots_file.read_bytes()
    said = run("rekey", secrets=[ADMIN_PASSWORD])
    assert said.status == 2
    assert "--yes" in said.err
    assert slots_file.read_bytes() == before
