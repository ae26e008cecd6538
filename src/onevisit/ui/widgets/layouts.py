"""What layouts lack."""

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QLayoutItem, QWidget

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


def take_all(layout: QLayout) -> None:
    """Take all widgets out of a layout, to be placed anew.

    ``takeAt`` and ``replaceWidget`` would leave an item behind that nobody deletes. The widget then goes on telling
    that one when its height is different, not the next one, and words would be cut off.
    """
    for place in reversed(range(layout.count())):
        item = layout.itemAt(place)
        if item is not None and item.widget() is not None:
            layout.removeWidget(item.widget())


def put_in_place(layout: QLayout, old: QWidget, new: QWidget) -> None:
    """Put ``new`` where ``old`` stands in a grid or a row; nothing is left behind, as in ``take_all``."""
    place = layout.indexOf(old)
    if isinstance(layout, QGridLayout):
        row, column, rows, columns = cast("tuple[int, int, int, int]", layout.getItemPosition(place))
        layout.removeWidget(old)
        layout.addWidget(new, row, column, rows, columns)
    elif isinstance(layout, QBoxLayout):
        stretch = layout.stretch(place)
        layout.removeWidget(old)
        layout.insertWidget(place, new, stretch)


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
