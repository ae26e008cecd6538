"""Figures read from a real store: what is counted, what is shown behind it, and to whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select
from tests.desk.conftest import Clock
from tests.desk.lived import shown as now

from onevisit.desk import audit, calls, consult, figure_rows, life_split
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError
from onevisit.desk.figure_rows import AT_ONCE, Behind, rows_behind, visit_table
from onevisit.desk.figures import clock_facts, figures, record_printed, record_workbook, report
from onevisit.desk.house_rules import add_rules
from onevisit.desk.policy import save_policy
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import StepFacts, open_for_change, seen, take_step
from onevisit.rules import ruleset_text
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import CallForm, CallOutcome, EvaluationForm, EvaluationSubject, EvaluationValue
from onevisit.rules.classification import ContentClass, PetitionClass, Purpose, ReturnReason
from onevisit.rules.extensions import Approver
from onevisit.rules.figure_facts import Filters, Span
from onevisit.rules.figure_words import how
from onevisit.rules.figures import (
    ALL,
    IN_TIME,
    KEPT,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    UNKNOWN,
    FigureKey,
    Share,
    Timeliness,
    Waiting,
)
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.policy import Policy
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm
from onevisit.rules.trail import ExportReason
from onevisit.store.tables import ClockExtension, ClockStop, Evaluation, Matter

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
MONTH = Span.month_of(TODAY)
YEAR = Span.year_of(TODAY)


def step(desk: Desk, visit: Registered, action: Action, on: date, handling: Handling = Handling.TRANSFER) -> None:
    given = (handling, Procedure.OPINION) if action is Action.ROUTE else (None, None)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, seen(session.get_one(Matter, visit.matter_id)))
        take_step(desk, session, matter, action, StepFacts(on), handling=given[0], procedure=given[1])
        if action is Action.ROUTE:
            matter.lead_organ = "薛城区人力资源和社会保障局"


def closed_at_once(desk: Desk, visit: Registered, on: date) -> None:
    step(desk, visit, Action.ROUTE, on, Handling.ANSWER)
    step(desk, visit, Action.CLOSE, on)


def again(form: RegistrationForm, first: Registered) -> RegistrationForm:
    same = (MatterAnswer(first.matter_id, Answer.SAME),)
    return replace(form, matter_answers=same, return_reason=ReturnReason.NOT_TOLD)


def evaluate(
    desk: Desk, visit: Registered, subject: EvaluationSubject, value: EvaluationValue, asked_on: date = TODAY
) -> None:
    with desk.work(Permission.FOLLOW_UP) as session:
        session.add(
            Evaluation(
                matter_id=visit.matter_id,
                subject=subject,
                value=value,
                asked_on=asked_on,
                recorded_at=desk.now(),
                account_id=desk.actor.account_id,
            )
        )


def at(clock: Clock, day: date, hour: int = 9) -> datetime:
    clock.set(datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC))
    return clock()


def test_an_empty_span_is_all_noughts_and_dashes(clerk_desk: Desk) -> None:
    found = figures(clerk_desk, MONTH)
    assert (found.visits.batches, found.first, found.repeat) == (0, 0, 0)
    assert found.one_visit.rate.words == found.acceptance.rate.words == found.window.rate.words == "—"
    assert rows_behind(clerk_desk, FigureKey.VISITS, ALL, MONTH) == Behind((), 0, 0)


def test_visits_are_counted_with_their_reasons_and_waits(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form(wants_lawyer=True)
    arrived = clock()
    clock.advance(minutes=12)
    first = register(clerk_desk, form, arrived_at=arrived)
    clock.advance(minutes=20)
    consult.begin(lawyer_desk, first.visit_id)
    register(clerk_desk, again(form, first), arrived_at=clock())
    register(clerk_desk, new_form(headcount=6), arrived_at=clock())
    found = figures(clerk_desk, MONTH)
    assert (found.visits.batches, found.visits.persons, found.visits.group_persons) == (3, 8, 6)
    assert (found.first, found.repeat) == (2, 1)
    assert found.reasons == {"not_told": 1}
    assert found.to_desk == Waiting(3, 0, 12)
    assert found.to_lawyer == Waiting(1, 20, 20)
    (row,) = rows_behind(clerk_desk, FigureKey.REASONS, "not_told", MONTH).rows
    assert (row.note, row.petitioner, row.matter_id) == ("第 2 次：上次未一次性告知所需材料", "王伟", first.matter_id)
    assert "*" in row.masked_id
    (group,) = rows_behind(clerk_desk, FigureKey.GROUPS, ALL, MONTH).rows
    assert group.note == "6 人"
    longest = rows_behind(clerk_desk, FigureKey.TO_DESK, ALL, MONTH).rows[0]
    assert longest.note == "等了 12 分"


def test_a_group_is_one_by_the_rules_that_its_matter_keeps(
    clerk_desk: Desk, admin_desk: Desk, new_form: NewForm
) -> None:
    ten = replace(RULES_2022.group_from, value=10)
    own = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), group_from=ten)
    add_rules(admin_desk, ruleset_text.to_json(own), {})
    for people in (9, 10):
        register(clerk_desk, new_form(headcount=people))
    found = figures(clerk_desk, MONTH).visits
    assert (found.group_batches, found.group_persons) == (1, 10)
    (row,) = rows_behind(clerk_desk, FigureKey.GROUPS, ALL, MONTH).rows
    assert row.note == "10 人"


def test_the_one_visit_rate_sees_visits_after_the_span(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    march = date(2026, 3, 2)
    at(clock, march)
    forms = [new_form() for _ in range(3)]
    visits = [register(clerk_desk, form) for form in forms]
    for visit in visits[:2]:
        closed_at_once(clerk_desk, visit, march)
    at(clock, date(2026, 5, 4))
    register(clerk_desk, again(forms[1], visits[1]))
    at(clock, TODAY)
    recent = register(clerk_desk, new_form())
    closed_at_once(clerk_desk, recent, TODAY)
    spring = figures(clerk_desk, Span.month_of(march)).one_visit
    assert (spring.kept, spring.again, spring.not_closed, spring.rate.words) == (1, 1, 1, "50.0%")
    whole = figures(clerk_desk, YEAR).one_visit
    assert (whole.not_passed, whole.quiet) == (1, 1)
    (kept,) = rows_behind(clerk_desk, FigureKey.ONE_VISIT, KEPT, YEAR).rows
    assert (kept.matter_id, kept.note) == (visits[0].matter_id, "没有再来")
    assert [row.note for row in rows_behind(clerk_desk, FigureKey.ONE_VISIT, ALL, YEAR).rows] == [
        "没有再来", "5月4日又来", "还没有办结，没有再来", "没有再来"
    ]  # fmt: skip


def test_the_unit_s_own_n_is_counted_by(clerk_desk: Desk, admin_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    ten_days_ago = TODAY - timedelta(days=10)
    at(clock, ten_days_ago)
    closed_at_once(clerk_desk, register(clerk_desk, new_form()), ten_days_ago)
    at(clock, TODAY)
    assert figures(clerk_desk, MONTH).one_visit.rate == Share(0, 0)
    save_policy(admin_desk, replace(Policy(), return_days=9))
    assert figures(clerk_desk, MONTH).one_visit.rate == Share(1, 1)
    assert figures(clerk_desk, MONTH).counted.return_days == 9


def test_the_quick_pass_reads_the_clocks_that_each_matter_s_page_shows(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    september = date(2026, 9, 1)
    at(clock, september)
    visits = [register(clerk_desk, new_form()) for _ in range(4)]
    for visit in visits:
        step(clerk_desk, visit, Action.ROUTE, september)
        step(clerk_desk, visit, Action.ACCEPT, date(2026, 9, 3))
    at(clock, date(2026, 9, 10))
    with clerk_desk.work(Permission.HANDLE) as session:
        account = clerk_desk.actor.account_id
        about = {"recorded_at": clerk_desk.now(), "account_id": account}
        session.add(
            ClockExtension(
                matter_id=visits[0].matter_id, days=30, approver=Approver.HEAD, approved_by="局长", reason="复杂",
                approved_on=date(2026, 9, 9), **about,
            )
        )  # fmt: skip
        session.add(
            ClockStop(
                matter_id=visits[1].matter_id, clock=ClockKind.HANDLING, reason=StopReason.MEDIATION,
                first=date(2026, 9, 5), last=date(2026, 9, 8), note="", **about,
            )
        )  # fmt: skip
    at(clock, TODAY)
    step(clerk_desk, visits[2], Action.ANSWER, TODAY)
    with clerk_desk.look(Permission.SEARCH) as session:
        read = clock_facts(clerk_desk, session, YEAR, Filters())
        lines = due_lines(clerk_desk, session, session.scalars(select(Matter)).all())
    shown = {
        kind: {(one, line.due, line.done) for one, found in lines.items() for line in found if line.key == kind.value}
        for kind in (ClockKind.NOTICE, ClockKind.HANDLING)
    }
    for kind, facts in zip(shown, read, strict=True):
        assert {(one.matter_id, one.due, one.done) for one in facts} == {
            one for one in shown[kind] if one[1] is not None and one[1] in YEAR
        }
    assert len({one.due for one in read[1]}) == 2


def test_timeliness_counts_periods_that_end_in_the_span(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    september = date(2026, 9, 1)
    at(clock, september)
    timely, late, missing = (register(clerk_desk, new_form()) for _ in range(3))
    for visit in (timely, late, missing):
        step(clerk_desk, visit, Action.ROUTE, september)
    at(clock, date(2026, 9, 10))
    step(clerk_desk, timely, Action.ACCEPT, date(2026, 9, 10))
    at(clock, date(2026, 9, 30))
    step(clerk_desk, late, Action.ACCEPT, date(2026, 9, 30))
    at(clock, TODAY)
    step(clerk_desk, timely, Action.ANSWER, date(2026, 11, 20))
    autumn = figures(clerk_desk, YEAR)
    assert autumn.acceptance == Timeliness(1, 1, 1)
    assert autumn.answer.late == 1
    assert autumn.answer.rate == Share(0, 1)
    assert figures(clerk_desk, Span.month_of(date(2026, 10, 1))).acceptance == Timeliness(0, 0, 0)
    (row,) = rows_behind(clerk_desk, FigureKey.ACCEPTANCE, MISSING, YEAR).rows
    assert row.matter_id == missing.matter_id
    assert row.note.startswith("超期未受理（还没有办，超期 ")
    (kept,) = rows_behind(clerk_desk, FigureKey.ACCEPTANCE, IN_TIME, YEAR).rows
    assert kept.note == "及时受理（9月10日办）"
    (organ, *_) = autumn.slices[FigureKey.ORGANS]
    assert (organ.part, organ.rates[FigureKey.ACCEPTANCE]) == ("薛城区人力资源和社会保障局", Share(1, 3))


def test_what_will_never_be_closed_itself_stands_apart_from_what_is_not_closed_yet(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    gone, here = (register(clerk_desk, new_form()) for _ in range(2))
    step(clerk_desk, gone, Action.WITHDRAW, TODAY)
    found = figures(clerk_desk, MONTH).one_visit
    assert (found.not_closed, found.no_closing, found.rate) == (1, 1, Share(0, 0))
    (row,) = rows_behind(clerk_desk, FigureKey.ONE_VISIT, NO_CLOSING, MONTH).rows
    assert (row.matter_id, row.note) == (gone.matter_id, "已撤回，没有再来")
    (row,) = rows_behind(clerk_desk, FigureKey.ONE_VISIT, NOT_CLOSED, MONTH).rows
    assert (row.matter_id, row.note) == (here.matter_id, "还没有办结，没有再来")


def test_a_matter_that_lost_its_visits_still_stands_behind_a_figure(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form())
    evaluate(clerk_desk, visit, EvaluationSubject.ORGAN, EvaluationValue.SATISFIED)
    other = register(clerk_desk, new_form())
    with clerk_desk.work(Permission.HANDLE) as session:
        for one in session.get_one(Matter, visit.matter_id).visits:
            one.matter_id = other.matter_id
    (row,) = rows_behind(clerk_desk, FigureKey.UNIT, ALL, MONTH).rows
    assert (row.petitioner, row.masked_id) == ("", "")


def test_a_matter_that_was_divided_came_once(clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(headcount=3))
    with clerk_desk.look(Permission.SEARCH) as session:
        shown = seen(session.get_one(Matter, visit.matter_id))
    life_split.split(clerk_desk, shown, ["一件", "另一件"], StepForm(TODAY))
    found = figures(clerk_desk, MONTH)
    assert (found.visits.batches, found.visits.persons, found.first) == (1, 3, 1)
    assert len(rows_behind(clerk_desk, FigureKey.VISITS, ALL, MONTH).rows) == 1
    assert len(visit_table(supervisor_desk, MONTH)) == 1


def test_evaluations_are_counted_by_whom_they_are_about(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form())
    evaluate(clerk_desk, visit, EvaluationSubject.WINDOW, EvaluationValue.SATISFIED)
    evaluate(clerk_desk, visit, EvaluationSubject.ORGAN, EvaluationValue.DISSATISFIED)
    evaluate(clerk_desk, visit, EvaluationSubject.ORGAN, EvaluationValue.SILENT, date(2026, 11, 2))
    evaluate(clerk_desk, visit, EvaluationSubject.ORGAN, EvaluationValue.SILENT, date(2026, 10, 2))
    month, year = figures(clerk_desk, MONTH), figures(clerk_desk, YEAR)
    assert (month.window.rate, month.unit.rate) == (Share(1, 1), Share(0, 1))
    assert (month.unit.waiting, year.unit.silent) == (1, 1)
    (row,) = rows_behind(clerk_desk, FigureKey.UNIT, "dissatisfied", MONTH).rows
    assert (row.note, row.day) == ("不满意", TODAY)


def test_an_answer_on_the_phone_counts_like_one_at_the_screen(clerk_desk: Desk, new_form: NewForm) -> None:
    for value in (EvaluationValue.SATISFIED, EvaluationValue.DISSATISFIED):
        visit = register(clerk_desk, new_form())
        said = EvaluationForm(EvaluationSubject.WINDOW, value)
        form = CallForm(CallOutcome.REACHED, "问进度", said=(said,))
        calls.call(clerk_desk, now(clerk_desk, visit.matter_id), form)
    found = figures(clerk_desk, MONTH)
    assert (found.window.rate, found.window.waiting) == (Share(1, 2), 0)
    (row,) = rows_behind(clerk_desk, FigureKey.WINDOW, "dissatisfied", MONTH).rows
    assert row.note == "不满意"
    assert "回访时在电话里说的都算" in how(FigureKey.WINDOW, found.counted)


def test_filters_hold_for_everything_that_is_counted(clerk_desk: Desk, new_form: NewForm) -> None:
    wages = register(clerk_desk, new_form())
    other = register(clerk_desk, new_form(purpose=Purpose.ENQUIRY, content=ContentClass.OTHER, place_code="370402"))
    for visit in (wages, other):
        evaluate(clerk_desk, visit, EvaluationSubject.WINDOW, EvaluationValue.SATISFIED)
    step(clerk_desk, wages, Action.ROUTE, TODAY)
    span = Span(TODAY, date(2027, 1, 31))
    for filters in (
        Filters(petition_class=PetitionClass.CLAIM.value),
        Filters(content=ContentClass.LABOUR),
        Filters(place="370403"),
        Filters(organ="薛城区人力资源和社会保障局"),
    ):
        found = figures(clerk_desk, span, filters)
        assert (found.visits.batches, found.window.answered, found.acceptance.not_due) == (1, 1, 1)
    for none in (Filters(petition_class="none"), Filters(organ=UNKNOWN)):
        found = figures(clerk_desk, span, none)
        assert (found.visits.batches, found.acceptance.not_due) == (1, 0)
    assert figures(clerk_desk, span, Filters(place=UNKNOWN)).visits.batches == 0


def test_what_is_confidential_is_counted_and_not_shown(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form(confidential=True, title="反映某人问题")
    secret = register(clerk_desk, form)
    step(supervisor_desk, secret, Action.ROUTE, TODAY)
    clock.advance(days=20)
    register(clerk_desk, new_form())
    assert figures(clerk_desk, YEAR).visits.batches == 2
    told = rows_behind(clerk_desk, FigureKey.VISITS, ALL, YEAR)
    assert (len(told.rows), told.known, told.confidential) == (1, 1, 1)
    assert "反映某人问题" not in repr(told)
    late = rows_behind(clerk_desk, FigureKey.ACCEPTANCE, ALL, YEAR)
    assert (late.rows, late.confidential) == ((), 1)
    whole = rows_behind(supervisor_desk, FigureKey.VISITS, ALL, YEAR)
    assert [row.confidential for row in whole.rows] == [True, False]
    assert all(row.may_open for row in whole.rows)


def test_a_clerk_sees_the_own_confidential_visit_of_today_and_does_not_open_it(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    register(clerk_desk, new_form(confidential=True))
    (row,) = rows_behind(clerk_desk, FigureKey.VISITS, ALL, MONTH).rows
    assert (row.confidential, row.may_open) == (True, False)


def test_rows_are_read_page_by_page(clerk_desk: Desk, new_form: NewForm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert AT_ONCE == 200
    monkeypatch.setattr(figure_rows, "AT_ONCE", 2)
    for _ in range(3):
        register(clerk_desk, new_form())
    first = rows_behind(clerk_desk, FigureKey.VISITS, ALL, MONTH)
    rest = rows_behind(clerk_desk, FigureKey.VISITS, ALL, MONTH, offset=2)
    assert (len(first.rows), first.known) == (2, 3)
    assert [row.place for row in (*first.rows, *rest.rows)] == [0, 1, 2]


def test_days_the_wrong_way_round_are_told(clerk_desk: Desk, supervisor_desk: Desk) -> None:
    wrong = Span(TODAY, TODAY - timedelta(days=1))
    for ask in (
        lambda: figures(clerk_desk, wrong),
        lambda: rows_behind(clerk_desk, FigureKey.VISITS, ALL, wrong),
        lambda: visit_table(supervisor_desk, wrong),
    ):
        with pytest.raises(FormError, match="结束日期"):
            ask()


def test_the_statements_are_few_however_many_rows(clerk_desk: Desk, new_form: NewForm) -> None:
    def statements() -> int:
        heard: list[str] = []

        def hear(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
            heard.append(text)

        event.listen(Engine, "before_cursor_execute", hear)
        figures(clerk_desk, YEAR)
        event.remove(Engine, "before_cursor_execute", hear)
        return len(heard)

    for _ in range(2):
        step(clerk_desk, register(clerk_desk, new_form()), Action.ROUTE, TODAY)
    few = statements()
    for _ in range(5):
        step(clerk_desk, register(clerk_desk, new_form()), Action.ROUTE, TODAY)
    assert statements() == few < 25


def test_the_report_says_who_made_it_and_printing_leaves_a_trace(clerk_desk: Desk, auditor_desk: Desk) -> None:
    made = report(clerk_desk, MONTH, Filters(place="370403"))
    assert (made.staff_no, made.unit, made.practice) == ("002", clerk_desk.unit, True)
    assert made.figures.span == MONTH
    record_printed(clerk_desk, MONTH)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.detail) == ("打印月报", "20261101-20261130")


def test_visits_leave_with_the_figures_only_for_whoever_may_export(
    clerk_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    register(clerk_desk, new_form())
    register(clerk_desk, new_form(content=ContentClass.OTHER))
    assert len(visit_table(supervisor_desk, MONTH, Filters(content=ContentClass.LABOUR))) == 1
    record_workbook(clerk_desk, MONTH, ExportReason.STATISTICS, 0)
    with pytest.raises(NotAllowedError):
        record_workbook(clerk_desk, MONTH, ExportReason.STATISTICS, 1)
    record_workbook(supervisor_desk, MONTH, ExportReason.INSPECTION, 2)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.detail) == ("导出统计表", "上级检查或督查，20261101-20261130，2 行")
