"""The tab 显示: how the window looks."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from onevisit.ui.system.look import Look, LookChoice
from onevisit.ui.system.panel import Panel


class LookPanel(Panel):
    """The choice on a panel of its own, for the administrator's page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = LookChoice(self)
        self.choice.use(look)
        panel = QFrame(self)
        panel.setProperty("role", "panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(18, 18, 18, 18)
        inner.addWidget(self.choice)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 12, 0, 0)
        outer.addWidget(panel)
        outer.addStretch(1)
        self.setFocusProxy(self.choice.ui.large)
