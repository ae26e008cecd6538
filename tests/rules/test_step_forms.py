"""What is asked of each step: every step has its rule, and each sentence comes where it belongs."""

from datetime import date

import pytest

from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, Standing, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.step_forms import RULES, Days, StepForm, event_why_not, form_faults, plain_step, rule_of

DAY = date(2026, 11, 23)
DAYS = Days(DAY, "登记日期", DAY)
OPINION = Standing(State.ACCEPTED, Handling.TRANSFER, Procedure.OPINION)


def faults(kind: Action | Event, form: StepForm, standing: Standing = OPINION) -> dict[str, str]:
    rule = rule_of(kind, standing)
    return {one.field: one.sentence for one in form_faults(kind, rule, plain_step(form, rule), DAYS)}


def test_every_step_but_routing_and_recalling_has_a_rule() -> None:
    assert set(RULES) == {*Event, *Action} - {Action.ROUTE, Action.RECALL}


@pytest.mark.parametrize("kind", RULES)
def test_a_step_without_its_day_is_refused(kind: Action | Event) -> None:
    assert faults(kind, StepForm(None))["on"].startswith("请填写")


@pytest.mark.parametrize("kind", [kind for kind, rule in RULES.items() if rule.must_choose])
def test_what_has_to_be_chosen_is_asked_for(kind: Action | Event) -> None:
    assert "outcome" in faults(kind, StepForm(DAY))
    for code, label in RULES[kind].outcomes:
        assert RULES[kind].outcome_label(code) == label
        assert "outcome" not in faults(kind, StepForm(DAY, outcome=code))


def test_what_is_on_no_list_and_a_day_to_come_are_refused() -> None:
    assert "没有这一项" in faults(Action.CLOSE, StepForm(DAY, outcome="somehow"))["outcome"]
    assert "在今天" in faults(Action.ACCEPT, StepForm(date(2026, 11, 24)))["on"]
    assert faults(Action.ANSWER, StepForm(DAY, served_on=DAY)) == {}


def test_words_are_asked_for_where_they_are_wanted() -> None:
    assert "异议理由" in faults(Action.OBJECT, StepForm(DAY))["note"]
    assert "书面告知的理由" in faults(Action.END_REVIEW, StepForm(DAY, outcome="not_accepted"))["note"]
    assert faults(Action.END_REVIEW, StepForm(DAY, outcome="taken_back")) == {}
    assert "终结的理由" in faults(Action.TERMINATE, StepForm(DAY, outcome="other"))["note"]
    assert faults(Action.TERMINATE, StepForm(DAY, outcome="death")) == {}
    assert faults(Action.CLOSE, StepForm(DAY)) == {}, "the four need not be chosen"


def test_what_is_typed_is_cleaned_and_of_what_is_not_asked_nothing_is_kept() -> None:
    typed = StepForm(DAY, DAY, " 某局\x00 ", "某字\n〔2026〕1号", "supported", "第一行 \r\n第二行\n", "\u200b来信耽误 ")
    kept = plain_step(typed, rule_of(Action.ANSWER, OPINION))
    assert kept == StepForm(DAY, DAY, "某局", "某字 〔2026〕1号", "supported", "第一行\n第二行", "来信耽误")
    assert plain_step(typed, RULES[Action.WITHDRAW]) == StepForm(DAY, note="第一行\n第二行", late_reason="来信耽误")
    assert "note" in faults(Action.OBJECT, StepForm(DAY, note="\u200b\n"))


@pytest.mark.parametrize(
    ("field", "most"), [("organ", 200), ("document_no", 80), ("note", 2000), ("late_reason", 2000)]
)
def test_what_is_far_too_long_is_refused(field: str, most: int) -> None:
    long, fits = (StepForm(DAY, outcome="upheld", **{field: "字" * length}) for length in (most + 1, most))  # type: ignore[arg-type]  # texts alone
    assert f"最多 {most} 字" in faults(Action.REVIEW, long)[field]
    assert field not in faults(Action.REVIEW, fits)


def test_only_an_answer_by_an_opinion_is_served_and_decides() -> None:
    assert rule_of(Action.ANSWER, OPINION).served
    other = Standing(State.ROUTED, Handling.TRANSFER, Procedure.DUTY)
    assert not rule_of(Action.ANSWER, other).served
    assert rule_of(Action.ANSWER, other).clock is ClockKind.HANDLING
    early = StepForm(DAY, served_on=date(2026, 11, 22))
    assert "早于答复日期" in faults(Action.ANSWER, early)["served_on"]
    assert faults(Action.ANSWER, early, other) == {}, "what is not asked is not judged"


@pytest.mark.parametrize(
    ("standing", "event", "started", "done", "words"),
    [
        (Standing(State.CLOSED), Event.NOTICED, (), (), "已办结"),
        (Standing(State.MERGED), Event.AGREED, (), (), "已经并入另一件"),
        (Standing(), Event.RECEIVED, (), (), "没有交给承办单位"),
        (Standing(State.ROUTED, Handling.GUIDE), Event.NOTICED, (), (), "没有交给承办单位"),
        (OPINION, Event.RECEIVED, (), (), "已经受理或者提出了异议"),
        (OPINION, Event.NOTICED, (ClockKind.NOTICE,), (ClockKind.NOTICE,), "已经登记过"),
        (OPINION, Event.REPORTED, (), (), "只有交办"),
        (OPINION, Event.AGREED, (ClockKind.CONFIRMATION,), (), "已经登记过"),
        (OPINION, Event.CONFIRMED, (), (), "登记了调解协议以后"),
        (OPINION, Event.REVIEW_ACCEPTED, (), (), "登记了复查申请以后"),
        (OPINION, Event.FINAL_ACCEPTED, (ClockKind.FINAL_ACCEPTANCE,), (ClockKind.FINAL_ACCEPTANCE,), "已经登记过"),
        (OPINION, Event.NOTICED, (ClockKind.NOTICE,), (), ""),
        (OPINION, Event.AGREED, (), (), ""),
        (Standing(State.ROUTED, Handling.ASSIGN), Event.REPORTED, (), (), ""),
        (Standing(State.ROUTED, Handling.TRANSFER), Event.RECEIVED, (), (), ""),
        (Standing(State.CLOSED), Event.CONFIRMED, (ClockKind.CONFIRMATION,), (), ""),
    ],
)
def test_why_an_event_waits(
    standing: Standing,
    event: Event,
    started: tuple[ClockKind, ...],
    done: tuple[ClockKind, ...],
    words: str,
) -> None:
    said = event_why_not(standing, event, started, done)
    assert words in said
    assert bool(said) == bool(words)
