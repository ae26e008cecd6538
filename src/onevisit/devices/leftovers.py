"""The jobs whose document a print system may still hold; on the disk stand queue names and job numbers alone."""

import os
from contextlib import suppress
from pathlib import Path

from onevisit.devices.printers import JobRef

_MOST = 500


class Leftovers:
    """Remembers jobs from their hand-over until their document is gone, over the end of the program too.

    The file is read and written anew each time, so that two of these on one file see the same jobs; all are used from
    the thread that prints. What cannot be written is only forgotten at the end of the program.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Keep the jobs in ``file``; without one they are known to this object alone."""
        self._file = file
        self._jobs: tuple[JobRef, ...] = ()

    def jobs(self) -> tuple[JobRef, ...]:
        """All of them, oldest first."""
        if self._file is not None:
            with suppress(OSError, UnicodeDecodeError):
                lines = self._file.read_text(encoding="utf-8").splitlines()
                self._jobs = tuple(job for job in map(_read, lines) if job is not None)
        return self._jobs

    def add(self, job: JobRef) -> None:
        """Remember a job."""
        self._keep((*self.jobs(), job))

    def drop(self, job: JobRef) -> None:
        """Forget a job: nothing is left of it."""
        self._keep(tuple(one for one in self.jobs() if one != job))

    def _keep(self, jobs: tuple[JobRef, ...]) -> None:
        self._jobs = jobs[-_MOST:]
        if self._file is None:
            return
        text = "".join(f"{job.number} {job.queue}\n" for job in self._jobs)
        fresh = self._file.with_name(f".{self._file.name}.new")
        with suppress(OSError):
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            fresh.replace(self._file)


def _read(line: str) -> JobRef | None:
    number, _, queue = line.partition(" ")
    return JobRef(queue, number) if number.isdecimal() and queue else None
