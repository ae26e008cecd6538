"""Matters that go through life at random: what is offered works, what waits is refused, and every page agrees.

A window offers what can be done with a matter and greys the rest. Here both are done, again and again, on days that
move on; after each step the board, the page of the matter, the slip and the petitioner's version are held together.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, assert_never

from tests.torture import world
from tests.torture.outcome import Outcome, Tally
from tests.torture.where import trace_words

from onevisit.desk import (
    board,
    day_due,
    enquiry,
    figures,
    gate,
    issue,
    life,
    life_clocks,
    life_links,
    life_split,
    life_view,
    opinions,
    register,
    route,
    urgent_later,
)
from onevisit.desk.board import BoardChoice
from onevisit.desk.clock_reading import nearest
from onevisit.desk.desk import Desk
from onevisit.desk.life_clocks import Correction
from onevisit.desk.life_view import ActLine, LifeView, Special
from onevisit.desk.opinions import Draft, OpinionForm
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.faults import PlainFault
from onevisit.rules.figure_facts import Span
from onevisit.rules.forms import Answer, MatterAnswer
from onevisit.rules.matter_history import Event, Whose
from onevisit.rules.matter_life import ENDED, Action, State, TerminationGround
from onevisit.rules.opinions import Opinion, OpinionOutcome
from onevisit.rules.pauses import Stop
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm

_BEGIN: Final = datetime(2026, 1, 5, 1, tzinfo=UTC)
_STEPS_A_LIFE: Final = 18
_WHY: Final = "按来访人的要求"
_OPINION: Final = Opinion("补发工资", "查到工资表", "同意补发", "劳动法第五十条", "", OpinionOutcome.SUPPORTED)
_AGAIN: Final = 0.08
_SELDOM: Final = frozenset({Action.WITHDRAW, Action.TERMINATE, Action.MERGE, Action.SPLIT, Action.CLOSE})
_HANDLINGS: Final = (Handling.TRANSFER, Handling.ASSIGN, Handling.LOWER, Handling.GUIDE, Handling.ANSWER)


class Hours:
    """A clock that only goes on."""

    def __init__(self) -> None:
        self.moment = _BEGIN

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True, slots=True)
class _Told:
    """What came of trying something: done, or the sentence of the refusal."""

    done: bool
    sentence: str = ""


class Wanderer:
    """One matter, whoever handles it, and the luck that chooses.

    Args:
        clerk, head: who handles it, and who alone may end it.
        hours: the clock.
        luck: what chooses.
        tally: what went wrong.
        serial: which person came.
    """

    def __init__(self, clerk: Desk, head: Desk, hours: Hours, luck: random.Random, tally: Tally, serial: int) -> None:
        self._clerk, self._head, self._hours, self._luck, self._tally = clerk, head, hours, luck, tally
        self._saved = register.register(clerk, world.form(serial))
        self._other = register.register(clerk, world.form(serial + 1))
        self._form = world.form(serial)
        self._trail: list[str] = []

    def live(self) -> None:
        """Go on until the matter has ended, or for long enough."""
        for _ in range(_STEPS_A_LIFE):
            self._hours.moment += timedelta(days=self._luck.choice((0, 0, 1, 3, 8, 20)), minutes=1)
            self._tally.tried += 1
            try:
                self._step()
                self._compare()
            except Exception as bug:  # noqa: BLE001 - what else comes is what is looked for
                self._lose(f"{trace_words(bug)}: {bug!s:.200}")
                return

    def _step(self) -> None:
        if self._luck.random() < _AGAIN:
            self._come_again()
        view = life_view.life(self._head, self._saved.matter_id)
        acts = [act for _, some in view.groups for act in some]
        waiting = [act for act in acts if act.why_not]
        if waiting:
            self._refused(self._luck.choice(waiting), view)
        ready = [act for act in acts if not act.why_not]
        if view.seen.state is State.REGISTERED or (not ready and view.seen.state not in ENDED):
            self._decide(view)
        elif ready:
            self._done(self._luck.choices(ready, [_weight(act) for act in ready])[0], view)

    def _come_again(self) -> None:
        """Whoever comes again is registered, whatever speaks against dealing with it once more."""
        self._trail.append(f"{local_day(self._hours())} again")
        known = register.likenesses(self._clerk, self._form).matters
        answers = [
            MatterAnswer(one.matter_id, Answer.SAME if one.matter_id == self._saved.matter_id else Answer.ANOTHER)
            for one in known
        ]
        again = replace(self._form, matter_answers=tuple(answers), return_reason=ReturnReason.NOT_CONTACTED)
        saved = register.register(self._clerk, again)
        route.case(self._clerk, visit_id=saved.visit_id)
        issue.preview(self._clerk, saved.visit_id)
        gate.gate(self._clerk, saved.visit_id)

    def _decide(self, view: LifeView) -> None:
        handling = self._luck.choice(_HANDLINGS)
        case = route.case(self._head, self._saved.matter_id)
        proposal = case.proposal
        assert proposal is not None
        day = local_day(self._hours())
        reply = day + timedelta(days=30) if handling is Handling.ASSIGN else None
        organs = () if handling is Handling.ANSWER else ("某区人社局",)
        decision = Decision(handling, proposal.procedure, organs, reply, _WHY)
        self._trail.append(f"{day} {handling.value}")
        told = _tried(lambda: route.decide(self._head, case.seen, decision, case.suggested))
        if not told.done:
            plain = Decision(proposal.handling, proposal.procedure, organs, reply, _WHY)
            told = _tried(lambda: route.decide(self._head, case.seen, plain, case.suggested))
        if not told.done and view.seen.state is State.REGISTERED:
            self._lose(f"a route that is proposed was refused: {told.sentence}")

    def _done(self, act: ActLine, view: LifeView) -> None:
        self._trail.append(f"{local_day(self._hours())} {act.doing.value}")
        told = _tried(lambda: self._do(act, view))
        if not told.done and not isinstance(act.doing, Special):
            self._lose(f"{act.label} was offered and refused: {told.sentence}")

    def _refused(self, act: ActLine, view: LifeView) -> None:
        told = _tried(lambda: self._do(act, view))
        if told.done:
            self._lose(f"{act.label} waited ({act.why_not}) and was done all the same")
        elif not told.sentence.endswith("。"):
            self._lose(f"no whole sentence: {told.sentence}")

    def _do(self, act: ActLine, view: LifeView) -> object:
        """Do it with what it asks, filled in as well as somebody who knows the matter would."""
        desk, shown, today = self._head, view.seen, local_day(self._hours())
        if isinstance(act.doing, Special):
            return self._special(act.doing, view)
        rule = act.rule
        chosen = self._luck.choice(rule.outcomes)[0] if rule and rule.outcomes else ""
        served = today if rule and rule.served and self._luck.random() < 0.7 else None
        form = StepForm(today, served, "某区人社局", "示信〔2026〕9号", chosen, _WHY, _WHY)
        match act.doing:
            case Action.TERMINATE:
                return life.terminate(desk, shown, replace(form, outcome=TerminationGround.OTHER.value))
            case Action.REOPEN:
                return life.reopen(desk, shown, form)
            case Action.MERGE:
                return life_links.merge(desk, shown, self._other.matter_no, form)
            case Action.SPLIT:
                return life_split.split(desk, shown, ("第一件", "第二件"), form)
            case Action():
                return life.take(desk, shown, act.doing, form)
            case Event():
                return life.note(desk, shown, act.doing, form)

    def _special(self, doing: Special, view: LifeView) -> object:
        desk, shown, today = self._head, view.seen, local_day(self._hours())
        match doing:
            case Special.EXTEND:
                approver = Approver.ASSIGNING_ORGAN if view.assigner_approves else Approver.HEAD
                return life_clocks.extend(desk, shown, Extension(view.most_days, approver, "某局局长", _WHY, today))
            case Special.STOP:
                clock = self._luck.choice(view.running or ((ClockKind.HANDLING, ""),))[0]
                return life_clocks.stop(desk, shown, clock, Stop(StopReason.OTHER, today, None, _WHY))
            case Special.GO_ON:
                return life_clocks.go_on(desk, shown, view.stops[0].stop_id if view.stops else 0, today)
            case Special.CORRECT:
                step = self._luck.choice(view.steps) if view.steps else None
                day = (step.on if step else today) - timedelta(days=self._luck.choice((-1, 1, 2)))
                right = Correction(day, step.served_on if step else None, _WHY)
                return life_clocks.correct(desk, shown, step.step_id if step else 0, right)
            case Special.RELATE:
                return life_links.relate(desk, shown, self._other.matter_no)
            case Special.URGENT:
                return urgent_later.mark(desk, shown, _WHY)
            case Special.OPINION:
                return opinions.make_final(desk, shown, Draft(), OpinionForm("某区人社局", _OPINION), in_spite=True)

        assert_never(doing)

    def _compare(self) -> None:
        """Every page reads the matter, and they agree."""
        matter_id, visit_id = self._saved.matter_id, self._saved.visit_id
        view = life_view.life(self._clerk, matter_id)
        board_says = board.more_cards(self._head, BoardChoice(), [matter_id])
        line = nearest(view.lines, Whose.ORGAN, Whose.WINDOW)
        on_board = [(one.clock, one.due) for one in board_says]
        if view.seen.state in ENDED:
            if on_board:
                self._lose("it has ended and stands on the board")
        elif on_board != [(line.label if line else "", line.due if line else None)]:
            self._lose(f"the board says {on_board}, its page {line}")
        quick = [matter_id in column.matter_ids for column in board.board(self._head, BoardChoice()).columns]
        if quick.count(True) != len(board_says):
            self._lose(f"it stands in {quick.count(True)} columns of the board")
        enquiry.petitioners_version(self._clerk, matter_id)
        issue.preview(self._clerk, visit_id)
        gate.gate(self._clerk, visit_id)
        day_due.day_due(self._clerk)
        today = local_day(self._hours())
        figures.figures(self._head, Span(today.replace(day=1), today))

    def _lose(self, what: str) -> None:
        self._tally.lose(f"{what} ({self._saved.matter_no}: {' → '.join(self._trail)})")


def _weight(act: ActLine) -> int:
    """What ends a matter, or leaves it where it is, comes more seldom than what lets it go on."""
    return 1 if act.doing in _SELDOM or isinstance(act.doing, Special) else 6


def _tried(work: Callable[[], object]) -> _Told:
    try:
        work()
    except PlainFault as fault:
        return _Told(done=False, sentence=fault.sentence)
    return _Told(done=True)


def wander(place: Path, *, lives: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Let so many matters go through life."""
    tally, luck, hours = Tally("事项随意走一生，各页对得上"), random.Random(seed), Hours()
    house = world.house_in(world.found(place / "data", hours).folder, hours)
    try:
        clerk, head = world.seat(house), world.seat(house, Role.SUPERVISOR)
        for turn in range(lives):
            Wanderer(clerk, head, hours, luck, tally, 2 * turn + 1).live()
            progress(turn + 1, lives, tally.name)
    finally:
        house.close()
    return tally.outcome()
