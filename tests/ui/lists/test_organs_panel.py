"""The tab 单位名录: found, read, changed, confirmed, added, removed, brought in and taken out."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from onevisit.desk import house_lists
from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import ORGANS
from onevisit.rules import organs
from onevisit.rules.accounts import Role
from onevisit.store.tables import HouseText
from onevisit.ui.lists.list_panel import READ_ONLY
from onevisit.ui.lists.organs_panel import OrgansPanel
from onevisit.ui.lists.page import ListsPage
from onevisit.ui.messages import Question

Settled = Callable[[], None]
Said = list[tuple[str, str]]


@pytest.fixture
def panel(page: ListsPage) -> OrgansPanel:
    return page.panel_of(OrgansPanel)


def choose(panel: OrgansPanel, key: str) -> None:
    """Click on an organ."""
    row = panel._model.place_of_key(key)
    panel.ui.table.setCurrentIndex(panel._found.mapFromSource(panel._model.index(row, 0)))


def test_the_shipped_examples_stand_there_marked(
    panel: OrgansPanel, page: ListsPage, screenshot: Callable[[QWidget, str], None]
) -> None:
    assert panel.ui.count.text() == f"{len(organs.shipped())} 个单位，{len(organs.shipped())} 个还是示例"
    assert panel.ui.mark.text() == organs.LABEL
    assert panel.ui.mark.isVisible()
    choose(panel, "labour")
    assert panel.ui.name.text() == "市人力资源和社会保障局"
    assert panel.ui.bringAlong.toPlainText() == "身份证\n登记回执"
    assert panel.card.organ() == next(one for one in organs.shipped() if one.key == "labour")
    assert not panel.unsaved()
    screenshot(page, "lists_organs")


def test_every_shipped_row_can_be_looked_at_without_being_changed(panel: OrgansPanel) -> None:
    for one in organs.shipped():
        choose(panel, one.key)
        assert panel.selected() == one
        assert not panel.unsaved()


def test_the_box_finds_by_name_address_and_phone(panel: OrgansPanel) -> None:
    for typed in ("人力资源", "示例路38号", "3300029"):
        panel.ui.find.setText(typed)
        assert panel.ui.count.text().startswith("1 个单位")
    assert panel.go_back()
    assert panel._found.rowCount() == len(organs.shipped())
    assert not panel.go_back()


def test_a_change_is_saved_and_the_row_is_no_example_any_more(
    panel: OrgansPanel, page: ListsPage, settled: Settled, said: Said, screenshot: Callable[[QWidget, str], None]
) -> None:
    choose(panel, "labour")
    panel.ui.phone.setText("12")
    assert panel.unsaved()
    assert not panel.ui.table.isEnabled()
    panel.ui.save.click()
    settled()
    assert panel.card.fields.field("phone").fault
    assert not said
    screenshot(page, "lists_organs_fault")
    panel.ui.phone.setText("0632-3311111")
    QTest.keyClick(panel.ui.phone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert said == [("fine", "“市人力资源和社会保障局”已保存。")]
    assert not panel.unsaved()
    assert panel.ui.table.isEnabled()
    assert not panel.ui.mark.isVisible()
    found = panel.selected()
    assert found is not None
    assert (found.key, found.phone, found.example) == ("labour", "0632-3311111", False)


def test_an_example_is_confirmed_as_checked(panel: OrgansPanel, settled: Settled, said: Said) -> None:
    choose(panel, "police")
    assert panel.ui.confirm.isVisible()
    panel.ui.confirm.click()
    settled()
    assert said == [("fine", "“市公安局信访接待室”已核对，不再是示例。")]
    assert not panel.ui.mark.isVisible()
    assert not panel.ui.confirm.isVisible()


def test_another_organ_is_added_as_a_copy_and_removed_again(
    panel: OrgansPanel, settled: Settled, questions: list[Question]
) -> None:
    choose(panel, "labour")
    panel.ui.copy.click()
    assert panel.ui.name.text() == "市人力资源和社会保障局（另一处）"
    panel.ui.name.setText("市人社局仲裁科")
    panel.ui.save.click()
    settled()
    found = panel.selected()
    assert found is not None
    assert (found.key, found.name) == ("organ-1", "市人社局仲裁科")
    panel.ui.remove.click()
    assert "市人社局仲裁科" in questions[0].text
    questions[0].agreed()
    settled()
    assert panel._model.place_of_key("organ-1") == -1


def test_an_empty_form_waits_for_a_new_organ_and_can_be_left(panel: OrgansPanel, settled: Settled) -> None:
    choose(panel, "police")
    panel.ui.add.click()
    assert panel.ui.title.text() == "新的单位"
    panel.refresh()
    settled()
    assert panel.ui.name.text() == ""
    panel.ui.save.click()
    settled()
    assert panel.card.fields.field("name").fault
    assert panel.card.fields.field("procedures").fault
    panel.ui.undo.click()
    assert panel.ui.name.text() == "市公安局信访接待室"


def test_nothing_typed_is_lost_when_another_window_was_faster(
    panel: OrgansPanel, desks: Callable[[Role], Desk], settled: Settled, said: Said
) -> None:
    choose(panel, "labour")
    panel.ui.hours.setText("工作日 8:00–18:00")
    desk = desks(Role.ADMINISTRATOR)
    police = next(one for one in organs.shipped() if one.key == "police")
    panel.context.tasks.run(lambda: house_lists.save_organ(desk, replace(police, phone=""), ""), lambda _: None)
    settled()
    panel.ui.save.click()
    settled()
    assert said[-1][0] == "fault"
    assert "别的窗口" in said[-1][1]
    assert panel.ui.hours.text() == "工作日 8:00–18:00"
    panel.ui.save.click()
    settled()
    assert said[-1] == ("fine", "“市人力资源和社会保障局”已保存。")
    keys = {one.key for one in panel._listed.entries if not one.example}
    assert keys == {"labour", "police"}


def test_a_directory_is_brought_in_and_put_back(
    panel: OrgansPanel, settled: Settled, said: Said, tmp_path: Path, questions: list[Question]
) -> None:
    file = tmp_path / "organs.json"
    rows = json.loads(organs.to_json(organs.shipped()))
    rows["organs"] = rows["organs"][:3]
    rows["organs"][0]["phone"] = ""
    file.write_text(json.dumps(rows), encoding="utf-8")
    panel.import_from(file)
    settled()
    assert said[-1] == ("fine", "单位名录已导入，共 3 个单位。")
    assert panel.ui.count.text() == "3 个单位，2 个还是示例"
    for wrong in (b"", b"\xff\xfe\xfa\xff\xff", b"{}"):
        file.write_bytes(wrong)
        panel.import_from(file)
        settled()
        assert said[-1][0] == "fault"
    panel.import_from(tmp_path / "nowhere.json")
    settled()
    assert said[-1][1].startswith("读不到这个文件")
    panel.ui.putBack.click()
    questions[0].agreed()
    settled()
    assert panel._listed.entries == organs.shipped()


def test_a_directory_that_cannot_be_read_is_told_and_put_back(
    page: ListsPage, settled: Settled, said: list[tuple[str, str]], questions: list[Question]
) -> None:
    panel, desk = page.panel_of(OrgansPanel), page.context.desk

    def spoil() -> None:
        with desk.work(None) as session:
            session.add(HouseText(name=ORGANS, content="{", changed_at=desk.now(), account_id=1))

    panel.context.tasks.run(spoil, lambda _: None)
    panel.refresh()
    settled()
    assert said[-1][0] == "fault"
    assert said[-1][1].startswith("本单位的单位名录现在读不出：")
    assert said[-1][1].endswith("请按“导出文件”，在导出的文件里改好再导入。")
    panel.ui.putBack.click()
    questions[0].agreed()
    settled()
    assert said[-1] == ("fine", "单位名录已改回自带的示例，请按本地情况核对。")


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
def test_whoever_reads_has_nothing_to_press(
    open_lists: Callable[[Role], ListsPage], role: Role, screenshot: Callable[[QWidget, str], None]
) -> None:
    page = open_lists(role)
    panel = page.panel_of(OrgansPanel)
    choose(panel, "labour")
    ui = panel.ui
    for button in (ui.add, ui.copy, ui.remove, ui.bring, ui.putBack):
        assert not button.isEnabled()
        assert not button.isVisible()
    assert not any(button.isVisible() for button in (ui.save, ui.undo, ui.confirm))
    assert ui.name.isReadOnly()
    assert ui.state.text() == READ_ONLY
    screenshot(page, "lists_organs_read")
