"""What is forgotten of the life of a matter: every word that was written; days, codes and organs stay for figures."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from onevisit.rules.retention import FORGOTTEN
from onevisit.store.tables import (
    ClockExtension,
    ClockStop,
    Evaluation,
    FollowUpCall,
    GateReason,
    MatterStep,
    Opinion,
    PromiseRow,
    RouteDecision,
    Service,
    UrgentReportRow,
)

_WORDS: Final[tuple[tuple[type[Any], tuple[str, ...]], ...]] = (
    (RouteDecision, ("reason",)),
    (MatterStep, ("note", "late_reason", "document_no")),
    (ClockStop, ("note",)),
    (ClockExtension, ("approved_by", "reason")),
    (Opinion, ("request", "facts", "decision", "basis", "remedy")),
    (UrgentReportRow, ("happened_at", "place", "content", "who", "measures")),
    (PromiseRow, ("text", "note")),
    (Service, ("witness", "note", "document_no")),
    (FollowUpCall, ("note",)),
    (Evaluation, ("comment",)),
)


def forget_life(session: Session, matter_id: int, visit_ids: Sequence[int]) -> None:
    """Take every word out of the rows that belong to one matter, in the caller's transaction."""
    for table, columns in _WORDS:
        session.execute(update(table).where(table.matter_id == matter_id).values(dict.fromkeys(columns, FORGOTTEN)))
    # codes, but more of them than any figure needs: they tell what happened
    session.execute(update(RouteDecision).where(RouteDecision.matter_id == matter_id).values(answers={}))
    session.execute(update(GateReason).where(GateReason.visit_id.in_(visit_ids)).values(reason=FORGOTTEN))
