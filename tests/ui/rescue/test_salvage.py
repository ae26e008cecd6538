"""The window that saves what is readable: where to, who asks, and the result kind by kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.salvaging import SalvagedTable
from onevisit.store.tables import Base
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.rescue.doors import Proof
from onevisit.ui.rescue.salvage import SalvageWindow
from onevisit.ui.rescue.salvage_model import KINDS, OTHER, Kind, SalvageModel, kinds_of
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.items import WORDS_ROLE

from .conftest import Doors


@pytest.fixture
def window(doors: Doors, tasks: Tasks, theme: Theme, qtbot: QtBot) -> Iterator[SalvageWindow]:
    made = SalvageWindow(Errand(Rescue.SALVAGE, "admin", practice=True), tasks, doors.doors())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    doors.gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    made.go_back()


def test_every_table_has_a_plain_word() -> None:
    assert set(Base.metadata.tables) - {"alembic_version"} == set(KINDS)


def test_tables_are_summed_up_by_kind_and_empty_kinds_left_out() -> None:
    tables = (
        SalvagedTable("slip_copy", 4, 1),
        SalvagedTable("visit", 10, 0),
        SalvagedTable("visit_party", 12, 3),
        SalvagedTable("draft", 0, 0),
        SalvagedTable("something_new", 2, 0),
    )
    assert kinds_of(tables) == (Kind("来访", 22, 3), Kind("回执", 4, 1), Kind(OTHER, 2, 0))


def test_what_was_lost_stands_out_in_more_than_colour(qapp: QApplication) -> None:
    model = SalvageModel()
    model.show((Kind("来访", 22, 3), Kind("材料", 5, 0)))
    assert [model.index(0, column).data() for column in range(3)] == ["来访", "22", "！3"]
    assert model.index(0, 2).data(WORDS_ROLE) == (("！3", "fault"),)
    assert model.index(1, 2).data() == "0"


def test_the_folder_comes_first_then_the_password(window: SalvageWindow, doors: Doors, tmp_path: Path) -> None:
    assert window.windowTitle().startswith("【练习】")
    window.ui.go.click()
    assert window.ui.troubleText.text() == "请先选一个文件夹，放抢救出来的数据。"
    window.choose_target(tmp_path)
    assert window.ui.trouble.isHidden()
    assert window.fields.proof.ui.password.hasFocus()
    window.ui.go.click()
    assert window.ui.troubleText.text() == "请输入密码。"
    assert doors.asked == []


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_what_was_read_and_lost_is_told_kind_by_kind(
    window: SalvageWindow,
    doors: Doors,
    theme: Theme,
    large: bool,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    window.resize(1366, 728)
    size = "large" if large else "normal"
    doors.gate.set()
    window.choose_target(Path("/media/usb/rescued"))
    window.fields.proof.ui.password.setText("Lianxi-2026")
    screenshot(window, f"salvage_asking_{size}")
    window.ui.go.click()
    qtbot.waitUntil(lambda: window.told)
    screenshot(window, f"salvage_told_{size}")
    assert doors.asked == [Path("/media/usb/rescued"), Proof("admin", "Lianxi-2026")]
    rows = [[window.model.index(row, column).data() for column in range(3)] for row in range(window.model.rowCount())]
    assert rows == [["来访", "1204", "！3"], ["信访人", "980", "0"]]


def test_a_wrong_password_saves_nothing(window: SalvageWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.choose_target(tmp_path)
    window.fields.proof.ui.password.setText("wrong")
    window.ui.go.click()
    qtbot.waitUntil(window.ui.trouble.isVisible)
    assert not window.told
    assert window.fields.proof.ui.password.text() == ""
