"""A second start for the same folder: the first comes to the front; killed and silent ones are told apart."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot
from tests.conftest import Display

from onevisit.ui.instance import Answer, Doorbell, bell_name, ring

_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import onevisit.app as app
def begin(client, *, practice, start=app.Client.start):
    start(client, practice=practice)
    QTimer.singleShot(0, lambda: print("open", flush=True))
    watching = QTimer(client)
    minimised = []
    def look():
        if client.login.isActiveWindow() and not minimised:
            minimised.append(1)
            client.login.showMinimized()
            print("minimised", flush=True)
    watching.timeout.connect(look)
    watching.start(20)
def came(client, come=app.Client.come_to_front):
    come(client)
    print("front", client.login.isVisible(), client.login.isMinimized(), flush=True)
app.Client.start, app.Client.come_to_front = begin, came
sys.exit(app.run(Path(sys.argv[1]), practice=False))
"""

_RINGING = (
    "import sys; from pathlib import Path; from onevisit.ui.instance import ring; print(ring(Path(sys.argv[1])).name)"
)


class First:
    """The program as a process of its own; what it prints can be waited for."""

    def __init__(self, folder: Path, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(folder)], stdout=subprocess.PIPE, text=True, env=env
        )

    def says(self, words: str) -> str:
        """Wait for a line that begins so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(words):
                return line.strip()
        raise AssertionError(f"the program ended and never said {words}")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def firsts() -> Iterator[list[First]]:
    """Programs to be ended after the test."""
    started: list[First] = []
    yield started
    for one in started:
        one.kill()


def _second(folder: Path, env: dict[str, str] | None = None) -> int:
    return subprocess.run(
        [sys.executable, "-m", "onevisit", "run", "--data", str(folder)], env=env, timeout=60
    ).returncode


def test_a_second_start_brings_the_first_to_the_front(tmp_path: Path, firsts: list[First]) -> None:
    firsts.append(first := First(tmp_path / "data"))
    first.says("open")
    assert _second(tmp_path / "data") == 0
    assert first.says("front") == "front True False"
    assert first.process.poll() is None


@pytest.mark.display
def test_a_minimised_window_stands_up_again(tmp_path: Path, firsts: list[First], display: Display) -> None:
    firsts.append(first := First(tmp_path / "data", display.env))
    first.says("minimised")
    assert _second(tmp_path / "data", display.env) == 0
    assert first.says("front") == "front True False"


def test_the_bell_of_a_program_that_was_killed_is_replaced(tmp_path: Path, firsts: list[First]) -> None:
    folder = tmp_path / "data"
    for _ in range(2):
        firsts.append(first := First(folder))
        first.says("open")
        first.kill()
        assert ring(folder) is Answer.NOBODY
    firsts.append(last := First(folder))
    last.says("open")
    assert ring(folder) is Answer.CAME


def test_other_folders_have_other_bells(tmp_path: Path, qapp: object) -> None:
    bell = Doorbell(tmp_path / "one")
    assert bell.hang_up()
    assert ring(tmp_path / "other") is Answer.NOBODY
    bell.take_down()
    assert ring(tmp_path / "one") is Answer.NOBODY
    assert str(tmp_path) not in bell_name(tmp_path / "one")
    assert bell_name(tmp_path / "one") == bell_name(tmp_path / "other" / ".." / "one")


def test_a_program_that_hangs_is_told_from_none(tmp_path: Path, qapp: object) -> None:
    silent = QLocalServer()
    assert silent.listen(bell_name(tmp_path))
    done = subprocess.run([sys.executable, "-c", _RINGING, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "SILENCE", done.stderr
    silent.close()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows are no files")
def test_only_the_same_user_can_ring(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    # the name of a socket has room for about a hundred characters, and a test's own folder may need them all
    with TemporaryDirectory() as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        bell = Doorbell(tmp_path / "data")
        assert bell.hang_up()
        assert Path(bell_name(tmp_path / "data")).stat().st_mode & 0o077 == 0
        bell.take_down()


def test_everybody_who_rings_is_answered(tmp_path: Path, qtbot: QtBot) -> None:
    bell = Doorbell(tmp_path)
    heard: list[int] = []
    bell.rang.connect(lambda: heard.append(1))
    assert bell.hang_up()
    seconds = [
        subprocess.Popen([sys.executable, "-c", _RINGING, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert [one.communicate(timeout=20)[0].strip() for one in seconds] == ["CAME", "CAME"]
    bell.take_down()
