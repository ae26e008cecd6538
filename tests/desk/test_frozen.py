"""Frozen values come back exactly, and no text whatever ends in anything but a value or one fault."""

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onevisit.desk.drafts import AddendumDraft, HalfEntry, RegistrationDraft, TypedText
from onevisit.desk.frozen import FrozenFault, freeze, thaw
from onevisit.desk.likeness import KnownMatter, KnownPerson
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import ConsultationForm, MaterialEntry, RegistrationForm
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.rules.slip import SlipData

KINDS: tuple[type[Any], ...] = (SlipData, RegistrationDraft, RegistrationForm, ConsultationForm, AddendumDraft)

FORM = RegistrationForm(
    lead=PersonEntry("王伟", Sex.MALE, date(1879, 4, 12), "汉族", IdKind.PASSPORT, "E12"),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    materials=(MaterialEntry("欠条"),),
    reply_by=ReplyMethod.PHONE,
    headcount=3,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.from_type(RegistrationForm))
def test_any_form_comes_back(form: RegistrationForm) -> None:
    text = freeze("form", form)
    assert thaw(RegistrationForm, "form", text) == form
    assert freeze("form", thaw(RegistrationForm, "form", text)) == text


@given(
    st.builds(
        RegistrationDraft,
        form=st.from_type(RegistrationForm),
        texts=st.lists(st.from_type(TypedText), max_size=3).map(tuple),
        persons=st.lists(st.from_type(KnownPerson), max_size=2).map(tuple),
        matters=st.lists(st.from_type(KnownMatter), max_size=2).map(tuple),
        entry=st.none() | st.from_type(HalfEntry),
    )
)
def test_any_half_typed_form_comes_back(draft: RegistrationDraft) -> None:
    assert thaw(RegistrationDraft, "registration", freeze("registration", draft)) == draft


@pytest.mark.parametrize("number", [2**63, -(2**63), 10**40])
def test_a_number_that_no_store_gives_is_no_number(number: int) -> None:
    with pytest.raises(FrozenFault):
        thaw(RegistrationForm, "form", freeze("form", replace(FORM, headcount=number)))


@given(st.from_type(ConsultationForm), st.from_type(AddendumDraft))
def test_what_a_lawyer_types_comes_back(form: ConsultationForm, addendum: AddendumDraft) -> None:
    assert thaw(ConsultationForm, "c", freeze("c", form)) == form
    assert thaw(AddendumDraft, "a", freeze("a", addendum)) == addendum


@given(st.sampled_from(KINDS), st.text())
@example(SlipData, "[" * 100_000)
@example(SlipData, '{"format":1,"x":' + "9" * 5_000 + "}")
@example(RegistrationForm, "NaN")
@example(RegistrationForm, '"format"')
def test_any_text_gives_one_fault(kind: type[Any], text: str) -> None:
    with pytest.raises(FrozenFault):
        thaw(kind, "x", text)


@given(st.sampled_from(KINDS), VALUES)
def test_any_tree_gives_a_value_or_one_fault(kind: type[Any], value: object) -> None:
    _thaw_or_fault(kind, json.dumps({"format": 1, "x": value}))


@given(st.data(), VALUES)
def test_any_value_in_any_field_gives_a_value_or_one_fault(data: st.DataObject, value: object) -> None:
    tree = json.loads(freeze("x", FORM))
    inside = data.draw(st.sampled_from([tree["x"], tree["x"]["lead"], tree["x"]["materials"][0], tree]))
    inside[data.draw(st.sampled_from(sorted(inside)))] = value
    _thaw_or_fault(RegistrationForm, json.dumps(tree))


@given(st.data())
def test_a_text_cut_or_changed_anywhere_gives_a_value_or_one_fault(data: st.DataObject) -> None:
    text = freeze("x", FORM)
    place = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(FrozenFault):
        thaw(RegistrationForm, "x", text[:place])
    _thaw_or_fault(RegistrationForm, text[:place] + data.draw(st.characters()) + text[place + 1 :])


def test_half_of_a_surrogate_pair_can_be_kept() -> None:
    text = freeze("x", AddendumDraft("工资\ud83d"))
    text.encode()
    assert thaw(AddendumDraft, "x", text) == AddendumDraft("工资\ufffd")
    # as JSON may spell it, it cannot come in either
    assert thaw(AddendumDraft, "x", '{"format":1,"x":{"text":"\\ud83d"}}') == AddendumDraft("\ufffd")


def test_one_kind_is_never_read_as_another_and_a_later_version_not_at_all() -> None:
    text = freeze("addendum", AddendumDraft("补充"))
    with pytest.raises(FrozenFault):
        thaw(AddendumDraft, "slip", text)
    with pytest.raises(FrozenFault):
        thaw(AddendumDraft, "addendum", text.replace('"format":1', '"format":2'))


def test_a_form_of_an_earlier_and_of_a_later_version_is_read() -> None:
    tree = json.loads(freeze("x", FORM))
    del tree["x"]["clerk_note"]
    tree["x"]["what_comes_later"] = [1, {"a": None}]
    assert thaw(RegistrationForm, "x", json.dumps(tree)) == FORM


@dataclass(frozen=True, slots=True)
class _Moments:
    at: datetime
    day: date | None = None


def test_moments_keep_their_time_zone() -> None:
    at = datetime.fromisoformat("2026-11-23T09:00:00.000001+08:00")
    again = thaw(_Moments, "x", freeze("x", _Moments(at)))
    assert again.at == at
    assert again.at.tzinfo is UTC
    for text in ("2026-11-23T09:00:00", "0001-01-01T00:00:00+08:00", "2026-13-01T00:00:00Z", ""):
        with pytest.raises(FrozenFault):
            thaw(_Moments, "x", json.dumps({"format": 1, "x": {"at": text}}))


def _thaw_or_fault(kind: type[Any], text: str) -> None:
    try:
        value = thaw(kind, "x", text)
    except FrozenFault:
        return
    assert type(value) is kind
    for field in fields(kind):
        getattr(value, field.name)
    assert thaw(kind, "x", freeze("x", value)) == value
