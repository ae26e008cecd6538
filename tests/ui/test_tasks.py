"""The one door: results on the main thread, faults, bugs, once-only buttons, progress, cancel, a clean end."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.rules.faults import PlainFault
from onevisit.ui.messages import Messages
from onevisit.ui.tasks import Progress, Task, Tasks


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work waits at it until a test lets it through."""
    event = threading.Event()
    yield event
    event.set()


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[object] = []
    tasks.run(threading.get_ident, lambda ident: threads.extend((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()


def test_work_is_done_in_turn(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        tasks.run(lambda number=number: number, done.append)  # type: ignore[misc]  # a default binds the number
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def _refuse() -> None:
    raise PlainFault("磁盘已满，请清理后再试。")


def test_what_the_world_did_is_said(tasks: Tasks, said: list[tuple[str, str]], qtbot: QtBot) -> None:
    tasks.run(_refuse, lambda _: None)
    qtbot.waitUntil(lambda: said == [("fault", "磁盘已满，请清理后再试。")])


def test_a_fault_goes_to_whoever_wants_it(tasks: Tasks, said: list[tuple[str, str]], qtbot: QtBot) -> None:
    faults: list[PlainFault] = []
    tasks.run(_refuse, lambda _: None, faults.append)
    qtbot.waitUntil(lambda: len(faults) == 1)
    assert said == []


def test_a_bug_reaches_the_crash_handler_and_the_worker_goes_on(messages: Messages, qtbot: QtBot) -> None:
    tasks = Tasks(messages.failed)
    bugs: list[Exception] = []
    done: list[int] = []
    tasks.crashed.connect(bugs.append)
    tasks.run(lambda: 1 // 0, done.append)
    tasks.run(lambda: 7, done.append)
    qtbot.waitUntil(lambda: done == [7])
    assert isinstance(bugs[0], ZeroDivisionError)
    assert not tasks.busy
    tasks.stop()


def test_a_cancelled_task_is_not_heard_of_and_not_waited_for(tasks: Tasks, gate: threading.Event, qtbot: QtBot) -> None:
    done: list[object] = []
    ran: list[int] = []
    first = tasks.run(gate.wait, done.append)
    second = tasks.run(lambda: ran.append(1), done.append)
    first.cancel()
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert (done, ran) == ([], []), "what had not begun was not begun"


def test_busy_is_said_once_at_each_end(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[bool] = []
    tasks.busy_changed.connect(heard.append)
    done: list[object] = []
    tasks.run(lambda: 1, done.append)
    tasks.run(lambda: 2, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert heard == [True, False]


def test_a_result_for_a_widget_that_is_gone_is_dropped(tasks: Tasks, gate: threading.Event, qtbot: QtBot) -> None:
    owner = QObject()
    done: list[object] = []
    tasks.run(gate.wait, done.append, owner=owner)
    owner.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert done == []


def test_a_button_works_once_until_the_answer_is_there(tasks: Tasks, gate: threading.Event, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    button, other = QPushButton("保存", page), QPushButton("删除", page)
    row.addWidget(button)
    row.addWidget(other)
    with qtbot.waitActive(page):
        page.show()
    button.setFocus()
    done: list[object] = []
    assert tasks.run_once(button, gate.wait, done.append) is not None
    assert not button.isEnabled()
    assert not other.hasFocus(), "Enter held down presses nothing else"
    assert tasks.run_once(button, gate.wait, done.append) is None
    gate.set()
    qtbot.waitUntil(button.isEnabled)
    assert len(done) == 1
    assert button.hasFocus()


@pytest.mark.parametrize("work", [_refuse, lambda: 1])
def test_a_button_wakes_however_it_ends(tasks: Tasks, qtbot: QtBot, work: object) -> None:
    button = QPushButton("保存")
    qtbot.addWidget(button)
    assert callable(work)
    tasks.run_once(button, work, lambda _: None, lambda _: None)
    qtbot.waitUntil(button.isEnabled)


def test_long_work_tells_how_far_it_is(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []
    done: list[int] = []

    def work(progress: Progress) -> int:
        for step in range(3):
            progress.step(step, 3, "正在核对")
        return 3

    tasks.run_long(work, done.append, lambda *words: told.append(words))
    qtbot.waitUntil(lambda: done == [3])
    assert told == [(0, 3, "正在核对"), (1, 3, "正在核对"), (2, 3, "正在核对")]


def test_long_work_stops_between_steps(tasks: Tasks, gate: threading.Event, qtbot: QtBot) -> None:
    steps: list[int] = []
    done: list[object] = []

    def work(progress: Progress) -> None:
        for step in range(1000):
            progress.step(step, 1000)
            steps.append(step)
            gate.wait()

    task = tasks.run_long(work, done.append, lambda *_: None)
    qtbot.waitUntil(lambda: steps == [0])
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert (steps, done) == ([0], [])


def test_long_work_of_a_button_runs_once_and_tells_how_it_was_stopped(
    tasks: Tasks, gate: threading.Event, qtbot: QtBot
) -> None:
    button = QPushButton("备份")
    qtbot.addWidget(button)
    heard: list[object] = []

    def work(progress: Progress) -> None:
        for step in range(2):
            progress.step(step, 2)
            gate.wait()

    def begin() -> Task | None:
        return tasks.run_long_once(
            button,
            work,
            heard.append,
            lambda *words: heard.append(words),
            stopped=lambda: heard.append("stopped"),
            settled=lambda: heard.append("settled"),
        )

    task = begin()
    assert task is not None
    assert begin() is None
    qtbot.waitUntil(lambda: heard == [(0, 2, "")])
    task.stop()
    assert not button.isEnabled(), "it rests until the work has really ended"
    gate.set()
    qtbot.waitUntil(button.isEnabled)
    assert heard == [(0, 2, ""), "settled", "stopped"]


def test_work_that_could_not_be_stopped_any_more_is_told_as_done(
    tasks: Tasks, gate: threading.Event, qtbot: QtBot
) -> None:
    button = QPushButton("恢复")
    qtbot.addWidget(button)
    heard: list[object] = []

    def work(progress: Progress) -> str:
        progress.step(1, 1, "最后一步")
        gate.wait()
        return "done"

    task = tasks.run_long_once(button, work, heard.append, lambda *_: heard.append("told"), stopped=heard.clear)
    assert task is not None
    qtbot.waitUntil(lambda: heard == ["told"])
    task.stop()
    gate.set()
    qtbot.waitUntil(lambda: heard == ["told", "done"])


def test_a_step_that_shows_nothing_new_is_not_told(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []
    done: list[object] = []

    def work(progress: Progress) -> None:
        for step in range(100_001):
            progress.step(step, 100_000, "正在复制")

    tasks.run_long(work, done.append, lambda *words: told.append(words))
    qtbot.waitUntil(lambda: bool(done))
    assert len(told) == 101


def test_the_last_work_is_done_before_the_end(messages: Messages, qtbot: QtBot) -> None:
    tasks = Tasks(messages.failed)
    closed: list[int] = []
    done: list[object] = []
    tasks.run(lambda: 1, done.append)
    tasks.finish(lambda: closed.append(threading.get_ident()))
    assert closed
    assert closed[0] != threading.get_ident()
    tasks.stop()
    assert tasks.run(lambda: 1, done.append).cancelled, "nothing begins after the end"


class Asking(QWidget):
    """Asks for work that refers to it, and notes the thread that ends it."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        super().__init__()
        self._ended_on = ended_on
        self.answered = False

    def ask(self, tasks: Tasks, work: Callable[["Asking"], object]) -> None:
        tasks.run(lambda: work(self), self.hear, self.hear, owner=self)

    def hear(self, _: object) -> None:
        self.answered = True

    def __del__(self) -> None:
        self._ended_on.append(threading.current_thread())


@pytest.mark.parametrize("work", [id, lambda _: _refuse()], ids=["done", "refused"])
def test_whoever_asked_never_ends_on_the_worker(
    tasks: Tasks, gate: threading.Event, qtbot: QtBot, work: Callable[[Asking], object]
) -> None:
    ended_on: list[threading.Thread] = []
    for answered in (tasks._worker.finished, tasks._worker.failed):
        # the worker stands still between its answer and letting go of the job
        answered.connect(lambda _: gate.wait(), Qt.ConnectionType.DirectConnection)
    asking = Asking(ended_on)
    asking.ask(tasks, work)
    # not by a lambda, which would be one more to hold on to it
    while not asking.answered:
        qtbot.wait(10)
    assert ended_on == []
    del asking
    assert ended_on == [threading.main_thread()]
