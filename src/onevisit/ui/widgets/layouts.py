"""What layouts lack."""

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

W = TypeVar("W", bound=QWidget)


def clear(layout: QLayout) -> None:
    """Take every item out of a layout, and out of those within; the widgets are deleted when Qt is next idle."""
    while layout.count():
        widget, inner = _inside(layout.takeAt(0))
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        elif widget is not None:
            widget.hide()
            widget.deleteLater()


def idle_timer(owner: QObject, fit: Callable[[], None]) -> QTimer:
    """A timer that calls ``fit`` once Qt is idle: a new type size reaches a page before it reaches what is in it."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(0)
    timer.timeout.connect(fit)
    return timer


def _inside(item: QLayoutItem) -> tuple[QWidget | None, QLayout | None]:
    """The widget or the layout of an item; a spacer has neither, which Qt's stubs do not say."""
    return item.widget(), item.layout()


def children(root: QWidget, kind: type[W]) -> list[W]:
    """Everything of a kind below a widget, as what it is (Qt's own signature forgets the kind)."""
    return cast("list[W]", root.findChildren(kind))
