"""The roster of a group: who signed, also after the save."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.desk.invented import person

from onevisit.desk import audit, lookup, roster
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.desk.roster import Signature
from onevisit.rules.accounts import Role
from onevisit.rules.forms import RegistrationForm

NewForm = Callable[..., RegistrationForm]


@pytest.fixture
def group(clerk_desk: Desk, new_form: NewForm) -> Registered:
    """A group of twelve: 王伟, and two more, one of whom left no phone."""
    companions = (person(2), replace(person(3), phone=""))
    return register(clerk_desk, new_form(companions=companions, headcount=12, signed=(True,)))


def test_the_roster_names_each_with_a_masked_phone(clerk_desk: Desk, group: Registered) -> None:
    shown = roster.roster(clerk_desk, group.visit_id)
    assert (shown.headcount, shown.article) == (12, "《信访工作条例》第二十条")
    assert [(one.name, one.signed) for one in shown.lines] == [("王伟", True), ("访客2", False), ("访客3", False)]
    assert shown.lines[1].masked_phone == "139****0002"
    assert shown.lines[2].masked_phone == ""


def test_signatures_are_recorded_with_a_phone_that_was_told(
    clerk_desk: Desk, auditor_desk: Desk, group: Registered
) -> None:
    ids = [one.petitioner_id for one in roster.roster(clerk_desk, group.visit_id).lines]
    kept = roster.sign(
        clerk_desk,
        group.visit_id,
        [Signature(ids[1], signed=True), Signature(ids[2], signed=True, phone="13900000333")],
    )
    assert [one.signed for one in kept.lines] == [True, True, True]
    assert kept.lines[2].masked_phone == "139****0333"
    view = lookup.open_matter(clerk_desk, group.matter_id)
    assert [one.text for one in view.timeline if one.kind == "代表签名"] == ["已签名：王伟、访客2、访客3"]
    assert "代表（已签名）" in {one.role for one in view.visits[0].people}
    row = next(one for one in audit.entries(auditor_desk) if one.code == "visit.roster_signed")
    assert row.detail == "3 位代表中 3 位已签名"


def test_who_signs_must_be_reachable_and_nothing_is_kept_otherwise(clerk_desk: Desk, group: Registered) -> None:
    ids = [one.petitioner_id for one in roster.roster(clerk_desk, group.visit_id).lines]
    told = [Signature(ids[1], signed=True), Signature(ids[2], signed=True)]
    with pytest.raises(FormError) as refused:
        roster.sign(clerk_desk, group.visit_id, told)
    (fault,) = refused.value.faults
    assert (fault.field, fault.sentence) == ("roster.2.phone", "代表要留电话，结果才能告诉大家，请填写。")
    with pytest.raises(FormError) as unreadable:
        roster.sign(clerk_desk, group.visit_id, [Signature(ids[2], signed=False, phone="12")])
    assert unreadable.value.faults[0].field == "roster.2.phone"
    assert [one.signed for one in roster.roster(clerk_desk, group.visit_id).lines] == [True, False, False]


def test_a_signature_can_be_taken_back_and_the_same_again_leaves_no_trace(
    clerk_desk: Desk, auditor_desk: Desk, group: Registered
) -> None:
    lead = roster.roster(clerk_desk, group.visit_id).lines[0].petitioner_id
    before = len(audit.entries(auditor_desk))
    roster.sign(clerk_desk, group.visit_id, [Signature(lead, signed=True)])
    assert len(audit.entries(auditor_desk)) == before
    kept = roster.sign(clerk_desk, group.visit_id, [Signature(lead, signed=False)])
    assert not kept.lines[0].signed
    assert audit.entries(auditor_desk)[0].code == "visit.roster_signed"


def test_a_visit_of_one_has_no_roster(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    with pytest.raises(DeskFault, match="没有登记代表"):
        roster.roster(clerk_desk, saved.visit_id)


def test_a_confidential_group_is_unknown_to_another_clerk(
    clerk_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm
) -> None:
    saved = register(clerk_desk, new_form(companions=(person(2),), headcount=9, confidential=True))
    assert roster.roster(clerk_desk, saved.visit_id).headcount == 9
    with pytest.raises(NotFoundError):
        roster.roster(colleague(Role.CLERK), saved.visit_id)
