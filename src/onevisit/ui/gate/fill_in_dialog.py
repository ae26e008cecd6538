"""补登: what the form of a saved visit left out, filled in where the gate found it missing."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from onevisit.desk import filling_in
from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.filling_in import FillIn
from onevisit.rules import wording
from onevisit.rules.classification import ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import MaterialEntry
from onevisit.ui._forms.fill_in import Ui_FillInDialog
from onevisit.ui.page import Context
from onevisit.ui.registration import choices, fault_places
from onevisit.ui.registration.entry_dialog import EntryList
from onevisit.ui.registration.form_dialog import FormDialog
from onevisit.ui.registration.materials_editor import MaterialDialog
from onevisit.ui.registration.person_fields import PersonFields, PersonWidgets
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.key_steps import set_tab_order, stops_of
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import em

_HEADS: Final = frozenset({"lead", "reply_by", "place_code", "respondent", "confidential", "clerk_note", "materials"})
_PERSON: Final = ("name", "id_number", "id_kind", "phone", "address")
_REST: Final = ("reply", "place", "respondent", "materials", "clerk_note")


def can_fill_in(path: str) -> bool:
    """Whether a field of the form, by its path, can be filled in after the save."""
    return path.partition(".")[0] in _HEADS


class FillInDialog(FormDialog):
    """Shows what stands in the form of a saved visit, with the cursor where something is missing.

    Args:
        context: what the page was given.
        shown: the form as it stands.
        path: the field that is wanted.
        parent: the window.
    """

    def __init__(self, context: Context, shown: FillIn, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_FillInDialog()
        ui.setupUi(self)
        all_plain(self)
        self._context, self._shown = context, shown
        self._grow = idle_timer(self, self.adjustSize)
        for combo, offered in ((ui.reply, choices.replies()), (ui.place, choices.places())):
            combo.set_choices(offered)
        # of no person on paper that the window shows here, but part of one
        unseen = SegmentedChoice[str](self), QLineEdit(self), FindCombo(self)
        for widget in unseen:
            widget.hide()
        sex, birth, group = unseen
        widgets = PersonWidgets(ui.name, ui.id_number, ui.phone, ui.id_kind, group, sex, birth, ui.address)
        self.person = PersonFields(widgets, lambda: local_day(context.desk.now()), self)
        ui.materials.set_words("材料")
        self.materials = EntryList[MaterialEntry](
            ui.materials, wording.material_line, lambda entry: MaterialDialog(entry, self)
        )
        self._frame()
        self._say("")
        self._show_form(shown)
        self._begun = self.typed()
        ui.address.fit_type()
        self.setMinimumWidth(em(self, 38))
        self._go_to(path)

    def _show_form(self, form: FillIn) -> None:
        """Show what stands, or was typed; what is known of the matter is not exchanged here, and not shown."""
        ui = self.ui
        for name in _PERSON:
            self._show(name, form.lead is not None)
        if form.lead is not None:
            self.person.set_entry(form.lead)
        ui.reply.set_value(form.reply_by.value)
        ui.place.set_value(form.place_code or None)
        ui.respondent.setText(form.respondent)
        ui.confidential.setChecked(form.confidential)
        ui.clerk_note.setText(form.clerk_note)
        ui.confidential.setVisible(not self._shown.confidential)
        for name, known in (("place", self._shown.place_code), ("respondent", self._shown.respondent)):
            self._show(name, not known)

    def typed(self) -> FillIn:
        """What stands in the fields."""
        ui, shown = self.ui, self._shown
        lead = shown.lead
        if lead is not None:
            lead = replace(self.person.entry(), ethnic_group=lead.ethnic_group)
        reply = ui.reply.value()
        return replace(
            shown,
            lead=lead,
            reply_by=ReplyMethod.from_code(reply) if reply else shown.reply_by,
            place_code=ui.place.value() or "",
            respondent=ui.respondent.text(),
            confidential=ui.confidential.isChecked(),
            clerk_note=ui.clerk_note.text(),
            materials=self.materials.entries(),
        )

    def changed(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.typed() != self._begun

    def keep(self) -> None:
        """Fill it in, on the worker; what goes wrong keeps everything typed."""
        for combo in (self.ui.reply, self.ui.place, self.ui.id_kind):
            combo.commit()
        self.ui.address.settle()
        # what the fields made of it counts as shown: how a number is grouped is no change
        desk, shown, typed = self._context.desk, self._begun, self.typed()
        self._context.tasks.run_once(
            self.ui.save, lambda: filling_in.fill_in(desk, shown, typed), self._on_kept, self._on_failed
        )

    # -- inside -----------------------------------------------------------------------------------------------------

    def _frame(self) -> None:
        ui = self.ui
        for name in (*_PERSON, *_REST):
            editor: QWidget = getattr(ui, name)
            self.fields[name] = Field(editor, ui.id_number if editor is ui.id_number else None)
            self._label(name).setMinimumHeight(ui.name.sizeHint().height())
            self._label(name).setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.person.adopt({name: self.fields[name] for name in _PERSON})
        ui.save.clicked.connect(self.keep)
        ui.cancel.clicked.connect(self.reject)
        editors = [getattr(ui, name) for name in (*_PERSON, *_REST)]
        stops = [stop for editor in editors for stop in stops_of(editor)]
        set_tab_order([*stops, ui.confidential, ui.save, ui.cancel])

    def _show(self, name: str, shown: bool) -> None:
        self._label(name).setVisible(shown)
        self.fields[name].setVisible(shown)

    def _label(self, name: str) -> QLabel:
        label: QLabel = getattr(self.ui, f"{name}_label")
        return label

    def _go_to(self, path: str) -> None:
        """Put the cursor where a field of the form, by its path, is typed."""
        places: dict[str, QWidget] = {
            "lead.town": self.ui.address.town,
            "lead.address": self.ui.address.rest,
            "confidential": self.ui.confidential,
        }
        name = fault_places.field_of(path)
        if path in places:
            places[path].setFocus()
        elif name in self.fields:
            stops_of(self.fields[name].editor)[0].setFocus()

    def _on_kept(self, changes: tuple[str, ...]) -> None:
        said = f"已补登：{'；'.join(changes)}。" if changes else "没有改动，原来的内容没有变。"
        self._context.changes.say("visits", "matters")
        self._context.messages.fine(said)
        self.accept()

    def _on_failed(self, fault: PlainFault) -> None:
        faults = fault.faults if isinstance(fault, FormError) else ()
        said = {fault_places.field_of(one.field): fault_places.sentence(one, {}) for one in reversed(faults)}
        for name, field in self.fields.items():
            field.set_fault(said.get(name, ""))
        rest = [sentence for name, sentence in said.items() if name not in self.fields]
        self._say(" ".join(rest) if faults else fault.sentence)
        first = next((one for one in faults if fault_places.field_of(one.field) in self.fields), None)
        if first is not None:
            self._go_to(first.field)
        self._grow.start()
        if isinstance(fault, ChangedElsewhereError):
            desk, visit_id = self._context.desk, self._shown.visit_id
            self._context.tasks.run(
                lambda: filling_in.to_fill_in(desk, visit_id), self._on_read_anew, self._on_failed, owner=self
            )

    def _on_read_anew(self, now: FillIn) -> None:
        """Somebody else changed it meanwhile: what was typed here stands over what they told."""
        before, typed = self._begun, self.typed()
        self._shown = now
        self._show_form(now)
        self._begun = self.typed()
        self._show_form(_over(now, before, typed))

    def _say(self, words: str) -> None:
        self.ui.fault.setText(words)
        self.ui.fault.setVisible(bool(words))


def open_fill_in(
    context: Context, visit_id: int, path: str, parent: QWidget, opened: Callable[[FillInDialog], None]
) -> None:
    """Read the form of a saved visit on the worker and show it; ``opened`` is told of the dialog."""
    desk = context.desk

    def show(shown: FillIn) -> None:
        dialog = FillInDialog(context, shown, path, parent)
        opened(dialog)
        dialog.open()

    context.tasks.run(lambda: filling_in.to_fill_in(desk, visit_id), show, owner=parent)


def _over(now: FillIn, before: FillIn, typed: FillIn) -> FillIn:
    """What stands now, and over it what was typed otherwise than it stood before."""
    lead: Any = now.lead
    if lead is not None and before.lead is not None and typed.lead is not None:
        lead = replace(lead, **_others(before.lead, typed.lead))
    others = _others(before, typed)
    return replace(now, **(others | {"lead": lead}))


def _others(before: Any, typed: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of any frozen value
    pairs = ((one.name, getattr(before, one.name), getattr(typed, one.name)) for one in fields(before))
    return {name: new for name, old, new in pairs if new != old}
