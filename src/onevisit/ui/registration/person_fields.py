"""The fields of one person, on the page and in the dialog: what is typed becomes a ``PersonEntry`` and back.

Birth date and sex are never asked where the document number tells them; they stand in green beside the number.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from onevisit.rules import identity, phones, regions
from onevisit.rules.faults import Fault
from onevisit.rules.identity import Identity, IdentityFault
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.ui.registration import choices
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.grouped_edit import IdNumberEdit, PhoneEdit
from onevisit.ui.widgets.region_picker import RegionPicker
from onevisit.ui.widgets.segmented import SegmentedChoice

_DAY = re.compile(r"\s*(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?\s*")
_FIELD_OF = {"region_code": "address", "town": "address"}
UNREADABLE_DAY = "出生日期看不懂，请写成年-月-日，如 1979-04-12。"


@dataclass(frozen=True, slots=True)
class PersonWidgets:
    """The widgets of a form that ask for a person."""

    name: QLineEdit
    id_number: IdNumberEdit
    phone: PhoneEdit
    id_kind: FindCombo
    ethnic_group: FindCombo
    sex: SegmentedChoice[str]
    birth_date: QLineEdit
    address: RegionPicker


def read_day(text: str) -> date | None:
    """Read ``1979-04-12``, ``19790412`` or ``1979年4月12日``; None if it is no day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def age(born: date, today: date) -> int:
    """Give the age in full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class PersonFields(QObject):
    """Reads and writes the widgets of one person and says what was understood.

    Signals:
        changed(): any of the fields is different now.
    """

    changed = Signal()

    def __init__(self, widgets: PersonWidgets, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self.widgets = widgets
        self._today = today
        self._told: Identity | None = None
        w = widgets
        w.id_kind.set_choices(choices.id_kinds())
        w.ethnic_group.set_choices(choices.ethnic_groups())
        w.sex.set_choices([(Sex.MALE.value, Sex.MALE.label), (Sex.FEMALE.value, Sex.FEMALE.label)])
        self.fields: dict[str, Field] = {}
        self.clear()
        w.id_number.textChanged.connect(self._read_number)
        w.id_kind.chosen.connect(self._on_kind)
        for line in (w.name, w.phone, w.birth_date):
            line.textChanged.connect(self.changed)
        for choice in (w.ethnic_group.chosen, w.sex.changed, w.address.changed):
            choice.connect(self.changed)

    def adopt(self, fields: dict[str, Field]) -> None:
        """Take the fields that stand around the widgets, by the names of ``PersonEntry``."""
        self.fields = fields
        self._read_number()

    @staticmethod
    def field_of(name: str) -> str:
        """Name the field where a fault of ``region_code``, ``town`` … stands."""
        return _FIELD_OF.get(name, name)

    def clear(self) -> None:
        """Bring every field to what it is at the beginning."""
        self.set_entry(PersonEntry(ethnic_group=choices.DEFAULT_ETHNIC_GROUP))

    def entry(self) -> PersonEntry:
        """The person as typed, with what the number tells."""
        w = self.widgets
        parts = w.address.parts()
        told = self._told
        sex = told.sex if told and told.sex is not Sex.UNKNOWN else Sex.from_code(w.sex.value() or Sex.UNKNOWN.value)
        born = (told.birth_date if told else None) or read_day(w.birth_date.text())
        return PersonEntry(
            name=w.name.text(),
            sex=sex,
            birth_date=born,
            ethnic_group=w.ethnic_group.value() or "",
            id_kind=self._kind(),
            id_number=w.id_number.number(),
            phone=w.phone.number(),
            region_code=parts.region_code,
            town=parts.town,
            address=parts.rest,
        )

    def set_entry(self, person: PersonEntry) -> None:
        """Show a person."""
        w = self.widgets
        w.name.setText(person.name)
        w.id_kind.set_value(person.id_kind.value)
        w.id_number.set_number(person.id_number)
        w.phone.set_number(person.phone)
        w.ethnic_group.set_value(person.ethnic_group or choices.DEFAULT_ETHNIC_GROUP)
        w.sex.set_value(person.sex.value if person.sex in {Sex.MALE, Sex.FEMALE} else None)
        w.birth_date.setText(person.birth_date.isoformat() if person.birth_date else "")
        w.address.set_parts(regions.AddressParts(person.region_code, person.town, person.address))
        self._read_number()

    def half_typed(self) -> dict[str, str]:
        """What stands in the fields, by name, though ``set_entry(entry())`` would not bring it back."""
        w, person = self.widgets, self.entry()
        found = {name: text for name, combo in self._combos().items() if (text := combo.half_typed()) is not None}
        if w.ethnic_group.value() is None:
            found["ethnic_group"] = w.ethnic_group.line.text()
        born = person.birth_date.isoformat() if person.birth_date else ""
        if w.birth_date.text() != born:
            found["birth_date"] = w.birth_date.text()
        sex = person.sex.value if person.sex in {Sex.MALE, Sex.FEMALE} else ""
        if (w.sex.value() or "") != sex:
            found["sex"] = w.sex.value() or ""
        return found

    def set_half_typed(self, person: PersonEntry, texts: Mapping[str, str]) -> None:
        """Show a person and, over it, what ``half_typed`` gave."""
        self.set_entry(person)
        w = self.widgets
        if "ethnic_group" in texts and not person.ethnic_group:
            w.ethnic_group.set_value(None)
        for name, combo in self._combos().items():
            if name in texts:
                combo.set_half_typed(texts[name])
        if "birth_date" in texts:
            w.birth_date.setText(texts["birth_date"])
        if "sex" in texts:
            w.sex.set_value(texts["sex"] if texts["sex"] in {Sex.MALE.value, Sex.FEMALE.value} else None)
        self._read_number()

    def fill_empty(self, known: PersonEntry) -> tuple[str, ...]:
        """Put what is known into the fields that are empty; gives the Chinese names of those filled."""
        now = self.entry()
        merged, filled = now, []
        for name, word in (("name", "姓名"), ("id_number", "证件号"), ("phone", "电话")):
            if not getattr(now, name).strip() and getattr(known, name):
                merged = replace(merged, **{name: getattr(known, name)})
                filled.append(word)
        if not (now.region_code or now.town or now.address.strip()) and (known.region_code or known.address):
            merged = replace(merged, region_code=known.region_code, town=known.town, address=known.address)
            filled.append("住址")
        if not now.id_number:
            merged = replace(merged, id_kind=known.id_kind, sex=known.sex, birth_date=known.birth_date)
        if known.ethnic_group and now.ethnic_group in {"", choices.DEFAULT_ETHNIC_GROUP}:
            merged = replace(merged, ethnic_group=known.ethnic_group)
        if merged != now:
            self.set_entry(merged)
        return tuple(filled)

    def own_faults(self, path: str) -> tuple[Fault, ...]:
        """What only the screen can know: a birth date that is no day."""
        typed = self.widgets.birth_date.text().strip()
        if not typed or read_day(typed) or (self._told and self._told.birth_date):
            return ()
        return (Fault(f"{path}.birth_date", UNREADABLE_DAY),)

    def asks_birth(self) -> bool:
        """Whether sex and birth date must be asked: the kind of document does not tell them."""
        kind = self._kind()
        typed = bool(self.widgets.birth_date.text() or self.widgets.sex.value())
        return kind not in choices.DOCUMENTS_WITH_BIRTH or (typed and not (self._told and self._told.birth_date))

    def confirm_phone(self) -> str:
        """What is understood of the phone, for the green words; empty while it cannot be called."""
        number = self.widgets.phone.number()
        try:
            return "座机" if number and not phones.read(number).startswith("1") else ""
        except phones.PhoneFault:
            return ""

    def _combos(self) -> dict[str, FindCombo]:
        w = self.widgets
        return {
            "id_kind": w.id_kind,
            "ethnic_group": w.ethnic_group,
            "district": w.address.district,
            "town": w.address.town,
        }

    def _kind(self) -> IdKind:
        return IdKind.from_code(self.widgets.id_kind.value() or IdKind.RESIDENT.value)

    def _on_kind(self) -> None:
        kind = self._kind()
        self.widgets.id_number.set_grouping(kind in choices.DOCUMENTS_WITH_BIRTH)
        self._read_number()

    def _read_number(self) -> None:
        """Read the number; one that is good for another kind of 18 characters brings its kind along."""
        w = self.widgets
        kind = self._kind()
        self._told = self._read_as(kind, w.id_number.number())
        if self._told is None and kind in choices.DOCUMENTS_WITH_BIRTH:
            for other in choices.DOCUMENTS_WITH_BIRTH - {kind}:
                if self._read_as(other, w.id_number.number()) is not None:
                    w.id_kind.set_value(other.value)
                    return
        if "id_number" in self.fields:
            self.fields["id_number"].set_fine(self._understood())
        self.changed.emit()

    def _read_as(self, kind: IdKind, number: str) -> Identity | None:
        try:
            return identity.read(kind, number, self._today())
        except IdentityFault:
            return None

    def _understood(self) -> str:
        told = self._told
        if told is None:
            return ""
        if told.birth_date is None:
            return "格式正确"
        return f"{told.sex.label} {age(told.birth_date, self._today())}岁"


def stops_of_person(widgets: PersonWidgets) -> tuple[QWidget, ...]:
    """What the Tab key goes through, in reading order."""
    w = widgets
    return w.name, w.id_number, w.phone, w.id_kind, w.ethnic_group, w.sex, w.birth_date, w.address
