"""What is asked when a step in the life of a matter is recorded: its day, its list of outcomes, what must be said.

One table for the desk, which checks by it, and for the window, which shows what it asks.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from onevisit.rules import text
from onevisit.rules.after_visit import NUMBER_AT_MOST, ORGAN_AT_MOST, TEXT_AT_MOST
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.labels import Labelled
from onevisit.rules.matter_history import Event, Happening
from onevisit.rules.matter_life import ENDED, Action, Standing, State, TerminationGround, why_not
from onevisit.rules.opinions import OpinionOutcome
from onevisit.rules.periods import event_fault
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind


class ReviewOutcome(Labelled):
    """What a review or a final review does with the opinion before it (山东省信访条例, article 45)."""

    UPHELD = "upheld", "维持"
    REVOKED = "revoked", "撤销"
    CHANGED = "changed", "变更"


class ReviewEnd(Labelled):
    """Why a review or a final review that was asked for came to no opinion."""

    NOT_ACCEPTED = "not_accepted", "不予受理"
    TAKEN_BACK = "taken_back", "申请人撤回"


class ClosingOutcome(Labelled):
    """四到位: how a matter ended (信访工作条例 2022, article 27)."""

    SOLVED = "solved", "诉求合理的解决问题到位"
    EXPLAINED = "explained", "诉求无理的思想教育到位"
    HELPED = "helped", "生活困难的帮扶救助到位"
    DEALT_WITH = "dealt_with", "行为违法的依法处理"


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as typed.

    Attributes:
        on: the local day on which it happened; None where it was left empty.
        served_on: the day on which the opinion reached the petitioner; None while it did not.
        outcome: a code of the list of the step (``StepRule.outcomes``).
        late_reason: why it is recorded although it came after its last day.
    """

    on: date | None
    served_on: date | None = None
    organ: str = ""
    document_no: str = ""
    outcome: str = ""
    note: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class StepRule:
    """What one kind of step asks.

    Attributes:
        day: what its day is called.
        follows: the steps that must lie before it; the latest one of them counts, else the registration.
        clock: what it keeps, or comes too late for.
        outcomes: what is chosen from; none where nothing is.
        outcome_word: what the choice is called.
        must_choose: whether something has to be chosen.
        note: the sentence that asks for words; empty where they are free.
        note_word: what the words are called.
        organ: whether an organ does it.
        document: whether it comes with a numbered document.
        served: whether its document is to reach the petitioner.
    """

    day: str
    follows: tuple[Happening, ...] = ()
    clock: ClockKind | None = None
    outcomes: tuple[tuple[str, str], ...] = ()
    outcome_word: str = "结果"
    must_choose: bool = False
    note: str = ""
    note_word: str = "备注"
    organ: bool = False
    document: bool = False
    served: bool = False

    def outcome_label(self, code: str) -> str:
        """The words of a choice; empty for none."""
        return dict(self.outcomes).get(code, "")


def _choices(kind: type[Labelled]) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, one.label) for one in kind)


_AT_THE_ORGAN: Final = (Event.RECEIVED, Action.ROUTE)
_END_NOTE: Final = "不予受理的，请写明书面告知的理由。"

