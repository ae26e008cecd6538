"""Somebody comes again: what is to be told of the matter as it stands. The visit is registered all the same."""

from datetime import date
from typing import Final

from onevisit.rules.clocks import show_day
from onevisit.rules.matter_life import State
from onevisit.rules.periods import ClockState
from onevisit.rules.route_law import article
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet

_IN_TIME: Final = frozenset({ClockState.RUNNING, ClockState.SOON, ClockState.TODAY, ClockState.STANDING})
_STAND: Final = {
    State.CLOSED: "这件事已经办结：来访照样登记，不自动恢复办理；要恢复的，由负责人写明理由。",
    State.TERMINATED: "这件事已经终结，同一事实和理由不再受理（{article}）；来访照样登记。",
    State.WITHDRAWN: "来访人撤回过这件事：又要反映的，请选“另一件事”，登记为新的事项。",
    State.MERGED: "这件事已经并入另一件：选“就是这件事”，就登记在那一件上。",
    State.SPLIT: "这件事已经分成几件：请在分出的那一件上选“就是这件事”。",
}


def in_period(state: State, handling: ClockState | None) -> bool:
    """Whether a matter is accepted and the days for handling it still run (2022 article 19(3), 2005 article 16).

    Args:
        state: where the matter stands.
        handling: how its handling clock stands; None where no days run.
    """
    return state is State.ACCEPTED and handling in _IN_TIME


def refused_as(state: State, handling: ClockState | None = None) -> Handling | None:
    """Which of the two stops a matter meets when it is told once more; None where it is accepted anew."""
    if in_period(state, handling):
        return Handling.IN_PERIOD
    return Handling.ENDED if state is State.TERMINATED else None


def stop_sentence(state: State, rules: RuleSet, handling: ClockState | None = None, due: date | None = None) -> str:
    """Say what speaks against dealing with the matter once more, with its article; empty if nothing does.

    Args:
        state: where the matter stands.
        rules: the set of the matter.
        handling: how its handling clock stands; None where no days run.
        due: the last day of that clock.
    """
    if not in_period(state, handling):
        return _STAND.get(state, "").format(article=article(rules, Handling.ENDED))
    until = f"（到{show_day(due)}）" if due else ""
    rests_on = article(rules, Handling.IN_PERIOD)
    return f"这件事在办理期限内{until}，不再受理（{rests_on}）；来访照样登记，期限不重新计算。"


def stop_word(state: State, refused: Handling | None) -> str:
    """Say in a few words what the sentence says, for a heading; empty if nothing speaks against it."""
    if refused is Handling.IN_PERIOD:
        return "办理期限内，不再受理"
    return {State.TERMINATED: "已终结，不再受理", State.CLOSED: "已办结，不自动恢复"}.get(state, "")


def must_be_answered(state: State, *, is_open: bool) -> bool:
    """Whether the clerk has to say if it is the same matter: of an open one, and of one that is over for good."""
    return is_open or state is State.TERMINATED
