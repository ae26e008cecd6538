"""The mapped tables; importing this package makes all of them known to ``Base.metadata``."""

from onevisit.store.tables.advice import Consultation, ConsultationAddendum
from onevisit.store.tables.afterwards import Evaluation, FollowUpCall, GateReason, PromiseRow, Service
from onevisit.store.tables.base import Base
from onevisit.store.tables.house import Account, AuditEntry, HouseText, NumberSeries, PrinterChoice, Setting, Unit
from onevisit.store.tables.keeping import BackupRun, DayClose, Draft, RetentionRun
from onevisit.store.tables.life import (
    ClockExtension,
    ClockStop,
    MatterLink,
    MatterStep,
    Opinion,
    RouteDecision,
    UrgentReportRow,
)
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
    "ClockExtension",
    "ClockStop",
    "Consultation",
    "ConsultationAddendum",
    "DayClose",
    "Draft",
    "Evaluation",
    "FollowUpCall",
    "GateReason",
    "HouseText",
    "Material",
    "Matter",
    "MatterLink",
    "MatterStep",
    "NumberSeries",
    "Opinion",
    "Petitioner",
    "PrinterChoice",
    "PromiseRow",
    "RetentionRun",
    "RouteDecision",
    "SamenessAnswer",
    "Service",
    "Setting",
    "Slip",
    "SlipCopy",
    "TimelineEntry",
    "Unit",
    "UrgentReportRow",
    "Visit",
    "VisitParty",
]
