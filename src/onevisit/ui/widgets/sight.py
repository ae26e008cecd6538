"""Bringing into sight what has the cursor; Qt does so for the Tab key alone."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND = 24
"""How much of what is around it is seen too, in pixels."""


def bring_into_sight(what: QWidget, around: int = _AROUND) -> None:
    """Scroll everything that a widget lies in."""
    above = what.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(what, 0, around)
        above = above.parentWidget()


class KeptInSight(QObject):
    """Brings each of some widgets into sight as the cursor comes to it.

    Args:
        widgets: for as long as they live.
        parent: what they stand in.
    """

    def __init__(self, widgets: tuple[QWidget, ...], parent: QObject) -> None:
        super().__init__(parent)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Scroll as the cursor comes."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            bring_into_sight(watched)
        return False
