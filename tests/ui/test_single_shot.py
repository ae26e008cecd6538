"""Whatever changes something is single-shot: pressing it twice, or holding the key down, does it once in the store."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from tests.ui.registration.conftest import WAGES, WANG

from onevisit.desk import register
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.register import Registered
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.pages import page_entries, paper_work
from onevisit.rules.accounts import Role
from onevisit.rules.forms import Answer
from onevisit.rules.people import Sex
from onevisit.store.tables import Account, AuditEntry, SlipCopy, Visit
from onevisit.ui.consultation.page import ConsultationPage
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Messages
from onevisit.ui.preferences import Preferences
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.system.accounts_panel import AccountsPanel
from onevisit.ui.system.look import Look
from onevisit.ui.system.page import SystemPage
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.layouts import children

CTRL = Qt.KeyboardModifier.ControlModifier
OPENS_SOMETHING_ELSE = {"restore", "salvage"}
"""Buttons that leave the window for another one."""

Open = Callable[[Role], MainWindow]
Settled = Callable[[], None]


@pytest.fixture
def open_window(
    desks: Callable[[Role], Desk], practice_house: House, tasks: Tasks, messages: Messages, theme: Theme,
    preferences: Preferences, resources: Path, tmp_path: Path, qtbot: QtBot,
) -> Iterator[Open]:  # fmt: skip
    """Opens the real window of a role, with a printer that writes files."""
    made: list[MainWindow] = []
    paper = paper_work(resources / "fonts", PdfFolderPrinter(tmp_path / "prints"))

    def open_(role: Role) -> MainWindow:
        desk = desks(role)
        window = MainWindow(
            desk, tasks, messages, theme, preferences, page_entries(
                paper, Look(theme, preferences), tasks, lambda told: practice_house.rekey(desk, told)),
            check_password=partial(practice_house.check_password, desk),
        )  # fmt: skip
        made.append(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(lambda: not tasks.busy)
        return window

    yield open_
    tasks.forget()
    for window in made:
        window.leave_now(log_in_again=False)
        window.deleteLater()


@pytest.fixture
def ask_store(tasks: Tasks, qtbot: QtBot) -> Callable[[Desk, object], list[object]]:
    """Read from the store, on the worker as the program does."""

    def ask(desk: Desk, query: object) -> list[object]:
        found: list[list[object]] = []

        def work() -> list[object]:
            with desk.look(None) as session:
                return [tuple(row) for row in session.execute(query)]  # type: ignore[call-overload]  # any query

        tasks.run(work, found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=10_000)
        return found[0]

    return ask


Ask = Callable[[Desk, object], list[object]]


def hold(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Hold a key down: it goes down many times and up once."""
    for _ in range(6):
        qtbot.keyPress(widget, key, modifier)
    qtbot.keyRelease(widget, key, modifier)


