"""去向: what the assistant is given, what a decision writes, what stops it, and taking it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock

from onevisit.desk import lookup, route
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.policy import save_policy
from onevisit.desk.register import Registered, register
from onevisit.desk.route import Decided, RouteCase
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.rules import route_choice
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.classification import ContentClass, Purpose, ReturnReason
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.matter_life import Action, State
from onevisit.rules.policy import Policy
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Answers, Handling, Offer
from onevisit.store.tables import Matter, MatterStep, RouteDecision

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
COURT: Answers = {"way": ("court",), "beside": ("legal_aid",)}
OPINION: Answers = {"way": ("none",), "level": ("city",), "report": ("no",)}
ASSIGN: Answers = {**OPINION, "report": ("yes",)}
SPOT: Answers = {"spot": ("yes",)}


@pytest.fixture
def saved(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


def decide(
    desk: Desk,
    visit_id: int,
    answers: Answers,
    addressees: tuple[str, ...] = ("市示例局",),
    **more: Any,  # noqa: ANN401
) -> Decided:
    """Take what the answers propose."""
    known = route.case(desk, visit_id=visit_id)
    proposed = known.propose(answers)
    assert proposed is not None
    named = addressees if proposed.handling.needs_addressee else ()
    decision = replace(route_choice.taken_over(proposed, named), **more)
    return route.decide(desk, known.seen, decision, answers, visit_id=visit_id)


def sentences(fault: FormError) -> dict[str, str]:
    return {one.field: one.sentence for one in fault.faults}


def matter_of(desk: Desk, matter_id: int) -> Matter:
    with desk.look(Permission.SEARCH) as session:
        return session.get_one(Matter, matter_id)


def go_on(desk: Desk, matter_id: int, action: Action) -> None:
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, route.case(desk, matter_id).seen)
        take_step(desk, session, matter, action, StepFacts(TODAY))


def clock_keys(desk: Desk, matter_id: int) -> dict[str, date | None]:
    with desk.look(Permission.SEE_DUE) as session:
        lines = due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]
    return {one.key: one.due for one in lines}


def come_again(desk: Desk, form: RegistrationForm, matter_id: int) -> Registered:
    answers = (MatterAnswer(matter_id, Answer.SAME),)
    return register(desk, replace(form, matter_answers=answers, return_reason=ReturnReason.NOT_CONTACTED))


def test_a_case_knows_what_the_registration_suggests(clerk_desk: Desk, saved: Registered) -> None:
    found = route.case(clerk_desk, visit_id=saved.visit_id)
    assert (found.visit_no, found.matter_no, found.petitioner) == (saved.visit_no, saved.matter_no, "王伟")
    assert found.suggested["way"] == ("duty",)
    assert found.proposal is not None
    assert (found.proposal.mark, found.why_not, found.current) == ("31(五)", "", None)
    assert found.circumstances.purpose is Purpose.REQUEST
    nearest = found.organs_for(Handling.GUIDE, Procedure.LITIGATION)[0]
    assert nearest.name.startswith("薛城区人民法院")
    by_matter = route.case(clerk_desk, saved.matter_id)
    assert replace(by_matter, seen=found.seen) == found
    assert found.seen.visit_id == saved.visit_id
    assert found.sixty_days(Handling.TRANSFER, Procedure.OPINION)
    assert not found.sixty_days(Handling.GUIDE, Procedure.LITIGATION)


def test_check_4_litigation_shows_no_sixty_days(clerk_desk: Desk, saved: Registered) -> None:
    made = decide(clerk_desk, saved.visit_id, COURT, ("薛城区人民法院诉讼服务中心",))
    assert (made.mark, made.sixty_days, made.handling) == ("31(一)", False, Handling.GUIDE)
    assert made.article == "《信访工作条例》第三十一条第（一）项"
    assert made.taken == (Offer.LEGAL_AID,)
    assert set(clock_keys(clerk_desk, saved.matter_id)) == {"transfer"}
    known = route.case(clerk_desk, saved.matter_id)
    assert known.current == made
    assert "已定去向" in known.why_not
    with pytest.raises(PlainFault, match="没有交给承办单位"):
        go_on(clerk_desk, saved.matter_id, Action.ACCEPT)


def test_the_handling_opinion_alone_runs_sixty_days(clerk_desk: Desk, saved: Registered) -> None:
    made = decide(clerk_desk, saved.visit_id, OPINION, ("市住房和城乡建设局", "市自然资源和规划局"))
    assert (made.mark, made.sixty_days) == ("31(六)", True)
    matter = matter_of(clerk_desk, saved.matter_id)
    assert (matter.state, matter.lead_organ) == (State.ROUTED, "市住房和城乡建设局")
    told = lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1]
    assert told.kind == "定去向"
    assert told.text == "市住房和城乡建设局；转送（信访处理意见）；会同市自然资源和规划局"
    assert clock_keys(clerk_desk, saved.matter_id)["notice"] == date(2026, 12, 8)


def test_an_assignment_names_the_day_of_its_report(clerk_desk: Desk, saved: Registered) -> None:
    with pytest.raises(FormError) as fault:
        decide(clerk_desk, saved.visit_id, ASSIGN)
    assert "哪一天前报办理结果" in sentences(fault.value)["reply_by"]
    made = decide(clerk_desk, saved.visit_id, ASSIGN, reply_by=date(2026, 12, 20), declined=(Offer.MEDIATION,))
    assert (made.handling, made.reply_by, made.declined) == (Handling.ASSIGN, date(2026, 12, 20), (Offer.MEDIATION,))
    assert clock_keys(clerk_desk, saved.matter_id)["report"] == date(2026, 12, 20)
    assert "2026年12月20日前报办理结果" in lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1].text


def test_the_days_for_the_report_of_an_assignment_are_the_units_own(
    clerk_desk: Desk, admin_desk: Desk, saved: Registered
) -> None:
    assert route.case(clerk_desk, visit_id=saved.visit_id).report_days == Policy().report_days
    save_policy(admin_desk, replace(Policy(), report_days=20))
    assert route.case(clerk_desk, visit_id=saved.visit_id).report_days == 20


def test_what_was_decided_is_kept_with_answers_and_proposal(clerk_desk: Desk, saved: Registered) -> None:
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    decision = Decision(Handling.ANSWER, reason="当场已经说清", declined=(Offer.LEGAL_AID,))
    answers = {**COURT, "level": ("town",), "unknown": ("x",)}
    made = route.decide(clerk_desk, known.seen, decision, answers)
    assert (made.proposed, made.mark, made.reason) == ("31(一)", "23", "当场已经说清")
    assert made.why == "当场答复清楚，不用再来。"
    with clerk_desk.look(Permission.SEARCH) as session:
        row = session.scalars(select(RouteDecision)).one()
        assert row.answers == {"way": ["court"], "beside": ["legal_aid"], "declined": ["legal_aid"]}
        assert (row.visit_id, row.on_day, row.article) == (saved.visit_id, TODAY, "《信访工作条例》第二十三条")
        step = session.scalars(select(MatterStep)).one()
        assert (step.note, step.id) == ("当场已经说清", row.step_id)


def test_whoever_chooses_otherwise_says_why(clerk_desk: Desk, saved: Registered) -> None:
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    with pytest.raises(FormError) as fault:
        route.decide(clerk_desk, known.seen, Decision(Handling.ANSWER), COURT)
    assert sentences(fault.value) == {"reason": "选的和建议的不一样，请写一句为什么。"}
    assert matter_of(clerk_desk, saved.matter_id).state is State.REGISTERED


@pytest.mark.parametrize("addressee", ["某镇人民政府", "某 镇 政 府", "某镇人民政府信访办"])
def test_check_8_the_accused_and_their_unit_are_refused(clerk_desk: Desk, new_form: NewForm, addressee: str) -> None:
    form = new_form(
        purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, respondent="某镇人民政府、某镇镇长张某"
    )
    saved = register(clerk_desk, replace(form, confidential=True))
    answers: Answers = {"accused": ("discipline",)}
    with pytest.raises(FormError) as fault:
        decide(clerk_desk, saved.visit_id, answers, (addressee,))
    assert "就是被反映的人员、单位" in sentences(fault.value)["addressees.0"]
    made = decide(clerk_desk, saved.visit_id, answers, ("市纪委监委信访室",))
    assert (made.mark, made.handling.seals) == ("30", True)


def test_the_accused_unit_is_not_even_offered(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, respondent="市纪委监委信访室工作人员")
    saved = register(clerk_desk, form)
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    assert known.organs_for(Handling.DISCIPLINE, None) == ()
    open_form = new_form(respondent="市纪委监委信访室")
    plain = route.case(clerk_desk, visit_id=register(clerk_desk, open_form).visit_id)
    assert [one.key for one in plain.organs_for(Handling.DISCIPLINE, None)] == ["discipline"]


def test_check_12_skipping_a_level_is_told_and_registered_all_the_same(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(
        clerk_desk, new_form(respondent="临城街道示例社区居民委员会", title="楼道灯不亮", summary="报修没人管")
    )
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    assert known.suggested["level"] == ("town",)
    assert known.proposal is not None
    assert known.proposal.handling is Handling.LOWER
    assert "第二十条" in known.proposal.notices[0]
    assert "今天照样登记" in known.proposal.notices[0]
    assert decide(clerk_desk, saved.visit_id, known.suggested, ("薛城区信访局人民来访接待中心",)).mark == "31(六)"


def test_check_13_in_the_period_it_is_told_and_no_clock_begins(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    decide(clerk_desk, first.visit_id, OPINION)
    go_on(clerk_desk, first.matter_id, Action.ACCEPT)
    assert not route.case(clerk_desk, visit_id=first.visit_id).circumstances.in_period
    before = clock_keys(clerk_desk, first.matter_id)
    second = come_again(clerk_desk, form, first.matter_id)
    known = route.case(clerk_desk, visit_id=second.visit_id)
    assert (known.only_told, known.why_not, known.circumstances.in_period) == (True, "", True)
    assert known.proposal is not None
    assert (known.proposal.mark, known.proposal.article) == ("19¶3", "《信访工作条例》第十九条第三款")
    decision = Decision(Handling.TRANSFER, addressees=("市示例局",), reason="再转一次")
    with pytest.raises(DeskFault, match="现在是“已受理”"):
        route.decide(clerk_desk, known.seen, decision, {}, visit_id=second.visit_id)
    made = decide(clerk_desk, second.visit_id, {})
    assert (made.handling, made.sixty_days, made.visit_id) == (Handling.IN_PERIOD, False, second.visit_id)
    assert clock_keys(clerk_desk, first.matter_id) == before
    matter = matter_of(clerk_desk, first.matter_id)
    assert (matter.state, matter.handling, matter.lead_organ) == (State.ACCEPTED, Handling.TRANSFER, "市示例局")
    after = route.case(clerk_desk, visit_id=second.visit_id)
    assert after.current is not None
    assert (after.current.handling, after.told) == (Handling.TRANSFER, made)
    assert "已受理" in after.why_not
    told = lookup.open_matter(clerk_desk, first.matter_id).timeline[-1]
    assert told.text == "办理期限内重复提出，不再受理；《信访工作条例》第十九条第三款"


def test_a_report_stays_due_when_a_repeat_is_told_of_the_period(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    decide(clerk_desk, first.visit_id, ASSIGN, reply_by=date(2026, 12, 20))
    go_on(clerk_desk, first.matter_id, Action.ACCEPT)
    second = come_again(clerk_desk, form, first.matter_id)
    decide(clerk_desk, second.visit_id, {})
    assert clock_keys(clerk_desk, first.matter_id)["report"] == date(2026, 12, 20)


def test_after_the_end_it_is_told_36_3(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    decide(clerk_desk, first.visit_id, OPINION)
    for action in (Action.ACCEPT, Action.ANSWER, Action.ASK_REVIEW, Action.REVIEW, Action.ASK_FINAL_REVIEW):
        go_on(clerk_desk, first.matter_id, action)
    go_on(clerk_desk, first.matter_id, Action.FINAL_REVIEW)
    second = come_again(clerk_desk, form, first.matter_id)
    assert second.stop_word == "已复核，不再受理"
    known = route.case(clerk_desk, visit_id=second.visit_id)
    assert known.circumstances.terminated
    made = decide(clerk_desk, second.visit_id, {})
    assert (made.mark, made.article) == ("36¶3", "《信访工作条例》第三十六条第三款")
    assert matter_of(clerk_desk, first.matter_id).state is State.FINALLY_REVIEWED


def test_an_old_period_that_ran_out_stops_nobody(clerk_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    decide(clerk_desk, first.visit_id, OPINION)
    go_on(clerk_desk, first.matter_id, Action.ACCEPT)
    clock.advance(days=70)
    second = come_again(clerk_desk, form, first.matter_id)
    known = route.case(clerk_desk, visit_id=second.visit_id)
    assert (known.circumstances.in_period, known.only_told) == (False, False)
    assert known.why_not.startswith("现在是“已受理”")


def test_a_stop_that_nothing_shows_is_refused(clerk_desk: Desk, saved: Registered) -> None:
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    with pytest.raises(FormError) as fault:
        route.decide(clerk_desk, known.seen, Decision(Handling.ENDED, reason="听说已经终结"), {})
    assert "没有登记显示" in sentences(fault.value)["handling"]


def test_a_matter_of_2005_has_its_articles_and_its_sixty_days(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    clock.set(datetime(2019, 3, 1, 1, 0, tzinfo=UTC))
    saved = register(clerk_desk, new_form(respondent="临城街道示例村村民委员会"))
    known = route.case(clerk_desk, visit_id=saved.visit_id)
    assert known.rules.code == "2005-37"
    made = decide(clerk_desk, saved.visit_id, {"way": ("duty",), "level": ("town",), "report": ("no",)})
    assert (made.mark, made.article, made.sixty_days) == ("21(三)", "《信访条例》第二十一条第（三）项", True)
    proposed = known.propose({"way": ("none",), "level": ("town",), "report": ("no",)})
    assert proposed is not None
    assert "《信访条例》第十六条" in proposed.notices[0]
    other = register(clerk_desk, new_form())
    assert decide(clerk_desk, other.visit_id, COURT).sixty_days is False


def test_recall_takes_it_back_with_its_reason(clerk_desk: Desk, saved: Registered) -> None:
    decide(clerk_desk, saved.visit_id, OPINION)
    shown = route.case(clerk_desk, saved.matter_id).seen
    for reason, words in (("  ", "请写一句为什么收回"), ("长" * 501, "最多 500 字")):
        with pytest.raises(FormError) as fault:
            route.recall(clerk_desk, shown, reason)
        assert words in sentences(fault.value)["reason"]
    after = route.recall(clerk_desk, shown, "转错了单位")
    assert after.state is State.REGISTERED
    known = route.case(clerk_desk, saved.matter_id)
    assert (known.current, known.why_not, known.seen) == (None, "", after)
    assert matter_of(clerk_desk, saved.matter_id).lead_organ == ""
    assert set(clock_keys(clerk_desk, saved.matter_id)) == {"transfer"}
    assert lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1].text == "市示例局；转错了单位"
    assert decide(clerk_desk, saved.visit_id, COURT).mark == "31(一)"
    with clerk_desk.look(Permission.SEARCH) as session:
        assert [one.recalled_at is None for one in session.scalars(select(RouteDecision))] == [False, True]


def test_the_second_window_is_told(clerk_desk: Desk, colleague: Callable[[Role], Desk], saved: Registered) -> None:
    other = colleague(Role.CLERK)
    known = route.case(other, saved.matter_id)
    decide(clerk_desk, saved.visit_id, OPINION)
    with pytest.raises(ChangedElsewhereError, match="原来是“已登记”，现在是“已定去向”"):
        route.decide(other, known.seen, Decision(Handling.ANSWER, reason="答复了"), SPOT)


def test_a_confidential_matter_is_routed_by_way_of_ones_own_visit_only(
    clerk_desk: Desk, supervisor_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm
) -> None:
    saved = register(clerk_desk, new_form(confidential=True))
    with pytest.raises(NotFoundError):
        route.case(clerk_desk, saved.matter_id)
    with pytest.raises(NotFoundError):
        route.case(colleague(Role.CLERK), visit_id=saved.visit_id)
    assert decide(clerk_desk, saved.visit_id, OPINION).mark == "31(六)"
    known: RouteCase = route.case(supervisor_desk, saved.matter_id)
    assert known.secret
    assert route.recall(supervisor_desk, known.seen, "换个单位").state is State.REGISTERED


def test_a_visit_of_another_matter_and_nothing_are_not_found(
    clerk_desk: Desk, saved: Registered, new_form: NewForm
) -> None:
    other = register(clerk_desk, new_form())
    known = route.case(clerk_desk, saved.matter_id)
    for visit_id in (other.visit_id, 999):
        with pytest.raises(NotFoundError):
            route.decide(clerk_desk, known.seen, Decision(Handling.ANSWER), SPOT, visit_id=visit_id)
    with pytest.raises(NotFoundError):
        route.case(clerk_desk)
