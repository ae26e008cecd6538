"""The list of keys that F1 shows: those of the page first, then those that work everywhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from onevisit.ui.overlay import Overlay
from onevisit.ui.page import KeyHelp
from onevisit.ui.widgets.style import em


class KeyCard(Overlay):
    """Shows the keys of one page and of the window."""

    def __init__(self, covered: QWidget, below: QWidget) -> None:
        super().__init__(covered, below)
        self.heading = QLabel(self.card)
        self.heading.setProperty("role", "page-title")
        self.area = QScrollArea(self.card)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.leave = QPushButton("关闭 Esc", self.card)
        self.leave.setAutoDefault(True)
        self.leave.clicked.connect(self.close_card)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.area)
        self.column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignRight)

    def show_keys(self, title: str, here: Sequence[KeyHelp], everywhere: Sequence[KeyHelp]) -> None:
        """Show both lists; F1 again or Esc closes them."""
        self.heading.setText(f"{title}：可以用的按键")
        listing = QWidget()
        listing.setProperty("role", "plain")
        grid = QGridLayout(listing)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for heading, keys in (("本页", here), ("各页通用", everywhere)):
            if keys:
                _add_part(grid, heading, keys)
        self.area.setWidget(listing)
        wanted = listing.sizeHint().height() + 4
        self.area.setFixedSize(em(self, 34), min(wanted, max(160, self._covered.height() - 200)))
        self.open_card(self.leave)


def _add_part(grid: QGridLayout, heading: str, keys: Sequence[KeyHelp]) -> None:
    title = QLabel(heading)
    title.setProperty("role", "quiet")
    grid.addWidget(title, grid.rowCount(), 0, 1, 2)
    for line in keys:
        row = grid.rowCount()
        key = QLabel(line.keys)
        key.setProperty("role", "key")
        does = QLabel(line.does)
        does.setWordWrap(True)
        does.setAccessibleName(f"{line.keys}：{line.does}")
        grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(does, row, 1)
