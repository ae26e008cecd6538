"""The auditor's page: the trail from the newest entry on, and whether it is whole."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import audit
from onevisit.desk.audit import AuditCheck, AuditRow
from onevisit.desk.exports import export_audit
from onevisit.rules.clocks import local_time
from onevisit.ui._forms.audit import Ui_AuditForm
from onevisit.ui.audit.model import AuditModel
from onevisit.ui.exporting.panel import ExportPanel
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.style import announce, em, set_style
from onevisit.ui.widgets.tables import set_up_table
from onevisit.ui.widgets.work_bar import WorkBar

PAGE = 200
"""Entries read at once."""


class AuditPage(Page):
    """操作记录: read, never changed."""

    key = "audit"
    title = "操作记录"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AuditForm()
        self.ui.setupUi(self)
        self._model = AuditModel()
        self._build_table()
        self.work = WorkBar(self)
        self.exporting = ExportPanel(context, "操作记录", export_audit, self)
        for widget in (self.exporting, self.work):
            self.ui.work.addWidget(widget)
        self._refit = idle_timer(self, lambda: self.ui.code.setFixedWidth(em(self.ui.code, 20)))
        self._refit.start()
        self.ui.code.returnPressed.connect(self.verify)
        self.ui.export_button.clicked.connect(self.exporting.open_panel)
        self.exporting.closed.connect(self.ui.export_button.setFocus)
        self.ui.more.clicked.connect(self.show_older)
        self.ui.verify.clicked.connect(self.verify)
        self.ui.result.hide()
        self.ui.empty.hide()
        self.ui.more.hide()

    def refresh(self) -> None:
        """Read the newest entries anew, and as many older ones as were shown; the selected one stays."""
        wanted = max(PAGE, self._model.rowCount())
        desk = self.context.desk
        self.context.tasks.run(
            lambda: audit.entries(desk, limit=wanted), lambda rows: self._show(rows, wanted), owner=self
        )

    def shows(self) -> frozenset[str]:
        """Everything that is done leaves an entry."""
        return frozenset({"visits", "consultations", "slips", "accounts", "unit", "printers", "trail", "exports"})

    def focus_first(self) -> None:
        """The list."""
        (self.ui.table if self._model.rowCount() else self.ui.verify).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("↑ ↓", "逐条看"),
            KeyHelp("Alt+M", f"再显示更早的 {PAGE} 条"),
            KeyHelp("Alt+C", "填日终单上的校验码，Enter 核对"),
            KeyHelp("Alt+V", "检查记录链是否完整"),
            KeyHelp("Alt+E", "导出"),
        )

    def show_older(self) -> None:
        """Read the entries before the oldest one shown."""
        desk, oldest = self.context.desk, self._model.oldest
        self.context.tasks.run_once(
            self.ui.more, lambda: audit.entries(desk, before_id=oldest, limit=PAGE), self._show_older
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The field of the code follows the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def go_back(self) -> bool:
        """Esc closes the strip of the export."""
        return self.exporting.close_panel()

    def verify(self) -> None:
        """Walk the whole chain, and compare the code that was typed, if there is one."""
        desk, typed = self.context.desk, self.ui.code.text()
        begun = self.work.carry(
            self.context.tasks,
            self.ui.verify,
            lambda progress: audit.verify(desk, typed=typed, progress=progress.step),
            self._on_verified,
            lambda fault: self._say(f"！{fault.sentence}", "fault"),
            what="正在从头到尾检查",
            stopped=lambda: self._say("已停下，没有检查完。", ""),
        )
        if begun:
            self._say("正在从头到尾检查……", "")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        set_up_table(self.ui.table, self._model)

    def _show(self, rows: tuple[AuditRow, ...], wanted: int) -> None:
        kept = self._model.row_at(self.ui.table.currentIndex())
        scrolled = self.ui.table.verticalScrollBar().value()
        self._model.show(rows)
        self.ui.table.setVisible(bool(rows))
        self.ui.empty.setVisible(not rows)
        if rows:
            row = self._model.row_of(kept.id) if kept else 0
            self.ui.table.setCurrentIndex(self._model.index(max(row, 0), 0))
            self.ui.table.verticalScrollBar().setValue(scrolled)
        self._count(more=len(rows) == wanted)

    def _show_older(self, rows: tuple[AuditRow, ...]) -> None:
        self._model.append(rows)
        self._count(more=len(rows) == PAGE)

    def _count(self, *, more: bool) -> None:
        shown, newest = self._model.rowCount(), self._model.row_at(self._model.index(0, 0))
        # entries are numbered without gaps, so entry 1 is the end of the list
        more = more and self._model.oldest != 1
        self.ui.more.setVisible(more)
        total = newest.id if newest else 0
        self.ui.count.setText("" if not shown else f"最新 {shown} 条，共 {total} 条" if more else f"共 {shown} 条")

    def _on_verified(self, check: AuditCheck) -> None:
        at = f"（{local_time(self.context.desk.now()):%H:%M} 检查）"
        mark, tone = ("✓ ", "fine") if check.whole else ("！", "fault")
        self._say(f"{mark}{check.sentence}{at}", tone)
        self.context.changes.say("trail")

    def _say(self, sentence: str, tone: str) -> None:
        set_style(self.ui.result, tone=tone)
        set_style(self.ui.resultText, tone=tone)
        self.ui.resultText.setText(sentence)
        self.ui.result.show()
        announce(self, sentence)
