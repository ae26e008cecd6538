"""A registration page at a real clerk's desk, and what it told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import register
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Context, Page
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.registration.typist import press

WANG = PersonEntry(
    name="王伟",
    sex=Sex.MALE,
    birth_date=date(1979, 4, 12),
    ethnic_group="汉族",
    id_kind=IdKind.RESIDENT,
    id_number="370499197904120232",
    phone="13900000011",
    region_code="370403",
    town="临城街道",
    address="示例村1组12号",
)

WAGES = RegistrationForm(
    lead=WANG,
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place_code="370403",
    respondent="某建筑劳务有限公司",
    title="建筑工地拖欠工资",
    summary="2025年3月至9月在薛城区某建筑工地务工，被拖欠工资共计28600元，多次索要未果，请求帮助追讨。",
    reply_by=ReplyMethod.PHONE,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the screenless platform says whenever a list or a dialog opens."""
    for item in items:
        if "registration" in item.path.parts or "widgets" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True), append=False)


@dataclass
class Window:
    """A page that is shown, and what it told."""

    page: RegistrationPage
    desk: Desk
    went: list[tuple[object, ...]]
    said: list[tuple[str, str]]
    questions: list[Question]
    saved: list[Registered]
    qtbot: QtBot

    def wait(self) -> None:
        """Until nothing is on its way: no key rests, no look-up, no save."""
        self.qtbot.waitUntil(self.page.settled, timeout=10_000)

    def faults(self) -> dict[str, str]:
        """The sentences that stand at the fields."""
        return {name: one.fault for name, one in self.page.panel.fields.items() if one.fault}

    def keys(self, text: str) -> None:
        """Type where the cursor is."""
        for character in text:
            press(self.here(), Qt.Key.Key_unknown, character)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is."""
        if not self.page.isActiveWindow():
            # without a screen no window manager gives the focus back when a list has closed
            self.page.activateWindow()
            self.qtbot.waitUntil(self.page.isActiveWindow)
        self.qtbot.keyClick(self.here(), key, modifier)

    def here(self) -> QWidget:
        """The widget that has the cursor."""
        widget = self.page.window().focusWidget()
        assert widget is not None
        return widget

    def earlier(self, form: RegistrationForm = WAGES) -> Registered:
        """Somebody came before: registered at the same desk, on the worker as the program does."""
        done: list[Registered] = []
        desk = self.desk
        self.page.context.tasks.run(lambda: register.register(desk, form), done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        return done[0]


@pytest.fixture
def window(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    messages: Messages,
    said: list[tuple[str, str]],
    qtbot: QtBot,
) -> Window:
    """An empty registration page."""
    context = context_of(Role.CLERK)
    page = RegistrationPage(context)
    questions: list[Question] = []
    saved: list[Registered] = []
    messages.ask_requested.connect(questions.append)
    page.registered.connect(saved.append)
    open_page(page)
    went: list[tuple[object, ...]] = context.navigator.went  # type: ignore[attr-defined]  # the navigator of the tests
    return Window(page, context.desk, went, said, questions, saved, qtbot)


def another(name: str, number: str) -> PersonEntry:
    """One more invented person."""
    return replace(WANG, name=name, id_number=number, sex=Sex.UNKNOWN, birth_date=None, phone="")
