"""Lists that people edit, and everything that is typed after a registration.

What is accepted must also be readable: after each example every page that shows the matter, or counts it, is read.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from hypothesis import strategies as st
from tests.torture import world
from tests.torture.targets import SOME_JSON, TEXTS, Target, near

from onevisit.desk import (
    board,
    calls,
    day_due,
    enquiry,
    evaluation,
    figures,
    filling_in,
    gate,
    issue,
    life,
    life_clocks,
    life_links,
    life_split,
    life_view,
    lookup,
    opinions,
    promises_due,
    register,
    roster,
    route,
    service,
    urgent,
)
from onevisit.desk.board import BoardChoice
from onevisit.desk.desk import Desk
from onevisit.desk.filling_in import FillIn
from onevisit.desk.house import House
from onevisit.desk.life_clocks import Correction
from onevisit.desk.opinions import Draft, OpinionForm
from onevisit.desk.roster import Signature
from onevisit.desk.standing import Seen
from onevisit.rules import code_maps, content_text, holidays, organs, papers, ruleset_text
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import CallForm, EvaluationValue, PromiseForm, ServiceForm
from onevisit.rules.extensions import Extension
from onevisit.rules.figure_facts import Span
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.rules.pauses import Stop
from onevisit.rules.readiness import Check
from onevisit.rules.route_choice import Decision
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import ClockKind
from onevisit.rules.step_forms import StepForm
from onevisit.rules.urgent import UrgentReport

_TODAY = date(2026, 11, 24)
_YEAR = 2030

Work = Callable[..., object]

LISTS: Final[dict[str, tuple[str, Callable[[str], object]]]] = {
    "rule set": (ruleset_text.to_json(RULES_2022), ruleset_text.from_json),
    "organs": (organs.to_json(organs.shipped()[:2]), organs.from_json),
    "papers": (papers.to_json(papers.shipped()), papers.from_json),
    "code maps": (code_maps.to_json(code_maps.shipped()[:1]), code_maps.from_json),
    "content": ("0601,劳动报酬\n060101,建筑业\n", content_text.read),
    "holidays": (
        "2030-01-01,休,元旦\n2030-10-01至2030-10-07,休,国庆节\n2030-10-12,班\n",
        partial(holidays.read_year_table, _YEAR),
    ),
}
"""Each list as it is written out, and how it is read."""


def lists() -> Iterator[Target]:
    """Every list that the unit's administrator edits, as text and as any JSON."""
    for name, (whole, read) in LISTS.items():
        yield Target(name, near(whole), read)
        yield Target(f"{name}, some JSON", SOME_JSON.map(_as_json), read)


def _as_json(value: object) -> str:
    return json.dumps(value)


