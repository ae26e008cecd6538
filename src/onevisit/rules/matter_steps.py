"""What the petitioner may know of the steps of a matter: their own view, for the query by code.

What goes on between offices (an objection, a return, a recall) and whom an accusation went to is not theirs to read;
neither is anybody else's name. Everything that is theirs is said in plain words with its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onevisit.rules.matter_life import Action, State
from onevisit.rules.routes import Handling


@dataclass(frozen=True, slots=True)
class Happening:
    """One step as the store keeps it.

    Attributes:
        action: None for the registration.
        on: the local day.
        handling: of ROUTE.
        addressees: of ROUTE: the organs.
    """

    action: Action | None
    on: date
    handling: Handling | None = None
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownStep:
    """One step that the petitioner may know: the day and what happened."""

    on: date
    text: str


HIDDEN = frozenset({Action.RECALL, Action.OBJECT, Action.RETURN, Action.KEEP})
"""What goes on between offices; the petitioner sees the route that comes of it."""

_WORDS = {
    Action.ACCEPT: "承办单位已经受理",
    Action.ANSWER: "承办单位已经答复",
    Action.ASK_REVIEW: "收到您的复查申请",
    Action.REVIEW: "复查意见已经送达",
    Action.END_REVIEW: "复查、复核申请没有受理，或者您已撤回",
    Action.ASK_FINAL_REVIEW: "收到您的复核申请",
    Action.FINAL_REVIEW: "复核意见已经送达",
    Action.REDO: "原来的意见已撤销，重新办理",
    Action.CLOSE: "已办结",
    Action.REOPEN: "恢复办理",
    Action.TERMINATE: "已终结",
    Action.WITHDRAW: "您已撤回",
    Action.MERGE: "与同一件事合并办理",
    Action.SPLIT: "分成几件办理",
}
_NOW = {
    State.REGISTERED: "已登记，窗口正在确定由哪个单位办理。",
    State.ROUTED: "已告知去向；转出去的，等承办单位书面告知。",
    State.OBJECTED: "正在确定由哪个单位办理。",
    State.RETURNED: "正在确定由哪个单位办理。",
    State.ACCEPTED: "承办单位正在办理。",
    State.ANSWERED: "已经答复，请看答复的内容和期限。",
    State.IN_REVIEW: "正在复查。",
    State.REVIEWED: "已经复查，请看复查意见的内容和期限。",
    State.IN_FINAL_REVIEW: "正在复核。",
    State.FINALLY_REVIEWED: "已经复核。",
    State.CLOSED: "已办结。",
    State.TERMINATED: "已终结，不再受理。",
    State.WITHDRAWN: "您已撤回。",
    State.MERGED: "与同一件事合并办理，可以打电话问进度。",
    State.SPLIT: "分成几件办理，可以打电话问进度。",
}


def known_steps(happenings: Iterable[Happening], *, secret: bool = False) -> tuple[KnownStep, ...]:
    """Give the steps that the petitioner may know, in the order they are given.

    Args:
        happenings: every step that is kept.
        secret: an accusation or confidential: organs are not named (信访工作条例 2022, article 30).
    """
    return tuple(KnownStep(one.on, _words(one, secret=secret)) for one in happenings if one.action not in HIDDEN)


def where_it_stands(state: State) -> str:
    """Say in one plain sentence how far a matter is, for the petitioner."""
    return _NOW[state]


def _words(one: Happening, *, secret: bool) -> str:
    if one.action is None:
        return "已登记"
    return _route(one, secret=secret) if one.action is Action.ROUTE else _WORDS[one.action]


def _route(one: Happening, *, secret: bool) -> str:
    handling = one.handling
    if handling is Handling.ANSWER:
        return "已当场答复"
    if handling is not None and handling.stops:
        return f"已告知：{handling.label}"
    sealed = secret or (handling is not None and handling.seals)
    whom = "有权处理的机关、单位" if sealed or not one.addressees else "、".join(one.addressees)
    return f"已引导您到{whom}" if handling is Handling.GUIDE else f"已转交{whom}"
