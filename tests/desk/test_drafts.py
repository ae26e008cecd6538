"""Drafts: kept until the transaction that saves them for good, seen by their author only."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from tests.desk import lived
from tests.desk.conftest import Clock

from onevisit.desk import audit, consult, drafts, forgetting, life, lookup, promises_due, records
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import AddendumDraft, MatterDraft, RegistrationDraft, SavingDesk, TypedText
from onevisit.desk.errors import DeskFault, FormError, NotAllowedError, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.matter_life import Action
from onevisit.rules.people import PersonEntry
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import Draft, Matter

REGISTRATION = DraftKind.REGISTRATION
HALF = RegistrationDraft(
    RegistrationForm(lead=PersonEntry(name="王伟"), title="拖欠工资"), texts=(TypedText("birth_date", "1879-4"),)
)


def keep(desk: Desk, half: RegistrationDraft = HALF, draft_id: int | None = None) -> int:
    return drafts.keep(desk, REGISTRATION, drafts.registration_content(half), draft_id)


def count(desk: Desk) -> int:
    with desk.look(None) as session:
        return session.scalars(select(func.count()).select_from(Draft)).one()


def test_a_draft_comes_back_as_it_was_typed(clerk_desk: Desk, clock: Clock) -> None:
    begun = clock.moment
    draft_id = keep(clerk_desk)
    clock.advance(seconds=3)
    more = replace(HALF, form=replace(HALF.form, summary="26800元"))
    assert keep(clerk_desk, more, draft_id) == draft_id
    (row,) = drafts.offered(clerk_desk)
    assert (row.draft_id, row.kind, row.who, row.what) == (draft_id, REGISTRATION, "王伟", "拖欠工资")
    assert (row.begun_at, row.kept_at, row.days, row.forgotten) == (begun, clock.moment, 0, False)
    assert drafts.read_registration(row.content) == more


def test_who_is_named_as_the_page_names_them(clerk_desk: Desk) -> None:
    typed = RegistrationForm(organisation="某公司", lead=PersonEntry("李明"))
    for form, kind, who in (
        (typed, "organisation", "某公司"),
        (typed, "person", "李明"),
        (typed, "anonymous", "匿名"),
        (RegistrationForm(lead=PersonEntry("李明")), "organisation", "李明"),
        (RegistrationForm(), "", ""),
    ):
        keep(clerk_desk, RegistrationDraft(form, kind))
        assert drafts.offered(clerk_desk)[0].who == who


def test_a_power_cut_loses_nothing(house: House, clerk_desk: Desk) -> None:
    keep(clerk_desk)
    house.close()
    account = next(one for one in PRACTICE_ACCOUNTS if one.role is Role.CLERK)
    assert drafts.read_registration(drafts.offered(house.log_in(account.login, account.password))[0].content) == HALF


def test_a_save_takes_its_draft_away_in_the_same_transaction(
    clerk_desk: Desk, new_form: Callable[..., RegistrationForm]
) -> None:
    draft_id, other = keep(clerk_desk), keep(clerk_desk)
    with pytest.raises(FormError):
        register(clerk_desk, new_form(title=""), draft_id=draft_id)
    assert count(clerk_desk) == 2
    register(clerk_desk, new_form(), draft_id=draft_id)
    assert [row.draft_id for row in drafts.offered(clerk_desk)] == [other]


def test_one_form_makes_one_visit(clerk_desk: Desk, new_form: Callable[..., RegistrationForm]) -> None:
    draft_id, form = keep(clerk_desk), new_form()
    register(clerk_desk, form, draft_id=draft_id)
    with pytest.raises(DeskFault, match="已经存过了"):
        register(clerk_desk, form, draft_id=draft_id)
    assert lookup.today(clerk_desk).figures.batches == 1


def test_a_draft_that_was_saved_does_not_come_back(clerk_desk: Desk, new_form: Callable[..., RegistrationForm]) -> None:
    draft_id = keep(clerk_desk)
    register(clerk_desk, new_form(), draft_id=draft_id)
    with pytest.raises(NotFoundError):
        keep(clerk_desk, HALF, draft_id)
    assert keep(clerk_desk) != draft_id
    with pytest.raises(DeskFault):
        register(clerk_desk, new_form(), draft_id=draft_id)
    assert count(clerk_desk) == 1


def test_drafts_are_seen_by_their_author_only(
    clerk_desk: Desk,
    colleague: Callable[[Role], Desk],
    supervisor_desk: Desk,
    new_form: Callable[..., RegistrationForm],
) -> None:
    draft_id, other = keep(clerk_desk), colleague(Role.CLERK)
    for desk in (other, supervisor_desk):
        assert drafts.offered(desk) == ()
        drafts.drop(desk, draft_id)
    with pytest.raises(NotFoundError):
        keep(other, HALF, draft_id)
    with pytest.raises(DeskFault):
        register(other, new_form(), draft_id=draft_id)
    assert len(drafts.offered(clerk_desk)) == 1


def test_whoever_may_not_save_may_not_keep(lawyer_desk: Desk, clerk_desk: Desk, auditor_desk: Desk) -> None:
    for desk in (lawyer_desk, auditor_desk):
        with pytest.raises(NotAllowedError):
            keep(desk)
    with pytest.raises(NotAllowedError):
        drafts.keep(clerk_desk, DraftKind.ADDENDUM, "", subject_id=1)


def test_dropping_leaves_a_trace_once(clerk_desk: Desk, auditor_desk: Desk) -> None:
    draft_id = keep(clerk_desk)
    drafts.drop(clerk_desk, draft_id)
    drafts.drop(clerk_desk, draft_id)
    assert count(clerk_desk) == 0
    told = [(row.action, row.record, row.detail) for row in audit.entries(auditor_desk)]
    assert told.count(("放弃草稿", f"草稿 {draft_id}", "来访登记")) == 1


def test_what_nobody_went_on_with_is_listed_with_its_age(clerk_desk: Desk, clock: Clock) -> None:
    keep(clerk_desk)
    clock.advance(days=30)
    assert [(row.days, row.forgotten) for row in drafts.offered(clerk_desk)] == [(30, False)]
    clock.advance(days=1)
    assert [(row.days, row.forgotten) for row in drafts.offered(clerk_desk)] == [(31, True)]
    clock.advance(days=-60)
    assert [row.days for row in drafts.offered(clerk_desk)] == [0]


def test_what_this_version_cannot_read_is_offered_all_the_same(clerk_desk: Desk) -> None:
    drafts.keep(clerk_desk, REGISTRATION, '{"format":99}')
    (row,) = drafts.offered(clerk_desk)
    assert (row.readable, row.who) == (False, "")
    with pytest.raises(DeskFault, match="读不出来"):
        drafts.read_registration(row.content)


@pytest.fixture
def signed(clerk_desk: Desk, lawyer_desk: Desk, new_form: Callable[..., RegistrationForm]) -> tuple[Registered, int]:
    """A visit whose advice is signed, and its consultation."""
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    view = consult.begin(lawyer_desk, visit.visit_id)
    form = ConsultationForm(facts="事实", advice="意见", ways=(AdvisedWay.LITIGATION,))
    return visit, consult.sign(lawyer_desk, view.consultation_id, form, view.version).consultation_id


def test_an_addendum_takes_its_draft_away(lawyer_desk: Desk, signed: tuple[Registered, int]) -> None:
    visit, consultation_id = signed
    content = drafts.addendum_content(AddendumDraft("补充一"))
    draft_id = drafts.keep(lawyer_desk, DraftKind.ADDENDUM, content, subject_id=consultation_id)
    (row,) = drafts.offered(lawyer_desk)
    assert (row.subject_id, row.visit_id, row.who, row.what) == (
        *(consultation_id, visit.visit_id),
        *("王伟", "建筑工地拖欠工资"),
    )
    assert drafts.read_addendum(row.content).text == "补充一"
    with pytest.raises(FormError):
        consult.add_addendum(lawyer_desk, consultation_id, " ", draft_id=draft_id)
    consult.add_addendum(lawyer_desk, consultation_id, "补充一", draft_id=draft_id)
    with pytest.raises(DeskFault, match="已经存过了"):
        consult.add_addendum(lawyer_desk, consultation_id, "补充一", draft_id=draft_id)
    assert drafts.offered(lawyer_desk) == ()
    assert len(consult.view(lawyer_desk, consultation_id).addenda) == 1


STEP = MatterDraft("withdraw", "登记撤回", (TypedText("on", "2026-1"), TypedText("note", "说自己解决了")))


def keep_step(desk: Desk, matter_id: int, draft: MatterDraft = STEP, draft_id: int | None = None) -> int:
    return drafts.keep(desk, DraftKind.LIFE, drafts.matter_content(draft), draft_id, matter_id)


def test_a_form_of_a_matter_comes_back_as_it_was_typed(
    clerk_desk: Desk, new_form: Callable[..., RegistrationForm]
) -> None:
    visit = register(clerk_desk, new_form())
    draft_id = keep_step(clerk_desk, visit.matter_id)
    (row,) = drafts.offered(clerk_desk)
    assert (row.kind, row.subject_id, row.visit_id) == (DraftKind.LIFE, visit.matter_id, visit.visit_id)
    assert (row.form, row.who, row.what) == ("登记撤回", "王伟", "建筑工地拖欠工资")
    assert drafts.read_matter(row.content) == STEP
    about = replace(STEP, about=7, version=3)
    assert keep_step(clerk_desk, visit.matter_id, about, draft_id) == draft_id
    assert drafts.read_matter(drafts.offered(clerk_desk)[0].content) == about


def test_whatever_records_a_form_takes_its_draft_away_or_does_nothing(
    clerk_desk: Desk, new_form: Callable[..., RegistrationForm], clock: Clock
) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    draft_id = keep_step(clerk_desk, matter_id)
    today = clock.moment.date()
    saving = SavingDesk(clerk_desk, DraftKind.LIFE, draft_id)
    with pytest.raises(FormError):
        life.take(saving, lived.shown(clerk_desk, matter_id), Action.WITHDRAW, StepForm(None))
    assert count(clerk_desk) == 1
    life.take(saving, lived.shown(clerk_desk, matter_id), Action.WITHDRAW, StepForm(today, note="说自己解决了"))
    assert count(clerk_desk) == 0
    again = SavingDesk(clerk_desk, DraftKind.LIFE, draft_id)
    with pytest.raises(DeskFault, match="请看办理经过"):
        promises_due.make(again, lived.shown(clerk_desk, matter_id), PromiseForm("再打电话", today))


def test_a_form_of_a_confidential_matter_is_offered_to_those_who_may_know_of_it(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: Callable[..., RegistrationForm], clock: Clock
) -> None:
    visit = register(clerk_desk, new_form(confidential=True))
    for desk in (clerk_desk, supervisor_desk):
        keep_step(desk, visit.matter_id)
        assert len(drafts.offered(desk)) == 1
    clock.advance(days=1)
    assert drafts.offered(clerk_desk) == (), "only on the day on which the clerk registered it"
    assert len(drafts.offered(supervisor_desk)) == 1
    with pytest.raises(NotFoundError):
        keep_step(clerk_desk, visit.matter_id)


def test_what_is_forgotten_of_a_matter_is_forgotten_in_its_half_typed_forms(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: Callable[..., RegistrationForm]
) -> None:
    gone, stays = register(clerk_desk, new_form()).matter_id, register(clerk_desk, new_form()).matter_id
    for desk in (clerk_desk, supervisor_desk):
        keep_step(desk, gone)
    keep_step(clerk_desk, stays)
    with supervisor_desk.work(None) as session:
        matter = session.scalars(select(Matter).where(Matter.id == gone).options(*records.whole_matter())).one()
        forgetting.forget(supervisor_desk, session, matter)
    assert [row.subject_id for row in (*drafts.offered(clerk_desk), *drafts.offered(supervisor_desk))] == [stays]
    with pytest.raises(DeskFault, match="匿名"):
        keep_step(clerk_desk, gone)


def test_a_form_of_a_matter_that_is_not_there_is_not_kept(clerk_desk: Desk, lawyer_desk: Desk) -> None:
    for matter_id in (99, None):
        with pytest.raises(NotFoundError):
            drafts.keep(clerk_desk, DraftKind.AFTER_VISIT, "", subject_id=matter_id)
    with pytest.raises(NotAllowedError):
        keep_step(lawyer_desk, 1)
