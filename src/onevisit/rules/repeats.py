"""Somebody comes again: what is to be told of the matter as it stands. The visit is registered all the same."""

from datetime import date
from typing import Final

from onevisit.rules.clocks import show_day
from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.periods import ClockState
from onevisit.rules.route_law import article
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, RuleSet

_IN_TIME: Final = frozenset({ClockState.RUNNING, ClockState.SOON, ClockState.TODAY, ClockState.STANDING})
_UNDER_WAY: Final = {
    State.ACCEPTED: (ClockKind.HANDLING, "办理"),
    State.IN_REVIEW: (ClockKind.REVIEW, "复查"),
    State.IN_FINAL_REVIEW: (ClockKind.FINAL_REVIEW, "复核"),
}
_STAND: Final = {
    State.CLOSED: "这件事已经办结：来访照样登记，不自动恢复办理；要恢复的，由负责人写明理由。",
    State.WITHDRAWN: "来访人撤回过这件事：又要反映的，请选“另一件事”，登记为新的事项。",
    State.MERGED: "这件事已经并入另一件：选“就是这件事”，就登记在那一件上。",
    State.SPLIT: "这件事已经分成几件：请在分出的那一件上选“就是这件事”。",
}


def period_of(state: State) -> ClockKind | None:
    """The clock within whose days a matter is not accepted anew (2022 article 19(3), 2005 article 16); None for none.

    It is the one of whoever has accepted it and works on it: the handling, a review, a final review.
    """
    return _UNDER_WAY[state][0] if state in _UNDER_WAY else None


def is_over(standing: Standing) -> bool:
    """Whether a matter is over for good: it was terminated, or went through the final review (2022 article 36(3))."""
    if standing.state is State.TERMINATED:
        return True
    return standing.served is Served.FINAL_REVIEW and standing.state in {State.FINALLY_REVIEWED, State.CLOSED}


def refused_as(standing: Standing, clock: ClockState | None = None) -> Handling | None:
    """Which of the two stops a matter meets when it is told once more; None where it is accepted anew.

    Args:
        standing: where the matter stands.
        clock: how the clock of ``period_of`` stands; None where no days run.
    """
    if standing.state in _UNDER_WAY and clock in _IN_TIME:
        return Handling.IN_PERIOD
    return Handling.ENDED if is_over(standing) else None


def stop_sentence(standing: Standing, rules: RuleSet, clock: ClockState | None = None, due: date | None = None) -> str:
    """Say what speaks against dealing with the matter once more, with its article; empty if nothing does.

    Args:
        standing: where the matter stands.
        rules: the set of the matter.
        clock: how the clock of ``period_of`` stands; None where no days run.
        due: the last day of that clock.
    """
    refused = refused_as(standing, clock)
    if refused is None:
        return _STAND.get(standing.state, "")
    rests_on = article(rules, refused)
    if refused is Handling.ENDED:
        how = "终结" if standing.state is State.TERMINATED else "复核"
        return f"这件事已经{how}，同一事实和理由不再受理（{rests_on}）；来访照样登记。"
    until = f"（到{show_day(due)}）" if due else ""
    return (
        f"这件事在{_UNDER_WAY[standing.state][1]}期限内{until}，不再受理（{rests_on}）；来访照样登记，期限不重新计算。"
    )


def stop_word(standing: Standing, refused: Handling | None) -> str:
    """Say in a few words what the sentence says, for a heading; empty if nothing speaks against it."""
    if refused is Handling.IN_PERIOD:
        return f"{_UNDER_WAY[standing.state][1]}期限内，不再受理"
    if refused is Handling.ENDED:
        return "已终结，不再受理" if standing.state is State.TERMINATED else "已复核，不再受理"
    return "已办结，不自动恢复" if standing.state is State.CLOSED else ""


def must_be_answered(standing: Standing, *, is_open: bool) -> bool:
    """Whether the clerk has to say if it is the same matter: of an open one, and of one that is over for good."""
    return is_open or is_over(standing)
