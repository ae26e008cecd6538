"""Enter goes to the next field; a tab order that is the reading order."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def is_plain_enter(event: QKeyEvent) -> bool:
    """Whether the key is Enter alone, of either block."""
    extra = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return Qt.Key(event.key()) in ENTER and extra == Qt.KeyboardModifier.NoModifier


def set_tab_order(stops: Sequence[QWidget]) -> None:
    """Let the Tab key go through ``stops`` in this order."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def stops_of(widget: QWidget) -> tuple[QWidget, ...]:
    """What the Tab key goes through inside one editor: the editor itself, or the parts it tells of by ``stops``."""
    stops = getattr(widget, "stops", None)
    return tuple(part for one in stops() for part in stops_of(one)) if stops is not None else (widget,)
