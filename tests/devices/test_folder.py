"""打印为 PDF: files that only their owner may read, and none overwritten."""

import os
import stat
from pathlib import Path

import pytest

from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import JobRef, JobState, PrinterFault, Problem, QueueState


def test_a_job_becomes_a_private_file(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path / "slips")
    job = printer.submit(QUEUE_NAME, b"%PDF-1", title="来访登记回执 370400-01-20261122-007-K", media=None)
    path = tmp_path / "slips" / job.number
    assert path.name == "来访登记回执 370400-01-20261122-007-K.pdf"
    assert path.read_bytes() == b"%PDF-1"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert printer.job_state(job) is JobState.DONE


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path)
    jobs = [printer.submit(QUEUE_NAME, bytes([48 + index]), title="回执", media=None) for index in range(3)]
    assert [job.number for job in jobs] == ["回执.pdf", "回执 (2).pdf", "回执 (3).pdf"]
    assert [(tmp_path / job.number).read_bytes() for job in jobs] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b\\c:d*e?", "", "...", "x" * 500, "\0\n"])
def test_no_title_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    printer = PdfFolderPrinter(folder)
    job = printer.submit(QUEUE_NAME, b"%PDF", title=title, media=None)
    assert (folder / job.number).parent == folder
    assert [path.name for path in folder.iterdir()] == [job.number]
    assert list(tmp_path.iterdir()) == [folder]


def test_it_has_one_queue(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path)
    (queue,) = printer.queues()
    assert (queue.name, queue.state, queue.is_default, queue.accepting) == ("PDF", QueueState.READY, True, True)
    assert printer.state("PDF") is QueueState.READY
    assert printer.state("other") is QueueState.MISSING
    with pytest.raises(PrinterFault) as caught:
        printer.submit("other", b"", title="t", media=None)
    assert caught.value.problem is Problem.NO_QUEUE


def test_an_unknown_job_is_unknown(tmp_path: Path) -> None:
    (tmp_path.parent / "outside.pdf").write_bytes(b"")
    printer = PdfFolderPrinter(tmp_path)
    assert printer.job_state(JobRef("PDF", "nothing.pdf")) is JobState.UNKNOWN
    assert printer.job_state(JobRef("PDF", "../outside.pdf")) is JobState.UNKNOWN


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(PrinterFault, match=r"写不进文件夹.*写入权限") as caught:
        PdfFolderPrinter(blocked / "below").submit("PDF", b"%PDF", title="t", media=None)
    assert caught.value.problem is Problem.REFUSED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen

    def onto_full_disk(descriptor: int, mode: str) -> object:
        os.close(descriptor)
        return real(os.open("/dev/full", os.O_WRONLY), mode)

    monkeypatch.setattr(os, "fdopen", onto_full_disk)
    with pytest.raises(PrinterFault, match="磁盘空间"):
        PdfFolderPrinter(tmp_path).submit("PDF", b"%PDF", title="t", media=None)
    assert list(tmp_path.iterdir()) == []
