"""Printing through a real CUPS scheduler, and what is said when it cannot print."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader

from onevisit.devices.cups import CupsPrinter, media_name
from onevisit.devices.leftovers import Leftovers
from onevisit.devices.printers import JobRef, JobState, MediaSize, PrinterFault, Problem, QueueState
from onevisit.paper.raster import page_png, page_sizes

if TYPE_CHECKING:
    from tests.devices.conftest import CupsQueue

Wait = Callable[[Callable[[], object]], object]


@pytest.mark.cups
def test_a_slip_comes_out_of_a_real_queue(cups_queue: CupsQueue, slip: bytes, wait_for: Wait) -> None:
    title, ((width, height),) = cups_queue.title(), page_sizes(slip)
    job = cups_queue.printer.submit(cups_queue.name, slip, title=title, media=MediaSize(width, height))
    assert job.queue == cups_queue.name
    wait_for(lambda: cups_queue.printer.job_state(job) is JobState.DONE)
    printed = wait_for(lambda: cups_queue.received(title))
    assert isinstance(printed, bytes)
    assert page_sizes(printed)[0] == pytest.approx((width, height), abs=0.6)
    assert "370400-01-20261122-007-K" in PdfReader(BytesIO(printed)).pages[0].extract_text()
    # PostScript on the way loses the text of Chinese characters, not their look.
    assert _greys(printed) == pytest.approx(_greys(slip), abs=45)


def _greys(pdf: bytes) -> list[int]:
    with Image.open(BytesIO(page_png(pdf, 0, 60))) as picture:
        return list(picture.convert("L").resize((23, 60), Image.Resampling.BOX).tobytes())


@pytest.mark.cups
def test_queues_are_listed_with_their_state(cups_queue: CupsQueue) -> None:
    (found,) = cups_queue.printer.queues()
    assert (found.name, found.label) == (cups_queue.name, "测试回执打印机")
    assert (found.state, found.accepting, found.is_default) == (QueueState.READY, True, False)
    cups_queue.tool("lpadmin", "-d", cups_queue.name)
    assert cups_queue.printer.queues()[0].is_default


@pytest.mark.cups
def test_a_queue_that_rejects_says_so(cups_queue: CupsQueue, slip: bytes) -> None:
    cups_queue.tool("cupsreject", cups_queue.name)
    assert cups_queue.printer.state(cups_queue.name) is QueueState.REJECTING
    assert not cups_queue.printer.queues()[0].accepting
    with pytest.raises(PrinterFault, match=r"不接收新任务.*管理员") as caught:
        cups_queue.printer.submit(cups_queue.name, slip, title=cups_queue.title(), media=None)
    assert caught.value.problem is Problem.REJECTING
    assert caught.value.sentence == str(caught.value)


@pytest.mark.cups
def test_a_stopped_queue_says_so_and_keeps_nothing(cups_queue: CupsQueue, slip: bytes) -> None:
    cups_queue.tool("cupsdisable", cups_queue.name)
    assert cups_queue.printer.state(cups_queue.name) is QueueState.STOPPED
    with pytest.raises(PrinterFault, match=r"已停用.*恢复") as caught:
        cups_queue.printer.submit(cups_queue.name, slip, title=cups_queue.title(), media=None)
    assert caught.value.problem is Problem.STOPPED
    cups_queue.tool("cupsenable", cups_queue.name)
    assert cups_queue.printer.state(cups_queue.name) is QueueState.READY


@pytest.mark.cups
def test_a_queue_that_is_not_there_says_so(cups_queue: CupsQueue, slip: bytes) -> None:
    assert cups_queue.printer.state("no-such-queue") is QueueState.MISSING
    with pytest.raises(PrinterFault, match=r"找不到打印机“no-such-queue”.*重新选择") as caught:
        cups_queue.printer.submit("no-such-queue", slip, title=cups_queue.title(), media=None)
    assert caught.value.problem is Problem.NO_QUEUE


@pytest.mark.cups
def test_a_job_waits_fails_or_is_forgotten(cups_queue: CupsQueue, slip: bytes, wait_for: Wait) -> None:
    printer, name = cups_queue.printer, cups_queue.name
    cups_queue.tool("lpadmin", "-p", name, "-v", "file:///dev/null")
    held = printer.submit(name, slip, title=cups_queue.title(), media=None)
    cups_queue.tool("cancel", f"{name}-{held.number}")
    wait_for(lambda: printer.job_state(held) in {JobState.FAILED, JobState.DONE})
    assert printer.job_state(JobRef(name, "99999")) is JobState.UNKNOWN
    broken = printer.submit(name, b"%PDF-1.4\nnothing that a filter could read", title=cups_queue.title(), media=None)
    wait_for(lambda: printer.job_state(broken) is JobState.FAILED)


@pytest.mark.cups
def test_nothing_stays_in_the_spool_of_a_job_that_is_over(
    cups_queue: CupsQueue, slip: bytes, wait_for: Wait, tmp_path: Path
) -> None:
    remembered = Leftovers(tmp_path / "jobs")
    printer, name = CupsPrinter(cups_queue.server, leftovers=remembered), cups_queue.name
    cups_queue.tool("lpadmin", "-p", name, "-v", "file:///dev/null")
    job = printer.submit(name, slip, title=cups_queue.title(), media=None)
    wait_for(lambda: printer.job_state(job) is JobState.DONE)
    assert any(file.startswith("d") for file in cups_queue.kept(job))
    # the program may have ended meanwhile
    again = CupsPrinter(cups_queue.server, leftovers=Leftovers(tmp_path / "jobs"))
    assert again.tidy() == 0
    assert cups_queue.kept(job) == set()
    assert printer.job_state(job) is JobState.UNKNOWN
    assert remembered.jobs() == ()


@pytest.mark.cups
def test_a_job_that_waits_is_left_alone_and_one_that_failed_is_not(
    cups_queue: CupsQueue, slip: bytes, wait_for: Wait
) -> None:
    printer, name = CupsPrinter(cups_queue.server), cups_queue.name
    cups_queue.tool("lpadmin", "-p", name, "-v", "file:///dev/null")
    broken = printer.submit(name, b"%PDF-1.4\nnothing that a filter could read", title=cups_queue.title(), media=None)
    wait_for(lambda: printer.job_state(broken) is JobState.FAILED)
    cups_queue.tool("cupsenable", name)
    assert printer.tidy() == 0
    assert cups_queue.kept(broken) == set()
    cups_queue.tool("lpadmin", "-p", name, "-o", "job-hold-until-default=indefinite")
    held = printer.submit(name, slip, title=cups_queue.title(), media=None)
    assert printer.tidy() == 1
    assert printer.job_state(held) is JobState.WAITING
    cups_queue.tool("cancel", f"{name}-{held.number}")
    assert printer.tidy() == 0
    assert cups_queue.kept(held) == set()


def test_no_scheduler_is_said_plainly(tmp_path: Path) -> None:
    if shutil.which("lpstat") is None:
        reason = "the CUPS tools are not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with pytest.raises(PrinterFault, match="打印服务没有运行") as caught:
        CupsPrinter(str(tmp_path / "no.sock")).queues()
    assert caught.value.problem is Problem.NO_SYSTEM


def test_no_job_is_forgotten_while_the_scheduler_does_not_run(tmp_path: Path) -> None:
    if shutil.which("lpstat") is None:
        reason = "the CUPS tools are not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    left = Leftovers(tmp_path / "jobs")
    left.add(JobRef("any", "7"))
    with pytest.raises(PrinterFault, match="打印服务没有运行"):
        CupsPrinter(str(tmp_path / "no.sock"), leftovers=left).tidy()
    assert left.jobs() == (JobRef("any", "7"),)


def test_without_the_tools_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterFault, match="没有安装打印服务") as caught:
        CupsPrinter().queues()
    assert caught.value.problem is Problem.NO_SYSTEM


def _tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_silent_print_system_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _tool(tmp_path, "lpstat", "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterFault, match="很久没有回应，请稍等再试") as caught:
        CupsPrinter(timeout=0.2).state("any")
    assert caught.value.problem is Problem.TIMED_OUT


def test_a_job_that_nobody_answers_for_may_have_come_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _tool(
        tmp_path,
        "lpstat",
        "printf 'scheduler is running\nany accepting requests since now\nprinter any is idle.  enabled since now'",
    )
    _tool(tmp_path, "lp", "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterFault, match="请看打印机上有没有出纸") as caught:
        CupsPrinter(timeout=1).submit("any", b"%PDF", title="回执", media=None)
    assert caught.value.problem is Problem.TIMED_OUT


def test_a_tool_that_cannot_be_started_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _tool(tmp_path, "lpstat", "exit 0")
    (tmp_path / "lpstat").chmod(0o600)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterFault, match="启动不了打印程序") as caught:
        CupsPrinter().queues()
    assert caught.value.problem is Problem.NO_SYSTEM


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("lp: Error - The printer or class does not exist.", Problem.NO_QUEUE),
        ('lp: Destination "slip" is not accepting jobs.', Problem.REJECTING),
        ("lp: Unsupported document-format.", Problem.REFUSED),
    ],
)
def test_what_changes_between_asking_and_printing(
    words: str, problem: Problem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = "scheduler is running\\nslip accepting requests\\nprinter slip is idle.\\n"
    _tool(tmp_path, "lpstat", f"printf '{answers}'")
    _tool(tmp_path, "lp", f"/bin/cat >/dev/null\necho '{words}' >&2\nexit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterFault, match="“slip”") as caught:
        CupsPrinter().submit("slip", b"%PDF", title="t", media=None)
    assert caught.value.problem is problem


def test_sizes_are_named_in_whole_millimetres() -> None:
    assert media_name(MediaSize(148, 210)) == "A5"
    assert media_name(MediaSize(147.99, 210.01)) == "A5"
    assert media_name(MediaSize(210, 297)) == "A4"
    assert media_name(MediaSize(80, 241.0001)) == "Custom.80x241mm"
    assert media_name(MediaSize(80, 240.3)) == "Custom.80x241mm"
