"""Types a whole form through the widgets, key by key as a clerk would: for the demonstration, which fakes nothing."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from onevisit.rules import registration
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.groups import Agent, agents_of
from onevisit.rules.people import PersonEntry, Sex
from onevisit.ui.registration.agent_dialog import AgentDialog
from onevisit.ui.registration.entry_dialog import EntryList
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.form_values import VisitorKind, kind_of
from onevisit.ui.registration.materials_editor import MaterialDialog
from onevisit.ui.registration.people_dialog import PersonDialog
from onevisit.ui.registration.person_fields import PersonWidgets
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.segmented import SegmentedChoice


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press and release one key on a widget; ``text`` is what it writes, as an input method commits it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def type_line(line: QLineEdit, text: str) -> None:
    """Replace what stands in a line, and leave it by Enter."""
    line.setFocus()
    line.selectAll()
    if text:
        press(line, Qt.Key.Key_unknown, text)
    elif line.text():
        press(line, Qt.Key.Key_Delete)
    press(line, Qt.Key.Key_Return)


def type_block(block: QPlainTextEdit, text: str) -> None:
    """Replace what stands in a field of several lines."""
    block.setFocus()
    block.selectAll()
    press(block, Qt.Key.Key_Delete)
    for place, line in enumerate(text.split("\n")):
        if place:
            press(block, Qt.Key.Key_Return, "\r")
        if line:
            press(block, Qt.Key.Key_unknown, line)


def choose(combo: FindCombo, value: str) -> None:
    """Choose from a list by typing its word."""
    place = combo.findData(value)
    type_line(combo.line, combo.itemText(place) if place >= 0 else "")


def choose_segment(row: SegmentedChoice[str], value: str) -> None:
    """Choose a segment by its digit."""
    stops = row.stops()
    row.setFocus()
    place = stops.index(row.button(value))
    press(stops[0], Qt.Key(Qt.Key.Key_1 + place), str(place + 1))


def type_person(widgets: PersonWidgets, person: PersonEntry) -> None:
    """Type one person; what the number tells is not typed."""
    type_line(widgets.name, person.name)
    if person.id_kind.value != widgets.id_kind.value():
        choose(widgets.id_kind, person.id_kind.value)
    type_line(widgets.id_number, person.id_number)
    type_line(widgets.phone, person.phone)
    choose(widgets.ethnic_group, person.ethnic_group)
    if not widgets.sex.isHidden() and widgets.sex.isVisible() and person.sex in {Sex.MALE, Sex.FEMALE}:
        choose_segment(widgets.sex, person.sex.value)
        type_line(widgets.birth_date, person.birth_date.isoformat() if person.birth_date else "")
    # district, town and rest in one go: the picker takes them apart
    address = registration.full_address(person) or f"{person.town}{person.address}"
    if person.region_code:
        choose(widgets.address.district, person.region_code)
    type_line(widgets.address.rest, address)


def type_entries(people: EntryList[PersonEntry], entries: tuple[PersonEntry, ...]) -> None:
    """Add each person by the dialog."""
    for entry in entries:
        people.add()
        dialog = people.dialog
        if isinstance(dialog, PersonDialog):
            type_person(dialog.person.widgets, entry)
            dialog.ui.accept_button.click()


def type_agents(agents: EntryList[Agent], entries: tuple[Agent, ...]) -> None:
    """Add each agent by the dialog, with the kind and the papers that were shown."""
    for entry in entries:
        agents.add()
        dialog = agents.dialog
        if isinstance(dialog, AgentDialog):
            type_person(dialog.person.widgets, entry.person)
            if entry.kind is not None:
                choose(dialog.ui.agent_kind, entry.kind.value)
            for word, box in zip(dialog.ui.shown.words(), dialog.ui.shown.boxes(), strict=True):
                if word in entry.shown:
                    press(box, Qt.Key.Key_Space, " ")
            dialog.ui.accept_button.click()


def type_materials(materials: EntryList[MaterialEntry], entries: tuple[MaterialEntry, ...]) -> None:
    """Add each thing that was handed in by the dialog."""
    for entry in entries:
        materials.add()
        dialog = materials.dialog
        if isinstance(dialog, MaterialDialog):
            type_line(dialog.ui.name, entry.name)
            choose_segment(dialog.ui.form, entry.form.value)
            type_line(dialog.ui.pages, str(entry.pages) if entry.pages else "")
            choose_segment(dialog.ui.kept, "kept" if entry.kept else "returned")
            dialog.ui.accept_button.click()


def type_form(panel: FormPanel, kind: SegmentedChoice[str], form: RegistrationForm) -> None:
    """Type a form into an empty page; answers about likenesses are given when they are asked for."""
    ui = panel.ui
    choose_segment(kind, kind_of(form))
    if form.lead is not None:
        type_person(panel.person.widgets, form.lead)
    if kind_of(form) is VisitorKind.ORGANISATION:
        type_line(ui.organisation, form.organisation)
    if form.purpose is not None:
        choose_segment(ui.purpose, form.purpose)
    choose(ui.content, form.content.value if form.content else "")
    if form.content_code:
        choose(ui.detail, form.content_code)
    choose(ui.place, form.place_code)
    type_line(ui.subject, form.title)
    type_block(ui.summary, form.summary)
    type_line(ui.respondent, form.respondent)
    choose(ui.reply, form.reply_by.value if form.reply_by else "")
    type_entries(panel.companions, form.companions)
    type_line(panel.headcount, "" if form.headcount is None else str(form.headcount))
    if not ui.signed.isHidden():
        for box, signed in zip(ui.signed.boxes(), form.signed, strict=False):
            if box.isChecked() is not signed:
                press(box, Qt.Key.Key_Space, " ")
    type_agents(panel.agents, agents_of(form))
    type_materials(panel.materials, form.materials)
    type_line(ui.clerk_note, form.clerk_note)
    boxes = ((ui.confidential, form.confidential), (ui.urgent, form.urgent), (ui.wants_lawyer, form.wants_lawyer))
    for box, ticked in boxes:
        if box.isChecked() is not ticked:
            press(box, Qt.Key.Key_Space, " ")
