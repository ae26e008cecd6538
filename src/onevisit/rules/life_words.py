"""Where a matter stands, in one plain sentence for the clerk: what has been done, and whose turn it is."""

from typing import Final

from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.procedures import Procedure

_WORDS: Final = {
    State.REGISTERED: "已登记，等窗口定去向。",
    State.OBJECTED: "{organ}提出异议，等窗口决定是否同意退回。",
    State.RETURNED: "承办单位已退回，等窗口重新定去向。",
    State.IN_REVIEW: "来访人已请求复查，等复查意见。",
    State.IN_FINAL_REVIEW: "来访人已请求复核，等复核意见。",
    State.FINALLY_REVIEWED: "已复核，可以办结或者终结；同一事实和理由再提出的，不再受理。",
    State.CLOSED: "已办结。",
    State.TERMINATED: "已终结，同一事实和理由再提出的，不再受理。",
    State.WITHDRAWN: "来访人已撤回。",
    State.MERGED: "已并入另一件，请到那一件上办。",
    State.SPLIT: "已分成几件，请到分出的那一件上办。",
}


def where_it_stands(standing: Standing, organ: str = "") -> str:
    """Say where a matter stands and whose turn it is.

    Args:
        standing: where it stands.
        organ: the organ that has it now; empty where none is named.
    """
    state, name = standing.state, organ or "承办单位"
    if state is State.ROUTED:
        return _routed(standing, organ)
    if state is State.ACCEPTED:
        return f"{name}已受理，正在办理。"
    if state is State.ANSWERED:
        return f"{name}已答复，{_then(standing, '请求复查')}"
    if state is State.REVIEWED:
        return f"已复查，{_then(standing, '请求复核')}"
    return _WORDS[state].format(organ=name)


def _routed(standing: Standing, organ: str) -> str:
    handling = standing.handling
    if handling is None:
        return "已定去向。"
    whom = f"（{organ}）" if organ else ""
    if not handling.hands_on:
        return f"{handling.label}{whom}，可以办结。"
    opinion = standing.procedure is Procedure.OPINION
    return f"已{handling.label}{whom}，等承办单位{'受理' if opinion else '受理或者答复'}。"


def _then(standing: Standing, request: str) -> str:
    if standing.served is Served.NOTHING:
        return "可以办结。"
    return f"来访人可以{request}；不{request}的，可以办结。"
