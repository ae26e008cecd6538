"""The window over real backups of a real store: brought back, refused, cancelled; nothing is ever half-done."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.desk.invented import form_of

from onevisit.desk import backups, lookup, register
from onevisit.desk.house import House
from onevisit.desk.restoring import Restored, found_backups, restore
from onevisit.desk.salvaging import salvage
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.progress import Progress
from onevisit.store.keyslots import Cost
from onevisit.store.names import BACKUPS, DATA, KEPT, LOCK, SLOTS, TRIES
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.rescue.doors import Proof, RescueDoors
from onevisit.ui.rescue.restore import RestoreWindow
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.layouts import children

PASSWORD = "Lianxi-2026"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


@dataclass
class Hall:
    """A practice store with a backup after two visits, and a third visit since.

    Attributes:
        hold_at: long work waits when it is told to do this, until the gate opens.
    """

    folder: Path
    hold_at: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    steps: list[str] = field(default_factory=list)

    def told(self, progress: Progress) -> Progress:
        """Listen in, and hold where the test wants it."""

        def tell(done: int, total: int, what: str) -> None:
            self.steps.append(what)
            progress(done, total, what)
            if self.hold_at and self.hold_at in what:
                self.gate.wait()

        return tell

    def restore(self, backup: Path, proof: Proof, progress: Progress) -> Restored:
        return restore(
            self.folder,
            backup,
            login=proof.login,
            password=proof.password,
            recovery_code=proof.recovery_code,
            practice=True,
            progress=self.told(progress),
            cost=CHEAP,
        )

    def doors(self) -> RescueDoors:
        return RescueDoors(
            lambda extra: found_backups(self.folder, extra),
            self.restore,
            lambda target, proof, progress: salvage(
                self.folder, proof.login, proof.password, target, self.told(progress), cost=CHEAP
            ),
        )

    def content(self) -> dict[str, bytes]:
        """Every file of the store, but for the lock and the count of failed guesses."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name not in {LOCK, TRIES})
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}

    def visits(self) -> int:
        """How many visits of today there are."""
        house = House(self.folder, practice=True, cost=CHEAP)
        try:
            return len(lookup.today(house.log_in("fuzeren", PASSWORD)).rows)
        finally:
            house.close()


@pytest.fixture
def hall(practice_house: House, tmp_path: Path) -> Iterator[Hall]:
    clerk, keeper = (practice_house.log_in(login, PASSWORD) for login in ("chuangkou", "guanli"))
    register.register(clerk, form_of(1))
    register.register(clerk, form_of(2))
    backups.make_backup(keeper, BackupOccasion.BY_HAND)
    register.register(clerk, form_of(3))
    practice_house.close()
    made = Hall(tmp_path / "practice")
    yield made
    made.gate.set()


@pytest.fixture
def window(hall: Hall, tasks: Tasks, theme: Theme, qtbot: QtBot) -> Iterator[RestoreWindow]:
    made = RestoreWindow(Errand(Rescue.RESTORE, "guanli", practice=True), tasks, hall.doors())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 1)
    yield made
    hall.gate.set()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
    made.go_back()


@pytest.fixture
def ask(window: RestoreWindow, qtbot: QtBot) -> Callable[[str], None]:
    """Type a password and press the button."""

    def press(password: str) -> None:
        window.fields.proof.ui.password.setText(password)
        window.ui.go.click()

    return press


@pytest.fixture
def settle(tasks: Tasks, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the worker has done what it was given."""
    return lambda: qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)


def _damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 2, len(content) // 2 + 64):
        content[place] ^= 0xFF
    file.write_bytes(content)


def test_what_was_in_the_backup_is_there_again_and_the_rest_is_kept(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None]
) -> None:
    before = (hall.folder / DATA).read_bytes()
    ask(PASSWORD)
    settle()
    assert window.told
    words = "".join(label.text() for label in children(window.ui.told, QLabel))
    assert "共 2 次来访，最后一次是 " in words
    (kept,) = (hall.folder / KEPT).iterdir()
    assert str(kept) in words
    assert (kept / DATA).read_bytes() == before
    assert hall.visits() == 2


def test_a_wrong_password_touches_nothing(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None]
) -> None:
    before = hall.content()
    ask("Falsch-2026")
    settle()
    assert window.ui.troubleText.text().endswith("请用备份当时的密码或恢复码。")
    assert window.fields.proof.ui.password.hasFocus()
    assert hall.content() == before
    assert hall.visits() == 3


def test_a_clerk_may_not_bring_anything_back(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None]
) -> None:
    before = hall.content()
    window.fields.proof.ui.login.setText("chuangkou")
    ask(PASSWORD)
    settle()
    assert "管理员" in window.ui.troubleText.text()
    assert hall.content() == before


def test_a_damaged_backup_touches_nothing(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None]
) -> None:
    backup = window.selected
    assert backup is not None
    _damage(backup.folder / DATA)
    before = hall.content()
    ask(PASSWORD)
    settle()
    assert not window.told
    assert window.ui.trouble.isVisible()
    assert window.ui.troubleText.text().endswith("。")
    assert hall.content() == before
    assert hall.visits() == 3


@pytest.mark.parametrize("step", ["复制", "核验"])
def test_cancelled_in_the_middle_it_touches_nothing_and_can_begin_anew(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None], step: str, qtbot: QtBot
) -> None:
    before = hall.content()
    hall.hold_at = step
    ask(PASSWORD)
    qtbot.waitUntil(lambda: window.ui.work.isVisible() and step in window.ui.work.words.text(), timeout=20_000)
    window.ui.work.halt.click()
    hall.gate.set()
    settle()
    assert window.ui.troubleText.text() == "已经取消，数据没有任何变化。"
    assert hall.content() == before
    window.ui.go.click()
    settle()
    assert window.told
    assert hall.visits() == 2


def test_a_cancel_that_comes_too_late_is_not_called_one(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None], qtbot: QtBot
) -> None:
    hall.hold_at = "换上"
    ask(PASSWORD)
    qtbot.waitUntil(lambda: window.ui.work.isVisible() and "换上" in window.ui.work.words.text(), timeout=20_000)
    window.ui.work.halt.click()
    hall.gate.set()
    settle()
    assert window.told, "what was done is told, whatever was pressed"
    assert hall.visits() == 2


def test_a_stick_from_another_computer_is_found_and_brought_back(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None], tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    (hall.folder / BACKUPS).rename(stick)
    for file in (DATA, SLOTS):
        (hall.folder / file).unlink()
    window.look_again()
    settle()
    assert window.fields.empty.isVisible()
    window.look_in(stick)
    settle()
    assert window.selected is not None
    assert window.selected.folder.parent == stick
    ask(PASSWORD)
    settle()
    assert window.told
    assert hall.visits() == 2


def test_a_store_that_is_open_elsewhere_costs_nobody_a_password(
    hall: Hall, window: RestoreWindow, ask: Callable[[str], None], settle: Callable[[], None]
) -> None:
    other = House(hall.folder, practice=True, cost=CHEAP)
    other.log_in("chuangkou", PASSWORD)
    ask(PASSWORD)
    settle()
    assert window.ui.trouble.isVisible()
    assert window.fields.proof.ui.password.text() == PASSWORD, "nothing is wrong with it"
    other.close()
    window.ui.go.click()
    settle()
    assert window.told
