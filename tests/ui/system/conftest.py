"""The administrator at the desk, with a real printer that writes files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import JobRef, MediaSize, QueueInfo, QueueState
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.ui.errand import Errand
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Changes, Context
from onevisit.ui.preferences import Preferences
from onevisit.ui.system.look import Look
from onevisit.ui.system.panel import Tools
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme


class StayingNavigator:
    """There is no other page to go to."""

    def show_page(self, key: str) -> None: ...

    def register_new(self, text: str = "") -> None: ...

    def open_matter(self, matter_id: int, section: str = "") -> None: ...

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None: ...

    def open_route(self, visit_id: int, *, onward: bool = False) -> None: ...

    def open_consultation(self, visit_id: int) -> None: ...

    def print_slip(self, visit_id: int, *, now: bool = False, instead: bool = False) -> None: ...

    def back(self) -> None: ...

    def leave_for(self, errand: Errand) -> None: ...


class TwoQueues:
    """A queue that takes paper (into a folder) and one that is switched off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = PdfFolderPrinter(folder)

    def queues(self) -> tuple[QueueInfo, ...]:
        return (
            QueueInfo("slips", "热敏机", QueueState.READY, is_default=True, accepting=True),
            QueueInfo("upstairs", "二楼激光机", QueueState.STOPPED, is_default=False, accepting=False),
        )

    def state(self, queue: str) -> QueueState:
        return next((one.state for one in self.queues() if one.name == queue), QueueState.MISSING)

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        return self._files.submit(QUEUE_NAME if queue == "slips" else queue, pdf, title=title, media=media)


@pytest.fixture
def printer(tmp_path: Path) -> TwoQueues:
    return TwoQueues(tmp_path / "paper")


@pytest.fixture
def sheets(printer: TwoQueues, resources: Path) -> HouseSheets:
    return HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # job_state is never asked


@pytest.fixture
def context(sit_down: Callable[[Role], Desk], tasks: Tasks, messages: Messages) -> Context:
    return Context(sit_down(Role.ADMINISTRATOR), tasks, messages, Changes(), StayingNavigator())


@pytest.fixture
def questions(messages: Messages) -> list[Question]:
    """Every question that was asked."""
    asked: list[Question] = []
    messages.ask_requested.connect(asked.append)
    return asked


@pytest.fixture
def tools(
    context: Context, sheets: HouseSheets, theme: Theme, preferences: Preferences, tasks: Tasks, practice_house: House
) -> Tools:
    """What the panels are made of; the one worker stands for both."""
    look = Look(theme, preferences)
    return Tools(sheets, look, tasks, lambda told: practice_house.rekey(context.desk, told))
