"""Rubbish is collected on the main thread alone.

Python collects on whichever thread happens to allocate next. On the worker that could be the end of a widget which only
a cycle kept alive: Qt locks its connections while it destroys an object and asks for Python, and the main thread, which
holds Python, waits for that lock. The window would stand still for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000
_YOUNG, _MIDDLE, _ALL = 0, 1, 2


class MainThreadGarbage(QObject):
    """Collects by a timer what Python would have collected by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """From now on only ``collect`` collects."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that has had its fill, as Python would."""
        full = [count > most > 0 for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (_ALL, _MIDDLE, _YOUNG):
            if full[generation]:
                gc.collect(generation)
                return
