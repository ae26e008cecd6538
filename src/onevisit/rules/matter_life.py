"""The life of a matter (信访事项) as one explicit state machine.

``TABLE`` says which action leads where; a few conditions beyond the state (what the route was, which opinion was
served) stand in ``_CONDITIONS``. ``why_not`` gives the sentence for a greyed button, for every state and action.
Dates are not looked at here: whoever asks for a review on day 31 is warned by the clocks, not stopped by the machine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from onevisit.rules.clocks import show_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.labels import Labelled
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind


class State(Labelled):
    """Where a matter stands."""

    REGISTERED = "registered", "已登记"
    ROUTED = "routed", "已定去向"
    OBJECTED = "objected", "承办单位有异议"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已受理"
    ANSWERED = "answered", "已答复"
    IN_REVIEW = "in_review", "复查中"
    REVIEWED = "reviewed", "已复查"
    IN_FINAL_REVIEW = "in_final_review", "复核中"
    FINALLY_REVIEWED = "finally_reviewed", "已复核"
    CLOSED = "closed", "已办结"
    TERMINATED = "terminated", "已终结"
    WITHDRAWN = "withdrawn", "已撤回"
    MERGED = "merged", "已并入另一件"
    SPLIT = "split", "已分成几件"


class Action(Labelled):
    """What can be done with a matter; the label is the word on the button."""

    ROUTE = "route", "定去向"
    RECALL = "recall", "收回"
    OBJECT = "object", "登记异议"
    RETURN = "return", "同意退回"
    KEEP = "keep", "不同意退回"
    ACCEPT = "accept", "登记受理"
    ANSWER = "answer", "登记答复"
    ASK_REVIEW = "ask_review", "登记复查申请"
    REVIEW = "review", "登记复查意见"
    END_REVIEW = "end_review", "复查、复核申请不受理或撤回"
    ASK_FINAL_REVIEW = "ask_final_review", "登记复核申请"
    FINAL_REVIEW = "final_review", "登记复核意见"
    REDO = "redo", "责令重新办理"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "恢复办理"
    TERMINATE = "terminate", "终结"
    WITHDRAW = "withdraw", "来访人撤回"
    MERGE = "merge", "并入另一件"
    SPLIT = "split", "分成几件"


class Served(IntEnum):
    """The highest opinion that was served on the petitioner; each opens the way to the next (articles 32, 35, 36)."""

    NOTHING = 0
    OPINION = 1
    REVIEW = 2
    FINAL_REVIEW = 3


class TerminationGround(Labelled):
    """终结: why a matter is over for good (信访工作条例 2022, article 36; 山东省信访条例, article 46)."""

    FINAL_OPINION = "final_opinion", "复核意见已送达"
    AGREEMENT = "agreement", "已达成调解协议"
    TOO_LATE = "too_late", "逾期没有申请复查或者复核"
    DEATH = "death", "信访人死亡，没有人承继"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the machine knows of one matter.

    Attributes:
        handling: what the window did with it; None before a route is taken.
        procedure: which procedure of article 31 it takes; None where none applies.
        served: the highest opinion served so far.
    """

    state: State = State.REGISTERED
    handling: Handling | None = None
    procedure: Procedure | None = None
    served: Served = Served.NOTHING


REQUEST_AFTER: Mapping[Served, ClockKind] = {
    Served.OPINION: ClockKind.REVIEW_REQUEST,
    Served.REVIEW: ClockKind.FINAL_REQUEST,
}
"""The days in which the petitioner may ask for the next review, by the opinion that was served last."""

FINAL = frozenset({State.TERMINATED, State.WITHDRAWN, State.MERGED, State.SPLIT})
"""States that nothing leads out of."""

ENDED = FINAL | {State.CLOSED}
"""States in which nobody works on a matter any more."""

