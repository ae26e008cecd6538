"""Where on the form a fault of ``rules.registration`` stands, and how its sentence reads there."""

from collections.abc import Mapping, Sequence
from typing import Final

from onevisit.rules.faults import Fault
from onevisit.rules.people import PersonEntry
from onevisit.ui.registration.person_fields import PersonFields

_FIELDS: Final = {
    "place_code": "place",
    "title": "subject",
    "reply_by": "reply",
    "headcount": "companions",
    "content_code": "detail",
}


def field_of(path: str) -> str:
    """Name the field where a fault stands."""
    head, _, rest = path.partition(".")
    if head == "lead":
        return PersonFields.field_of(rest) if rest else "name"
    return _FIELDS.get(head, head)


def sentence(fault: Fault, rows: Mapping[str, Sequence[PersonEntry]]) -> str:
    """The sentence with whom it is about and the article it rests on.

    Args:
        fault: what is wrong.
        rows: the people of each list on the form, by the list's name.
    """
    head, _, rest = fault.field.partition(".")
    people = rows.get(head)
    place, _, inner = rest.partition(".")
    said = fault.sentence
    if people is not None and place.isdecimal() and inner not in {"", "name"}:
        said = f"{people[int(place)].name}：{said}"
    return f"{said.rstrip('。')}（{fault.article}）。" if fault.article else said
