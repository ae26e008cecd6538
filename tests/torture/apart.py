"""One torment in a process of its own, without other threads and without Qt: it forks, is killed, and fills disks.

``python -m tests.torture.apart NAME {short,long} [SEED]`` prints its outcome as one line of JSON.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tests.torture.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]
_BETWEEN = 0.2
_PATIENCE = 280
"""Seconds after which a short run is given up, just before pytest gives up the test."""


def run_apart(name: str, length: str, seed: int | None = None) -> Outcome:
    """Run a torment in a process of its own.

    Raises:
        RuntimeError: it ended without an outcome; what it said on stderr stands in the text.
        subprocess.TimeoutExpired: a short run hangs.
    """
    command = [sys.executable, "-m", "tests.torture.apart", name, length, *([] if seed is None else [str(seed)])]
    quiet = None if sys.stderr.isatty() else subprocess.PIPE
    # a session of its own, so that whatever it has started can be ended with it
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=quiet, text=True, start_new_session=True
    ) as running:
        try:
            said, errors = running.communicate(timeout=_PATIENCE if length == "short" else None)
        except BaseException:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    if running.returncode:
        raise RuntimeError(f"{name} ended with status {running.returncode}:\n{errors or ''}")
    told = json.loads(said.splitlines()[-1])
    return Outcome(**told | {"said": tuple(told["said"])})


class OnTerminal:
    """Keeps one line of stderr up to date; silent where that is no terminal."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and (now - self._last > _BETWEEN or done == total):
            self._last = now
            print(f"\r\x1b[K  {what} {done}/{total}", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Run the torment that the command line names."""
    from tests.torture.torments import TORMENTS  # noqa: PLC0415 - whoever runs it apart need not load it

    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=TORMENTS)
    parser.add_argument("length", choices=("short", "long"))
    parser.add_argument("seed", type=int, nargs="?", default=1)
    told = parser.parse_args()
    torment = TORMENTS[told.name]
    counts = torment.short if told.length == "short" else torment.long
    with tempfile.TemporaryDirectory(prefix="onevisit-torture-") as place:
        outcome = partial(torment.inflict, Path(place), seed=told.seed, progress=OnTerminal())(**counts)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    print(json.dumps(asdict(outcome), ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
