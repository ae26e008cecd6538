"""What a process leaves on the disk: no core dump when it aborts, nothing that others can read."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onevisit import cli
from onevisit.ui.crash import open_log
from onevisit.ui.preferences import Preferences

_ABORTING = """
import ctypes, os, resource, sys
from onevisit.privacy import keep_to_itself
keep_to_itself()
open("fresh", "w").close()
os.mkdir("folder")
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.abort()
"""
"""3 is PR_GET_DUMPABLE."""


@pytest.fixture
def usual_mask() -> Iterator[None]:
    """New files open to all, as many systems have it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))}


@pytest.mark.skipif(sys.platform != "linux", reason="the limits and the flag are Linux's")
def test_a_process_that_aborts_leaves_no_core(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _ABORTING], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == -6, done.stderr
    assert done.stdout.split() == ["(0,", "0)", "0"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "fresh"]
    assert (tmp_path / "fresh").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_every_command_begins_that_way(tmp_path: Path) -> None:
    code = (
        "import os, resource, sys\n"
        "from onevisit.cli import main\n"
        "status = main(['demo', '--visits', 'missing', '--out', 'out'])\n"
        "print(status, resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == [str(cli.FAULT_STATUS), "(0,", "0)", "0o77"], done.stderr


def test_log_and_settings_of_the_window_are_closed_to_others(tmp_path: Path, usual_mask: None) -> None:
    level = logging.getLogger().level
    handler = open_log(tmp_path / "log")
    logging.getLogger("onevisit").info("a line")
    logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(level)
    handler.close()
    preferences = Preferences(tmp_path / "log" / "window.ini")
    preferences.large = True
    preferences.large = False
    assert {path.name for path in (tmp_path / "log").iterdir()} == {"onevisit.log", "window.ini"}
    assert _modes(tmp_path / "log") == {0}
