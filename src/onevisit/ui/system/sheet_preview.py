"""A sheet before it is printed: its pages as pictures, where it goes to, and one button. It stands in a stack."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk.desk import Desk
from onevisit.devices.printers import QueueInfo
from onevisit.paper.fonts import FontBook
from onevisit.paper.raster import PageImage
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.sheet_preview import Ui_SheetPreviewForm
from onevisit.ui.page import Context
from onevisit.ui.slip.preview import show_pages, show_waiting
from onevisit.ui.system.sheets import HouseSheets, keeps_a_file
from onevisit.ui.widgets.labels import all_plain, explain
from onevisit.ui.widgets.once import on_key

_PAPER = "a4"
_NO_QUEUE = "没有可用的纸质打印机，请先连接打印机；带个人信息的单子不能存成文件。"


@dataclass(frozen=True, slots=True)
class SheetToPrint:
    """One sheet that can be looked at and printed.

    Attributes:
        title: what people call it; it is the title of the print job too and names nobody.
        render: sets it, on the worker; it reads what it shows, so that the sheet is never older than the store.
        printed: writes into the trail that it was printed, on the worker.
        paper: which paper it goes on; the choice of a queue belongs to it.
    """

    title: str
    render: Callable[[FontBook], bytes]
    printed: Callable[[], None]
    paper: str = _PAPER


@dataclass(frozen=True, slots=True)
class _Drawn:
    pages: tuple[PageImage, ...]
    queues: tuple[QueueInfo, ...]
    usual: str


class SheetPreview(QWidget):
    """Shows one sheet and prints it.

    Signals:
        left(): the person is through with it, printed or not.
    """

    left = Signal()

    def __init__(self, context: Context, sheets: HouseSheets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SheetPreviewForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._context, self._sheets = context, sheets
        self._sheet: SheetToPrint | None = None
        self._pages: tuple[PageImage, ...] = ()
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.setInterval(0)
        self._refit.timeout.connect(self._fit)
        self.ui.leave.clicked.connect(self.left)
        self.ui.print.clicked.connect(self._print)
        on_key("Esc", self, self.left.emit, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_sheet(self, sheet: SheetToPrint) -> None:
        """Draw a sheet anew and show it."""
        self._sheet, self._pages = sheet, ()
        self.ui.heading.setText(sheet.title)
        self._allow((), "", "正在准备…")
        show_waiting(self.ui.pages, "正在准备预览…")
        self.ui.leave.setFocus()
        desk, sheets = self._context.desk, self._sheets
        self._context.tasks.run(lambda: _draw(desk, sheets, sheet), self._show, self._failed, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Pages are never wider than the room."""
        super().resizeEvent(event)
        self._refit.start()

    def _show(self, drawn: _Drawn) -> None:
        self._pages = drawn.pages
        self._fit()
        # real data is never left behind as a file in the clear; in practice nobody is real
        fit = tuple(queue for queue in drawn.queues if self._context.desk.practice or not keeps_a_file(queue))
        self._allow(fit, drawn.usual, "" if fit else _NO_QUEUE)
        (self.ui.print if fit else self.ui.leave).setFocus()

    def _fit(self) -> None:
        if self._pages:
            show_pages(self.ui.pages, self._pages, self.ui.scroll.viewport().width())
            self.ui.pages.activate()

    def _allow(self, queues: tuple[QueueInfo, ...], usual: str, why_not: str) -> None:
        self.ui.printer.clear()
        for queue in queues:
            self.ui.printer.addItem(queue.label, queue.name)
        self.ui.printer.setCurrentIndex(max(self.ui.printer.findData(usual), 0) if queues else -1)
        self.ui.print.setEnabled(not why_not)
        explain(self.ui.print, why_not)

    def _print(self) -> None:
        sheet, sheets, queue = self._sheet, self._sheets, self.ui.printer.currentData()
        if sheet is None or not queue:
            return

        def work() -> None:
            sheets.print_sheet(sheet.render, queue, sheet.title)
            sheet.printed()

        self._context.tasks.run_once(self.ui.print, work, lambda _: self._printed(), self._failed)

    def _printed(self) -> None:
        title = self.ui.heading.text()
        self._context.messages.fine(f"{title}已送到“{self.ui.printer.currentText()}”，请取走全部页。")
        self.left.emit()

    def _failed(self, fault: PlainFault) -> None:
        self._context.messages.fault(fault.sentence)
        if not self._pages:
            show_waiting(self.ui.pages, fault.sentence)


def _draw(desk: Desk, sheets: HouseSheets, sheet: SheetToPrint) -> _Drawn:
    """Draw it and ask for the queues; a print system that does not answer keeps nobody from looking."""
    pages = sheets.draw(sheet.render)
    try:
        read = sheets.queues(desk)
    except PlainFault:
        return _Drawn(pages, (), "")
    return _Drawn(pages, read.known, read.queue_for(sheet.paper))
