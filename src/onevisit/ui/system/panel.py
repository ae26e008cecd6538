"""What every tab of the administrator's page is, and how it is entered in the page's list."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from onevisit.desk.keys import Rekeyed
from onevisit.rules.accounts import Permission
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.look import Look
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks, Told


class Panel(QWidget):
    """One thing that the administrator keeps in order; a panel says what of the page's life concerns it."""

    def refresh(self) -> None:
        """Read anew what is shown; called when the tab is opened and when its data changed."""

    def shows(self) -> frozenset[str]:
        """Which kinds of change make it read anew while it is open."""
        return frozenset()

    def unsaved(self) -> bool:
        """Whether something typed here is not saved yet."""
        return False

    def go_back(self) -> bool:
        """Esc: put away what is open here. False: nothing was."""
        return False

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this panel, for F1."""
        return ()


@dataclass(frozen=True, slots=True)
class Tools:
    """What panels are made of, beside the page's context.

    Attributes:
        sheets: prints what no visit stands behind.
        look: how the window looks.
        background: the second worker, for what lasts.
        rekey: puts the whole store under a new key.
    """

    sheets: HouseSheets
    look: Look
    background: Tasks
    rekey: Callable[[Told], Rekeyed]


@dataclass(frozen=True, slots=True)
class Tab:
    """One line of the page's list.

    Attributes:
        word: the word on the tab.
        permission: who has it; None for everybody who has the page.
        make: makes its panel; the parent is given.
        scrolls: where the screen is too low the panel scrolls; one that scrolls by itself says no.
    """

    word: str
    permission: Permission | None
    make: Callable[[Context, Tools, QWidget], Panel]
    scrolls: bool = True
