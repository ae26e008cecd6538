"""Bringing matters to where a test begins: registered, routed, accepted, answered, reviewed."""

from datetime import date

from onevisit.desk import lawbook, life
from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.standing import Seen, StepFacts, open_for_change, seen, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import HouseText, Matter, RouteDecision

TODAY = date(2026, 11, 23)
OPINION_LINE = (Action.ACCEPT, Action.ANSWER, Action.ASK_REVIEW, Action.REVIEW, Action.ASK_FINAL_REVIEW)
"""The way through the three opinions, one after the other."""


def shown(desk: Desk, matter_id: int) -> Seen:
    """What a window shows of a matter now."""
    with desk.look(Permission.SEARCH) as session:
        return seen(session.get_one(Matter, matter_id))


def routed(
    desk: Desk,
    matter_id: int,
    handling: Handling = Handling.TRANSFER,
    procedure: Procedure | None = Procedure.OPINION,
    on: date = TODAY,
) -> Seen:
    """Decide the route of a matter, as the assistant does."""
    with desk.work(Permission.ROUTE) as session:
        matter = open_for_change(desk, session, seen(session.get_one(Matter, matter_id)))
        matter.lead_organ = "示例局"
        step = take_step(desk, session, matter, Action.ROUTE, StepFacts(on), handling=handling, procedure=procedure)
        decision = RouteDecision(
            matter_id=matter_id,
            decided_at=desk.now(),
            on_day=on,
            account_id=desk.actor.account_id,
            handling=handling,
            procedure=procedure,
            addressees=["示例局"],
            step_id=step.id,
        )
        session.add(decision)
    return shown(desk, matter_id)


def stepped(desk: Desk, matter_id: int, *actions: Action, on: date = TODAY, served_on: date | None = None) -> Seen:
    """Take steps on one day; reviews uphold."""
    for action in actions:
        outcome = "upheld" if action in {Action.REVIEW, Action.FINAL_REVIEW} else ""
        form = StepForm(on, served_on, outcome=outcome, note="理由" if action is Action.OBJECT else "")
        life.take(desk, shown(desk, matter_id), action, form)
    return shown(desk, matter_id)


def lines(desk: Desk, matter_id: int) -> dict[str, DueLine]:
    """The clocks of a matter by their keys."""
    with desk.look(Permission.SEE_DUE) as session:
        return {one.key: one for one in due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]}


def switch_on_shandong(desk: Desk) -> None:
    """Use Shandong's text beside that of 2022, as an administrator may decide."""
    with desk.work(None) as session:
        session.add(
            HouseText(
                name=lawbook.SWITCHED_ON,
                content="2022-37",
                changed_at=desk.now(),
                account_id=desk.actor.account_id,
            )
        )
