"""Driving a window step by step without blocking it.

A journey is a generator: it does something a person would do, then yields a condition; the driver resumes it as soon
as the condition holds, or raises ``StuckError`` inside it when that takes too long.
"""

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer, Signal

Condition = Callable[[], bool]
Journey = Generator[Condition, None, None]

POLL_MS = 10
PATIENCE_SECONDS = 30.0


class StuckError(Exception):
    """A condition did not come true in time."""


class Driver(QObject):
    """Runs one journey on the event loop.

    Signals:
        ended(object): None, or the exception that ended the journey.
    """

    ended = Signal(object)

    def __init__(self, journey: Journey, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journey = journey
        self._condition: Condition = bool
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin on the next turn of the event loop."""
        self._condition, self._since = (lambda: True), time.monotonic()
        self._timer.start()

    def _look(self) -> None:
        if self._condition():
            self._resume(None)
        elif time.monotonic() - self._since > PATIENCE_SECONDS:
            self._resume(StuckError())

    def _resume(self, trouble: StuckError | None) -> None:
        try:
            self._condition = self._journey.throw(trouble) if trouble else next(self._journey)
            self._since = time.monotonic()
        except StopIteration:
            self._end(None)
        except Exception as error:  # whatever ends the journey must end the program too, with its reason
            self._end(error)

    def _end(self, error: Exception | None) -> None:
        self._timer.stop()
        self.ended.emit(error)
