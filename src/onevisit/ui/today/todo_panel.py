"""The list at the side of the day: each line is one click, or Enter, away from the thing itself."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from onevisit.desk.day_due import DayDue, day_due
from onevisit.desk.lookup import VisitRow
from onevisit.rules.accounts import Permission
from onevisit.ui._forms.today import Ui_TodayForm
from onevisit.ui.page import Context
from onevisit.ui.tasks import Task
from onevisit.ui.today.todo import TodoKind, TodoModel, TodoRow, todo_rows
from onevisit.ui.widgets.items import TwoLines
from onevisit.ui.widgets.once import on_key

_EMPTY = (
    "现在没有要办的事。\n\n这里会列出：没有报告完的紧急事项、等律师的来访人、"
    "今天到期和过期的承诺、三天内到期和刚超期的期限。"
)
_EMPTY_LAWYER = "现在没有人等律师。\n\n转到律师的来访人会列在这里。"


class TodoPanel(QObject):
    """Urgent reports, who waits for the lawyer, promises and clocks.

    Signals:
        visit_wanted(int): a visit whose matter this person may not open is to be shown in the table.
    """

    visit_wanted = Signal(int)

    def __init__(self, ui: Ui_TodayForm, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._may = context.desk.may(Permission.SEE_DUE)
        self._visits: tuple[VisitRow, ...] = ()
        self._due: DayDue | None = None
        self._reading: Task | None = None
        self.view, self._heading, self._empty, self._more = ui.todo, ui.todoHeading, ui.todoEmpty, ui.todoMore
        self._unread = ui.todoUnread
        self.model = TodoModel()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLines(self.view))
        self.view.clicked.connect(self.go)
        for keys in ("Return", "Enter"):
            on_key(keys, self.view, self.go, Qt.ShortcutContext.WidgetShortcut)
        self._empty.setText(_EMPTY if self._may else _EMPTY_LAWYER)
        self._show()

    def read(self) -> None:
        """Read what is due; the table of the day is read before it, and shows first."""
        if not self._may:
            return
        if self._reading is not None:
            self._reading.cancel()
        desk = self._context.desk
        self._reading = self._context.tasks.run(lambda: day_due(desk), self._on_due, owner=self)

    def show_visits(self, visits: tuple[VisitRow, ...]) -> None:
        """Show who waits, of these visits."""
        self._visits = visits
        self._show()

    def go(self) -> None:
        """Go to where the chosen thing is done."""
        row = self.model.row_at(self.view.currentIndex())
        if row is None:
            return
        if row.kind is TodoKind.WAITING:
            self._go_to_visitor(row)
        else:
            self._context.navigator.open_matter(row.matter_id, row.section)

    def _go_to_visitor(self, row: TodoRow) -> None:
        desk, navigator = self._context.desk, self._context.navigator
        visit = next((one for one in self._visits if one.visit_id == row.visit_id), None)
        secret = visit is not None and visit.confidential and not desk.may(Permission.SEE_CONFIDENTIAL)
        if desk.may(Permission.CONSULT):
            navigator.open_consultation(row.visit_id)
        elif secret:
            self.visit_wanted.emit(row.visit_id)
        else:
            navigator.open_matter(row.matter_id)

    def _on_due(self, due: DayDue) -> None:
        self._reading = None
        self._due = due
        self._show()

    def _show(self) -> None:
        kept = self.model.row_at(self.view.currentIndex())
        scrolled = self.view.verticalScrollBar().value()
        rows = todo_rows(self._visits, self._due, self._context.desk.now())
        self.model.show(rows)
        place = self.model.row_of(self.model.key_of(kept)) if kept is not None else -1
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place, 0))
        self.view.verticalScrollBar().setValue(scrolled)
        self._heading.setText(f"要办的事　{len(rows)} 件" if rows else "要办的事")
        self.view.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._more.setVisible(self._due is not None and self._due.more)
        held = self._due.unread if self._due is not None else ()
        self._unread.setText("\n".join(f"！{sentence}" for sentence in held))
        self._unread.setVisible(bool(held))
