"""The gate of a saved visit: its buttons lead where the finding is mended, a reason is kept, the section shows it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Way

from onevisit.desk.register import Registered
from onevisit.rules import readiness
from onevisit.rules.accounts import Role
from onevisit.ui.gate.section import GateSection
from onevisit.ui.gate.visit_gate import VisitGatePanel
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.registration.roster_dialog import RosterDialog
from onevisit.ui.theme import Theme

Settled = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def shown(
    qtbot: QtBot,
    theme: Theme,
    context_of: Callable[[Role], Context],
    seeded: tuple[Registered, ...],
    settled: Settled,
) -> VisitGatePanel:
    """The gate of the second visit of the practice day, in a width like that beside the slip."""
    panel = VisitGatePanel(context_of(Role.CLERK))
    qtbot.addWidget(panel)
    panel.resize(340, 640)
    panel.show()
    panel.show_visit(seeded[1].visit_id)
    settled()
    return panel


def keys(panel: VisitGatePanel) -> list[str]:
    return [one.finding.key for one in panel.panel.cards()]


def test_what_is_open_stands_there_with_its_buttons(
    shown: VisitGatePanel, screenshot: Callable[[QWidget, str], None]
) -> None:
    assert {"route", "slip"} <= set(keys(shown))
    assert not shown.panel.ui.counts.isHidden()
    screenshot(shown, "gate-after-save")


@pytest.mark.parametrize(
    ("action", "leads"),
    [
        (readiness.PRINT_SLIP, ("print_slip", "visit", False)),
        (readiness.OPEN_ROUTE, ("open_route", "visit")),
        (readiness.PRINT_NOTICE, ("open_route", "visit")),
        (readiness.OPEN_URGENT, ("open_urgent", "matter", "visit")),
        (readiness.OPEN_PROMISES, ("open_matter", "matter", "after_visit")),
        (readiness.OPEN_ORGANS, ("show_page", "lists")),
        (readiness.SHOW_WAITING, ("show_page", "today")),
    ],
)
def test_each_button_leads_where_it_is_mended(
    shown: VisitGatePanel, seeded: tuple[Registered, ...], way: Way, action: str, leads: tuple[object, ...]
) -> None:
    shown.mend(action)
    ids = {"visit": seeded[1].visit_id, "matter": seeded[1].matter_id}
    assert way.went == [tuple(ids.get(part, part) if isinstance(part, str) else part for part in leads)]


def test_the_lawyer_is_asked_from_here(shown: VisitGatePanel, settled: Settled) -> None:
    shown.mend(readiness.SEND_TO_LAWYER)
    settled()
    assert "advice" in keys(shown)


def test_a_reason_is_kept_and_told(
    qtbot: QtBot, shown: VisitGatePanel, settled: Settled, screenshot: Callable[[QWidget, str], None]
) -> None:
    card = next(one for one in shown.panel.cards() if one.finding.key == "route")
    card.leave_button.click()
    assert card.reason is not None
    card.reason.line.setText("先问过区里再定")
    assert shown.asking()
    QTest.keyClick(card.reason.line, Qt.Key.Key_Return)
    settled()
    assert [(one.left.finding.key, one.left.reason) for one in shown.panel.left_cards()] == [
        ("route", "先问过区里再定")
    ]
    screenshot(shown, "gate-after-save-left")
    shown.panel.left_cards()[0].button.click()
    card = next(one for one in shown.panel.cards() if one.finding.key == "route")
    assert card.half_typed() == "先问过区里再定"


def test_a_supervisor_sees_it_and_leaves_nothing(
    qtbot: QtBot,
    theme: Theme,
    context_of: Callable[[Role], Context],
    seeded: tuple[Registered, ...],
    settled: Settled,
) -> None:
    panel = VisitGatePanel(context_of(Role.SUPERVISOR))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_visit(seeded[6].visit_id)
    settled()
    assert panel.panel.cards()
    assert all(card.leave_button.isHidden() for card in panel.panel.cards())


def test_a_matter_has_it_as_a_section(
    open_page: Callable[[Page], None],
    context_of: Callable[[Role], Context],
    seeded: tuple[Registered, ...],
    settled: Settled,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    page = MattersPage(context_of(Role.CLERK))
    open_page(page)
    page.open_matter(seeded[1].matter_id, "gate")
    settled()
    settled()
    section = page.sections.current
    assert isinstance(section, GateSection)
    assert section.gate.panel.cards()
    assert not section.unsaved()
    screenshot(page, "matter-gate")


def test_the_roster_opens_from_here(
    qtbot: QtBot, shown: VisitGatePanel, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    shown.show_visit(seeded[8].visit_id)
    settled()
    card = next(one for one in shown.panel.cards() if one.finding.key == "roster")
    card.button.click()
    qtbot.waitUntil(lambda: bool(shown.window().findChildren(RosterDialog)))
    dialogs: list[RosterDialog] = list(shown.window().findChildren(RosterDialog))
    assert len(dialogs[0].rows) == 2
    dialogs[0].close()
