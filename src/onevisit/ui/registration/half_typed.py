"""The page as a draft: the form with all that no form can hold yet, such as half a date or an open dialog, and back."""

from collections.abc import Mapping
from dataclasses import replace

from onevisit.desk.drafts import HalfEntry, RegistrationDraft, TypedText
from onevisit.rules.classification import ReturnReason
from onevisit.rules.forms import MaterialEntry
from onevisit.rules.groups import Agent
from onevisit.rules.people import PersonEntry
from onevisit.ui.registration import form_values
from onevisit.ui.registration.answers import Answers
from onevisit.ui.registration.entry_dialog import EntryList
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.form_values import Defaults, VisitorKind
from onevisit.ui.registration.likeness_panel import LikenessPanel

_LEAD = "lead."
_LISTS = ("content", "detail", "place", "reply")
_REASON, _REASON_TYPED, _NOTE, _HEADCOUNT = "return_reason", "return_reason_typed", "return_note", "headcount"


def read(
    panel: FormPanel, kind: VisitorKind, defaults: Defaults, answers: Answers, likeness: LikenessPanel
) -> RegistrationDraft:
    """Everything that stands on the page; what a change of the kind of visitor hid counts too."""
    form = replace(
        form_values.read(panel, VisitorKind.ORGANISATION),
        person_answers=answers.person_answers(),
        matter_answers=answers.matter_answers(),
    )
    return RegistrationDraft(
        form=form,
        kind=kind.value,
        texts=tuple(TypedText(field, text) for field, text in _texts(panel, likeness).items()),
        chosen=defaults.chosen(),
        persons=tuple(one for key, one in answers.known_persons.items() if key in answers.persons),
        matters=tuple(one for key, one in answers.known_matters.items() if key in answers.matters),
        entry=_open_entry(panel),
    )


def show(panel: FormPanel, draft: RegistrationDraft) -> None:
    """Put everything but the answers and the open dialog back."""
    texts = {one.field: one.text for one in draft.texts}
    form_values.show(panel, draft.form)
    lead = {name.removeprefix(_LEAD): text for name, text in texts.items() if name.startswith(_LEAD)}
    if draft.form.lead is not None:
        panel.person.set_half_typed(draft.form.lead, lead)
    for name in _LISTS:
        if name in texts:
            getattr(panel.ui, name).set_half_typed(texts[name])
    if _HEADCOUNT in texts:
        panel.headcount.setText(texts[_HEADCOUNT])


def show_answers(answers: Answers, likeness: LikenessPanel, draft: RegistrationDraft) -> None:
    """Put the answers back, with whom and what they are about."""
    texts = {one.field: one.text for one in draft.texts}
    answers.take_from(draft.form)
    answers.known_persons = {one.petitioner_id: one for one in draft.persons}
    answers.known_matters = {one.matter_id: one for one in draft.matters}
    reason = next((one for one in ReturnReason if one.value == texts.get(_REASON)), draft.form.return_reason)
    likeness.set_reason(reason, texts.get(_NOTE, draft.form.return_note))
    if _REASON_TYPED in texts:
        likeness.ui.reason.set_half_typed(texts[_REASON_TYPED])


def reopen(panel: FormPanel, entry: HalfEntry) -> None:
    """Open the dialog of one more person or material again, as it was left."""
    texts = {one.field: one.text for one in entry.texts}
    if entry.row == "agents" and entry.person is not None:
        panel.agents.reopen(entry.place, Agent(entry.person), texts)
    elif entry.row == "companions" and entry.person is not None:
        panel.companions.reopen(entry.place, entry.person, texts)
    elif entry.material is not None:
        panel.materials.reopen(entry.place, entry.material, texts)


def is_blank(draft: RegistrationDraft) -> bool:
    """Whether nothing was typed; what the page filled in by itself does not count."""
    return form_values.is_blank(draft.form) and draft.entry is None and not any(one.text for one in draft.texts)


def _texts(panel: FormPanel, likeness: LikenessPanel) -> dict[str, str]:
    found = {f"{_LEAD}{name}": text for name, text in panel.person.half_typed().items()}
    for name in _LISTS:
        text = getattr(panel.ui, name).half_typed()
        if text is not None:
            found[name] = text
    count, typed = form_values.read_count(panel.headcount.text()), panel.headcount.text()
    if typed != ("" if count is None else str(count)):
        found[_HEADCOUNT] = typed
    return found | _return_texts(likeness)


def _return_texts(likeness: LikenessPanel) -> dict[str, str]:
    """Why the visitor came again; a form holds it only while a matter is answered SAME."""
    reason, typed = likeness.reason(), likeness.ui.reason.half_typed()
    found = {_REASON: reason.value if reason else "", _NOTE: likeness.ui.note.text(), _REASON_TYPED: typed or ""}
    return {name: text for name, text in found.items() if text}


def _rows(panel: FormPanel) -> Mapping[str, EntryList[PersonEntry] | EntryList[Agent] | EntryList[MaterialEntry]]:
    return {"companions": panel.companions, "agents": panel.agents, "materials": panel.materials}


def _open_entry(panel: FormPanel) -> HalfEntry | None:
    for name, row in _rows(panel).items():
        if row.dialog is None or (row.dialog.is_empty() and not any(row.dialog.half_typed().values())):
            continue
        entry = row.dialog.entry()
        return HalfEntry(
            row=name,
            place=row.asked_for,
            person=entry.person if isinstance(entry, Agent) else entry if isinstance(entry, PersonEntry) else None,
            material=entry if isinstance(entry, MaterialEntry) else None,
            texts=tuple(TypedText(field, text) for field, text in row.dialog.half_typed().items()),
        )
    return None
