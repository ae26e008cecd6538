"""Running numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from onevisit.store.numbers import take
from onevisit.store.store import Store


def test_each_series_runs_by_itself(store: Store) -> None:
    with store.writing() as session:
        assert [take(session, "a"), take(session, "a"), take(session, "b")] == [1, 2, 1]
    with store.writing() as session:
        assert take(session, "a") == 3


def test_a_number_is_free_again_only_when_nothing_was_saved(
    store: Store, undone: Callable[[], AbstractContextManager[Session]]
) -> None:
    with undone() as session:
        assert take(session, "a") == 1
    with store.writing() as session:
        assert take(session, "a") == 1
