"""Sheets: numbered before they are printed, told apart from reprints, recorded once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Protocol

import pytest

from onevisit.desk import audit, consult, issue, leaving, lookup, route, unit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotAllowedError, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.issue import IssuedCopy
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import AdvisedWay, PaperOutcome
from onevisit.rules.forms import ConsultationForm, RegistrationForm

NewForm = Callable[..., RegistrationForm]
ADVICE = ConsultationForm(facts="有欠条。", advice="可以直接起诉。", ways=(AdvisedWay.LITIGATION,))
SPOILED = [outcome for outcome in PaperOutcome if outcome.spoiled]
CAME_OUT, JAMMED, PENDING = PaperOutcome.CAME_OUT, PaperOutcome.JAMMED, PaperOutcome.PENDING


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def advance(self, **time: float) -> None: ...


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form(wants_lawyer=True))


def printed(desk: Desk, visit: Registered, outcome: PaperOutcome = PENDING) -> IssuedCopy:
    copy = issue.issue(desk, visit.visit_id, paper="roll80", queue="POS-80")
    issue.record_outcome(desk, copy.copy_id, outcome)
    return copy


def marks(desk: Desk, visit: Registered) -> list[tuple[int, int, int]]:
    return [(row.edition, row.copy_no, row.reprint_no) for row in issue.copies(desk, visit.visit_id)]


# numbers of sheets


def test_a_preview_takes_no_number(clerk_desk: Desk, auditor_desk: Desk, visit: Registered) -> None:
    before = audit.entries(auditor_desk)
    for _ in range(3):
        data, mark = issue.preview(clerk_desk, visit.visit_id)
        assert (data.edition, mark.copy_no, mark.reprint_no) == (1, 1, 0)
    assert issue.copies(clerk_desk, visit.visit_id) == ()
    assert audit.entries(auditor_desk) == before
    copy = printed(clerk_desk, visit)
    assert (copy.data, copy.mark) == (data, mark)
    assert copy.visit_id == visit.visit_id


def test_a_mark_says_who_prints_and_when(supervisor_desk: Desk, visit: Registered, clock: Clock) -> None:
    clock.advance(hours=3)
    copy = printed(supervisor_desk, visit)
    assert (copy.mark.staff_no, copy.mark.printed_at) == ("004", supervisor_desk.now())
    # whoever prints it, the slip names who registered
    assert copy.data.staff_no == "002"


def test_a_sheet_after_one_that_came_out_is_a_reprint(clerk_desk: Desk, visit: Registered) -> None:
    for _ in range(3):
        printed(clerk_desk, visit, CAME_OUT)
    assert marks(clerk_desk, visit) == [(1, 1, 0), (1, 2, 1), (1, 3, 2)]


def test_a_sheet_after_one_that_may_have_come_out_is_a_reprint(clerk_desk: Desk, visit: Registered) -> None:
    printed(clerk_desk, visit, PENDING)
    assert printed(clerk_desk, visit).mark.reprint_no == 1


@pytest.mark.parametrize("outcome", SPOILED)
def test_a_sheet_after_a_spoiled_one_is_no_reprint_but_has_its_own_number(
    clerk_desk: Desk, visit: Registered, outcome: PaperOutcome
) -> None:
    printed(clerk_desk, visit, outcome)
    assert issue.preview(clerk_desk, visit.visit_id)[1].reprint_no == 0
    printed(clerk_desk, visit, CAME_OUT)
    printed(clerk_desk, visit, outcome)
    printed(clerk_desk, visit, CAME_OUT)
    assert marks(clerk_desk, visit) == [(1, 1, 0), (1, 2, 0), (1, 3, 1), (1, 4, 1)]


def test_two_desks_that_print_at_once_get_different_numbers(
    clerk_desk: Desk, supervisor_desk: Desk, visit: Registered
) -> None:
    gate = Barrier(2)

    def print_some(desk: Desk) -> list[int]:
        gate.wait(timeout=10)
        return [printed(desk, visit).mark.copy_no for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        numbers = [number for some in pool.map(print_some, (clerk_desk, supervisor_desk)) for number in some]
    assert sorted(numbers) == list(range(1, 11))
    assert marks(clerk_desk, visit) == [(1, number, number - 1) for number in range(1, 11)]


# editions


def test_the_same_data_is_the_same_edition(
    clerk_desk: Desk, supervisor_desk: Desk, visit: Registered, clock: Clock
) -> None:
    first = printed(clerk_desk, visit, CAME_OUT)
    clock.advance(days=400)
    assert printed(supervisor_desk, visit).data == first.data


def test_advice_and_addenda_make_new_editions_whose_first_sheet_is_no_reprint(
    clerk_desk: Desk, lawyer_desk: Desk, visit: Registered
) -> None:
    printed(clerk_desk, visit, CAME_OUT)
    begun = consult.begin(lawyer_desk, visit.visit_id)
    kept = consult.save(lawyer_desk, begun.consultation_id, ADVICE, begun.version)
    assert issue.preview(clerk_desk, visit.visit_id)[0].edition == 1
    consult.sign(lawyer_desk, begun.consultation_id, ADVICE, kept.version)
    second = printed(clerk_desk, visit, CAME_OUT)
    assert [one.advice for one in second.data.advice] == ["可以直接起诉。"]
    printed(clerk_desk, visit, JAMMED)
    consult.add_addendum(lawyer_desk, begun.consultation_id, "时效还有两年。")
    third = printed(clerk_desk, visit, CAME_OUT)
    assert third.data.advice[0].addenda == ("11月23日：时效还有两年。",)
    assert marks(clerk_desk, visit) == [(1, 1, 0), (2, 1, 0), (2, 2, 1), (3, 1, 0)]
    assert (second.data.edition, third.data.edition) == (2, 3)


def test_the_day_list_says_where_the_slip_stands(clerk_desk: Desk, lawyer_desk: Desk, visit: Registered) -> None:
    def state() -> str:
        (row,) = lookup.today(clerk_desk).rows
        return row.slip_state

    said = [state()]
    for outcome in (JAMMED, PENDING, CAME_OUT, JAMMED):
        printed(clerk_desk, visit, outcome)
        said.append(state())
    begun = consult.begin(lawyer_desk, visit.visit_id)
    consult.sign(lawyer_desk, begun.consultation_id, ADVICE, begun.version)
    said.append(state())
    printed(clerk_desk, visit, JAMMED)
    said.append(state())
    printed(clerk_desk, visit, CAME_OUT)
    said.append(state())
    assert said == ["", "spoiled", "pending", "came_out", "came_out", "outdated", "spoiled", "came_out"]


def test_a_unit_that_changes_its_hours_spoils_no_slip_of_the_past(
    clerk_desk: Desk, admin_desk: Desk, visit: Registered, log_in: Callable[[Role], Desk]
) -> None:
    printed(clerk_desk, visit, CAME_OUT)
    unit.save_unit(admin_desk, replace(admin_desk.unit, opening_hours="工作日 9:00–17:00", phone="0632-3311111"))
    (row,) = lookup.today(log_in(Role.CLERK)).rows
    assert row.slip_state == "came_out"
    assert issue.preview(log_in(Role.CLERK), visit.visit_id)[0].edition == 2, "but a new sheet says the new hours"


# outcomes


def test_that_it_came_out_is_recorded_once(clerk_desk: Desk, visit: Registered, clock: Clock) -> None:
    copy = printed(clerk_desk, visit, CAME_OUT)
    clock.advance(minutes=1)
    issue.record_outcome(clerk_desk, copy.copy_id, CAME_OUT)
    handed = [line for line in lookup.open_matter(clerk_desk, visit.matter_id).timeline if line.kind == "回执"]
    assert [line.text for line in handed] == ["打印回执第 1 版第 1 份"]
    for outcome in (*SPOILED, PENDING):
        with pytest.raises(DeskFault) as caught:
            issue.record_outcome(clerk_desk, copy.copy_id, outcome)
        assert "已打印" in caught.value.sentence
    assert [row.outcome for row in issue.copies(clerk_desk, visit.visit_id)] == [CAME_OUT]


def test_a_spoiled_sheet_leaves_no_step_and_a_reprint_says_so(clerk_desk: Desk, visit: Registered) -> None:
    for outcome in (JAMMED, CAME_OUT, CAME_OUT):
        printed(clerk_desk, visit, outcome)
    timeline = lookup.open_matter(clerk_desk, visit.matter_id).timeline
    assert [line.text for line in timeline if line.kind == "回执"] == [
        "打印回执第 1 版第 2 份",
        "打印回执第 1 版第 3 份，补打第 1 次",
    ]


def test_a_sheet_said_to_be_jammed_may_still_be_found_good_but_not_unlooked_at(
    clerk_desk: Desk, visit: Registered
) -> None:
    copy = printed(clerk_desk, visit, JAMMED)
    with pytest.raises(DeskFault) as caught:
        issue.record_outcome(clerk_desk, copy.copy_id, PENDING)
    assert "卡纸" in caught.value.sentence
    issue.record_outcome(clerk_desk, copy.copy_id, PaperOutcome.WRONG_PAPER)
    issue.record_outcome(clerk_desk, copy.copy_id, CAME_OUT)
    assert [row.outcome for row in issue.copies(clerk_desk, visit.visit_id)] == [CAME_OUT]


def test_the_history_names_every_sheet(clerk_desk: Desk, supervisor_desk: Desk, visit: Registered) -> None:
    first = printed(clerk_desk, visit, JAMMED)
    second = issue.issue(supervisor_desk, visit.visit_id, paper="a5", queue="激光")
    rows = issue.copies(clerk_desk, visit.visit_id)
    assert [(row.copy_id, row.paper, row.queue, row.staff_no, row.outcome) for row in rows] == [
        (first.copy_id, "roll80", "POS-80", "002", JAMMED),
        (second.copy_id, "a5", "激光", "004", PENDING),
    ]
    assert {row.printed_at for row in rows} == {clerk_desk.now()}
    assert lookup.open_matter(clerk_desk, visit.matter_id).visits[0].copies == rows


def test_a_number_once_taken_survives_the_log_out(
    house: House, clerk_desk: Desk, visit: Registered, log_in: Callable[[Role], Desk]
) -> None:
    first = issue.issue(clerk_desk, visit.visit_id, paper="roll80", queue="POS-80")
    house.close()
    desk = log_in(Role.CLERK)
    again = printed(desk, visit)
    assert (again.mark.copy_no, again.mark.reprint_no) == (2, 1)
    assert again.data == first.data
    issue.record_outcome(desk, first.copy_id, CAME_OUT, pdf_digest=b"\x01" * 32)


def test_every_sheet_and_outcome_is_in_the_trail(clerk_desk: Desk, auditor_desk: Desk, visit: Registered) -> None:
    first = printed(clerk_desk, visit, JAMMED)
    second = printed(clerk_desk, visit, CAME_OUT)
    newest = [(row.who, row.action, row.record) for row in audit.entries(auditor_desk, limit=4)]
    assert newest == [
        ("窗口员（002）", action, f"回执打印件 {copy.copy_id}")
        for copy in (second, first)
        for action in ("记录打印结果", "出具回执")
    ]


# who may


@pytest.mark.parametrize("role", [Role.LAWYER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_do_not_print(clerk_desk: Desk, log_in: Callable[[Role], Desk], visit: Registered, role: Role) -> None:
    copy = printed(clerk_desk, visit)
    desk = log_in(role)
    tries: tuple[Callable[[], object], ...] = (
        lambda: issue.preview(desk, visit.visit_id),
        lambda: issue.issue(desk, visit.visit_id, paper="a5", queue="x"),
        lambda: issue.record_outcome(desk, copy.copy_id, CAME_OUT),
    )
    for attempt in tries:
        with pytest.raises(NotAllowedError):
            attempt()
    assert [row.outcome for row in issue.copies(clerk_desk, visit.visit_id)] == [PENDING]


def test_what_is_not_there_or_not_to_be_known_is_not_printed(
    clerk_desk: Desk, supervisor_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    copy = printed(clerk_desk, secret)
    other = colleague(Role.CLERK)
    tries: tuple[Callable[[], object], ...] = (
        lambda: issue.preview(other, secret.visit_id),
        lambda: issue.issue(other, secret.visit_id, paper="a5", queue="x"),
        lambda: issue.record_outcome(other, copy.copy_id, CAME_OUT),
        lambda: issue.copies(other, secret.visit_id),
        lambda: issue.preview(clerk_desk, 4711),
        lambda: issue.record_outcome(clerk_desk, 4711, CAME_OUT),
    )
    for attempt in tries:
        with pytest.raises(NotFoundError):
            attempt()
    assert printed(supervisor_desk, secret, CAME_OUT).mark.copy_no == 2


# who waits for a slip


def waits(desk: Desk, visit: Registered) -> bool:
    return route.case(desk, visit_id=visit.visit_id).awaits_slip


def test_a_visitor_waits_until_a_sheet_came_out_or_may_have(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=False))
    assert waits(clerk_desk, visit)
    copy = printed(clerk_desk, visit)
    assert not waits(clerk_desk, visit)
    issue.record_outcome(clerk_desk, copy.copy_id, JAMMED)
    assert waits(clerk_desk, visit)
    printed(clerk_desk, visit, CAME_OUT)
    assert not waits(clerk_desk, visit)


def test_only_whoever_registered_a_visitor_today_who_is_still_here_has_somebody_waiting(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm, colleague: Callable[[Role], Desk], clock: Clock
) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=False))
    assert [waits(desk, visit) for desk in (clerk_desk, supervisor_desk, colleague(Role.CLERK))] == [True, False, False]
    leaving.leave(clerk_desk, visit.visit_id)
    assert not waits(clerk_desk, visit)
    leaving.come_back(clerk_desk, visit.visit_id)
    assert waits(clerk_desk, visit)
    clock.advance(days=1)
    assert not waits(clerk_desk, visit)


def test_who_sees_a_lawyer_first_waits_for_the_slip_afterwards(
    clerk_desk: Desk, lawyer_desk: Desk, visit: Registered
) -> None:
    assert not waits(clerk_desk, visit)
    begun = consult.begin(lawyer_desk, visit.visit_id)
    assert not waits(clerk_desk, visit)
    consult.sign(lawyer_desk, begun.consultation_id, ADVICE, begun.version)
    assert waits(clerk_desk, visit)
