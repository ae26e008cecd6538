"""The form fits a screen of 1366×768 in every usual state, and smaller ones of a larger scale with nothing cut off."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.registration.conftest import WAGES, WANG
from tests.ui.registration.test_next_steps import GROUP, fill, registration, whole

from onevisit.desk import register, route
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, MatterAnswer
from onevisit.rules.matter_life import Action
from onevisit.rules.route_choice import taken_over
from onevisit.ui.main_window import MainWindow
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.route.page import RoutePage
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.layouts import children

__all__ = ["whole"]
Shot = Callable[[QWidget, str], None]
NOISE = replace(
    WAGES, title="楼道灯不亮", summary="报修三个月没人管，请求协调维修。", content=ContentClass.CONSTRUCTION
)


@pytest.fixture
def accepted(whole: Callable[..., MainWindow], tasks: Tasks, qtbot: QtBot) -> tuple[MainWindow, int]:
    """The registration of somebody who was here about a matter that is in its period now."""
    window = whole()
    desk = window.context.desk

    def before() -> int:
        saved = register.register(desk, NOISE)
        case = route.case(desk, saved.matter_id)
        assert case.proposal is not None
        route.decide(desk, case.seen, taken_over(case.proposal, ("薛城区住建局",)), case.suggested)
        with desk.work(Permission.HANDLE) as session:
            matter = open_for_change(desk, session, route.case(desk, saved.matter_id).seen)
            take_step(desk, session, matter, Action.ACCEPT, StepFacts(local_day(desk.now())))
        return saved.matter_id

    known: list[int] = []
    tasks.run(before, known.append)
    qtbot.waitUntil(lambda: bool(known))
    return window, known[0]


def scrolls(page: RegistrationPage, qtbot: QtBot) -> int:
    qtbot.waitUntil(page.settled, timeout=10_000)
    qtbot.wait(50)  # until the words are laid out
    return page.ui.scroll.verticalScrollBar().maximum()


def test_a_visitor_who_comes_again_fits_without_scrolling(
    accepted: tuple[MainWindow, int], qtbot: QtBot, screenshot: Shot
) -> None:
    window, matter_id = accepted
    page = registration(window)
    page.start(WANG.id_number)
    assert scrolls(page, qtbot) == 0
    assert "不再受理" in page.likeness.ui.stop.text()
    screenshot(window, "room-asked")
    page.likeness.ui.same.click()
    assert scrolls(page, qtbot) == 0
    screenshot(window, "room-again")
    known = MatterAnswer(matter_id, Answer.SAME)
    fill(window, qtbot, replace(WAGES, matter_answers=(known,), return_reason=ReturnReason.NOT_CONTACTED))
    assert scrolls(page, qtbot) == 0
    assert page.likeness.cause.text().startswith("按记录可能是")
    assert page.likeness.cause.isVisible()
    screenshot(window, "room-again-cause")


@pytest.mark.parametrize(("large", "scale"), [(False, 1.25), (False, 1.5), (True, 1.0), (True, 1.25)])
def test_a_larger_scale_cuts_nothing_off(
    whole: Callable[..., MainWindow], qtbot: QtBot, screenshot: Shot, large: bool, scale: float
) -> None:
    size = QSize(round(1366 / scale), round(728 / scale))
    window = whole(large=large, size=size)
    page = fill(window, qtbot, GROUP)
    scrolls(page, qtbot)
    screenshot(window, f"room-{scale}{'-large' if large else ''}")
    assert window.size() == size
    assert page.ui.scroll.horizontalScrollBar().maximum() == 0
    for button in children(page.ui.footer, QPushButton):
        assert button.width() >= button.sizeHint().width()
        assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))


def test_the_route_shows_its_choices_in_large_type_too(
    whole: Callable[..., MainWindow], tasks: Tasks, qtbot: QtBot, screenshot: Shot
) -> None:
    window = whole(large=True)
    page = fill(window, qtbot, replace(WAGES, title="对法院判决不服", respondent="薛城区人民法院"))
    page.save()
    qtbot.waitUntil(lambda: isinstance(window.current, RoutePage) and window.current.assistant.isVisible())
    qtbot.wait(50)  # until the words are laid out
    shown = window.current
    assert isinstance(shown, RoutePage)
    screenshot(window, "room-route-large")
    ui = shown.assistant.ui
    assert ui.deciding.mapTo(shown, ui.deciding.rect().topLeft()).x() > ui.asking.width() // 2
    assert ui.asking.verticalScrollBar().maximum() == 0
