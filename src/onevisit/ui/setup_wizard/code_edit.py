"""A recovery code typed from paper: one small box for each group, in the order of the sheet."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QWidget

from onevisit.rules.text import compact
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.style import announce, em, set_style

GROUPS, LENGTH, COLUMNS = 8, 4, 4
_BACK = {Qt.Key.Key_Backspace, Qt.Key.Key_Left}


class CodeEdit(QWidget):
    """Eight groups of four characters; a full box leads on to the next, a whole code may be typed or pasted at once.

    Signals:
        edited(int): the box at this place, from 0, holds something else now.
    """

    edited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = tuple(QLineEdit(self) for _ in range(GROUPS))
        self._words = tuple(QLabel(self) for _ in range(GROUPS))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(COLUMNS, 1)
        for place, (box, words) in enumerate(zip(self.boxes, self._words, strict=True)):
            row, column = divmod(place, COLUMNS)
            grid.addWidget(words, 2 * row, column)
            grid.addWidget(box, 2 * row + 1, column)
            self._prepare(place, box)
        set_tab_order(self.boxes)
        self.setFocusProxy(self.boxes[0])
        for place in range(GROUPS):
            self.judge(place, None)

    def code(self) -> str:
        """What is typed so far, the groups joined by blanks."""
        return " ".join(box.text() for box in self.boxes)

    def group(self, place: int) -> str:
        """One group in its bare form."""
        return compact(self.boxes[place].text())

    def full(self) -> bool:
        """Whether every box holds a whole group."""
        return all(len(self.group(place)) == LENGTH for place in range(GROUPS))

    def clear(self) -> None:
        """Empty all boxes."""
        for box in self.boxes:
            box.clear()

    def judge(self, place: int, right: bool | None) -> None:
        """Say beside a box whether its group is right."""
        box, words = self.boxes[place], self._words[place]
        number = f"第 {place + 1} 组"
        text, tone = {None: (number, ""), True: (f"{number} ✓", "fine"), False: (f"{number} ！不对", "fault")}[right]
        words.setText(text)
        set_style(words, role="hint", tone=tone)
        set_style(box, tone=tone)
        box.setAccessibleDescription({None: "", True: "与纸上一致", False: "与显示的不一样，请核对"}[right])
        if right is False:
            announce(box, f"{number}不对，请核对")

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return self.boxes

    def fit_type(self) -> None:
        """Give the boxes the width of a group in the present type."""
        for box in self.boxes:
            box.setFixedWidth(em(self, 5.5))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Paste a whole code; Backspace in an empty box goes back to the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.boxes:
            place = self.boxes.index(watched)
            if event.matches(QKeySequence.StandardKey.Paste):
                self._spread(place, QApplication.clipboard().text())
                return True
            if Qt.Key(event.key()) in _BACK and place and not self.boxes[place].text():
                self.boxes[place - 1].setFocus(Qt.FocusReason.BacktabFocusReason)
                return Qt.Key(event.key()) == Qt.Key.Key_Left
        return False

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        if event.type() == QEvent.Type.FontChange:
            self.fit_type()
        super().changeEvent(event)

    def _prepare(self, place: int, box: QLineEdit) -> None:
        box.setAccessibleName(f"恢复码第 {place + 1} 组")
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.installEventFilter(self)
        box.textChanged.connect(lambda _text: self._on_changed(place))
        box.textEdited.connect(lambda text: self._on_edited(place, text))

    def _on_changed(self, place: int) -> None:
        self.judge(place, None)
        self.edited.emit(place)

    def _on_edited(self, place: int, text: str) -> None:
        """More than a group is shared out among the boxes that follow."""
        bare = compact(text)
        if bare and bare != text and len(bare) <= LENGTH:
            at = self.boxes[place].cursorPosition()
            self.boxes[place].setText(bare)
            self.boxes[place].setCursorPosition(min(at, len(bare)))
        if len(bare) > LENGTH:
            self._spread(place, bare)
        elif len(bare) == LENGTH and self.boxes[place].cursorPosition() == LENGTH and place + 1 < GROUPS:
            self._go_to(place + 1)

    def _spread(self, place: int, text: str) -> None:
        bare = compact(text)
        parts: Sequence[str] = [bare[start : start + LENGTH] for start in range(0, len(bare), LENGTH)]
        last = place
        for offset, part in enumerate(parts[: GROUPS - place]):
            last = place + offset
            self.boxes[last].setText(part)
        full = len(self.group(last)) == LENGTH
        self._go_to(min(last + (1 if full else 0), GROUPS - 1))

    def _go_to(self, place: int) -> None:
        self.boxes[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.boxes[place].selectAll()
