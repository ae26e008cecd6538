"""The buttons of what can be done with a matter, in groups; one that waits can be reached and says why."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.life_view import ActLine, Doing
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import explain, plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import announce, em, set_style

_ASK = {QEvent.Type.FocusIn, QEvent.Type.Enter}
_HEAD = 5.5
"""Width of the words beside the buttons, in Chinese characters."""
_HINT = "灰色的现在还不能办；移到上面或者用 Tab 键走到，这里说明原因。"


class ActButtons(QFrame):
    """Groups of small buttons, and below them the line that says why one of them waits.

    A button that waits is not disabled: whoever works by the keyboard could not reach it, and would never hear why.

    Signals:
        chosen(object): an action that can be done now.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.buttons: dict[Doing, QPushButton] = {}
        self._why: dict[Doing, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        self._column.addLayout(self._groups)
        self.line = plain_label(_HINT, "hint")
        self._column.addWidget(self.line)

    def show_groups(self, groups: Sequence[tuple[str, Sequence[ActLine]]]) -> None:
        """Show the actions; the buttons stay where they are, so that the cursor stays with its button."""
        doings = [one.doing for _, acts in groups for one in acts]
        if doings != list(self.buttons):
            self._build(groups)
        for _, acts in groups:
            for one in acts:
                self._show(one)

    def focus_first(self) -> None:
        """The first that can be done now."""
        able = [button for doing, button in self.buttons.items() if not self._why.get(doing)]
        if able:
            able[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say why the button under the cursor or the mouse waits."""
        if event.type() in _ASK:
            doing = next((one for one, button in self.buttons.items() if button is watched), None)
            if doing is not None:
                self._say(doing)
        return False

    def _build(self, groups: Sequence[tuple[str, Sequence[ActLine]]]) -> None:
        clear(self._groups)
        self.buttons = {}
        for word, acts in groups:
            head = plain_label(word, "quiet", wrap=False)
            head.setFixedWidth(em(self, _HEAD))
            head.setContentsMargins(0, 3, 0, 0)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
            flow = FlowLayout(gap=6)
            for one in acts:
                flow.addWidget(self._button(one))
            row.addLayout(flow, 1)
            self._groups.addLayout(row)

    def _button(self, act: ActLine) -> QPushButton:
        button = QPushButton(act.label, self)
        set_style(button, role="small")
        button.clicked.connect(lambda: self._press(act.doing))
        button.installEventFilter(self)
        self.buttons[act.doing] = button
        return button

    def _show(self, act: ActLine) -> None:
        self._why[act.doing] = act.why_not
        button = self.buttons[act.doing]
        set_style(button, tone="waits" if act.why_not else "")
        explain(button, act.why_not)

    def _press(self, doing: Doing) -> None:
        if self._why.get(doing):
            self._say(doing)
            announce(self, self._why[doing])
        else:
            self.chosen.emit(doing)

    def _say(self, doing: Doing) -> None:
        why = self._why.get(doing, "")
        self.line.setText(f"{self.buttons[doing].text()}：{why}" if why else _HINT)
        set_style(self.line, tone="attention" if why else "")
