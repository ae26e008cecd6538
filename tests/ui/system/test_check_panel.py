"""Checking the data, on a real store; and the way on when something is broken."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.checking import CheckReport
from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Role
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.messages import Messages
from onevisit.ui.page import Changes, Context
from onevisit.ui.system.check_panel import CheckPanel, checked_lines
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

from ..conftest import Way  # noqa: TID252 - fixtures' classes live there

BROKEN = CheckReport(
    (
        "数据页第 118 页读不出，上面的记录可能丢失。",
        "来访编号 370400-01-20261123-007 的校验位不对，请核对这次来访。",
        "操作记录第 356 条和前一条对不上，被改动或插入过。",
    ),
    entries=355,
    visits=1203,
    pages=118,
)


@pytest.fixture
def panel(
    sit_down: Callable[[Role], Desk], tasks: Tasks, messages: Messages, way: Way, theme: Theme, qtbot: QtBot
) -> Iterator[CheckPanel]:
    assert theme.variant is Variant.LIGHT
    made = CheckPanel(Context(sit_down(Role.ADMINISTRATOR), tasks, messages, Changes(), way), tasks)
    qtbot.addWidget(made)
    made.resize(1168, 600)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)


def _lines(panel: CheckPanel) -> list[str]:
    labels = (panel.ui.lines.itemAt(place).widget() for place in range(panel.ui.lines.count()))
    return [label.text() for label in labels if isinstance(label, QLabel)]


def test_what_was_looked_at_is_told_and_nothing_else() -> None:
    assert checked_lines(CheckReport(pages=118)) == ("✓ 数据页 118 页，每一页都读得出。",)
    whole = CheckReport(entries=356, visits=1204, pages=118)
    assert [line.split(" ")[1] for line in checked_lines(whole)] == ["数据页", "来访", "操作记录"]


def test_many_findings_are_counted_not_piled_up() -> None:
    lines = checked_lines(CheckReport(tuple(f"第 {place} 处。" for place in range(20))))
    assert lines[0] == "！第 0 处。"
    assert len(lines) == 13
    assert lines[-1] == "……另有 8 处。"


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_broken_data_shows_the_way_on(
    panel: CheckPanel, way: Way, theme: Theme, large: bool, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    assert panel.ui.next.isHidden()
    panel._on_checked(BROKEN)
    qtbot.waitUntil(panel.ui.next.isVisible)
    screenshot(panel, f"check_broken_{'large' if large else 'normal'}")
    assert panel.ui.resultTitle.property("tone") == "fault"
    assert _lines(panel) == [f"！{finding}" for finding in BROKEN.findings]
    panel.ui.restore.click()
    panel.ui.salvage.click()
    assert way.went == [
        ("leave_for", Errand(Rescue.RESTORE, "guanli", practice=True)),
        ("leave_for", Errand(Rescue.SALVAGE, "guanli", practice=True)),
    ]
    panel._on_checked(CheckReport(entries=1, visits=0, pages=5))
    assert panel.ui.next.isHidden(), "mended"


@pytest.mark.parametrize("name", ["full", "quick"])
def test_sound_data_is_told_so(
    panel: CheckPanel, tasks: Tasks, name: str, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    button = getattr(panel.ui, name)
    panel.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.click()
    assert not panel.ui.full.isEnabled()
    assert not panel.ui.quick.isEnabled(), "one at a time"
    qtbot.waitUntil(lambda: panel.ui.result.isVisible() and not tasks.busy, timeout=20_000)
    assert panel.ui.resultTitle.text().startswith("✓ 数据完好")
    assert panel.ui.result.property("tone") == "fine"
    assert _lines(panel)
    assert panel.ui.next.isHidden()
    assert button.isEnabled()
    assert button.hasFocus(), "Enter presses it again, not something else"
    screenshot(panel, f"check_{name}")
