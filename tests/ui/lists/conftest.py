"""The page 名录 for whoever edits it and for whoever reads it; a change refreshes the open tab as in the window."""

from collections.abc import Callable

import pytest

from onevisit.rules.accounts import Role
from onevisit.ui.lists.page import ListsPage
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Context, Page


@pytest.fixture
def open_lists(context_of: Callable[[Role], Context], open_page: Callable[[Page], None]) -> Callable[[Role], ListsPage]:
    """The page of a role, shown and read."""

    def show(role: Role) -> ListsPage:
        context = context_of(role)
        page = ListsPage(context)
        context.changes.changed.connect(lambda what: page.refresh() if what & page.shows() else None)
        open_page(page)
        return page

    return show


@pytest.fixture
def page(open_lists: Callable[[Role], ListsPage]) -> ListsPage:
    """The administrator's page."""
    return open_lists(Role.ADMINISTRATOR)


@pytest.fixture
def questions(messages: Messages) -> list[Question]:
    """Every question that was asked."""
    asked: list[Question] = []
    messages.ask_requested.connect(asked.append)
    return asked
