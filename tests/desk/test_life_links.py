"""Matters that belong together: merged and related, seen from both sides, and never across secrecy."""

from collections.abc import Callable

import pytest
from tests.desk.lived import TODAY, routed, shown, stepped

from onevisit.desk import life, life_links, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError
from onevisit.desk.life_view import life as life_of
from onevisit.desk.register import Registered, register
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.step_forms import StepForm

NewForm = Callable[..., RegistrationForm]
FORM = StepForm(TODAY)


@pytest.fixture
def two(clerk_desk: Desk, new_form: NewForm) -> tuple[Registered, Registered]:
    """Two matters of one person."""
    form = new_form()
    one = register(clerk_desk, form)
    other = new_form(
        matter_answers=(MatterAnswer(one.matter_id, Answer.ANOTHER),),
        lead=form.lead,
        title="低保申请没有批准",
        summary="三月递交的申请没有回音。",
        respondent="示例镇政府",
        content=ContentClass.CIVIL_AFFAIRS,
        place_code="370402",
    )
    return one, register(clerk_desk, other)


def test_a_matter_goes_on_in_another_and_both_say_so(clerk_desk: Desk, two: tuple[Registered, Registered]) -> None:
    one, other = two
    before = shown(clerk_desk, other.matter_id)
    assert [line.number for line in life_of(clerk_desk, one.matter_id).others] == [other.matter_no]
    after = life_links.merge(clerk_desk, shown(clerk_desk, one.matter_id), other.matter_no.replace("-", ""), FORM)
    assert after.state is State.MERGED
    mine, theirs = (life_of(clerk_desk, found.matter_id) for found in two)
    assert [(link.words, link.number) for link in mine.links] == [("并入了", other.matter_no)]
    assert [(link.words, link.matter_id) for link in theirs.links] == [("并入这一件的", one.matter_id)]
    assert lookup.open_matter(clerk_desk, one.matter_id).timeline[-1].text == f"并入 {other.matter_no}"
    assert lookup.open_matter(clerk_desk, other.matter_id).timeline[-1].text == f"{one.matter_no} 并入这一件"
    with pytest.raises(ChangedElsewhereError):
        life.note(clerk_desk, before, Event.AGREED, FORM)
    with pytest.raises(FormError, match="那一件已并入另一件"):
        life_links.merge(clerk_desk, shown(clerk_desk, other.matter_id), one.matter_no, FORM)


def test_related_matters_both_go_on(clerk_desk: Desk, two: tuple[Registered, Registered]) -> None:
    one, other = two
    life_links.relate(clerk_desk, shown(clerk_desk, one.matter_id), other.matter_no)
    for mine, found in ((one, other), (other, one)):
        view = life_of(clerk_desk, mine.matter_id)
        assert [(link.words, link.number, link.title) for link in view.links] == [
            ("相关", found.matter_no, life_of(clerk_desk, found.matter_id).title)
        ]
        assert view.seen.state is State.REGISTERED
    with pytest.raises(FormError, match="已经关联过"):
        life_links.relate(clerk_desk, shown(clerk_desk, other.matter_id), one.matter_no)


def test_related_matters_become_one_when_one_is_merged(clerk_desk: Desk, two: tuple[Registered, Registered]) -> None:
    one, other = two
    life_links.relate(clerk_desk, shown(clerk_desk, other.matter_id), one.matter_no)
    life_links.merge(clerk_desk, shown(clerk_desk, one.matter_id), other.matter_no, FORM)
    mine, theirs = (life_of(clerk_desk, found.matter_id) for found in two)
    assert [(link.words, link.number) for link in mine.links] == [("并入了", other.matter_no)]
    assert [(link.words, link.number) for link in theirs.links] == [("并入这一件的", one.matter_no)]


def test_what_is_no_other_matter_is_said(clerk_desk: Desk, two: tuple[Registered, Registered]) -> None:
    one, other = two
    for typed, sentence in (
        ("", "请核对事项编号"),
        (other.matter_no[:-1] + ("0" if other.matter_no[-1] != "0" else "1"), "请核对事项编号"),
        (one.matter_no, "现在打开的这一件"),
        ("370400-01-2026-00099-W", "编号"),
    ):
        with pytest.raises(FormError) as wrong:
            life_links.relate(clerk_desk, shown(clerk_desk, one.matter_id), typed)
        assert wrong.value.faults[0].field == "other"
        assert sentence in wrong.value.sentence


def test_what_is_accepted_is_not_merged(clerk_desk: Desk, two: tuple[Registered, Registered]) -> None:
    one, other = two
    routed(clerk_desk, one.matter_id, Handling.TRANSFER, Procedure.OPINION)
    stepped(clerk_desk, one.matter_id, Action.ACCEPT)
    with pytest.raises(DeskFault, match="请用“相关事项”把两件连起来"):
        life_links.merge(clerk_desk, shown(clerk_desk, one.matter_id), other.matter_no, FORM)


def test_no_link_leads_from_a_secret_to_what_everybody_sees(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm, two: tuple[Registered, Registered]
) -> None:
    leak = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True)
    secret = register(clerk_desk, leak)
    with pytest.raises(FormError, match="一件保密、一件不保密"):
        life_links.relate(supervisor_desk, shown(supervisor_desk, two[0].matter_id), secret.matter_no)
    with pytest.raises(FormError, match="没有找到这个编号"):
        life_links.relate(clerk_desk, shown(clerk_desk, two[0].matter_id), secret.matter_no)
