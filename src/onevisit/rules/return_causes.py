"""Why somebody had to come again, as far as the facts say so: a suggestion with its reason; the clerk decides.

What is counted are causes, never people: a promise of ours comes before the papers of the visitor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onevisit.rules.classification import ReturnReason
from onevisit.rules.clocks import show_short_day
from onevisit.rules.papers import name_told
from onevisit.rules.slip import Promise


@dataclass(frozen=True, slots=True)
class ComingAgain:
    """What is known of the visits before.

    Attributes:
        broken_promise: the last promise whose day has passed without a trace of its being kept.
        given_back_by: the organ that the matter was sent to last and that gave it back, or objects; empty if none did.
        overdue: the last day of the organ's clock that ran out first; None while all are kept.
        overdue_what: what that clock is called.
        told: the papers that the visitor has in writing from the last visit; None if nothing was handed over then.
        wanted: the papers that are still wanted now.
    """

    broken_promise: Promise | None = None
    given_back_by: str = ""
    overdue: date | None = None
    overdue_what: str = ""
    told: Sequence[str] | None = None
    wanted: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A suggested reason for coming again, with the fact that speaks for it."""

    reason: ReturnReason
    why: str


def suggest(known: ComingAgain) -> Cause | None:
    """Suggest the cause that weighs most; None where the facts say nothing."""
    return next((cause for cause in (ask(known) for ask in _CAUSES) if cause is not None), None)


def with_wanted(known: ComingAgain, wanted: Sequence[str]) -> ComingAgain:
    """Add what the form says is still wanted."""
    return replace(known, wanted=wanted)


def _promise(known: ComingAgain) -> Cause | None:
    promise = known.broken_promise
    if promise is None:
        return None
    by = f"{show_short_day(promise.by)}前" if promise.by else ""
    return Cause(ReturnReason.NOT_CONTACTED, f"上次答应{by}“{promise.text.rstrip('。')}”，没有做到的记录")


def _office(known: ComingAgain) -> Cause | None:
    if not known.given_back_by:
        return None
    return Cause(ReturnReason.WRONG_OFFICE, f"上次转给{known.given_back_by}，对方提出异议或者退回")


def _overdue(known: ComingAgain) -> Cause | None:
    if known.overdue is None:
        return None
    return Cause(ReturnReason.NO_ANSWER, f"“{known.overdue_what}”{show_short_day(known.overdue)}已到期，没有办完的记录")


def _never_told(known: ComingAgain) -> Cause | None:
    # by their names: where a paper is to be had may have been mended in the list since
    told = {*map(name_told, known.told or ())}
    never = [one for one in known.wanted if name_told(one) not in told]
    if not never:
        return None
    return Cause(ReturnReason.NOT_TOLD, f"上次没有告知要带{_named(never)}")


def _forgotten(known: ComingAgain) -> Cause | None:
    if not known.wanted:
        return None
    return Cause(ReturnReason.PAPERS_FORGOTTEN, f"上次已书面告知要带{_named(known.wanted)}，今天还没有带来")


_CAUSES: tuple[Callable[[ComingAgain], Cause | None], ...] = (_promise, _office, _overdue, _never_told, _forgotten)


def _named(papers: Sequence[str]) -> str:
    """The names without where to get them."""
    return "、".join(map(name_told, papers))
