"""Putting a screen over everything the program shows, and giving all of it back as it was."""

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from onevisit.ui.widgets.layouts import children

_PASSING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen})


@dataclass(frozen=True, slots=True)
class _Aside:
    """A window that was put aside, whom it kept from working, and where the cursor was."""

    widget: QWidget
    modality: Qt.WindowModality
    focus: QWidget | None


class Cover(QObject):
    """Covers one main window with a screen, and puts every other window of the program aside.

    What lies below is hidden and disabled, not only covered: no shortcut and no focus reaches it, and a screen reader
    finds nothing to read. It keeps its texts, cursors and scroll bars; the focus is taken and given back in the way of
    a popup, which ends no field.

    Args:
        window: what is covered.
        screen: a child of it.
        first: the widget on the screen that gets the focus.
    """

    def __init__(self, window: QMainWindow, screen: QWidget, first: QWidget) -> None:
        super().__init__(window)
        self._window, self._screen, self._first = window, screen, first
        self._focus: QWidget | None = None
        self._below: list[QWidget] = []
        self._aside: list[_Aside] = []
        self.on = False

    def put_on(self) -> None:
        """Cover everything."""
        if self.on:
            return
        self.on = True
        _end_what_passes()
        self._focus = self._window.focusWidget()
        self._fit()
        self._screen.show()
        self._screen.raise_()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)
        self._below = [one for one in _parts(self._window) if one is not self._screen]
        for part in self._below:
            part.hide()
            part.setEnabled(False)
        for widget in QApplication.topLevelWidgets():
            self._put_aside(widget)
        self._window.installEventFilter(self)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one

    def take_off(self) -> None:
        """Give everything back."""
        if not self.on:
            return
        self._release()
        for part in self._below:
            if shiboken6.isValid(part):
                part.setEnabled(True)
                part.show()
        _focus_again(self._focus)
        self._screen.hide()
        self._bring_back(self._aside)

    def leave_on(self) -> None:
        """The window goes as it is, covered; what does not belong to it comes back."""
        if self.on:
            self._release()
            self._bring_back(
                [one for one in self._aside if shiboken6.isValid(one.widget) and self._is_foreign(one.widget)]
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the window's size; a window that opens only now, for work that just ended, is put aside too."""
        kind = event.type()
        if watched is self._window and kind == QEvent.Type.Resize:
            self._fit()
        elif kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            # it cannot be hidden while it is being shown
            QTimer.singleShot(0, self, lambda: self._put_aside(watched))
        return False

    def _release(self) -> None:
        self.on = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # there is one
        self._window.removeEventFilter(self)

    def _bring_back(self, aside: list[_Aside]) -> None:
        self._aside, self._below, self._focus = [], [], None
        for one in aside:
            if shiboken6.isValid(one.widget):
                one.widget.setWindowModality(one.modality)
                one.widget.show()
                _focus_again(one.focus)

    def _is_foreign(self, widget: QWidget) -> bool:
        above = widget.parentWidget()
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is None

    def _fit(self) -> None:
        self._screen.setGeometry(self._window.rect())

    def _put_aside(self, widget: QWidget) -> None:
        if not self.on or not shiboken6.isValid(widget) or widget is self._window or not widget.isVisible():
            return
        if widget.windowType() in _PASSING:
            widget.close()
            return
        self._aside.append(_Aside(widget, widget.windowModality(), widget.focusWidget()))
        widget.hide()


def _parts(window: QMainWindow) -> list[QWidget]:
    """What is seen inside the window: its central widget, and lists that float above it."""
    return [
        one for one in children(window, QWidget) if one.parent() is window and not one.isWindow() and one.isVisible()
    ]


def _focus_again(widget: QWidget | None) -> None:
    if widget is not None and shiboken6.isValid(widget):
        widget.setFocus(Qt.FocusReason.PopupFocusReason)


def _end_what_passes() -> None:
    """Close menus, lists and tooltips, the innermost first."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
