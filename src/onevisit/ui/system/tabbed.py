"""What the pages with tabs share, 系统 and 名录: a panel for each tab, and the page speaks for the open one."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QTabWidget, QWidget

from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.panel import Panel

P = TypeVar("P", bound=Panel)


class TabbedPage(Page):
    """A page whose ``tabs`` are filled once, when it is built.

    Attributes:
        panels: the panels in the order of their tabs.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.panels: tuple[Panel, ...] = ()
        self._words: tuple[str, ...] = ()
        self._tabs: QTabWidget

    def fill(self, tabs: QTabWidget, entries: Iterable[tuple[str, Panel, bool]]) -> None:
        """Put the panels into the tabs of the form.

        Args:
            tabs: of the page's form.
            entries: the word on each tab, its panel, and whether it scrolls where the screen is too low.
        """
        listed = tuple(entries)
        self._tabs = tabs
        self._words = tuple(word for word, _, _ in listed)
        self.panels = tuple(panel for _, panel, _ in listed)
        for number, (word, panel, scrolls) in enumerate(listed, start=1):
            tabs.addTab(_scrolling(panel) if scrolls else panel, f"{word} Alt+&{number}")
        tabs.setDocumentMode(True)
        tabs.currentChanged.connect(self._on_tab)

    @property
    def panel(self) -> Panel:
        """What the open tab shows."""
        return self.panels[self._tabs.currentIndex()]

    def panel_of(self, kind: type[P]) -> P:
        """The panel of a kind.

        Raises:
            LookupError: this person does not have it.
        """
        for panel in self.panels:
            if isinstance(panel, kind):
                return panel
        raise LookupError(kind.__name__)

    def show_panel(self, kind: type[P]) -> P:
        """Open the tab of a kind."""
        panel = self.panel_of(kind)
        self._tabs.setCurrentIndex(self.panels.index(panel))
        return panel

    def refresh(self) -> None:
        """Read anew what the open tab shows."""
        self.panel.refresh()

    def shows(self) -> frozenset[str]:
        """What the open tab shows."""
        return self.panel.shows()

    def focus_first(self) -> None:
        """Where the work of the open tab begins."""
        self.panel.setFocus()

    def unsaved(self) -> bool:
        """Whether something is being changed on any tab."""
        return any(panel.unsaved() for panel in self.panels)

    def go_back(self) -> bool:
        """Esc puts away what is open on the tab."""
        return self.panel.go_back()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page and of the open tab."""
        last = len(self.panels)
        keys = "Alt+1" if last == 1 else f"Alt+1 … Alt+{last}"
        return (KeyHelp(keys, " / ".join(self._words)), *self.panel.key_help())

    def _on_tab(self) -> None:
        self.refresh()
        self.focus_first()


def _scrolling(panel: QWidget) -> QScrollArea:
    """A panel that is never squeezed: where the screen is too low, it scrolls."""
    area = QScrollArea()
    area.setProperty("role", "plain")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    panel.setProperty("role", "plain")
    area.setWidget(panel)
    return area
