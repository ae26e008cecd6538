"""One of a few choices, all in sight: a row of segments, worked by arrows, digits or the mouse."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.style import set_style

T = TypeVar("T")
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}


class SegmentedChoice(QWidget, Generic[T]):
    """Checkable buttons in one row, in more rows where it is narrow; at most one is chosen.

    The row is one stop of the Tab key. Left and right choose the neighbour, a digit chooses by place, Enter goes on.

    Signals:
        changed(): another segment was chosen, by hand or by program.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[T] = []
        self._buttons: list[QPushButton] = []
        self._chosen: int | None = None
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetNoConstraint)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer values with their words; nothing is chosen."""
        for button in self._buttons:
            button.deleteLater()
        self._values = [value for value, _ in choices]
        self._buttons = [self._button(place, words) for place, (_, words) in enumerate(choices)]
        self._chosen, self._columns = None, 0
        self._rove()
        self._arrange()

    def value(self) -> T | None:
        """What is chosen, or None."""
        return None if self._chosen is None else self._values[self._chosen]

    def set_value(self, value: T | None) -> None:
        """Choose a value, or none."""
        self._choose(None if value is None else self._values.index(value))

    def values(self) -> tuple[T, ...]:
        """What is offered, in order."""
        return tuple(self._values)

    def button(self, value: T) -> QPushButton:
        """The segment of a value."""
        return self._buttons[self._values.index(value)]

    def stops(self) -> tuple[QPushButton, ...]:
        """The segments in order; only one of them is a stop of the Tab key at a time."""
        return tuple(self._buttons)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows choose the neighbour, digits by place, Enter goes on; other keys are for the page."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._buttons:
            if is_plain_enter(event):
                self.focusNextChild()
                return True
            place = self._place_for(event, self._buttons.index(watched))
            if place is not None:
                self._choose(place)
                self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two columns are the narrowest."""
        hint = self.sizeHint()
        widest = max((button.sizeHint().width() for button in self._buttons), default=0)
        return QSize(min(hint.width(), 2 * widest), hint.height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one row, at the height that the present rows take."""
        width = sum(button.sizeHint().width() for button in self._buttons)
        height = max((button.sizeHint().height() for button in self._buttons), default=0)
        rows = -(-len(self._buttons) // self._columns) if self._columns else 1
        return QSize(width, height * rows)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the row where it does not fit."""
        super().resizeEvent(event)
        self._arrange()

    def _button(self, place: int, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._choose(place))
        button.installEventFilter(self)
        set_style(button, role="segment")
        return button

    def _place_for(self, event: QKeyEvent, here: int) -> int | None:
        """The place that a key chooses, None if it is no key of this row."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        last = len(self._buttons) - 1
        key, digit = Qt.Key(event.key()), event.key() - Qt.Key.Key_1
        if key in _ON:
            return 0 if self._chosen is None else min(here + 1, last)
        if key in _BACK:
            return last if self._chosen is None else max(here - 1, 0)
        return digit if 0 <= digit <= last else None

    def _choose(self, place: int | None) -> None:
        different = place != self._chosen
        self._chosen = place
        for at, button in enumerate(self._buttons):
            button.setChecked(at == place)
        self._rove()
        if different:
            self.changed.emit()

    def _rove(self) -> None:
        """Make the chosen segment, or the first, the one that the Tab key stops at."""
        here = self._chosen or 0
        for at, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == here else Qt.FocusPolicy.ClickFocus)
        if self._buttons:
            self.setFocusProxy(self._buttons[here])

    def _fitting_columns(self) -> int:
        count = len(self._buttons)
        widths = [button.sizeHint().width() for button in self._buttons]
        if sum(widths) <= self.width():
            return count
        widest = max(widths)
        return next((n for n in range(count - 1, 1, -1) if count % n == 0 and n * widest <= self.width()), 2)

    def _arrange(self) -> None:
        columns = self._fitting_columns() if self._buttons else 0
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons):
            row, column = divmod(place, columns)
            self._grid.addWidget(button, row, column)
            ends = {0: "first", min(columns, len(self._buttons)) - 1: "last"}
            set_style(button, at=ends.get(column, "middle"))
        self.updateGeometry()
