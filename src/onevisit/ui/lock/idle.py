"""Seeing that nobody is at the window any more, and the key that says so at once."""

import sys
import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


def seconds_awake_or_not() -> float:
    """Seconds on a clock that nobody sets and that goes on while the computer sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


class IdleWatch(QObject):
    """Looks at keys and mouse of every window of the program that has the focus.

    It looks at windows of the system (``QWindow``), which get a few events for each thing a person does; an event
    filter on the application would see every paint and timer of every widget, too.

    Args:
        seconds: how long without key and mouse is idle.
        now: seconds on a steady clock.

    Signals:
        idle(): the time is over; nothing more is told until ``start``.
        lock_key(): Ctrl+L was pressed, wherever the cursor was.
    """

    idle = Signal()
    lock_key = Signal()

    def __init__(
        self, seconds: float, parent: QObject | None = None, now: Callable[[], float] = seconds_awake_or_not
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._now = now
        self._last = now()
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to watch; now counts as a key."""
        application = QGuiApplication.instance()
        if not self._watching and isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._follow)
        self._watching = True
        self._last = self._now()
        self._follow(QGuiApplication.focusWindow())
        self._wait()

    def stop(self) -> None:
        """Watch no longer."""
        application = QGuiApplication.instance()
        if self._watching and isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._follow)
        self._watching = False
        self._timer.stop()

    def set_limit(self, seconds: float) -> None:
        """Wait so long from the last key on."""
        self._seconds = seconds
        if self._watching:
            self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and shape
        """Note every key and movement; what comes too late (the computer slept) is not let through."""
        if not self._watching or event.type() not in _ACTIVITY:
            return False
        if self._left() <= 0:
            self._tell(self.idle)
            return True
        self._last = self._now()
        if isinstance(event, QKeyEvent) and _is_lock_key(event):
            self._tell(self.lock_key)
            return True
        return False

    def _left(self) -> float:
        return self._last + self._seconds - self._now()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _look(self) -> None:
        if self._left() <= 0:
            self._tell(self.idle)
        else:
            self._wait()

    def _wait(self) -> None:
        self._timer.start(max(1, ceil(self._left() * 1000)))

    def _tell(self, what: object) -> None:
        self.stop()
        what.emit()  # type: ignore[attr-defined]  # a bound signal, which Qt's stubs call otherwise


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
