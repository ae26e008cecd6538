"""The lock over a matter: the visitor's screen goes with everything else, and what is half typed outlives a log-out."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.lock.test_lock import PASSWORD, _seen_words, _unlock, window

from onevisit.desk import drafts
from onevisit.desk.register import Registered
from onevisit.rules.matter_life import Action
from onevisit.ui.after_visit.evaluation import EvaluationScreen, ask_visitor
from onevisit.ui.main_window import MainWindow
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.widgets.layouts import children

__all__ = ["window"]  # the fixture
Settled = Callable[[], None]
QUESTION = "您对今天窗口的接待满意吗？"


@pytest.fixture
def screen(window: MainWindow, seeded: tuple[Registered, ...], settled: Settled) -> EvaluationScreen:
    window.open_matter(seeded[-1].matter_id, "after_visit")
    settled()
    button = QPushButton("请来访人评价", window)
    ask_visitor(window.context, button, seeded[-1].visit_id, window)
    settled()
    (made,) = children(window, EvaluationScreen)
    return made


def test_the_visitors_screen_is_covered_too_and_comes_back(
    window: MainWindow, screen: EvaluationScreen, qtbot: QtBot
) -> None:
    assert QUESTION in _seen_words()
    assert screen.windowModality() == Qt.WindowModality.ApplicationModal, "on the only screen nobody gets below it"
    QTest.keyClick(screen.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.lock.locked)
    assert not screen.isVisible()
    assert QUESTION not in _seen_words()
    assert window.focusWidget() is window.lock.screen.password
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert screen.isVisible()
    assert screen.isFullScreen()
    assert screen.windowModality() == Qt.WindowModality.ApplicationModal
    screen.close()


def test_a_visitors_screen_that_comes_up_over_the_lock_is_put_aside(
    window: MainWindow, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    button = QPushButton("请来访人评价", window)
    ask_visitor(window.context, button, seeded[-1].visit_id, window)
    window.lock.lock()
    settled()
    qtbot.waitUntil(lambda: bool(children(window, EvaluationScreen)))
    (screen,) = children(window, EvaluationScreen)
    qtbot.waitUntil(lambda: not screen.isVisible())
    _unlock(window, PASSWORD)
    qtbot.waitUntil(screen.isVisible)
    screen.close()


def test_nobody_is_asked_any_more_when_the_clerk_is_gone(
    window: MainWindow, screen: EvaluationScreen, settled: Settled
) -> None:
    window.leave(log_in_again=True)
    settled()
    assert not window.isVisible()
    assert QUESTION not in _seen_words()


def test_logging_out_keeps_what_is_half_typed_and_asks_nothing(
    window: MainWindow, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    window.open_matter(seeded[7].matter_id, "life")
    settled()
    page = window.current
    assert isinstance(page, MattersPage)
    section = page.sections.current
    assert isinstance(section, LifeSection)
    section.buttons.buttons[Action.WITHDRAW].click()
    section.card.ui.note.setPlainText("来访人说自己")
    window.lock.lock()
    assert "来访人说自己" not in _seen_words()
    _unlock(window, PASSWORD)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert section.card.ui.note.toPlainText() == "来访人说自己"
    section.card.ui.note.setPlainText("来访人说自己解决了")
    with qtbot.waitSignal(window.left):
        window.leave(log_in_again=True)
    (row,) = drafts.offered(window.context.desk)
    assert [one.text for one in drafts.read_matter(row.content).texts if one.field == "note"] == ["来访人说自己解决了"]
