"""In the whole window: where a visit goes on after it was registered, and that the new rows fit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.registration.conftest import WAGES, another

from onevisit.desk import register, route
from onevisit.desk.desk import Desk
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.pages import page_entries, paper_work
from onevisit.rules import readiness
from onevisit.rules.accounts import Role
from onevisit.rules.classification import Purpose, ReplyMethod, ReturnReason
from onevisit.rules.forms import AgentPart, Answer, MatterAnswer, RegistrationForm
from onevisit.rules.people import AgentKind
from onevisit.rules.route_choice import taken_over
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Messages
from onevisit.ui.preferences import Preferences
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.registration.saving import Then
from onevisit.ui.route.page import RoutePage
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

Shot = Callable[[QWidget, str], None]
SCREEN = QSize(1366, 728)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
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

    def open_(*, large: bool = False, size: QSize = SCREEN) -> MainWindow:
        theme.wear(Variant.LIGHT, large=large)
        paper = paper_work(resources / "fonts", PdfFolderPrinter(tmp_path / "prints"))
        entries = page_entries(paper, None, None, None)  # type: ignore[arg-type]  # no system page is made
        made = MainWindow(
            sit_down(Role.CLERK), tasks, messages, theme, preferences, entries, check_password=lambda _: None
        )
        qtbot.addWidget(made, before_close_func=lambda _: made.leave_now(log_in_again=False))
        made.resize(size)
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


def save(window: MainWindow, qtbot: QtBot, form: RegistrationForm, then: Then = Then.SLIP) -> RegistrationPage:
    page = fill(window, qtbot, form)
    page.save(then)
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
    page.mending.mend(f"{readiness.FOCUS}signed")
    assert ui.signed.boxes()[0].hasFocus()
    assert page.ui.scroll.horizontalScrollBar().maximum() == 0
    assert window.size() == QSize(1366, 728)
    for button in (page.ui.clear, page.ui.lawyer, page.ui.print, page.ui.save):
        assert button.width() >= button.sizeHint().width()
    if not large:
        assert page.ui.scroll.verticalScrollBar().maximum() == 0


# ── from the form to the slip ─────────────────────────────────────────────────────────────────────────────────────────


class Hands:
    """Counts the presses of whoever sits at the window."""

    def __init__(self, window: MainWindow, tasks: Tasks, qtbot: QtBot) -> None:
        self.window, self._tasks, self._qtbot = window, tasks, qtbot
        self.presses = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the cursor is, once what is in sight could be read."""
        self.settle()
        page = self.window.current
        if isinstance(page, RoutePage):
            self._qtbot.waitUntil(lambda: not page.assistant.fresh())
        with self._qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.presses += 1
        self._qtbot.keyClick(self.window.focusWidget(), key, modifier)
        self.settle()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._tasks.busy, timeout=10_000)

    def until(self, key: str) -> None:
        """Wait for a page."""
        self._qtbot.waitUntil(lambda: at(self.window) == key and not self._tasks.busy, timeout=10_000)


@pytest.fixture
def hands(whole: Callable[..., MainWindow], tasks: Tasks, qtbot: QtBot) -> Hands:
    return Hands(whole(), tasks, qtbot)


def slip_page(hands: Hands, qtbot: QtBot) -> SlipPage:
    hands.until("slip")
    page = hands.window.current
    assert isinstance(page, SlipPage)
    qtbot.waitUntil(lambda: page.state is State.ASKING, timeout=10_000)
    return page


def test_the_usual_visit_takes_four_presses_and_one_sheet(hands: Hands, qtbot: QtBot, tmp_path: Path) -> None:
    form = fill(hands.window, qtbot, WAGES)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = slip_page(hands, qtbot)
    hands.press(Qt.Key.Key_Return)
    assert page.state is State.DONE
    assert page._preview is not None
    assert (page._preview.edition, page._preview.reprint_no) == (1, 1), "what was printed holds still"
    assert {"route", "slip"}.isdisjoint(one.finding.key for one in page.gate.panel.cards())
    hands.press(Qt.Key.Key_Return)
    assert at(hands.window) == "registration"
    assert hands.window.focusWidget() is form.panel.ui.name
    assert hands.presses == 4
    assert len(list((tmp_path / "prints").glob("*.pdf"))) == 1
    strip = form.saved_strip
    assert strip.isVisible()
    assert not strip.route.isVisible()
    assert not strip.slip.isVisible()


def test_ctrl_p_prints_first_and_leaves_the_route_for_later(
    hands: Hands, qtbot: QtBot, screenshot: Shot, tmp_path: Path
) -> None:
    form = fill(hands.window, qtbot, WAGES)
    hands.press(Qt.Key.Key_P, CTRL)
    slip_page(hands, qtbot)
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_Escape)
    assert at(hands.window) == "registration"
    assert form.saved_strip.route.isVisible()
    assert not form.saved_strip.slip.isVisible()
    hands.press(Qt.Key.Key_G, CTRL)
    hands.until("route")
    page = hands.window.current
    assert isinstance(page, RoutePage)
    assert page.assistant.ui.decide.text() == "定去向 Ctrl+↵"
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    assert page.heading.text() == "去向"
    hands.press(Qt.Key.Key_Escape)
    assert at(hands.window) == "registration"
    assert len(list((tmp_path / "prints").glob("*.pdf"))) == 1


