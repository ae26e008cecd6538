"""Seeing that nobody is there: the time over, keys and mouse, the lock key, a computer that slept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.ui.lock.idle import IdleWatch, seconds_awake_or_not

LONG = 600.0


class Clock:
    """Seconds that go on when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.field = QLineEdit(made)  # type: ignore[attr-defined]  # kept where the tests find it
    QVBoxLayout(made).addWidget(made.field)  # type: ignore[attr-defined]  # as above
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def watch(window: QWidget, clock: Clock) -> Iterator[IdleWatch]:
    made = IdleWatch(LONG, now=clock)
    made.start()
    yield made
    made.stop()


def test_the_time_is_over_without_a_key(window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(0.03)
    with qtbot.waitSignal(watch.idle):
        watch.start()


def test_a_key_and_the_mouse_begin_the_time_anew(window: QWidget, watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    told: list[str] = []
    watch.idle.connect(lambda: told.append("idle"))
    handle = window.windowHandle()
    clock.seconds = LONG - 1
    QTest.keyClick(handle, Qt.Key.Key_A)
    clock.seconds += LONG - 1
    QTest.mouseMove(handle, QPoint(9, 9))
    clock.seconds += LONG - 1
    QTest.keyClick(handle, Qt.Key.Key_B)
    assert told == []
    clock.seconds += LONG
    QTest.keyClick(handle, Qt.Key.Key_C)
    assert told == ["idle"]
    assert window.field.text() == "ab"  # type: ignore[attr-defined]  # what came too late was not let through


def test_the_lock_key_works_from_every_window(window: QWidget, watch: IdleWatch, qtbot: QtBot) -> None:
    told: list[str] = []
    watch.lock_key.connect(lambda: told.append("lock"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert told == ["lock"]
    watch.start()
    dialog = QDialog(window)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert told == ["lock", "lock"]


def test_a_shorter_limit_counts_from_the_last_key(window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(LONG)
    watch.start()
    with qtbot.waitSignal(watch.idle):
        watch.set_limit(0.01)


def test_the_clock_does_not_stand() -> None:
    first = seconds_awake_or_not()
    assert seconds_awake_or_not() >= first
