"""The route of a visit as the demonstration decides it: as the assistant proposes, through its own page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from onevisit.demo.driver import Condition, Journey
from onevisit.ui.main_window import MainWindow
from onevisit.ui.route.page import RoutePage

_NO_ORGAN = "有权处理的机关、单位"
"""Written where the directory knows no organ for a route; a clerk would write the name."""


def decide_route(
    window: MainWindow, quiet: Condition, picture: Callable[[str, QWidget], Journey], visit_id: int, errors: list[str]
) -> Journey:
    """Decide what the assistant proposes; a matter that has its route already is only looked at."""
    window.open_route(visit_id)
    page = window.current
    assert isinstance(page, RoutePage)  # noqa: S101 - tells mypy
    yield lambda: quiet() and (page.assistant.isVisible() or page.summary.isVisible())
    if page.summary.isVisible():
        yield from picture("route-known", window)
        return
    assistant = page.assistant
    if assistant.where.isVisible() and not assistant.where.names:
        assistant.where.choose(_NO_ORGAN)
    yield from picture("route", window)
    assistant.ui.decide.click()
    yield lambda: quiet() and (page.summary.isVisible() or bool(assistant.ui.fault.text()))
    if not page.summary.isVisible():
        errors.append(assistant.ui.fault.text())
        return
    yield from picture("route-decided", window)
