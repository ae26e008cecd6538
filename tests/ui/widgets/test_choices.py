"""Choosing: segments by arrows and digits, lists by typing, short lists by their buttons, an address in three parts."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.rules.regions import AddressParts
from onevisit.ui.widgets.chips import ChipList
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.grouped_edit import IdNumberEdit
from onevisit.ui.widgets.initials import found_by
from onevisit.ui.widgets.region_picker import RegionPicker
from onevisit.ui.widgets.segmented import SegmentedChoice


def segments(qtbot: QtBot) -> SegmentedChoice[str]:
    row: SegmentedChoice[str] = SegmentedChoice()
    qtbot.addWidget(row)
    row.set_choices([("a", "意见建议"), ("b", "申诉"), ("c", "求决"), ("d", "揭发控告")])
    return row


def test_segments_by_arrows_and_digits(qtbot: QtBot) -> None:
    row = segments(qtbot)
    changes: list[None] = []
    row.changed.connect(lambda: changes.append(None))
    first = row.stops()[0]
    assert row.value() is None
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert row.value() == "a"
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert row.value() == "b"
    qtbot.keyClick(row.stops()[1], Qt.Key.Key_4)
    assert row.value() == "d"
    qtbot.keyClick(row.stops()[3], Qt.Key.Key_Right)
    assert row.value() == "d"
    assert len(changes) == 3
    tab = Qt.FocusPolicy.TabFocus
    assert [bool(one.focusPolicy() & tab) for one in row.stops()] == [False, False, False, True]


def test_enter_goes_on_from_a_segment_and_chooses_nothing(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    row, after = segments(qtbot), QLineEdit()
    column.addWidget(row)
    column.addWidget(after)
    for button in row.stops():
        button.setAutoDefault(True)  # as in a dialog, and on desktops where Enter presses every button
    page.show()
    qtbot.waitExposed(page)
    row.setFocus()
    qtbot.keyClick(row.stops()[0], Qt.Key.Key_Return)
    assert row.value() is None
    assert page.focusWidget() is after


def test_segments_break_into_rows_where_it_is_narrow(qtbot: QtBot) -> None:
    row = segments(qtbot)
    row.resize(row.sizeHint().width() + 10, 40)
    row.show()
    assert len({one.y() for one in row.stops()}) == 1
    row.resize(row.minimumSizeHint().width(), 80)
    qtbot.waitUntil(lambda: len({one.y() for one in row.stops()}) == 2)


def test_a_list_takes_only_its_own_entries(qtbot: QtBot) -> None:
    combo = FindCombo()
    qtbot.addWidget(combo)
    strange: list[str] = []
    combo.unmatched.connect(strange.append)
    combo.set_choices([("1", "薛城区"), ("2", "山亭区"), ("3", "市中区")])
    combo.set_value(None)
    assert combo.value() is None
    combo.line.setText("stq")
    combo.commit()
    assert (combo.value(), combo.currentText()) == ("2", "山亭区")
    combo.line.setText("月球")
    combo.commit()
    assert (combo.value(), strange) == ("2", ["月球"])
    assert combo.line.text() == "山亭区"
    combo.line.clear()
    combo.commit()
    assert combo.value() is None


def test_words_are_found_by_a_part_or_the_initials() -> None:
    assert found_by("06 劳动社保", "社保")
    assert found_by("06 劳动社保", "LDsb")
    assert found_by("06 劳动社保", "6")
    assert not found_by("06 劳动社保", "sb")


def test_chips_open_and_remove(qtbot: QtBot) -> None:
    chips = ChipList()
    qtbot.addWidget(chips)
    asked: list[tuple[str, int]] = []
    chips.open_asked.connect(lambda at: asked.append(("open", at)))
    chips.remove_asked.connect(lambda at: asked.append(("remove", at)))
    chips.add_asked.connect(lambda: asked.append(("add", -1)))
    chips.set_entries(["周涛", "<b>很长的材料名称很长的材料名称很长的材料名称</b>"])
    first, second, add = chips.stops()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    qtbot.keyClick(add, Qt.Key.Key_Space)
    assert asked == [("open", 0), ("remove", 1), ("add", -1)]
    assert chips.texts()[1].startswith("<b>很长")
    assert "…" in second.text()  # type: ignore[attr-defined]  # it is a button
    assert "&lt;b&gt;" in second.toolTip()


def test_tab_comes_to_new_entries_where_it_came_to_the_list(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    before, chips, after = QLineEdit(), ChipList(), QLineEdit()
    for widget in (before, chips, after):
        column.addWidget(widget)
    for names in (["周涛", "吴敏"], ["周涛"]):
        chips.set_entries(names)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        way: list[QWidget | None] = [before]
        while way[-1] is not None and way[-1] is not after:
            way.append(way[-1].nextInFocusChain())
        assert [one for one in way if one in (before, *chips.stops(), after)] == [before, *chips.stops(), after]


def test_a_second_row_of_entries_makes_its_field_taller(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, chips = QVBoxLayout(page), ChipList()
    column.addWidget(chips)
    field = Field(chips)
    page.resize(300, 300)
    page.show()
    qtbot.waitExposed(page)
    one_row = field.heightForWidth(280)
    chips.set_entries(["很长的材料名称"] * 6)
    assert field.heightForWidth(280) == chips.heightForWidth(280) > one_row
    chips.set_entries([])
    assert field.heightForWidth(280) == one_row


def test_what_no_list_of_an_address_knows_goes_to_the_rest(qtbot: QtBot) -> None:
    picker = RegionPicker()
    qtbot.addWidget(picker)
    assert not picker.town.isEnabled(), "towns come with a district"
    picker.district.set_value("370481")
    assert picker.town.isEnabled()
    picker.town.line.setText("西岗镇柴里村12号")
    picker.town.commit()
    assert picker.parts() == AddressParts("370481", "西岗镇", "柴里村12号")
    picker.district.line.setText("月球")
    picker.district.commit()
    assert picker.parts().rest == "月球柴里村12号"


def test_an_address_is_read_into_its_parts(qtbot: QtBot) -> None:
    picker = RegionPicker()
    qtbot.addWidget(picker)
    picker.rest.insert("枣庄市薛城区临城街道示例村1组12号")
    assert picker.parts() == AddressParts("370403", "临城街道", "示例村1组12号")
    assert picker.whole() == "枣庄市薛城区临城街道示例村1组12号"
    picker.set_parts(AddressParts("370405", "没有的镇", "示例村"))
    assert picker.parts() == AddressParts("370405", "", "没有的镇示例村")
    picker.set_parts(AddressParts("", "", ""))
    picker.district.line.setText("枣庄市滕州市示例镇东村")
    picker.district.commit()
    assert picker.parts() == AddressParts("370481", "", "示例镇东村")


def test_green_words_step_aside_for_long_text(qtbot: QtBot) -> None:
    line = IdNumberEdit()
    field = Field(line, line)
    qtbot.addWidget(field)
    field.resize(400, 60)
    field.show()
    line.set_number("370499197904120232")
    field.set_fine("男 47岁")
    note = field._inside
    assert note is not None
    assert note.isVisible()
    field.set_fault("校验不通过，请核对。")
    assert not note.isVisible()
    assert field.words() == "！校验不通过，请核对。"
    field.set_fault("")
    assert note.isVisible()
    line.setText("3" * 60)
    assert not note.isVisible()
