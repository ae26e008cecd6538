"""Imports what the first minutes need while somebody types a name and a password."""

import importlib
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from onevisit.ui.tasks import Tasks

AFTER_ENTERING_MS = 1_000
"""So long the first page is left to draw itself and to ask the store, before the rest is imported."""


class Preloading(QObject):
    """Imports modules on the worker, one a task, so that whoever logs in at once waits for one of them at most.

    Args:
        tasks: the worker.
        modules: their full names, those needed first before the others.
        parent: who begins it.
    """

    def __init__(self, tasks: Tasks, modules: Iterable[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left = list(modules)
        self._resting = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.go_on)

    @property
    def done(self) -> bool:
        """Whether everything is there."""
        return not self._left

    def go_on(self) -> None:
        """Import the next one, and so on."""
        self._resting = False
        self._next()

    def rest(self) -> None:
        """Somebody enters: the first page comes before what may be needed later."""
        self._resting = True
        self._again.start(AFTER_ENTERING_MS)

    def _next(self) -> None:
        if self._left and not self._resting:
            module = self._left[0]
            self._tasks.run(lambda: _load(module), lambda _: self._on_loaded(module), owner=self)

    def _on_loaded(self, module: str) -> None:
        # by name: after a log-out, or a slow disk, a module may be on its way twice
        if module in self._left:
            self._left.remove(module)
        self._next()


def _load(module: str) -> None:
    importlib.import_module(module)
