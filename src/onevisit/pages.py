"""Which page there is for whom, and what the pages need from below; one line a page."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onevisit.rules.accounts import Role
from onevisit.rules.faults import PlainFault
from onevisit.ui.page import Context, Page, PageEntry
from onevisit.ui.tasks import Tasks, Told

if TYPE_CHECKING:  # loaded on the worker while somebody logs in
    from onevisit.desk.desk import Desk
    from onevisit.desk.keys import Rekeyed
    from onevisit.devices.printers import Printer
    from onevisit.ui.slip.service import SlipPrinting
    from onevisit.ui.system.look import Look
    from onevisit.ui.system.sheets import HouseSheets

_KEEPERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_DUE = frozenset({Role.CLERK, Role.SUPERVISOR})
_READERS = frozenset({Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR})
_HALL = frozenset({Role.CLERK, Role.LAWYER, Role.SUPERVISOR})
LIBRARIES = (
    "onevisit.desk.house",
    "onevisit.paper.slip",
    "onevisit.devices.choose",
    "onevisit.ui.main_window",
    "onevisit.ui.keeper",
    "onevisit.ui.today.page",
    "onevisit.ui.registration.page",
    "onevisit.ui.route.page",
    "onevisit.ui.slip.page",
    "onevisit.ui.matters.page",
)
"""What the first minutes need, in the order in which they need it."""


@dataclass(frozen=True, slots=True)
class PaperWork:
    """What prints: the slips of visits, and the sheets that no visit stands behind."""

    slips: "SlipPrinting"
    sheets: "HouseSheets"


def paper_work(
    fonts: Path, printer: "Printer | None" = None, prints: Path | None = None, leftovers: Path | None = None
) -> PaperWork:
    """Make what prints.

    Args:
        fonts: the folder of the fonts.
        printer: where sheets go; the print system of this computer unless given.
        prints: a folder that takes PDF files beside that, for practice; real visits never go there.
        leftovers: where to remember the print jobs whose document the print system may still hold.
    """
    # loaded on the worker by now
    from onevisit.devices.choose import system_printer  # noqa: PLC0415
    from onevisit.devices.folder import PdfFolderPrinter  # noqa: PLC0415
    from onevisit.devices.joined import JoinedPrinter  # noqa: PLC0415
    from onevisit.paper.fonts import FontBook  # noqa: PLC0415
    from onevisit.paper.raster import page_images  # noqa: PLC0415
    from onevisit.ui.slip.service import SlipPrinting  # noqa: PLC0415
    from onevisit.ui.system.sheets import HouseSheets  # noqa: PLC0415

    book, printer = FontBook(fonts), printer or system_printer(page_images, leftovers)
    if prints is not None:
        printer = JoinedPrinter(printer, PdfFolderPrinter(prints))
    return PaperWork(SlipPrinting(book, printer), HouseSheets(book, printer))


def page_entries(
    paper: PaperWork, look: "Look", background: Tasks, rekey: "Callable[[Told], Rekeyed]"
) -> tuple[PageEntry, ...]:
    """The pages in the order of the navigation; the one without a key is reached from the others."""

    def slip(context: Context) -> Page:
        from onevisit.ui.slip.page import SlipPage  # noqa: PLC0415 - pages load when they are first shown

        return SlipPage(context, paper.slips)

    def system(context: Context) -> Page:
        from onevisit.ui.system.page import SystemPage  # noqa: PLC0415 - as above
        from onevisit.ui.system.panel import Tools  # noqa: PLC0415 - as above

        return SystemPage(context, Tools(paper.sheets, look, background, rekey))

    def day_close(context: Context) -> Page:
        from onevisit.ui.day_close.closing import DayClosing  # noqa: PLC0415 - as above
        from onevisit.ui.day_close.page import DayClosePage  # noqa: PLC0415 - as above

        return DayClosePage(context, DayClosing(paper.sheets))

    def matters(context: Context) -> Page:
        from onevisit.ui.matters.page import MattersPage  # noqa: PLC0415 - as above

        return MattersPage(context, paper.sheets)

    def route(context: Context) -> Page:
        from onevisit.ui.route.page import RoutePage  # noqa: PLC0415 - as above

        return RoutePage(context, paper.sheets)

    def urgent(context: Context) -> Page:
        from onevisit.ui.urgent.page import UrgentPage  # noqa: PLC0415 - as above

        return UrgentPage(context, paper.sheets)

    def board(context: Context) -> Page:
        from onevisit.ui.board.page import BoardPage  # noqa: PLC0415 - as above

        return BoardPage(context, paper.sheets)

    def enquiry(context: Context) -> Page:
        from onevisit.ui.enquiry.page import EnquiryPage  # noqa: PLC0415 - as above

        return EnquiryPage(context, paper.sheets)

    def figures(context: Context) -> Page:
        from onevisit.exchange.month import export_month  # noqa: PLC0415 - as above
        from onevisit.ui.figures.page import FiguresPage  # noqa: PLC0415 - as above

        return FiguresPage(context, paper.sheets, export_month)

    registration = _page("registration.page", "RegistrationPage")
    consultation = _page("consultation.page", "ConsultationPage")
    return (
        PageEntry("today", "今日", _HALL, _page("today.page", "TodayPage"), "F2", "today"),
        PageEntry("registration", "登记", frozenset({Role.CLERK}), registration, "F3", "registration"),
        PageEntry("consultation", "律师接待", frozenset({Role.LAWYER}), consultation, "F4", "consultation"),
        PageEntry("matters", "事项", _HALL, matters, "F5", "matters"),
        PageEntry("day_close", "日终", frozenset({Role.CLERK, Role.SUPERVISOR}), day_close, "F6", "day_close"),
        PageEntry("retention", "到期清理", _KEEPERS, _page("retention.page", "RetentionPage"), "F7", "retention"),
        PageEntry("audit", "操作记录", frozenset({Role.AUDITOR}), _page("audit.page", "AuditPage"), "F8", "audit"),
        PageEntry("system", "系统", frozenset({Role.ADMINISTRATOR}), system, "F9", "system"),
        PageEntry("board", "期限", _DUE, board, "F10", "board"),
        PageEntry("figures", "统计", _DUE, figures, "F11", "figures"),
        PageEntry("lists", "名录", _READERS, _page("lists.page", "ListsPage"), "F12", "lists"),
        PageEntry("slip", "打印回执", frozenset({Role.CLERK, Role.SUPERVISOR}), slip),
        PageEntry("route", "定去向", frozenset({Role.CLERK, Role.SUPERVISOR}), route),
        PageEntry("enquiry", "查进度", _HALL, enquiry),
        PageEntry("urgent", "紧急报告", frozenset({Role.CLERK, Role.SUPERVISOR}), urgent),
    )


def printing_words(printing: "SlipPrinting", desk: "Desk") -> tuple[str, str]:
    """What the status line says of the slip printer, and in which tone; runs on the worker.

    It is asked at log-in and every minute: the time to see that the print system keeps no sheet longer than it must.
    """
    printing.tidy()
    try:
        queues = printing.queues(desk)
    except PlainFault:
        return "打印系统没有应答", "attention"
    wanted = queues.queue_for("roll80")
    queue = next((one for one in queues.known if one.name == wanted), None)
    if queue is None:
        return "没有打印机", "attention"
    ready = queue.accepting and queue.state.value in ("ready", "printing")
    return f"回执打印机 {queue.state.label}", "" if ready else "attention"


def _page(module: str, name: str) -> Callable[[Context], Page]:
    """Make a page whose module is imported when the page is first shown."""

    def make(context: Context) -> Page:
        made = getattr(importlib.import_module(f"onevisit.ui.{module}"), name)(context)
        assert isinstance(made, Page)  # noqa: S101 - a wrong entry is a bug
        return made

    return make
