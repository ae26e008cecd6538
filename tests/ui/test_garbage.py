"""What only a cycle keeps alive goes on the main thread, never on the worker."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from onevisit.ui.garbage import MainThreadGarbage


class Ring:
    """Keeps itself alive, and notes the thread that ends it."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        self._me = self
        self._ended_on = ended_on

    def __del__(self) -> None:
        self._ended_on.append(threading.current_thread())


@pytest.fixture
def garbage() -> Iterator[MainThreadGarbage]:
    owner = QObject()
    made = MainThreadGarbage(owner)
    made.begin()
    yield made
    made.end()
    gc.disable()


def allocate() -> None:
    """Make and keep so many objects that Python would collect every generation."""
    kept: list[list[int]] = [[] for _ in range(200_000)]
    assert kept


def test_a_worker_collects_nothing(garbage: MainThreadGarbage) -> None:
    ended_on: list[threading.Thread] = []
    Ring(ended_on)
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert ended_on == []
    kept: list[list[int]] = [[] for _ in range(2_000)]
    garbage.collect()
    assert ended_on == [threading.main_thread()]
    assert kept


def test_nothing_is_done_while_there_is_little(garbage: MainThreadGarbage) -> None:
    gc.collect()
    ended_on: list[threading.Thread] = []
    Ring(ended_on)
    garbage.collect()
    assert ended_on == []
    gc.collect()


def test_it_is_left_to_python_at_the_end(garbage: MainThreadGarbage) -> None:
    assert not gc.isenabled()
    garbage.end()
    assert gc.isenabled()
