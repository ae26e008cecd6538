"""The mapped tables; importing this package makes all of them known to ``Base.metadata``."""

from onevisit.store.tables.advice import Consultation, ConsultationAddendum
from onevisit.store.tables.base import Base
from onevisit.store.tables.house import Account, AuditEntry, NumberSeries, PrinterChoice, Unit
from onevisit.store.tables.papers import Slip, SlipCopy
from onevisit.store.tables.visits import (
    Material,
    Matter,
    Petitioner,
    SamenessAnswer,
    TimelineEntry,
    Visit,
    VisitParty,
)

__all__ = [
    "Account",
    "AuditEntry",
    "Base",
    "Consultation",
    "ConsultationAddendum",
    "Material",
    "Matter",
    "NumberSeries",
    "Petitioner",
    "PrinterChoice",
    "SamenessAnswer",
    "Slip",
    "SlipCopy",
    "TimelineEntry",
    "Unit",
    "Visit",
    "VisitParty",
]
