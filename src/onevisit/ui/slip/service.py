"""From a saved visit to a sheet in a print queue: the one place where desk, paper and printer meet.

Everything here runs on the worker; nothing here knows a widget.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from onevisit.desk import issue, unit
from onevisit.desk.desk import Desk
from onevisit.devices.printers import MediaSize, Printer, PrinterFault, Problem, QueueInfo
from onevisit.paper import slip
from onevisit.paper.fonts import FontBook, FontFault
from onevisit.paper.profiles import PaperProfile
from onevisit.paper.raster import PageImage, page_images, page_sizes
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.faults import PlainFault

PREVIEW_DPI = 144.0
"""Twice the usual screen: sharp at 150 % scale too."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next sheet will look like.

    Attributes:
        visit_no: as printed.
        reprint_no: n when the next sheet would be 补打 第 n 次, else 0.
        edition: above 1 when the content changed since an earlier slip of this visit.
        pages: the pages as pixels at ``PREVIEW_DPI``.
        missing: the characters that no font can draw; they would print as 〓.
        copies: the sheets sent to a printer so far, oldest first.
    """

    visit_no: str
    reprint_no: int
    edition: int
    pages: tuple[PageImage, ...]
    missing: tuple[str, ...]
    copies: tuple[issue.CopyRow, ...]

    @property
    def unanswered(self) -> issue.CopyRow | None:
        """The latest sheet, if nobody has said yet what became of it."""
        last = self.copies[-1] if self.copies else None
        return last if last is not None and last.outcome is PaperOutcome.PENDING else None


@dataclass(frozen=True, slots=True)
class Queues:
    """The print queues of this machine and which of them each paper goes to."""

    known: tuple[QueueInfo, ...]
    choices: dict[str, str]

    def queue_for(self, paper: str) -> str:
        """The queue that was chosen for ``paper``, else the system's usual one, else the first, else none."""
        names = [queue.name for queue in self.known]
        chosen = self.choices.get(paper, "")
        if chosen in names:
            return chosen
        usual = [queue.name for queue in self.known if queue.is_default]
        return (usual or names or [""])[0]


class SlipPrinting:
    """Previews and prints slips; made once by the composition root.

    Args:
        fonts: the fonts of every page.
        printer: where sheets go.
    """

    def __init__(self, fonts: FontBook, printer: Printer) -> None:
        self._fonts = fonts
        self._printer = printer

    def queues(self, desk: Desk) -> Queues:
        """Ask the system for its queues and the store for the choices.

        Raises:
            PlainFault: the print system does not answer.
        """
        try:
            return Queues(self._printer.queues(), unit.printer_choices(desk))
        except PrinterFault as fault:
            raise PlainFault(fault.sentence) from fault

    def preview(self, desk: Desk, visit_id: int, profile: PaperProfile) -> Preview:
        """Draw the next sheet without taking a number."""
        data, mark = issue.preview(desk, visit_id)
        pdf = slip.render(data, mark, profile, self._fonts)
        return Preview(
            visit_no=data.visit_no,
            reprint_no=mark.reprint_no,
            edition=data.edition,
            pages=page_images(pdf, PREVIEW_DPI),
            missing=self._fonts.missing("".join(slip.slip_texts(data))),
            copies=issue.copies(desk, visit_id),
        )

    def print(self, desk: Desk, visit_id: int, profile: PaperProfile, queue: str) -> issue.IssuedCopy:
        """Take a copy number, draw the sheet and hand it to ``queue``; remember the queue for this paper.

        Raises:
            PlainFault: a font is damaged, or the queue is missing, stopped or refuses; the sheet is recorded as
                refused. Where the print system did not answer in time, it may have come out and stays 待确认.
        """
        sheet = issue.issue(desk, visit_id, paper=profile.key, queue=queue)
        try:
            pdf = slip.render(sheet.data, sheet.mark, profile, self._fonts)
            self._printer.submit(queue, pdf, title=sheet.data.visit_no, media=_media(pdf))
        except PrinterFault as fault:
            if fault.problem is not Problem.TIMED_OUT:
                issue.record_outcome(desk, sheet.copy_id, PaperOutcome.REFUSED)
            raise PlainFault(fault.sentence) from fault
        except FontFault:
            issue.record_outcome(desk, sheet.copy_id, PaperOutcome.REFUSED)
            raise
        issue.record_outcome(desk, sheet.copy_id, PaperOutcome.PENDING, pdf_digest=hashlib.sha256(pdf).digest())
        return sheet

    def record(self, desk: Desk, copy_id: int, outcome: PaperOutcome) -> None:
        """Record what the clerk saw of a sheet; what the print system still holds of it goes away."""
        issue.record_outcome(desk, copy_id, outcome)
        self.tidy()

    def tidy(self) -> None:
        """Let the print system keep nothing of sheets that are over; what it cannot do now waits for the next time."""
        with suppress(PrinterFault):
            self._printer.tidy()

    def remember(self, desk: Desk, paper: str, queue: str) -> None:
        """Keep the choice of a queue for a paper."""
        unit.choose_printer(desk, paper, queue)


def _media(pdf: bytes) -> MediaSize:
    """The paper of a job: one size for all its pages, so the longest page of a roll decides."""
    width, height = max(page_sizes(pdf), key=lambda size: size[1])
    return MediaSize(width, height)
