"""What every page of the window is, what it is given, and how it is entered in the window's list.

A page that can be sent to has a method of the same name as the navigator's: the registration page
``register_new(text)``, the matters page ``open_matter(matter_id, section)``, the urgent page
``open_urgent(matter_id, visit_id)``, the route page ``open_route(visit_id)``, the lawyer's page
``open_consultation(visit_id)``; the slip page has ``show_visit``. The keys of all pages stand in ``onevisit.pages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from onevisit.rules.accounts import Role
from onevisit.ui.errand import Errand
from onevisit.ui.messages import Messages
from onevisit.ui.tasks import Tasks

if TYPE_CHECKING:  # the desk brings SQLAlchemy, and the log-in window shows before that is loaded
    from onevisit.desk.desk import Desk


class Navigator(Protocol):
    """Where a page can send the person to; the main window does it."""

    def show_page(self, key: str) -> None:
        """Show a page by its key."""

    def register_new(self, text: str = "") -> None:
        """Open the registration page with what was typed into the search box (a name, number or phone)."""

    def open_matter(self, matter_id: int, section: str = "") -> None:
        """Show a matter with its timeline, or another section of it by its key (``ui.matters.sections``)."""

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None:
        """Show the urgent report of a matter, by way of one's own visit where the matter is confidential."""

    def open_route(self, visit_id: int, *, onward: bool = False) -> None:
        """Show the route assistant for the matter of this visit.

        ``onward``: where nothing is to be decided, the slip is printed at once.
        """

    def open_consultation(self, visit_id: int) -> None:
        """Show the lawyer's page with this visit."""

    def print_slip(self, visit_id: int, *, now: bool = False, instead: bool = False) -> None:
        """Preview, print and ask whether it came out.

        Args:
            visit_id: whose slip.
            now: print without waiting for the button.
            instead: in place of the page that sends there; the way back leads past that one.
        """

    def back(self) -> None:
        """Return to where the person was, to the same row."""

    def leave_for(self, errand: Errand) -> None:
        """Log out, after a question when something is not saved, and do there what needs the data closed."""


class Changes(QObject):
    """Operations say what they changed; pages that show it refresh themselves.

    Signals:
        changed(frozenset[str]): any of ``drafts``, ``visits``, ``consultations``, ``slips``, ``accounts``, ``unit``,
            ``printers``, ``policy``, ``backups``, ``retention``, ``matters``, ``lists``, ``day_close``, ``exports``,
            ``trail``.
    """

    changed = Signal(object)

    def say(self, *what: str) -> None:
        """Tell every page."""
        self.changed.emit(frozenset(what))


@dataclass(frozen=True, slots=True)
class Context:
    """What every page is given."""

    desk: Desk
    tasks: Tasks
    messages: Messages
    changes: Changes
    navigator: Navigator


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One line of the F1 list."""

    keys: str
    does: str


class Page(QWidget):
    """A page of the window: one purpose, one blue button.

    Signals:
        draft_said(str, str): for the status line: what became of what is half typed here, and its tone.
    """

    draft_said = Signal(str, str)

    key = ""
    title = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def refresh(self) -> None:
        """Read anew what is shown, keeping selection and scroll; called when shown and when its data changed."""

    def shows(self) -> frozenset[str]:
        """Which kinds of change make this page refresh."""
        return frozenset()

    def focus_first(self) -> None:
        """Put the cursor where work begins."""
        self.setFocus()

    def focus_last(self) -> bool:
        """Put the cursor back where it was on this page; False when that is not there any more."""
        last = self.focusWidget()
        there = last is not None and last.isVisibleTo(self) and last.isEnabledTo(self)
        if last is not None and there:
            last.setFocus()
        return there

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page, for F1."""
        return ()

    def unsaved(self) -> bool:
        """Whether something typed here is not in the store yet, not even as a draft."""
        return False

    def keep(self) -> None:
        """Begin to keep what is half typed here; ``unsaved`` says afterwards whether anything could not be kept."""

    def open_drafts(self) -> frozenset[int]:
        """The drafts that are being gone on with here, and so do not wait."""
        return frozenset()

    def go_back(self) -> bool:
        """Esc: close what is open on this page (a list, an opened record). False: there was nothing, leave the page."""
        return False


@runtime_checkable
class StartsRegistration(Protocol):
    """A page that begins a registration with what was typed."""

    def register_new(self, text: str) -> None:
        """Begin with a name, number or phone; empty for an empty form."""


@runtime_checkable
class OpensMatter(Protocol):
    """A page that shows a matter."""

    def open_matter(self, matter_id: int, section: str = "") -> None:
        """Show it with its timeline, or another section of it."""


@runtime_checkable
class OpensUrgent(Protocol):
    """A page that shows the urgent report of a matter."""

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None:
        """Show it, by way of one's own visit if one is given."""


@runtime_checkable
class OpensRoute(Protocol):
    """A page that shows which way a matter takes."""

    def open_route(self, visit_id: int, *, onward: bool = False) -> None:
        """Ask about the matter of this visit."""


@runtime_checkable
class OpensConsultation(Protocol):
    """A page that shows a visit to the lawyer."""

    def open_consultation(self, visit_id: int) -> None:
        """Show it."""


@runtime_checkable
class ShowsSlip(Protocol):
    """A page that shows the slip of a visit and prints it."""

    def show_visit(self, visit_id: int, *, print_now: bool = False) -> None:
        """Show it; ``print_now`` sends it to the remembered printer unless something speaks against it."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One line of the window's list of pages; the page is made when it is first shown.

    Attributes:
        key: the page's key, as in ``Page.key``.
        word: the word in the navigation.
        roles: who has this page.
        make: makes it.
        shortcut: ``F2`` to ``F12``; a page without one is reached from other pages only.
        icon: stem of the icon in ``resources/icons``.
    """

    key: str
    word: str
    roles: frozenset[Role]
    make: Callable[[Context], Page]
    shortcut: str = ""
    icon: str = ""
