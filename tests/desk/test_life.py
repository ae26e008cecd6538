"""The life of a matter through the desk: each step, what it asks, what greys it, and the second of two windows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

import pytest
from sqlalchemy import select
from tests.desk.lived import OPINION_LINE, TODAY, lines, routed, shown, stepped

from onevisit.desk import life, life_clocks, life_links, life_split, life_view, lookup, opinions
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotAllowedError, NotFoundError
from onevisit.desk.life_clocks import Correction
from onevisit.desk.life_view import Special
from onevisit.desk.life_view import life as life_of
from onevisit.desk.opinions import Draft, OpinionForm
from onevisit.desk.register import register
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, State
from onevisit.rules.opinions import Opinion
from onevisit.rules.pauses import Stop
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import Matter, MatterStep, RouteDecision

NewForm = Callable[..., RegistrationForm]


class Clock(Protocol):
    """The clock of the house."""

    def advance(self, **time: float) -> None: ...


@pytest.fixture
def matter_id(clerk_desk: Desk, new_form: NewForm) -> int:
    return register(clerk_desk, new_form()).matter_id


def faults(error: pytest.ExceptionInfo[FormError]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in error.value.faults}


def test_a_matter_goes_all_the_way_and_its_view_says_where_it_stands(clerk_desk: Desk, matter_id: int) -> None:
    assert life_of(clerk_desk, matter_id).stands == "已登记，等窗口定去向。"
    told = [routed(clerk_desk, matter_id) and life_of(clerk_desk, matter_id).stands]
    for action in (*OPINION_LINE, Action.FINAL_REVIEW):
        served = TODAY if action in {Action.ANSWER, Action.REVIEW, Action.FINAL_REVIEW} else None
        stepped(clerk_desk, matter_id, action, served_on=served)
        told.append(life_of(clerk_desk, matter_id).stands)
    assert told == [
        "已转送（示例局），等承办单位受理。",
        "示例局已受理，正在办理。",
        "示例局已答复，来访人可以请求复查；不请求复查的，可以办结。",
        "来访人已请求复查，等复查意见。",
        "已复查，来访人可以请求复核；不请求复核的，可以办结。",
        "来访人已请求复核，等复核意见。",
        "已复核，可以办结或者终结；同一事实和理由再提出的，不再受理。",
    ]
    after = life.take(
        clerk_desk, shown(clerk_desk, matter_id), Action.CLOSE, StepForm(TODAY, outcome="solved", note="已兑现")
    )
    assert after.state is State.CLOSED
    assert lookup.open_matter(clerk_desk, matter_id).timeline[-1].text == "诉求合理的解决问题到位；已兑现"


def test_the_organ_of_the_route_is_meant_where_none_is_typed(clerk_desk: Desk, matter_id: int) -> None:
    life.note(clerk_desk, routed(clerk_desk, matter_id), Event.RECEIVED, StepForm(TODAY))
    life.note(
        clerk_desk, shown(clerk_desk, matter_id), Event.NOTICED, StepForm(TODAY, organ="示例分局", document_no="告1号")
    )
    told = [one.text for one in lookup.open_matter(clerk_desk, matter_id).timeline[-2:]]
    assert told == ["示例局", "示例分局；告1号"]
    assert lines(clerk_desk, matter_id)["notice"].words == "按期完成"


def test_what_cannot_be_done_now_is_greyed_with_its_reason_and_refused_with_it(
    clerk_desk: Desk, matter_id: int
) -> None:
    view = life_of(clerk_desk, matter_id)
    for action in life.STEPS:
        why = view.act(action).why_not
        if why:
            with pytest.raises(DeskFault) as refused:
                life.take(clerk_desk, view.seen, action, StepForm(TODAY))
            assert refused.value.sentence == why
    possible = {one.doing for _, acts in view.groups for one in acts if not one.why_not}
    assert possible == {
        Special.STOP,
        Event.AGREED,
        Special.RELATE,
        Special.URGENT,
        Action.MERGE,
        Action.SPLIT,
        Action.WITHDRAW,
    }
    with pytest.raises(DeskFault, match="请用它自己的按钮"):
        life.take(clerk_desk, view.seen, Action.ROUTE, StepForm(TODAY))
    with pytest.raises(DeskFault, match="没有交给承办单位"):
        life.note(clerk_desk, view.seen, Event.RECEIVED, StepForm(TODAY))
    with pytest.raises(DeskFault, match="以后，才登记是否受理"):
        life.note(clerk_desk, view.seen, Event.REVIEW_ACCEPTED, StepForm(TODAY))


def test_who_has_not_the_right_sees_why_everything_waits(
    clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk, matter_id: int
) -> None:
    view = life_of(lawyer_desk, matter_id)
    assert all("权限" in one.why_not for _, acts in view.groups for one in acts)
    assert view.opinions == ()
    assert "权限" in life_of(clerk_desk, matter_id).act(Action.TERMINATE).why_not
    assert "权限" not in life_of(supervisor_desk, matter_id).act(Action.TERMINATE).why_not
    with pytest.raises(NotAllowedError):
        life.terminate(clerk_desk, view.seen, StepForm(TODAY, outcome="other", note="理由"))


def test_days_lie_between_what_went_before_and_today(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    clock.advance(days=10)
    routed(clerk_desk, matter_id, on=TODAY + timedelta(days=2))
    cases = {
        TODAY + timedelta(days=1): "受理日期早于“定去向”的日期（2026年11月25日），请核对日期。",
        TODAY + timedelta(days=11): "受理日期在今天（2026年12月3日）之后，请核对日期。",
        None: "请填写受理日期。",
    }
    for day, sentence in cases.items():
        with pytest.raises(FormError) as wrong:
            life.take(clerk_desk, shown(clerk_desk, matter_id), Action.ACCEPT, StepForm(day))
        assert faults(wrong) == {"on": sentence}
    stepped(clerk_desk, matter_id, Action.ACCEPT, on=TODAY + timedelta(days=3))
    with pytest.raises(FormError) as wrong:
        life.take(
            clerk_desk,
            shown(clerk_desk, matter_id),
            Action.ANSWER,
            StepForm(TODAY + timedelta(days=5), TODAY + timedelta(days=4)),
        )
    assert faults(wrong) == {"served_on": "送达日期早于答复日期（2026年11月28日），请核对日期。"}


def test_what_a_step_asks_is_asked(clerk_desk: Desk, supervisor_desk: Desk, matter_id: int) -> None:
    routed(clerk_desk, matter_id)
    with pytest.raises(FormError) as wrong:
        life.take(clerk_desk, shown(clerk_desk, matter_id), Action.OBJECT, StepForm(TODAY))
    assert faults(wrong)["note"].startswith("请写明承办单位的异议理由")
    stepped(clerk_desk, matter_id, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW)
    with pytest.raises(FormError) as wrong:
        life.take(clerk_desk, shown(clerk_desk, matter_id), Action.REVIEW, StepForm(TODAY))
    assert faults(wrong) == {"outcome": "请选择“结果”。"}
    with pytest.raises(FormError) as wrong:
        life.take(clerk_desk, shown(clerk_desk, matter_id), Action.REVIEW, StepForm(TODAY, outcome="perhaps"))
    assert "没有这一项" in faults(wrong)["outcome"]
    with pytest.raises(FormError) as wrong:
        life.take(clerk_desk, shown(clerk_desk, matter_id), Action.END_REVIEW, StepForm(TODAY, outcome="not_accepted"))
    assert "书面告知的理由" in faults(wrong)["note"]
    life.take(clerk_desk, shown(clerk_desk, matter_id), Action.END_REVIEW, StepForm(TODAY, outcome="taken_back"))
    for outcome, sentence in (("", "请选择“终结理由”。"), ("other", ""), ("final_opinion", "还没有登记复核意见")):
        with pytest.raises(FormError) as wrong:
            life.terminate(supervisor_desk, shown(clerk_desk, matter_id), StepForm(TODAY, outcome=outcome))
        assert faults(wrong).get("outcome", "").startswith(sentence)
    ended = life.terminate(
        supervisor_desk, shown(clerk_desk, matter_id), StepForm(TODAY, outcome="other", note="按批示")
    )
    assert ended.state is State.TERMINATED
    view = life_of(clerk_desk, matter_id)
    for doing in (Action.CLOSE, Event.NOTICED):
        assert "已经终结" in view.act(doing).why_not
    assert "已经结束" in view.act(Special.OPINION).why_not


def test_nobody_is_ended_as_late_while_they_may_still_ask(
    clerk_desk: Desk, supervisor_desk: Desk, matter_id: int, clock: Clock
) -> None:
    routed(clerk_desk, matter_id)
    stepped(clerk_desk, matter_id, Action.ACCEPT, Action.ANSWER, served_on=TODAY)

    def end(after: int) -> State:
        form = StepForm(TODAY + timedelta(days=after), outcome="too_late")
        return life.terminate(supervisor_desk, shown(clerk_desk, matter_id), form).state

    clock.advance(days=30)
    with pytest.raises(FormError) as early:
        end(30)
    assert faults(early)["outcome"].startswith("来访人申请的期限到2026年12月23日（含当日），还没有过")
    clock.advance(days=1)
    assert end(31) is State.TERMINATED


def test_a_review_that_upheld_is_not_done_again_and_one_that_revoked_is(clerk_desk: Desk, matter_id: int) -> None:
    routed(clerk_desk, matter_id)
    stepped(clerk_desk, matter_id, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW, Action.REVIEW)
    why = life_of(clerk_desk, matter_id).act(Action.REDO).why_not
    assert why == "上级的意见是“维持”，没有撤销原来的意见，不重新办理。"
    stepped(clerk_desk, matter_id, Action.ASK_FINAL_REVIEW)
    life.take(clerk_desk, shown(clerk_desk, matter_id), Action.FINAL_REVIEW, StepForm(TODAY, outcome="revoked"))
    assert life_of(clerk_desk, matter_id).act(Action.REDO).why_not == ""
    assert stepped(clerk_desk, matter_id, Action.REDO).state is State.ACCEPTED


def test_a_return_brings_the_matter_back_to_the_window_and_to_nobody(clerk_desk: Desk, matter_id: int) -> None:
    routed(clerk_desk, matter_id)
    after = stepped(clerk_desk, matter_id, Action.OBJECT, Action.RETURN)
    assert after.state is State.RETURNED
    with clerk_desk.look(Permission.SEARCH) as session:
        assert session.get_one(Matter, matter_id).lead_organ == ""
        assert session.scalars(select(RouteDecision.recalled_at)).one() is not None
    assert lines(clerk_desk, matter_id)["transfer"].is_open


def test_a_closed_matter_is_taken_up_again_with_a_reason(
    clerk_desk: Desk, supervisor_desk: Desk, matter_id: int
) -> None:
    routed(clerk_desk, matter_id, Handling.ANSWER, None)
    closed = stepped(clerk_desk, matter_id, Action.CLOSE)
    with pytest.raises(FormError) as wrong:
        life.reopen(supervisor_desk, closed, StepForm(TODAY))
    assert faults(wrong) == {"note": "请写明为什么恢复办理。"}
    assert life.reopen(supervisor_desk, closed, StepForm(TODAY, note="来访人提出新证据")).state is State.REGISTERED
    with clerk_desk.look(Permission.SEARCH) as session:
        assert session.scalars(select(RouteDecision.recalled_at)).one() is not None


def test_a_mediation_is_confirmed_within_its_days(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    routed(clerk_desk, matter_id)
    life.note(clerk_desk, shown(clerk_desk, matter_id), Event.AGREED, StepForm(TODAY, organ="示例调委会"))
    assert lines(clerk_desk, matter_id)["confirmation"].due == date(2026, 12, 23)
    clock.advance(days=31)
    late = TODAY + timedelta(days=31)
    with pytest.raises(FormError) as wrong:
        life.note(clerk_desk, shown(clerk_desk, matter_id), Event.CONFIRMED, StepForm(late))
    assert "2026年12月23日" in faults(wrong)["late_reason"]
    life.note(clerk_desk, shown(clerk_desk, matter_id), Event.CONFIRMED, StepForm(late, late_reason="法院放假"))
    assert lines(clerk_desk, matter_id)["confirmation"].words == "超期完成"
    assert "超期理由：法院放假" in lookup.open_matter(clerk_desk, matter_id).timeline[-1].text
    assert life_of(clerk_desk, matter_id).act(Event.CONFIRMED).why_not == "“申请司法确认”已经登记过。"


def test_only_what_was_assigned_is_reported_on(clerk_desk: Desk, new_form: NewForm, matter_id: int) -> None:
    routed(clerk_desk, matter_id)
    assert "只有交办" in life_of(clerk_desk, matter_id).act(Event.REPORTED).why_not
    other = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, other, Handling.ASSIGN)
    assert life.note(clerk_desk, shown(clerk_desk, other), Event.REPORTED, StepForm(TODAY)).state is State.ROUTED


CHANGES: dict[str, Callable[[Desk, Seen], object]] = {
    "take": lambda desk, seen: life.take(desk, seen, Action.ACCEPT, StepForm(TODAY)),
    "note": lambda desk, seen: life.note(desk, seen, Event.NOTICED, StepForm(TODAY)),
    "terminate": lambda desk, seen: life.terminate(desk, seen, StepForm(TODAY, outcome="death")),
    "reopen": lambda desk, seen: life.reopen(desk, seen, StepForm(TODAY, note="新证据")),
    "extend": lambda desk, seen: life_clocks.extend(desk, seen, Extension(30, Approver.HEAD, "张局长", "复杂", TODAY)),
    "stop": lambda desk, seen: life_clocks.stop(desk, seen, ClockKind.NOTICE, Stop(StopReason.HEARING, TODAY)),
    "go_on": lambda desk, seen: life_clocks.go_on(desk, seen, 1, TODAY),
    "correct": lambda desk, seen: life_clocks.correct(desk, seen, 1, Correction(TODAY, None, "笔误")),
    "merge": lambda desk, seen: life_links.merge(desk, seen, "", StepForm(TODAY)),
    "relate": lambda desk, seen: life_links.relate(desk, seen, ""),
    "split": lambda desk, seen: life_split.split(desk, seen, ["一", "二"], StepForm(TODAY)),
    "write": lambda desk, seen: opinions.write(desk, seen, Draft(), OpinionForm("", Opinion())),
    "make_final": lambda desk, seen: opinions.make_final(desk, seen, Draft(), OpinionForm("", Opinion())),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_second_of_two_windows_is_told_and_nothing_is_overwritten(
    clerk_desk: Desk, supervisor_desk: Desk, matter_id: int, change: str
) -> None:
    routed(clerk_desk, matter_id)
    seen = shown(clerk_desk, matter_id)
    life.note(clerk_desk, seen, Event.RECEIVED, StepForm(TODAY))
    with clerk_desk.look(Permission.SEARCH) as session:
        before = len(session.scalars(select(MatterStep)).all())
    with pytest.raises(ChangedElsewhereError, match="您的内容没有保存"):
        CHANGES[change](supervisor_desk, seen)
    with clerk_desk.look(Permission.SEARCH) as session:
        assert len(session.scalars(select(MatterStep)).all()) == before


def test_a_confidential_matter_has_no_life_for_whoever_may_not_know_it(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    leak = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True)
    found = register(clerk_desk, leak).matter_id
    with pytest.raises(NotFoundError):
        life_of(clerk_desk, found)
    assert life_view.life(supervisor_desk, found).stands


def test_an_answer_by_another_procedure_decides_nothing_and_is_not_served(clerk_desk: Desk, matter_id: int) -> None:
    routed(clerk_desk, matter_id, procedure=Procedure.ADMINISTRATIVE)
    rule = life_of(clerk_desk, matter_id).act(Action.ANSWER).rule
    assert rule is not None
    assert not rule.served
    assert rule.outcomes == ()
    stepped(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    assert life_of(clerk_desk, matter_id).act(Action.ASK_REVIEW).why_not.startswith("只有信访处理意见书")
