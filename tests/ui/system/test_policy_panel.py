"""The tab 安全: figures with their bounds, the second folder and whether it is there, saved and traced."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import policy
from onevisit.rules.policy import BOUNDS, Policy
from onevisit.ui.page import Context
from onevisit.ui.preferences import Preferences
from onevisit.ui.system.page import SystemPage
from onevisit.ui.system.panel import Tools
from onevisit.ui.system.policy_panel import PolicyPanel
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.layouts import children


@pytest.fixture
def page(qtbot: QtBot, context: Context, tools: Tools, theme: Theme, preferences: Preferences) -> Iterator[SystemPage]:
    made = SystemPage(context, tools)
    qtbot.addWidget(made)
    made.resize(1196, 688)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not context.tasks.busy)


@pytest.fixture
def panel(qtbot: QtBot, page: SystemPage, context: Context) -> PolicyPanel:
    made = page.panel_of(PolicyPanel)
    page.ui.tabs.setCurrentIndex(page.panels.index(made))
    qtbot.waitUntil(lambda: not context.tasks.busy)
    return made


def _stored(qtbot: QtBot, context: Context) -> Policy:
    found: list[Policy] = []
    context.tasks.run(lambda: policy.policy(context.desk), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_every_figure_stands_there_with_its_bounds(panel: PolicyPanel) -> None:
    assert panel.policy() == Policy()
    assert panel.numbers.keys() | {"silence_satisfied"} == BOUNDS.keys()
    for name, line in panel.numbers.items():
        least, most, _, _ = BOUNDS[name]
        assert f"{least} 到 {most}" in line.accessibleDescription()
    assert "示例，以本地文件为准" in panel.ui.lead.text()
    assert not panel.ui.save.isEnabled()


def test_what_is_saved_holds_at_once(
    qtbot: QtBot, panel: PolicyPanel, context: Context, said: list[tuple[str, str]]
) -> None:
    changed: list[frozenset[str]] = []
    context.changes.changed.connect(changed.append)
    panel.ui.idle.setText("5")
    panel.ui.password.setText("0")
    assert panel.unsaved()
    QTest.keyClick(panel.ui.password, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("fine", "安全设置已保存，马上生效。")]
    assert changed == [frozenset({"policy"})]
    assert _stored(qtbot, context) == replace(Policy(), idle_minutes=5, password_days=0)
    assert not panel.unsaved()


def test_how_figures_are_counted_is_set_here(
    qtbot: QtBot, panel: PolicyPanel, context: Context, said: list[tuple[str, str]]
) -> None:
    assert [segment.text() for segment in panel.silence.stops()] == ["未评价不计入", "未评价按满意计"]
    assert panel.silence.value() == 0
    panel.silence.button(1).click()
    panel.ui.returns.setText("60")
    panel.ui.evaluations.setText("15")
    panel.ui.reports.setText("20")
    panel.save()
    qtbot.waitUntil(lambda: bool(said))
    wanted = replace(Policy(), return_days=60, evaluation_days=15, report_days=20, silence_satisfied=1)
    assert _stored(qtbot, context) == wanted


def test_the_days_of_the_lawyer_are_ticked_here(
    qtbot: QtBot,
    panel: PolicyPanel,
    context: Context,
    said: list[tuple[str, str]],
    screenshot: Callable[[QWidget, str], None],
) -> None:
    for place in (1, 3):
        QTest.keyClick(panel.lawyer.stops()[place], Qt.Key.Key_Space)
    screenshot(panel.window(), "system-policy-lawyer")
    panel.save()
    qtbot.waitUntil(lambda: bool(said))
    assert _stored(qtbot, context) == replace(Policy(), lawyer_weekdays="24")
    panel.refresh()
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert panel.lawyer.value() == "24"


@pytest.mark.parametrize("typed", ["0", "61", "", "十", "-5"])
def test_what_is_out_of_bounds_is_told_at_its_field(
    qtbot: QtBot, panel: PolicyPanel, context: Context, typed: str
) -> None:
    panel.ui.idle.setText(typed)
    panel.ui.save.click()
    qtbot.waitUntil(lambda: bool(panel.fields.field("idle_minutes").fault))
    assert panel.fields.field("idle_minutes").fault == "自动锁屏应在 1 到 60 分钟之间，请核对。"
    assert _stored(qtbot, context) == Policy()
    panel.undo()
    assert panel.ui.idle.text() == "10"
    assert panel.fields.field("idle_minutes").fault == ""


def test_the_second_folder_says_whether_it_is_there(
    qtbot: QtBot, panel: PolicyPanel, tmp_path: Path, screenshot: Callable[[QWidget, str], None]
) -> None:
    assert panel.ui.folderState.text().startswith("还没有设")
    panel.ui.folder.setText(str(tmp_path / "stick"))
    qtbot.waitUntil(lambda: panel.ui.folderState.text().startswith("！现在没有接上"))
    (tmp_path / "stick").mkdir()
    panel.ui.folder.setText(str(tmp_path / "stick") + " ")
    qtbot.waitUntil(lambda: "同一块盘" in panel.ui.folderState.text())


@pytest.mark.parametrize(("place", "words"), [("U盘", "完整路径"), ("{data}/copies", "数据文件夹里面")])
def test_a_folder_that_cannot_be_right_is_refused(
    qtbot: QtBot, panel: PolicyPanel, context: Context, place: str, words: str
) -> None:
    panel.ui.folder.setText(place.format(data=context.desk.store.directory))
    panel.ui.save.click()
    qtbot.waitUntil(lambda: bool(panel.fields.field("second_folder").fault))
    assert words in panel.fields.field("second_folder").fault


def test_the_folder_can_be_pointed_at(qtbot: QtBot, panel: PolicyPanel, tmp_path: Path) -> None:
    panel.ui.choose.click()
    (dialog,) = children(panel, QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert panel.ui.folder.text() == str(tmp_path)
    assert panel.unsaved()


def test_enter_walks_through_the_fields(panel: PolicyPanel) -> None:
    panel.ui.idle.setFocus()
    for following in (panel.ui.password, panel.ui.hours, panel.ui.years, panel.ui.enquiries):
        QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Return)
        assert panel.window().focusWidget() is following


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut_off(
    qtbot: QtBot, page: SystemPage, panel: PolicyPanel, theme: Theme, large: bool,
    screenshot: Callable[[QWidget, str], None],
) -> None:  # fmt: skip
    theme.wear(theme.variant, large=large)
    panel.ui.idle.setText("0")
    panel.ui.folder.setText("E:/beifen")
    panel.ui.save.click()
    qtbot.waitUntil(lambda: bool(panel.fields.field("idle_minutes").fault))
    qtbot.waitUntil(lambda: panel.ui.folderState.text().startswith("！"))
    hint = panel.ui.yearsHint
    qtbot.waitUntil(lambda: hint.height() >= hint.heightForWidth(hint.width()))
    screenshot(page, f"policy-{'large' if large else 'usual'}")
    bar = page.ui.tabs.tabBar()
    assert bar.sizeHint().width() <= page.ui.tabs.width()
