"""The disk fills up while a route is decided and taken back, and something is promised: all of it, or nothing."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.torture import world
from tests.torture.full import Scene

from onevisit.desk import lookup, promises_due, register, route
from onevisit.desk.desk import Desk
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_life import Action, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Handling
from onevisit.store.tables import Matter, MatterStep, PromiseRow, RouteDecision

_DECISION = Decision(Handling.LOWER, Procedure.OPINION, ("某区人社局",), reason="在区里" * 60)
_WHY = "送错了地方" * 30
_PROMISE = "打电话告诉他" * 30


class GoingOn(Scene):
    """A route that is decided and taken back by turns, with a promise each time."""

    name = "life"

    def play(self) -> None:
        """As ``Scene.play``."""
        house = self.house()
        desk = world.seat(house)
        visit = register.register(desk, world.form(1))
        done = {"decided": 0, "recalled": 0, "promised": 0}

        def one() -> None:
            shown = lookup.open_matter(desk, visit.matter_id).seen
            if shown.state is State.REGISTERED:
                route.decide(desk, shown, _DECISION, {})
                done["decided"] += 1
            else:
                route.recall(desk, shown, _WHY)
                done["recalled"] += 1
            _promise(desk, visit.matter_id)
            done["promised"] += 1

        self.fill_up(one, 500)
        with desk.store.reading() as session:
            there = _there(session)
        if there != done | {"steps": done["decided"] + done["recalled"], "routed": done["decided"] > done["recalled"]}:
            self.lose(f"{done} were told done, {there} is there")
        self.must(one)
        house.close()
        self.look([visit.visit_no])


def _promise(desk: Desk, matter_id: int) -> None:
    promise = PromiseForm(_PROMISE, local_day(desk.now()) + timedelta(days=3))
    promises_due.make(desk, lookup.open_matter(desk, matter_id).seen, promise)


def _there(session: Session) -> dict[str, int]:
    """What the store holds of it."""

    def count(column: object, *where: object) -> int:
        return session.scalar(select(func.count(column)).where(*where)) or 0  # type: ignore[arg-type]

    return {
        "decided": count(RouteDecision.id),
        "recalled": count(RouteDecision.id, RouteDecision.recalled_at.is_not(None)),
        "promised": count(PromiseRow.id),
        "steps": count(MatterStep.id, MatterStep.kind.in_((Action.ROUTE.value, Action.RECALL.value))),
        "routed": count(Matter.id, Matter.state == State.ROUTED),
    }
