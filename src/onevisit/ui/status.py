"""The status line at the foot of the window: the day's figures, backups, the printer, practice, date and time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from onevisit.rules.clocks import local_time
from onevisit.ui.widgets.labels import explain
from onevisit.ui.widgets.style import set_style

_WEEKDAYS = "一二三四五六日"


def moment_words(at: datetime) -> str:
    """A moment as the status line says it: 2026年11月22日 星期日 10:41, in Shanghai."""
    local = local_time(at)
    return f"{local.year}年{local.month}月{local.day}日 星期{_WEEKDAYS[local.weekday()]} {local:%H:%M}"


def day_words(batches: int, persons: int) -> str:
    """The figures of the day; a zero is said in words."""
    return f"今日登记 {batches} 批 {persons} 人次" if batches else "今日还没有登记"


class StatusLine(QFrame):
    """Says only what is known; what is not known yet is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "statusbar")
        self._now: Callable[[], datetime] | None = None
        self.day = QLabel(self)
        self.draft = QLabel(self)
        self.working = QLabel("正在办理…", self)
        self.practice = QLabel("练习模式，不是真实来访", self)
        self.practice.setProperty("role", "badge")
        self.printer = QLabel(self)
        self.backup = QLabel(self)
        self.clock = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(22)
        row.addWidget(self.day)
        row.addWidget(self.draft)
        row.addWidget(self.working)
        row.addStretch(1)
        for label in (self.practice, self.backup, self.printer, self.clock):
            row.addWidget(label)
        for label in (self.day, self.draft, self.working, self.practice, self.backup, self.printer):
            label.hide()
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self._tick)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(400)
        self._slow.timeout.connect(self.working.show)

    def start(self, now: Callable[[], datetime], *, practice: bool) -> None:
        """Show the time from now on, and whether this is practice."""
        self._now = now
        self.practice.setVisible(practice)
        self._tick()
        self._ticking.start()

    def stop(self) -> None:
        """Let the clock stand."""
        self._ticking.stop()
        self._slow.stop()

    def show_day(self, batches: int, persons: int) -> None:
        """Show the figures of the day."""
        self.day.setText(day_words(batches, persons))
        self.day.show()

    def show_printer(self, words: str, tone: str = "") -> None:
        """Show the state of the printer; nothing when there is nothing to say."""
        self.printer.setText(words)
        self.printer.setVisible(bool(words))
        set_style(self.printer, tone=tone)

    def show_draft(self, words: str, tone: str = "") -> None:
        """Show what became of what is half typed; nothing when nothing is."""
        self.draft.setText(words)
        self.draft.setVisible(bool(words))
        set_style(self.draft, tone=tone)

    def show_backup(self, words: str, tone: str = "", more: str = "") -> None:
        """Show how the backups stand; ``more`` is the sentence behind it."""
        self.backup.setText(words)
        self.backup.setVisible(bool(words))
        explain(self.backup, more)
        set_style(self.backup, tone=tone)

    def show_busy(self, busy: bool) -> None:
        """A quiet sign that work is on its way, only when it takes longer than the eye notices."""
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self.working.hide()

    def _tick(self) -> None:
        if self._now is not None:
            words = moment_words(self._now())
            if words != self.clock.text():
                self.clock.setText(words)
