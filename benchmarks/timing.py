"""Taking turns: ours and its floor are measured one after the other in one run, so that a slow minute hits both."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROBES = Path(__file__).parent / "probes"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        ours: median, in ``unit``.
        floor: median of what it is compared with, in ``unit``.
    """

    name: str
    unit: str
    ours: float
    floor: float
    floor_name: str
    runs: int

    @property
    def ratio(self) -> float:
        """Ours over the floor."""
        return self.ours / self.floor if self.floor else float("nan")


def in_turn(
    name: str, unit: str, ours: Callable[[], float], floor: Callable[[], float], floor_name: str, runs: int
) -> Figure:
    """Measure ours and the floor in turn after one round that does not count."""
    ours()
    floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return Figure(name, unit, median(one for one, _ in pairs), median(other for _, other in pairs), floor_name, runs)


@dataclass(frozen=True, slots=True)
class Started:
    """A program that said it was ready: after how long (ms), holding how much (MiB)."""

    milliseconds: float
    mebibytes: float


def start(probe: str, *arguments: str) -> Started:
    """Start a probe as a process of its own and wait until it says ``ready``.

    Raises:
        RuntimeError: it ended without saying so.
    """
    command = [sys.executable, str(PROBES / probe), *arguments]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROBES.parent)}
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        for line in process.stdout:
            if line.startswith("ready"):
                elapsed = (time.perf_counter() - began) * 1000
                process.stdout.read()
                return Started(elapsed, float(line.split()[1]))
    raise RuntimeError(f"{probe} ended without being ready (exit {process.returncode})")


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
