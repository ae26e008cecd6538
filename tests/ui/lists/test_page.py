"""The page as a whole: its tabs, its keys, and that nothing is cut off in large type on a small screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from onevisit.rules import organs
from onevisit.rules.accounts import Role
from onevisit.ui.lists.organs_model import COLUMNS
from onevisit.ui.lists.organs_panel import OrgansPanel
from onevisit.ui.lists.page import TABS, ListsPage
from onevisit.ui.lists.rules_panel import RulesPanel
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

Settled = Callable[[], None]
WIDTH, HEIGHT = 1196, 688
"""What a screen of 1366 by 768 leaves beside the navigation."""


def test_there_is_a_tab_for_each_list(page: ListsPage) -> None:
    words = [page.ui.tabs.tabText(place) for place in range(page.ui.tabs.count())]
    assert [word.split()[0] for word in words] == [
        *("单位名录", "材料清单", "内容分类", "外部代码", "规则", "放假安排"),
    ]
    assert page.shows() == frozenset({"lists"})


def test_what_is_typed_on_another_tab_counts_as_unsaved(page: ListsPage, settled: Settled) -> None:
    page.panel_of(OrgansPanel).ui.hours.setText("全天")
    page.show_panel(RulesPanel)
    settled()
    assert page.unsaved()
    assert not page.go_back()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLERK])
def test_every_tab_has_keys_and_fits_a_small_screen_in_any_type(
    open_lists: Callable[[Role], ListsPage],
    theme: Theme,
    settled: Settled,
    role: Role,
    large: bool,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    page = open_lists(role)
    count = page.panel_of(OrgansPanel).ui.count
    for place, (word, _) in enumerate(TABS):
        page.ui.tabs.setCurrentIndex(place)
        settled()
        assert page.key_help()[1:], word
        qtbot.waitUntil(lambda: page.minimumSizeHint().width() <= WIDTH)
        assert page.minimumSizeHint().height() <= HEIGHT, word
        qtbot.waitUntil(lambda: sideways(page) == [])
        qtbot.waitUntil(lambda: cut_off(page) == [])
        qtbot.waitUntil(lambda: page.panel.height() == page.panel.visibleRegion().boundingRect().height())
        qtbot.waitUntil(lambda: count.width() >= count.sizeHint().width())
        screenshot(page, f"lists_{'large' if large else 'usual'}_{role.value}_{place}")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLERK])
def test_tab_goes_through_every_control_once_and_out_again(
    open_lists: Callable[[Role], ListsPage], settled: Settled, role: Role
) -> None:
    page = open_lists(role)
    page.activateWindow()
    for place, (word, _) in enumerate(TABS):
        page.ui.tabs.setCurrentIndex(place)
        settled()
        page.focus_first()
        gone: list[QWidget] = []
        while (here := page.focusWidget()) is not page.ui.tabs.tabBar():
            assert here not in gone, (word, here)
            gone.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
        # all that can be reached lies on the way
        assert [one for one in children(page.panel, QAbstractButton) if can_be_reached(one) and one not in gone] == []


def can_be_reached(button: QAbstractButton) -> bool:
    """Whether Tab is to stop there."""
    stops = bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return stops and button.isVisible() and button.isEnabled()


def test_every_tab_fits_a_screen_of_150_per_cent(page: ListsPage, settled: Settled, qtbot: QtBot) -> None:
    page.resize(768, 430)
    assert page.minimumSizeHint().width() <= 768
    assert page.minimumSizeHint().height() <= 430
    for place, (word, _) in enumerate(TABS):
        page.ui.tabs.setCurrentIndex(place)
        settled()
        # what of a panel lies below its edge is scrolled to; what lay beside it would be out of reach
        qtbot.waitUntil(lambda: page.panel.width() >= page.panel.minimumSizeHint().width())
        assert page.panel.width() < page.width(), word
    table = page.panel_of(OrgansPanel).ui.table
    assert table.columnWidth(0) > 2 * table.columnWidth(len(COLUMNS) - 1)


def sideways(page: ListsPage) -> list[str]:
    """What of the open tab scrolls to the side."""
    areas = children(page.panel, QAbstractScrollArea)
    return [one.objectName() for one in areas if one.horizontalScrollBar().isVisible()]


def cut_off(page: ListsPage) -> list[str]:
    """Words of the open tab that have less room than they need."""
    labels = [one for one in children(page.panel, QLabel) if one.isVisible() and not one.wordWrap()]
    return [one.text() for one in labels if one.width() < one.sizeHint().width()]


def test_a_list_is_taken_out_to_a_folder_and_brought_back_from_there(
    page: ListsPage, settled: Settled, said: list[tuple[str, str]], tmp_path: Path
) -> None:
    panel, folder = page.panel_of(OrgansPanel), tmp_path / "stick"
    folder.mkdir()
    panel.ui.takeOut.click()
    dialog_of(panel).fileSelected.emit(str(folder))
    settled()
    (file,) = folder.iterdir()
    assert file.name.startswith("单位名录-")
    assert str(file) in said[-1][1]
    dialog_of(panel).close()
    panel.ui.bring.click()
    dialog_of(panel).fileSelected.emit(str(file))
    settled()
    assert said[-1] == ("fine", f"单位名录已导入，共 {len(organs.shipped())} 个单位。")
    dialog_of(panel).close()


def dialog_of(panel: OrgansPanel) -> QFileDialog:
    """The dialog that is open."""
    return next(one for one in children(panel, QFileDialog) if one.isVisible())
