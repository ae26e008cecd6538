"""The whole program: what is loaded when, first start, practice, log-out, what stops it, and a real window."""

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.running import running_client

from onevisit.app import Client
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.host import data_folder
from onevisit.pages import page_entries, paper_work
from onevisit.rules.accounts import Role
from onevisit.rules.faults import PlainFault
from onevisit.ui.login import Way
from onevisit.ui.stopped import StoppedWindow


class Tidied(PdfFolderPrinter):
    """Counts how often it was asked to keep nothing of sheets that are over."""

    times = 0

    def tidy(self) -> int:
        self.times += 1
        return 0


_FIRST_WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from onevisit.app import Client, dress
from onevisit.resources import resource_dir
application = QApplication(sys.argv[:1])
client = Client(Path(sys.argv[1]), resource_dir(), dress(application, resource_dir()))
client.login.show()
application.processEvents()
print(json.dumps([client.login.isVisible(), sorted(sys.modules)]))
client.stop()
"""


@pytest.fixture
def printer(tmp_path: Path) -> Tidied:
    return Tidied(tmp_path / "paper")


@pytest.fixture
def client(qapp: QApplication, resources: Path, tmp_path: Path, printer: Tidied) -> Iterator[Client]:
    with running_client(qapp, tmp_path, resources, printer) as made:
        yield made


def _way(client: Client) -> Way:
    return client.login.way


def _enter(client: Client, place: int, qtbot: QtBot) -> None:
    client.login.ready_buttons[place].click()
    qtbot.waitUntil(lambda: client.window is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not client.tasks.busy, timeout=20_000)


def test_the_log_in_window_shows_before_the_store_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_WINDOW, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    visible, loaded = json.loads(done.stdout)
    heavy = {"sqlalchemy", "sqlcipher3", "reportlab", "pypdfium2", "pypinyin", "alembic", "onevisit.store.store"}
    assert visible
    assert heavy.isdisjoint(loaded)


def test_a_first_start_offers_set_up_and_practice(client: Client, qtbot: QtBot) -> None:
    client.start(practice=False)
    assert _way(client) is Way.FIRST
    qtbot.waitUntil(lambda: not client.tasks.busy, timeout=20_000)
    assert _way(client) is Way.FIRST
    client.login.ui.setUp.click()
    assert client.wizard is not None
    assert client.wizard.isVisible()
    assert client.login.isHidden()
    client.wizard.founded.emit("admin")
    assert client.login.isVisible()
    assert _way(client) is Way.LOG_IN
    assert client.login.ui.login.text() == "admin"


def test_a_wizard_that_is_closed_leads_back(client: Client, qtbot: QtBot) -> None:
    client.start(practice=False)
    qtbot.waitUntil(lambda: not client.tasks.busy, timeout=20_000)
    client.login.ui.setUp.click()
    wizard = client.wizard
    assert wizard is not None
    wizard.closed.emit()
    assert client.login.isVisible()
    assert _way(client) is Way.FIRST
    client.login.ui.setUp.click()
    assert client.wizard is not wizard


def test_every_ready_account_works_and_logs_out(client: Client, qtbot: QtBot) -> None:
    client.start(practice=True)
    assert _way(client) is Way.READY
    for place in range(len(Role)):
        client.login.practice_wanted.emit()
        _enter(client, place, qtbot)
        window = client.window
        assert window is not None
        assert window.context.desk.practice
        assert client.login.isHidden()
        for key in window.ui.navigation.buttons:
            window.show_page(key)
            page = window.current
            assert page is not None
            assert page.key == key
        qtbot.waitUntil(lambda: not client.tasks.busy, timeout=20_000)
        window.leave(log_in_again=True)
        qtbot.waitUntil(lambda: client.login.isVisible() and client.window is None)


def test_the_print_system_is_told_to_keep_nothing_at_log_in_and_at_log_out(
    client: Client, printer: Tidied, qtbot: QtBot
) -> None:
    client.start(practice=True)
    clerk = [one.role for one in PRACTICE_ACCOUNTS].index(Role.CLERK)
    _enter(client, clerk, qtbot)
    at_log_in = printer.times
    assert at_log_in
    window = client.window
    assert window is not None
    window.leave(log_in_again=True)
    qtbot.waitUntil(lambda: client.login.isVisible() and not client.tasks.busy, timeout=20_000)
    assert printer.times > at_log_in


def test_rubbish_is_left_to_the_main_thread_while_the_client_runs(client: Client) -> None:
    client.start(practice=True)
    assert not gc.isenabled()


def test_an_unusable_store_is_said_below_the_log_in(client: Client, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    client.start(practice=False)
    qtbot.waitUntil(lambda: bool(client.login.ui.said.text()), timeout=20_000)
    assert client.login.ui.said.property("tone") == "fault"
    assert client.login.ui.said.text().endswith("。")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlainFault, match="数据文件夹不能写入"):
        data_folder(tmp_path / "file" / "data")


def test_a_data_folder_is_private(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "deep" / "data")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


def test_what_stops_the_program_is_shown_in_a_window(qtbot: QtBot) -> None:
    window = StoppedWindow("数据文件夹不能写入，请换一个。")
    qtbot.addWidget(window)
    window.show()
    assert window.words.text() == "数据文件夹不能写入，请换一个。"
    window.leave.click()
    assert window.isHidden()


def test_no_key_is_given_twice(resources: Path) -> None:
    entries = page_entries(paper_work(resources / "fonts"), None, None, None)  # type: ignore[arg-type]  # no page is made
    keys = [entry.shortcut for entry in entries if entry.shortcut]
    assert len(keys) == len(set(keys))
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert not entry.icon or (resources / "icons" / f"{entry.icon}.svg").is_file()


_JOURNEY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import onevisit.app as app
left = 400
def look():
    global left
    left -= 1
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    main = [w for w in windows if type(w).__name__ == "MainWindow"]
    login = [w for w in windows if type(w).__name__ == "LoginWindow"]
    if main and main[0].isActiveWindow():
        print(QApplication.platformName(), main[0].windowTitle())
        main[0].close()
    elif login and login[0].ready_buttons and login[0].ready_buttons[0].isEnabled():
        login[0].ready_buttons[0].click()
    if left < 0:
        QApplication.exit(9)
timer = QTimer()
def begin(client, *, practice, start=app.Client.start):
    start(client, practice=practice)
    timer.timeout.connect(look)
    timer.start(50)
app.Client.start = begin
sys.exit(app.run(__import__("pathlib").Path(sys.argv[1]), practice=True))
"""


