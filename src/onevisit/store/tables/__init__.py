"""The mapped tables; importing this package makes all of them known to ``Base.metadata``."""

from onevisit.store.tables.advice import Consultation, ConsultationAddendum
from onevisit.store.tables.base import Base
from onevisit.store.tables.house import Account, AuditEntry, NumberSeries, PrinterChoice, Setting, Unit
from onevisit.store.tables.keeping import BackupRun, DayClose, Draft, RetentionRun
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
    "BackupRun",
    "Base",
    "Consultation",
    "ConsultationAddendum",
    "DayClose",
    "Draft",
    "Material",
    "Matter",
    "NumberSeries",
    "Petitioner",
    "PrinterChoice",
    "RetentionRun",
    "SamenessAnswer",
    "Setting",
    "Slip",
    "SlipCopy",
    "TimelineEntry",
    "Unit",
    "Visit",
    "VisitParty",
]
