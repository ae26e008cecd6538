"""去向 of a matter, as a section of its page: what was decided, and the way to decide it."""

from PySide6.QtWidgets import QVBoxLayout

from onevisit.desk import route
from onevisit.desk.errors import FormError
from onevisit.desk.lookup import MatterView
from onevisit.desk.route import RouteCase
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.route_sheets import SheetKind
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context
from onevisit.ui.route.sheets import route_sheet
from onevisit.ui.route.summary import RouteSummary
from onevisit.ui.system.sheet_preview import SheetPreview
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task


class RouteSection(MatterSection):
    """The route of the matter that is open.

    Args:
        context: of the page.
        sheets: prints what the visitor and the organ get; None where nothing can be printed.
    """

    key = "route"
    word = "去向"

    def __init__(self, context: Context, sheets: HouseSheets | None = None) -> None:
        super().__init__()
        self._context, self._sheets = context, sheets
        self._matter_id = 0
        self._case: RouteCase | None = None
        self._loading: Task | None = None
        self.summary = RouteSummary(self, prints=sheets is not None)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.addWidget(self.summary)
        if self.preview is not None:
            column.addWidget(self.preview)
            self.preview.left.connect(self._on_sheet_left)
            self.preview.hide()
        self.summary.wanted.connect(self._open_page)
        self.summary.recalled.connect(self._recall)
        self.summary.sheet_wanted.connect(self._show_sheet)
        self.summary.slip_wanted.connect(self._print_slip)

    def wanted(self, view: MatterView) -> bool:
        """Whoever decides routes has it, while the matter is kept."""
        return super().wanted(view) and self._context.desk.may(Permission.ROUTE)

    def show_matter(self, view: MatterView) -> None:
        """Read the route of a matter."""
        if self._loading is not None:
            self._loading.cancel()
        if view.matter_id != self._matter_id:
            self._matter_id, self._case = view.matter_id, None
            self.summary.show_asking(shown=False)
            self._put_sheet_away()
        desk, matter_id = self._context.desk, view.matter_id
        self._loading = self._context.tasks.run(lambda: route.case(desk, matter_id), self._on_case, owner=self)

    def put_away(self) -> bool:
        """Esc: put the sheet away, or ask no more why the route is taken back."""
        if self.preview is not None and self.preview.isVisibleTo(self):
            self._put_sheet_away()
            return True
        if not self.summary.asking.isVisibleTo(self):
            return False
        self.summary.show_asking(shown=False)
        return True

    def focus_first(self) -> None:
        """The button that leads on."""
        summary = self.summary
        ways = (summary.choose, summary.for_visitor, summary.recall)
        next((one for one in ways if one.isVisibleTo(summary) and one.isEnabled()), self).setFocus()

    def unsaved(self) -> bool:
        """Whether a reason is typed."""
        return bool(self.summary.why.text().strip())

    def _on_case(self, case: RouteCase) -> None:
        self._loading, self._case = None, case
        self.summary.show_case(case)

    def _show_sheet(self, kind: SheetKind) -> None:
        if self._case is not None and self.preview is not None:
            self.summary.hide()
            self.preview.show()
            self.preview.show_sheet(route_sheet(self._context.desk, self._case.seen, kind))

    def _print_slip(self) -> None:
        if self._case is not None and self._case.visit_id is not None:
            self._context.navigator.print_slip(self._case.visit_id)

    def _on_sheet_left(self) -> None:
        """Printed or not: what the gate and the timeline say of the sheet is read anew."""
        self._put_sheet_away()
        self._context.changes.say("matters")

    def _put_sheet_away(self) -> None:
        if self.preview is not None:
            self.preview.hide()
        self.summary.show()

    def _open_page(self) -> None:
        if self._case is not None and self._case.visit_id is not None:
            self._context.navigator.open_route(self._case.visit_id)

    def _recall(self, reason: str) -> None:
        if self._case is None:
            return
        desk, seen = self._context.desk, self._case.seen
        self._context.tasks.run_once(
            self.summary.take_back, lambda: route.recall(desk, seen, reason), self._on_recalled, self._on_not_recalled
        )

    def _on_recalled(self, _: Seen) -> None:
        self.summary.show_asking(shown=False)
        self._context.messages.fine("去向已收回，可以重新定。")
        self._context.changes.say("matters")

    def _on_not_recalled(self, fault: PlainFault) -> None:
        if isinstance(fault, FormError):
            self.summary.set_fault(fault.faults[0].sentence)
        else:
            self._context.messages.fault(fault.sentence)
