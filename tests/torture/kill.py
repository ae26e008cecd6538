"""A process is killed at random moments of its work: what it had said is there, nothing is there half."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from tests.torture import world
from tests.torture.children import PATIENCE, Child, Say, child
from tests.torture.outcome import Outcome, Tally

from onevisit.desk import accounts, consult, drafts, issue, lookup, register, route, service
from onevisit.desk.drafts import RegistrationDraft
from onevisit.desk.house import House
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import ServedDocument, ServiceForm, ServiceMethod, ServiceOutcome
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.rules.procedures import Procedure
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Handling
from onevisit.store.folder import is_founded
from onevisit.store.tables import Consultation, Draft, Petitioner, RouteDecision, Service, SlipCopy

KILLS_A_STORE = 25
"""So often one store is killed under its program before a fresh one takes its place: a large one is slow to check."""


@dataclass(slots=True)
class Life:
    """One store from set-up on, and all that was said of it by the children that were killed.

    Attributes:
        said: kind of thing (``visit``, ``signed``, ``copy``) to what was said, in order.
        serial: the next person who comes.
    """

    folder: Path
    clock: world.SetBack
    said: dict[str, list[str]] = field(default_factory=dict)
    serial: int = 1

    def take_in(self, lines: list[str]) -> None:
        """Remember the lines of a child: ``kind value``."""
        for line in lines:
            kind, _, value = line.partition(" ")
            self.said.setdefault(kind, []).append(value)

    def heard(self, kind: str) -> list[str]:
        """All that was said of one kind."""
        return self.said.get(kind, [])


def at_a_random_moment(running: Child, luck: random.Random) -> None:
    """Kill a child: now, or after some of its lines, and then after a part of the time that a line takes."""
    began = time.monotonic()
    running.hear(PATIENCE, luck.randrange(9))
    a_line = (time.monotonic() - began) / max(1, len(running.lines))
    running.hear(min(luck.random() * max(0.01, a_line * 1.2), 2.0))
    running.kill()


def registering(
    place: Path, *, kills: int, set_back: bool = False, seed: int = 1, progress: Progress = no_progress
) -> Outcome:
    """Kill a clerk's program while it registers, gives out slips, and a lawyer signs."""
    tally = Tally("断电（登记、签署、回执）" + ("，时钟拨回一天" if set_back else ""))
    founded, luck = world.found(place / "founded"), random.Random(seed)
    life = Life(founded.copy(place / "data"), world.SetBack())
    for turn in range(kills):
        if turn and turn % KILLS_A_STORE == 0:
            life = Life(founded.copy(place / "data"), world.SetBack())
        if set_back and turn % KILLS_A_STORE == KILLS_A_STORE // 2:
            life.clock.stand_behind(timedelta(days=1))
        with child(lambda say, life=life: _a_day(life, say)) as running:  # type: ignore[misc]  # bound at once
            at_a_random_moment(running, luck)
        tally.lose(*running.bugs())
        life.take_in(running.lines)
        life.serial += len(running.lines) + 1
        tally.tried += 1
        tally.lose(*(f"turn {turn}, seed {seed}: {wrong}" for wrong in _look_at(life)))
        progress(turn + 1, kills, tally.name)
    return tally.outcome()


def _a_day(life: Life, say: Say) -> None:
    house = world.house_in(life.folder, life.clock)
    clerk, lawyer = world.seat(house), world.seat(house, Role.LAWYER)
    serial = life.serial
    while True:
        form = world.form(serial, wants_lawyer=serial % 3 == 0)
        content = drafts.registration_content(RegistrationDraft(form, "person"))
        draft_id = drafts.keep(clerk, DraftKind.REGISTRATION, content)
        say(f"draft {draft_id}/{form.lead.name if form.lead else ''}")
        saved = register.register(clerk, form, draft_id=draft_id)
        say(f"visit {saved.visit_no}")
        if serial % 3 == 0:
            begun = consult.begin(lawyer, saved.visit_id)
            kept = consult.save(lawyer, begun.consultation_id, world.ADVICE, begun.version)
            consult.sign(lawyer, begun.consultation_id, world.ADVICE, kept.version)
            say(f"signed {begun.consultation_id}")
        if serial % 2 == 0:
            sheet = issue.issue(clerk, saved.visit_id, paper="a5", queue="none")
            say(f"copy {sheet.copy_id}")
            issue.record_outcome(clerk, sheet.copy_id, PaperOutcome.CAME_OUT)
            say(f"came_out {sheet.copy_id}")
        case = route.case(clerk, visit_id=saved.visit_id)
        decision = Decision(Handling.LOWER, Procedure.OPINION, ("某区人社局",), reason="在区里")
        decided = route.decide(clerk, case.seen, decision, case.suggested)
        say(f"routed {decided.decision_id}")
        told = ServiceForm(
            ServedDocument.NOTICE, ServiceMethod.IN_PERSON, ServiceOutcome.SIGNED, local_day(clerk.now())
        )
        shown = lookup.open_matter(clerk, saved.matter_id).seen
        say(f"served {service.serve(clerk, shown, told)}")
        serial += 1


