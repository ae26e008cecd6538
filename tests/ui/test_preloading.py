"""What is imported behind the log-in window: one module a task, and nothing while somebody enters."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from onevisit.ui.preloading import Preloading
from onevisit.ui.tasks import Tasks

MODULES = ("preloaded_first", "preloaded_second", "preloaded_third")


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """Three modules that nobody has imported yet."""
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield MODULES
    for name in MODULES:
        sys.modules.pop(name, None)


def _loaded() -> list[str]:
    return [name for name in MODULES if name in sys.modules]


def test_everything_is_imported_in_order(tasks: Tasks, modules: tuple[str, ...], qtbot: QtBot) -> None:
    preloading = Preloading(tasks, modules)
    preloading.go_on()
    qtbot.waitUntil(lambda: preloading.done)
    assert [name for name in sys.modules if name in MODULES] == list(MODULES)


def test_whoever_logs_in_waits_for_one_module_at_most(tasks: Tasks, modules: tuple[str, ...], qtbot: QtBot) -> None:
    seen: list[list[str]] = []
    preloading = Preloading(tasks, modules)
    preloading.go_on()
    tasks.run(_loaded, seen.append)
    qtbot.waitUntil(lambda: preloading.done)
    assert seen == [["preloaded_first"]]


def test_nothing_more_is_imported_while_somebody_enters(
    tasks: Tasks, modules: tuple[str, ...], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onevisit.ui.preloading.AFTER_ENTERING_MS", 50)
    preloading = Preloading(tasks, modules)
    preloading.go_on()
    preloading.rest()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert _loaded() == ["preloaded_first"]
    qtbot.waitUntil(lambda: preloading.done)
    assert _loaded() == list(MODULES)


def test_what_a_log_out_dropped_is_imported_at_the_next_log_in(
    tasks: Tasks, modules: tuple[str, ...], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onevisit.ui.preloading.AFTER_ENTERING_MS", 0)
    preloading = Preloading(tasks, modules)
    preloading.go_on()
    tasks.forget()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert not preloading.done
    preloading.rest()
    qtbot.waitUntil(lambda: preloading.done)
    assert _loaded() == list(MODULES)