RULES: Mapping[Happening, StepRule] = {
    Event.RECEIVED: StepRule("收到日期", (Action.ROUTE,), organ=True),
    Event.NOTICED: StepRule("告知日期", _AT_THE_ORGAN, ClockKind.NOTICE, organ=True, document=True),
    Action.OBJECT: StepRule(
        "提出异议日期",
        _AT_THE_ORGAN,
        ClockKind.OBJECTION,
        note="请写明承办单位的异议理由。",
        note_word="异议理由",
        organ=True,
    ),
    Action.RETURN: StepRule("退回日期", (Action.OBJECT,), note_word="说明"),
    Action.KEEP: StepRule("答复异议日期", (Action.OBJECT,), note_word="说明"),
    Action.ACCEPT: StepRule("受理日期", _AT_THE_ORGAN, ClockKind.NOTICE, organ=True, document=True),
    Action.ANSWER: StepRule(
        "答复日期", (Action.ACCEPT, *_AT_THE_ORGAN), ClockKind.HANDLING, organ=True, document=True, served=True
    ),
    Event.REPORTED: StepRule("报结果日期", (Action.ROUTE,), organ=True, document=True),
    Action.ASK_REVIEW: StepRule("请求复查日期", (Action.ANSWER,), ClockKind.REVIEW_REQUEST),
    Event.REVIEW_ACCEPTED: StepRule(
        "受理复查日期", (Action.ASK_REVIEW,), ClockKind.REVIEW_ACCEPTANCE, organ=True, document=True
    ),
    Action.REVIEW: StepRule(
        "复查意见日期",
        (Action.ASK_REVIEW,),
        ClockKind.REVIEW,
        outcomes=_choices(ReviewOutcome),
        must_choose=True,
        organ=True,
        document=True,
        served=True,
    ),
    Action.ASK_FINAL_REVIEW: StepRule("请求复核日期", (Action.REVIEW,), ClockKind.FINAL_REQUEST),
    Event.FINAL_ACCEPTED: StepRule(
        "受理复核日期", (Action.ASK_FINAL_REVIEW,), ClockKind.FINAL_ACCEPTANCE, organ=True, document=True
    ),
    Action.FINAL_REVIEW: StepRule(
        "复核意见日期",
        (Action.ASK_FINAL_REVIEW,),
        ClockKind.FINAL_REVIEW,
        outcomes=_choices(ReviewOutcome),
        must_choose=True,
        organ=True,
        document=True,
        served=True,
    ),
    Action.END_REVIEW: StepRule(
        "结束日期",
        (Action.ASK_FINAL_REVIEW, Action.ASK_REVIEW),
        outcomes=_choices(ReviewEnd),
        must_choose=True,
        outcome_word="怎样结束",
        note_word="理由",
        document=True,
    ),
    Action.REDO: StepRule("责令重办日期", (Action.FINAL_REVIEW, Action.REVIEW), organ=True, document=True),
    Event.AGREED: StepRule("协议生效日期", document=True, organ=True),
    Event.CONFIRMED: StepRule("申请确认日期", (Event.AGREED,), ClockKind.CONFIRMATION, document=True, organ=True),
    Action.CLOSE: StepRule("办结日期", outcomes=_choices(ClosingOutcome), outcome_word="四到位"),
    Action.WITHDRAW: StepRule("撤回日期", note_word="来访人的说明"),
    Action.TERMINATE: StepRule(
        "终结日期", outcomes=_choices(TerminationGround), must_choose=True, outcome_word="终结理由", document=True
    ),
    Action.REOPEN: StepRule("恢复日期", note="请写明为什么恢复办理。", note_word="理由"),
    Action.MERGE: StepRule("并入日期"),
    Action.SPLIT: StepRule("分开日期"),
}
"""By step; routing and recalling have forms of their own."""


def rule_of(kind: Happening, standing: Standing) -> StepRule:
    """What a step asks of a matter that stands here; only an answer with an opinion is served and decides."""
    rule = RULES[kind]
    if kind is not Action.ANSWER:
        return rule
    if standing.procedure is not Procedure.OPINION:
        return StepRule(rule.day, rule.follows, rule.clock, organ=True, document=True)
    return StepRule(
        rule.day,
        rule.follows,
        rule.clock,
        outcomes=_choices(OpinionOutcome),
        outcome_word="结论",
        organ=True,
        document=True,
        served=True,
    )


@dataclass(frozen=True, slots=True)
class Days:
    """Between which days a step can lie: not before ``after`` (which is called ``after_what``), not after today."""

    after: date
    after_what: str
    today: date


def plain_step(form: StepForm, rule: StepRule) -> StepForm:
    """Clean what was typed; of what the step does not ask nothing is kept."""
    return replace(
        form,
        served_on=form.served_on if rule.served else None,
        organ=text.tidy(form.organ) if rule.organ else "",
        document_no=text.tidy(form.document_no) if rule.document else "",
        outcome=form.outcome if rule.outcomes else "",
        note=text.tidy_block(form.note),
        late_reason=text.tidy_block(form.late_reason),
    )


