"""Printing through CUPS by its command-line tools; the PDF goes in by a pipe, so that no file of ours stays behind.

What CUPS itself keeps of a job in its spool is taken away by ``tidy``.
"""

import math
import os
import re
import subprocess
from collections.abc import Mapping

from onevisit.devices import ipp
from onevisit.devices.leftovers import Leftovers
from onevisit.devices.printers import (
    JobRef,
    JobState,
    MediaSize,
    PrinterFault,
    Problem,
    QueueInfo,
    QueueState,
    no_such_queue,
    queue_trouble,
)

_SHEETS = {(148, 210): "A5", (210, 297): "A4", (105, 148): "A6"}
_ALERTS_OF_FAILURE = ("aborted", "canceled", "with-errors")

_DEFAULT = re.compile(r"^system default destination: (\S+)$", re.MULTILINE)
_ACCEPTING = re.compile(r"^(\S+) (not )?accepting requests", re.MULTILINE)
_PRINTER = re.compile(r"^printer (\S+) (is idle|now printing|disabled)", re.MULTILINE)
_DESCRIPTION = re.compile(r"^\s+Description: (.*)$", re.MULTILINE)
_REQUEST = re.compile(r"request id is (\S+)-(\d+)")


class CupsPrinter:
    """The queues of a CUPS scheduler."""

    def __init__(self, server: str | None = None, *, timeout: float = 10.0, leftovers: Leftovers | None = None) -> None:
        """Use the scheduler at ``server`` (socket or host), by default the one that CUPS itself would use.

        Args:
            server: a value for ``CUPS_SERVER``.
            timeout: seconds after which a tool is given up.
            leftovers: remembers whose document CUPS still holds, also when the program ends meanwhile.
        """
        self._server = server
        self._timeout = timeout
        self._leftovers = leftovers or Leftovers()

    def queues(self) -> tuple[QueueInfo, ...]:
        """See ``Printer.queues``."""
        return tuple(sorted(self._survey().values(), key=lambda queue: queue.name))

    def state(self, queue: str) -> QueueState:
        """See ``Printer.state``."""
        found = self._survey().get(queue)
        return found.state if found else QueueState.MISSING

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        """See ``Printer.submit``."""
        # A stopped queue would take the job and keep it, and the clerk would wait for paper in vain.
        trouble = queue_trouble(queue, self.state(queue))
        if trouble:
            raise trouble
        options = ["-o", f"media={media_name(media)}"] if media else []
        done = self._run(["lp", "-d", queue, "-t", title, *options, "-"], pdf)
        found = _REQUEST.search(done.stdout)
        if done.returncode or not found:
            raise _refusal(queue, done.stderr)
        job = JobRef(queue, found[2])
        self._leftovers.add(job)
        return job

    def job_state(self, job: JobRef) -> JobState:
        """See ``Printer.job_state``."""
        waiting = self._alerts(job, "not-completed")
        alerts = self._alerts(job, "completed") if waiting is None else waiting
        if alerts is None:
            return JobState.UNKNOWN
        # A job whose filters failed is kept among those not completed.
        if any(mark in alerts for mark in _ALERTS_OF_FAILURE):
            return JobState.FAILED
        if waiting is None:
            return JobState.DONE
        return JobState.PRINTING if "job-printing" in alerts else JobState.WAITING

    def tidy(self) -> int:
        """See ``Printer.tidy``: CUPS would keep the document of a job for a day after it is over."""
        place, jobs = ipp.local_socket(self._server), self._leftovers.jobs()
        if jobs:
            # a scheduler that is not running knows of no job, and would have them all forgotten
            self._survey()
        for job in jobs:
            state = self.job_state(job)
            over = state in (JobState.DONE, JobState.FAILED)
            # the spool of another computer is its keeper's; a job that CUPS has forgotten left nothing behind
            gone = state is JobState.UNKNOWN or (over and place is None)
            if gone or (over and place is not None and ipp.purge(place, int(job.number), self._timeout)):
                self._leftovers.drop(job)
        return len(self._leftovers.jobs())

    def _alerts(self, job: JobRef, which: str) -> str | None:
        """What ``lpstat`` says of a job in one of its two lists; None if it is not there."""
        listing = self._run(["lpstat", "-l", "-W", which, "-o", job.queue]).stdout
        for entry in re.split(r"^(?=\S)", listing, flags=re.MULTILINE):
            if entry.split(maxsplit=1)[:1] == [f"{job.queue}-{job.number}"]:
                found = re.search(r"^\s+Alerts: (.*)$", entry, re.MULTILINE)
                return found[1] if found else ""
        return None

    def _survey(self) -> dict[str, QueueInfo]:
        """Ask for everything that is known about all queues."""
        listing = self._run(["lpstat", "-r", "-d", "-a", "-l", "-p"]).stdout
        if not listing.startswith("scheduler is running"):
            raise PrinterFault(
                Problem.NO_SYSTEM, "本机的打印服务没有运行。请重新启动电脑，或让管理员启动打印服务（CUPS）。"
            )
        default = _DEFAULT.search(listing)
        accepting = {name: not refused for name, refused in _ACCEPTING.findall(listing)}
        found = {}
        for entry in re.split(r"^(?=printer )", listing, flags=re.MULTILINE):
            head = _PRINTER.match(entry)
            if head:
                name, takes = head[1], accepting.get(head[1], False)
                state = _state(head[2], takes)
                label = _DESCRIPTION.search(entry)
                shown = (label[1].strip() if label else "") or name
                found[name] = QueueInfo(name, shown, state, bool(default and default[1] == name), takes)
        return found

    def _run(self, command: list[str], stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        try:
            done = subprocess.run(  # noqa: S603  a fixed tool and separate arguments, no shell
                command, input=stdin, capture_output=True, timeout=self._timeout, env=self._environment(), check=False
            )
        except FileNotFoundError as error:
            raise PrinterFault(
                Problem.NO_SYSTEM, "本机没有安装打印服务（CUPS）。请让管理员安装，或改用“打印为 PDF”。"
            ) from error
        except OSError as error:
            raise PrinterFault(
                Problem.NO_SYSTEM,
                "电脑现在启动不了打印程序。请关掉不用的程序后再试；还是不行，请让管理员检查打印服务。",
            ) from error
        except subprocess.TimeoutExpired as error:
            # only once something was handed over can a sheet be on its way
            next_step = (
                "这一份可能没有打印出来。请看打印机上有没有出纸，再决定是否重新打印。"
                if stdin
                else "请稍等再试；还是不行，请让管理员重新启动打印服务。"
            )
            raise PrinterFault(Problem.TIMED_OUT, f"打印服务很久没有回应，{next_step}") from error
        output, errors = (part.decode("utf-8", "replace") for part in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(command, done.returncode, output, errors)

    def _environment(self) -> Mapping[str, str]:
        """The tools speak English, whatever the desktop speaks."""
        plain = {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
        return {**os.environ, **plain, **({"CUPS_SERVER": self._server} if self._server else {})}


def media_name(media: MediaSize) -> str:
    """Name a size for CUPS: a known sheet by its name, any other in whole millimetres, rounded up."""
    width, height = (math.ceil(side - 0.05) for side in (media.width_mm, media.height_mm))
    return _SHEETS.get((width, height), f"Custom.{width}x{height}mm")


def _state(words: str, accepting: bool) -> QueueState:
    if words == "disabled":
        return QueueState.STOPPED
    if not accepting:
        return QueueState.REJECTING
    return QueueState.PRINTING if words == "now printing" else QueueState.READY


def _refusal(queue: str, errors: str) -> PrinterFault:
    """Turn the words of ``lp`` into ours."""
    if "does not exist" in errors:
        return no_such_queue(queue)
    rejecting = queue_trouble(queue, QueueState.REJECTING)
    if "not accepting" in errors and rejecting:
        return rejecting
    return PrinterFault(
        Problem.REFUSED, f"打印机“{queue}”没有接下这一份。请再打印一次；还是不行，请让管理员查看打印服务的记录。"
    )
