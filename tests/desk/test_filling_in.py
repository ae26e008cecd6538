"""What the form of a saved visit left out is filled in afterwards: nothing is lost by it, and it is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.desk.conftest import Clock
from tests.desk.invented import person
from tests.desk.lived import routed, shown

from onevisit.desk import audit, gate, issue, lookup, register
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, FormError, NotFoundError
from onevisit.desk.filling_in import FillIn, fill_in, to_fill_in
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.classification import MaterialForm, Purpose, ReplyMethod
from onevisit.rules.forms import Answer, MaterialEntry, MatterAnswer, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.tables import Matter

NewForm = Callable[..., RegistrationForm]
NOTE = MaterialEntry("欠条", MaterialForm.COPY, 2)


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    """Somebody who left next to nothing."""
    bare = new_form(
        lead=PersonEntry(name="王伟"), reply_by=ReplyMethod.NONE, place_code="", respondent="", materials=()
    )
    return register.register(clerk_desk, bare)


def filled(desk: Desk, visit: Registered, **typed: Any) -> tuple[str, ...]:  # noqa: ANN401 - any field of the form
    before = to_fill_in(desk, visit.visit_id)
    return fill_in(desk, before, replace(before, **typed))


def fault(desk: Desk, visit: Registered, **typed: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    before = to_fill_in(desk, visit.visit_id)
    with pytest.raises(FormError) as refused:
        fill_in(desk, before, replace(before, **typed))
    (found,) = refused.value.faults
    assert to_fill_in(desk, visit.visit_id) == before
    return found.field, found.sentence


def keys(desk: Desk, visit: Registered) -> set[str]:
    return {one.key for one in gate.gate(desk, visit.visit_id).gate.findings}


def test_what_was_filled_in_is_found_mended_and_told(clerk_desk: Desk, auditor_desk: Desk, visit: Registered) -> None:
    assert {"reach", "document", "reply", "place", "respondent", "papers"} <= keys(clerk_desk, visit)
    lead = replace(person(7), name="王伟")
    told = filled(
        clerk_desk,
        visit,
        lead=lead,
        reply_by=ReplyMethod.PHONE,
        place_code="370403",
        respondent=" 某建筑公司 ",
        clerk_note="约好下午打电话",
        materials=(NOTE, MaterialEntry(" ")),
    )
    assert told[-5:] == (
        "答复方式改为电话",
        "补收材料：欠条（复印件 2 页）",
        "备注有补充",
        "问题属地：薛城区",
        "被反映单位（人）：某建筑公司",
    )
    assert not {"reach", "document", "reply", "place", "respondent"} & keys(clerk_desk, visit)
    view = lookup.open_matter(clerk_desk, visit.matter_id)
    assert view.visits[0].materials == ("欠条（复印件 2 页）",)
    (line,) = [one.text for one in view.timeline if one.kind == "补登"]
    assert line == "；".join(told[-5:])
    (of_person,) = [one.text for one in view.timeline if "补登电话" in one.text]
    assert lead.phone not in of_person
    assert [hit.matter_id for hit in lookup.search(clerk_desk, lead.phone).hits] == [visit.matter_id]
    codes = [one.code for one in audit.entries(auditor_desk, limit=4)]
    assert codes[:1] == ["visit.filled_in"]
    assert "petitioner.changed" in codes
    assert issue.preview(clerk_desk, visit.visit_id)[0].respondent == "某建筑公司"


def test_nothing_typed_changes_nothing(clerk_desk: Desk, auditor_desk: Desk, visit: Registered) -> None:
    before = to_fill_in(clerk_desk, visit.visit_id)
    assert fill_in(clerk_desk, before, before) == ()
    assert to_fill_in(clerk_desk, visit.visit_id) == before
    assert audit.entries(auditor_desk, limit=1)[0].code == "petitioner.read"


def test_a_field_that_is_emptied_stays_and_what_was_told_elsewhere_is_not_written_over(
    clerk_desk: Desk, visit: Registered, new_form: NewForm
) -> None:
    assert filled(clerk_desk, visit, lead=replace(person(7), name="王伟"), reply_by=ReplyMethod.PHONE)
    at_another_window = to_fill_in(clerk_desk, visit.visit_id)
    # the same person is here about something else, with a new telephone
    other = new_form(lead=replace(person(7), name="王伟", phone="13900000999"), title="楼道漏水", summary="漏水")
    same = register.likenesses(clerk_desk, other).matters[0].matter_id
    register.register(clerk_desk, replace(other, matter_answers=(MatterAnswer(same, Answer.ANOTHER),)))
    assert at_another_window.lead is not None
    typed = replace(at_another_window, lead=replace(at_another_window.lead, name="", address="示例路 9 号"))
    fill_in(clerk_desk, at_another_window, typed)
    lead = to_fill_in(clerk_desk, visit.visit_id).lead
    assert lead is not None
    assert (lead.name, lead.phone, lead.address) == ("王伟", "13900000999", "示例路 9 号")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"lead": PersonEntry(name="王伟", phone="12")}, "lead.phone", ""),
        ({"lead": PersonEntry(name="王伟", id_number="370499198001011")}, "lead.id_number", ""),
        ({"reply_by": ReplyMethod.PHONE}, "lead.phone", "没有电话号码"),
        ({"place_code": "999999"}, "place_code", "不在列表中"),
        ({"respondent": "长" * 201}, "respondent", "最多 200 字"),
        ({"clerk_note": "长" * 2001}, "clerk_note", "最多"),
        ({"materials": (NOTE, MaterialEntry("", pages=3))}, "materials.1.name", "没有名称"),
        ({"materials": (NOTE,) * 51}, "materials", "最多 50 项"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    clerk_desk: Desk, visit: Registered, typed: dict[str, Any], field: str, words: str
) -> None:
    at, sentence = fault(clerk_desk, visit, **typed)
    assert at == field
    assert words in sentence


def test_new_materials_are_counted_from_one_beside_those_that_were_there(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register.register(clerk_desk, new_form(materials=(NOTE, NOTE)))
    assert fault(clerk_desk, visit, materials=(MaterialEntry("", pages=3),))[0] == "materials.0.name"
    filled(clerk_desk, visit, materials=(MaterialEntry("收条"),))
    assert len(lookup.open_matter(clerk_desk, visit.matter_id).visits[0].materials) == 3


def test_the_number_of_somebody_else_is_not_given_to_a_second_person(
    clerk_desk: Desk, visit: Registered, new_form: NewForm
) -> None:
    register.register(clerk_desk, new_form(lead=person(7)))
    assert fault(clerk_desk, visit, lead=replace(person(7), name="王伟", phone=""))[0] == "lead.id_number"


def test_what_was_known_of_the_matter_is_not_exchanged(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register.register(clerk_desk, new_form(confidential=True, place_code="370403"))
    assert fault(clerk_desk, visit, respondent="另一家公司")[0] == "respondent"
    assert fault(clerk_desk, visit, place_code="370402")[0] == "place_code"
    assert filled(clerk_desk, visit, confidential=False) == ()
    assert to_fill_in(clerk_desk, visit.visit_id).confidential


def test_what_was_sent_on_already_does_not_turn_out_to_be_about_whoever_has_it(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    accusation = register.register(clerk_desk, new_form(purpose=Purpose.ACCUSATION, respondent=""))
    routed(clerk_desk, accusation.matter_id)
    at, sentence = fault(clerk_desk, accusation, respondent="示例局")
    assert at == "respondent"
    assert "先在“去向”里收回" in sentence
    open_one = register.register(clerk_desk, new_form(respondent="示例局"))
    routed(clerk_desk, open_one.matter_id)
    assert fault(clerk_desk, open_one, confidential=True)[0] == "confidential"
    assert filled(clerk_desk, open_one, clerk_note="说明") == ("备注有补充",)


def test_a_matter_that_is_told_to_be_confidential_is_hidden_at_once(
    clerk_desk: Desk, colleague: Callable[[Role], Desk], visit: Registered
) -> None:
    assert filled(clerk_desk, visit, confidential=True) == ("定为保密",)
    other = colleague(Role.CLERK)
    assert lookup.search(other, visit.matter_no).total == 0
    with pytest.raises(NotFoundError):
        to_fill_in(other, visit.visit_id)


def test_the_second_of_two_windows_is_told(clerk_desk: Desk, visit: Registered, clock: Clock) -> None:
    first = second = to_fill_in(clerk_desk, visit.visit_id)
    fill_in(clerk_desk, first, replace(first, respondent="某公司"))
    with pytest.raises(ChangedElsewhereError):
        fill_in(clerk_desk, second, replace(second, respondent="另一家"))
    assert shown(clerk_desk, visit.matter_id).version > first.seen.version


def test_nobody_is_filled_in_of_an_anonymous_visit(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register.register(clerk_desk, new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    assert to_fill_in(clerk_desk, visit.visit_id).lead is None
    assert filled(clerk_desk, visit, lead=person(7), clerk_note="补充") == ("备注有补充",)
    assert lookup.open_matter(clerk_desk, visit.matter_id).visits[0].people == ()


def test_a_visit_of_another_matter_is_not_filled_in(clerk_desk: Desk, visit: Registered, new_form: NewForm) -> None:
    other = to_fill_in(clerk_desk, register.register(clerk_desk, new_form()).visit_id)
    mixed: FillIn = replace(other, visit_id=visit.visit_id)
    with pytest.raises(NotFoundError):
        fill_in(clerk_desk, mixed, replace(mixed, clerk_note="错了"))
    with clerk_desk.look(Permission.SEARCH) as session:
        assert session.get_one(Matter, visit.matter_id).visits[0].clerk_note != "错了"
