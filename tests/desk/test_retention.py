"""到期清理: what is due, two people, carrying out, and what a cut in the middle leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from tests.desk.conftest import Clock

from onevisit.desk import audit, drafts, lookup, policy, retention
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import RegistrationDraft, registration_content
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.desk.retention import CarriedOut, RunState
from onevisit.rules.classification import Purpose, ReturnReason
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.store.tables import Matter, RetentionRun

NewForm = Callable[..., RegistrationForm]


@pytest.fixture
def old(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> list[Registered]:
    """Three matters that nobody came about for ten years and a day, the middle one confidential."""
    forms = [new_form(), new_form(purpose=Purpose.REQUEST, confidential=True), new_form()]
    made = [register(clerk_desk, form) for form in forms]
    clock.set(clock.moment.replace(year=2036))
    clock.advance(days=1)
    return made


def _again(clerk: Desk, new_form: NewForm, known: Registered) -> None:
    """Somebody comes about a known matter once more."""
    same = (MatterAnswer(known.matter_id, Answer.SAME),)
    register(clerk, new_form(matter_answers=same, return_reason=ReturnReason.NO_ANSWER))


def _approved(admin: Desk, supervisor: Desk, *matters: Registered) -> int:
    run_id = retention.propose(admin, [one.matter_id for one in matters])
    retention.approve(supervisor, run_id)
    return run_id


# -- what is due -------------------------------------------------------------------------------------------------------


def test_a_matter_is_due_from_the_day_after_its_last_day(
    clerk_desk: Desk, admin_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    matter = register(clerk_desk, new_form())
    clock.set(clock.moment.replace(year=2036))
    assert retention.due(admin_desk) == ()
    clock.advance(days=1)
    (row,) = retention.due(admin_desk)
    assert (row.matter_id, row.matter_no, row.visits, row.people) == (matter.matter_id, matter.matter_no, 1, 1)
    assert (row.last_visit, row.until, row.run_id) == (date(2026, 11, 23), date(2036, 11, 23), None)
    assert row.reason == "没有办结，但2026年11月23日以后没有人再来，已满 10 年"
    assert row.classification == "求决 · 劳动社保 · 薛城区"


def test_a_row_tells_nothing_of_anybody(old: list[Registered], admin_desk: Desk) -> None:
    told = repr(retention.due(admin_desk))
    assert not any(word in told for word in ("王伟", "工资", "公司", "139", "370499"))


def test_each_kind_has_its_years_and_they_are_the_units_own(
    clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    by_purpose = {
        one: register(clerk_desk, new_form(purpose=one))
        for one in (Purpose.ENQUIRY, Purpose.REQUEST, Purpose.ACCUSATION)
    }
    seen = []
    for year in (2032, 2037, 2047):
        clock.set(clock.moment.replace(year=year))
        seen.append({row.matter_id for row in retention.due(supervisor_desk)})
    enquiry, request, accusation = (one.matter_id for one in by_purpose.values())
    assert seen == [{enquiry}, {enquiry, request}, {enquiry, request, accusation}]
    policy.save_policy(admin_desk, replace(policy.policy(admin_desk), keep_years=30))
    assert {row.matter_id for row in retention.due(supervisor_desk)} == {enquiry, accusation}


def test_a_visit_since_then_keeps_a_matter(
    old: list[Registered], clerk_desk: Desk, admin_desk: Desk, new_form: NewForm
) -> None:
    _again(clerk_desk, new_form, old[0])
    assert [row.matter_id for row in retention.due(admin_desk)] == [old[2].matter_id]


def test_administrators_do_not_know_of_confidential_matters(
    old: list[Registered], admin_desk: Desk, supervisor_desk: Desk
) -> None:
    first, hidden, last = (one.matter_id for one in old)
    assert {row.matter_id for row in retention.due(admin_desk)} == {first, last}
    assert {row.matter_id for row in retention.due(supervisor_desk)} == {first, hidden, last}
    with pytest.raises(DeskFault, match="不到期"):
        retention.propose(admin_desk, [hidden])
    run_id = retention.propose(supervisor_desk, [first, hidden])
    assert retention.runs(admin_desk) == ()
    for ask in (retention.listed, retention.withdraw, retention.carry_out):
        with pytest.raises(NotFoundError):
            ask(admin_desk, run_id)
    assert [one.run_id for one in retention.runs(supervisor_desk)] == [run_id]


# -- two people --------------------------------------------------------------------------------------------------------


def test_one_proposes_another_approves(old: list[Registered], admin_desk: Desk, supervisor_desk: Desk) -> None:
    run_id = retention.propose(admin_desk, [old[2].matter_id, old[0].matter_id])
    assert {row.run_id for row in retention.due(admin_desk)} == {run_id}
    assert [row.matter_id for row in retention.listed(supervisor_desk, run_id)] == [old[0].matter_id, old[2].matter_id]
    (run,) = retention.runs(supervisor_desk)
    assert (run.state, run.matters, run.own, run.cutoff) == (RunState.PROPOSED, 2, False, date(2036, 11, 24))
    assert run.proposed_by == "管理员（001）"
    with pytest.raises(DeskFault, match="还没有批准"):
        retention.carry_out(admin_desk, run_id)
    retention.approve(supervisor_desk, run_id)
    (run,) = retention.runs(admin_desk)
    assert (run.state, run.own, run.approved_by) == (RunState.APPROVED, True, "负责人（004）")
    with pytest.raises(DeskFault, match="不用再批准"):
        retention.approve(supervisor_desk, run_id)


def test_nobody_approves_what_they_proposed(old: list[Registered], supervisor_desk: Desk) -> None:
    run_id = retention.propose(supervisor_desk, [old[0].matter_id])
    with pytest.raises(DeskFault, match="提出人不能批准自己的清单"):
        retention.approve(supervisor_desk, run_id)
    assert retention.runs(supervisor_desk)[0].state is RunState.PROPOSED
    me = supervisor_desk.actor.account_id
    with pytest.raises(IntegrityError, match="second_person"), supervisor_desk.work(None) as session:
        session.execute(update(RetentionRun).values(approved_by=me))


def test_a_list_names_due_matters_each_once(old: list[Registered], admin_desk: Desk, clock: Clock) -> None:
    with pytest.raises(DeskFault, match="先勾选"):
        retention.propose(admin_desk, [])
    with pytest.raises(DeskFault, match="最多 500 件"):
        retention.propose(admin_desk, range(1, 502))
    with pytest.raises(DeskFault, match="不到期"):
        retention.propose(admin_desk, [old[0].matter_id, 999])
    run_id = retention.propose(admin_desk, [old[0].matter_id] * 2)
    with pytest.raises(DeskFault, match="另一份清单"):
        retention.propose(admin_desk, [old[0].matter_id, old[2].matter_id])
    retention.withdraw(admin_desk, run_id)
    assert retention.propose(admin_desk, [old[0].matter_id, old[2].matter_id]) > run_id


def test_a_list_is_withdrawn_once_and_then_does_nothing(
    old: list[Registered], admin_desk: Desk, supervisor_desk: Desk
) -> None:
    run_id = _approved(admin_desk, supervisor_desk, old[0])
    retention.withdraw(supervisor_desk, run_id)
    for again in (retention.withdraw, retention.carry_out, retention.approve):
        with pytest.raises(DeskFault, match="已撤回"):
            again(supervisor_desk, run_id)
    assert {row.run_id for row in retention.due(supervisor_desk)} == {None}


# -- carrying out ------------------------------------------------------------------------------------------------------


def test_only_what_is_on_the_list_and_still_due_is_anonymised(
    old: list[Registered], clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    run_id = _approved(admin_desk, supervisor_desk, old[0], old[2])
    _again(clerk_desk, new_form, old[2])
    assert retention.carry_out(supervisor_desk, run_id) == CarriedOut(anonymised=1, dropped=1)
    assert _anonymised(admin_desk) == {old[0].matter_id}
    (run,) = retention.runs(admin_desk)
    assert (run.state, run.matters, run.anonymised) == (RunState.DONE, 2, 1)
    with pytest.raises(DeskFault, match="已执行，不能再执行"):
        retention.carry_out(supervisor_desk, run_id)
    with pytest.raises(DeskFault, match="已执行，不能再撤回"):
        retention.withdraw(supervisor_desk, run_id)


def _anonymised(desk: Desk) -> set[int]:
    with desk.look(None) as session:
        return set(session.scalars(select(Matter.id).where(Matter.anonymised_at.is_not(None))))


class Cut(Exception):
    """The work ends here."""


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_cut_at_any_moment_leaves_whole_matters_and_the_rest_is_done_later(
    clerk_desk: Desk,
    admin_desk: Desk,
    supervisor_desk: Desk,
    new_form: NewForm,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    steps: int,
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 1)
    made = [register(clerk_desk, new_form()) for _ in range(3)]
    clock.advance(days=11 * 366)
    run_id = _approved(admin_desk, supervisor_desk, *made)
    told: list[tuple[int, int, str]] = []

    def cut(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if len(told) == steps:
            raise Cut

    try:
        retention.carry_out(admin_desk, run_id, cut)
    except Cut:
        assert retention.runs(admin_desk)[0].state is RunState.APPROVED
        assert len(_anonymised(admin_desk)) == min(steps - 1, 3)
        whole = [lookup.open_matter(clerk_desk, one.matter_id) for one in made]
        assert {(one.anonymised_at is None, one.title == "建筑工地拖欠工资") for one in whole} <= {
            (True, True),
            (False, False),
        }
        assert retention.carry_out(supervisor_desk, run_id) == CarriedOut(3, 0)
    assert len(_anonymised(admin_desk)) == 3
    assert told[0] == (0, 3, "正在匿名")


def test_everything_leaves_a_trace_without_a_name(
    old: list[Registered], admin_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk
) -> None:
    retention.withdraw(admin_desk, retention.propose(admin_desk, [old[2].matter_id]))
    run_id = _approved(admin_desk, supervisor_desk, old[0])
    retention.carry_out(supervisor_desk, run_id)
    trail = [(row.action, row.record, row.detail) for row in audit.entries(auditor_desk, limit=6)]
    assert trail[::-1] == [
        ("提出到期清理", "到期清理清单 1", "1 件"),
        ("撤回到期清理", "到期清理清单 1", "1 件"),
        ("提出到期清理", "到期清理清单 2", "1 件"),
        ("批准到期清理", "到期清理清单 2", "1 件"),
        ("到期匿名", f"信访事项 {old[0].matter_id}", "清单 2"),
        ("执行到期清理", "到期清理清单 2", "匿名 1 件，不再到期 0 件"),
    ]
    assert audit.verify(auditor_desk).first_broken is None


def test_old_drafts_go_with_it_and_young_ones_stay(
    old: list[Registered], clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk, clock: Clock
) -> None:
    content = registration_content(RegistrationDraft(RegistrationForm(title="半张")))
    drafts.keep(clerk_desk, DraftKind.REGISTRATION, content)
    clock.advance(days=31)
    young = drafts.keep(clerk_desk, DraftKind.REGISTRATION, content)
    retention.carry_out(admin_desk, _approved(admin_desk, supervisor_desk, old[0]))
    assert [row.draft_id for row in drafts.offered(clerk_desk)] == [young]
    assert "放弃草稿" in [row.action for row in audit.entries(auditor_desk, limit=4)]


def test_a_clerk_goes_on_registering_between_two_steps(
    old: list[Registered], clerk_desk: Desk, admin_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    saved: list[Registered] = []
    run_id = _approved(admin_desk, supervisor_desk, old[0], old[2])
    retention.carry_out(admin_desk, run_id, lambda *_: saved.append(register(clerk_desk, new_form())))
    assert len(saved) >= 2
    assert all(lookup.open_matter(clerk_desk, one.matter_id).title == "建筑工地拖欠工资" for one in saved)
    assert _anonymised(admin_desk) == {old[0].matter_id, old[2].matter_id}


def test_what_a_restore_put_aside_is_counted(admin_desk: Desk) -> None:
    assert retention.stores_kept(admin_desk) == 0
    (admin_desk.store.directory / "kept" / "20261123-090000-before-restore").mkdir(parents=True)
    assert retention.stores_kept(admin_desk) == 1
