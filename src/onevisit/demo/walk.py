"""A walk through every page and every part of a matter that somebody has; what joins the window joins it too."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtWidgets import QWidget

from onevisit.demo.driver import Condition, Journey
from onevisit.ui.main_window import MainWindow
from onevisit.ui.matters.page import MattersPage

Picture = Callable[[str, QWidget], Journey]

_ELSEWHERE: Final = frozenset({"registration", "consultation", "matters", "system"})
"""Pages that the day itself shows in the middle of their work."""


def walk_pages(window: MainWindow, quiet: Condition, picture: Picture, who: str) -> Journey:
    """A picture of every page in the navigation, under its key: the first who has it, then with the role's name."""
    for key in [one for one in window.ui.navigation.buttons if one not in _ELSEWHERE]:
        window.show_page(key)
        yield quiet
        yield from picture(key.replace("_", "-"), window)
        if who:
            yield from picture(f"{key.replace('_', '-')}-{who}", window)


def walk_matters(window: MainWindow, quiet: Condition, picture: Picture, matter_ids: Iterable[int]) -> Journey:
    """A picture of every part of these matters: the overview as ``matters``, then each section under its key."""
    for matter_id in matter_ids:
        window.open_matter(matter_id)
        yield quiet
        yield from picture("matters", window)
        page = window.current
        if not isinstance(page, MattersPage):
            continue
        for key in page.sections.offered():
            window.open_matter(matter_id, key)
            yield quiet
            yield from picture(f"matters-{key}", window)
