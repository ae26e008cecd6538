"""Printing through Qt, for systems without CUPS (Windows): pages go to the driver as pixels."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from onevisit.devices.pages import PagePixels
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

_MOST_DPI = 600
"""Finer pages cost memory (an A5 page at 600 dpi is 70 MB) and show nothing more."""

_STATES = {
    QPrinter.PrinterState.Idle: QueueState.READY,
    QPrinter.PrinterState.Active: QueueState.PRINTING,
    QPrinter.PrinterState.Aborted: QueueState.STOPPED,
    QPrinter.PrinterState.Error: QueueState.STOPPED,
}


class QtPrinter:
    """The queues that Qt knows; needs a QGuiApplication and is used from the thread that prints.

    Qt tells when a job was handed over, not what became of it.
    """

    def __init__(self, rasterise: Callable[[bytes, float], Sequence[PagePixels]]) -> None:
        """Print what ``rasterise`` draws of a PDF at a number of dots an inch."""
        self._rasterise = rasterise
        self._jobs = 0

    def queues(self) -> tuple[QueueInfo, ...]:
        """See ``Printer.queues``."""
        return tuple(
            QueueInfo(
                info.printerName(),
                info.description() or info.printerName(),
                self.state(info.printerName()),
                info.isDefault(),
                self.state(info.printerName()) is not QueueState.STOPPED,
            )
            for info in sorted(QPrinterInfo.availablePrinters(), key=QPrinterInfo.printerName)
        )

    def state(self, queue: str) -> QueueState:
        """See ``Printer.state``."""
        info = QPrinterInfo.printerInfo(queue)
        return QueueState.MISSING if info.isNull() else _STATES.get(info.state(), QueueState.UNKNOWN)

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        """See ``Printer.submit``."""
        trouble = queue_trouble(queue, self.state(queue))
        if trouble:
            raise trouble
        printer = QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution)
        if not printer.isValid():
            raise no_such_queue(queue)
        return self._print(printer, queue, pdf, title, media)

    def save(self, path: Path, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        """Print into a PDF file of pixels at ``path``: the same way as to a queue, for checking it.

        Raises:
            PrinterFault: the file cannot be written.
        """
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return self._print(printer, path.name, pdf, title, media)

    def job_state(self, job: JobRef) -> JobState:
        """See ``Printer.job_state``: DONE for a job of this object, which Qt handed over whole."""
        known = job.number.isdecimal() and 1 <= int(job.number) <= self._jobs
        return JobState.DONE if known else JobState.UNKNOWN

    def tidy(self) -> int:
        """See ``Printer.tidy``: the spooler of Windows takes a document away when it is printed."""
        return 0

    def _print(self, printer: QPrinter, queue: str, pdf: bytes, title: str, media: MediaSize | None) -> JobRef:
        printer.setDocName(title)
        printer.setFullPage(True)
        if printer.resolution() > _MOST_DPI:
            printer.setResolution(_MOST_DPI)
        pages = self._rasterise(pdf, float(printer.resolution()))
        if media:
            printer.setPageSize(_page_size(media))
            printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterFault(
                Problem.REFUSED, f"打印机“{queue}”没有接下这一份。请检查打印机是否开机、联机，然后再打印一次。"
            )
        try:
            _draw(printer, painter, pages)
        finally:
            painter.end()
        self._jobs += 1
        return JobRef(queue, str(self._jobs))


def _page_size(media: MediaSize) -> QPageSize:
    size = QSizeF(media.width_mm, media.height_mm)
    return QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def _draw(printer: QPrinter, painter: QPainter, pages: Sequence[PagePixels]) -> None:
    """Draw each page at its true size from the corner of the paper; one that is too large is made to fit, never cut."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    for index, page in enumerate(pages):
        if index:
            printer.newPage()
        image = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBX8888)
        scale = min(1.0, paper.width() / page.width, paper.height() / page.height)
        painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), image)
