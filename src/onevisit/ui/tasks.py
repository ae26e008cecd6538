"""The one door for work off the GUI thread: a worker, first come first served.

One worker does all that the person at the window waits for. A second one backs up and checks meanwhile; nothing else.

A caller hands in plain work and gets the result back on the main thread. What the world did (``PlainFault``) goes to
``failed``; anything else is a bug and goes to the crash handler. Nothing here runs an event loop of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QAbstractButton

from onevisit.rules.faults import PlainFault

T = TypeVar("T")
Failed = Callable[[PlainFault], None]
Told = Callable[[int, int, str], None]
"""How far long work is: steps done, steps in all (0 when unknown), and what is being done."""


class CancelledError(Exception):
    """Long work noticed that it was cancelled; raised by ``Progress.step`` on the worker, never seen elsewhere."""


class Progress:
    """What long work is given: it tells how far it is, and learns there that it was cancelled."""

    def __init__(self, tell: Callable[[int, int, str], None], stopped: Event) -> None:
        self._tell = tell
        self._stopped = stopped
        self._told: tuple[int, int, str] | None = None

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that ``done`` of ``total`` steps are through; of many steps only each hundredth part is told.

        Raises:
            CancelledError: nobody wants the rest; let it pass through so that the transaction rolls back.
        """
        if self._stopped.is_set():
            raise CancelledError
        part = (done * 100 // total if total else done, total, what)
        if part != self._told:
            self._told = part
            self._tell(done, total, what)


@dataclass(eq=False, slots=True)
class _Job:
    """All that the worker holds of a task: the work, until it is done, and what came of it, until it is fetched.

    Whoever lets go of an object last ends it. The worker lets go of a job some time after its answer was heard, so a
    job must not hold on to whoever waits: a page that was closed meanwhile would end on the worker, under the hands of
    the main thread, and the program with it.
    """

    work: Callable[[], Any] | None
    stopping: Event = field(default_factory=Event)
    outcome: Any = None

    def fetch(self) -> Any:  # noqa: ANN401 - whatever the work gave
        """What came of it, from now on the caller's alone."""
        outcome, self.outcome = self.outcome, None
        return outcome


@dataclass(eq=False, slots=True)
class Task:
    """One piece of work on its way; ``cancel`` drops its result (plain work that has begun is finished first)."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed
    owner: QObject | None = None
    settled: Callable[[], None] | None = None
    told: Told | None = None
    stopped: Callable[[], None] | None = None
    cancelled: bool = False
    job: _Job = field(init=False)

    def __post_init__(self) -> None:
        # the task keeps the work as well, so that it is never the worker who lets go of it last
        self.job = _Job(self.work)

    def stop(self) -> None:
        """Ask long work to end at its next step. Whoever waits hears how it ended: stopped, or done all the same."""
        self.job.stopping.set()

    def cancel(self) -> None:
        """Let nobody hear of the result; long work stops at its next step."""
        self.cancelled = True
        self.stop()

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits: not cancelled, and the widget that asked is still there."""
        return not self.cancelled and (self.owner is None or shiboken6.isValid(self.owner))


class _Worker(QObject):
    """Lives on the worker thread; runs what it is given and reports by bound signals only."""

    finished = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.at_work = Lock()

    @Slot(object)
    def run(self, job: _Job) -> None:
        """Run one job; exactly one signal answers for it, when nothing but the job is held here any more."""
        with self.at_work:
            self._run(job).emit(job)

    def _run(self, job: _Job) -> SignalInstance:
        work, job.work = job.work, None
        if work is None or job.stopping.is_set():
            return self.dropped
        try:
            job.outcome = work()
        except CancelledError:
            return self.dropped
        except PlainFault as fault:
            job.outcome = fault
            return self.failed
        except Exception as bug:  # the worker's door: a bug must reach the crash handler, not end the thread
            job.outcome = bug
            return self.crashed
        return self.finished


class Tasks(QObject):
    """Hands work to the one worker and its result back.

    Signals:
        busy_changed(bool): some work is on its way, or none is any more.
        crashed(Exception): a bug in some work.
    """

    busy_changed = Signal(bool)
    crashed = Signal(object)
    _submitted = Signal(object)
    _progressed = Signal(object, int, int, str)

    def __init__(self, default_failed: Failed, parent: QObject | None = None, name: str = "onevisit-work") -> None:
        super().__init__(parent)
        self._default_failed = default_failed
        self._waiting: dict[_Job, Task] = {}
        self._stopped = False
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._submitted.connect(self._worker.run)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.crashed.connect(self._on_crashed)
        self._worker.dropped.connect(self._on_dropped)
        self._progressed.connect(self._on_progressed)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether any work is on its way."""
        return bool(self._waiting) and not self._stopped

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task:
        """Run ``work`` on the worker, then ``done(result)`` or ``failed(fault)`` on the main thread.

        Args:
            work: plain work without widgets.
            done: gets the result.
            failed: gets what the world did; unless given, the sentence goes to the message bar.
            owner: when this object is gone by then, neither is called.
        """
        return self._submit(Task(work, done, failed or self._default_failed, owner))

    def run_once(
        self,
        button: QAbstractButton,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Task | None:
        """Run what a button stands for, once: the button rests until the answer is there, and gets its focus back.

        Returns:
            The task; None when the button rests already, so that a key held down or a double click does nothing more.
        """
        wake = _rest(button)
        if wake is None:
            return None
        return self._submit(Task(work, done, failed or self._default_failed, button, wake))

    def run_long(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        told: Told,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task:
        """Run work of more than a second: it tells how far it is, and ``Task.cancel`` stops it between steps."""
        return self._submit(self._long(work, Task(_no_work, done, failed or self._default_failed, owner, told=told)))

    def run_long_once(
        self,
        button: QAbstractButton,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        told: Told,
        failed: Failed | None = None,
        *,
        stopped: Callable[[], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> Task | None:
        """Run long work that a button stands for, once, as ``run_once`` does.

        Args:
            button: rests until the answer is there.
            work: gets the means to tell how far it is.
            done: gets the result, also when ``Task.stop`` came too late.
            told: hears how far it is.
            failed: gets what the world did.
            stopped: hears that the work ended because ``Task.stop`` asked it to.
            settled: hears first that it ended, however it did.
        """
        wake = _rest(button)
        if wake is None:
            return None

        def both() -> None:
            wake()
            if settled is not None and shiboken6.isValid(button):
                settled()

        task = Task(_no_work, done, failed or self._default_failed, button, both, told, stopped)
        return self._submit(self._long(work, task))

    def _long(self, work: Callable[[Progress], T], task: Task) -> Task:
        """Give ``task`` its work, with the means to tell how far it is."""
        emit, job = self._progressed.emit, task.job

        def tell(steps: int, total: int, what: str) -> None:
            emit(job, steps, total, what)

        progress = Progress(tell, job.stopping)
        task.work = job.work = lambda: work(progress)
        return task

    def forget(self) -> None:
        """Drop whatever is on its way: nobody hears of it, and what has not begun is not begun (log-out)."""
        for task in self._waiting.values():
            task.cancel()

    def wait_out(self) -> None:
        """Wait, on another thread, until what this worker does now has ended; after ``forget`` that is soon."""
        with self._worker.at_work:
            return

    def finish(self, last: Callable[[], None]) -> None:
        """Run one last piece of work, such as closing the store, and end the worker."""
        self.forget()

        def end() -> None:
            try:
                last()
            finally:
                self._thread.quit()

        if not self._stopped:
            task = Task(end, _nothing, self._default_failed)
            self._waiting[task.job] = task
            self._submitted.emit(task.job)
            self._thread.wait()
        self._end()

    def stop(self) -> None:
        """End the worker after what it is doing now; results still on their way are dropped. May be called twice."""
        self.forget()
        self._end()

    def _end(self) -> None:
        self._stopped = True
        self._thread.quit()
        self._thread.wait()

    def _submit(self, task: Task) -> Task:
        if self._stopped:
            task.cancel()
            return task
        self._waiting[task.job] = task
        if len(self._waiting) == 1:
            self.busy_changed.emit(True)
        self._submitted.emit(task.job)
        return task

    def _settle(self, job: _Job) -> Task:
        """Count a task as answered, before anybody hears of it, so that an answer may submit the next one."""
        task = self._waiting.pop(job)
        if task.settled is not None:
            task.settled()
        if not self._waiting:
            self.busy_changed.emit(False)
        return task

    @Slot(object)
    def _on_finished(self, job: _Job) -> None:
        task, result = self._settle(job), job.fetch()
        if task.wanted:
            task.done(result)

    @Slot(object)
    def _on_failed(self, job: _Job) -> None:
        task, fault = self._settle(job), job.fetch()
        if task.wanted:
            task.failed(fault)

    @Slot(object)
    def _on_crashed(self, job: _Job) -> None:
        self._settle(job)
        self.crashed.emit(job.fetch())

    @Slot(object)
    def _on_dropped(self, job: _Job) -> None:
        task = self._settle(job)
        if task.wanted and task.stopped is not None:
            task.stopped()

    @Slot(object, int, int, str)
    def _on_progressed(self, job: _Job, steps: int, total: int, what: str) -> None:
        task = self._waiting.get(job)
        if task is not None and task.wanted and task.told is not None:
            task.told(steps, total, what)


def _rest(button: QAbstractButton) -> Callable[[], None] | None:
    """Let a button rest; gives what wakes it and hands its focus back, None when it rests already."""
    if not button.isEnabled():
        return None
    had_focus = button.hasFocus()
    # without focus first: Qt would hand it to whatever comes next, and the next Enter would press that
    button.clearFocus()
    button.setEnabled(False)

    def wake() -> None:
        if shiboken6.isValid(button):
            button.setEnabled(True)
            if had_focus and button.isVisible() and button.window().focusWidget() in (None, button):
                button.setFocus()

    return wake


def _no_work() -> None:
    """Stands in a task until its real work is known."""


def _nothing(_: object) -> None:
    """For work whose result nobody needs."""
