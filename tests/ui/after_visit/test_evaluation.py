"""The screen that the visitor looks at."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import evaluation
from onevisit.desk.afterwards import afterwards
from onevisit.desk.evaluation import EvaluationLine, Invitation
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.matter_life import State
from onevisit.store.tables import Matter
from onevisit.ui.after_visit.evaluation import EvaluationScreen, ask_visitor
from onevisit.ui.page import Context
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.layouts import children

ContextOf = Callable[[Role], Context]
Settled = Callable[[], None]


@pytest.fixture
def clerk(context_of: ContextOf, theme: Theme) -> Context:
    return context_of(Role.CLERK)


@pytest.fixture
def visit(clerk: Context, seeded: tuple[Registered, ...], tasks: Tasks, settled: Settled) -> Registered:
    """A visit on a matter that its organ has answered."""
    found = seeded[0]

    def answer() -> None:
        with clerk.desk.work(Permission.HANDLE) as session:
            matter = session.get_one(Matter, found.matter_id)
            matter.state, matter.lead_organ = State.ANSWERED, "某区人力资源和社会保障局"

    tasks.run(answer, lambda _: None)
    settled()
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def screen(clerk: Context, visit: Registered, window: QWidget, tasks: Tasks, settled: Settled) -> EvaluationScreen:
    made: list[Invitation] = []
    tasks.run(lambda: evaluation.invite(clerk.desk, visit.visit_id), made.append)
    settled()
    screen = EvaluationScreen(clerk, made[0], window)
    screen.resize(1366, 768)
    screen.show()
    return screen


def kept(clerk: Context, visit: Registered, tasks: Tasks, settled: Settled) -> dict[EvaluationSubject, EvaluationLine]:
    found: list[tuple[EvaluationLine, ...]] = []
    tasks.run(lambda: afterwards(clerk.desk, visit.matter_id).evaluations, found.append)
    settled()
    return {one.subject: one for one in found[0]}


def test_one_plain_question_after_the_other_and_thanks(
    screen: EvaluationScreen,
    clerk: Context,
    visit: Registered,
    tasks: Tasks,
    settled: Settled,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    assert screen.ui.question.text() == "您对今天窗口的接待满意吗？"
    screenshot(screen, "evaluation")
    screen.ui.basically.click()
    settled()
    assert "负责办理的单位" in screen.ui.question.text()
    qtbot.keyClick(screen, Qt.Key.Key_3)
    settled()
    assert screen.ui.question.text().startswith("谢谢")
    assert not screen.ui.answersBar.isVisible()
    # the only screen shows the clerk's work below: no button of the visitor's leads there
    assert not screen.ui.done.isVisible()
    assert "工作人员请按 Esc 返回" in screen.ui.lead.text()
    screenshot(screen, "evaluation_thanks")
    with qtbot.waitSignal(screen.finished):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    found = kept(clerk, visit, tasks, settled)
    assert found[EvaluationSubject.WINDOW].value is EvaluationValue.BASICALLY
    assert found[EvaluationSubject.ORGAN].value is EvaluationValue.DISSATISFIED


def test_the_visitor_closes_a_screen_of_her_own(
    screen: EvaluationScreen, settled: Settled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    facing = SimpleNamespace(geometry=lambda: QRect(0, 0, 1366, 768))
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [screen.screen(), facing])
    screen.present()
    for _ in range(2):
        screen.ui.satisfied.click()
        settled()
    assert not screen.ui.lead.text()
    with qtbot.waitSignal(screen.finished):
        screen.ui.done.click()


def test_two_answers_at_once_are_one(
    screen: EvaluationScreen,
    clerk: Context,
    visit: Registered,
    tasks: Tasks,
    settled: Settled,
    said: list[tuple[str, str]],
) -> None:
    screen.ui.satisfied.click()
    screen.ui.dissatisfied.click()
    screen.ui.decline.click()
    settled()
    assert "负责办理的单位" in screen.ui.question.text()
    assert not screen.ui.fault.isVisible()
    assert said == []
    found = kept(clerk, visit, tasks, settled)
    assert found[EvaluationSubject.WINDOW].value is EvaluationValue.SATISFIED
    screen.close()


def test_nothing_on_it_says_who_or_what(screen: EvaluationScreen) -> None:
    shown = "".join(label.text() for label in children(screen, QLabel))
    shown += "".join(button.text() for button in children(screen, QPushButton))
    for secret in ("王", "工资", "人力资源", "3704"):
        assert secret not in shown


def test_no_answer_is_chosen_beforehand_and_none_is_an_answer_too(
    screen: EvaluationScreen, clerk: Context, visit: Registered, tasks: Tasks, settled: Settled, qtbot: QtBot
) -> None:
    assert not any(button.hasFocus() for button in children(screen, QPushButton))
    screen.ui.decline.click()
    settled()
    with qtbot.waitSignal(screen.finished):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    found = kept(clerk, visit, tasks, settled)
    assert found[EvaluationSubject.WINDOW].words == "不评价"
    assert found[EvaluationSubject.ORGAN].words.startswith("等待评价")


def test_the_clerk_opens_it_for_a_visit_and_is_told_when_all_is_answered(
    clerk: Context,
    visit: Registered,
    window: QWidget,
    tasks: Tasks,
    settled: Settled,
    said: list[tuple[str, str]],
    qapp: QApplication,
) -> None:
    button = QPushButton("请来访人评价", window)
    for _ in range(2):
        ask_visitor(clerk, button, visit.visit_id, window)
        settled()
        screens = [one for one in qapp.topLevelWidgets() if isinstance(one, EvaluationScreen)]
        if not screens:
            break
        for answer in (screens[0].ui.satisfied, screens[0].ui.satisfied):
            answer.click()
            settled()
        screens[0].close()
        qapp.sendPostedEvents(None, 52)
    assert said[-1][1].startswith("这次来访已经评价过")


def test_what_goes_wrong_is_told_to_the_visitor_in_plain_words_only(
    screen: EvaluationScreen,
    clerk: Context,
    visit: Registered,
    tasks: Tasks,
    settled: Settled,
    said: list[tuple[str, str]],
) -> None:
    def elsewhere() -> None:
        asked = evaluation.invite(clerk.desk, visit.visit_id)
        evaluation.answer(clerk.desk, asked.shown, asked.asked[0][1], EvaluationValue.SATISFIED)

    tasks.run(elsewhere, lambda _: None)
    settled()
    screen.ui.dissatisfied.click()
    settled()
    assert screen.ui.fault.text() == "没有记下来，请告诉窗口工作人员。"
    assert said[-1][0] == "fault"


def test_whoever_walked_away_is_not_asked_on_the_screen_of_the_next(
    clerk: Context, visit: Registered, seeded: tuple[Registered, ...], window: QWidget, settled: Settled
) -> None:
    button = QPushButton("请来访人评价", window)
    for one in (visit, seeded[-1]):
        ask_visitor(clerk, button, one.visit_id, window)
        settled()
    shown = [one for one in children(window, EvaluationScreen) if one.isVisible()]
    assert len(shown) == 1
    shown[0].close()
