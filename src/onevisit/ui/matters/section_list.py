"""Which sections a matter has beside its overview, one line each, in the order of their buttons."""

from collections.abc import Callable

from onevisit.ui.after_visit.section import AfterVisitSection
from onevisit.ui.enquiry.section import PetitionersSection
from onevisit.ui.gate.section import GateSection
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context
from onevisit.ui.registration.roster_section import RosterSection
from onevisit.ui.route.section import RouteSection
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.urgent.section import UrgentSection

SectionMaker = Callable[[Context, HouseSheets | None], MatterSection]
"""Makes a section; the sheets are None where nothing can be printed."""

SECTIONS: tuple[SectionMaker, ...] = (
    RouteSection,
    LifeSection,
    AfterVisitSection,
    PetitionersSection,
    RosterSection,
    UrgentSection,
    GateSection,
)
"""概况 comes first by itself; then 去向, 办理, 送达回访, 来访人版本, 代表名册, 紧急, 再跑一趟？"""
