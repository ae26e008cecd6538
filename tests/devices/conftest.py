"""A private CUPS scheduler with a cups-pdf queue: real filters, real backend, nothing of the machine's own touched."""

import os
import pwd
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from tests.devices.private_cups import PPD, private_scheduler, why_not

from onevisit.devices.cups import CupsPrinter
from onevisit.devices.printers import JobRef
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import ROLL_80
from onevisit.paper.slip import render
from onevisit.rules.slip import CopyMark, SlipData, UnitCard

# Also when this folder is tested alone on a machine without a display.
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@dataclass(frozen=True)
class CupsQueue:
    """A queue of the private scheduler; ``output`` is where cups-pdf puts the files of all its queues.

    ``spool`` is where the scheduler keeps the documents of its jobs.
    """

    name: str
    server: str
    output: Path
    spool: Path
    printer: CupsPrinter
    titles: list[str] = field(default_factory=list)

    def title(self) -> str:
        """A title that no other job has, so that its file can be told from those of other test runs."""
        self.titles.append(f"onevisit-{uuid.uuid4().hex}")
        return self.titles[-1]

    def tool(self, *command: str) -> None:
        """Run one of CUPS' own tools on the scheduler."""
        environment = {**os.environ, "CUPS_SERVER": self.server}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=20)

    def kept(self, job: JobRef) -> set[str]:
        """The files that the scheduler keeps of a job."""
        return {path.name for path in self.spool.iterdir() if path.name[1:].startswith(f"{int(job.number):05}")}

    def received(self, title: str) -> bytes | None:
        """The file that cups-pdf made of the job with this title, once it is whole."""
        for path in self.output.glob(f"{title}*.pdf"):
            content = path.read_bytes()
            if content.rstrip().endswith(b"%%EOF"):
                return content
        return None


Value = TypeVar("Value")


def _wait_for(condition: Callable[[], Value | None], seconds: float = 20) -> Value:
    """Ask ``condition`` until it gives something true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"nothing within {seconds} s")


@pytest.fixture(scope="session")
def cups_server() -> Iterator[str]:
    """The socket of a scheduler of our own."""
    _require_cups()
    with private_scheduler() as root:
        yield str(root / "cups.sock")


@pytest.fixture
def cups_queue(cups_server: str) -> Iterator[CupsQueue]:
    """A fresh cups-pdf queue; what it wrote is taken away afterwards."""
    output = Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"
    was_there = output.exists()
    held = _hold(output)
    spool = Path(cups_server).with_name("spool")
    queue = CupsQueue("onevisit-test", cups_server, output, spool, CupsPrinter(cups_server))
    queue.tool("lpadmin", "-p", queue.name, "-E", "-v", "cups-pdf:/", "-P", str(PPD), "-D", "测试回执打印机")
    try:
        yield queue
    finally:
        queue.tool("lpadmin", "-x", queue.name)
        for title in queue.titles:
            for path in output.glob(f"{title}*"):
                path.unlink(missing_ok=True)
        held.unlink()
        if not was_there:
            # Another run may hold it at the same time.
            with suppress(OSError):
                output.rmdir()


def _hold(folder: Path) -> Path:
    """A file of ours in a folder, so that no other run takes the folder away while a job is on its way into it."""
    while True:
        folder.mkdir(exist_ok=True)
        try:
            (held := folder / f".held-{uuid.uuid4().hex}").touch()
        except FileNotFoundError:
            continue
        return held


def _require_cups() -> None:
    """CUPS must be there in CI; elsewhere its tests are skipped without it."""
    reason = why_not()
    if not reason:
        return
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def wait_for() -> Callable[[Callable[[], Value | None]], Value]:
    """Ask until something is true."""
    return _wait_for


@pytest.fixture(scope="session")
def slip() -> bytes:
    """A slip on an 80 mm roll, with a character of each font."""
    at = datetime(2026, 11, 22, 2, 41, tzinfo=UTC)
    unit = UnitCard("示例市来访接待中心", "示例路 1 号", "0632-0000000", "工作日 8:30–17:00", "370400", "01")
    data = SlipData(
        unit=unit,
        practice=False,
        visit_no="370400-01-20261122-007-K",
        matter_no="370400-01-2026-00123-4",
        query_code="7QX4M2PD",
        queue_no=7,
        petitioner="刘𠮷",
        visitors=(),
        headcount=1,
        masked_id="370499********0232",
        arrived_at=at,
        visit_ordinal=1,
        title="老旧小区漏水无人维修",
        classification="求决 · 城乡建设 · 市中区",
        respondent="",
        summary="楼顶漏水两年，请求协调维修。",
        materials=("照片",),
        promises=(),
        reply="电话联系您：139****0012",
        missing_papers=(),
        advice=(),
        enquiry="打电话 0632-0000000，报查询码。",
        remedies=(),
        staff_no="002",
        edition=1,
    )
    fonts = FontBook(Path(__file__).parents[2] / "resources" / "fonts")
    return render(data, CopyMark(1, 0, at, "002"), ROLL_80, fonts)
