"""Every table stands alike: no row numbers, one column that takes the width that is left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView
from pytestqt.qtbot import QtBot

from onevisit.ui.widgets.tables import set_up_table


@pytest.mark.parametrize("wide", [None, 1])
def test_one_column_takes_the_rest(qtbot: QtBot, wide: int | None) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(2, 3, table)
    set_up_table(table, model, wide=wide)
    table.resize(600, 200)
    table.show()
    head = table.horizontalHeader()
    assert table.verticalHeader().isHidden()
    assert head.length() == table.viewport().width()
    assert head.defaultAlignment() & Qt.AlignmentFlag.AlignLeft
    assert head.stretchLastSection() == (wide is None)
    stretched = [one for one in range(3) if head.sectionResizeMode(one) == QHeaderView.ResizeMode.Stretch]
    assert stretched == ([] if wide is None else [wide])