TABLE: Mapping[State, Mapping[Action, State]] = {
    State.REGISTERED: {
        Action.ROUTE: State.ROUTED,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.MERGE: State.MERGED,
        Action.SPLIT: State.SPLIT,
    },
    State.ROUTED: {
        Action.RECALL: State.REGISTERED,
        Action.OBJECT: State.OBJECTED,
        Action.ACCEPT: State.ACCEPTED,
        Action.ANSWER: State.ANSWERED,
        Action.CLOSE: State.CLOSED,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.MERGE: State.MERGED,
    },
    State.OBJECTED: {
        Action.RETURN: State.RETURNED,
        Action.KEEP: State.ROUTED,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.RETURNED: {
        Action.ROUTE: State.ROUTED,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.MERGE: State.MERGED,
        Action.SPLIT: State.SPLIT,
    },
    State.ACCEPTED: {
        Action.ANSWER: State.ANSWERED,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.TERMINATE: State.TERMINATED,
    },
    State.ANSWERED: {
        Action.ASK_REVIEW: State.IN_REVIEW,
        Action.CLOSE: State.CLOSED,
        Action.TERMINATE: State.TERMINATED,
    },
    State.IN_REVIEW: {Action.REVIEW: State.REVIEWED, Action.END_REVIEW: State.ANSWERED},
    State.REVIEWED: {
        Action.ASK_FINAL_REVIEW: State.IN_FINAL_REVIEW,
        Action.REDO: State.ACCEPTED,
        Action.CLOSE: State.CLOSED,
        Action.TERMINATE: State.TERMINATED,
    },
    State.IN_FINAL_REVIEW: {Action.FINAL_REVIEW: State.FINALLY_REVIEWED, Action.END_REVIEW: State.REVIEWED},
    State.FINALLY_REVIEWED: {
        Action.REDO: State.ACCEPTED,
        Action.CLOSE: State.CLOSED,
        Action.TERMINATE: State.TERMINATED,
    },
    State.CLOSED: {
        Action.REOPEN: State.REGISTERED,
        Action.ASK_REVIEW: State.IN_REVIEW,
        Action.ASK_FINAL_REVIEW: State.IN_FINAL_REVIEW,
        Action.TERMINATE: State.TERMINATED,
    },
    State.TERMINATED: {},
    State.WITHDRAWN: {},
    State.MERGED: {},
    State.SPLIT: {},
}
"""The whole machine: from each state, each possible action and where it leads."""

_ENDED = {
    State.TERMINATED: "这件事已经终结，不能再办；同一事实和理由再提出的，告知不再受理。",
    State.WITHDRAWN: "来访人已经撤回这件事，不能再办；又要反映的，请重新登记。",
    State.MERGED: "这件事已经并入另一件，请到那一件上办。",
    State.SPLIT: "这件事已经分成几件，请到分出的那一件上办。",
}

_COMES_AFTER = {
    Action.ROUTE: "去向已经定了；要改去向，请先收回，或者等承办单位退回。",
    Action.RECALL: "只有刚定去向、承办单位还没有受理或者提出异议时，才能收回。",
    Action.OBJECT: "承办单位收到转送、还没有受理时，才能登记它的异议。",
    Action.RETURN: "承办单位提出异议以后，才谈得上退回。",
    Action.KEEP: "承办单位提出异议以后，才谈得上不同意退回。",
    Action.ACCEPT: "定了去向、承办单位收到以后才登记受理，受理只登记一次。",
    Action.ANSWER: "定了去向以后才登记答复，答复只登记一次。",
    Action.ASK_REVIEW: "收到信访处理意见书以后才能请求复查，复查只有一次。",
    Action.REVIEW: "登记了复查申请以后，才登记复查意见。",
    Action.END_REVIEW: "现在没有等待办理的复查或者复核申请。",
    Action.ASK_FINAL_REVIEW: "收到复查意见以后才能请求复核，复核只有一次。",
    Action.FINAL_REVIEW: "登记了复核申请以后，才登记复核意见。",
    Action.REDO: "只有复查、复核撤销了原来的意见，才重新办理。",
    Action.CLOSE: "还有一步没有办完，不能办结；请先登记去向、答复或者复查复核的结果。",
    Action.REOPEN: "只有已办结的事才能恢复办理。",
    Action.TERMINATE: "受理以后才能终结，正在复查、复核的要等有了意见。",
    Action.WITHDRAW: "书面答复以后不再撤回；来访人不再要求的，请办结。",
    Action.MERGE: "受理以后不再并入另一件；请用“相关事项”把两件连起来。",
    Action.SPLIT: "定去向以前才能分成几件；要分开办，请先收回。",
}
_ALREADY_CLOSED = {
    Action.CLOSE: "这件事已经办结。",
    Action.WITHDRAW: "这件事已经办结，不用再撤回。",
}

_ONLY_REVIEWED = "只有信访处理意见书可以请求复查；这件事没有这样的意见书，请告知来访人该走的程序。"
_CLOSES_WITHOUT_ANSWER = frozenset({Handling.ANSWER, Handling.GUIDE, Handling.IN_PERIOD, Handling.ENDED})


def possible(standing: Standing) -> tuple[Action, ...]:
    """List what can be done now, in the order of the buttons."""
    return tuple(action for action in Action if not why_not(standing, action))


def why_not(standing: Standing, action: Action) -> str:
    """Say why an action cannot be done now, in one sentence for the greyed button; empty when it can."""
    state = standing.state
    if state in FINAL:
        return _ENDED[state]
    if action not in TABLE[state]:
        closed = _ALREADY_CLOSED.get(action, "") if state is State.CLOSED else ""
        return closed or f"现在是“{state.label}”：{_COMES_AFTER[action]}"
    condition = _CONDITIONS.get(action)
    return condition(standing) if condition else ""


def opinion_why_not(standing: Standing) -> str:
    """Say why no opinion can be written of a matter that stands here; empty when one can."""
    if standing.state in ENDED:
        return "这件事已经结束，不再写意见书。"
    handed_on = standing.handling is not None and standing.handling.hands_on
    return "" if handed_on else "交给承办单位的事项才有信访处理意见书。"


def go(
    standing: Standing, action: Action, *, handling: Handling | None = None, procedure: Procedure | None = None
) -> Standing:
    """Take one step.

    Args:
        standing: where the matter stands.
        action: what is done.
        handling: of ROUTE: what the window does with it.
        procedure: of ROUTE: which procedure of article 31 it takes.

    Raises:
        PlainFault: it cannot be done now; the sentence says why.
    """
    sentence = why_not(standing, action)
    if sentence:
        raise PlainFault(sentence)
    after = replace(standing, state=TABLE[standing.state][action])
    if action is Action.ROUTE:
        return _routed(after, handling, procedure)
    if action in {Action.RECALL, Action.REOPEN}:
        return replace(after, handling=None, procedure=None, served=Served.NOTHING)
    if action is Action.REDO:
        return replace(after, served=Served.NOTHING)
    return replace(after, served=_served(standing, action))


def termination_fault(
    standing: Standing, ground: TerminationGround, on: date | None = None, request_due: date | None = None
) -> str:
    """Say why a matter cannot be ended on this ground; empty when it can.

    Args:
        standing: where the matter stands.
        ground: as chosen.
        on: the local day on which it ends; None while it is not filled in.
        request_due: the last day to ask for the next review (``REQUEST_AFTER``); None where these days never began.
    """
    sentence = why_not(standing, Action.TERMINATE)
    if sentence:
        return sentence
    if ground is TerminationGround.FINAL_OPINION and standing.served is not Served.FINAL_REVIEW:
        return "还没有登记复核意见，不能以“复核意见已送达”终结，请另选理由。"
    if ground is TerminationGround.TOO_LATE and standing.served is Served.NOTHING:
        return "还没有送达过处理意见书，谈不上逾期没有申请复查，请另选理由。"
    return _too_early(standing, on, request_due) if ground is TerminationGround.TOO_LATE else ""


def overtaken(expected: State, found: State) -> str:
    """Tell the second of two people at one matter what the first has done; empty if nothing has moved.

    Args:
        expected: the state that the second one saw.
        found: the state as it is kept.
    """
    if expected is found:
        return ""
    moved = f"原来是“{expected.label}”，现在是“{found.label}”"
    return f"别的窗口刚刚办过这件事：{moved}；您的内容没有保存，请看过最新情况再办。"


def _too_early(standing: Standing, on: date | None, request_due: date | None) -> str:
    """Nobody is late while the days to ask have not begun, or still run."""
    if standing.served not in REQUEST_AFTER:
        return "这件事已经复核过，不是逾期没有申请，请另选理由。"
    if request_due is None:
        return "意见书还没有登记送达，来访人申请的期限没有开始，谈不上逾期；请先登记送达，或者另选理由。"
    if on is not None and on <= request_due:
        return f"来访人申请的期限到{show_day(request_due)}（含当日），还没有过，谈不上逾期，请另选理由。"
    return ""


def _routed(after: Standing, handling: Handling | None, procedure: Procedure | None) -> Standing:
    if handling is None:
        raise PlainFault("还没有选办理方式，请选择以后再定去向。")
    return replace(after, handling=handling, procedure=procedure)


def _served(standing: Standing, action: Action) -> Served:
    if action is Action.ANSWER and standing.procedure is Procedure.OPINION:
        return Served.OPINION
    return {Action.REVIEW: Served.REVIEW, Action.FINAL_REVIEW: Served.FINAL_REVIEW}.get(action, standing.served)


def _handed_on(standing: Standing) -> str:
    handling = standing.handling
    if handling is not None and handling.hands_on:
        return ""
    return f"这件事是“{handling.label if handling else '未定'}”，没有交给承办单位，用不着这一步。"


def _answerable(standing: Standing) -> str:
    if standing.state is State.ACCEPTED:
        return ""
    if standing.procedure is Procedure.OPINION and not _handed_on(standing):
        return "要出具信访处理意见书的事先登记受理，办理期限从受理那天起算。"
    return _handed_on(standing)


def _closable(standing: Standing) -> str:
    handling = standing.handling
    if standing.state is not State.ROUTED or handling is None:
        return ""
    if handling in _CLOSES_WITHOUT_ANSWER or handling.seals:
        return ""
    return f"这件事已经{handling.label}，承办单位还没有答复；请先登记答复，再办结。"


def _reviewable(standing: Standing) -> str:
    if standing.served is Served.NOTHING:
        return _ONLY_REVIEWED
    return "" if standing.served is Served.OPINION else "这件事已经复查过，不能再复查。"


def _finally_reviewable(standing: Standing) -> str:
    if standing.served < Served.REVIEW:
        return "收到复查意见以后才能请求复核；请先登记复查。"
    return "" if standing.served is Served.REVIEW else "这件事已经复核过，不能再复核。"


_CONDITIONS: Mapping[Action, Callable[[Standing], str]] = {
    Action.OBJECT: _handed_on,
    Action.ACCEPT: _handed_on,
    Action.ANSWER: _answerable,
    Action.CLOSE: _closable,
    Action.ASK_REVIEW: _reviewable,
    Action.ASK_FINAL_REVIEW: _finally_reviewable,
}
"""What must hold besides the state."""
