"""Shared by the tests of the window: the dressed application, one worker, a practice house, small real pages."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from onevisit.desk import practice_day
from onevisit.desk.accounts import AccountForm
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS, PRACTICE_UNIT
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.store.keyslots import Cost
from onevisit.ui.errand import Errand
from onevisit.ui.fonts import load_fonts
from onevisit.ui.messages import Messages
from onevisit.ui.page import Changes, Context, KeyHelp, Page
from onevisit.ui.preferences import Preferences
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

_CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


class NotePage(Page):
    """A small real page: one field that is unsaved while it holds something."""

    def __init__(self, context: Context, key: str, title: str) -> None:
        self.key, self.title = key, title
        super().__init__(context)
        self.field = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        self.refreshed = 0
        self.given: list[object] = []

    def refresh(self) -> None:
        self.refreshed += 1

    def shows(self) -> frozenset[str]:
        return frozenset({"visits"})

    def focus_first(self) -> None:
        self.field.setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (KeyHelp("Alt+N", "姓名"),)

    def unsaved(self) -> bool:
        return bool(self.field.text())

    def register_new(self, text: str) -> None:
        self.given.append(text)

    def open_matter(self, matter_id: int, section: str = "") -> None:
        self.given.append((matter_id, section) if section else matter_id)

    def open_consultation(self, visit_id: int) -> None:
        self.given.append(visit_id)

    def show_visit(self, visit_id: int, *, print_now: bool = False) -> None:
        self.given.append((visit_id, print_now))


@pytest.fixture
def theme(qapp: QApplication, resources: Path) -> Iterator[Theme]:
    """The theme, worn light at 11 pt; taken off again after the test."""
    load_fonts(resources / "fonts")
    font = qapp.font()
    made = Theme(qapp, resources)
    made.wear(Variant.LIGHT, large=False)
    yield made
    qapp.setStyleSheet("")
    qapp.setFont(font)
    made.deleteLater()


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    """What the person is told."""
    return Messages()


@pytest.fixture
def said(messages: Messages) -> list[tuple[str, str]]:
    """Everything that was said: tone and sentence."""
    heard: list[tuple[str, str]] = []
    messages.said.connect(lambda tone, sentence: heard.append((tone, sentence)))
    return heard


@pytest.fixture
def tasks(qapp: QApplication, messages: Messages) -> Iterator[Tasks]:
    """The one worker; a bug in some work fails the test."""
    bugs: list[Exception] = []
    made = Tasks(messages.failed)
    made.crashed.connect(bugs.append)
    yield made
    made.stop()
    assert not bugs, f"bugs on the worker: {bugs}"


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Settings of the window in a file of their own."""
    return Preferences(tmp_path / "window.ini")


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice store with cheap passwords; copied for each test, never opened."""
    folder = tmp_path_factory.mktemp("practice") / "data"
    house = House(folder, practice=True, cost=_CHEAP)
    forms = (
        AccountForm(a.login, a.name, a.staff_no, a.role, a.password, a.firm, a.licence_no) for a in PRACTICE_ACCOUNTS
    )
    house.found_practice(PRACTICE_UNIT, tuple(forms))
    return folder


@pytest.fixture
def practice_house(practice_folder: Path, tmp_path: Path) -> Iterator[House]:
    """A practice house that nobody is logged in to yet."""
    folder = tmp_path / "practice"
    shutil.copytree(practice_folder, folder)
    house = House(folder, practice=True, cost=_CHEAP)
    yield house
    house.close()


@pytest.fixture
def sit_down(practice_house: House, tasks: Tasks, qtbot: QtBot) -> Callable[[Role], Desk]:
    """Log in to the practice account of a role, on the worker as the program does."""

    def sit(role: Role) -> Desk:
        account = next(one for one in PRACTICE_ACCOUNTS if one.role is role)
        desks: list[Desk] = []
        tasks.run(lambda: practice_house.log_in(account.login, account.password), desks.append)
        qtbot.waitUntil(lambda: bool(desks))
        return desks[0]

    return sit


class Way:
    """A navigator that remembers where pages sent the person: the name of the way, then what it was given."""

    def __init__(self) -> None:
        self.went: list[tuple[object, ...]] = []

    def show_page(self, key: str) -> None:
        self.went.append(("show_page", key))

    def register_new(self, text: str = "") -> None:
        self.went.append(("register_new", text))

    def open_matter(self, matter_id: int, section: str = "") -> None:
        self.went.append(("open_matter", matter_id, section) if section else ("open_matter", matter_id))

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None:
        self.went.append(("open_urgent", matter_id, visit_id))

    def open_route(self, visit_id: int, *, onward: bool = False) -> None:
        self.went.append(("open_route", visit_id, "onward") if onward else ("open_route", visit_id))

    def open_consultation(self, visit_id: int) -> None:
        self.went.append(("open_consultation", visit_id))

    def print_slip(self, visit_id: int, *, now: bool = False, instead: bool = False) -> None:
        self.went.append(("print_slip", visit_id, now, "instead") if instead else ("print_slip", visit_id, now))

    def back(self) -> None:
        self.went.append(("back",))

    def leave_for(self, errand: Errand) -> None:
        self.went.append(("leave_for", errand))


@pytest.fixture
def way() -> Way:
    """Where pages sent the person."""
    return Way()


@pytest.fixture
def settled(tasks: Tasks, qtbot: QtBot) -> Callable[[], None]:
    """``settled()`` waits until the worker has nothing left to do, and what its answers put into layouts is shown."""

    def settle() -> None:
        qtbot.waitUntil(lambda: not tasks.busy)
        # a layout shows a new widget by a posted call
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)

    return settle


@pytest.fixture
def on_worker(tasks: Tasks, qtbot: QtBot) -> Callable[[Callable[[], object]], object]:
    """Do something at another window."""

    def do(work: Callable[[], object]) -> object:
        came: list[object] = []
        tasks.run(work, came.append)
        qtbot.waitUntil(lambda: bool(came))
        return came[0]

    return do


@pytest.fixture
def desks(sit_down: Callable[[Role], Desk]) -> Callable[[Role], Desk]:
    """The desk of a role; everybody logs in once."""
    known: dict[Role, Desk] = {}

    def desk(role: Role) -> Desk:
        if role not in known:
            known[role] = sit_down(role)
        return known[role]

    return desk


@pytest.fixture
def context_of(
    desks: Callable[[Role], Desk], tasks: Tasks, messages: Messages, way: Way, qapp: QApplication
) -> Callable[[Role], Context]:
    """What the pages of a role are given; a change refreshes nobody unless the test connects it."""
    return lambda role: Context(desks(role), tasks, messages, Changes(qapp), way)


@pytest.fixture
def seeded(desks: Callable[[Role], Desk], tasks: Tasks, qtbot: QtBot) -> tuple[Registered, ...]:
    """The invented visits of practice mode, oldest first; six of the last days, six of today."""
    clerk, lawyer = desks(Role.CLERK), desks(Role.LAWYER)
    saved: list[tuple[Registered, ...]] = []
    tasks.run(lambda: practice_day.seed(clerk, lawyer), saved.append)
    qtbot.waitUntil(lambda: bool(saved), timeout=20_000)
    return saved[0]


@pytest.fixture
def open_page(theme: Theme, qtbot: QtBot, settled: Callable[[], None]) -> Callable[[Page], None]:
    """Show a page as the window does: at its size beside the navigation, read, with the cursor where work begins."""

    def show(page: Page) -> None:
        qtbot.addWidget(page)
        page.resize(1196, 688)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.refresh()
        settled()
        page.focus_first()

    return show
