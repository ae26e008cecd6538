"""The one-visit gate of a saved visit, what is left open, and what is known when somebody comes again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock

from onevisit.desk import (
    audit,
    consult,
    gate,
    issue,
    lawbook,
    leaving,
    lookup,
    policy,
    promises_due,
    route,
    route_sheets,
    urgent,
)
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.desk.urgent import open_report
from onevisit.rules import papers
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.classification import AdvisedWay, ContentClass, PaperOutcome, Purpose, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, ConsultationForm, GateAnswer, MatterAnswer, RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.policy import Policy
from onevisit.rules.procedures import Procedure
from onevisit.rules.readiness import Check, Finding
from onevisit.rules.return_causes import suggest
from onevisit.rules.route_choice import Decision
from onevisit.rules.route_sheets import SheetKind
from onevisit.rules.routes import Handling
from onevisit.rules.urgent import UrgentAddressee
from onevisit.store.tables import GateReason, HouseText, Matter

NewForm = Callable[..., RegistrationForm]
LogIn = Callable[[Role], Desk]


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


def keys(desk: Desk, visit: Registered) -> list[str]:
    return [one.key for one in gate.gate(desk, visit.visit_id).gate.findings]


def finding(desk: Desk, visit: Registered, key: str) -> Finding:
    return next(one for one in gate.gate(desk, visit.visit_id).gate.findings if one.key == key)


def hand_over(desk: Desk, visit: Registered) -> None:
    copy = issue.issue(desk, visit.visit_id, paper="roll80", queue="q")
    issue.record_outcome(desk, copy.copy_id, PaperOutcome.CAME_OUT)


def decide(desk: Desk, visit: Registered, decision: Decision) -> None:
    case = route.case(desk, visit_id=visit.visit_id)
    route.decide(desk, case.seen, decision, case.suggested)


def come_again(desk: Desk, visit: Registered, form: RegistrationForm) -> Registered:
    again = replace(
        form,
        matter_answers=(MatterAnswer(visit.matter_id, Answer.SAME),),
        return_reason=ReturnReason.ASKS_PROGRESS,
    )
    return register(desk, again)


def own_papers(desk: Desk, content: str) -> None:
    with desk.work(Permission.REGISTER) as session:
        moment, who = desk.now(), desk.actor.account_id
        session.add(HouseText(name=lawbook.PAPERS, content=content, changed_at=moment, account_id=who))


def test_route_and_slip_are_open_until_they_are_done(clerk_desk: Desk, visit: Registered) -> None:
    assert {"route", "slip"} <= set(keys(clerk_desk, visit))
    hand_over(clerk_desk, visit)
    decide(clerk_desk, visit, Decision(Handling.LOWER, Procedure.OPINION, ("某区人社局",), reason="双方都在区里"))
    found = gate.gate(clerk_desk, visit.visit_id)
    assert {"回执已交给来访人", "去向已定：转送下级"} <= set(found.gate.fine)
    assert [one.key for one in found.gate.findings] == ["answer_day"]
    assert (found.visit_no, found.matter_id, found.kept) == (visit.visit_no, visit.matter_id, True)


def test_a_promise_for_the_answer_mends_it(clerk_desk: Desk, visit: Registered) -> None:
    decide(clerk_desk, visit, Decision(Handling.LOWER, Procedure.OPINION, ("某区人社局",), reason="在区里"))
    assert "answer_day" in keys(clerk_desk, visit)
    shown = lookup.open_matter(clerk_desk, visit.matter_id).seen
    promises_due.make(clerk_desk, shown, PromiseForm("电话联系您", local_day(clerk_desk.now())))
    assert "answer_day" not in keys(clerk_desk, visit)


def test_whoever_is_guided_takes_the_papers_of_the_other_office_along(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(materials=()))
    hand_over(clerk_desk, visit)
    told = issue.preview(clerk_desk, visit.visit_id)[0].missing_papers
    assert told
    organ = "某区劳动人事争议仲裁委员会"
    decide(clerk_desk, visit, Decision(Handling.GUIDE, Procedure.ARBITRATION, (organ,), reason="劳动争议"))
    assert {"wrong_papers", "notice", "directory"} <= set(keys(clerk_desk, visit))
    assert issue.preview(clerk_desk, visit.visit_id)[0].missing_papers == ()
    hand_over(clerk_desk, visit)
    assert "wrong_papers" not in keys(clerk_desk, visit)


def test_an_organ_of_the_directory_is_known(clerk_desk: Desk, visit: Registered) -> None:
    with clerk_desk.look(None) as session:
        organ = next(one for one in lawbook.directory(session) if one.address and one.phone and one.hours)
    decide(clerk_desk, visit, Decision(Handling.GUIDE, Procedure.ARBITRATION, (organ.name,), reason="劳动争议"))
    assert "directory" not in keys(clerk_desk, visit)
    assert "notice" in keys(clerk_desk, visit)
    route_sheets.record_printed(clerk_desk, route.case(clerk_desk, visit_id=visit.visit_id).seen, SheetKind.GUIDANCE)
    assert "引导告知单已打印" in gate.gate(clerk_desk, visit.visit_id).gate.fine


def test_the_lists_of_the_unit_are_told(clerk_desk: Desk, visit: Registered) -> None:
    card = papers.Paper("工资卡复印件", "在家复印", ("工资卡",))
    own = replace(papers.shipped(), classes={ContentClass.LABOUR: (card,)}, example=False)
    own_papers(clerk_desk, papers.to_json(own))
    assert "工资卡复印件" in finding(clerk_desk, visit, "papers").why
    assert issue.preview(clerk_desk, visit.visit_id)[0].missing_papers == ("工资卡复印件：在家复印",)
    assert gate.hall(clerk_desk).lists == own


def test_whoever_waits_for_the_lawyer_does_not_leave(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    assert gate.hall(clerk_desk).lawyers_waiting == 1
    assert "advice" in keys(clerk_desk, visit)
    begun = consult.begin(lawyer_desk, visit.visit_id)
    consult.sign(
        lawyer_desk,
        begun.consultation_id,
        ConsultationForm("有欠条", "可以起诉", ways=(AdvisedWay.LITIGATION,)),
        begun.version,
    )
    assert "律师意见已签发" in gate.gate(clerk_desk, visit.visit_id).gate.fine
    assert gate.hall(clerk_desk).lawyers_waiting == 0


def test_whoever_left_waits_no_more(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    leaving.leave(clerk_desk, visit.visit_id)
    assert gate.hall(clerk_desk).lawyers_waiting == lookup.today(clerk_desk).figures.waiting == 0


def test_the_lawyer_is_there_by_name_or_by_the_day_of_the_week(
    log_in: LogIn, clerk_desk: Desk, admin_desk: Desk, clock: Clock
) -> None:
    assert gate.hall(clerk_desk).lawyer_on_duty == ""
    policy.save_policy(admin_desk, replace(Policy(), lawyer_weekdays="14"))
    hall = gate.hall(clerk_desk)
    assert hall.lawyer_on_duty == "律师"
    assert hall.lawyer_next is not None
    assert (hall.lawyer_next - local_day(clock())).days == 3
    log_in(Role.LAWYER)
    assert gate.hall(clerk_desk).lawyer_on_duty == "律师甲"
    clock.advance(days=1)
    assert gate.hall(clerk_desk).lawyer_on_duty == ""


def test_urgency_is_open_until_all_five_were_told(clerk_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form(urgent=True, clerk_note="有人聚集"))
    assert "urgent_told" in keys(clerk_desk, visit)
    key = open_report(clerk_desk, visit.matter_id).key
    for addressee in UrgentAddressee:
        key = urgent.tell(clerk_desk, key, addressee).key
    assert "紧急情况已报告五处" in gate.gate(clerk_desk, visit.visit_id).gate.fine


# left open


def test_a_finding_is_left_with_its_reason_and_leaves_a_trace(
    clerk_desk: Desk, auditor_desk: Desk, visit: Registered
) -> None:
    gate.leave_open(clerk_desk, visit.visit_id, "slip", " 打印机坏了，\n明天寄去 ")
    found = gate.gate(clerk_desk, visit.visit_id).gate
    assert "slip" not in [one.key for one in found.findings]
    assert [(one.finding.key, one.reason) for one in found.left] == [("slip", "打印机坏了， 明天寄去")]
    timeline = lookup.open_matter(clerk_desk, visit.matter_id).timeline
    assert (timeline[-1].kind, timeline[-1].text) == ("留下的问题", "回执：打印机坏了， 明天寄去")
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("留下未办的问题", "回执")


def test_a_better_reason_takes_the_place_of_the_first(clerk_desk: Desk, visit: Registered) -> None:
    for reason in ("打印机坏了", "打印机坏了", "已经寄出"):
        gate.leave_open(clerk_desk, visit.visit_id, "slip", reason)
    with clerk_desk.look(None) as session:
        assert [row.reason for row in session.scalars(select(GateReason))] == ["已经寄出"]
    steps = [line for line in lookup.open_matter(clerk_desk, visit.matter_id).timeline if line.kind == "留下的问题"]
    assert len(steps) == 2


@pytest.mark.parametrize(("key", "reason"), [("slip", " "), ("slip", "长" * 101), ("gossip", "不知道")])
def test_what_is_no_reason_is_refused(clerk_desk: Desk, visit: Registered, key: str, reason: str) -> None:
    with pytest.raises(FormError):
        gate.leave_open(clerk_desk, visit.visit_id, key, reason)
    assert gate.gate(clerk_desk, visit.visit_id).gate.left == ()


def test_reasons_given_before_the_save_are_written_with_it(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(
        materials=(), gate_reasons=(GateAnswer("papers", "明天托人送来"), GateAnswer("reach", ""), GateAnswer("x", "y"))
    )
    visit = register(clerk_desk, form)
    found = gate.gate(clerk_desk, visit.visit_id).gate
    assert [(one.finding.key, one.reason) for one in found.left] == [("papers", "明天托人送来")]


def test_what_was_left_is_told_when_the_visitor_comes_back(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    form = new_form(materials=())
    visit = register(clerk_desk, form)
    gate.leave_open(clerk_desk, visit.visit_id, "papers", "明天托人送来")
    clock.advance(days=3)
    assert gate.came_before(clerk_desk, visit.matter_id).left == {Check.PAPERS: "明天托人送来"}
    again = come_again(clerk_desk, visit, form)
    assert finding(clerk_desk, again, "papers").before == "明天托人送来"
    assert gate.gate(clerk_desk, again.visit_id).gate.left == ()


def test_a_confidential_visit_is_known_to_nobody_else(
    clerk_desk: Desk, supervisor_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm
) -> None:
    visit = register(clerk_desk, new_form(purpose=Purpose.ACCUSATION, confidential=True))
    other = colleague(Role.CLERK)
    assert "slip" in keys(clerk_desk, visit)
    assert "slip" in keys(supervisor_desk, visit)
    for ask in (
        lambda: gate.gate(other, visit.visit_id),
        lambda: gate.leave_open(other, visit.visit_id, "slip", "打印机坏了"),
        lambda: gate.came_before(other, visit.matter_id),
    ):
        with pytest.raises(NotFoundError):
            ask()


# coming again


def test_a_promise_that_was_not_kept_is_known_at_the_next_visit(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    hand_over(clerk_desk, visit)
    shown = lookup.open_matter(clerk_desk, visit.matter_id).seen
    promises_due.make(clerk_desk, shown, PromiseForm("电话联系您", local_day(clerk_desk.now())))
    assert suggest(gate.came_before(clerk_desk, visit.matter_id).again) is None
    clock.advance(days=2)
    cause = suggest(gate.came_before(clerk_desk, visit.matter_id).again)
    assert cause is not None
    assert cause.reason is ReturnReason.NOT_CONTACTED
    again = come_again(clerk_desk, visit, form)
    assert "上次答应的事没有做到，原因已记下" in gate.gate(clerk_desk, again.visit_id).gate.fine


def test_what_was_told_in_writing_is_known_at_the_next_visit(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(materials=())
    visit = register(clerk_desk, form)
    assert gate.came_before(clerk_desk, visit.matter_id).again.told is None
    hand_over(clerk_desk, visit)
    told = gate.came_before(clerk_desk, visit.matter_id).again.told
    assert told == issue.preview(clerk_desk, visit.visit_id)[0].missing_papers
    cause = suggest(replace(gate.came_before(clerk_desk, visit.matter_id).again, wanted=told or ()))
    assert cause is not None
    assert cause.reason is ReturnReason.PAPERS_FORGOTTEN


def step(desk: Desk, visit: Registered, action: Action) -> None:
    shown = lookup.open_matter(desk, visit.matter_id).seen
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        take_step(desk, session, matter, action, StepFacts(local_day(desk.now())))


LOWER = Decision(Handling.LOWER, Procedure.OPINION, ("某区人社局",), reason="双方都在区里")


def test_an_organ_that_gave_it_back_is_known_at_the_next_visit(clerk_desk: Desk, visit: Registered) -> None:
    decide(clerk_desk, visit, LOWER)
    for action in (Action.OBJECT, Action.RETURN):
        step(clerk_desk, visit, action)
        assert gate.came_before(clerk_desk, visit.matter_id).again.given_back_by == "某区人社局"


def test_a_clock_that_ran_out_is_known_at_the_next_visit(clerk_desk: Desk, visit: Registered, clock: Clock) -> None:
    decide(clerk_desk, visit, LOWER)
    assert gate.came_before(clerk_desk, visit.matter_id).again.overdue is None
    clock.advance(days=40)
    again = gate.came_before(clerk_desk, visit.matter_id).again
    assert again.overdue is not None
    cause = suggest(again)
    assert cause is not None
    assert cause.reason is ReturnReason.NO_ANSWER


def test_a_matter_in_its_period_is_told_in_writing(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    decide(clerk_desk, visit, LOWER)
    step(clerk_desk, visit, Action.ACCEPT)
    assert "stop" not in keys(clerk_desk, visit)
    again = come_again(clerk_desk, visit, form)
    assert finding(clerk_desk, again, "stop").mend == "open_route"
    decide(clerk_desk, again, Decision(Handling.IN_PERIOD))
    assert finding(clerk_desk, again, "stop").mend == "print_notice"


def test_a_matter_that_is_over_for_good_is_told_so(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    decide(clerk_desk, visit, LOWER)
    step(clerk_desk, visit, Action.ACCEPT)
    step(clerk_desk, visit, Action.TERMINATE)
    again = come_again(clerk_desk, visit, form)
    assert finding(clerk_desk, again, "stop").article == "《信访工作条例》第三十六条第三款"


def change(desk: Desk, visit: Registered, **columns: object) -> None:
    with desk.work(Permission.HANDLE) as session:
        matter = session.get_one(Matter, visit.matter_id)
        for name, value in columns.items():
            setattr(matter, name, value)


def test_a_rule_set_that_is_gone_stops_no_gate(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    decide(clerk_desk, visit, LOWER)
    step(clerk_desk, visit, Action.ACCEPT)
    again = come_again(clerk_desk, visit, form)
    change(clerk_desk, visit, rule_set="own-2030")
    assert "slip" in keys(clerk_desk, again)
    assert gate.came_before(clerk_desk, visit.matter_id).again.overdue is None


def test_what_was_anonymised_has_no_gate(clerk_desk: Desk, visit: Registered) -> None:
    change(clerk_desk, visit, anonymised_at=clerk_desk.now())
    found = gate.gate(clerk_desk, visit.visit_id)
    assert (found.kept, found.gate.findings, found.gate.fine) == (False, (), ())
    with pytest.raises(DeskFault, match="到期匿名"):
        gate.leave_open(clerk_desk, visit.visit_id, "slip", "打印机坏了")
