"""One press is one deed: keys that are held down and double clicks do what a single press does, and no more."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut, QWindow
from PySide6.QtWidgets import QAbstractButton, QWidget

REPEATS = "repeats"
"""The property of a button that may be pressed fast, such as one that leafs on."""


def on_key(
    keys: str,
    owner: QWidget,
    does: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Let a key do something, once for each time it goes down: the one place where shortcuts are made.

    Args:
        keys: such as ``Ctrl+Return``.
        owner: the shortcut rests while this is not enabled or not in sight.
        does: what it does.
        context: where the cursor must be; anywhere in the window unless given.
    """
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setContext(context)
    shortcut.setAutoRepeat(False)
    # as a plain callable: the signal gives no argument that ``does`` could take for one of its own
    shortcut.activated.connect(does)
    return shortcut


class OneClick(QObject):
    """Swallows the second press of a double click on a button.

    The first press may have changed the page or the question by then, and the second would answer what nobody read.

    Args:
        window: a window, before it is shown.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handle: QWindow | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Watch the window's mouse once it is shown; lists and texts get their double clicks."""
        if event.type() == QEvent.Type.Show and watched is self._window:
            self._watch(self._window.windowHandle())
        elif event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            button = self._button_at(event)
            return button is not None and not button.property(REPEATS)
        return False

    def _watch(self, handle: QWindow | None) -> None:
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def _button_at(self, event: QMouseEvent) -> QAbstractButton | None:
        widget = self._window.childAt(event.position().toPoint())
        while widget is not None and not isinstance(widget, QAbstractButton):
            widget = widget.parentWidget()
        return widget
