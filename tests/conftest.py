"""Shared by all tests: Qt without a screen, a real display for journeys, detectors for what a test leaves behind."""

import gc
import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from hypothesis import HealthCheck, settings
from hypothesis.strategies import integers, register_type_strategy
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication, QWidget

# before an application is made; a real window is asked for by the fixture ``display``
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# no test asserts a time: a busy machine must not fail a property
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
# a field of a form or a draft holds what the store can give; what lies beyond has its own tests
register_type_strategy(int, integers(-(2**63) + 1, 2**63 - 1))

# as in the program (ui/garbage.py): a widget that the collector ends on a worker can stop the whole run for ever
gc.disable()
_RUBBISH = 50_000
"""Objects after which a test is followed by a collection."""


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no collection needs to walk it again."""
    gc.collect()
    gc.freeze()


ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "build" / "screens"


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until a condition holds, without an event loop.

    Raises:
        AssertionError: it does not hold in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true in time"
        time.sleep(0.02)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the screenless platform says of things that only a screen has."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True))


# -- what a test must not leave behind ---------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread, a Python thread or a top-level widget."""
    started: list[QThread] = []
    start = QThread.start

    def recorded(thread: QThread, *priority: QThread.Priority) -> None:
        started.append(thread)
        start(thread, *priority)

    threads = set(threading.enumerate())
    windows = set(map(id, QApplication.topLevelWidgets())) if QApplication.instance() else set()
    with monkeypatch.context() as patch:
        patch.setattr(QThread, "start", recorded)
        yield
    _refuse_threads(started, threads)
    if QApplication.instance():
        _refuse_windows(windows)
    gc.disable()
    if gc.get_count()[0] > _RUBBISH:
        gc.collect()


def _refuse_threads(started: list[QThread], before: set[threading.Thread]) -> None:
    running = [thread.objectName() for thread in started if shiboken6.isValid(thread) and thread.isRunning()]
    assert not running, f"the test left QThreads running: {running}"

    def left() -> list[threading.Thread]:
        return [t for t in threading.enumerate() if t not in before and not t.name.startswith("Dummy")]

    end = time.monotonic() + 2
    while left() and time.monotonic() < end:
        time.sleep(0.01)
    assert not left(), f"the test left threads running: {left()}"


def _refuse_windows(before: set[int]) -> None:
    def left() -> list[QWidget]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]

    if left():
        gc.collect()
    names = [f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left()]
    assert not names, f"the test left windows open (qtbot.addWidget closes them): {names}"


class _Warnings(logging.Handler):
    """Keeps what was logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def announced_logs() -> list[str]:
    """Words of the warnings that a test provokes on purpose; append to it."""
    return []


@pytest.fixture(autouse=True)
def no_unannounced_warning(request: pytest.FixtureRequest, announced_logs: list[str]) -> Iterator[None]:
    """Fail a test that logs a warning it did not announce; one that asks for ``caplog`` looks itself."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if "caplog" in request.fixturenames:
        return
    said = [record.getMessage() for record in handler.records]
    stray = [one for one in said if not any(words in one for words in announced_logs)]
    assert not stray, f"logged without being announced: {stray}"


# -- a real display ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Display:
    """An X display of this test process alone, with a window manager on it.

    Attributes:
        name: ``:7`` or the like.
        env: the environment for a program that shall open its windows there.
    """

    name: str
    env: dict[str, str]


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    """Xvfb and openbox on a free display, 1366×768; missing programs fail a test in CI and skip it elsewhere."""
    missing = [program for program in ("Xvfb", "openbox") if shutil.which(program) is None]
    if missing:
        sentence = f"not installed: {', '.join(missing)} (make test names the packages)"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        name = f":{told.readline().strip()}"
    assert name != ":", "Xvfb did not start"
    env = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND"))}
    env["DISPLAY"] = name
    manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    yield Display(name, env)
    for process in (manager, server):
        process.terminate()
        process.wait(10)


# -- pictures ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def screenshot() -> Callable[[QWidget, str], None]:
    """``screenshot(widget, name)`` leaves build/screens/NAME.png when ONEVISIT_SCREENS is set, to be looked at."""

    def save(widget: QWidget, name: str) -> None:
        if os.environ.get("ONEVISIT_SCREENS"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            assert widget.grab().save(str(SCREENS / f"{name}.png"))

    return save


@pytest.fixture(scope="session")
def resources() -> Path:
    """The folder of fonts, icons and the style source."""
    return ROOT / "resources"
