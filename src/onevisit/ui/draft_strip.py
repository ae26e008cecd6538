"""The strip that offers what somebody began and did not finish: who, what, when it was kept, go on or let go."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from onevisit.desk.drafts import DraftRow
from onevisit.rules.clocks import local_day, local_time, show_short_day
from onevisit.ui.elided import ElidedLabel
from onevisit.ui.widgets.once import REPEATS
from onevisit.ui.widgets.style import announce

_NOBODY, _NOTHING = "还没填姓名", "还没填标题"


def kept_words(row: DraftRow, now: datetime) -> str:
    """When a draft was kept: the time of today, else the day and how long ago."""
    if local_day(row.kept_at) == local_day(now):
        return f"{local_time(row.kept_at):%H:%M}"
    return f"{show_short_day(local_day(row.kept_at))}，{row.days} 天前"


def row_words(row: DraftRow) -> str:
    """Name a draft in one line: of a form of a matter which form, then who and what."""
    if not row.readable:
        return "读不出来的草稿"
    form = f"{row.form} · " if row.form else ""
    return f"{form}{row.who or _NOBODY} · {row.what or _NOTHING}"


class DraftStrip(QFrame):
    """One line; with several drafts it shows one after the other.

    Args:
        heading: what they are (``没登记完``); when it was kept stands behind it, since a long title is cut short.
        go_on: the word on the button that goes on with one.

    Signals:
        resumed(int): go on with this draft.
        dropped(int): let this draft go.
    """

    resumed = Signal(int)
    dropped = Signal(int)

    def __init__(self, heading: str, go_on: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "band")
        self.setProperty("tone", "attention")
        self._heading = heading
        self._rows: tuple[DraftRow, ...] = ()
        self._at = 0
        self._now: datetime | None = None
        self.words = ElidedLabel(self)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.next = QPushButton(self)
        self.resume = QPushButton(go_on, self)
        self.drop = QPushButton("放弃", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 6, 2)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for button in self.stops():
            button.setProperty("role", "small")
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.next.setProperty(REPEATS, True)
        self.next.clicked.connect(self._show_next)
        self.resume.clicked.connect(lambda: self.resumed.emit(self._rows[self._at].draft_id))
        self.drop.clicked.connect(lambda: self.dropped.emit(self._rows[self._at].draft_id))
        self.hide()

    def show_rows(self, rows: Sequence[DraftRow], now: datetime) -> None:
        """Offer these; the one that was in sight stays in sight."""
        seen = self._rows[self._at].draft_id if self._rows else None
        appeared = not self._rows
        self._rows, self._now = tuple(rows), now
        self._at = next((at for at, row in enumerate(rows) if row.draft_id == seen), 0)
        self._show()
        if appeared and rows:
            announce(self, self.words.text())

    def rows(self) -> tuple[DraftRow, ...]:
        """What is offered."""
        return self._rows

    def stops(self) -> tuple[QPushButton, ...]:
        """What the Tab key goes through, in order."""
        return self.resume, self.drop, self.next

    def _show_next(self) -> None:
        self._at = (self._at + 1) % len(self._rows)
        self._show()

    def _show(self) -> None:
        row, many = self._rows[self._at] if self._rows else None, len(self._rows)
        if row is not None and self._now is not None:
            self.words.setText(f"{self._heading}（{kept_words(row, self._now)}）：{row_words(row)}")
            self.setAccessibleName(self.words.text())
            self.next.setText(f"下一份（{self._at + 1}/{many}）")
            self.resume.setEnabled(row.readable)
            for button in (self.resume, self.drop):
                button.setAccessibleDescription(row_words(row))
        self.next.setVisible(many > 1)
        self.setVisible(row is not None)
