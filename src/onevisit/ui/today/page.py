"""The page of the day: figures, the visits, and what is left to do for each."""

from datetime import date

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from onevisit.desk import consult, leaving, lookup
from onevisit.desk.exports import export_visits
from onevisit.desk.lookup import Today, VisitRow
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import show_day
from onevisit.ui._forms.today import Ui_TodayForm
from onevisit.ui.after_visit.evaluation import ask_visitor
from onevisit.ui.exporting.panel import ExportPanel
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.theme import GRID
from onevisit.ui.today.figures import FigureRow
from onevisit.ui.today.model import COLUMNS, LAST, LAST_SPARE, SORT_ROLE, STRETCHED, VisitModel, who
from onevisit.ui.today.todo_panel import TodoPanel
from onevisit.ui.widgets.items import TonedCells
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import all_plain, explain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import em

_WEEKDAYS = "一二三四五六日"
_NARROWEST_TITLE = 14
"""Chinese characters of the matter's title that must stay in sight before lesser columns are left out."""
_SHORTEST_TITLE = 9
"""Chinese characters of it below which the columns that are left take no more than they must."""
_LEAST_TITLE = 4
_AIR = 3 * GRID
"""What a column needs beside its words."""
_SIDE, _SIDE_AT_MOST = 17, 0.27
"""Chinese characters of the list at the side, and the part of the page that it takes at most."""
_MINUTE_MS = 60_000
_NOTHING_CHOSEN = "请先在表里选一行。"
_CONFIDENTIAL = "这是保密事项，登记后只有负责人能打开；回执可以在这里打印。"
_LEFT = "来访人已经离开；还在大厅的，先按“还没离开”。"
_SENT = {
    "waiting": "已经转过律师，正在等候。",
    "opened": "律师正在接待这位来访人。",
    "signed": "律师已经签发了意见。",
}


