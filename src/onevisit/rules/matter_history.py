"""From what happened to a matter, step by step, to the days that start and end its clocks.

Steps are kept with their days and never with due dates (``rules.matter_clocks`` counts those). What a later step undoes
(a recall, a return, a reopening) takes the clocks with it that it started; what closes a matter leaves only the days
that belong to the petitioner, and what ends it for good only those to have an agreement confirmed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onevisit.rules.classification import PetitionClass
from onevisit.rules.extensions import Extension
from onevisit.rules.labels import Labelled
from onevisit.rules.matter_clocks import MatterEvents
from onevisit.rules.matter_life import Action, Standing
from onevisit.rules.pauses import Stop
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulesets import ClockKind


class Event(Labelled):
    """What happens to a matter without moving it to another state; no code is one of ``Action``."""

    RECEIVED = "received", "承办单位收到"
    NOTICED = "noticed", "书面告知"
    REPORTED = "reported", "报办理结果"
    REVIEW_ACCEPTED = "review_accepted", "受理复查"
    FINAL_ACCEPTED = "final_accepted", "受理复核"
    AGREED = "agreed", "调解协议生效"
    CONFIRMED = "confirmed", "申请司法确认"


Happening = Action | Event


def happening(code: str) -> Happening:
    """Find what the store keeps as ``code``.

    Raises:
        ValueError: neither an action nor an event is kept so.
    """
    return Event.from_code(code) if code in set(Event) else Action.from_code(code)


class Whose(Labelled):
    """Who has to act before a clock runs out."""

    WINDOW = "window", "窗口"
    ORGAN = "organ", "承办单位"
    PETITIONER = "petitioner", "来访人"


_PETITIONERS = frozenset({ClockKind.REVIEW_REQUEST, ClockKind.FINAL_REQUEST, ClockKind.CONFIRMATION})


def whose(kind: ClockKind) -> Whose:
    """Say who has to act before this clock runs out."""
    if kind is ClockKind.TRANSFER:
        return Whose.WINDOW
    return Whose.PETITIONER if kind in _PETITIONERS else Whose.ORGAN


@dataclass(frozen=True, slots=True)
class Happened:
    """One step with its local day.

    Attributes:
        served_on: the day on which the opinion of this step reached the petitioner; None while it did not.
    """

    kind: Happening
    on: date
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the clocks of a matter depend on.

    Attributes:
        registered_on: the local day of the first visit.
        steps: in the order in which they were recorded.
        standing: where it stands now.
        petition_class: of the matter; None for enquiries and the rest.
        anonymous: name or address are not known.
        own_rules: what it is about goes to an organ of justice or discipline.
    """

    registered_on: date
    steps: Sequence[Happened]
    standing: Standing
    petition_class: PetitionClass | None
    anonymous: bool = False
    own_rules: bool = False
    stops: Mapping[ClockKind, Sequence[Stop]] = field(default_factory=dict)
    extension: Extension | None = None


def events_of(history: History) -> MatterEvents:
    """Give the days that start and end each clock, as they stand after the last step."""
    walk = _Walk(history)
    for step in history.steps:
        _STEPS.get(step.kind, _nothing)(walk, step)
    return MatterEvents(
        starts=walk.starts,
        petition_class=history.petition_class,
        procedure=history.standing.procedure,
        done={kind: day for kind, day in walk.done.items() if kind in walk.starts},
        stops=history.stops,
        extension=_extension(history.extension, walk.starts.get(ClockKind.HANDLING)),
        anonymous=history.anonymous,
        own_rules=history.own_rules,
    )


def _extension(one: Extension | None, accepted: date | None) -> Extension | None:
    """What was approved before a matter was taken up anew belongs to the handling before, and is used up with it."""
    return one if one is not None and accepted is not None and one.approved_on >= accepted else None


