"""Printing pixels through Qt: into a PDF file, the same way as to a queue."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from onevisit.devices.printers import JobRef, JobState, MediaSize, PrinterFault, Problem, QueueState
from onevisit.devices.qt_printing import QtPrinter
from onevisit.paper.raster import page_image, page_images, page_sizes


def test_pages_keep_their_size_and_look(qapp: QApplication, slip: bytes, tmp_path: Path) -> None:
    printer, ((width, height),) = QtPrinter(page_images), page_sizes(slip)
    path = tmp_path / "out.pdf"
    job = printer.save(path, slip, title="回执", media=MediaSize(width, height))
    assert printer.job_state(job) is JobState.DONE
    printed = path.read_bytes()
    assert page_sizes(printed)[0] == pytest.approx((width, height), abs=0.5)
    assert _ink(printed) == pytest.approx(_ink(slip), rel=0.05)


def test_a_page_larger_than_the_paper_is_made_to_fit(qapp: QApplication, slip: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    QtPrinter(page_images).save(path, slip, title="回执", media=MediaSize(60, 100))
    ((width, height),) = page_sizes(path.read_bytes())
    assert (width, height) == pytest.approx((60, 100), abs=0.5)
    image = page_image(path.read_bytes(), 0, 72)
    bottom = [
        row for row in range(image.height) if min(image.data[row * image.stride : (row + 1) * image.stride]) < 128
    ]
    assert bottom[-1] < image.height - 2


def test_each_page_goes_on_a_page_of_its_own(qapp: QApplication, slip: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    printer = QtPrinter(lambda pdf, dpi: page_images(pdf, dpi) * 2)
    printer.save(path, slip, title="回执", media=MediaSize(80, 300))
    assert len(page_sizes(path.read_bytes())) == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_file_that_cannot_be_written_is_said_plainly(qapp: QApplication, slip: bytes, tmp_path: Path) -> None:
    with pytest.raises(PrinterFault, match="没有接下") as caught:
        QtPrinter(page_images).save(tmp_path / "no" / "out.pdf", slip, title="回执", media=None)
    assert caught.value.problem is Problem.REFUSED


def test_a_queue_that_is_not_there_says_so(qapp: QApplication, slip: bytes) -> None:
    printer = QtPrinter(page_images)
    assert "no-such-queue" not in {queue.name for queue in printer.queues()}
    assert printer.state("no-such-queue") is QueueState.MISSING
    with pytest.raises(PrinterFault, match="找不到打印机") as caught:
        printer.submit("no-such-queue", slip, title="回执", media=None)
    assert caught.value.problem is Problem.NO_QUEUE
    assert printer.job_state(JobRef("no-such-queue", "1")) is JobState.UNKNOWN


def _ink(pdf: bytes) -> float:
    image = page_image(pdf, 0, 100)
    greys = image.data[0::4]
    return sum(255 - grey for grey in greys) / len(greys)
