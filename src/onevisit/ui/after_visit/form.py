"""What the small forms of the section have in common: faults at their fields, and nothing typed is ever lost."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from onevisit.desk.desk import Desk
from onevisit.desk.drafts import MatterDraft, TypedText
from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.standing import Seen
from onevisit.rules.faults import Fault, PlainFault
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.matters.half_typed import KeptCard
from onevisit.ui.page import Context
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.layouts import children
from onevisit.ui.widgets.sight import KeptInSight
from onevisit.ui.widgets.style import announce
from onevisit.ui.widgets.typed_text import put_text, text_of


class AfterForm(KeptCard):
    """One small form: opened for a matter, put aside by Esc, saved by its button or Ctrl+Enter.

    Args:
        context: of the page.
        keeper: keeps what is half typed in the form that is open.
        parent: the section.

    Attributes:
        key: names the form in a draft.
        word: names it for the person.
        about: what it is about beside the matter.

    Signals:
        saved(str): it was saved; what to tell the person.
    """

    saved = Signal(str)
    key = word = fine_words = ""
    about: int | None = None

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.keeper = context, keeper
        self.shown: Seen | None = None
        self._begun: tuple[TypedText, ...] | None = None
        self._fields: Mapping[str, Field] = {}
        self._choices: Mapping[str, QWidget] = {}
        self.hide()

    def set_up(
        self,
        save: QPushButton,
        cancel: QPushButton,
        fault: QLabel,
        fields: Mapping[str, Field],
        choices: Mapping[str, QWidget] | None = None,
    ) -> None:
        """Tell what belongs to the form, once it is built: fields that can have faults, and what cannot."""
        self._save, self._fault, self._fields, self._choices = save, fault, fields, choices or {}
        self.connect_keys(save, cancel)
        self.sent.connect(self.save)
        self.left.connect(self.drop)
        self.aside.connect(self.put_aside)
        reached = (one for one in children(self, QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus)
        KeptInSight(tuple(reached), self)
        self._clear_faults()

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """What saves what stands there now, to be run on the worker."""
        raise NotImplementedError

    def texts(self) -> tuple[TypedText, ...]:
        """What stands in the fields; what a choice brings into other fields stands behind it."""
        return tuple(TypedText(name, text_of(editor)) for name, editor in self._editors().items())

    def put(self, texts: Iterable[TypedText]) -> None:
        """Put back what was typed before."""
        editors = self._editors()
        for one in texts:
            if one.field in editors:
                put_text(editors[one.field], one.text)

    def half_typed(self) -> MatterDraft:
        """What stands there, to be kept."""
        return MatterDraft(self.key, self.word, self.texts(), self.about)

    @property
    def dirty(self) -> bool:
        """Whether it is open with something typed into it."""
        return self._begun is not None and self.texts() != self._begun

    def show_for(self, shown: Seen, first: QWidget) -> None:
        """Open it, filled as it begins."""
        self.shown = shown
        self._clear_faults()
        self._begun = self.texts()
        self.show()
        first.setFocus()

    def put_away(self) -> None:
        """Close it."""
        self._begun = None
        self.hide()

    def put_aside(self) -> None:
        """Close it; what is half typed stays a draft."""
        self.keeper.leave()
        self.put_away()

    def drop(self) -> None:
        """Close it; what was typed goes."""
        self.keeper.drop()
        self.put_away()

    def save(self) -> None:
        """Save it; faults come back to their fields."""
        if self.shown is not None and self._begun is not None:
            self._clear_faults()
            begun, work = self._begun, self.keeper.saving(self.work(self.shown))
            self.context.tasks.run_once(
                self._save, work, lambda _: self._on_saved(begun), lambda fault: self._on_failed(begun, fault)
            )

    def _on_saved(self, begun: tuple[TypedText, ...]) -> None:
        if self._begun is begun:
            self.put_away()
        self.keeper.saved()
        self.saved.emit(self.fine_words)

    def _on_failed(self, begun: tuple[TypedText, ...], fault: PlainFault) -> None:
        self.keeper.refused()
        if self._begun is not begun:
            self.context.messages.fault(f"没有存上“{self.word}”：{fault.sentence}填的内容留在草稿里。")
            return
        rest = fault.sentence
        if isinstance(fault, FormError):
            rest = "".join(one.sentence for one in fault.faults if not self._at_field(one))
        self._fault.setText(rest)
        self._fault.setVisible(bool(rest))
        announce(self, rest)
        if isinstance(fault, ChangedElsewhereError):
            self.context.changes.say("matters")

    def _editors(self) -> dict[str, QWidget]:
        return {**self._choices, **{name: field.editor for name, field in self._fields.items()}}

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
