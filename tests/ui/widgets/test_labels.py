"""Words show as they were typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.ui.widgets.labels import all_plain, explain, plain_label, tip
from onevisit.ui.widgets.layouts import clear


def test_markup_in_a_label_is_text(qtbot: QtBot) -> None:
    label = plain_label("<b>粗</b>", "hint", tone="fault")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert (label.property("role"), label.property("tone")) == ("hint", "fault")


def test_markup_in_a_tooltip_is_text_line_by_line() -> None:
    assert tip("<b>粗</b>\n& 二") == "<qt>&lt;b&gt;粗&lt;/b&gt;<br>&amp; 二</qt>"
    assert tip("") == ""


def test_a_reason_reaches_eye_and_ear(qtbot: QtBot) -> None:
    button = QPushButton("打印")
    qtbot.addWidget(button)
    explain(button, "请先选一行。")
    assert "请先选一行。" in button.toolTip()
    assert button.accessibleDescription() == "请先选一行。"
    explain(button, "")
    assert (button.toolTip(), button.accessibleDescription()) == ("", "")


def test_every_label_of_a_form_becomes_plain(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    inner = QLabel("<i>斜</i>", QWidget(form))
    all_plain(form)
    assert inner.textFormat() is Qt.TextFormat.PlainText


def test_clearing_a_layout_takes_inner_layouts_along(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    column, row = QVBoxLayout(form), QHBoxLayout()
    column.addWidget(QLabel("一"))
    row.addWidget(QLabel("二"))
    row.addStretch(1)
    column.addLayout(row)
    clear(column)
    assert column.count() == 0
    qtbot.waitUntil(lambda: not form.findChildren(QLabel))