def _look_at(life: Life) -> Iterator[str]:
    """All that is wrong with a store after a kill."""
    try:
        yield from world.examine(life.folder, life.heard("visit"), life.clock)
        yield from _missing(life)
    except PlainFault as fault:
        yield f"the store does not open: {fault.sentence}"


def _missing(life: Life) -> Iterator[str]:
    house = world.house_in(life.folder, life.clock)
    try:
        with world.seat(house).store.reading() as session:
            kept = {
                "signed": select(Consultation.id).where(Consultation.signed_at.is_not(None)),
                "routed": select(RouteDecision.id),
                "served": select(Service.id),
                "copy": select(SlipCopy.id),
                "came_out": select(SlipCopy.id).where(SlipCopy.outcome == PaperOutcome.CAME_OUT),
            }
            for kind, query in kept.items():
                lost = set(life.heard(kind)) - {str(one) for one in session.scalars(query)}
                if lost:
                    yield f"said, but not in the store: {kind} {sorted(lost)[:5]}"
            there = {str(one) for one in session.scalars(select(Draft.id))}
            came = set(session.scalars(select(Petitioner.name)))
            for draft in life.heard("draft"):
                number, _, name = draft.partition("/")
                if number not in there and name not in came:
                    yield f"neither a draft nor a visit: {name}"
                if number in there and name in came:
                    yield f"a draft and a visit too: {name}"
    finally:
        house.close()


def setting_up(place: Path, *, kills: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Kill the first set-up: there is a whole house afterwards, or none and nothing in the way of another try."""
    tally, luck = Tally("断电（首次设置）"), random.Random(seed)
    for turn in range(kills):
        folder = place / f"house-{turn}"
        with child(lambda say, folder=folder: _found(folder, say)) as running:  # type: ignore[misc]  # bound at once
            running.hear(luck.random() * 0.15)
            running.kill()
        tally.lose(*running.bugs())
        tally.tried += 1
        try:
            if not is_founded(folder):
                if running.lines:
                    tally.lose(f"turn {turn}: said to be founded, but there is nothing")
                world.found(folder)
            house = world.house_in(folder)
            house.log_in("admin", world.PASSWORD)
            house.close()
        except PlainFault as fault:
            tally.lose(f"turn {turn}, seed {seed}: {fault.sentence}")
        progress(turn + 1, kills, tally.name)
    return tally.outcome()


def _found(folder: Path, say: Say) -> None:
    house = House(folder, cost=world.CHEAP)
    set_up = house.prepare(world.SET_UP)
    house.found(set_up, set_up.recovery_code)
    say("founded")


def changing_passwords(place: Path, *, kills: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Kill while a password is changed: the last one that was said, or the one after it, opens the store."""
    tally, luck = Tally("断电（修改密码）"), random.Random(seed)
    folder = world.found(place / "data").folder
    known = 0
    for turn in range(kills):
        with child(lambda say, known=known: _change(folder, known, say)) as running:  # type: ignore[misc]
            at_a_random_moment(running, luck)
        tally.lose(*running.bugs())
        said = known + len(running.lines)
        opens = [number for number in (said, said + 1) if _opens(folder, _password(number))]
        tally.tried += 1
        if len(opens) != 1:
            tally.lose(f"turn {turn}, seed {seed}: {len(opens)} passwords open the store where one should")
            break
        known = opens[0]
        tally.lose(*(f"turn {turn}, seed {seed}: {wrong}" for wrong in world.examine(folder)))
        progress(turn + 1, kills, tally.name)
    return tally.outcome()


def _password(number: int) -> str:
    return world.PASSWORD if number == 0 else f"Ceshi-{number:06d}"


def _change(folder: Path, known: int, say: Say) -> None:
    desk = world.house_in(folder).log_in("clerk", _password(known))
    while True:
        accounts.change_own_password(desk, _password(known), _password(known + 1))
        known += 1
        say(f"changed {known}")


def _opens(folder: Path, password: str) -> bool:
    house = world.house_in(folder)
    try:
        house.log_in("clerk", password)
    except PlainFault:
        return False
    finally:
        house.close()
    return True
