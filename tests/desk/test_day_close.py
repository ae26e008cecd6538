"""日终: what the day was, what is open, and a sheet that is frozen for good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from tests.desk.conftest import Clock

from onevisit.desk import audit, consult, day_close, drafts, issue
from onevisit.desk.backups import make_backup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import AdvisedWay, PaperOutcome
from onevisit.rules.day_close import BackupLine, DaySheet, NumberUse, OpenKind, SheetCount
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import BackupOccasion, DraftKind
from onevisit.store.audit import last

NewForm = Callable[..., RegistrationForm]
ADVICE = ConsultationForm(facts="有欠条。", advice="可以直接起诉。", ways=(AdvisedWay.LITIGATION,))


def hand_out(desk: Desk, visit: Registered, outcome: PaperOutcome = PaperOutcome.CAME_OUT) -> None:
    sheet = issue.issue(desk, visit.visit_id, paper="roll80", queue="q")
    issue.record_outcome(desk, sheet.copy_id, outcome)


def kinds(sheet: DaySheet) -> list[tuple[OpenKind, int]]:
    return [(item.kind, item.queue_no) for item in sheet.open_items]


def test_a_day_without_visits_has_only_its_backup_open(clerk_desk: Desk) -> None:
    sheet = day_close.preview(clerk_desk)
    assert (sheet.day, sheet.edition, sheet.staff_no, sheet.code) == (date(2026, 11, 23), 1, "002", "")
    assert (sheet.batches, sheet.numbers, sheet.sheets, sheet.signed) == (0, NumberUse(), SheetCount(), 0)
    assert sheet.backup == BackupLine()
    assert kinds(sheet) == [(OpenKind.NO_BACKUP, 0)]
    assert sheet.practice


def test_figures_numbers_and_everything_that_is_open(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm) -> None:
    visits = [register(clerk_desk, new_form(headcount=1 + 5 * (n == 1), wants_lawyer=n in {1, 2, 3})) for n in range(5)]
    hand_out(clerk_desk, visits[0])
    hand_out(clerk_desk, visits[1], PaperOutcome.JAMMED)
    issue.issue(clerk_desk, visits[2].visit_id, paper="roll80", queue="q")
    consult.begin(lawyer_desk, visits[2].visit_id)
    begun = consult.begin(lawyer_desk, visits[3].visit_id)
    hand_out(clerk_desk, visits[3])
    consult.sign(lawyer_desk, begun.consultation_id, ADVICE, begun.version)
    drafts.keep(clerk_desk, DraftKind.REGISTRATION, "{}")
    sheet = day_close.preview(clerk_desk)
    assert (sheet.batches, sheet.persons, sheet.first, sheet.repeat, sheet.groups) == (5, 10, 5, 0, 1)
    assert sheet.numbers == NumberUse(5, visits[0].visit_no, visits[4].visit_no)
    assert (sheet.signed, sheet.sheets) == (1, SheetCount(came_out=2, spoiled=1, pending=1))
    assert kinds(sheet) == [
        (OpenKind.WAITING, 2),
        (OpenKind.UNSIGNED, 3),
        (OpenKind.SLIP_SPOILED, 2),
        (OpenKind.SLIP_PENDING, 3),
        (OpenKind.SLIP_OUTDATED, 4),
        (OpenKind.NO_SLIP, 5),
        (OpenKind.DRAFTS, 0),
        (OpenKind.NO_BACKUP, 0),
    ]
    assert sheet.open_items[1].matter_id == visits[2].matter_id


def test_a_number_that_no_visit_has_is_named(clerk_desk: Desk, new_form: NewForm) -> None:
    visits = [register(clerk_desk, new_form()) for _ in range(4)]
    with clerk_desk.work(None) as session:
        session.execute(text("UPDATE visit SET number = 'x' WHERE id = :id"), {"id": visits[1].visit_id})
        session.execute(text("UPDATE number_series SET last = 5 WHERE series LIKE 'visit:%'"))
    assert day_close.preview(clerk_desk).numbers == NumberUse(5, visits[0].visit_no, visits[3].visit_no, gaps=(2, 5))


def test_yesterday_s_sheets_and_advice_count_for_yesterday(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    hand_out(clerk_desk, visit)
    consult.begin(lawyer_desk, visit.visit_id)
    clock.advance(days=1)
    sheet = day_close.preview(clerk_desk)
    assert (sheet.batches, sheet.sheets, sheet.numbers) == (0, SheetCount(), NumberUse())
    assert kinds(sheet) == [(OpenKind.UNSIGNED, 1), (OpenKind.NO_BACKUP, 0)]
    assert sheet.audit_entries == 0


def test_closing_freezes_the_sheet_with_the_end_of_the_trail(
    clerk_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    hand_out(clerk_desk, register(clerk_desk, new_form()))
    made = make_backup(clerk_desk, BackupOccasion.DAY_CLOSE)
    row = day_close.close(clerk_desk)
    assert row.sheet.open_items == ()
    assert row.sheet.backup == BackupLine(made.info.made_at, today=True)
    with clerk_desk.store.reading() as session:
        end = last(session)
    assert row.sheet.code.startswith(f"{end.entry}-{end.digest.hex()[:4].upper()}")
    entry = audit.entries(auditor_desk, limit=1)[0]
    assert (entry.action, entry.record, entry.detail) == ("日终", f"日终单 {row.id}", "第 1 版，没有待办")
    assert row.sheet.audit_entries == len(audit.entries(auditor_desk))
    assert day_close.closes(clerk_desk) == (row,)
    check = audit.verify(auditor_desk, typed=row.sheet.code)
    assert check.whole
    # head, backup, day close, code
    assert check.agree == 4


def test_closing_again_makes_a_new_edition_and_leaves_the_old_one(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    first = day_close.close(clerk_desk)
    clock.advance(minutes=5)
    register(clerk_desk, new_form())
    second = day_close.close(clerk_desk)
    assert (first.edition, second.edition, second.sheet.batches) == (1, 2, 1)
    assert day_close.closes(clerk_desk) == (second, first)
    clock.advance(days=1)
    assert day_close.preview(clerk_desk).edition == 1


def test_a_confidential_visit_is_a_number_to_others_and_no_more(
    clerk_desk: Desk, supervisor_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm
) -> None:
    register(clerk_desk, new_form(confidential=True, headcount=6))
    other = colleague(Role.CLERK)
    register(other, new_form())
    seen = day_close.preview(other)
    assert (seen.batches, seen.persons, seen.groups, seen.numbers.taken) == (1, 1, 0, 2)
    assert [item.queue_no for item in seen.open_items if item.visit_no] == [2]
    whole = day_close.preview(supervisor_desk)
    assert (whole.batches, whole.persons) == (2, 7)
    row = day_close.close(supervisor_desk)
    assert day_close.closes(other) == ()
    with pytest.raises(NotFoundError):
        day_close.record_printed(other, row.id)


def test_the_supervisor_sees_every_close_and_a_reprint_is_recorded(
    clerk_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk
) -> None:
    row = day_close.close(clerk_desk)
    assert day_close.closes(supervisor_desk) == (row,)
    assert row.who == "窗口员"
    for desk in (clerk_desk, supervisor_desk):
        day_close.record_printed(desk, row.id)
    assert [entry.action for entry in audit.entries(auditor_desk, limit=2)] == ["打印日终单"] * 2


def test_the_clock_s_day_is_the_day_in_china(clerk_desk: Desk, clock: Clock) -> None:
    clock.advance(hours=15, minutes=30)
    assert day_close.preview(clerk_desk).day == date(2026, 11, 24)
    clock.set(clock.moment - timedelta(hours=1))
    assert day_close.preview(clerk_desk).day == date(2026, 11, 23)


def test_only_whoever_works_the_window_closes_the_day(lawyer_desk: Desk, auditor_desk: Desk, admin_desk: Desk) -> None:
    for desk in (lawyer_desk, auditor_desk, admin_desk):
        for use_case in (day_close.preview, day_close.close, day_close.closes):
            with pytest.raises(NotAllowedError):
                use_case(desk)


def test_what_is_open_reads_as_a_line(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form())
    item = day_close.preview(clerk_desk).open_items[0]
    assert item.words == f"001 号　{visit.visit_no}　没有打印回执"
    assert replace(item, kind=OpenKind.DRAFTS, count=3).words == "还有没登记完的草稿（3 份）"
