"""Words that show as they were typed: never as markup, whatever stands in them."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from onevisit.ui.widgets.layouts import children


def plain_label(text: str, role: str = "", *, tone: str = "", wrap: bool = True) -> QLabel:
    """A label of plain text that can be selected with the mouse; ``role`` and ``tone`` are those of the theme."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    return label


def all_plain(root: QWidget) -> None:
    """Make every label of a form show plain text; Qt's default guesses and would take ``<b>`` for markup."""
    for label in children(root, QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)


def tip(text: str) -> str:
    """A tooltip that says ``text`` as it is, line by line; Qt guesses at tooltips too, so the guess is decided here."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def explain(widget: QWidget, why: str) -> None:
    """Say in a tooltip, and to a screen reader, why something cannot be done now; empty takes it away."""
    widget.setToolTip(tip(why))
    widget.setAccessibleDescription(why)
