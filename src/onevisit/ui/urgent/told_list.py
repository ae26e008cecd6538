"""The five that are told at once: a button for each, and when it was pressed; a wrong tick can be taken back."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from onevisit.rules.clocks import show_moment
from onevisit.rules.urgent import UrgentAddressee
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style

_NOT_YET = "还没有报告"


class ToldList(QObject):
    """Fills a grid of three columns: who, when, what can be done.

    Signals:
        told(UrgentAddressee, QPushButton): somebody was told, now; the button rests until it is written down.
        doubted(UrgentAddressee): what stands there is wrong.
    """

    told = Signal(object, object)
    doubted = Signal(object)

    def __init__(self, grid: QGridLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.when: dict[UrgentAddressee, QLabel] = {}
        self.tick: dict[UrgentAddressee, QPushButton] = {}
        self.correct: dict[UrgentAddressee, QPushButton] = {}
        for row, one in enumerate(UrgentAddressee):
            self._add(grid, row, one, parent)
        self.show_told({})

    def show_told(self, told: Mapping[UrgentAddressee, datetime], *, here: bool = True) -> None:
        """Show who was told when; who was not has the button, unless the report goes on elsewhere."""
        for one in UrgentAddressee:
            moment = told.get(one)
            words = f"✓ {show_moment(moment)} 已报告" if moment is not None else _NOT_YET
            self.when[one].setText(words if here or moment is not None else "—")
            set_style(self.when[one], tone="fine" if moment is not None else "fault" if here else "")
            had_focus = self.tick[one].hasFocus()
            self.tick[one].setVisible(here and moment is None)
            self.correct[one].setVisible(here and moment is not None)
            if moment is not None and had_focus:
                self.focus_next()

    def focus_next(self) -> None:
        """Put the cursor on the first who is still to be told."""
        waiting = [button for button in self.tick.values() if not button.isHidden()]
        if waiting:
            waiting[0].setFocus()

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return tuple(button for one in UrgentAddressee for button in (self.tick[one], self.correct[one]))

    def _add(self, grid: QGridLayout, row: int, one: UrgentAddressee, parent: QWidget) -> None:
        self.when[one] = plain_label("", wrap=False)
        self.tick[one], self.correct[one] = QPushButton("已报告", parent), QPushButton("更正…", parent)
        set_style(self.correct[one], role="quiet")
        self.tick[one].setAccessibleName(f"已报告{one.label}")
        self.correct[one].setAccessibleName(f"更正：{one.label}其实没有报告")
        self.tick[one].clicked.connect(lambda: self.told.emit(one, self.tick[one]))
        self.correct[one].clicked.connect(lambda: self.doubted.emit(one))
        grid.addWidget(plain_label(one.label), row, 0)
        grid.addWidget(self.when[one], row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.tick[one], row, 2)
        grid.addWidget(self.correct[one], row, 2)
