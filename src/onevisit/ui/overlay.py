"""A card over the darkened window: the list of keys, and the questions before what cannot be undone."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from onevisit.ui.widgets.layouts import children


class Overlay(QWidget):
    """Covers the window, keeps keys and the mouse to itself, and gives the focus back to where it was.

    Args:
        covered: the widget it lies on.
        below: the part of it that rests meanwhile, so that no shortcut of a page gets through.

    Signals:
        closed(): it went away, by ``close_card`` or by Esc.
    """

    closed = Signal()

    def __init__(self, covered: QWidget, below: QWidget) -> None:
        super().__init__(covered)
        self.setProperty("role", "scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._covered = covered
        self._below = below
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("role", "panel")
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        covered.installEventFilter(self)
        self.hide()

    def open_card(self, first: QWidget) -> None:
        """Show it with the focus on ``first``."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
            self._below.setEnabled(False)
        self.setGeometry(QRect(0, 0, self._covered.width(), self._covered.height()))
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Take it away and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        self._below.setEnabled(True)
        before = self._before if self._before is not None and shiboken6.isValid(self._before) else None
        if before is None or not before.isVisible():  # it came while the window was locked: the lock had the focus
            before = self._below.focusWidget()
        if before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def dismiss(self) -> None:
        """What Esc does."""
        self.close_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep covering what is covered."""
        if watched is self._covered and event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(QRect(0, 0, self._covered.width(), self._covered.height()))
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back; nothing else leaves the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the card does nothing to what lies below."""
        event.accept()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes round inside the card."""
        inside = children(self.card, QWidget)
        stops = [one for one in inside if one.isEnabled() and one.isVisible() and _takes_tab(one)]
        if not stops:
            return True
        current = self.window().focusWidget()
        place = stops.index(current) if current in stops else -1
        stops[(place + (1 if following else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
