"""Numbers in groups: the cursor stays by its digit, deleting always takes a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from onevisit.ui.widgets.grouped_edit import IdNumberEdit, PhoneEdit, group_id_so_far, group_phone_so_far


@given(st.text(alphabet="0123456789X", max_size=25))
def test_grouping_loses_nothing(number: str) -> None:
    assert group_id_so_far(number).replace(" ", "") == number
    assert group_phone_so_far(number).replace(" ", "") == number
    assert not group_id_so_far(number).endswith(" ")


def test_typing_in_the_middle_keeps_the_place(qtbot: QtBot) -> None:
    line = IdNumberEdit()
    qtbot.addWidget(line)
    qtbot.keyClicks(line, "37049919790412023")
    line.setCursorPosition(3)
    qtbot.keyClicks(line, "8")
    assert line.number() == "370849919790412023"
    assert line.text() == "370849 9197 9041 2023"
    assert line.cursorPosition() == 4
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == "370499 1979 0412 023"
    assert line.cursorPosition() == 3


def test_deleting_across_a_gap_takes_a_digit(qtbot: QtBot) -> None:
    line = IdNumberEdit()
    qtbot.addWidget(line)
    line.set_number("370499197904120232")
    line.setCursorPosition(7)
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert line.number() == "37049197904120232"
    line.setCursorPosition(6)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert line.number() == "3704917904120232"


def test_a_number_of_another_kind_is_not_grouped(qtbot: QtBot) -> None:
    line = IdNumberEdit()
    qtbot.addWidget(line)
    line.set_grouping(False)
    qtbot.keyClicks(line, "e12345678")
    assert line.text() == "E12345678"


@pytest.mark.parametrize(
    ("typed", "shown", "number"),
    [
        ("13900000011", "139 0000 0011", "13900000011"),
        ("0632-3312345", "0632-3312345", "0632-3312345"),
        ("0632-", "0632-", "0632-"),
        ("3312345", "3312345", "3312345"),
    ],
)
def test_phones(qtbot: QtBot, typed: str, shown: str, number: str) -> None:
    line = PhoneEdit()
    qtbot.addWidget(line)
    qtbot.keyClicks(line, typed)
    assert (line.text(), line.number()) == (shown, number)
