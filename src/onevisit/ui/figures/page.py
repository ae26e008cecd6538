"""The page of figures: a span, filters, large numbers and charts, each with its rows, and the month's sheet."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from onevisit.desk.desk import Desk
from onevisit.desk.exports import ExportedFile
from onevisit.desk.figures import figures, record_printed, report
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.figure_facts import Filters, Span
from onevisit.rules.figure_parts import narrowed
from onevisit.rules.figures import FigureKey, Figures
from onevisit.rules.progress import Progress
from onevisit.rules.trail import ExportReason
from onevisit.ui._forms.figures import Ui_FiguresForm
from onevisit.ui.exporting.panel import ExportPanel
from onevisit.ui.figures.behind import Asked, BehindView
from onevisit.ui.figures.board import FiguresBoard
from onevisit.ui.figures.choosing import Choosing
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.work_bar import WorkBar

_PAPER = "a4"
_BELOW_THE_DAYS = 2
"""Where the strip of the export has room for one more question."""

_NO_PRINTER = "没有打印机，请接好打印机后再按“打印月报”。"

Workbook = Callable[[Desk, Span, Filters, ExportReason, bool, Progress], ExportedFile]
"""Makes the workbook of a span: with the visits, where the flag says so. ``exchange.month.export_month``."""


class FiguresPage(Page):
    """统计: look, open what is behind a number, print the month."""

    key = "figures"
    title = "统计"

    def __init__(
        self, context: Context, sheets: HouseSheets, workbook: Workbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._sheets, self._workbook = sheets, workbook
        self.ui = Ui_FiguresForm()
        self.ui.setupUi(self)
        self.board = FiguresBoard(self)
        self.ui.board.setWidget(self.board)
        self.choosing = Choosing(self.ui, self)
        self.behind = BehindView(context, self.ui, self)
        self.work = WorkBar(self)
        self._counted: Figures | None = None
        self._counted_of = Filters()
        self._pending = self._printing = False
        self._came_from: QWidget | None = None
        self._build_export()
        all_plain(self)
        self._refit = idle_timer(self, self._fit)
        self._connect()
        self._fit()

    def refresh(self) -> None:
        """Count anew; the rows that are shown stay, and so does the selected one."""
        self.choosing.begin(local_day(self.context.desk.now()))
        self._count()

    def shows(self) -> frozenset[str]:
        """Everything that is counted, and by what."""
        return frozenset({"visits", "consultations", "matters", "policy", "retention"})

    def focus_first(self) -> None:
        """The span, or the rows if they are in sight."""
        (self.ui.table if self._behind_shown else self.choosing.spans).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("← →", "换一段时间；在图上换一根条"),
            KeyHelp("Enter", "看这个数背后的名单；在名单里打开事项"),
            KeyHelp("↑ ↓ ← →", "在比率表里换一个数"),
            KeyHelp("Esc", "从名单回到数字"),
            KeyHelp("Alt+P", "打印月报"),
            KeyHelp("Alt+E", "导出工作簿"),
            KeyHelp("Alt+A", "不筛选"),
        )

    def go_back(self) -> bool:
        """Esc closes the strip of the export, then the rows."""
        return self._close_export() or self._leave_rows()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fields and rows follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    # -- counting ---------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        """Count what is chosen; what is being counted for another choice is stopped first."""
        desk, span, filters = self.context.desk, self.choosing.span(), self.choosing.filters()
        if span.faults():
            return
        begun = self.work.carry(
            self.context.tasks,
            self.ui.print,
            lambda progress: figures(desk, span, filters, progress.step),
            lambda counted: self._show(counted, filters),
            self._failed,
            what="正在统计",
            stopped=self._stopped,
        )
        if begun:
            self.ui.said.setText(f"{span.words}　正在统计……")
            return
        self._pending = True
        if not self._printing:
            self.work.halt.click()

    def _stopped(self) -> None:
        if not self._again():
            self.ui.said.setText("已停下，下面的数字不是这一段的；换一段时间或筛选再统计。")

    def _failed(self, fault: PlainFault) -> None:
        if not self._again():
            self.ui.said.setText("没有统计成功，下面的数字不是这一段的。")
            self.context.messages.failed(fault)

    def _again(self) -> bool:
        """Count once more if something else was chosen meanwhile."""
        pending, self._pending = self._pending, False
        if pending:
            self._count()
        return pending

    def _show(self, counted: Figures, filters: Filters) -> None:
        if self._again():
            return
        self._counted, self._counted_of = counted, filters
        self.board.show_figures(counted)
        if not self.choosing.filters().organ:
            self.choosing.offer_organs([one.part for one in counted.slices[FigureKey.ORGANS]])
        self.ui.said.setText(_said(counted.span, counted.counted.today))
        asked = self.behind.asked
        if self._behind_shown and asked is not None:
            self.behind.refresh(self._asked(counted, asked.key, asked.part, asked.within), counted)

    # -- the rows behind --------------------------------------------------------------------------------------------

    @property
    def _behind_shown(self) -> bool:
        return self.ui.stack.currentWidget() is self.ui.behind

    def open_rows(self, key: FigureKey, part: str, within: tuple[FigureKey, str] | None = None) -> None:
        """Show the rows of a figure, or of a part of it; within one class, unit, month … if one is given."""
        if self._counted is None:
            return
        self._came_from = self.board.focusWidget()
        self.ui.stack.setCurrentWidget(self.ui.behind)
        self.behind.open(self._asked(self._counted, key, part, within))
        self.behind.say_how(self._counted)

    def _asked(self, counted: Figures, key: FigureKey, part: str, within: tuple[FigureKey, str] | None) -> Asked:
        """What is behind the numbers in sight, whatever was chosen since they were counted."""
        span, filters = counted.span, self._counted_of
        met = narrowed(*within, span, filters) if within is not None else None
        # of a month that the days no longer meet everything is shown
        return Asked(key, part, *met, within) if met is not None else Asked(key, part, span, filters)

    def _leave_rows(self) -> bool:
        if not self._behind_shown:
            return False
        self.ui.stack.setCurrentWidget(self.ui.board)
        (self._came_from or self.choosing.spans).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- paper and files --------------------------------------------------------------------------------------------

    def print_month(self) -> None:
        """Print the sheet of the span that is chosen."""
        desk, sheets, span, filters = self.context.desk, self._sheets, self.choosing.span(), self.choosing.filters()

        def work(progress: Progress) -> str:
            queues = sheets.queues(desk)
            name = queues.queue_for(_PAPER)
            if not name:
                raise PlainFault(_NO_PRINTER)
            sheets.print_month(report(desk, span, filters, progress), name)
            record_printed(desk, span)
            return next(queue.label for queue in queues.known if queue.name == name)

        self._printing = self.work.carry(
            self.context.tasks,
            self.ui.print,
            lambda progress: work(progress.step),
            lambda queue: self._printed("fine", f"{span.words}的统计表已送到“{queue}”。"),
            lambda fault: self._printed("attention", fault.sentence),
            what="正在统计",
            stopped=lambda: self._printed("attention", "已停下，没有打印。"),
        )

    def _printed(self, tone: str, sentence: str) -> None:
        """Say what became of the sheet, and count what was chosen meanwhile."""
        self._printing = False
        say = self.context.messages.fine if tone == "fine" else self.context.messages.attention
        say(sentence)
        self._again()

    def open_export(self) -> None:
        """Ask for the reason and the place of the workbook; its days are those that are counted."""
        span = self.choosing.span()
        self._exported = self.choosing.filters()
        self.exporting.open_panel()
        for edit, day in ((self.exporting.first, span.first), (self.exporting.last, span.last)):
            edit.setDate(QDate(day.year, day.month, day.day))
        self.with_visits.setVisible(self._may_export)

    def _build_export(self) -> None:
        self._may_export = self.context.desk.may(Permission.EXPORT)
        self._exported = Filters()
        self.with_visits = QCheckBox("连同来访清单（证件号已遮盖）(&L)", self)
        self.with_visits.hide()
        self.exporting = ExportPanel(self.context, "统计工作簿", self._export, self)
        form = self.exporting.layout()
        if isinstance(form, QVBoxLayout):
            form.insertWidget(_BELOW_THE_DAYS, self.with_visits)
        for widget in (self.exporting, self.work):
            self.ui.work.addWidget(widget)

    def _export(self, desk: Desk, first: date, last: date, reason: ExportReason, progress: Progress) -> ExportedFile:
        rows = self._may_export and self.with_visits.isChecked()
        return self._workbook(desk, Span(first, last), self._exported, reason, rows, progress)

    def _close_export(self) -> bool:
        return self.exporting.close_panel()

    def _on_export_closed(self) -> None:
        self.with_visits.hide()
        self.ui.export_book.setFocus()

    # -- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.choosing.changed.connect(self._count)
        self.board.opened.connect(self.open_rows)
        self.behind.left.connect(self._leave_rows)
        self.ui.print.clicked.connect(self.print_month)
        self.ui.export_book.clicked.connect(self.open_export)
        self.exporting.closed.connect(self._on_export_closed)
        set_tab_order((self.ui.export_book, self.ui.print, *self.choosing.stops(), *self.board.stops()))

    def _fit(self) -> None:
        self.choosing.fit()
        self.behind.fit()


def _said(span: Span, today: date) -> str:
    unfinished = "（还没过完）" if today in span and span.last != today else ""
    return f"{span.words}{unfinished}"
