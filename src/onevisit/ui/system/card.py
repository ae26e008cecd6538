"""What the cards beside the list of accounts have in common: Enter, Ctrl+Enter and Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.once import on_key


class FormCard(QFrame):
    """A small form with one button that sends it and one that leaves it.

    Signals:
        sent(): the form is to be sent.
        left(): the form is to be put away; what was typed goes.
    """

    sent = Signal()
    left = Signal()

    def connect_keys(self, send: QPushButton, leave: QPushButton) -> None:
        """Tell which buttons send and leave; called once when the form is built."""
        send.clicked.connect(self.sent)
        leave.clicked.connect(self.left)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, send.click, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def stops(self) -> tuple[QWidget, ...]:
        """The fields in order, the sending button last."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field, Esc leaves."""
        here = self.window().focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_plain_enter(event) and isinstance(here, QPushButton):
            if not event.isAutoRepeat():
                here.click()
        elif is_plain_enter(event):
            stops = [stop for stop in self.stops() if stop.isVisible()]
            place = stops.index(here) + 1 if here in stops else 0
            stops[min(place, len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
