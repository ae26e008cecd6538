"""The system's queues with one more that writes PDF files: for practice on a computer that may have no printer."""

from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import JobRef, JobState, MediaSize, Printer, PrinterFault, QueueInfo, QueueState


class JoinedPrinter:
    """Asks the system first; a print system that does not answer leaves the PDF queue alone."""

    def __init__(self, system: Printer, folder: PdfFolderPrinter) -> None:
        """Join ``system`` and ``folder``; a job goes to whichever has its queue."""
        self._system = system
        self._folder = folder

    def queues(self) -> tuple[QueueInfo, ...]:
        """See ``Printer.queues``; the PDF queue comes last."""
        try:
            real = self._system.queues()
        except PrinterFault:
            real = ()
        return (*real, *_not_usual(self._folder.queues())) if real else self._folder.queues()

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        """See ``Printer.submit``."""
        return self._of(queue).submit(queue, pdf, title=title, media=media)

    def state(self, queue: str) -> QueueState:
        """See ``Printer.state``."""
        return self._of(queue).state(queue)

    def job_state(self, job: JobRef) -> JobState:
        """See ``Printer.job_state``."""
        return self._of(job.queue).job_state(job)

    def tidy(self) -> int:
        """See ``Printer.tidy``; the files of the PDF queue are what practice mode prints, and stay."""
        return self._system.tidy()

    def _of(self, queue: str) -> Printer:
        return self._folder if queue == QUEUE_NAME else self._system


def _not_usual(queues: tuple[QueueInfo, ...]) -> tuple[QueueInfo, ...]:
    """The same queues, none of them the default: real paper comes first where there is any."""
    return tuple(QueueInfo(one.name, one.label, one.state, is_default=False, accepting=one.accepting) for one in queues)
