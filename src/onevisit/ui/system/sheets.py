"""The sheets that no visit stands behind: the test page of a paper and the recovery code; and which queues there are.

Everything here runs on the worker; nothing here knows a widget.
"""

from collections.abc import Callable
from datetime import datetime

from onevisit.desk import unit
from onevisit.desk.desk import Desk
from onevisit.desk.own_data import own_data
from onevisit.devices.printers import MediaSize, Printer, PrinterFault, QueueInfo
from onevisit.paper.day_close import render_day_sheet
from onevisit.paper.fonts import FontBook
from onevisit.paper.month import render_month
from onevisit.paper.own_data import render_own_data
from onevisit.paper.profiles import A5, PaperProfile
from onevisit.paper.raster import PageImage, page_images, page_sizes
from onevisit.paper.recovery import render_recovery_sheet
from onevisit.paper.testpage import render_test_page
from onevisit.rules.day_close import DaySheet
from onevisit.rules.faults import PlainFault
from onevisit.rules.figures import MonthReport
from onevisit.rules.own_data import OwnDataGround
from onevisit.ui.slip.service import PREVIEW_DPI, Queues

_WRITE_FILES = ("pdf", "xps", "onenote", "fax", "传真")


def keeps_a_file(queue: QueueInfo) -> bool:
    """Whether a queue looks like one that leaves a file or goes over a line instead of printing on paper."""
    words = f"{queue.name} {queue.label}".casefold()
    return any(word in words for word in _WRITE_FILES)


class HouseSheets:
    """Prints test pages and the recovery sheet; made once by the composition root.

    Args:
        fonts: the fonts of every page.
        printer: where sheets go.
    """

    def __init__(self, fonts: FontBook, printer: Printer) -> None:
        self._fonts = fonts
        self._printer = printer

    def known(self) -> tuple[QueueInfo, ...]:
        """The queues of this machine.

        Raises:
            PlainFault: the print system does not answer.
        """
        try:
            return self._printer.queues()
        except PrinterFault as fault:
            raise PlainFault(fault.sentence) from fault

    def queues(self, desk: Desk) -> Queues:
        """The queues and which paper goes where.

        Raises:
            PlainFault: the print system does not answer.
        """
        return Queues(self.known(), unit.printer_choices(desk))

    def remember(self, desk: Desk, paper: str, queue: str) -> None:
        """Keep the choice of a queue for a paper."""
        unit.choose_printer(desk, paper, queue)

    def print_test(self, profile: PaperProfile, queue: QueueInfo, at: datetime) -> None:
        """Print the test page of a paper.

        Raises:
            PlainFault: the queue refuses.
        """
        self._submit(queue.name, render_test_page(profile, self._fonts, queue.label, at), "打印测试页")

    def print_recovery(self, unit_name: str, code: str, at: datetime, queue: str) -> None:
        """Print the sheet with the recovery code; its title in the queue says nothing of the code.

        Raises:
            PlainFault: the queue refuses.
        """
        pdf = render_recovery_sheet(unit_name, code, at, practice=False, fonts=self._fonts)
        self._submit(queue, pdf, f"保管单 {A5.label}")

    def print_day_sheet(self, sheet: DaySheet, queue: str) -> None:
        """Print the sheet of a day's end.

        Raises:
            PlainFault: the queue refuses.
        """
        self._submit(queue, render_day_sheet(sheet, self._fonts), f"日终单 {sheet.day:%Y-%m-%d}")

    def print_month(self, report: MonthReport, queue: str) -> None:
        """Print the figures of a span.

        Raises:
            PlainFault: the queue refuses.
        """
        self._submit(queue, render_month(report, self._fonts), f"统计 {report.figures.span.words}")

    def print_own_data(
        self, desk: Desk, petitioner_id: int, ground: OwnDataGround, queue: str, *, identity_checked: bool
    ) -> None:
        """Print what is held on a person, for that person; the pages go from memory to the queue.

        Raises:
            PlainFault: it may not be given (``desk.own_data``), or the queue refuses.
        """
        data = own_data(desk, petitioner_id, ground, identity_checked=identity_checked)
        self._submit(queue, render_own_data(data, self._fonts), "本人资料告知单")

    def draw(self, render: Callable[[FontBook], bytes]) -> tuple[PageImage, ...]:
        """The pages of any sheet as pictures, at ``PREVIEW_DPI``."""
        return page_images(render(self._fonts), PREVIEW_DPI)

    def print_sheet(self, render: Callable[[FontBook], bytes], queue: str, title: str) -> None:
        """Print any sheet; its title in the queue names nobody.

        Raises:
            PlainFault: the queue refuses.
        """
        self._submit(queue, render(self._fonts), title)

    def _submit(self, queue: str, pdf: bytes, title: str) -> None:
        width, height = page_sizes(pdf)[0]
        try:
            self._printer.submit(queue, pdf, title=title, media=MediaSize(width, height))
        except PrinterFault as fault:
            raise PlainFault(fault.sentence) from fault
