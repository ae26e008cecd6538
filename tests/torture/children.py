"""Child processes that are killed: forked from one that has everything loaded, so that each costs next to nothing.

Only for a process without other threads (``tests.torture.apart``). A child is killed and reaped whatever happens.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.torture.where import trace_words

Say = Callable[[str], None]
"""Tells the parent one line; when it returns, the line is out of the child's hands."""

PATIENCE = 120.0
"""Seconds without a word after which a child is given up."""

BUG = 70


class Child:
    """A running child and the lines it has said so far."""

    def __init__(self, pid: int, reader: int) -> None:
        self.pid = pid
        self.lines: list[str] = []
        self.status: int | None = None
        self._reader = reader
        self._rest = b""
        self._open = True

    def bugs(self) -> Iterator[str]:
        """What it said of a mistake of the program, if it made one."""
        return (line for line in self.lines if line.startswith("bug "))

    def hear(self, seconds: float, lines: int | None = None) -> None:
        """Listen for so many seconds, or until there are ``lines`` lines, or until the child has ended."""
        end = time.monotonic() + seconds
        while self._open and (lines is None or len(self.lines) < lines):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._reader], [], [], left)[0]:
                return
            self._read()

    def kill(self) -> None:
        """Kill it as a power cut would, and take in what it had said."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
        self.reap()

    def reap(self) -> None:
        """Wait until it has ended, and take in what it had said."""
        while self._open:
            self._read()
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        """Kill it if it still runs, and let go of everything."""
        self.kill()
        os.close(self._reader)

    def _read(self) -> None:
        said = os.read(self._reader, 65_536)
        self._open = bool(said)
        *whole, self._rest = (self._rest + said).split(b"\n")
        self.lines.extend(line.decode() for line in whole)


@contextmanager
def child(work: Callable[[Say], None]) -> Iterator[Child]:
    """Fork a child that does ``work`` and ends with status 0, or says its ``bug`` and ends with status ``BUG``."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _be_the_child(work, writer)
    os.close(writer)
    running = Child(pid, reader)
    try:
        yield running
    finally:
        running.close()


def _be_the_child(work: Callable[[Say], None], writer: int) -> None:
    """Do the work and end the process: nothing of the parent's is cleaned up here."""
    status = BUG
    try:
        work(lambda line: _say(writer, line))
        status = 0
    except BaseException as bug:  # noqa: BLE001 - the child's last door
        _say(writer, f"bug {trace_words(bug)}: {bug!s:.300}".replace("\n", " "))
    finally:
        os._exit(status)


def _say(writer: int, line: str) -> None:
    # one write, shorter than a pipe takes whole: a line is said or not said
    os.write(writer, f"{line}\n".encode())