def form_faults(kind: Happening, rule: StepRule, form: StepForm, days: Days) -> Iterator[Fault]:
    """Say what is wrong with a step, cleaned by ``plain_step``, in reading order; lateness is for the clocks to say."""
    if form.on is None:
        yield Fault("on", f"请填写{rule.day}。")
    else:
        found = event_fault(rule.day, form.on, days.today, after=days.after, after_what=days.after_what, field="on")
        if found:
            yield found
        yield from _served_faults(form, form.on, days.today, rule.day)
    if rule.must_choose and not form.outcome:
        yield Fault("outcome", f"请选择“{rule.outcome_word}”。")
    elif form.outcome and not rule.outcome_label(form.outcome):
        yield Fault("outcome", f"“{rule.outcome_word}”里没有这一项，请重新选择。")
    yield from length_faults("organ", form.organ, ORGAN_AT_MOST, "机关、单位")
    yield from length_faults("document_no", form.document_no, NUMBER_AT_MOST, "文号")
    asked = rule.note or _asked_note(kind, form.outcome)
    if asked and not form.note:
        yield Fault("note", asked)
    yield from length_faults("note", form.note, TEXT_AT_MOST, rule.note_word)
    yield from length_faults("late_reason", form.late_reason, TEXT_AT_MOST, "超期理由")


def _served_faults(form: StepForm, on: date, today: date, rule_day: str) -> Iterator[Fault]:
    if form.served_on is not None:
        found = event_fault("送达日期", form.served_on, today, after=on, after_what=rule_day, field="served_on")
        if found:
            yield found


def _asked_note(kind: Happening, outcome: str) -> str:
    if kind is Action.END_REVIEW and outcome == ReviewEnd.NOT_ACCEPTED.value:
        return _END_NOTE
    if kind is Action.TERMINATE and outcome == TerminationGround.OTHER.value:
        return "请写明终结的理由。"
    return ""


def event_why_not(standing: Standing, event: Event, started: Collection[ClockKind], done: Collection[ClockKind]) -> str:
    """Say why an event cannot be recorded now, in one sentence for the greyed button; empty when it can.

    Args:
        standing: where the matter stands.
        event: what is to be recorded.
        started: the clocks that were started.
        done: those of them that were kept, or ended.
    """
    state, handling = standing.state, standing.handling
    if state in ENDED and event is not Event.CONFIRMED:
        return f"这件事{state.label}，不再登记新的情况。" if state is State.CLOSED else why_not(standing, Action.CLOSE)
    if event in {Event.RECEIVED, Event.NOTICED}:
        return _not_at_an_organ(standing, event, done)
    if event is Event.REPORTED:
        return "" if handling is Handling.ASSIGN else "只有交办的事项要报办理结果。"
    if event is Event.AGREED:
        return "调解协议已经登记过。" if ClockKind.CONFIRMATION in started else ""
    kind, words = _WAITING[event]
    if kind not in started:
        return words
    return f"“{event.label}”已经登记过。" if kind in done else ""


_WAITING: Final = {
    Event.REVIEW_ACCEPTED: (ClockKind.REVIEW_ACCEPTANCE, "登记了复查申请以后，才登记是否受理。"),
    Event.FINAL_ACCEPTED: (ClockKind.FINAL_ACCEPTANCE, "登记了复核申请以后，才登记是否受理。"),
    Event.CONFIRMED: (ClockKind.CONFIRMATION, "登记了调解协议以后，才登记司法确认的申请。"),
}


def _not_at_an_organ(standing: Standing, event: Event, done: Collection[ClockKind]) -> str:
    handling = standing.handling
    if handling is None or not handling.hands_on:
        return "这件事没有交给承办单位，用不着这一步。"
    if event is Event.RECEIVED:
        return "" if standing.state is State.ROUTED else "承办单位已经受理或者提出了异议，不再登记收到。"
    return "书面告知已经登记过。" if ClockKind.NOTICE in done else ""
