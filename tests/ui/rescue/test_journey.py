"""The whole way through the program: from damaged data to a log-in, from the administrator's page and back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from tests.running import running_client

from onevisit.app import Client
from onevisit.desk import backups
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.rules.keeping import BackupOccasion
from onevisit.store.names import BACKUPS, DATA, SLOTS
from onevisit.ui.login import Way
from onevisit.ui.messages import Question
from onevisit.ui.rescue.restore import RestoreWindow
from onevisit.ui.rescue.salvage import SalvageWindow
from onevisit.ui.system.backups_panel import BackupsPanel
from onevisit.ui.system.check_panel import CheckPanel
from onevisit.ui.system.page import SystemPage

PASSWORD = "Mima-2026"
PRACTICE = "Lianxi-2026"
PAGE = 4096


@pytest.fixture
def client(qapp: QApplication, resources: Path, tmp_path: Path) -> Iterator[Client]:
    with running_client(qapp, tmp_path / "data", resources, PdfFolderPrinter(tmp_path / "paper")) as made:
        yield made


@pytest.fixture
def settle(client: Client, qtbot: QtBot) -> Callable[[], None]:
    """Wait until both workers have done what they were given."""
    return lambda: qtbot.waitUntil(lambda: not client.tasks.busy and not client.background.busy, timeout=30_000)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A real store with its administrator, and one backup."""
    folder = tmp_path / "data" / "store"
    house = House(folder)
    set_up = house.prepare(
        SetUpForm(
            unit_name="示例市信访局人民来访接待中心",
            unit_address="示例路1号",
            unit_phone="0632-3300000",
            name="周敏",
            password=PASSWORD,
            password_again=PASSWORD,
        )
    )
    house.found(set_up, set_up.recovery_code)
    backups.make_backup(house.log_in("admin", PASSWORD), BackupOccasion.BY_HAND)
    house.close()
    return folder


def _restore(client: Client, qtbot: QtBot, settle: Callable[[], None], password: str) -> str:
    """Type the password, bring the chosen backup back, go to the log-in; gives what that says."""
    window = client.rescue
    assert isinstance(window, RestoreWindow)
    qtbot.waitUntil(lambda: window.selected is not None)
    window.fields.proof.ui.login.setText("admin" if password == PASSWORD else "guanli")
    window.fields.proof.ui.password.setText(password)
    window.ui.go.click()
    settle()
    assert window.told, window.ui.troubleText.text()
    window.ui.go.click()
    settle()
    assert client.rescue is None
    assert client.login.isVisible()
    return client.login.ui.said.text()


def _way(client: Client) -> Way:
    return client.login.way


def _log_in(client: Client, qtbot: QtBot) -> None:
    client.login.ui.login.setText("admin")
    client.login.ui.password.setText(PASSWORD)
    client.login.log_in()
    qtbot.waitUntil(lambda: client.window is not None, timeout=30_000)


@pytest.mark.parametrize("gone", [DATA, SLOTS, "damaged"])
def test_data_that_does_not_open_is_brought_back_from_the_log_in(
    client: Client, store: Path, gone: str, settle: Callable[[], None], qtbot: QtBot
) -> None:
    if gone == "damaged":
        (store / DATA).write_bytes(b"SQLite format 3\0" + bytes(8192))
    else:
        (store / gone).unlink()
    client.start(practice=False)
    qtbot.waitUntil(client.login.ui.mend.isVisible, timeout=30_000)
    assert client.login.ui.said.property("tone") == "fault"
    client.login.ui.mendRestore.click()
    assert client.login.isHidden()
    said = _restore(client, qtbot, settle, PASSWORD)
    assert said.startswith("已恢复到 ")
    assert _way(client) is Way.LOG_IN
    assert client.login.ui.login.text() == "admin"
    _log_in(client, qtbot)
    settle()


