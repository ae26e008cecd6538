"""One more person on the form: a companion or an agent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from onevisit.rules import registration
from onevisit.rules.faults import Fault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PartyRole, PersonEntry
from onevisit.ui._forms.registration_person import Ui_PersonDialog
from onevisit.ui.registration import choices
from onevisit.ui.registration.entry_dialog import EntryDialog
from onevisit.ui.registration.person_fields import PersonFields, PersonWidgets
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.key_steps import set_tab_order, stops_of
from onevisit.ui.widgets.style import em

_ROW_OF = {PartyRole.AGENT: "agents", PartyRole.COMPANION: "companions"}


class PersonDialog(EntryDialog):
    """Asks for one person.

    Args:
        role: COMPANION or AGENT.
        person: whom to change; None for a new one.
        today: the local day.
    """

    def __init__(self, role: PartyRole, person: PersonEntry | None, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_PersonDialog()
        self.ui.setupUi(self)
        ui = self.ui
        self.setWindowTitle(role.label)
        ui.heading.setText(role.label if person else f"添加{role.label}")
        self._row, self._today = _ROW_OF[role], today
        self.person = PersonFields(
            PersonWidgets(
                ui.name, ui.id_number, ui.phone, ui.id_kind, ui.ethnic_group, ui.sex, ui.birth_date, ui.address
            ),
            today,
            self,
        )
        self._frame()
        buttons = (ui.remove, ui.cancel, ui.more, ui.accept_button)
        self.wire(buttons, new=person is None)
        if person is not None:
            self.person.set_entry(person)
        self.person.changed.connect(self._show_birth)
        self._show_birth()
        for widget in (ui.agent_kind, ui.agent_kind_label, ui.shown, ui.shown_label):
            widget.setVisible(role is PartyRole.AGENT)
        ui.address.fit_type()
        self.setMinimumWidth(em(self, 38))
        ui.name.setFocus()

    def entry(self) -> Any:  # noqa: ANN401 - of an agent it is more than a person
        """The person as typed."""
        return self.person.entry()

    def half_typed(self) -> dict[str, str]:
        """What stands in the fields and is no part of the person yet."""
        return self.person.half_typed()

    def set_half_typed(self, entry: Any, texts: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
        """Show a person and, over it, what ``half_typed`` gave."""
        self.person.set_half_typed(entry, texts)

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        now = self.person.entry()
        return not any(part.strip() for part in (now.name, now.id_number, now.phone, now.town, now.address))

    def faults(self) -> Sequence[Fault]:
        """What is wrong with the person, by the names of the fields."""
        now = self.person.entry()
        if not now.name.strip():
            return (Fault("name", "请填写姓名。"),)
        path = f"{self._row}.0."
        form = RegistrationForm(
            companions=(now,) if self._row == "companions" else (), agents=(now,) if self._row == "agents" else ()
        )
        found = (*self.person.own_faults(path[:-1]), *registration.check(form, self._today()))
        mine = (fault for fault in found if fault.field.startswith(path))
        return tuple(
            Fault(PersonFields.field_of(fault.field.removeprefix(path)), fault.sentence, fault.article)
            for fault in mine
        )

    def _frame(self) -> None:
        """Put a field around each editor, in reading order."""
        ui = self.ui
        editors: tuple[tuple[str, QWidget], ...] = (
            *(("name", ui.name), ("id_number", ui.id_number), ("id_kind", ui.id_kind), ("sex", ui.sex)),
            *(("birth_date", ui.birth_date), ("phone", ui.phone), ("ethnic_group", ui.ethnic_group)),
            ("address", ui.address),
        )
        for name, editor in editors:
            self.fields[name] = Field(editor, ui.id_number if editor is ui.id_number else None)
        self.person.adopt(self.fields)
        self._editors = tuple(editor for _, editor in editors)
        self.order_stops()

    def order_stops(self) -> None:
        """Let the Tab key go in reading order, also through what has just come to be shown."""
        ui = self.ui
        editors = (*self._editors, ui.agent_kind, ui.shown)
        stops = [stop for editor in editors for stop in stops_of(editor)]
        set_tab_order([*stops, ui.accept_button, ui.more, ui.cancel, ui.remove])

    def _show_birth(self) -> None:
        asked = self.person.asks_birth()
        for name, label in (("sex", self.ui.sex_label), ("birth_date", self.ui.birth_date_label)):
            self.fields[name].setVisible(asked)
            label.setVisible(asked)


def person_words(person: PersonEntry) -> str:
    """Name a person in the list."""
    name = person.name.strip() or "（无姓名）"
    other = person.ethnic_group not in {"", choices.DEFAULT_ETHNIC_GROUP}
    return f"{name}（{person.ethnic_group}）" if other else name
