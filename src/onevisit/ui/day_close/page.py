"""The page of the day's end: what the day was, what is still open with a button to each, and the sheet."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from onevisit.desk import day_close
from onevisit.desk.day_close import DayCloseRow
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import show_day
from onevisit.rules.day_close import DaySheet, OpenItem, OpenKind
from onevisit.ui._forms.day_close import Ui_DayCloseForm
from onevisit.ui.day_close.closing import Closed, DayClosing
from onevisit.ui.day_close.model import ClosesModel
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import all_plain, explain, plain_label
from onevisit.ui.widgets.layouts import clear, idle_timer
from onevisit.ui.widgets.style import em, set_style
from onevisit.ui.widgets.tables import set_up_table
from onevisit.ui.widgets.work_bar import WorkBar

_WEEKDAYS = "一二三四五六日"
_SLIPS = frozenset({OpenKind.NO_SLIP, OpenKind.SLIP_SPOILED, OpenKind.SLIP_OUTDATED})


class DayClosePage(Page):
    """日终: look what is open, back up, freeze the sheet, print it, sign it."""

    key = "day_close"
    title = "日终"

    def __init__(self, context: Context, closing: DayClosing, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._closing = closing
        self._model = ClosesModel()
        self.ui = Ui_DayCloseForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._refit = idle_timer(self, self._hold_figures)
        self.work = WorkBar(self)
        self.ui.work.addWidget(self.work)
        self._build_table()
        self.ui.close_day.clicked.connect(self.close_day)
        self.ui.reprint.clicked.connect(self.reprint)
        self.ui.closes.selectionModel().currentChanged.connect(self._choose)
        self._show_closes(())

    def refresh(self) -> None:
        """Read the day and the closes anew; the selected close stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: day_close.preview(desk), self._show, owner=self)
        self.context.tasks.run(lambda: day_close.closes(desk), self._show_closes, owner=self)

    def shows(self) -> frozenset[str]:
        """Everything of a day."""
        return frozenset({"visits", "consultations", "slips", "backups", "day_close"})

    def focus_first(self) -> None:
        """The button, which Enter presses."""
        self.ui.close_day.setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (KeyHelp("Alt+P", "备份、日终并打印日终单"), KeyHelp("Alt+R", "重新打印选中的日终单"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows follow the type size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "work"):
            self._fit_rows()
            self._refit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrower page breaks lines elsewhere."""
        super().resizeEvent(event)
        self._refit.start()

    # -- what the person does ---------------------------------------------------------------------------------------

    def close_day(self) -> None:
        """Back up, close, print; asked for once, however often it is pressed."""
        desk = self.context.desk
        self.work.carry(
            self.context.tasks,
            self.ui.close_day,
            lambda progress: self._closing.close(desk, progress.step),
            self._on_closed,
            what="正在备份",
            stopped=lambda: self.context.messages.attention("已停下，今天还没有日终。"),
        )

    def reprint(self) -> None:
        """Print the selected sheet again; it is the same to the letter."""
        row, desk = self._model.row_at(self.ui.closes.currentIndex()), self.context.desk
        if row is not None:
            self.context.tasks.run_once(self.ui.reprint, lambda: self._closing.print(desk, row), self._on_printed)

    def _on_closed(self, closed: Closed) -> None:
        sheet, messages = closed.row.sheet, self.context.messages
        done = f"{show_day(sheet.day)}已日终（第 {sheet.edition} 版）"
        open_words = f"，{len(sheet.open_items)} 项待办已写在单上" if sheet.open_items else ""
        if closed.backup_fault:
            messages.attention(f"{done}{open_words}。备份要注意：{closed.backup_fault}{closed.print_fault}")
        elif closed.print_fault:
            messages.attention(f"{done}{open_words}，但没有打印：{closed.print_fault}")
        else:
            messages.fine(f"{done}{open_words}，日终单已送到“{closed.queue}”，请签名存档。")
        self.context.changes.say("backups", "day_close")
        self.refresh()

    def _on_printed(self, queue: str) -> None:
        self.context.messages.fine(f"日终单已送到“{queue}”，内容和原来一样。")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        set_up_table(self.ui.closes, self._model)
        self._fit_rows()

    def _fit_rows(self) -> None:
        line = self.ui.closes.fontMetrics().height()
        self.ui.closes.verticalHeader().setDefaultSectionSize(line + GRID)

    def _show(self, sheet: DaySheet) -> None:
        again = f"　今天已经做过 {sheet.edition - 1} 次，再做是第 {sheet.edition} 版" if sheet.edition > 1 else ""
        self.ui.day.setText(f"{show_day(sheet.day)} 星期{_WEEKDAYS[sheet.day.weekday()]}{again}")
        self._show_figures(sheet)
        self._show_open(sheet)

    def _show_figures(self, sheet: DaySheet) -> None:
        clear(self.ui.figures)
        numbers = sheet.numbers
        lines = (
            *((word, value, "") for word, value in sheet.figures),
            (
                "编号",
                f"{numbers.first[-5:]} 至 {numbers.last[-5:]}，{numbers.words}" if numbers.first else numbers.words,
                "fault" if numbers.gaps else "",
            ),
            ("备份", sheet.backup.sentence, "" if sheet.backup.today else "attention"),
            ("操作记录", f"{sheet.audit_entries} 条", ""),
        )
        for row, (word, value, tone) in enumerate(lines):
            label = plain_label(word, "label", wrap=False)
            self.ui.figures.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self.ui.figures.addWidget(plain_label(value, tone=tone), row, 1)
        self._refit.start()

    def _hold_figures(self) -> None:
        """No figure is squeezed: Qt would cut off the second line of one that wraps."""
        panel = self.ui.figuresPanel
        if (layout := panel.layout()) is not None:
            panel.setMinimumHeight(layout.totalHeightForWidth(panel.width()))

    def _show_open(self, sheet: DaySheet) -> None:
        items = sheet.open_items
        self.ui.openHead.setText(f"待办 {len(items)} 项" if items else "待办")
        set_style(self.ui.openHead, tone="attention" if items else "")
        clear(self.ui.openItems)
        if not items:
            self.ui.openItems.addWidget(plain_label("✓ 没有待办的事，可以日终。", tone="fine"))
        rows = [self._open_row(item, item.words_on(sheet.day)) for item in items]
        for row, _ in rows:
            self.ui.openItems.addLayout(row)
        self.ui.openItems.addStretch(1)
        buttons = [button for _, button in rows if button is not None]
        set_tab_order((self.ui.openScroll, *buttons, self.ui.closes, self.ui.reprint))

    def _open_row(self, item: OpenItem, words: str) -> tuple[QHBoxLayout, QPushButton | None]:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(plain_label(words), 1)
        word, go = self._way(item)
        if go is None:
            row.addWidget(plain_label(word, "hint", wrap=False))
            return row, None
        button = QPushButton(word, self)
        button.setMinimumWidth(em(button, 6))
        button.setAccessibleName(f"{word}：{item.words}")
        button.clicked.connect(go)
        row.addWidget(button)
        return row, button

    def _way(self, item: OpenItem) -> tuple[str, Callable[[], None] | None]:
        """The word on the button of an open thing, and where it leads; no way where nobody here can mend it."""
        go = self.context.navigator
        if item.kind in _SLIPS:
            return "打印回执", lambda: go.print_slip(item.visit_id)
        if item.kind is OpenKind.SLIP_PENDING:
            return "去确认", lambda: go.print_slip(item.visit_id)
        if item.kind is OpenKind.DRAFTS:
            may = self.context.desk.may(Permission.REGISTER)
            return ("去登记页", lambda: go.show_page("registration")) if may else ("请窗口员处理", None)
        if item.kind is OpenKind.NO_BACKUP:
            return "日终时自动备份", None
        return "打开事项", lambda: go.open_matter(item.matter_id)

    def _show_closes(self, rows: tuple[DayCloseRow, ...]) -> None:
        kept = self._model.row_at(self.ui.closes.currentIndex())
        self._model.show(rows)
        for widget in (self.ui.closes, self.ui.closesTitle, self.ui.reprint):
            widget.setVisible(bool(rows))
        if rows:
            place = self._model.row_of(kept.id) if kept else 0
            self.ui.closes.setCurrentIndex(self._model.index(max(place, 0), 0))
        self._choose()

    def _choose(self) -> None:
        chosen = self.ui.closes.currentIndex().isValid()
        self.ui.reprint.setEnabled(chosen)
        explain(self.ui.reprint, "" if chosen else "还没有做过日终；做过以后在这里选一张。")
