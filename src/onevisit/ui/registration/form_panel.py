"""The form itself: its fields in reading order, their words, Enter to the next one."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from onevisit.rules import wording
from onevisit.rules.classification import Purpose
from onevisit.rules.faults import Fault
from onevisit.rules.forms import MaterialEntry
from onevisit.rules.groups import Agent
from onevisit.rules.people import PartyRole, PersonEntry
from onevisit.ui._forms.registration_form import Ui_RegistrationForm
from onevisit.ui.registration import choices, fault_places
from onevisit.ui.registration.agent_dialog import AgentDialog, agent_words
from onevisit.ui.registration.content_detail import ContentDetail
from onevisit.ui.registration.entry_dialog import EntryList
from onevisit.ui.registration.form_grid import arrange, take_cells
from onevisit.ui.registration.materials_editor import MaterialDialog
from onevisit.ui.registration.people_dialog import PersonDialog, person_words
from onevisit.ui.registration.person_fields import PersonFields, PersonWidgets, stops_of_person
from onevisit.ui.registration.signatures import Signatures
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.key_steps import is_plain_enter, set_tab_order, stops_of
from onevisit.ui.widgets.layouts import put_in_place
from onevisit.ui.widgets.region_picker import RegionPicker
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import em
from onevisit.ui.widgets.summary_edit import SummaryEdit

_QUOTED = 20
_TWO_COLUMNS_FROM = 44
"""Chinese characters of width; below that the fields stand in one column."""
_TICKS_BESIDE_FROM = 28
"""Below that 保密 and 紧急 stand under the purpose."""

_PERSON_FIELDS = ("name", "id_number", "phone", "id_kind", "ethnic_group", "sex", "birth_date", "address")
_MATTER_FIELDS = (
    *("organisation", "purpose", "content", "detail", "place", "subject", "summary", "respondent", "reply"),
    *("companions", "agents", "signed", "materials", "clerk_note"),
)
_SHOWN_OR_HIDDEN = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class FormPanel(QWidget):
    """All fields of the form but the answers about likenesses, which the panel handed in asks for.

    Args:
        today: the local day.
        likeness: the panel that stands between the visitor and the matter.
        headcount: the line for the number of visitors; it stands in the heading.
        parent: the page.

    Signals:
        changed(): any field is different now.
        left(str): the focus left the field of this path.
    """

    changed = Signal()
    left = Signal(str)

    def __init__(self, today: Callable[[], date], likeness: QWidget, headcount: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_RegistrationForm()
        self.ui.setupUi(self)
        ui = self.ui
        ui.purpose.set_choices([(one, one.label) for one in Purpose])
        self.person = PersonFields(
            PersonWidgets(
                ui.name, ui.id_number, ui.phone, ui.id_kind, ui.ethnic_group, ui.sex, ui.birth_date, ui.address
            ),
            today,
            self,
        )
        self._today = today
        self._likeness = likeness
        self.headcount = headcount
        self._columns = 0
        self._offer_choices()
        self.companions = EntryList[PersonEntry](
            ui.companions, person_words, lambda entry: PersonDialog(PartyRole.COMPANION, entry, today, self)
        )
        self.agents = EntryList[Agent](ui.agents, agent_words, lambda entry: AgentDialog(entry, today, self))
        self.materials = EntryList[MaterialEntry](
            ui.materials, wording.material_line, lambda entry: MaterialDialog(entry, self)
        )
        self.fields: dict[str, Field] = {}
        self._frame_fields()
        put_in_place(ui.grid, ui.likeness_place, likeness)
        ui.likeness_place.deleteLater()
        likeness.installEventFilter(self)
        self._cells = take_cells(ui.grid)
        self.detail = ContentDetail(ui.content, ui.detail, self._show_detail)
        self.signatures = Signatures(ui.signed, self._show_signed)
        next(cell for cell in self._cells if cell.field is self.fields["summary"]).stretch = True
        self._connect()
        self.fit_type()

    def set_kind(self, *, organisation: bool, anonymous: bool) -> None:
        """Show the fields that this kind of visitor has."""
        ui = self.ui
        person = (*_PERSON_FIELDS[:3], "address")
        for name in person:
            self._show(name, not anonymous)
        ui.id_kind_row.setVisible(not anonymous)
        ui.id_kind_label.setVisible(not anonymous)
        self._show("organisation", organisation)
        for name in ("companions", "agents"):
            self._show(name, not anonymous)
        self._show_birth()
        self.rearrange()

    def rearrange(self) -> None:
        """Place the fields anew, after some were hidden or shown."""
        arrange(self.ui.grid, self._cells, self._columns or 2, self.ui.name.sizeHint().height())

    def fit_type(self) -> None:
        """Take widths from the type as it is now."""
        ui = self.ui
        ui.address.fit_type()
        self.headcount.setFixedWidth(em(self, 2) + 28)
        ui.ethnic_group.setMinimumWidth(em(self, 3) + 44)
        ui.id_kind.setMinimumWidth(em(self, 5) + 54)
        self._choose_columns()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say each fault at its field; fields without one are cleared."""
        said: dict[str, str] = {}
        for fault in faults:
            said.setdefault(self.field_of(fault.field), self._sentence(fault))
        for name, field in self.fields.items():
            field.set_fault(said.get(name, ""))

    def show_fault_at(self, name: str, faults: Iterable[Fault]) -> None:
        """Say what is wrong at one field, or that nothing is."""
        mine = [fault for fault in faults if self.field_of(fault.field) == name]
        self.fields[name].set_fault(self._sentence(mine[0]) if mine else "")

    def focus(self, path: str) -> None:
        """Put the cursor into the field of a path, and bring it into sight."""
        name = self.field_of(path)
        editor = self.fields[name].editor if name in self.fields else self._likeness
        if path == "headcount":
            editor = self.headcount
        elif path in {"confidential", "urgent", "wants_lawyer"}:
            editor = getattr(self.ui, path)
        elif path in {"lead.town", "lead.address"}:
            editor = self.ui.address.town if path == "lead.town" else self.ui.address.rest
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Take what is half typed in a list or an address as it stands."""
        for combo in list[FindCombo](self.findChildren(FindCombo)):
            combo.commit()
        self.ui.address.settle()

    def is_filled(self, name: str) -> bool:
        """Whether something stands in a field; an empty one is not complained of before the save."""
        editor = self.fields[name].editor
        if isinstance(editor, QLineEdit):
            return bool(editor.text().strip())
        if isinstance(editor, SummaryEdit):
            return bool(editor.toPlainText().strip())
        if isinstance(editor, FindCombo):
            return editor.value() is not None
        if isinstance(editor, RegionPicker):
            return bool(editor.whole())
        if isinstance(editor, SegmentedChoice):
            return editor.value() is not None
        return True

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in reading order."""
        ui = self.ui
        rows: tuple[QWidget, ...] = (
            *stops_of_person(self.person.widgets),
            *(ui.organisation, self._likeness, ui.purpose, ui.confidential, ui.urgent),
            *(ui.content, ui.detail, ui.place, ui.subject, ui.summary, ui.respondent, ui.reply),
            *(ui.companions, ui.agents, ui.wants_lawyer, ui.signed, ui.materials, ui.clerk_note),
        )
        return tuple(stop for one in rows for stop in stops_of(one))

    def field_of(self, path: str) -> str:
        """Name the field where a fault of ``rules.registration`` stands."""
        return fault_places.field_of(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field; several lines keep theirs."""
        if is_plain_enter(event):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One column where two do not fit."""
        super().resizeEvent(event)
        self._choose_columns()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_cells"):
            self.fit_type()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice which field the focus leaves; Enter passes over buttons too, the space bar presses them."""
        if watched is self._likeness and event.type() in _SHOWN_OR_HIDDEN:
            self.rearrange()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            if is_plain_enter(event):
                self.focusNextChild()
                return True
        elif event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            name = self._name_at(watched)
            field = self.fields.get(name)
            inside = self.window().focusWidget()
            if field is not None and (inside is None or not field.isAncestorOf(inside)):
                self.left.emit(name)
        return super().eventFilter(watched, event)

    def _offer_choices(self) -> None:
        ui = self.ui
        ui.content.set_choices(choices.contents())
        ui.place.set_choices(choices.places())
        ui.reply.set_choices(choices.replies())
        for combo in (ui.content, ui.place, ui.reply):
            combo.set_value(None)
        for chips, what in ((ui.companions, "随访人"), (ui.agents, "代理人"), (ui.materials, "材料")):
            chips.set_words(what)

    def _frame_fields(self) -> None:
        """Put a field around each editor, where the form file has placed it."""
        ui = self.ui
        around: dict[str, QWidget] = {
            "purpose": ui.purpose_row,
            "agents": ui.agents_row,
        }
        for name in (*_PERSON_FIELDS, *_MATTER_FIELDS):
            editor: QWidget = getattr(ui, name)
            line = ui.id_number if name == "id_number" else None
            self.fields[name] = Field(editor, line, around=around.get(name))
        self.person.adopt({name: self.fields[name] for name in _PERSON_FIELDS})

    def _connect(self) -> None:
        ui = self.ui
        self.person.changed.connect(self._on_person)
        for line in (ui.organisation, ui.subject, ui.respondent, self.headcount, ui.clerk_note):
            line.textChanged.connect(self.changed)
        ui.summary.textChanged.connect(self.changed)
        for signal in (
            ui.signed.changed,
            ui.purpose.changed,
            ui.content.chosen,
            ui.detail.chosen,
            ui.place.chosen,
            ui.reply.chosen,
        ):
            signal.connect(self.changed)
        for name in ("content", "detail", "place", "reply"):
            combo: FindCombo = getattr(ui, name)
            combo.unmatched.connect(partial(self._on_unmatched, name))
        for entries in (self.companions, self.agents, self.materials):
            entries.changed.connect(self.changed)
        for box in (ui.confidential, ui.urgent, ui.wants_lawyer):
            box.toggled.connect(self.changed)
        for stop in self.stops():
            stop.installEventFilter(self)

    def _on_unmatched(self, name: str, typed: str) -> None:
        """What was typed is in no list; it must not go without a word."""
        self.fields[name].set_fault(f"列表里没有“{typed[:_QUOTED]}”，请从列表里选。")

    def _on_person(self) -> None:
        self._show_birth()
        self.changed.emit()

    def _show_birth(self) -> None:
        asked = self.person.asks_birth() and not self.fields["name"].isHidden()
        if asked != (not self.fields["sex"].isHidden()):
            self._show("sex", asked)
            self._show("birth_date", asked)
            self.rearrange()

    def _show(self, name: str, shown: bool) -> None:
        self.fields[name].setVisible(shown)
        label: QLabel = getattr(self.ui, f"{name}_label")
        label.setVisible(shown)

    def _show_detail(self, shown: bool) -> None:
        self._show("detail", shown)
        self.rearrange()

    def _show_signed(self, shown: bool) -> None:
        self._show("signed", shown)
        for stop in stops_of(self.ui.signed):
            stop.installEventFilter(self)
        self.rearrange()

    def _choose_columns(self) -> None:
        columns, ways = 2 if self.width() >= em(self, _TWO_COLUMNS_FROM) else 1, QBoxLayout.Direction
        beside = self.width() >= em(self, _TICKS_BESIDE_FROM)
        self.ui.purpose_layout.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        if columns != self._columns:
            self._columns = columns
            self.rearrange()

    def field_around(self, widget: QWidget) -> Field | None:
        """The field that a widget belongs to."""
        return self.fields.get(self._name_at(widget))

    def _name_at(self, widget: QWidget) -> str:
        for name, field in self.fields.items():
            if field.isAncestorOf(widget):
                return name
        return ""

    def _sentence(self, fault: Fault) -> str:
        agents = tuple(one.person for one in self.agents.entries())
        return fault_places.sentence(fault, {"companions": self.companions.entries(), "agents": agents})

    def set_tab_order(self, after: tuple[QWidget, ...]) -> None:
        """Set the tab order: the fields in reading order, then ``after``."""
        set_tab_order([*self.stops(), *after])
