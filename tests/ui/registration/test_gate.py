"""The gate beside the form: leaving a finding with a reason, what the unit's lists say, why somebody came again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.ui.registration.conftest import WAGES, WANG, Window, another

from onevisit.desk import gate, lookup, promises_due
from onevisit.desk.register import Registered
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.classification import ReplyMethod, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, GateAnswer
from onevisit.ui.registration.agent_dialog import AgentDialog
from onevisit.ui.registration.gate_panel import FindingCard

Screenshot = Callable[[QWidget, str], None]


def card(window: Window, key: str) -> FindingCard:
    return next(one for one in window.page.gate.cards() if one.finding.key == key)


def keys(window: Window) -> list[str]:
    return [one.finding.key for one in window.page.gate.cards()]


def left(window: Window) -> list[tuple[str, str]]:
    return [(one.left.finding.key, one.left.reason) for one in window.page.gate.left_cards()]


def leave(window: Window, key: str, reason: str) -> None:
    card(window, key).leave_button.click()
    row = card(window, key).reason
    assert row is not None
    row.line.setText(reason)
    QTest.keyClick(row.line, Qt.Key.Key_Return)


def do(window: Window, work: Callable[[], object]) -> None:
    done: list[object] = []
    window.page.context.tasks.run(work, done.append)
    window.qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def filled(window: Window) -> Window:
    """A form with something to find: no telephone, no papers."""
    window.page.set_form(replace(WAGES, lead=replace(WANG, phone=""), reply_by=ReplyMethod.WRITTEN))
    window.wait()
    return window


def test_a_finding_is_left_with_one_line(filled: Window, screenshot: Screenshot) -> None:
    assert {"reach", "papers"} <= set(keys(filled))
    card(filled, "reach").leave_button.click()
    screenshot(filled.page, "gate-reason")
    leave(filled, "papers", "明天托人送来")
    assert left(filled) == [("papers", "明天托人送来")]
    assert "papers" not in keys(filled)
    assert "留下 1 件" in filled.page.gate.ui.counts.text()
    screenshot(filled.page, "gate-left")


def test_a_reason_without_words_is_said_at_its_line(filled: Window) -> None:
    leave(filled, "reach", " ")
    row = card(filled, "reach").reason
    assert row is not None
    assert row.fault.text() == "！ 请写一句为什么留下，来访人下次来时大家都看得到。"
    assert left(filled) == []
    QTest.keyClick(row.line, Qt.Key.Key_Escape)
    assert card(filled, "reach").reason is None
    assert not card(filled, "reach").leave_button.isHidden()


def test_what_is_half_typed_survives_a_change_of_the_form(filled: Window) -> None:
    card(filled, "reach").ask_reason("说不方")
    filled.page.panel.ui.urgent.setChecked(True)
    assert "urgent" in keys(filled)
    assert card(filled, "reach").half_typed() == "说不方"


def test_what_was_left_can_be_looked_at_again(filled: Window) -> None:
    leave(filled, "reach", "说不方便留")
    filled.page.gate.left_cards()[0].button.click()
    assert left(filled) == []
    assert card(filled, "reach").half_typed() == "说不方便留"


def test_a_mended_finding_needs_its_reason_no_more(filled: Window) -> None:
    leave(filled, "reach", "说不方便留")
    filled.page.panel.ui.phone.set_number("13900000011")
    assert left(filled) == []
    assert "reach" not in keys(filled)


def test_the_reasons_are_saved_with_the_visit(filled: Window) -> None:
    leave(filled, "reach", "说不方便留")
    filled.page.save()
    filled.qtbot.waitUntil(lambda: bool(filled.saved))
    filled.wait()
    found: list[gate.VisitGate] = []
    desk, visit_id = filled.desk, filled.saved[0].visit_id
    filled.page.context.tasks.run(lambda: gate.gate(desk, visit_id), found.append)
    filled.qtbot.waitUntil(lambda: bool(found))
    assert [(one.finding.key, one.reason) for one in found[0].gate.left] == [("reach", "说不方便留")]
    assert left(filled) == []
    assert filled.page.form().gate_reasons == ()


def test_the_reasons_are_kept_in_the_draft(filled: Window) -> None:
    leave(filled, "reach", "说不方便留")
    half = filled.page.half()
    assert half.form.gate_reasons == (GateAnswer("reach", "说不方便留"),)
    filled.page.clear()
    assert left(filled) == []
    filled.page.show_half(half)
    filled.wait()
    assert left(filled) == [("reach", "说不方便留")]


# coming again


def promise_broken(window: Window) -> Registered:
    """Somebody who came before was promised a call for the day before yesterday."""
    earlier = window.earlier()
    desk = window.desk

    def work() -> None:
        shown = lookup.open_matter(desk, earlier.matter_id).seen
        promises_due.make(desk, shown, PromiseForm("电话联系您", local_day(desk.now())))
        gate.leave_open(desk, earlier.visit_id, "papers", "明天托人送来")

    do(window, work)
    return earlier


def come_again(window: Window, earlier: Registered) -> None:
    window.page.set_form(WAGES)
    window.wait()
    window.page.answer_matter(earlier.matter_id, Answer.SAME)
    window.wait()


def test_the_cause_is_chosen_by_what_is_known(window: Window, screenshot: Screenshot) -> None:
    come_again(window, window.earlier())
    # nothing was handed over then, and papers are wanted: they were never told
    assert window.page.likeness.reason() is ReturnReason.NOT_TOLD
    assert window.page.likeness.cause.text().startswith("按记录选的，不对的请改选：上次没有告知要带")
    screenshot(window.page, "gate-coming-again")


def test_the_clerk_decides(window: Window) -> None:
    come_again(window, window.earlier())
    window.page.likeness.set_reason(ReturnReason.NEW_FACTS, "又找到一张欠条")
    window.page.panel.ui.clerk_note.setText("带了录音")
    window.wait()
    assert window.page.likeness.reason() is ReturnReason.NEW_FACTS
    assert window.page.likeness.cause.text().startswith("按记录可能是“上次未一次性告知所需材料”")


def test_what_was_left_before_is_told_again(window: Window, screenshot: Screenshot) -> None:
    come_again(window, promise_broken(window))
    assert card(window, "papers").finding.before == "明天托人送来"
    screenshot(window.page, "gate-before")
    card(window, "papers").leave_button.click()
    assert card(window, "papers").half_typed() == "明天托人送来"


def test_another_matter_has_no_cause(window: Window) -> None:
    earlier = window.earlier()
    come_again(window, earlier)
    window.page.answer_matter(earlier.matter_id, Answer.ANOTHER)
    window.wait()
    assert window.page.likeness.cause.text() == ""
    assert not [one.finding.before for one in window.page.gate.cards() if one.finding.before]


def test_the_kind_of_an_agent_is_asked_in_the_dialog(window: Window) -> None:
    window.page.fill_from(replace(WAGES, agents=(another("周涛", ""),)))
    window.wait()
    card = next(one for one in window.page.gate.cards() if one.finding.key == "agent")
    card.button.click()
    dialog = window.page.panel.agents.dialog
    assert isinstance(dialog, AgentDialog)
    kind = dialog.ui.agent_kind
    assert dialog.focusWidget() in {kind, kind.lineEdit()}
    dialog.reject()
