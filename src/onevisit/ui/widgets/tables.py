"""How every table of the window stands: no row numbers, columns as wide as their words, one that takes the rest."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QHeaderView, QTableView


def set_up_table(table: QTableView, model: QAbstractItemModel, *, wide: int | None = None) -> None:
    """Give a table its model and its header.

    Args:
        table: the table.
        model: what it shows.
        wide: the column that takes the width that is left; the last one unless given.
    """
    table.setModel(model)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    if wide is None:
        head.setStretchLastSection(True)
    else:
        head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
