"""The clocks of a matter, each in one line, with the steps of its count under ``为什么是这一天``."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.clock_reading import DueLine
from onevisit.rules.clocks import show_day
from onevisit.rules.periods import ClockState
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import em, set_style

_NAME = 10.5
"""Width of the names, in Chinese characters; longer ones wrap."""
_SIDE_BY_SIDE = 38
"""From this width on, in Chinese characters, the words stand beside the names, else beneath."""
_UNBOUND = 16_777_215
"""Qt's own widest."""
_WHY, _LESS = "为什么是这一天", "收起"
_TONES = {
    ClockState.SOON: "attention",
    ClockState.TODAY: "attention",
    ClockState.OVERDUE: "fault",
    ClockState.STANDING: "info",
    ClockState.KEPT: "fine",
    ClockState.LATE: "attention",
}


def tone_of(line: DueLine) -> str:
    """The colour that goes with the words; never the colour alone."""
    lapsed = line.state is ClockState.OVERDUE and not line.is_open
    return _TONES.get(line.state, "") if line.state is not None and not lapsed else ""


def due_words(line: DueLine) -> str:
    """The last day and how it stands: ``2026年12月8日　还有 15 天``; where no days run, why."""
    if line.due is None:
        return line.words
    provisional = "（暂定，放假安排公布后再核对）" if line.provisional else ""
    done = f"　{show_day(line.done)}" if line.done is not None else ""
    whose = f"（{line.whose.label}办）" if line.is_open else ""
    return f"{show_day(line.due)}{provisional}　{line.words}{done}{whose}"


class ClockRow(QFrame):
    """One clock, and the steps of its count when they are asked for."""

    def __init__(self, line: DueLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = line.key
        set_style(self, role="plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._name = plain_label(line.label)
        self._named = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._named.addWidget(self._name)
        words = plain_label(due_words(line), "" if line.due else "quiet", tone=tone_of(line))
        self._named.addWidget(words, 1)
        row.addLayout(self._named, 1)
        self.why = QPushButton(_WHY, self)
        set_style(self.why, role="link")
        self.why.setAccessibleName(f"{line.label}：{_WHY}")
        self.why.setVisible(bool(line.why))
        row.addWidget(self.why)
        column.addLayout(row)
        self.steps = plain_label("\n".join(f"· {step}" for step in line.why), "hint")
        self.steps.setContentsMargins(16, 0, 0, 6)
        self.steps.hide()
        self.why.clicked.connect(lambda: self.unfold(unfolded=self.steps.isHidden()))
        column.addWidget(self.steps)
        self.stand(narrow=False)

    def stand(self, *, narrow: bool) -> None:
        """Stand in one line, or in two where that is too wide."""
        self._named.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._named.setSpacing(0 if narrow else 12)
        self._name.setMinimumWidth(0 if narrow else em(self, _NAME))
        self._name.setMaximumWidth(_UNBOUND if narrow else em(self, _NAME))
        set_style(self._name, role="quiet" if narrow else "")

    def unfold(self, *, unfolded: bool) -> None:
        """Show or hide the steps of the count."""
        self.steps.setVisible(unfolded)
        self.why.setText(_LESS if unfolded else _WHY)


class ClockList(QFrame):
    """All clocks of one matter, in the order in which it meets them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.rows: list[ClockRow] = []
        self._lines: tuple[DueLine, ...] = ()
        self._narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show the clocks; what was unfolded stays so."""
        if tuple(lines) == self._lines:
            return
        unfolded = {row.key for row in self.rows if not row.steps.isHidden()}
        self._lines = tuple(lines)
        clear(self._column)
        self.rows = [ClockRow(line, self) for line in lines]
        for row in self.rows:
            self._column.addWidget(row)
            row.unfold(unfolded=row.key in unfolded)
            row.stand(narrow=self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the words stand beneath the names."""
        super().resizeEvent(event)
        narrow = self.width() < em(self, _SIDE_BY_SIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            for row in self.rows:
                row.stand(narrow=narrow)
