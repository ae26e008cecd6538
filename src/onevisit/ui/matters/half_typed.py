"""What somebody has half typed in the small forms of a matter: which of it waits there, and what comes back by itself.

A form that was left comes back when its matter is opened again, be it after a power cut; the strip of the page offers
the rest. What Esc puts aside stays a draft, and only the button that says so lets it go.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from onevisit.desk import drafts
from onevisit.desk.drafts import DraftRow, MatterDraft
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui.system.card import FormCard
from onevisit.ui.widgets.layouts import children

_LINES = 3
"""Lines of text that a field of several lines shows."""
BACK = "上次没填完的已经放回来，可以接着填；不要了请点“取消”或者“放弃改动”。"


class KeptCard(FormCard):
    """A small form that is kept while it is typed; its fields of several lines are as high as a few lines of its type.

    Signals:
        aside(): Esc: it is put away, and what was typed stays a draft.
    """

    aside = Signal()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fields of several lines follow the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()

    def fit(self) -> None:
        """Give the fields of several lines their height."""
        for edit in children(self, QPlainTextEdit):
            edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _LINES + 2 * edit.frameWidth() + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc lets nothing go; the button does."""
        if event.key() == Qt.Key.Key_Escape:
            self.aside.emit()
        else:
            super().keyPressEvent(event)


class HalfTyped:
    """The drafts of one section, for the matter that is shown.

    Args:
        kind: what the section keeps.
    """

    def __init__(self, kind: DraftKind) -> None:
        self._kind = kind
        self._matter_id = 0
        self._rows: tuple[DraftRow, ...] = ()
        self._wanted: int | None = None
        self._fresh = False

    def open_matter(self, matter_id: int) -> None:
        """Another matter is shown now."""
        self._matter_id, self._rows, self._fresh = matter_id, (), True

    def offer(self, rows: Sequence[DraftRow]) -> None:
        """These wait now."""
        self._rows = of_matter(rows, self._kind, self._matter_id)

    def want(self, draft_id: int) -> None:
        """This one is to be gone on with, as soon as its matter is shown."""
        self._wanted = draft_id

    def due(self) -> DraftRow | None:
        """What is to be opened now: what was asked for; else, where the matter was just opened, what was kept last."""
        wanted = next((row for row in self._rows if row.draft_id == self._wanted), None)
        newest = self._rows[0] if self._rows and self._fresh else None
        self._wanted, self._fresh = None, False
        return wanted or newest

    def of_form(self, form: str, about: int | None = None) -> DraftRow | None:
        """What waits for one form."""
        return next((row for row in self._rows if fits(row.content, form, about)), None)


def of_matter(rows: Sequence[DraftRow], kind: DraftKind, matter_id: int) -> tuple[DraftRow, ...]:
    """What waits in one section of a matter and can be read, the last kept first."""
    return tuple(row for row in rows if (row.kind, row.subject_id) == (kind, matter_id) and row.readable)


def read(content: str) -> MatterDraft | None:
    """What was half typed; None if it cannot be read."""
    try:
        return drafts.read_matter(content)
    except PlainFault:
        return None


def fits(content: str, form: str, about: int | None = None) -> bool:
    """Whether a draft is one of this form."""
    draft = read(content)
    return draft is not None and (draft.form, draft.about) == (form, about)
