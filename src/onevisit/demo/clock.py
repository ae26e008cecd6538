"""A clock that the demonstration sets: each visit is registered at the time its line gives."""

import threading
from datetime import UTC, datetime


class SetClock:
    """Gives the moment it was set to, in UTC; asked by the worker, set by the main thread."""

    def __init__(self, moment: datetime) -> None:
        self._lock = threading.Lock()
        self._moment = moment.astimezone(UTC)

    def __call__(self) -> datetime:
        """The moment."""
        with self._lock:
            return self._moment

    def set(self, moment: datetime) -> None:
        """Go to a moment; never back, since numbers are ordered by it."""
        with self._lock:
            self._moment = max(self._moment, moment.astimezone(UTC))