@pytest.mark.display
def test_a_real_window_opens_logs_in_and_closes(display: object, tmp_path: Path) -> None:
    env = getattr(display, "env")  # noqa: B009 - the fixture's class lives in a conftest
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _JOURNEY, str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["xcb 【练习】今日 · 最多访一次"]
    assert (
        (tmp_path / "log" / "onevisit.log").stat().st_mode & 0o777 == 0o600
        if (tmp_path / "log" / "onevisit.log").exists()
        else True
    )
    assert (tmp_path / "window.ini").stat().st_mode & 0o777 == 0o600


@pytest.mark.display
def test_a_folder_without_permission_shows_a_plain_window(display: object, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code = (
        "import sys, pathlib\n"
        "from PySide6.QtCore import QTimer\n"
        "import onevisit.app as app\n"
        "from onevisit.ui.stopped import StoppedWindow\n"
        "stay = StoppedWindow.stay\n"
        "def shown(window):\n"
        "    QTimer.singleShot(200, lambda: (print(window.words.text()), window.leave.click()))\n"
        "    return stay(window)\n"
        "StoppedWindow.stay = shown\n"
        "sys.exit(app.run(pathlib.Path(sys.argv[1]), practice=False))\n"
    )
    env = getattr(display, "env")  # noqa: B009 - as above
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(tmp_path / "file" / "data")],
        capture_output=True, text=True, encoding="utf-8", timeout=60, env=env,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "")
    assert "数据文件夹不能写入" in done.stdout


@pytest.mark.parametrize("log_in_again", [True, False])
def test_whoever_leaves_during_a_backup_leaves_no_half_of_it(
    client: Client, tmp_path: Path, qtbot: QtBot, log_in_again: bool
) -> None:
    client.start(practice=True)
    client.login.ready_buttons[0].click()
    qtbot.waitUntil(lambda: client.window is not None, timeout=20_000)
    window = client.window
    assert window is not None
    assert client.background.busy
    window.leave_now(log_in_again=log_in_again)
    if log_in_again:
        qtbot.waitUntil(lambda: client.login.isVisible() and not client.tasks.busy, timeout=20_000)
        assert not client.background.busy
    else:
        client.stop()
    backups = tmp_path / "practice" / "backups"
    assert [one.name for one in backups.glob("*.part")] == []


def test_a_second_start_shows_the_window_that_is_open(client: Client, qtbot: QtBot) -> None:
    client.start(practice=True)
    client.login.showMinimized()
    client.come_to_front()
    assert not client.login.isMinimized()
    client.login.ready_buttons[0].click()
    qtbot.waitUntil(lambda: client.window is not None, timeout=20_000)
    window = client.window
    assert window is not None
    window.showMinimized()
    client.come_to_front()
    assert not window.isMinimized()
    assert client.login.isHidden()
