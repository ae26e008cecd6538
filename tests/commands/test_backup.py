"""``onevisit backup``, ``restore`` and ``check`` on a real store."""

from pathlib import Path

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, Run

from onevisit.commands.parser import FAULT_STATUS, FOUND_STATUS
from onevisit.store.names import DATA

ADD_CLERK = ("account", "add", "wang", "--role", "clerk", "--name", "窗口员", "--staff-no", "002")


@pytest.fixture(autouse=True)
def founded(recovery_code: str) -> None:
    """A founded store for each test."""


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store" / DATA


@pytest.fixture
def backup(run: Run) -> Path:
    """A backup of the store as it was founded."""
    said = run("backup", secrets=[ADMIN_PASSWORD])
    assert said.status == 0, said.err
    words, folder = said.out.splitlines()
    assert "核验无误" in words
    return Path(folder)


def logins(run: Run) -> set[str]:
    said = run("account", "list", secrets=[ADMIN_PASSWORD])
    return {line.split("\t")[1] for line in said.out.splitlines()}


def test_a_backup_is_made_listed_and_checked(run: Run, backup: Path) -> None:
    listed = run("backup", "--list", secrets=[ADMIN_PASSWORD]).out
    assert str(backup) in listed
    said = run("backup", "--verify", str(backup), secrets=[ADMIN_PASSWORD])
    assert (said.status, str(backup) in said.out) == (0, True)


def test_a_damaged_backup_is_found(run: Run, backup: Path) -> None:
    damage(backup / DATA)
    said = run("backup", "--verify", str(backup), secrets=[ADMIN_PASSWORD])
    assert said.status == FOUND_STATUS
    assert "损坏" in said.out


@pytest.mark.parametrize("by_code", [False, True])
def test_a_backup_comes_back(run: Run, backup: Path, recovery_code: str, by_code: bool) -> None:
    run(*ADD_CLERK, secrets=[ADMIN_PASSWORD, "Chuang-2026"])
    assert "wang" in logins(run)
    how = ["--recovery"] if by_code else []
    said = run("restore", str(backup), "--yes", *how, secrets=[recovery_code if by_code else ADMIN_PASSWORD])
    assert (said.status, said.err) == (0, "")
    assert "没有删除" in said.out
    assert logins(run) == {"admin", "shenji"}


def test_a_damaged_store_is_found_and_a_backup_brings_it_back(run: Run, backup: Path, store_file: Path) -> None:
    damage(store_file)
    assert run("check", secrets=[ADMIN_PASSWORD]).status in {FOUND_STATUS, FAULT_STATUS}
    assert run("restore", str(backup), "--yes", secrets=[ADMIN_PASSWORD]).status == 0
    assert run("check", secrets=[ADMIN_PASSWORD]).status == 0


def test_nobody_restores_without_being_asked(run: Run, backup: Path) -> None:
    said = run("restore", str(backup), secrets=[ADMIN_PASSWORD])
    assert said.status == FAULT_STATUS
    assert "--yes" in said.err


def test_a_wrong_password_restores_nothing(run: Run, backup: Path, store_file: Path) -> None:
    before = store_file.read_bytes()
    said = run("restore", str(backup), "--yes", secrets=["wrong"])
    assert (said.status, said.out) == (FAULT_STATUS, "")
    assert store_file.read_bytes() == before


@pytest.mark.parametrize("how", [(), ("--quick",)])
def test_a_whole_store_is_said_to_be_whole(run: Run, how: tuple[str, ...]) -> None:
    said = run("check", *how, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("数据完好")


def test_what_can_be_read_is_saved(run: Run, store_file: Path, tmp_path: Path) -> None:
    damage(store_file)
    target = tmp_path / "saved"
    said = run("check", "--salvage-to", str(target), secrets=[ADMIN_PASSWORD])
    assert said.status in {0, FOUND_STATUS}, said.err
    assert "account\t读出 2\t丢失 0" in said.out
    saved = next(one.parent for one in target.glob(f"*/{DATA}"))
    assert run("restore", str(saved), "--yes", secrets=[ADMIN_PASSWORD]).status == 0
    assert logins(run) == {"admin", "shenji"}


def damage(file: Path) -> None:
    """Flip some bytes in the middle of a file."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    file.write_bytes(content)
