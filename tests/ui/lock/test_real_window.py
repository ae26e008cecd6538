"""The lock in a real window with a window manager: a dialog gives way to the password and comes back."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Display

_JOURNEY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import onevisit.app as app

def steps(client):
    yield lambda: bool(client.login.ready_buttons)
    client.login.ready_buttons[0].click()
    yield lambda: client.window is not None and client.window.isActiveWindow() and not client.tasks.busy
    window = client.window
    window.show_page("registration")
    window.current.panel.companions.add()
    dialog = window.current.panel.companions.dialog
    yield dialog.isActiveWindow
    dialog.ui.name.setText("NN")
    window.lock.lock()
    yield lambda: window.isActiveWindow() and QApplication.focusWidget() is window.lock.screen.password
    print("locked", dialog.isVisible(), window.ui.central.isVisible(), "NN" in window.windowTitle())
    window.lock.screen.password.setText("Lianxi-2026")
    window.lock.screen.open.click()
    yield lambda: not window.lock.locked and dialog.isActiveWindow()
    print("open", dialog.ui.name.text(), QApplication.activeModalWidget() is dialog)
    dialog.reject()
    window.leave_now(log_in_again=False)
    yield lambda: False

left = 1500
def begin(client, *, practice, start=app.Client.start):
    start(client, practice=practice)
    journey = steps(client)
    waiting = [next(journey)]
    def look():
        global left
        left -= 1
        if left < 0:
            QApplication.exit(9)
        elif waiting[0]():
            waiting[0] = next(journey)
    client.looking = QTimer(client)
    client.looking.timeout.connect(look)
    client.looking.start(20)
app.Client.start = begin
sys.exit(app.run(Path(sys.argv[1]), practice=True))
"""


@pytest.mark.display
def test_a_dialog_gives_way_to_the_lock_and_comes_back(display: Display, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _JOURNEY, str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, env=display.env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["locked False False False", "open NN True"]
