"""What a saved visit lacks is filled in where the gate says so: the cursor at the field, nothing typed lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from tests.ui.conftest import Way
from tests.ui.registration.conftest import WAGES, WANG

from onevisit.desk import filling_in, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered, register
from onevisit.rules import readiness
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ReplyMethod
from onevisit.rules.forms import MaterialEntry
from onevisit.ui.gate.fill_in_dialog import FillInDialog
from onevisit.ui.gate.visit_gate import VisitGatePanel
from onevisit.ui.page import Context
from onevisit.ui.theme import Theme, Variant

Settled = Callable[[], None]
OnWorker = Callable[[Callable[[], object]], object]
Shot = Callable[[QWidget, str], None]
CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
BARE = replace(
    WAGES,
    lead=replace(WANG, phone="", town="", address=""),
    reply_by=ReplyMethod.NONE,
    respondent="",
    place_code="",
)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def visit(desks: Callable[[Role], Desk], on_worker: OnWorker) -> Registered:
    clerk = desks(Role.CLERK)
    saved = on_worker(lambda: register(clerk, BARE))
    assert isinstance(saved, Registered)
    return saved


@pytest.fixture
def gate(
    qtbot: QtBot, theme: Theme, context_of: Callable[[Role], Context], visit: Registered, settled: Settled
) -> VisitGatePanel:
    panel = VisitGatePanel(context_of(Role.CLERK))
    qtbot.addWidget(panel)
    panel.resize(340, 640)
    panel.show()
    panel.show_visit(visit.visit_id)
    settled()
    return panel


def opened(gate: VisitGatePanel, settled: Settled, path: str) -> FillInDialog:
    gate.mend(f"{readiness.FOCUS}{path}")
    settled()
    dialog = gate._dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


@pytest.mark.parametrize(
    ("path", "editor"),
    [
        ("lead.phone", lambda ui: ui.phone),
        ("lead.id_number", lambda ui: ui.id_number),
        ("lead.name", lambda ui: ui.name),
        ("lead.town", lambda ui: ui.address.town),
        ("lead.address", lambda ui: ui.address.rest),
        ("reply_by", lambda ui: ui.reply),
        ("place_code", lambda ui: ui.place),
        ("respondent", lambda ui: ui.respondent),
        ("confidential", lambda ui: ui.confidential),
        ("clerk_note", lambda ui: ui.clerk_note),
        ("materials", lambda ui: ui.materials.add),
    ],
)
def test_the_cursor_stands_at_what_is_missing(
    gate: VisitGatePanel, settled: Settled, path: str, editor: Callable[..., QWidget]
) -> None:
    dialog = opened(gate, settled, path)
    assert dialog.focusWidget() in {editor(dialog.ui), editor(dialog.ui).focusProxy()}
    assert not dialog.changed()


def test_what_is_filled_in_is_kept_and_the_gate_is_quiet_about_it(
    gate: VisitGatePanel,
    visit: Registered,
    settled: Settled,
    said: list[tuple[str, str]],
    desks: Callable[[Role], Desk],
    on_worker: OnWorker,
    screenshot: Shot,
) -> None:
    assert "reach" in {one.finding.key for one in gate.panel.cards()}
    dialog = opened(gate, settled, "lead.phone")
    QTest.keyClicks(dialog.ui.phone, "13900000011")
    dialog.ui.respondent.setText("某建筑劳务有限公司")
    dialog.materials.set_entries((MaterialEntry("工资欠条"),))
    screenshot(dialog, "gate-fill-in")
    assert gate.asking()
    QTest.keyClick(dialog.ui.phone, ENTER, CTRL)
    settled()
    settled()
    assert not isValid(dialog)
    tone, sentence = said[-1]
    assert tone == "fine"
    assert sentence.startswith("已补登：")
    assert "工资欠条" in sentence
    assert "reach" not in {one.finding.key for one in gate.panel.cards()}
    assert not gate.asking()
    seen = on_worker(lambda: lookup.open_matter(desks(Role.CLERK), visit.matter_id))
    assert getattr(seen, "respondent", "") == "某建筑劳务有限公司"


def test_what_is_wrong_is_said_at_its_field(gate: VisitGatePanel, settled: Settled, screenshot: Shot) -> None:
    dialog = opened(gate, settled, "lead.phone")
    dialog.ui.phone.setText("139")
    dialog.ui.clerk_note.setText("约好周五再来")
    dialog.keep()
    settled()
    assert dialog.isVisible()
    assert dialog.fields["phone"].fault
    assert dialog.focusWidget() is dialog.ui.phone
    assert dialog.ui.clerk_note.text() == "约好周五再来"
    screenshot(dialog, "gate-fill-in-fault")


def test_another_window_was_quicker(
    gate: VisitGatePanel, visit: Registered, settled: Settled, desks: Callable[[Role], Desk], on_worker: OnWorker
) -> None:
    dialog = opened(gate, settled, "lead.phone")
    dialog.ui.phone.setText("13900000011")
    clerk = desks(Role.CLERK)

    def meanwhile() -> None:
        shown = filling_in.to_fill_in(clerk, visit.visit_id)
        filling_in.fill_in(clerk, shown, replace(shown, respondent="某公司"))

    on_worker(meanwhile)
    dialog.keep()
    settled()
    settled()
    assert dialog.isVisible()
    assert "别的窗口" in dialog.ui.fault.text()
    assert dialog.ui.phone.number() == "13900000011"
    assert dialog.ui.respondent.text() == "某公司"
    assert not dialog.ui.respondent.isVisible()
    dialog.keep()
    settled()
    settled()
    kept = on_worker(lambda: filling_in.to_fill_in(clerk, visit.visit_id))
    assert isinstance(kept, filling_in.FillIn)
    assert kept.lead is not None
    assert (kept.lead.phone, kept.respondent) == ("13900000011", "某公司")


def test_what_cannot_be_filled_in_any_more_is_left_with_a_line(
    gate: VisitGatePanel, way: Way, settled: Settled
) -> None:
    card = gate.panel.cards()[0]
    action = f"{readiness.FOCUS}summary"
    assert gate.found is not None
    finding = replace(card.finding, mend=action)
    gate._found = replace(gate.found, gate=replace(gate.found.gate, findings=(finding,)))
    gate.mend(action)
    settled()
    assert card.reason is not None
    assert way.went == []


def test_whoever_may_not_register_is_shown_the_matter(
    qtbot: QtBot, theme: Theme, context_of: Callable[[Role], Context], visit: Registered, settled: Settled, way: Way
) -> None:
    panel = VisitGatePanel(context_of(Role.SUPERVISOR))
    qtbot.addWidget(panel)
    panel.show_visit(visit.visit_id)
    settled()
    panel.mend(f"{readiness.FOCUS}lead.phone")
    assert way.went == [("open_matter", visit.matter_id)]


@pytest.mark.parametrize(
    ("variant", "large"), [(Variant.DARK, False), (Variant.CONTRAST, False), (Variant.LIGHT, True)]
)
def test_every_look_fits(
    gate: VisitGatePanel, settled: Settled, theme: Theme, screenshot: Shot, variant: Variant, large: bool
) -> None:
    theme.wear(variant, large=large)
    dialog = opened(gate, settled, "lead.phone")
    screenshot(dialog, f"gate-fill-in-{variant.value}{'-large' if large else ''}")
    assert dialog.ui.save.width() >= dialog.ui.save.sizeHint().width()
    assert dialog.height() <= 728
