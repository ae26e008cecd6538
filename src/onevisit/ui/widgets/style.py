"""Dynamic properties that the style sheet reads, lengths that follow the type, words for a screen reader."""

from math import ceil

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def set_style(widget: QWidget, **properties: str) -> None:
    """Set ``role``, ``tone``, ``at`` … and paint the widget anew; an empty word takes one away."""
    changed = False
    for name, value in properties.items():
        if (widget.property(name) or "") != value:
            widget.setProperty(name, value or None)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QWidget.update(widget)  # lists have an update of their own


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence politely: it waits for what is being said."""
    if sentence and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def em(widget: QWidget, characters: float) -> int:
    """Give the width of so many Chinese characters in the widget's type, in pixels."""
    return ceil(widget.fontMetrics().horizontalAdvance("国") * characters)
