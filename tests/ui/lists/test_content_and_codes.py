"""The tabs 内容分类 and 外部代码."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem, QWidget

from onevisit.desk import house_content
from onevisit.desk.desk import Desk
from onevisit.desk.house_content import ContentLine
from onevisit.desk.house_lists import HouseList
from onevisit.desk.register import Registered
from onevisit.rules import code_maps
from onevisit.rules.accounts import Role
from onevisit.rules.code_maps import CodeMap, Field
from onevisit.rules.content_tree import ContentNode
from onevisit.store.tables import Matter
from onevisit.ui.lists.codes_panel import CodesPanel
from onevisit.ui.lists.content_panel import ContentPanel
from onevisit.ui.lists.list_panel import READ_ONLY
from onevisit.ui.lists.page import ListsPage
from onevisit.ui.messages import Question
from onevisit.ui.widgets.layouts import children

Settled = Callable[[], None]
Said = list[tuple[str, str]]
Shoot = Callable[[QWidget, str], None]

TREE = "0601,劳动报酬\n060101,拖欠农民工工资\n060102,加班工资\n0602,社会保险\n0603,工伤,停用\n1401,征地补偿\n"


@pytest.fixture
def content(page: ListsPage, settled: Settled, tmp_path: Path) -> ContentPanel:
    """The tab with a small tree brought from a file."""
    panel = page.show_panel(ContentPanel)
    settled()
    file = tmp_path / "tree.txt"
    file.write_text(TREE, encoding="utf-8")
    panel.import_from(file)
    settled()
    return panel


@pytest.fixture
def codes(page: ListsPage, settled: Settled) -> CodesPanel:
    panel = page.show_panel(CodesPanel)
    settled()
    return panel


def item_of(panel: ContentPanel, code: str) -> QTreeWidgetItem:
    """The line of a code in the tree."""
    item = panel.ui.tree.invisibleRootItem()
    for end in range(2, len(code) + 1, 2):
        children = [item.child(place) for place in range(item.childCount())]
        item = next(one for one in children if one.text(1) == code[:end])
    return item


def choose(panel: ContentPanel, code: str) -> None:
    panel.ui.tree.setCurrentItem(item_of(panel, code))


def test_the_tree_stands_below_the_national_classes(content: ContentPanel, page: ListsPage, screenshot: Shoot) -> None:
    assert content.ui.tree.topLevelItemCount() == 18
    choose(content, "060101")
    assert content.ui.title.text() == "劳动社保 › 劳动报酬 › 拖欠农民工工资"
    assert not content.ui.add.isEnabled()
    assert item_of(content, "0603").text(2) == "停用"
    choose(content, "06")
    assert not content.ui.code.isEnabled()
    assert "全国统一" in content.ui.state.text()
    choose(content, "0601")
    screenshot(page, "lists_content")


def test_names_are_no_markup(content: ContentPanel, codes: CodesPanel) -> None:
    content._show(HouseList((ContentLine(ContentNode("0601", "<b>甲</b>"), borne=False),), own=True, seen=""))
    assert item_of(content, "0601").toolTip(0) == "<qt>&lt;b&gt;甲&lt;/b&gt;（0601）</qt>"
    codes._fill(CodeMap("系统", Field.SEX, {"1": "<i>乙</i>"}))
    item = codes.ui.pairs.item(0, 2)
    assert item is not None
    assert item.toolTip() == "<qt>&lt;i&gt;乙&lt;/i&gt;</qt>"


def test_an_entry_is_added_below_with_the_next_free_code(
    content: ContentPanel, settled: Settled, said: Said, page: ListsPage, screenshot: Shoot
) -> None:
    choose(content, "0601")
    content.ui.add.click()
    assert content.ui.code.text() == "060103"
    assert not content.unsaved()
    content.ui.name.setText("加班工资")
    content.ui.save.click()
    settled()
    assert content.fields.field("name").fault == "同一级已经有“加班工资”，请换一个名称。"
    screenshot(page, "lists_content_fault")
    content.ui.name.setText("经济补偿")
    content.ui.save.click()
    settled()
    assert said[-1] == ("fine", "分类“经济补偿”已保存。")
    assert content.chosen() == "060103"
    assert item_of(content, "0601").isExpanded()


def test_a_code_that_matters_bear_can_only_be_retired(
    content: ContentPanel, desks: Callable[[Role], Desk], seeded: tuple[Registered, ...], settled: Settled, said: Said
) -> None:
    desk = desks(Role.CLERK)

    def bear() -> None:
        with desk.work(None) as session:
            session.get_one(Matter, seeded[0].matter_id).content_code = "060101"

    content.context.tasks.run(bear, lambda _: None)
    settled()
    content.refresh()
    settled()
    choose(content, "060101")
    assert not content.ui.remove.isEnabled()
    assert "不能删去" in content.ui.remove.toolTip()
    content.ui.code.setText("060109")
    content.ui.save.click()
    settled()
    assert "请停用它" in content.fields.field("code").fault
    content.ui.code.setText("060101")
    content.ui.retired.setChecked(True)
    content.ui.save.click()
    settled()
    assert said[-1][0] == "fine"
    assert item_of(content, "060101").text(2) == "停用"


def test_an_entry_nobody_used_goes(content: ContentPanel, settled: Settled, questions: list[Question]) -> None:
    choose(content, "0602")
    content.ui.remove.click()
    questions[0].agreed()
    settled()
    assert "0602" not in [line.node.code for line in content._listed.entries]


def test_a_slip_in_a_file_is_told_with_its_line(
    content: ContentPanel, settled: Settled, said: Said, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text("0601,劳动报酬\n9901,没有\n", encoding="utf-8")
    content.import_from(file)
    settled()
    assert said[-1] == ("fault", "内容分类第 2 行：分类代码“9901”的前两位不是 01 至 18，请改正。")


def test_what_is_typed_stays_when_another_window_was_faster(
    content: ContentPanel, desks: Callable[[Role], Desk], settled: Settled, said: Said
) -> None:
    choose(content, "0602")
    content.ui.name.setText("社保")
    desk, seen = desks(Role.ADMINISTRATOR), content._listed.seen
    content.context.tasks.run(lambda: house_content.remove_content(desk, "1401", seen), lambda _: None)
    settled()
    content.ui.save.click()
    settled()
    assert "别的窗口" in said[-1][1]
    assert content.ui.name.text() == "社保"
    content.ui.save.click()
    settled()
    assert item_of(content, "0602").text(0) == "社保"


def test_the_shipped_maps_are_marked_and_one_is_changed(
    codes: CodesPanel, page: ListsPage, settled: Settled, said: Said, screenshot: Shoot
) -> None:
    assert codes.ui.maps.count() == len(code_maps.shipped())
    assert codes.ui.mark.isVisible()
    assert not codes.unsaved()
    cell = codes.ui.pairs.item(1, 2)
    assert cell is not None
    cell.setText("")
    assert codes.unsaved()
    codes.ui.save.click()
    settled()
    assert codes.ui.state.text() == "“申诉”没有对照的代码，请填写。"
    assert codes.ui.pairs.currentRow() == 1
    screenshot(page, "lists_codes")
    cell = codes.ui.pairs.item(1, 2)
    assert cell is not None
    cell.setText("777")
    codes.ui.save.click()
    settled()
    assert said[-1][0] == "fine"
    assert not codes.ui.mark.isVisible()
    assert codes._listed.entries[0].pairs["appeal"] == "777"


def test_a_map_is_added_removed_and_the_shipped_ones_put_back(
    codes: CodesPanel, settled: Settled, questions: list[Question]
) -> None:
    codes.ui.add.click()
    codes.ui.field.setCurrentIndex(codes.ui.field.findData(Field.SEX.value))
    assert codes.ui.pairs.rowCount() == len(Field.SEX.codes)
    codes.ui.save.click()
    settled()
    assert codes.fields.field("system").fault
    codes.ui.system.setText("省系统")
    for row in range(codes.ui.pairs.rowCount()):
        cell = codes.ui.pairs.item(row, 2)
        assert cell is not None
        cell.setText(str(row))
    codes.ui.save.click()
    settled()
    assert codes.ui.title.text() == "省系统 · 性别"
    codes.ui.remove.click()
    questions[0].agreed()
    settled()
    assert codes.ui.maps.count() == len(code_maps.shipped())
    codes.ui.putBack.click()
    questions[1].agreed()
    settled()
    assert codes._listed.entries == code_maps.shipped()


def test_a_cell_that_is_still_open_is_saved_with_the_others(
    page: ListsPage, codes: CodesPanel, settled: Settled, said: Said
) -> None:
    table = codes.ui.pairs
    table.setFocus()
    table.setCurrentCell(0, 2)
    QTest.keyClick(table, Qt.Key.Key_F2)
    (editor,) = children(table, QLineEdit)
    QTest.keyClicks(editor, "994")
    assert page.unsaved()
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert said[-1][0] == "fine"
    assert codes._listed.entries[0].pairs["proposal"] == "994"
    assert not page.unsaved()


def test_whoever_reads_changes_nothing(open_lists: Callable[[Role], ListsPage], settled: Settled) -> None:
    page = open_lists(Role.CLERK)
    content = page.show_panel(ContentPanel)
    settled()
    assert content.ui.state.text() == READ_ONLY
    assert content.ui.code.isReadOnly()
    codes = page.show_panel(CodesPanel)
    settled()
    assert codes.ui.state.text() == READ_ONLY
    for button in (content.ui.add, content.ui.remove, content.ui.bring, codes.ui.add, codes.ui.bring):
        assert not button.isEnabled()
        assert not button.isVisible()