def test_left_at_the_route_the_strip_still_leads_to_route_and_slip(
    hands: Hands, qtbot: QtBot, screenshot: Shot
) -> None:
    form = fill(hands.window, qtbot, WAGES)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    hands.press(Qt.Key.Key_Escape)
    assert at(hands.window) == "registration"
    assert form.saved_strip.route.isVisible()
    assert form.saved_strip.slip.isVisible()
    screenshot(hands.window, "registration-saved-undecided")


@pytest.mark.parametrize(
    "form",
    [
        replace(WAGES, confidential=True),
        replace(WAGES, lead=None, anonymous=True, reply_by=ReplyMethod.NONE),
        replace(WAGES, purpose=Purpose.ENQUIRY, reply_by=ReplyMethod.ON_THE_SPOT),
        replace(WAGES, organisation="某机械有限公司"),
        GROUP,
    ],
    ids=["confidential", "anonymous", "answered on the spot", "organisation", "group"],
)
def test_every_first_visit_goes_the_same_way(hands: Hands, qtbot: QtBot, form: RegistrationForm) -> None:
    fill(hands.window, qtbot, form).focus_first()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    hands.press(Qt.Key.Key_Return, CTRL)
    slip_page(hands, qtbot)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    assert at(hands.window) == "registration"


def test_who_comes_again_about_what_has_its_route_gets_the_slip_at_once(
    hands: Hands, tasks: Tasks, qtbot: QtBot
) -> None:
    desk = hands.window.context.desk

    def before() -> int:
        saved = register.register(desk, WAGES)
        case = route.case(desk, saved.matter_id)
        assert case.proposal is not None
        route.decide(desk, case.seen, taken_over(case.proposal, ("薛城区人社局",)), case.suggested)
        return saved.matter_id

    known: list[int] = []
    tasks.run(before, known.append)
    qtbot.waitUntil(lambda: bool(known))
    again = replace(
        WAGES,
        matter_answers=(MatterAnswer(known[0], Answer.SAME),),
        return_reason=ReturnReason.NOT_CONTACTED,
    )
    fill(hands.window, qtbot, again)
    hands.press(Qt.Key.Key_Return, CTRL)
    slip_page(hands, qtbot)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    assert (at(hands.window), hands.presses) == ("registration", 3)


def test_an_urgent_visit_goes_on_from_its_strip_to_route_and_slip(hands: Hands, qtbot: QtBot) -> None:
    page = fill(hands.window, qtbot, replace(WAGES, urgent=True))
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("urgent")
    hands.press(Qt.Key.Key_Escape)
    assert at(hands.window) == "registration"
    assert page.saved_strip.slip.isVisible()
    hands.press(Qt.Key.Key_G, CTRL)
    hands.until("route")
    hands.press(Qt.Key.Key_Return, CTRL)
    slip_page(hands, qtbot)


def test_what_is_half_chosen_at_the_route_outlives_the_lock_and_leaving_asks(hands: Hands, qtbot: QtBot) -> None:
    window = hands.window
    fill(window, qtbot, WAGES)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    page = window.current
    assert isinstance(page, RoutePage)
    page.assistant.ui.otherwise.click()
    page.assistant.ui.reason.setFocus()
    page.assistant.ui.reason.setText("当场说清了")
    window.lock.lock()
    assert not page.assistant.ui.reason.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    window.lock.screen.password.setText("x")
    qtbot.keyClick(window.lock.screen.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.lock.locked)
    assert window.current is page
    assert page.assistant.ui.reason.text() == "当场说清了"
    assert window.focusWidget() is page.assistant.ui.reason
    window.leave(log_in_again=True)
    qtbot.waitUntil(window.asking.isVisible)
    window.asking.refuse.click()
    assert window.current is page
    assert page.assistant.ui.reason.text() == "当场说清了"
    hands.press(Qt.Key.Key_Escape)
    assert at(window) == "registration"
    hands.press(Qt.Key.Key_G, CTRL)
    hands.until("route")
    assert page.assistant.ui.reason.text() == "当场说清了"
    page.assistant.forget()


def test_whoever_goes_elsewhere_meanwhile_is_not_fetched_back_and_keeps_the_way(hands: Hands, qtbot: QtBot) -> None:
    window = hands.window
    fill(window, qtbot, WAGES)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until("route")
    page = window.current
    assert isinstance(page, RoutePage)
    page.assistant.ui.decide.click()
    window.show_page("today")
    slip_page(hands, qtbot)
    window.back()
    assert at(window) == "today", "where the clerk was when the sheet was ready"
    window.back()
    assert at(window) == "route"
    hands.settle()
    assert page.heading.text() == "去向", "what was decided is shown, not what was asked"
