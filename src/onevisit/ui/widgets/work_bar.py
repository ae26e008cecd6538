"""What long work is doing, how far it is, and a button that stops it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from onevisit.ui.tasks import Failed, Progress, Task, Tasks
from onevisit.ui.widgets.style import announce, em, set_style

T = TypeVar("T")
SHOWN_AFTER_MS = 500
"""Work that ends sooner shows nothing: a bar that flashes only worries."""


class WorkBar(QFrame):
    """One piece of long work at a time: it is hidden until the work has lasted half a second, and goes with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        set_style(self.bar, role="work")
        self.part = QLabel(self)
        self.halt = QPushButton("取消", self)
        self.halt.setAutoDefault(True)
        self.halt.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, stretch in ((self.bar, 1), (self.part, 0), (self.halt, 0)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(row)
        self._task: Task | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER_MS)
        self._slow.timeout.connect(self._appear)
        self._fit_type()
        self.hide()

    @property
    def working(self) -> bool:
        """Whether work is on its way."""
        return self._task is not None

    def carry(
        self,
        tasks: Tasks,
        button: QAbstractButton,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        what: str,
        stopped: Callable[[], None] | None = None,
    ) -> bool:
        """Run the long work that a button stands for, and show how far it is.

        Args:
            tasks: the worker.
            button: rests meanwhile.
            work: gets the means to tell how far it is.
            done: gets the result.
            failed: gets what the world did; unless given, the sentence goes to the message bar.
            what: what is being done, until the work itself says so.
            stopped: hears that the person stopped it; without it there is no button to stop it.

        Returns:
            Whether it was begun: one piece of work at a time, and a button that rests does nothing.
        """
        if self.working:
            return False
        self._task = tasks.run_long_once(button, work, done, self._tell, failed, stopped=stopped, settled=self._settled)
        if self._task is None:
            return False
        self.halt.setVisible(stopped is not None)
        self.halt.setEnabled(True)
        self.halt.setText("取消")
        self._tell(0, 0, what)
        self._slow.start()
        return True

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        if event.type() == QEvent.Type.FontChange:
            self._fit_type()
        super().changeEvent(event)

    def _appear(self) -> None:
        self.show()
        announce(self, self.words.text())

    def _tell(self, steps: int, total: int, what: str) -> None:
        if what and what != self.words.text() and self.halt.isEnabled():
            self.words.setText(what)
            self.bar.setAccessibleName(what)
            if self.isVisible():
                announce(self, what)
        self.bar.setMaximum(100 if total else 0)
        self.bar.setValue(min(100, steps * 100 // total) if total else 0)
        self.part.setText(f"{self.bar.value()}%" if total else "")

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()
            self.halt.setEnabled(False)
            self.halt.setText("正在停下…")

    def _settled(self) -> None:
        self._task = None
        self._slow.stop()
        self.hide()

    def _fit_type(self) -> None:
        self.bar.setFixedHeight(em(self, 0.7))
        self.part.setFixedWidth(self.fontMetrics().horizontalAdvance("100%"))