class _Walk:
    """The days as they stand after the steps so far."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.starts: dict[ClockKind, date] = {ClockKind.TRANSFER: history.registered_on}
        self.done: dict[ClockKind, date] = {}

    def start(self, on: date, *kinds: ClockKind) -> None:
        for kind in kinds:
            self.starts[kind] = on
            self.done.pop(kind, None)

    def end(self, on: date, *kinds: ClockKind) -> None:
        """What was done before stays as it was."""
        for kind in kinds:
            self.done.setdefault(kind, on)

    def drop(self, *kinds: ClockKind) -> None:
        for kind in kinds:
            self.starts.pop(kind, None)
            self.done.pop(kind, None)

    def drop_open(self, *kinds: ClockKind) -> None:
        self.drop(*(kind for kind in kinds if kind not in self.done))


def _nothing(_walk: _Walk, _step: Happened) -> None:
    """A step that starts and ends no clock."""


def _routed(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.TRANSFER)
    handling = walk.history.standing.handling
    if handling is not None and handling.hands_on:
        # until its receipt is recorded: what is handed on through the common system arrives on the same day
        walk.start(step.on, ClockKind.NOTICE, ClockKind.OBJECTION)


def _received(walk: _Walk, step: Happened) -> None:
    for kind in (ClockKind.NOTICE, ClockKind.OBJECTION):
        # what was done already was received before, whatever day is written down afterwards
        if kind in walk.starts and step.on <= walk.done.get(kind, step.on):
            walk.starts[kind] = step.on


def _recalled(walk: _Walk, _step: Happened) -> None:
    walk.done.pop(ClockKind.TRANSFER, None)
    walk.drop(ClockKind.NOTICE, ClockKind.OBJECTION)


def _returned(walk: _Walk, step: Happened) -> None:
    # what the parties agreed on beside it stands, whoever handles the matter next
    walk.drop(*(kind for kind in ClockKind if kind is not ClockKind.CONFIRMATION))
    walk.start(step.on, ClockKind.TRANSFER)


def _reopened(walk: _Walk, step: Happened) -> None:
    walk.drop(*ClockKind)
    walk.start(step.on, ClockKind.TRANSFER)


def _accepted(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.NOTICE)
    walk.drop_open(ClockKind.OBJECTION)
    walk.start(step.on, ClockKind.HANDLING)


def _answered(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.NOTICE, ClockKind.HANDLING)
    walk.drop_open(ClockKind.OBJECTION)
    if walk.history.standing.procedure is Procedure.OPINION and step.served_on is not None:
        walk.start(step.served_on, ClockKind.REVIEW_REQUEST)


def _review_asked(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.REVIEW_REQUEST)
    walk.start(step.on, ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW)


def _reviewed(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW)
    if step.served_on is not None:
        walk.start(step.served_on, ClockKind.FINAL_REQUEST)


def _final_review_asked(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.FINAL_REQUEST)
    walk.start(step.on, ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW)


def _finally_reviewed(walk: _Walk, step: Happened) -> None:
    walk.end(step.on, ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW)


def _review_ended(walk: _Walk, step: Happened) -> None:
    for request, acceptance, review in (
        (ClockKind.REVIEW_REQUEST, ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW),
        (ClockKind.FINAL_REQUEST, ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW),
    ):
        if review in walk.starts and review not in walk.done:
            walk.end(step.on, acceptance)
            walk.drop(review)
            # it may be asked for again, in the days that were given from the service on
            walk.done.pop(request, None)


_REVIEWS = (
    *(ClockKind.REVIEW_REQUEST, ClockKind.REVIEW_ACCEPTANCE, ClockKind.REVIEW),
    *(ClockKind.FINAL_REQUEST, ClockKind.FINAL_ACCEPTANCE, ClockKind.FINAL_REVIEW),
)


def _handled_anew(walk: _Walk, step: Happened) -> None:
    walk.drop(*_REVIEWS)
    walk.start(step.on, ClockKind.HANDLING)


def _closed(walk: _Walk, _step: Happened) -> None:
    walk.drop_open(*(kind for kind in ClockKind if kind not in _PETITIONERS))


def _over(walk: _Walk, _step: Happened) -> None:
    # an agreement stands although its matter is over: both sides still have their days to have it confirmed
    walk.drop_open(*(kind for kind in ClockKind if kind is not ClockKind.CONFIRMATION))


def _goes_on_elsewhere(walk: _Walk, _step: Happened) -> None:
    walk.drop_open(*ClockKind)


def _ends(kind: ClockKind) -> Callable[[_Walk, Happened], None]:
    def end(walk: _Walk, step: Happened) -> None:
        walk.end(step.on, kind)

    return end


def _starts(kind: ClockKind) -> Callable[[_Walk, Happened], None]:
    def start(walk: _Walk, step: Happened) -> None:
        walk.start(step.on, kind)

    return start


_STEPS: Mapping[Happening, Callable[[_Walk, Happened], None]] = {
    Action.ROUTE: _routed,
    Event.RECEIVED: _received,
    Action.RECALL: _recalled,
    Action.OBJECT: _ends(ClockKind.OBJECTION),
    Action.RETURN: _returned,
    Event.NOTICED: _ends(ClockKind.NOTICE),
    Action.ACCEPT: _accepted,
    Action.ANSWER: _answered,
    Action.ASK_REVIEW: _review_asked,
    Event.REVIEW_ACCEPTED: _ends(ClockKind.REVIEW_ACCEPTANCE),
    Action.REVIEW: _reviewed,
    Action.ASK_FINAL_REVIEW: _final_review_asked,
    Event.FINAL_ACCEPTED: _ends(ClockKind.FINAL_ACCEPTANCE),
    Action.FINAL_REVIEW: _finally_reviewed,
    Action.END_REVIEW: _review_ended,
    Action.REDO: _handled_anew,
    Action.REOPEN: _reopened,
    Event.AGREED: _starts(ClockKind.CONFIRMATION),
    Event.CONFIRMED: _ends(ClockKind.CONFIRMATION),
    Action.CLOSE: _closed,
    Action.TERMINATE: _over,
    Action.WITHDRAW: _over,
    Action.MERGE: _goes_on_elsewhere,
    Action.SPLIT: _goes_on_elsewhere,
}
"""What each step does to the clocks; a step that is not named here does nothing to them."""
