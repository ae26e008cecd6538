"""The tab 放假安排: which years are decreed and by whom, their days, and the unit's own tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from onevisit.desk import house_days
from onevisit.desk.errors import ChangedElsewhereError
from onevisit.desk.house_days import DecreedBy, YearDays, YearLine
from onevisit.desk.house_text import read_file
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.lists_days import Ui_ListsDays
from onevisit.ui.lists.days_model import BY_COLUMN, WHAT_COLUMN, DaysModel, YearsModel, spans
from onevisit.ui.lists.list_panel import ListPanel
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.widgets.items import TonedCells
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import announce
from onevisit.ui.widgets.tables import set_up_table

_STATES: Final = {
    DecreedBy.UNIT: "这一年照本单位录入的。",
    DecreedBy.LIBRARY: "这一年照程序自带的国务院办公厅放假通知。",
    DecreedBy.NOBODY: "这一年的放假通知还没有录入：落在这一年的期限只算周末，标为暂定。",
}
_TO_DO: Final = {
    DecreedBy.UNIT: "",
    DecreedBy.LIBRARY: "和通知不符时，请在右边改好保存。",
    DecreedBy.NOBODY: "通知公布后请在这里录入。",
}
_TO_TELL: Final = "有不对的，请告诉管理员。"
_TYPED: Final = "请先保存录入的内容，或者放弃改动。"


class DaysPanel(ListPanel):
    """The years on the left; the days of the chosen one, and its lines to be typed, on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsDays()
        ui.setupUi(self)
        all_plain(self)
        self._shown: YearDays | None = None
        self._years, self._days = YearsModel(), DaysModel()
        set_up_table(ui.years, self._years)
        ui.years.horizontalHeader().setStretchLastSection(False)
        ui.years.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        ui.years.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        set_up_table(ui.days, self._days)
        ui.years.setItemDelegateForColumn(BY_COLUMN, TonedCells(ui.years))
        ui.days.setItemDelegateForColumn(WHAT_COLUMN, TonedCells(ui.days))
        self.let_wrap(ui.cardActions, ui.bring, ui.takeOut, ui.remove)
        self.keep_for_editors(ui.textLabel, ui.text, ui.how, ui.bring, ui.undo, ui.save)
        if not self.may_edit:
            ui.middle.setStretchFactor(ui.typing, 0)
        self._connect()
        self.setFocusProxy(ui.years)
        self._say("")
        self._mark()

    def refresh(self) -> None:
        """Read the years anew; the same one stays chosen, and what is typed stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_days.years(desk), self._show_years, owner=self)

    def reread(self) -> None:
        """What is typed stays; it is saved over the newest table next time."""
        desk, year = self.context.desk, self._year()

        def take(found: YearDays) -> None:
            self._show_days(found, keep=self.ui.text.toPlainText())

        if year is not None:
            self.context.tasks.run(lambda: house_days.year_days(desk, year), take, owner=self)
        self.refresh()

    def unsaved(self) -> bool:
        """Whether something was typed."""
        saved = self._shown.text if self._shown else ""
        return self.ui.text.toPlainText().strip() != saved.strip()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the list and of the text."""
        keys = (KeyHelp("↑ ↓", "选一年"), KeyHelp("Alt+E", "导出文件"))
        more = (KeyHelp("Alt+M", "录入"), KeyHelp("Alt+I", "从文件读入"), KeyHelp("Ctrl+Enter", "保存"))
        return (*keys, *more) if self.may_edit else keys

    # -- what the administrator does --------------------------------------------------------------------------------

    def save(self) -> None:
        """Put what is typed in use."""
        shown, desk, typed = self._shown, self.context.desk, self.ui.text.toPlainText()
        if shown is None:
            return
        year, seen = shown.line.year, shown.line.seen
        self.context.tasks.run_once(
            self.ui.save,
            lambda: house_days.save_year(desk, year, typed, seen),
            lambda moved: self._on_changed(f"{year} 年的放假安排已保存，马上生效", moved),
            self._on_refused,
        )

    def import_from(self, path: Path) -> None:
        """Put the text of a file into the field, to be looked at before it is saved."""
        self.context.tasks.run_once(self.ui.bring, lambda: read_file(path), self._on_file, self._on_refused)

    def ask_to_remove(self) -> None:
        """Ask once, then take the unit's own table of this year out."""
        shown = self._shown
        if shown is not None:
            year = shown.line.year
            self.context.messages.confirm(
                f"删去本单位录入的 {year} 年放假安排：以后照程序自带的，程序没有的年份标为暂定；期限会跟着变。",
                "删去",
                lambda: self._remove(shown.line),
            )

    def undo(self) -> None:
        """Show again what is saved."""
        if self._shown is not None:
            self._show_days(self._shown)

    def _remove(self, line: YearLine) -> None:
        desk = self.context.desk
        self.context.tasks.run_once(
            self.ui.remove,
            lambda: house_days.remove_year(desk, line.year, line.seen),
            lambda moved: self._on_changed(f"本单位录入的 {line.year} 年放假安排已删去", moved),
            self._on_refused,
        )

    # -- what comes back --------------------------------------------------------------------------------------------

    def _on_file(self, text: str) -> None:
        self.ui.text.setPlainText(text)
        self._say("")
        self.ui.text.setFocus()
        self.context.messages.attention("文件已读入右边，还没有保存，请核对后按“保存”。")

    def _on_changed(self, sentence: str, moved: int) -> None:
        self._shown = None
        self.ui.text.clear()
        self._say("")
        tail = (
            f"；{moved} 件在办事项的期限因此变了，回执上的日期请告诉来访人。" if moved else "，在办事项的期限没有变。"
        )
        self.say_saved(sentence + tail)
        self.refresh()

    def _on_refused(self, fault: PlainFault) -> None:
        if isinstance(fault, ChangedElsewhereError):
            self.refused(fault)
            return
        self._say(fault.sentence)
        self.ui.text.setFocus()

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui = self.ui
        ui.years.selectionModel().currentChanged.connect(self._on_chosen)
        ui.text.textChanged.connect(self._mark)
        ui.bring.clicked.connect(lambda: self.ask_file("从文件读入放假安排"))
        ui.takeOut.clicked.connect(self._take_out)
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.undo.clicked.connect(self.undo)
        ui.save.clicked.connect(self.save)
        self.save_by_keys(ui.save)

    def _take_out(self) -> None:
        shown = self._shown
        if shown is not None:
            text: Callable[[], str] = lambda: shown.text  # noqa: E731 - typed
            self.take_out(self.ui.takeOut, f"{shown.line.year}年放假安排", "txt", text)

    def _year(self) -> int | None:
        row = self._years.row_at(self.ui.years.currentIndex())
        return row.year if row else None

    def _show_years(self, rows: tuple[YearLine, ...]) -> None:
        now = self.context.desk.now().year
        kept = self._year() or next((one.year for one in rows if one.by is not DecreedBy.NOBODY), now)
        scrolled = self.ui.years.verticalScrollBar().value()
        self.ui.years.selectionModel().blockSignals(True)
        self._years.show(rows)
        self.ui.years.setCurrentIndex(self._years.index(max(self._years.row_of(kept), 0), 0))
        self.ui.years.selectionModel().blockSignals(False)
        self.ui.years.verticalScrollBar().setValue(scrolled)
        self._on_chosen()

    def _on_chosen(self) -> None:
        desk, year = self.context.desk, self._year()
        if year is not None and not self.unsaved():
            self.context.tasks.run(lambda: house_days.year_days(desk, year), self._on_read, owner=self)

    def _on_read(self, found: YearDays) -> None:
        if not self.unsaved():
            self._show_days(found)

    def _show_days(self, found: YearDays, *, keep: str | None = None) -> None:
        self._shown = found
        self._days.show(spans(found.table))
        self.ui.title.setText(f"{found.line.year} 年放假安排")
        by = found.line.by
        self.ui.state.setText(_STATES[by] + (_TO_DO[by] if self.may_edit else _TO_TELL))
        self.ui.text.setPlainText(found.text if keep is None else keep)
        self._say("")
        self._mark()

    def _mark(self) -> None:
        ui, typed, shown = self.ui, self.unsaved(), self._shown
        ui.years.setEnabled(not typed)
        ui.save.setEnabled(typed)
        ui.undo.setEnabled(typed)
        ui.takeOut.setEnabled(shown is not None and bool(shown.text))
        own = shown is not None and shown.line.by is DecreedBy.UNIT
        ui.remove.setVisible(self.may_edit and own)
        self.enable(ui.remove, wanted=own and not typed, why=_TYPED)

    def _say(self, sentence: str) -> None:
        self.ui.fault.setText(sentence)
        self.ui.fault.setVisible(bool(sentence))
        self.ui.text.setAccessibleDescription(sentence)
        announce(self.ui.text, sentence)
