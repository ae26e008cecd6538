"""打印为 PDF: a queue that writes files into a folder, for practice, demonstrations and offices without a printer."""

import os
import re
from pathlib import Path

from onevisit.devices.printers import (
    JobRef,
    JobState,
    MediaSize,
    PrinterFault,
    Problem,
    QueueInfo,
    QueueState,
    no_such_queue,
)

QUEUE_NAME = "PDF"
"""The only queue of a ``PdfFolderPrinter``."""

_UNFIT = re.compile(r"[^\w.()（）\- ]+")
_LONGEST_NAME = 80


class PdfFolderPrinter:
    """Writes each job as a file that only its owner may read; an existing file is never overwritten."""

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``, which is made at the first job if it is not there."""
        self._folder = folder

    def queues(self) -> tuple[QueueInfo, ...]:
        """See ``Printer.queues``."""
        return (QueueInfo(QUEUE_NAME, "打印为 PDF", QueueState.READY, is_default=True, accepting=True),)

    def state(self, queue: str) -> QueueState:
        """See ``Printer.state``."""
        return QueueState.READY if queue == QUEUE_NAME else QueueState.MISSING

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:  # noqa: ARG002  a file keeps its own size
        """See ``Printer.submit``; the job's number is the name of the file."""
        if queue != QUEUE_NAME:
            raise no_such_queue(queue)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return JobRef(queue, self._write(pdf, _file_stem(title)).name)
        except OSError as error:
            raise PrinterFault(
                Problem.REFUSED,
                f"写不进文件夹“{self._folder}”，PDF 没有存下来。请检查磁盘空间和文件夹的写入权限，然后再打印。",
            ) from error

    def job_state(self, job: JobRef) -> JobState:
        """See ``Printer.job_state``: done as long as the file is there."""
        name = Path(job.number).name
        known = job.queue == QUEUE_NAME and name == job.number and (self._folder / name).is_file()
        return JobState.DONE if known else JobState.UNKNOWN

    def tidy(self) -> int:
        """See ``Printer.tidy``: the files are what was asked for."""
        return 0

    def _write(self, pdf: bytes, stem: str) -> Path:
        """Write under the first free name: 名.pdf, 名 (2).pdf, …; a file that could not be finished is taken away."""
        count = 1
        while True:
            path = self._folder / (f"{stem}.pdf" if count == 1 else f"{stem} ({count}).pdf")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            except FileExistsError:
                count += 1
                continue
            break
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(pdf)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path


def _file_stem(title: str) -> str:
    """A file name out of a title: nothing that any file system minds, and not too long."""
    return _UNFIT.sub("_", title).strip(" ._")[:_LONGEST_NAME] or "未命名"