class TodayPage(Page):
    """今日: who is here, who waits for the lawyer, whose slip is still to be printed."""

    key = "today"
    title = "今日"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_TodayForm()
        self.ui.setupUi(self)
        self._figures = FigureRow(self.ui.figures)
        self._model = VisitModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        all_plain(self)
        self._build_table()
        self.todo = TodoPanel(self.ui, context, self)
        self._refit = idle_timer(self, self._fit)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        self._awaits_rows = False
        self._day: date | None = None
        self._connect()
        self._show_whether_empty(rows=False, known=False)
        self._choose()

    def refresh(self) -> None:
        """Read the day anew; the same visit stays selected and in sight. What else is due is read after it."""
        self._read_day()
        self.todo.read()

    def shows(self) -> frozenset[str]:
        """Visits, advice and slips all stand in the rows; promises and clocks beside them."""
        return frozenset({"visits", "consultations", "slips", "matters"})

    def focus_first(self) -> None:
        """The list, where arrows work at once; the button for the first visitor on an empty day."""
        self._awaits_rows = not self._model.rowCount()
        (self.ui.register if self._awaits_rows else self.ui.table).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        keys = [KeyHelp("↑ ↓", "选一行"), KeyHelp("Enter", "打开选中的事项；在“要办的事”里，去办那一件")]
        keys += [KeyHelp("Alt+G", "定去向")] if self.context.desk.may(Permission.ROUTE) else []
        keys += [KeyHelp("Alt+L", "转律师"), KeyHelp("Alt+D", "记下已离开")] if self._may_register else []
        keys += [KeyHelp("Alt+V", "请来访人在屏幕上评价")] if self._may_follow_up else []
        keys += [KeyHelp("Alt+P", "打印回执")] if self._may_print else []
        keys += [KeyHelp("Alt+E", "导出清单")] if self.context.desk.may(Permission.EXPORT) else []
        return tuple(keys)

    def go_back(self) -> bool:
        """Esc closes the strip of the export."""
        return self.exporting.close_panel()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows and columns follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lesser columns give way where there is little room."""
        super().resizeEvent(event)
        self._fit()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        table = self.ui.table
        table.setModel(self._sorted)
        table.setItemDelegate(TonedCells(table))
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(STRETCHED, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)

    def _connect(self) -> None:
        desk = self.context.desk
        self._may_register, self._may_print = desk.may(Permission.REGISTER), desk.may(Permission.PRINT_SLIP)
        self._may_follow_up = desk.may(Permission.FOLLOW_UP)
        self.ui.register.clicked.connect(self.register_visitor)
        self.ui.register.setVisible(self._may_register)
        self.exporting = ExportPanel(self.context, "来访清单", export_visits, self)
        self.ui.exportPlace.addWidget(self.exporting)
        self.ui.export_list.setVisible(desk.may(Permission.EXPORT))
        self.ui.export_list.clicked.connect(self.exporting.open_panel)
        self.exporting.closed.connect(self.focus_first)
        set_tab_order((self.ui.register, *self.exporting.stops(), self.ui.table))
        self.ui.lawyer.setVisible(self._may_register)
        self.ui.leave.setVisible(self._may_register)
        self.ui.evaluate.setVisible(self._may_follow_up)
        self.ui.print.setVisible(self._may_print)
        self.ui.route.setVisible(desk.may(Permission.ROUTE))
        self.ui.route.clicked.connect(self.route_selected)
        self.ui.open.clicked.connect(self.open_selected)
        self.ui.lawyer.clicked.connect(self.send_selected_to_lawyer)
        self.ui.print.clicked.connect(self.print_selected)
        self.ui.leave.clicked.connect(self.let_selected_leave)
        self.ui.evaluate.clicked.connect(self.ask_selected)
        self.todo.visit_wanted.connect(self._show_visit)
        self.ui.table.doubleClicked.connect(self.open_selected)
        self.ui.table.selectionModel().currentChanged.connect(self._choose)
        for keys in ("Return", "Enter"):
            on_key(keys, self.ui.table, self.open_selected, Qt.ShortcutContext.WidgetShortcut)

    # -- what the person does ---------------------------------------------------------------------------------------

    def selected(self) -> VisitRow | None:
        """The visit of the selected row."""
        index = self.ui.table.currentIndex()
        return self._model.row_at(self._sorted.mapToSource(index)) if index.isValid() else None

    def select_visit(self, visit_id: int) -> bool:
        """Select the row of a visit; False if it is not in the list."""
        row = self._model.row_of(visit_id)
        if row >= 0:
            self.ui.table.setCurrentIndex(self._sorted.mapFromSource(self._model.index(row, 0)))
        return row >= 0

    def register_visitor(self) -> None:
        """Begin a registration."""
        self.context.navigator.register_new()

    def open_selected(self) -> None:
        """Open the matter of the selected visit."""
        row = self.selected()
        if row is not None and self._may_open(row):
            self.context.navigator.open_matter(row.matter_id)

    def print_selected(self) -> None:
        """Preview and print the slip of the selected visit."""
        if (row := self.selected()) is not None:
            self.context.navigator.print_slip(row.visit_id)

    def route_selected(self) -> None:
        """Decide which way the matter of the selected visit takes, or see which it took."""
        if (row := self.selected()) is not None:
            self.context.navigator.open_route(row.visit_id)

    def send_selected_to_lawyer(self) -> None:
        """Put the selected visit on the lawyer's waiting list."""
        row = self.selected()
        if row is None or _why_not_sent(row):
            return
        self.context.tasks.run_once(
            self.ui.lawyer, lambda: consult.send_to_lawyer(self.context.desk, row.visit_id), self._on_sent
        )

    def let_selected_leave(self) -> None:
        """Write down that the selected visitor has left; a second time takes that back."""
        row = self.selected()
        if row is None:
            return
        desk, does = self.context.desk, leaving.leave if row.left_at is None else leaving.come_back
        done = f"{row.queue_no:03d} 号已离开。" if row.left_at is None else f"{row.queue_no:03d} 号还在大厅。"
        self.context.tasks.run_once(self.ui.leave, lambda: does(desk, row.visit_id), lambda _: self._on_left(done))

    def ask_selected(self) -> None:
        """Let the selected visitor answer on the screen of their own."""
        row = self.selected()
        if row is not None:
            ask_visitor(self.context, self.ui.evaluate, row.visit_id, self)

    def _on_left(self, done: str) -> None:
        self.context.messages.fine(done)
        self.context.changes.say("visits")

    def _show_visit(self, visit_id: int) -> None:
        if self.select_visit(visit_id):
            self.ui.table.setFocus()

    def _on_sent(self, _: None) -> None:
        self.context.messages.fine("已转律师，请来访人稍候。")
        self.context.changes.say("visits", "consultations")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _on_minute(self) -> None:
        """Waiting is told in minutes, so it is read anew each minute while somebody looks at it.

        After midnight other things are due as well.
        """
        if self.isVisible():
            self._read_day()

    def _read_day(self) -> None:
        self.context.tasks.run(lambda: lookup.today(self.context.desk), self._show, owner=self)

    def _show(self, today: Today) -> None:
        kept, waited = self.selected(), self._awaits_rows and (self.ui.register.hasFocus() or not self._may_register)
        self._awaits_rows = False
        down, across = self.ui.table.verticalScrollBar().value(), self.ui.table.horizontalScrollBar().value()
        if self._day not in {None, today.day}:
            self.todo.read()
        self._day = today.day
        self._model.show(today.rows)
        self.ui.day.setText(f"{show_day(today.day)} 星期{_WEEKDAYS[today.day.weekday()]}")
        self._figures.show(today.figures)
        self._show_whether_empty(rows=bool(today.rows), known=True)
        self.todo.show_visits(today.rows)
        self._fit()
        if today.rows:
            if kept is None or not self.select_visit(kept.visit_id):
                self.ui.table.setCurrentIndex(self._sorted.index(0, 0))
            self.ui.table.verticalScrollBar().setValue(down)
            self.ui.table.horizontalScrollBar().setValue(across)
            if waited:  # the cursor rested on the button, or nowhere, only while the rows were on their way
                self.ui.table.setFocus()
        self._choose()

    def _show_whether_empty(self, *, rows: bool, known: bool) -> None:
        begin = "有人来时按 F3 开始登记；也可以先按 Ctrl+K，查一查以前来过没有。"
        wait = "窗口登记后，来访会自动出现在这里。"
        if known:
            self.ui.empty.setText("今天还没有来访。\n" + (begin if self._may_register else wait))
        self.ui.empty.setVisible(not rows)
        for widget in (self.ui.table, self.ui.figuresPanel, self.ui.actionsBar):
            widget.setVisible(rows)

    def _fit(self) -> None:
        """The list at the side never takes more than a part of the page; the table has the rest."""
        self.ui.todoPanel.setFixedWidth(min(em(self.ui.todo, _SIDE), round(self.width() * _SIDE_AT_MOST)))
        self._fit_table()

    def _fit_table(self) -> None:
        """Give each column what it needs, the title what is left; where that is little, lesser columns are left out."""
        table = self.ui.table
        line = table.fontMetrics().height()
        table.verticalHeader().setDefaultSectionSize(line + 2 * GRID)
        wants = {place: self._wanted(place) for place in range(len(COLUMNS)) if place != STRETCHED}
        side = self.ui.todoPanel.width() + self.ui.main.spacing()
        room = self.width() - 2 * 2 * GRID - side - table.verticalScrollBar().sizeHint().width() - 4
        left = room - sum(wants.values())
        for place in sorted(wants, key=lambda place: COLUMNS[place].spare or len(COLUMNS)):
            hidden = 0 < COLUMNS[place].spare < LAST_SPARE and left < em(table, _NARROWEST_TITLE)
            left += wants[place] if hidden else 0
            table.setColumnHidden(place, hidden)
        for place, wanted in wants.items():
            least = em(table, COLUMNS[place].least) + _AIR if COLUMNS[place].least else wanted
            given = max(0, min(wanted - least, em(table, _SHORTEST_TITLE) - left))
            left += given
            table.setColumnWidth(place, wanted - given)
        table.setColumnHidden(LAST, left < em(table, _LEAST_TITLE))

    def _wanted(self, place: int) -> int:
        table = self.ui.table
        metrics = table.fontMetrics()
        texts = [str(self._model.index(row, place).data()) for row in range(self._model.rowCount())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        sorted_heading = metrics.horizontalAdvance(COLUMNS[place].heading) + 2 * GRID
        return max(min(widest, em(table, COLUMNS[place].widest)), sorted_heading) + _AIR

    def _may_open(self, row: VisitRow) -> bool:
        return not row.confidential or self.context.desk.may(Permission.SEE_CONFIDENTIAL)

    def _choose(self) -> None:
        """Only what can be done with the selected visit is on; what cannot says why."""
        row = self.selected()
        self.ui.chosen.setText("" if row is None else f"{row.queue_no:03d} 号　{who(row)}")
        nothing = "" if row is not None else _NOTHING_CHOSEN
        sent = "" if row is None else _why_not_sent(row)
        _allow(self.ui.open, nothing or ("" if row is None or self._may_open(row) else _CONFIDENTIAL))
        _allow(self.ui.print, nothing)
        _allow(self.ui.route, nothing)
        _allow(self.ui.lawyer, nothing or sent)
        _allow(self.ui.leave, nothing)
        _allow(self.ui.evaluate, nothing)
        self.ui.leave.setText("还没离开(&D)" if row is not None and row.left_at is not None else "已离开(&D)")


def _why_not_sent(row: VisitRow) -> str:
    """Why a visit cannot be put on the lawyer's list now; empty where it can."""
    gone = row.left_at is not None and row.lawyer_state in {"", "waiting"}
    return _LEFT if gone else _SENT.get(row.lawyer_state, "")


def _allow(button: QPushButton, why_not: str) -> None:
    button.setEnabled(not why_not)
    explain(button, why_not)
