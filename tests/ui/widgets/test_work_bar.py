"""The bar of long work: nothing under half a second, then what, how far, and a way to stop."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.rules.faults import PlainFault
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.work_bar import WorkBar


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work waits at it until a test lets it through."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def place(theme: Theme, qtbot: QtBot) -> QWidget:
    """A bar below its button."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QPushButton("立即备份", made))
    column.addWidget(WorkBar(made))
    made.resize(700, 120)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def button(place: QWidget) -> QPushButton:
    return place.layout().itemAt(0).widget()  # type: ignore[union-attr,return-value]  # the fixture above made both


@pytest.fixture
def bar(place: QWidget) -> WorkBar:
    return place.layout().itemAt(1).widget()  # type: ignore[union-attr,return-value]  # as above


def test_short_work_shows_nothing(bar: WorkBar, button: QPushButton, tasks: Tasks, qtbot: QtBot) -> None:
    done: list[int] = []
    assert bar.carry(tasks, button, lambda _: 7, done.append, what="正在备份")
    assert bar.isHidden()
    qtbot.waitUntil(lambda: done == [7])
    assert not bar.working
    assert bar.isHidden()


def test_long_work_says_what_and_how_far(
    bar: WorkBar,
    button: QPushButton,
    tasks: Tasks,
    gate: threading.Event,
    qtbot: QtBot,
    place: QWidget,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    def work(progress: Progress) -> None:
        progress.step(43, 100, "正在复制数据")
        gate.wait()

    assert bar.carry(tasks, button, work, lambda _: None, what="正在备份", stopped=lambda: None)
    assert not bar.carry(tasks, button, work, lambda _: None, what="正在备份"), "one at a time"
    qtbot.waitUntil(lambda: bar.isVisible() and bar.part.text() == "43%")
    assert bar.words.text() == "正在复制数据"
    assert bar.bar.value() == 43
    assert bar.halt.isVisible()
    screenshot(place, "work_bar")
    gate.set()
    qtbot.waitUntil(bar.isHidden)


def test_stopping_is_told_when_it_is_true(
    bar: WorkBar, button: QPushButton, tasks: Tasks, gate: threading.Event, qtbot: QtBot
) -> None:
    heard: list[str] = []

    def work(progress: Progress) -> None:
        progress.step(0, 2)
        gate.wait()
        progress.step(1, 2)

    bar.carry(tasks, button, work, lambda _: heard.append("done"), what="正在备份", stopped=lambda: heard.append("no"))
    qtbot.waitUntil(bar.isVisible)
    bar.halt.click()
    assert bar.halt.text() == "正在停下…"
    assert bar.isVisible()
    assert heard == []
    gate.set()
    qtbot.waitUntil(lambda: heard == ["no"])
    assert button.isEnabled()


def test_a_fault_takes_the_bar_away(bar: WorkBar, button: QPushButton, tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[str] = []

    def work(_: Progress) -> None:
        raise PlainFault("磁盘已满，请清理后再试。")

    bar.carry(tasks, button, work, lambda _: None, lambda fault: heard.append(fault.sentence), what="正在备份")
    qtbot.waitUntil(lambda: heard == ["磁盘已满，请清理后再试。"])
    assert not bar.working
