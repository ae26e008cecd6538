"""The tab 密钥: a new recovery code is shown, printed, typed back, and only then in force."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.errors import FormError
from onevisit.desk.house import House
from onevisit.ui.page import Context
from onevisit.ui.system.keys_panel import KeysPanel
from onevisit.ui.system.panel import Tools
from onevisit.ui.theme import Theme, Variant

from .conftest import TwoQueues


@pytest.fixture
def panel(qtbot: QtBot, context: Context, tools: Tools, theme: Theme) -> Iterator[KeysPanel]:
    made = KeysPanel(context, tools.sheets, tools.rekey)
    qtbot.addWidget(made)
    made.resize(1168, 600)
    with qtbot.waitActive(made):
        made.show()
    yield made
    qtbot.waitUntil(lambda: not context.tasks.busy)


def draw(qtbot: QtBot, panel: KeysPanel) -> str:
    panel.begin.click()
    qtbot.waitUntil(lambda: panel.to_check.isVisible() and not panel.context.tasks.busy)
    assert panel._new is not None
    return panel._new.recovery_code


@pytest.mark.parametrize("large", [False, True], ids=["11pt", "16pt"])
def test_a_code_that_was_typed_back_takes_the_place_of_the_old_one(
    qtbot: QtBot,
    panel: KeysPanel,
    practice_house: House,
    said: list[tuple[str, str]],
    theme: Theme,
    screenshot: Callable[[QWidget, str], None],
    large: bool,
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    name = "large" if large else "light"
    qtbot.waitUntil(lambda: panel.begin.width() >= panel.begin.sizeHint().width())
    screenshot(panel, f"keys-start-{name}")
    code = draw(qtbot, panel)
    assert panel.unsaved()
    screenshot(panel, f"keys-code-{name}")
    panel.to_check.click()
    qtbot.keyClicks(panel.check.code.boxes[0], "9999")
    panel.change.click()
    assert "第 1 组" in panel.check.ui.state.text()
    panel.check.code._spread(0, code)
    assert "然后按“更换恢复码”" in panel.check.ui.state.text()
    screenshot(panel, f"keys-check-{name}")
    panel.change.click()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][1].startswith("恢复码已经更换，旧的已作废")
    assert not panel.unsaved()
    assert panel.check.code.code().strip() == "", "no code stays in a field"
    assert panel.begin.isVisible()
    practice_house.close()
    practice_house.recover(code, "guanli", "Mima-2099")


def test_whoever_goes_back_keeps_the_old_code(
    qtbot: QtBot, panel: KeysPanel, practice_house: House, said: list[tuple[str, str]]
) -> None:
    assert not panel.go_back()
    code = draw(qtbot, panel)
    panel.cancels[0].click()
    assert said[0][1].startswith("没有更换，原来的恢复码照常有效")
    assert not panel.unsaved()
    practice_house.close()
    with pytest.raises(FormError):
        practice_house.recover(code, "guanli", "Mima-2099")


def test_the_sheet_is_printed_on_paper(qtbot: QtBot, panel: KeysPanel, printer: TwoQueues) -> None:
    draw(qtbot, panel)
    panel.code.ui.print.click()
    qtbot.waitUntil(lambda: "已送到" in panel.code.ui.printed.text())
    assert len(list(printer.folder.iterdir())) == 1
    panel.to_check.setFocus()
    qtbot.keyClick(panel.to_check, Qt.Key.Key_Space)
    assert panel.check.isVisible()
    panel.again.click()
    assert panel.code.isVisible()