def twice(button: QPushButton) -> None:
    """Two presses that follow each other at once, past the guard of the window's mouse."""
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def put_away(window: MainWindow) -> None:
    """Close whatever a button opened."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()
    if window.asking.isVisible():
        window.asking.dismiss()


def buttons_of(window: MainWindow) -> list[QPushButton]:
    page = window.current
    assert page is not None
    return [
        one
        for one in children(page, QPushButton)
        if one.isVisible() and one.isEnabled() and one.objectName() not in OPENS_SOMETHING_ELSE
    ]


def everywhere(window: MainWindow) -> list[tuple[str, int]]:
    """Every page of the navigation, and every tab of those that have tabs."""
    found: list[tuple[str, int]] = []
    for key in window.ui.navigation.buttons:
        window.show_page(key)
        tabs = children(window.current, QTabWidget) if window.current else []
        found += [(key, tab) for tab in range(tabs[0].count() if tabs else 1)]
    return found


def go_to(window: MainWindow, qtbot: QtBot, key: str, tab: int) -> None:
    window.show_page(key)
    tabs = children(window.current, QTabWidget) if window.current else []
    if tabs:
        tabs[0].setCurrentIndex(tab)
    qtbot.waitUntil(lambda: not window.context.tasks.busy, timeout=20_000)


@pytest.mark.parametrize("role", list(Role))
def test_no_button_of_any_page_does_the_same_thing_twice(
    open_window: Open, role: Role, seeded: tuple[Registered, ...], ask_store: Ask, qtbot: QtBot, tasks: Tasks
) -> None:
    window = open_window(role)
    desk, pressed = window.context.desk, 0
    for key, tab in everywhere(window):
        go_to(window, qtbot, key, tab)
        for place in range(len(buttons_of(window))):
            go_to(window, qtbot, key, tab)
            here = buttons_of(window)
            if place >= len(here):
                break
            (before,) = ask_store(desk, select(func.max(AuditEntry.id)))
            words = here[place].text() or here[place].accessibleName()
            twice(here[place])
            qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
            put_away(window)
            query = select(AuditEntry.action, AuditEntry.record_kind, AuditEntry.record_id)
            done = Counter(ask_store(desk, query.where(AuditEntry.id > before[0])))  # type: ignore[index]  # one row
            assert not done or max(done.values()) == 1, f"{key}: “{words}” did it twice: {done}"
            pressed += 1
    assert pressed


def test_a_registration_is_one_visit(open_window: Open, ask_store: Ask, qtbot: QtBot, tasks: Tasks) -> None:
    window = open_window(Role.CLERK)
    window.show_page("registration")
    page = window.current
    assert isinstance(page, RegistrationPage)
    presses: tuple[Callable[[], None], ...] = (
        lambda: twice(page.ui.save),
        lambda: hold(qtbot, page.panel.ui.name, Qt.Key.Key_Return, CTRL),
        lambda: twice(page.ui.print),
        lambda: hold(qtbot, page.panel.ui.name, Qt.Key.Key_P, CTRL),
        lambda: twice(page.ui.lawyer),
        lambda: hold(qtbot, page.panel.ui.name, Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier),
    )
    for press in presses:
        window.show_page("registration")
        page.set_form(WAGES)
        qtbot.waitUntil(lambda: page.settled() and not tasks.busy, timeout=10_000)
        for matter in page.asking().matters:
            page.answer_matter(matter.matter_id, Answer.ANOTHER)
        qtbot.waitUntil(lambda: page.settled() and not tasks.busy, timeout=10_000)
        before = len(ask_store(window.context.desk, select(Visit.id)))
        press()
        qtbot.waitUntil(lambda: page.settled() and not tasks.busy, timeout=20_000)
        assert len(ask_store(window.context.desk, select(Visit.id))) == before + 1


def test_a_double_click_answers_one_question(open_window: Open, qtbot: QtBot, tasks: Tasks) -> None:
    window = open_window(Role.CLERK)
    desk = window.context.desk
    tasks.run(lambda: register.register(desk, WAGES), lambda _: None)
    window.show_page("registration")
    page = window.current
    assert isinstance(page, RegistrationPage)
    page.set_form(replace(WAGES, lead=replace(WANG, id_number="", sex=Sex.UNKNOWN, birth_date=None)))
    qtbot.waitUntil(lambda: bool(page.asking().persons), timeout=10_000)
    same = page.likeness.ui.same
    assert same.isVisible()
    at = same.mapTo(window, same.rect().center())
    QTest.mouseDClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    # the next question comes to stand under the mouse; the second press of a double click does not answer it
    qtbot.waitUntil(lambda: bool(page.asking().matters), timeout=10_000)
    qtbot.waitUntil(lambda: page.settled() and not tasks.busy, timeout=10_000)
    assert page.answers.same_person() is not None
    assert page.answers.same_matter() is None


def reached(page: SlipPage, state: State) -> bool:
    return page.state is state and not page.context.tasks.busy


def test_a_sheet_is_one_copy_and_one_outcome(
    open_window: Open, ask_store: Ask, qtbot: QtBot, tasks: Tasks, seeded: tuple[Registered, ...]
) -> None:
    window = open_window(Role.CLERK)
    desk = window.context.desk
    copies = select(SlipCopy.id)
    outcomes = select(AuditEntry.id).where(AuditEntry.action == "slip.outcome_recorded")
    for held in (False, True):
        before = len(ask_store(desk, copies)), len(ask_store(desk, outcomes))
        window.print_slip(seeded[-1].visit_id)
        page = window.current
        assert isinstance(page, SlipPage)
        qtbot.waitUntil(partial(reached, page, State.READY), timeout=20_000)
        if held:
            hold(qtbot, page.ui.print, Qt.Key.Key_Return, CTRL)
        else:
            twice(page.ui.print)
        qtbot.waitUntil(partial(reached, page, State.ASKING), timeout=20_000)
        if held:
            hold(qtbot, page.ui.jammed, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        else:
            twice(page.ui.cameOut)
        qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
        assert (len(ask_store(desk, copies)), len(ask_store(desk, outcomes))) == (before[0] + 1, before[1] + 1)
        window.show_page("today")


def test_a_consultation_is_signed_once(
    open_window: Open, ask_store: Ask, qtbot: QtBot, tasks: Tasks, seeded: tuple[Registered, ...]
) -> None:
    window = open_window(Role.LAWYER)
    window.show_page("consultation")
    page = window.current
    assert isinstance(page, ConsultationPage)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    twice(page.ui.open)
    qtbot.waitUntil(lambda: not tasks.busy and page.ui.sign.isVisible(), timeout=10_000)
    page.ui.facts.setPlainText("有欠条。")
    page.ui.advice.setPlainText("先找劳动监察，再起诉。")
    page.ui.way_litigation.setChecked(True)
    hold(qtbot, page.ui.facts, Qt.Key.Key_Return, CTRL)
    assert window.asking.isVisible()
    twice(window.asking.agree)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    signed = select(AuditEntry.record_id).where(AuditEntry.action == "consultation.signed")
    counts = Counter(ask_store(window.context.desk, signed))
    assert set(counts.values()) == {1}
    assert not page.ui.sign.isVisible()
    page.ui.startAddendum.click()
    page.ui.addendum.setPlainText("补充一句。")
    twice(page.ui.addAddendum)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    added = select(AuditEntry.record_id).where(AuditEntry.action == "consultation.added_to")
    assert len(ask_store(window.context.desk, added)) == 1


def test_an_account_is_added_and_disabled_once(
    open_window: Open, ask_store: Ask, qtbot: QtBot, tasks: Tasks, said: list[tuple[str, str]]
) -> None:
    window = open_window(Role.ADMINISTRATOR)
    window.show_page("system")
    page = window.current
    assert isinstance(page, SystemPage)
    panel = page.panels[0]
    assert isinstance(panel, AccountsPanel)
    desk = window.context.desk
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    before = len(ask_store(desk, select(Account.id)))
    panel.begin_account()
    card = panel.ui.newAccount
    card.ui.name.setText("窗口员丙")
    card.ui.login.setText("chuangkou3")
    card.ui.staffNo.setText("033")
    for line in (card.pair._first, card.pair._again):
        line.setText("Lianxi-2026")
    hold(qtbot, card.ui.name, Qt.Key.Key_Return, CTRL)
    twice(card.ui.save)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
    assert len(ask_store(desk, select(Account.id))) == before + 1, said
    twice(panel.ui.disable)
    assert window.asking.isVisible()
    twice(window.asking.agree)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
    disabled = select(AuditEntry.id).where(AuditEntry.action == "account.disabled")
    assert len(ask_store(desk, disabled)) == 1
