"""The route of a visit as the demonstration decides it: as the assistant proposes, through its own page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from onevisit.demo.driver import Condition, Journey
from onevisit.ui.main_window import MainWindow
from onevisit.ui.route.page import RoutePage

_NO_ORGAN = "有权处理的机关、单位"
"""Written where the directory knows no organ for a route; a clerk would write the name."""


def decide_route(
    window: MainWindow, quiet: Condition, picture: Callable[[str, QWidget], Journey], errors: list[str]
) -> Journey:
    """Decide what the assistant proposes, on the way to the slip; where nothing is to be decided the page went on."""
    page = window.current
    yield lambda: quiet() and (not isinstance(page, RoutePage) or window.current is not page or page.asks())
    if not isinstance(page, RoutePage) or window.current is not page:
        return
    assistant = page.assistant
    if assistant.where.isVisible() and not assistant.where.names:
        assistant.where.choose(_NO_ORGAN)
    yield from picture("route", window)
    assistant.ui.decide.click()
    yield lambda: quiet() and (not page.asks() or bool(assistant.ui.fault.text()))
    if page.asks():
        errors.append(assistant.ui.fault.text())


def look_at_route(
    window: MainWindow, quiet: Condition, picture: Callable[[str, QWidget], Journey], visit_id: int
) -> Journey:
    """Look at what was decided."""
    window.open_route(visit_id)
    page = window.current
    assert isinstance(page, RoutePage)  # noqa: S101 - tells mypy
    yield lambda: quiet() and page.summary.isVisible()
    yield from picture("route-decided", window)