def test_a_new_computer_begins_with_a_stick(
    client: Client, store: Path, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    stick = tmp_path / "usb"
    (store / BACKUPS).rename(stick)
    for file in sorted(store.iterdir()):
        file.unlink()
    client.start(practice=False)
    settle()
    assert _way(client) is Way.FIRST
    client.login.ui.firstRestore.click()
    window = client.rescue
    assert isinstance(window, RestoreWindow)
    settle()
    assert window.fields.empty.isVisible()
    window.look_in(stick)
    _restore(client, qtbot, settle, PASSWORD)
    assert _way(client) is Way.LOG_IN
    _log_in(client, qtbot)
    settle()


def test_who_thinks_better_of_it_is_back_at_the_log_in(
    client: Client, store: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    client.start(practice=False)
    settle()
    client.login.ui.restore.click()
    window = client.rescue
    assert window is not None
    settle()
    window.ui.back.click()
    settle()
    assert client.rescue is None
    assert client.login.isVisible()
    assert client.login.ui.said.text() == ""
    _log_in(client, qtbot)
    settle()


def _sit_down(client: Client, settle: Callable[[], None], qtbot: QtBot) -> SystemPage:
    """Practise as the administrator, with the administrator's page open."""
    place = next(i for i, one in enumerate(client.login.ready_buttons) if one.text().startswith("管理员"))
    client.login.ready_buttons[place].click()
    qtbot.waitUntil(lambda: client.window is not None, timeout=30_000)
    settle()
    assert client.window is not None
    client.window.resize(1366, 768)
    client.window.show_page("system")
    page = client.window.current
    assert isinstance(page, SystemPage)
    return page


@pytest.fixture
def system(client: Client, settle: Callable[[], None], qtbot: QtBot) -> SystemPage:
    """The administrator's page of practice mode."""
    client.start(practice=True)
    return _sit_down(client, settle, qtbot)


def _open(page: SystemPage, kind: type[BackupsPanel] | type[CheckPanel], settle: Callable[[], None]) -> None:
    page.ui.tabs.setCurrentIndex(next(i for i, panel in enumerate(page.panels) if isinstance(panel, kind)))
    settle()


def test_the_administrator_goes_back_to_a_backup(
    client: Client,
    system: SystemPage,
    settle: Callable[[], None],
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    _open(system, BackupsPanel, settle)
    panel = system.panel_of(BackupsPanel)
    panel.ui.make.click()
    settle()
    chosen = panel.selected
    assert chosen is not None
    assert client.window is not None
    screenshot(client.window, "window_backups")
    questions: list[Question] = []
    client.messages.ask_requested.connect(questions.append)
    panel.ui.restore.click()
    screenshot(client.window, "window_backups_question")
    client.window.asking.agree.click()
    window = client.rescue
    assert isinstance(window, RestoreWindow)
    qtbot.waitUntil(lambda: window.selected is not None)
    assert window.selected is not None
    assert window.selected.folder == chosen.folder
    assert window.fields.proof.ui.login.text() == "guanli"
    said = _restore(client, qtbot, settle, PRACTICE)
    assert "共 16 次来访" in said
    assert _way(client) is Way.READY
    assert len(questions) == 1


def test_damage_is_found_and_leads_to_the_rescue(
    client: Client, system: SystemPage, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:  # fmt: skip
    desk, pages = system.context.desk, list[int]()

    def find() -> int:
        with desk.look(None) as session:
            wanted = text("SELECT rootpage FROM sqlite_master WHERE name = 'material'")
            return int(session.execute(wanted).scalar_one())

    client.tasks.run(find, pages.append)
    settle()
    assert client.window is not None
    client.window.leave(log_in_again=True)
    settle()
    with (tmp_path / "data" / "practice" / DATA).open("r+b") as file:
        file.seek((pages[0] - 1) * PAGE + 100)
        file.write(bytes(16))
    client.login.practice_wanted.emit()
    system = _sit_down(client, settle, qtbot)
    _open(system, CheckPanel, settle)
    panel = system.panel_of(CheckPanel)
    panel.ui.full.click()
    settle()
    assert panel.ui.next.isVisible()
    assert client.window is not None
    screenshot(client.window, "window_check")
    panel.ui.salvage.click()
    settle()
    window = client.rescue
    assert isinstance(window, SalvageWindow)
    window.choose_target(tmp_path / "usb")
    window.fields.proof.ui.password.setText(PRACTICE)
    window.ui.go.click()
    settle()
    assert window.told, window.ui.troubleText.text()
    screenshot(window, "salvage_real")
    words = [window.model.index(row, 0).data() for row in range(window.model.rowCount())]
    assert {"来访", "信访人", "操作记录"} <= set(words)
    window.use.click()
    settle()
    restore = client.rescue
    assert isinstance(restore, RestoreWindow)
    assert restore.selected is not None
    newest = max(restore.model.row_at(restore.model.index(row, 0)).made_at for row in range(restore.model.rowCount()))  # type: ignore[union-attr]  # rows that are there
    assert restore.selected.made_at == newest
    assert tmp_path / "usb" in restore.selected.folder.parents
    said = _restore(client, qtbot, settle, PRACTICE)
    assert said.startswith("已恢复到 ")
    assert _way(client) is Way.READY
