"""Typing the recovery code back: each group is judged as soon as it is whole."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from onevisit.ui._forms.setup_check import Ui_SetUpCheck
from onevisit.ui.setup_wizard.code_edit import GROUPS, LENGTH, CodeEdit
from onevisit.ui.widgets.style import set_style


class ShownCode(Protocol):
    """A recovery code that was shown and is to be typed back."""

    @property
    def recovery_code(self) -> str:
        """The code."""

    def different_group(self, typed: str) -> int | None:
        """The number of the first group that is not as shown, from 1; None if all are."""


class CheckStep(QWidget):
    """Eight boxes against the code that was shown.

    Attributes:
        then: the word on the button to be pressed when all is right.

    Signals:
        judged(): more or less of the code is right now.
    """

    judged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SetUpCheck()
        self.ui.setupUi(self)
        self.code: CodeEdit = self.ui.code
        self.then = "建立"
        self._set_up: ShownCode | None = None
        self._wrong: set[int] = set()
        self.code.fit_type()
        self.code.edited.connect(self._judge)
        self.setFocusProxy(self.code)

    def compare_with(self, set_up: ShownCode) -> None:
        """Judge against this code; what was typed stays."""
        self._set_up = set_up
        for place in range(GROUPS):
            self._judge(place)

    def right(self) -> bool:
        """Whether the whole code is typed back."""
        return self._set_up is not None and self._set_up.different_group(self.code.code()) is None

    def complaint(self) -> str:
        """What is still to be done, in one sentence; empty when the code is right."""
        if self.right():
            return ""
        if self._wrong:
            which = "、".join(str(place + 1) for place in sorted(self._wrong))
            return f"第 {which} 组和显示的不一样，请对照纸上核对；纸上写错了，按“上一步”再看一遍。"
        left = sum(len(self.code.group(place)) < LENGTH for place in range(GROUPS))
        return f"还有 {left} 组没有输完。"

    def focus_wanted(self) -> None:
        """Go to the first group that is wrong or not whole."""
        for place in range(GROUPS):
            if place in self._wrong or len(self.code.group(place)) != LENGTH:
                self.code.boxes[place].setFocus()
                self.code.boxes[place].selectAll()
                return

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return self.code.stops()

    def _judge(self, place: int) -> None:
        verdict = self._verdict(place)
        (self._wrong.add if verdict is False else self._wrong.discard)(place)
        self.code.judge(place, verdict)
        right = self.right()
        set_style(self.ui.state, tone="fine" if right else "fault" if self._wrong else "")
        done = f"✓ 8 组都对。请把纸封好，放进单位保险柜，然后按“{self.then}”。"
        self.ui.state.setText(done if right else self.complaint())
        self.judged.emit()

    def _verdict(self, place: int) -> bool | None:
        """Whether a whole group is as shown; None while it is not whole."""
        typed = self.code.group(place)
        if self._set_up is None or len(typed) < LENGTH:
            return None
        before = self._set_up.recovery_code.replace("-", " ").split()[:place]
        return self._set_up.different_group("".join([*before, typed])) != place + 1