class Scene:
    """A matter after the other, each with one visit, and everybody who may look at it.

    Args:
        house: where they work.
    """

    def __init__(self, house: House) -> None:
        self.clerk = world.seat(house)
        self.head = world.seat(house, Role.SUPERVISOR)
        self._used = 0
        self._serial = 1_000
        self._begin()

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _begin(self) -> None:
        self.saved = register.register(self.clerk, world.form(self._next()))

    @property
    def seen(self) -> Seen:
        """The matter as it stands."""
        return lookup.open_matter(self.clerk, self.saved.matter_id).seen

    def try_out(self, work: Callable[[Seen], object]) -> None:
        """Do something with the matter, and read it in every way once it is done; a new matter from time to time."""
        self._used += 1
        if self._used % 12 == 0:
            self._begin()
        work(self.seen)
        self.look()

    def evaluate(self, desk: Desk, _: Seen, value: EvaluationValue, comment: str) -> None:
        """Ask the visitor, and keep the answer; what is answered on the phone comes with the call."""
        asked = evaluation.invite(desk, self.saved.visit_id)
        evaluation.answer(desk, asked.shown, asked.asked[0][1], value, comment)

    def leave_open(self, desk: Desk, _: Seen, reason: str) -> None:
        """Leave a finding of the gate open."""
        gate.leave_open(desk, self.saved.visit_id, Check.REACH.value, reason)

    def report(self, desk: Desk, _: Seen, typed: UrgentReport) -> None:
        """Write the report of an urgent visit."""
        saved = register.register(desk, replace(world.form(self._next()), urgent=True))
        opened = urgent.open_report(desk, saved.matter_id)
        urgent.sheet(desk, urgent.save(desk, opened.key, typed).key)

    def fill_in(self, desk: Desk, _: Seen, typed: FillIn) -> None:
        """Fill in what the form left out."""
        shown = filling_in.to_fill_in(desk, self.saved.visit_id)
        filling_in.fill_in(desk, shown, replace(typed, visit_id=shown.visit_id, seen=shown.seen))

    def sign(self, desk: Desk, _: Seen, phone: str) -> None:
        """Let the representatives of a group sign, one with a telephone."""
        companion = world.form(self._next()).lead
        assert companion is not None
        group = replace(world.form(self._next()), companions=(companion,), headcount=9)
        saved = register.register(desk, group)
        first, second = roster.roster(desk, saved.visit_id).lines
        told = [Signature(first.petitioner_id, signed=True), Signature(second.petitioner_id, signed=True, phone=phone)]
        roster.sign(desk, saved.visit_id, told)

    def look(self) -> None:
        """What every page reads of it."""
        matter_id = self.saved.matter_id
        life_view.life(self.clerk, matter_id)
        enquiry.petitioners_version(self.clerk, matter_id)
        gate.gate(self.clerk, self.saved.visit_id)
        issue.preview(self.clerk, self.saved.visit_id)
        route.case(self.clerk, matter_id)
        board.board(self.head, BoardChoice())
        day_due.day_due(self.clerk)
        figures.figures(self.head, Span(_TODAY - timedelta(days=60), _TODAY + timedelta(days=60)))


def after_a_visit(house: House) -> Iterator[Target]:
    """Everything that is typed after a registration; days are mostly those of the last and the next weeks."""
    scene = Scene(house)
    weeks = st.dates(_TODAY - timedelta(days=90), _TODAY + timedelta(days=90))
    st.register_type_strategy(date, st.one_of(weeks, weeks, st.dates()))
    steps, number = st.from_type(StepForm), near(scene.saved.matter_no)

    def target(name: str, inputs: st.SearchStrategy[Any], work: Callable[[Desk, Seen, Any], object]) -> Target:
        return Target(name, inputs, lambda given: scene.try_out(lambda seen: work(scene.clerk, seen, given)), slow=True)

    def pair(name: str, one: st.SearchStrategy[Any], other: st.SearchStrategy[Any], work: Work) -> Target:
        return target(name, st.tuples(one, other), lambda desk, seen, both: work(desk, seen, *both))

    yield target("route", st.from_type(Decision), lambda desk, seen, one: route.decide(desk, seen, one, {}))
    yield target("recall", TEXTS, route.recall)
    yield pair("step", st.sampled_from(Action), steps, life.take)
    yield pair("happening", st.sampled_from(Event), steps, life.note)
    yield target("extension", st.from_type(Extension), life_clocks.extend)
    yield pair("stop", st.sampled_from(ClockKind), st.from_type(Stop), life_clocks.stop)
    yield pair("correction", st.integers(-5, 40), st.from_type(Correction), life_clocks.correct)
    yield pair("merging", number, steps, life_links.merge)
    yield target("relating", number, life_links.relate)
    yield pair("splitting", st.lists(TEXTS, max_size=4), steps, life_split.split)
    yield target("opinion", st.from_type(OpinionForm), lambda desk, seen, one: opinions.write(desk, seen, Draft(), one))
    yield target("service", st.from_type(ServiceForm), service.serve)
    yield target("call", st.from_type(CallForm), calls.call)
    yield target("promise", st.from_type(PromiseForm), promises_due.make)
    yield pair("evaluation", st.sampled_from(EvaluationValue), TEXTS, scene.evaluate)
    yield target("reason left", TEXTS, scene.leave_open)
    yield target("filling in", st.from_type(FillIn), scene.fill_in)
    yield target("roster", TEXTS, scene.sign)
    yield target("urgent report", st.from_type(UrgentReport), scene.report)
    yield Target("query code", st.tuples(TEXTS, TEXTS), lambda both: enquiry.by_code(scene.clerk, *both))
