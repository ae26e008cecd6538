"""Print queues: what every way of printing offers, and what it says when something is wrong."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self


class _Word(StrEnum):
    """A code with the Chinese word that people read."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class QueueState(_Word):
    """What a print queue does at the moment."""

    READY = "ready", "就绪"
    PRINTING = "printing", "正在打印"
    STOPPED = "stopped", "已停用"
    REJECTING = "rejecting", "不接收新任务"
    MISSING = "missing", "没有这台打印机"
    UNKNOWN = "unknown", "状态不明"


class JobState(_Word):
    """What became of a job that a queue took."""

    WAITING = "waiting", "排队中"
    PRINTING = "printing", "正在打印"
    DONE = "done", "已送到打印机"
    FAILED = "failed", "没有打印出来"
    UNKNOWN = "unknown", "状态不明"


class Problem(StrEnum):
    """Why a queue did not take a job."""

    NO_SYSTEM = "no_system"
    NO_QUEUE = "no_queue"
    STOPPED = "stopped"
    REJECTING = "rejecting"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"


class PrinterFault(Exception):
    """A printer or its queue did not do what was asked.

    Attributes:
        problem: the kind of trouble.
        sentence: one plain Chinese sentence: what happened and what to do next. It holds no personal data.
    """

    def __init__(self, problem: Problem, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class QueueInfo:
    """A print queue as settings list it.

    Attributes:
        name: the name that the print system knows it by.
        label: the name that people know it by.
        state: what it does now; ``state.label`` is the word for it.
        is_default: whether it is the system's default queue.
        accepting: whether it takes new jobs.
    """

    name: str
    label: str
    state: QueueState
    is_default: bool
    accepting: bool


@dataclass(frozen=True, slots=True)
class MediaSize:
    """The size of a page in millimetres; the print system is told whole millimetres, rounded up."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class JobRef:
    """A job that a queue took: the queue and the print system's own number for the job."""

    queue: str
    number: str


class Printer(Protocol):
    """A print system with its queues."""

    def queues(self) -> tuple[QueueInfo, ...]:
        """List the queues, sorted by name; none if there are none.

        Raises:
            PrinterFault: the print system does not answer.
        """
        ...

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        """Hand a PDF file to a queue, without any dialog.

        Args:
            queue: the queue's name.
            pdf: the file.
            title: what the queue shows; it stays in the print system's log, so it must hold no personal data.
            media: the size of the page; None leaves it to the queue.

        Raises:
            PrinterFault: the queue is missing, stopped or refusing, or the print system does not answer.
        """
        ...

    def state(self, queue: str) -> QueueState:
        """Tell what a queue does now.

        Raises:
            PrinterFault: the print system does not answer.
        """
        ...

    def job_state(self, job: JobRef) -> JobState:
        """Tell what became of a job; UNKNOWN when the print system has forgotten it.

        Raises:
            PrinterFault: the print system does not answer.
        """
        ...

    def tidy(self) -> int:
        """Take away what the print system still keeps of our jobs that are over; nothing personal stays in a spool.

        Returns:
            How many jobs are not over yet, or could not be taken away now: to be tried again later.

        Raises:
            PrinterFault: the print system does not answer.
        """
        ...


def no_such_queue(queue: str) -> PrinterFault:
    """Give the fault for a queue that does not exist."""
    return PrinterFault(
        Problem.NO_QUEUE, f"找不到打印机“{queue}”，它可能被删除或改了名。请到“系统”页重新选择打印机，然后再打印。"
    )


def queue_trouble(queue: str, state: QueueState) -> PrinterFault | None:
    """Give the fault for a queue in ``state``; None if it can take a job."""
    match state:
        case QueueState.MISSING:
            return no_such_queue(queue)
        case QueueState.STOPPED:
            return PrinterFault(
                Problem.STOPPED, f"打印机“{queue}”已停用（缺纸、卡纸或被暂停）。请检查打印机并恢复它，然后再打印。"
            )
        case QueueState.REJECTING:
            return PrinterFault(
                Problem.REJECTING, f"打印机“{queue}”现在不接收新任务。请让管理员重新启用它，或换一台打印机再打印。"
            )
    return None
