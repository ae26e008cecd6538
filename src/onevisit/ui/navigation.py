"""The list of pages at the left: a word, its icon, its key, and how many wait there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.ui.icons import pixmap
from onevisit.ui.page import PageEntry
from onevisit.ui.theme import Colours
from onevisit.ui.widgets.style import em, set_style


class NavigationButton(QPushButton):
    """One page; its right edge shows the count, or the key when nobody waits."""

    def __init__(self, entry: PageEntry, icons: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._icons = icons
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.mark = QLabel(self)
        self.word = QLabel(entry.word, self)
        self.right = QLabel(entry.shortcut, self)
        self.right.setProperty("role", "hint")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self.mark)
        row.addWidget(self.word)
        row.addStretch(1)
        row.addWidget(self.right)
        for label in (self.mark, self.word, self.right):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._people = self._drafts = 0
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many people wait; none shows the key."""
        self._people = count
        self._show_waiting()

    def show_drafts(self, count: int) -> None:
        """Show how many drafts wait to be gone on with."""
        self._drafts = count
        self._show_waiting()

    def _show_waiting(self) -> None:
        words = f"{self._people} 人候" if self._people else f"{self._drafts} 份草稿" if self._drafts else ""
        self.right.setText(words or self.entry.shortcut)
        set_style(self.right, tone="attention" if words else "")
        people = f"，{self._people} 人等候" if self._people else ""
        waiting = people + (f"，{self._drafts} 份草稿没填完" if self._drafts else "")
        self.setAccessibleName(f"{self.entry.word}，{self.entry.shortcut}{waiting}")
        self.setToolTip(f"{self.entry.word}（{self.entry.shortcut}）{waiting}")
        self.updateGeometry()

    def dress(self, colours: Colours) -> None:
        """Draw the icon in the colours worn now."""
        colour = colours.brand if self.isChecked() else colours.soft
        self.mark.setPixmap(pixmap(self._icons, self.entry.icon, colour, em(self, 1.3), self))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as its words; a push button would not ask its layout."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: words are never cut."""
        return self.sizeHint()


class Navigation(QFrame):
    """The pages of whoever is logged in.

    Signals:
        chosen(str): the key of a page.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setAccessibleName("页面")
        self.buttons: dict[str, NavigationButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._colours: Colours | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def fill(self, entries: Sequence[PageEntry], icons: Path) -> None:
        """Show these pages."""
        for entry in entries:
            button = NavigationButton(entry, icons, self)
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._column.insertWidget(self._column.count() - 1, button)
            self.buttons[entry.key] = button

    def select(self, key: str) -> None:
        """Show which page is open; a page without a button leaves the one before."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
        self._redraw()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many wait on each page."""
        for key, button in self.buttons.items():
            button.show_count(counts.get(key, 0))

    def show_drafts(self, counts: dict[str, int]) -> None:
        """Show how many drafts wait on each page."""
        for key, button in self.buttons.items():
            button.show_drafts(counts.get(key, 0))

    def dress(self, colours: Colours) -> None:
        """Draw everything in the colours and the type worn now."""
        self._colours = colours
        self.setMinimumWidth(em(self, 9.5))
        self._redraw()

    def _redraw(self) -> None:
        if self._colours is not None:
            for button in self.buttons.values():
                button.dress(self._colours)
                set_style(button.word, selected="yes" if button.isChecked() else "no")
