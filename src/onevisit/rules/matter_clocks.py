"""Every clock of one matter at a time, for the page of a matter and for the board of what is due.

The desk says which events happened on which day; whether a clock runs, to which day, and how it stands today is read
here. A repeat within the period starts nothing new (信访工作条例 2022 第19条第3款): it brings no event.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onevisit.rules.classification import PetitionClass
from onevisit.rules.extensions import Extension
from onevisit.rules.pauses import Stop
from onevisit.rules.periods import Clock, ClockState, Counting, NoClock, count, handling, notice, state, words
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulesets import ClockKind


@dataclass(frozen=True, slots=True)
class MatterEvents:
    """What happened to a matter, by local days.

    Attributes:
        starts: the day of the event that starts each clock (``ClockKind.begins``); missing while it did not happen.
        done: the day on which the thing was done; missing while it is open.
        stops: what was recorded, by clock.
        petition_class: the class of the matter; None for enquiries and the rest.
        procedure: for a claim, the way of article 31; None while it is not chosen.
        extension: of the days for handling.
        anonymous: name or address are not known.
        own_rules: the organ that received it is one of justice or discipline.
    """

    starts: Mapping[ClockKind, date]
    petition_class: PetitionClass | None
    procedure: Procedure | None
    done: Mapping[ClockKind, date] = field(default_factory=dict)
    stops: Mapping[ClockKind, Sequence[Stop]] = field(default_factory=dict)
    extension: Extension | None = None
    anonymous: bool = False
    own_rules: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How one clock stands today.

    Attributes:
        kind: which clock.
        due: the last day; None where no days run.
        state: None where no days run.
        words: as a card says it; where no days run, why.
        article: what says so.
        why: the steps of the count.
        provisional: it rests on a year whose notice is not in the table yet.
        done: the day on which it was done.
    """

    kind: ClockKind
    due: date | None
    state: ClockState | None
    words: str
    article: str
    why: tuple[str, ...] = ()
    provisional: bool = False
    done: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether days run and the thing is not done."""
        return self.due is not None and self.done is None


def readings(by: Counting, events: MatterEvents) -> tuple[Reading, ...]:
    """Read every clock that was started, in the order in which a matter meets them."""
    return tuple(_reading(by, events, kind) for kind in ClockKind if kind in events.starts)


def next_due(read: Iterable[Reading]) -> Reading | None:
    """Give the open clock that ends first; one that stands still comes only after all that run."""
    waiting = [one for one in read if one.is_open]
    return min(waiting, key=_urgency, default=None)


def _urgency(one: Reading) -> tuple[bool, date]:
    return one.state is ClockState.STANDING, one.due or date.max


def _reading(by: Counting, events: MatterEvents, kind: ClockKind) -> Reading:
    found = clock_of(by, events, kind)
    done = events.done.get(kind)
    if isinstance(found, NoClock):
        return Reading(kind, None, None, found.sentence, found.article, done=done)
    return Reading(
        kind,
        found.due,
        state(found, by.today, done),
        words(found, by.today, done),
        found.article,
        found.why,
        found.provisional,
        done,
    )


def clock_of(by: Counting, events: MatterEvents, kind: ClockKind) -> Clock | NoClock:
    """Count one clock that was started (``kind in events.starts``), or say why it does not run."""
    start, stops = events.starts[kind], events.stops.get(kind, ())
    if kind is ClockKind.NOTICE:
        return notice(by, start, anonymous=events.anonymous, own_rules=events.own_rules, stops=stops)
    if kind is ClockKind.HANDLING:
        extension = events.extension
        return handling(by, start, events.petition_class, events.procedure, extension=extension, stops=stops)
    if kind is ClockKind.OBJECTION and events.own_rules:
        said = "政法机关、纪检监察机关按各自的规定接收，这里不计算异议期限。"
        return NoClock(kind, said, by.rules.own_rules_article)
    return count(by, kind, start, stops)
