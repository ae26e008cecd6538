"""What the small dialogs have in common: Enter goes on, Ctrl+Enter keeps, a double click is one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.once import OneClick, on_key

CTRL_ENTER = ("Ctrl+Return", "Ctrl+Enter")


class FormDialog(QDialog):
    """Enter goes to the next field, Ctrl+Enter keeps what was entered, Esc leaves everything as it was.

    Attributes:
        fields: around the editors, by name.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for keys in CTRL_ENTER:
            on_key(keys, self, self.keep)
        OneClick(self)

    def keep(self) -> None:
        """Keep what was entered and close."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on: to the next field, or does what the button under the cursor says."""
        if not is_plain_enter(event):
            super().keyPressEvent(event)
            return
        here = self.focusWidget()
        if isinstance(here, QPushButton) and not here.isCheckable():
            if not event.isAutoRepeat():
                here.click()
            return
        self.focusNextChild()
