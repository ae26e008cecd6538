"""What a visitor answers on the phone: the rows of the form of a call, on a real store."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.after_visit.test_section import answered, clerk, opened, page, words
from tests.ui.matters.test_life_section import stand_still
from tests.ui.test_single_shot import twice

from onevisit.desk import evaluation, lookup
from onevisit.desk.afterwards import Afterwards, afterwards
from onevisit.desk.register import Registered
from onevisit.rules.after_visit import CallOutcome, EvaluationForm, EvaluationSubject, EvaluationValue
from onevisit.ui.after_visit.contact_forms import CallCard
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

__all__ = ["answered", "clerk", "page"]

Settled = Callable[[], None]
Screenshot = Callable[[QWidget, str], None]
WINDOW, ORGAN = EvaluationSubject.WINDOW, EvaluationSubject.ORGAN
NOT_ASKED, NO = EvaluationValue.SILENT, EvaluationValue.DISSATISFIED


@pytest.fixture
def card(page: MattersPage, answered: Registered, settled: Settled) -> CallCard:
    """The form of a call about a matter whose unit has answered."""
    section = opened(page, answered, settled)
    section.call.click()
    return section.call_form


@pytest.fixture
def followed(clerk: Context, answered: Registered, tasks: Tasks, settled: Settled) -> Callable[[], Afterwards]:
    """What followed the visits now."""

    def read() -> Afterwards:
        found: list[Afterwards] = []
        tasks.run(lambda: afterwards(clerk.desk, answered.matter_id), found.append)
        settled()
        return found[0]

    return read


def test_before_the_unit_has_answered_only_the_window_is_asked_about(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    section = opened(page, seeded[0], settled)
    section.call.click()
    ui = section.call_form.ui
    assert ui.window.isVisible()
    assert not any(one.isVisible() for one in (ui.organ, ui.organLabel, ui.organName, ui.organWhy))
    assert ui.window.value() is NOT_ASKED
    assert not section.call_form.dirty
    assert section.call_form.typed().said == ()


def test_what_was_answered_is_kept_with_the_call_and_not_asked_again(
    page: MattersPage,
    answered: Registered,
    card: CallCard,
    settled: Settled,
    screenshot: Screenshot,
    qtbot: QtBot,
) -> None:
    ui = card.ui
    assert ui.organName.text() == "某区人力资源和社会保障局"
    assert not ui.organWhy.isVisible()
    ui.window.set_value(EvaluationValue.SATISFIED)
    ui.organ.set_value(NO)
    assert (ui.windowWhy.isVisible(), ui.organWhy.isVisible()) == (False, True)
    ui.organWhy.setText("答复的期限讲不清楚")
    ui.note.setPlainText("问什么时候能拿到钱")
    stand_still(qtbot, page)
    assert ui.note.visibleRegion().boundingRect().height() == ui.note.height()
    screenshot(page, "after_visit_call")
    ui.save.click()
    settled()
    assert card.isHidden()
    section = opened(page, answered, settled)
    told = words(section.evaluations)
    assert "某区人力资源和社会保障局：答复的期限讲不清楚" in told
    assert "不满意（电话回访）" in told
    assert "满意（电话回访）" in told.splitlines()
    section.call.click()
    assert not any(one.isVisible() for one in (ui.askHint, ui.window, ui.organ, ui.organName))
    assert (ui.window.value(), ui.organWhy.text()) == (NOT_ASKED, "")


def test_nobody_who_was_not_reached_is_asked(card: CallCard) -> None:
    card.ui.window.set_value(NO)
    card.ui.windowWhy.setText("等得久")
    for outcome in CallOutcome:
        card.ui.outcome.set_value(outcome)
        reached = outcome is CallOutcome.REACHED
        rows = (card.ui.askHint, card.ui.window, card.ui.windowWhy, card.ui.organ, card.ui.windowLabel)
        assert {one.isVisible() for one in rows} == {reached}
        assert card.typed().said == ((EvaluationForm(WINDOW, NO, "等得久"),) if reached else ())


def test_enter_goes_through_the_rows_that_are_there(card: CallCard, qtbot: QtBot) -> None:
    ui = card.ui
    ui.organ.set_value(NO)
    ui.outcome.setFocus()
    qtbot.waitUntil(lambda: ui.outcome.button(CallOutcome.REACHED).hasFocus())

    def key(which: Qt.Key) -> QWidget:
        qtbot.keyClick(QApplication.focusWidget(), which)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    assert key(Qt.Key.Key_Return) is ui.note
    assert key(Qt.Key.Key_Tab) is ui.window.button(NOT_ASKED)
    assert key(Qt.Key.Key_2) is ui.window.button(EvaluationValue.BASICALLY)
    assert ui.window.value() is EvaluationValue.BASICALLY
    assert key(Qt.Key.Key_Return) is ui.organ.button(NO)
    assert key(Qt.Key.Key_Return) is ui.organWhy
    assert key(Qt.Key.Key_Return) is ui.promise
    assert key(Qt.Key.Key_Return) is ui.due
    assert key(Qt.Key.Key_Return) is ui.save


def test_pressed_twice_it_is_one_call_and_one_answer(
    card: CallCard, settled: Settled, followed: Callable[[], Afterwards]
) -> None:
    card.ui.note.setPlainText("问进度")
    card.ui.window.set_value(NO)
    twice(card.ui.save)
    settled()
    found = followed()
    assert (len(found.calls), [one.words for one in found.evaluations]) == (1, ["不满意（电话回访）"])


def test_what_another_window_was_told_first_stands_and_nothing_typed_is_lost(
    card: CallCard,
    clerk: Context,
    answered: Registered,
    tasks: Tasks,
    settled: Settled,
    followed: Callable[[], Afterwards],
) -> None:
    ui = card.ui
    ui.note.setPlainText("问进度")
    ui.window.set_value(NO)
    ui.windowWhy.setText("等得久")

    def elsewhere() -> None:
        visit_id = lookup.open_matter(clerk.desk, answered.matter_id).visits[-1].visit_id
        asked = evaluation.invite(clerk.desk, visit_id)
        evaluation.answer(clerk.desk, asked.shown, asked.asked[0][1], EvaluationValue.SATISFIED)

    tasks.run(elsewhere, lambda _: None)
    settled()
    ui.save.click()
    settled()
    assert "评价只收一次" in card._fields["window.value"].fault
    assert ui.fault.isHidden()
    assert (ui.note.toPlainText(), ui.windowWhy.text()) == ("问进度", "等得久")
    assert followed().calls == ()
    ui.window.set_value(NOT_ASKED)
    ui.save.click()
    settled()
    found = followed()
    assert [one.note for one in found.calls] == ["问进度"]
    assert [one.words for one in found.evaluations if one.subject is WINDOW] == ["满意"]


def test_no_word_of_the_rows_is_cut_off_in_large_type(
    page: MattersPage, card: CallCard, theme: Theme, qtbot: QtBot, screenshot: Screenshot
) -> None:
    theme.wear(Variant.LIGHT, large=True)
    card.ui.window.set_value(NO)
    card.ui.organ.set_value(NO)
    qtbot.waitUntil(lambda: card.height() >= card.sizeHint().height())
    stand_still(qtbot, page)
    assert card.ui.note.visibleRegion().boundingRect().height() == card.ui.note.height()
    screenshot(page, "after_visit_call_large")
    card.ui.save.setFocus()
    stand_still(qtbot, page)
    screenshot(page, "after_visit_call_large_end")
    for choice in (card.ui.window, card.ui.organ):
        assert all(one.width() >= one.sizeHint().width() for one in choice.stops())
    labels = [one for one in children(card, QLabel) if one.isVisible() and one.text() and not one.wordWrap()]
    assert [one.text() for one in labels if one.width() < one.sizeHint().width()] == []
    assert card.width() <= page.width()
    theme.wear(Variant.LIGHT, large=False)
