"""The unit's own particulars, and which printer each paper goes to."""

from dataclasses import asdict

from sqlalchemy import select

from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.set_up import tidy_card, unit_faults
from onevisit.rules.accounts import Permission
from onevisit.rules.slip import UnitCard
from onevisit.store.tables import PrinterChoice, Unit


def save_unit(desk: Desk, card: UnitCard) -> UnitCard:
    """Change the unit's particulars; slips that were frozen keep the old ones. Needs MANAGE_UNIT.

    Raises:
        FormError: faults at the field names of ``UnitCard``.
    """
    with desk.work(Permission.MANAGE_UNIT) as session:
        faults = unit_faults(card)
        if faults:
            raise FormError(faults)
        clean = tidy_card(card)
        unit = session.scalars(select(Unit)).one()
        for field, value in asdict(clean).items():
            setattr(unit, field, value)
        desk.record(session, "unit.changed", "unit", unit.id)
    desk.unit = clean
    return clean


def printer_choices(desk: Desk) -> dict[str, str]:
    """Queue by paper key (``roll80``, ``a5``); papers never chosen are missing. Whoever is logged in may read."""
    with desk.look(None) as session:
        return {choice.paper: choice.queue for choice in session.scalars(select(PrinterChoice))}


def choose_printer(desk: Desk, paper: str, queue: str) -> None:
    """Remember the queue for a paper. Needs PRINT_SLIP or MANAGE_UNIT."""
    needed = Permission.MANAGE_UNIT if desk.may(Permission.MANAGE_UNIT) else Permission.PRINT_SLIP
    with desk.work(needed) as session:
        session.merge(PrinterChoice(paper=paper, queue=queue))
        desk.record(session, "printer.chosen", "unit", 1, paper)
