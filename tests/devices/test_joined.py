"""In practice there is always somewhere to print to, and real paper comes first."""

from pathlib import Path

import pytest

from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.joined import JoinedPrinter
from onevisit.devices.printers import JobRef, JobState, MediaSize, PrinterFault, Problem, QueueInfo, QueueState

PDF = b"%PDF-1.4\n"


class OneQueue:
    """A print system with one queue that keeps what it is given; without ``answers`` it is down."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.taken: list[str] = []

    def queues(self) -> tuple[QueueInfo, ...]:
        if not self.answers:
            raise PrinterFault(Problem.NO_SYSTEM, "打印系统没有应答。")
        return (QueueInfo("roll", "小票机", QueueState.READY, is_default=True, accepting=True),)

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        self.taken.append(title)
        return JobRef(queue, "1")

    def state(self, queue: str) -> QueueState:
        return QueueState.READY

    def job_state(self, job: JobRef) -> JobState:
        return JobState.DONE

    def tidy(self) -> int:
        return len(self.taken)


def test_real_paper_comes_first(tmp_path: Path) -> None:
    printer = JoinedPrinter(OneQueue(), PdfFolderPrinter(tmp_path))
    assert [(one.name, one.is_default) for one in printer.queues()] == [("roll", True), (QUEUE_NAME, False)]


def test_without_a_print_system_the_folder_is_the_usual_queue(tmp_path: Path) -> None:
    printer = JoinedPrinter(OneQueue(answers=False), PdfFolderPrinter(tmp_path))
    assert [(one.name, one.is_default) for one in printer.queues()] == [(QUEUE_NAME, True)]


@pytest.mark.parametrize("queue", ["roll", QUEUE_NAME])
def test_a_job_goes_to_the_one_that_has_the_queue(tmp_path: Path, queue: str) -> None:
    system = OneQueue()
    printer = JoinedPrinter(system, PdfFolderPrinter(tmp_path))
    job = printer.submit(queue, PDF, title="370400", media=None)
    assert printer.state(queue) is QueueState.READY
    assert printer.job_state(job) is JobState.DONE
    assert printer.tidy() == len(system.taken)
    assert (system.taken, [path.name for path in tmp_path.iterdir()]) == (
        (["370400"], []) if queue == "roll" else ([], ["370400.pdf"])
    )
