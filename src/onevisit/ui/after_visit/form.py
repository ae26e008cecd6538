"""What the small forms of the section have in common: faults at their fields, and nothing typed is ever lost."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.standing import Seen
from onevisit.rules.faults import Fault, PlainFault
from onevisit.ui.page import Context
from onevisit.ui.system.card import FormCard
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.layouts import children
from onevisit.ui.widgets.style import announce

_LINES = 3
"""Lines of text that a field of several lines shows."""


class AfterForm(FormCard):
    """One small form: opened for a matter, put away by Esc, saved by its button or Ctrl+Enter.

    Signals:
        saved(str): it was saved; what to tell the person.
        closed(): it went away.
    """

    saved = Signal(str)
    closed = Signal()
    fine_words = ""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.shown: Seen | None = None
        self._begun: object = None
        self._fields: Mapping[str, Field] = {}
        self.hide()

    def set_up(self, save: QPushButton, cancel: QPushButton, fault: QLabel, fields: Mapping[str, Field]) -> None:
        """Tell what belongs to the form, once it is built."""
        self._save, self._fault, self._fields = save, fault, fields
        self.connect_keys(save, cancel)
        self.sent.connect(self.save)
        self.left.connect(self.put_away)
        self._clear_faults()

    def typed(self) -> object:
        """What stands in the fields, to be compared."""
        raise NotImplementedError

    def work(self, shown: Seen) -> Callable[[], object]:
        """What saves it, to be run on the worker."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Whether it is open with something typed into it."""
        return not self.isHidden() and self.typed() != self._begun

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fields of several lines follow the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            for edit in children(self, QPlainTextEdit):
                keep_low(edit)

    def show_for(self, shown: Seen, first: QWidget) -> None:
        """Open it, filled as it begins."""
        self.shown = shown
        self._clear_faults()
        self._begun = self.typed()
        self.show()
        first.setFocus()

    def put_away(self) -> None:
        """Close it; what was typed goes."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def save(self) -> None:
        """Save it; faults come back to their fields."""
        if self.shown is not None:
            self._clear_faults()
            self.context.tasks.run_once(self._save, self.work(self.shown), self._on_saved, self._on_failed)

    def _on_saved(self, _: object) -> None:
        self._begun = self.typed()
        self.put_away()
        self.saved.emit(self.fine_words)

    def _on_failed(self, fault: PlainFault) -> None:
        rest = fault.sentence
        if isinstance(fault, FormError):
            rest = "".join(one.sentence for one in fault.faults if not self._at_field(one))
        self._fault.setText(rest)
        self._fault.setVisible(bool(rest))
        announce(self, rest)
        if isinstance(fault, ChangedElsewhereError):
            self.context.changes.say("matters")

    def _at_field(self, fault: Fault) -> bool:
        field = self._fields.get(fault.field)
        if field is None:
            return False
        if not any(one.fault for one in self._fields.values()):
            field.editor.setFocus()
        field.set_fault(fault.sentence)
        return True

    def _clear_faults(self) -> None:
        self._fault.clear()
        self._fault.hide()
        for field in self._fields.values():
            field.set_fault("")


def keep_low(edit: QPlainTextEdit) -> None:
    """Let a field of several lines be as high as a few lines of its type."""
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _LINES + 2 * edit.frameWidth() + 12)
