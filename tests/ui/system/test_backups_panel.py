"""The backups as the administrator sees them, on a real store with real backups."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import backups
from onevisit.desk.desk import Desk
from onevisit.desk.policy import save_policy
from onevisit.rules.accounts import Role
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.rules.policy import Policy
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Changes, Context
from onevisit.ui.system.backups_panel import BackupsPanel
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

from ..conftest import Way  # noqa: TID252 - fixtures' classes live there

Said = list[tuple[str, str]]


@pytest.fixture
def desk(sit_down: Callable[[Role], Desk]) -> Desk:
    return sit_down(Role.ADMINISTRATOR)


@pytest.fixture
def backed_up(desk: Desk, tasks: Tasks, qtbot: QtBot) -> backups.BackupMade:
    """One backup that is there already."""
    made: list[backups.BackupMade] = []
    tasks.run(lambda: backups.make_backup(desk, BackupOccasion.DAY_START), made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    return made[0]


@pytest.fixture
def open_panel(
    desk: Desk, tasks: Tasks, messages: Messages, way: Way, theme: Theme, qtbot: QtBot
) -> Iterator[Callable[[], BackupsPanel]]:
    """Show the panel as the page does."""
    assert theme.variant is Variant.LIGHT

    def show() -> BackupsPanel:
        panel = BackupsPanel(Context(desk, tasks, messages, Changes(), way), tasks)
        qtbot.addWidget(panel)
        panel.resize(1168, 600)
        panel.show()
        panel.refresh()
        qtbot.waitUntil(lambda: bool(panel.lines) and not tasks.busy, timeout=20_000)
        qtbot.waitUntil(panel.ui.health.itemAt(1).widget().isVisible)
        return panel

    yield show
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)


def _states(panel: BackupsPanel) -> list[str]:
    return [panel.model.index(row, 4).data() for row in range(panel.model.rowCount())]


def test_without_a_backup_it_says_how_to_begin(
    open_panel: Callable[[], BackupsPanel], screenshot: Callable[[QWidget, str], None]
) -> None:
    panel = open_panel()
    assert panel.lines[0][0] == "fault"
    assert panel.ui.empty.isVisible()
    assert panel.ui.table.isHidden()
    assert not panel.ui.restore.isEnabled()
    assert panel.ui.make.isEnabled()
    screenshot(panel, "backups_none")


def test_a_backup_is_made_checked_and_told_of(
    open_panel: Callable[[], BackupsPanel], tasks: Tasks, said: Said, qtbot: QtBot
) -> None:
    panel = open_panel()
    panel.ui.make.click()
    panel.make()  # Enter held down
    assert not panel.ui.check.isEnabled()
    qtbot.waitUntil(lambda: bool(said) and not tasks.busy, timeout=20_000)
    assert said == [("fine", "已备份到本机，并核验无误。")]
    assert panel.lines[0][0] == "fine"
    assert _states(panel) == ["✓ 已核验"], "pressed twice is one backup"
    assert panel.ui.where.text() == str(panel.selected.folder)  # type: ignore[union-attr]  # None fails too
    panel.ui.check.click()
    qtbot.waitUntil(lambda: len(said) == 2 and not tasks.busy, timeout=20_000)
    assert said[1][0] == "fine"
    assert said[1][1].endswith("的备份核验无误，可以放心恢复。")


def test_a_damaged_backup_is_found_and_stays_marked(
    open_panel: Callable[[], BackupsPanel],
    backed_up: backups.BackupMade,
    tasks: Tasks,
    said: Said,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    data = backed_up.info.folder / "store.db"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 0xFF
    data.chmod(0o600)
    data.write_bytes(content)
    panel = open_panel()
    panel.ui.check.click()
    qtbot.waitUntil(lambda: bool(said) and not tasks.busy, timeout=20_000)
    assert said[0][0] == "fault"
    assert "不能用" in said[0][1]
    assert _states(panel) == ["！已损坏"]
    assert panel.lines[0][0] == "fault", "what is left is no backup"
    screenshot(panel, "backups_damaged")


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_both_places_are_listed_and_a_missing_one_is_told(
    open_panel: Callable[[], BackupsPanel],
    backed_up: backups.BackupMade,
    desk: Desk,
    tasks: Tasks,
    theme: Theme,
    large: bool,
    said: Said,
    tmp_path: Path,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    size = "large" if large else "normal"
    usb = tmp_path / "usb"
    usb.mkdir()
    tasks.run(lambda: save_policy(desk, Policy(second_folder=str(usb))), lambda _: None)
    panel = open_panel()
    assert panel.lines[1][0] == "attention"
    panel.ui.make.click()
    qtbot.waitUntil(lambda: bool(said) and not tasks.busy, timeout=20_000)
    assert said[-1] == ("fine", "已备份到本机和第二备份位置，并核验无误。")
    places = {panel.model.row_at(panel.model.index(row, 0)).place for row in range(panel.model.rowCount())}  # type: ignore[union-attr]
    assert places == set(BackupPlace)
    assert panel.lines[1][0] == "fine"
    screenshot(panel, f"backups_{size}")
    usb.rename(tmp_path / "pulled out")
    panel.refresh()
    qtbot.waitUntil(lambda: panel.lines[1][0] == "attention")
    assert "没有接上。请插好 U 盘" in panel.lines[1][1]
    screenshot(panel, f"backups_missing_{size}")


def test_a_restore_is_explained_before_the_log_out(
    open_panel: Callable[[], BackupsPanel],
    backed_up: backups.BackupMade,
    questions: list[Question],
    way: Way,
) -> None:
    panel = open_panel()
    panel.ui.restore.click()
    (question,) = questions
    for part in ("另外保存，不会丢", "先在副本上试", "退出登录"):
        assert part in question.text
    assert way.went == []
    question.agreed()
    folder = backed_up.info.folder
    assert way.went == [("leave_for", Errand(Rescue.RESTORE, "guanli", practice=True, backup=folder))]


def test_what_a_restore_put_aside_is_told_and_removed_after_a_question(
    open_panel: Callable[[], BackupsPanel],
    backed_up: backups.BackupMade,
    desk: Desk,
    questions: list[Question],
    tasks: Tasks,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    for moment in ("20261120-163000", "20261122-101500"):
        kept = desk.store.directory / "kept" / f"{moment}-before-restore"
        kept.mkdir(parents=True)
        (kept / "store.db").write_bytes(bytes(700_000))
    panel = open_panel()
    assert panel.ui.health.count() == 3
    card = panel.ui.health.itemAt(2).widget()
    assert "恢复时换下的旧数据还有 2 份，共 1.3 MB，最早的一份：2026年11月20日 16:30（" in card.accessibleName()
    qtbot.waitUntil(card.isVisible)
    screenshot(panel, "backups_kept")
    next(one for one in card.children() if isinstance(one, QPushButton)).click()
    (question,) = questions
    assert "不能找回" in question.text
    assert kept.is_dir()
    question.agreed()
    qtbot.waitUntil(lambda: panel.ui.health.count() == 2 and not tasks.busy, timeout=20_000)
    assert not kept.parent.exists()


def test_the_place_of_a_backup_can_be_copied(
    open_panel: Callable[[], BackupsPanel], backed_up: backups.BackupMade, qapp: QApplication
) -> None:
    panel = open_panel()
    panel.ui.copy.click()
    assert qapp.clipboard().text() == str(backed_up.info.folder)


def test_a_backup_that_was_stopped_before_it_began_leaves_none(
    open_panel: Callable[[], BackupsPanel], desk: Desk, tasks: Tasks, said: Said, qtbot: QtBot
) -> None:
    panel = open_panel()
    gate = threading.Event()
    tasks.run(gate.wait, lambda _: None)
    panel.ui.make.click()
    qtbot.waitUntil(panel.ui.work.isVisible)
    panel.ui.work.halt.click()
    gate.set()
    qtbot.waitUntil(lambda: bool(said) and not tasks.busy, timeout=20_000)
    assert said == [("attention", "已经取消，没有留下半份备份。")]
    assert panel.model.rowCount() == 0
    assert panel.ui.make.isEnabled()


def test_what_is_said_of_a_backup_that_was_stopped_is_true(
    open_panel: Callable[[], BackupsPanel], desk: Desk, tasks: Tasks, said: Said, qtbot: QtBot
) -> None:
    panel = open_panel()
    panel.ui.make.click()
    panel.ui.work.halt.click()
    qtbot.waitUntil(lambda: bool(said) and not tasks.busy, timeout=20_000)
    known: list[tuple[object, ...]] = []
    tasks.run(lambda: backups.known_backups(desk), known.append)
    qtbot.waitUntil(lambda: bool(known))
    if said[0][0] == "attention":
        assert said == [("attention", "已经取消，没有留下半份备份。")]
        assert known == [()]
    else:
        assert [one.state for one in known[0]] == [BackupState.VERIFIED]  # type: ignore[attr-defined]
    assert panel.ui.make.isEnabled()


def test_a_backup_under_an_older_key_is_not_called_broken(
    open_panel: Callable[[], BackupsPanel], backed_up: backups.BackupMade, said: Said
) -> None:
    panel = open_panel()
    panel._on_checked(replace(backed_up.info, state=BackupState.OTHER_KEY, sentence="清单不是用现在的密钥写的。"))
    ((tone, sentence),) = said
    assert tone == "attention"
    assert "恢复时会用当时的密码核验" in sentence
