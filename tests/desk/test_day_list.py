"""The visits of a day, its figures, and where a day begins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest
from tests.desk.lived import TODAY, shown

from onevisit.desk import consult, day_close, issue, leaving, life_split, likeness, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.house_rules import add_rules
from onevisit.desk.lawbook import RULES
from onevisit.desk.register import Registered, register
from onevisit.desk.register import likenesses as register_likenesses
from onevisit.rules import ruleset_text
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import PaperOutcome, ReplyMethod, ReturnReason
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.rulebook import RULES_2022, RuleSetFault
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import HouseText, Matter

NewForm = Callable[..., RegistrationForm]


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def set(self, moment: datetime) -> None: ...


def printed(desk: Desk, visit: Registered, outcome: PaperOutcome) -> None:
    copy = issue.issue(desk, visit.visit_id, paper="roll80", queue="POS-80")
    issue.record_outcome(desk, copy.copy_id, outcome)


def again(form: RegistrationForm, first: Registered) -> RegistrationForm:
    """The form of another visit on the matter of ``first``."""
    same = (MatterAnswer(first.matter_id, Answer.SAME),)
    return replace(form, matter_answers=same, return_reason=ReturnReason.NO_ANSWER)


def test_an_empty_day_is_all_noughts(clerk_desk: Desk) -> None:
    assert lookup.today(clerk_desk) == lookup.Today(date(2026, 11, 23), (), lookup.DayFigures(0, 0, 0, 0, 0, 0, 0))


def test_the_figures_count_batches_and_persons_apart(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form(wants_lawyer=True)
    one = register(clerk_desk, form)
    register(clerk_desk, again(form, one))
    group = register(clerk_desk, new_form(headcount=18))
    four = register(clerk_desk, new_form(headcount=4))
    anonymous = new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE)
    unnamed = register(clerk_desk, anonymous)
    consult.begin(lawyer_desk, one.visit_id)
    for visit, outcome in ((group, PaperOutcome.CAME_OUT), (four, PaperOutcome.JAMMED), (one, PaperOutcome.PENDING)):
        printed(clerk_desk, visit, outcome)
    today = lookup.today(clerk_desk)
    assert today.figures == lookup.DayFigures(
        batches=5, persons=25, first=4, repeat=1, groups=1, waiting=1, without_slip=4, here=5
    )
    told = [(row.visit_id, row.lawyer_state, row.slip_state) for row in today.rows]
    second = told[3][0]
    assert told == [
        (unnamed.visit_id, "", ""),
        (four.visit_id, "", "spoiled"),
        (group.visit_id, "", "came_out"),
        (second, "waiting", ""),
        (one.visit_id, "opened", "pending"),
    ]


def test_people_whose_matter_was_divided_came_once(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(headcount=6)
    whole = register(clerk_desk, form)
    before = lookup.today(clerk_desk).figures
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["工资", "工伤"], StepForm(TODAY))
    today = lookup.today(clerk_desk)
    assert [(row.title, row.of_part) for row in today.rows] == [
        ("工伤", True),
        ("工资", True),
        ("建筑工地拖欠工资", False),
    ]
    assert today.figures == replace(before, without_slip=3)
    sheet = day_close.preview(clerk_desk)
    assert (sheet.batches, sheet.persons, sheet.first, sheet.groups) == (1, 6, 1, 1)
    assert sheet.numbers.taken == 3
    with clerk_desk.look(Permission.REGISTER) as session:
        (known,) = likeness.look_for(clerk_desk, session, form).persons
    assert known.visits == 1
    of_part = (MatterAnswer(today.rows[0].matter_id, Answer.SAME),)
    register(clerk_desk, replace(again(form, whole), headcount=1, matter_answers=of_part))
    figures = lookup.today(clerk_desk).figures
    assert (figures.batches, figures.persons, figures.repeat) == (2, 7, 1)


def test_a_group_is_one_by_the_rules_that_its_matter_keeps(
    admin_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    register(clerk_desk, new_form(headcount=5))
    figure = replace(RULES_2022.group_from, value=10)
    own = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), group_from=figure)
    add_rules(admin_desk, ruleset_text.to_json(own), {})
    for people in (9, 10):
        register(clerk_desk, new_form(headcount=people))
    today = lookup.today(clerk_desk)
    assert [row.group for row in today.rows] == [True, False, True]
    assert today.figures.groups == 2


def test_a_matter_whose_rules_cannot_be_read_keeps_nobody_from_the_day_nor_from_the_next_visit(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    printed(clerk_desk, visit, PaperOutcome.CAME_OUT)
    with clerk_desk.work(Permission.REGISTER) as session:
        who = clerk_desk.actor.account_id
        session.add(HouseText(name=f"{RULES}local", content="{", changed_at=clerk_desk.now(), account_id=who))
        session.get_one(Matter, visit.matter_id).rule_set = "local"
    today = lookup.today(clerk_desk)
    assert [(row.slip_state, row.group) for row in today.rows] == [("came_out", False)]
    assert day_close.preview(clerk_desk).batches == 1
    (known,) = register_likenesses(clerk_desk, form).matters
    assert "电话" in known.promise
    assert register(clerk_desk, again(form, visit)).ordinal == 2
    with pytest.raises(RuleSetFault, match="读不出"):
        issue.preview(clerk_desk, visit.visit_id)


def test_a_row_tells_what_a_list_needs_with_masked_numbers(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(urgent=True)
    visit = register(clerk_desk, form)
    (row,) = lookup.today(clerk_desk).rows
    assert (row.visit_id, row.matter_id, row.visit_no) == (visit.visit_id, visit.matter_id, visit.visit_no)
    assert (row.matter_no, row.queue_no, row.arrived_at) == (visit.matter_no, 1, clerk_desk.now())
    assert (row.petitioner, row.title, row.clerk_no) == ("王伟", "建筑工地拖欠工资", "002")
    assert row.classification == "求决 · 劳动社保 · 薛城区"
    assert (row.repeat, row.urgent, row.confidential) == (False, True, False)
    assert form.lead is not None
    assert row.masked_id == f"370499********{form.lead.id_number[-4:]}"


def test_a_day_begins_at_midnight_in_shanghai(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    clock.set(datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC))
    before = register(clerk_desk, new_form())
    clock.set(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    after = register(clerk_desk, new_form())
    today = lookup.today(clerk_desk)
    assert (today.day, [row.visit_id for row in today.rows]) == (date(2026, 11, 24), [after.visit_id])
    yesterday = lookup.today(clerk_desk, date(2026, 11, 23))
    assert [row.visit_id for row in yesterday.rows] == [before.visit_id]
    assert (before.queue_no, after.queue_no) == (1, 1)
    assert "20261124" in after.visit_no


def test_a_visit_stands_on_the_day_of_its_arrival(clerk_desk: Desk, new_form: NewForm) -> None:
    register(clerk_desk, new_form(), arrived_at=datetime(2026, 11, 22, 15, 59, tzinfo=UTC))
    assert lookup.today(clerk_desk).rows == ()
    assert lookup.today(clerk_desk, date(2026, 11, 22)).figures.batches == 1


def test_who_left_is_not_here_and_waits_for_nobody(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    sent, later = register(clerk_desk, new_form(wants_lawyer=True)), register(clerk_desk, new_form())
    began = clerk_desk.now()
    clock.set(began + timedelta(minutes=12))
    consult.send_to_lawyer(clerk_desk, later.visit_id)
    rows = {row.visit_id: row for row in lookup.today(clerk_desk).rows}
    assert (rows[sent.visit_id].sent_at, rows[later.visit_id].sent_at) == (began, clerk_desk.now())
    leaving.leave(clerk_desk, sent.visit_id)
    today = lookup.today(clerk_desk)
    assert (today.figures.here, today.figures.waiting) == (1, 1)
    assert [(row.left_at is None, row.waits) for row in today.rows] == [(True, True), (False, False)]
    assert [row.visit_id for row in consult.waiting(lawyer_desk)] == [later.visit_id]
    assert consult.waiting_count(lawyer_desk) == 1
    leaving.come_back(clerk_desk, sent.visit_id)
    assert consult.waiting_count(lawyer_desk) == 2
