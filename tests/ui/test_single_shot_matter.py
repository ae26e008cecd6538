"""A step in the life of a matter, a route, a service, a call: pressed twice at once, each is done once in the store."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from tests.ui.test_single_shot import Ask, Open, ask_store, buttons_of, open_window, put_away, twice

from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.store.tables import AuditEntry, MatterStep, RouteDecision, SlipCopy
from onevisit.ui.main_window import MainWindow
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.tasks import Tasks

__all__ = ["ask_store", "open_window"]


@pytest.fixture
def settle(tasks: Tasks, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)


def section_of(window: MainWindow, matter_id: int, key: str) -> MattersPage:
    window.open_matter(matter_id, key)
    page = window.current
    assert isinstance(page, MattersPage)
    return page


def labelled(window: MainWindow, words: str) -> QPushButton:
    return next(one for one in buttons_of(window) if one.text().startswith(words))


def test_no_button_of_a_matters_sections_does_the_same_thing_twice(
    open_window: Open, seeded: tuple[Registered, ...], ask_store: Ask, settle: Callable[[], None]
) -> None:
    window = open_window(Role.SUPERVISOR)
    matter_id = seeded[-1].matter_id
    page = section_of(window, matter_id, "life")
    settle()
    for key in page.sections.offered():
        place = 0
        while True:
            section_of(window, matter_id, key)
            settle()
            here = buttons_of(window)
            if place >= len(here):
                break
            before = len(ask_store(window.context.desk, select(AuditEntry.id)))
            words = here[place].text() or here[place].accessibleName()
            twice(here[place])
            settle()
            put_away(window)
            page.go_back()
            query = select(AuditEntry.action, AuditEntry.detail).where(AuditEntry.id > before)
            done = Counter(ask_store(window.context.desk, query))
            assert not done or max(done.values()) == 1, f"{key}: “{words}” did it twice: {done}"
            place += 1
        assert place


def test_a_route_is_decided_once_and_its_slip_printed_once(
    open_window: Open, seeded: tuple[Registered, ...], ask_store: Ask, settle: Callable[[], None], qtbot: QtBot
) -> None:
    window = open_window(Role.CLERK)
    window.open_route(seeded[-1].visit_id)
    settle()
    twice(labelled(window, "定下并打印回执"))
    qtbot.waitUntil(lambda: isinstance(window.current, SlipPage) and window.current.state is State.ASKING)
    settle()
    assert len(ask_store(window.context.desk, select(SlipCopy.id))) == 1
    decided = ask_store(window.context.desk, select(RouteDecision.matter_id))
    steps = ask_store(window.context.desk, select(MatterStep.kind).where(MatterStep.matter_id == seeded[-1].matter_id))
    assert (decided, steps) == ([(seeded[-1].matter_id,)], [("route",)])
