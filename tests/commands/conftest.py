"""Runs commands in this process, with secrets handed over by real file descriptors."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, AUDITOR_PASSWORD, INIT, Run, Said, descriptor_with

from onevisit.cli import main


def command(data: Path, arguments: Sequence[str], secrets: Sequence[str]) -> int:
    """Run a command on a data folder; gives its exit status. The umask that it sets shall prop up no other test."""
    given = [*arguments, "--data", str(data)]
    if secrets:
        given += ["--secrets-fd", str(descriptor_with(secrets))]
    before = os.umask(0o022)
    try:
        return main(given)
    finally:
        os.umask(before)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("account", "list", secrets=[…])`` on the data folder of this test."""

    def run(*arguments: str, secrets: Sequence[str] = ()) -> Said:
        capsys.readouterr()
        status = command(tmp_path / "data", arguments, secrets)
        heard = capsys.readouterr()
        return Said(status, heard.out, heard.err)

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder founded by commands, with an auditor who has a password of her own; and its recovery code."""
    data = tmp_path_factory.mktemp("commands") / "data"
    reader, writer = os.pipe()
    assert command(data, [*INIT, "--recovery-fd", str(writer)], [ADMIN_PASSWORD]) == 0
    add = ["account", "add", "shenji", "--role", "auditor", "--name", "审计员", "--staff-no", "005"]
    assert command(data, add, [ADMIN_PASSWORD, "Chushi-2026"]) == 0
    change = ["account", "change-password", "--login", "shenji"]
    assert command(data, change, ["Chushi-2026", "Chushi-2026", AUDITOR_PASSWORD]) == 0
    with os.fdopen(reader, encoding="utf-8") as stream:
        return data, stream.read().strip()


@pytest.fixture
def recovery_code(made: tuple[Path, str], tmp_path: Path) -> str:
    """Founds the data folder of this test; gives its recovery code."""
    shutil.copytree(made[0], tmp_path / "data")
    return made[1]
