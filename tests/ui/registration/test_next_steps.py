"""In the whole window: where a visit goes on after it was registered, and that the new rows fit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.registration.conftest import WAGES, another

from onevisit.desk.desk import Desk
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.pages import page_entries, paper_work
from onevisit.rules import readiness
from onevisit.rules.accounts import Role
from onevisit.rules.forms import AgentPart, RegistrationForm
from onevisit.rules.people import AgentKind
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Messages
from onevisit.ui.preferences import Preferences
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

Shot = Callable[[QWidget, str], None]
CTRL = Qt.KeyboardModifier.ControlModifier
LI, ZHAO = another("李明", "370499198305200390"), another("赵一", "")
GROUP = replace(
    WAGES,
    companions=(LI, ZHAO),
    headcount=12,
    signed=(True,),
    agents=(another("周涛", ""),),
    agent_parts=(AgentPart(AgentKind.RELATIVE, ("授权委托书",)),),
    respondent="市自然资源和规划局、临城街道办事处",
)


@pytest.fixture
def whole(
    sit_down: Callable[[Role], Desk],
    tasks: Tasks,
    messages: Messages,
    theme: Theme,
    preferences: Preferences,
    resources: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> Callable[..., MainWindow]:
    """Opens the whole window of the clerk with every page, at the registration."""

    def open_(*, large: bool = False) -> MainWindow:
        theme.wear(Variant.LIGHT, large=large)
        paper = paper_work(resources / "fonts", PdfFolderPrinter(tmp_path / "prints"))
        entries = page_entries(paper, None, None, None)  # type: ignore[arg-type]  # no system page is made
        made = MainWindow(
            sit_down(Role.CLERK), tasks, messages, theme, preferences, entries, check_password=lambda _: None
        )
        qtbot.addWidget(made, before_close_func=lambda _: made.leave_now(log_in_again=False))
        made.resize(1366, 728)
        made.show()
        qtbot.waitExposed(made)
        made.show_page("registration")
        qtbot.waitUntil(lambda: not tasks.busy)
        return made

    return open_


def at(window: MainWindow) -> str:
    return window.current.key if window.current else ""


def registration(window: MainWindow) -> RegistrationPage:
    page = window.current
    assert isinstance(page, RegistrationPage)
    return page


def fill(window: MainWindow, qtbot: QtBot, form: RegistrationForm) -> RegistrationPage:
    page = registration(window)
    page.set_form(form)
    qtbot.waitUntil(page.settled, timeout=10_000)
    return page


def save(window: MainWindow, qtbot: QtBot, form: RegistrationForm) -> RegistrationPage:
    page = fill(window, qtbot, form)
    page.save()
    qtbot.waitUntil(lambda: page.saved_strip.saved is not None, timeout=10_000)
    return page


def test_an_urgent_visit_leads_to_its_report_at_once(
    whole: Callable[..., MainWindow], tasks: Tasks, qtbot: QtBot, screenshot: Shot
) -> None:
    window = whole()
    save(window, qtbot, replace(WAGES, urgent=True))
    qtbot.waitUntil(lambda: at(window) == "urgent", timeout=10_000)
    qtbot.waitUntil(lambda: not tasks.busy)
    screenshot(window, "registration-leads-to-urgent")
    window.back()
    assert registration(window).saved_strip.isVisible()


def test_the_next_step_leads_to_the_route_of_a_confidential_visit_too(
    whole: Callable[..., MainWindow], tasks: Tasks, qtbot: QtBot, screenshot: Shot
) -> None:
    window = whole()
    page = save(window, qtbot, replace(WAGES, confidential=True))
    qtbot.waitUntil(lambda: at(window) == "slip", timeout=10_000)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    window.show_page("registration")
    assert page.saved_strip.isVisible()
    page.saved_strip.route.click()
    qtbot.waitUntil(lambda: at(window) == "route", timeout=10_000)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    screenshot(window, "registration-leads-to-route")


@pytest.mark.parametrize("large", [False, True])
def test_the_rows_of_a_group_fit_without_being_cut_off(
    whole: Callable[..., MainWindow], qtbot: QtBot, screenshot: Shot, large: bool
) -> None:
    window = whole(large=large)
    page = fill(window, qtbot, GROUP)
    qtbot.wait(50)
    screenshot(window, f"registration-group-{'large' if large else 'normal'}")
    ui = page.panel.ui
    for box in ui.signed.boxes():
        assert box.width() >= box.sizeHint().width()
    page.mend(f"{readiness.FOCUS}signed")
    assert ui.signed.boxes()[0].hasFocus()
    assert page.ui.scroll.horizontalScrollBar().maximum() == 0
    if not large:
        assert page.ui.scroll.verticalScrollBar().maximum() == 0
