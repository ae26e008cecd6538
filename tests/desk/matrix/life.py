"""The life of a matter: steps, clocks, links and opinions."""

from tests.desk.matrix.use_case import DAY, NOBODY, UseCase

from onevisit.desk import life, life_clocks, life_links, life_split, life_view, opinions
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, State
from onevisit.rules.opinions import Opinion
from onevisit.rules.pauses import Stop
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm

_SEEN = Seen(NOBODY, 1, State.REGISTERED)
_FORM = StepForm(DAY)
_DRAFT, _TEXT = opinions.Draft(), opinions.OpinionForm("", Opinion())

USE_CASES: dict[str, UseCase] = {
    "life.take": UseCase(Permission.HANDLE, lambda desk: life.take(desk, _SEEN, Action.ACCEPT, _FORM)),
    "life.note": UseCase(Permission.HANDLE, lambda desk: life.note(desk, _SEEN, Event.RECEIVED, _FORM)),
    "life.terminate": UseCase(Permission.END_MATTER, lambda desk: life.terminate(desk, _SEEN, _FORM)),
    "life.reopen": UseCase(Permission.END_MATTER, lambda desk: life.reopen(desk, _SEEN, _FORM)),
    "life_clocks.extend": UseCase(
        Permission.HANDLE, lambda desk: life_clocks.extend(desk, _SEEN, Extension(30, Approver.HEAD, "", "", DAY))
    ),
    "life_clocks.stop": UseCase(
        Permission.HANDLE,
        lambda desk: life_clocks.stop(desk, _SEEN, ClockKind.HANDLING, Stop(StopReason.HEARING, DAY)),
    ),
    "life_clocks.go_on": UseCase(Permission.HANDLE, lambda desk: life_clocks.go_on(desk, _SEEN, NOBODY, DAY)),
    "life_clocks.correct": UseCase(
        Permission.HANDLE,
        lambda desk: life_clocks.correct(desk, _SEEN, NOBODY, life_clocks.Correction(DAY, None, "")),
    ),
    "life_links.merge": UseCase(Permission.HANDLE, lambda desk: life_links.merge(desk, _SEEN, "", _FORM)),
    "life_links.relate": UseCase(Permission.HANDLE, lambda desk: life_links.relate(desk, _SEEN, "")),
    "life_split.split": UseCase(Permission.HANDLE, lambda desk: life_split.split(desk, _SEEN, [], _FORM)),
    "life_view.life": UseCase(Permission.SEARCH, lambda desk: life_view.life(desk, NOBODY)),
    "opinions.write": UseCase(Permission.HANDLE, lambda desk: opinions.write(desk, _SEEN, _DRAFT, _TEXT)),
    "opinions.make_final": UseCase(Permission.HANDLE, lambda desk: opinions.make_final(desk, _SEEN, _DRAFT, _TEXT)),
    "opinions.sheet": UseCase(Permission.HANDLE, lambda desk: opinions.sheet(desk, NOBODY)),
    "opinions.record_printed": UseCase(Permission.HANDLE, lambda desk: opinions.record_printed(desk, NOBODY)),
}

NO_USE_CASES = {"life_steps.days_of": "a step of checking and of correcting a day"}
"""What takes a desk, is public, and asks nobody, with the reason why it need not."""
