"""The page of the route: a few questions, a proposal with its article, one button; afterwards what was decided."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from onevisit.desk import route
from onevisit.desk.errors import FormError
from onevisit.desk.route import Decided, RouteCase
from onevisit.desk.standing import Seen
from onevisit.rules.faults import PlainFault
from onevisit.rules.route_sheets import SheetKind
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.route.assistant import Assistant
from onevisit.ui.route.sheets import route_sheet
from onevisit.ui.route.summary import RouteSummary
from onevisit.ui.system.sheet_preview import SheetPreview
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style

_HINT = "从刚登记的来访、“今日”或者事项的“去向”打开。"


class RoutePage(Page):
    """去向: which way a matter takes, decided once and told in writing."""

    key = "route"
    title = "定去向"

    def __init__(self, context: Context, sheets: HouseSheets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._visit_id = 0
        self._case: RouteCase | None = None
        self._loading: Task | None = None
        self._onward = False
        self.heading = plain_label(_HINT, "page-title")
        self.matter = plain_label("", "quiet")
        self.assistant = Assistant(self, prints=sheets is not None)
        self.summary = RouteSummary(self, prints=sheets is not None)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        set_style(self.summary.for_visitor, role="primary")
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()

    def open_route(self, visit_id: int, *, onward: bool = False) -> None:
        """Ask about the matter of a visit; ``onward`` goes on to the slip where nothing is to be decided."""
        self._visit_id, self._case, self._onward = visit_id, None, onward
        self.heading.setText("正在打开…")
        self.matter.setText("")
        self._load()

    def refresh(self) -> None:
        """Read the matter anew; what was answered stays while nobody changed it elsewhere."""
        if self._visit_id and self._case is not None:
            self._load()

    def shows(self) -> frozenset[str]:
        """A matter goes on elsewhere too."""
        return frozenset({"matters"})

    def focus_first(self) -> None:
        """The first question; the button where none is asked, or what is printed for the visitor."""
        if self._stack.currentWidget() is self._told:
            self.summary.for_visitor.setFocus()
        if self._stack.currentWidget() is not self._asking:
            return
        if self.assistant.questions.blocks:
            self.assistant.questions.focus_first()
        else:
            self.assistant.ui.decide.setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("↑ ↓ / 空格", "换一个回答"),
            KeyHelp("Alt+O", "另选去向，或者照建议的走"),
            KeyHelp("Alt+J", "再加一个单位"),
            KeyHelp("Ctrl+Enter", "定去向；来访人还没有回执的，随即打印"),
            KeyHelp("Ctrl+P", "先打回执，去向以后再定"),
            KeyHelp("Esc", "以后再定"),
        )

    def asks(self) -> bool:
        """Whether a route is to be decided here."""
        return self._case is not None and self._stack.currentWidget() is self._asking

    def unsaved(self) -> bool:
        """Whether something was answered otherwise than suggested and is not decided."""
        return self.assistant.changed()

    def go_back(self) -> bool:
        """Esc closes the sheet, then what asks for a reason."""
        if self.preview is not None and self._stack.currentWidget() is self.preview:
            self._put_sheet_away()
            return True
        if self.summary.asking.isVisible():
            self.summary.show_asking(shown=False)
            return True
        return False

    # -- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.heading)
        head.addWidget(self.matter, 1)
        column.addLayout(head)
        self._asking = QWidget(self)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self.assistant)
        self._told = QScrollArea(self)
        self._told.setWidgetResizable(True)
        self._told.setFrameShape(QFrame.Shape.NoFrame)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_style(self._told, role="plain")
        self._told.setWidget(self.summary)
        self._stack.addWidget(self._asking)
        self._stack.addWidget(self._told)
        if self.preview is not None:
            self._stack.addWidget(self.preview)
            self.preview.left.connect(self._on_sheet_left)
        self._stack.hide()
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.assistant.decided.connect(self._decide)
        self.assistant.left.connect(self.context.navigator.back)
        self.assistant.slip_wanted.connect(self._go_to_slip)
        self.summary.wanted.connect(self._ask_anew)
        self.summary.recalled.connect(self._recall)
        self.summary.sheet_wanted.connect(self._show_sheet)
        self.summary.slip_wanted.connect(self._print_slip)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
        desk, visit_id = self.context.desk, self._visit_id
        self._loading = self.context.tasks.run(
            lambda: route.case(desk, visit_id=visit_id), self._on_case, self._on_no_case, owner=self
        )

    def _on_case(self, case: RouteCase) -> None:
        self._loading = None
        onward, self._onward = self._onward, False
        self._case = case
        if onward and case.why_not and case.awaits_slip and self._is_open():
            self._go_to_slip()
            return
        self.heading.setText("定去向" if case.current is None or not case.why_not else "去向")
        self.matter.setText(f"{case.petitioner}　{case.title}　{case.classification}　{case.visit_no}")
        self.summary.show_case(case)
        self._stack.show()
        if not case.why_not or case.current is None:
            self.assistant.show_case(case)
            self._stack.setCurrentWidget(self._asking)
        else:
            self.assistant.forget()
            self._stack.setCurrentWidget(self._told)
        if self.isVisible():
            self.focus_first()

    def _on_no_case(self, fault: PlainFault) -> None:
        self._loading = None
        self.heading.setText(_HINT)
        self.matter.setText("")
        self._stack.hide()
        self.context.messages.fault(fault.sentence)

    # -- deciding ---------------------------------------------------------------------------------------------------

    def _ask_anew(self) -> None:
        if self._case is not None:
            self.assistant.begin(self._case)
            self._stack.setCurrentWidget(self._asking)
            self.focus_first()

    def _decide(self) -> None:
        case = self._case
        if case is None:
            return
        decision, answers = self.assistant.decision(), self.assistant.answers()
        faults = case.faults(decision, answers)
        self.assistant.show_faults(faults)
        if faults:
            return
        desk, seen, visit_id = self.context.desk, case.seen, case.visit_id
        self.context.tasks.run_once(
            self.assistant.ui.decide,
            lambda: route.decide(desk, seen, decision, answers, visit_id=visit_id),
            self._on_decided,
            self._on_not_decided,
        )

    def _on_decided(self, made: Decided) -> None:
        where = f"：{'、'.join(made.addressees)}" if made.addressees else ""
        done = "已记下告知来访人" if made.handling.stops else "已定去向"
        prints, self._case = self.assistant.prints_slip, None
        self.assistant.forget()
        self.context.changes.say("matters")
        if prints:
            self._go_to_slip()
        self._load()
        # after the page has changed, which takes away what was said before
        self.context.messages.fine(f"{done}，{made.handling.label}{where}。")

    def _go_to_slip(self) -> None:
        """Print it at once; whoever is through there comes back to where this page was opened from."""
        self.context.navigator.print_slip(self._visit_id, now=True, instead=self._is_open())

    def _is_open(self) -> bool:
        """Whether nobody went to another page meanwhile; a lock above it does not count."""
        place = self.parentWidget()
        return self.isVisible() if place is None else self.isVisibleTo(place)

    def _on_not_decided(self, fault: PlainFault) -> None:
        if isinstance(fault, FormError):
            self.assistant.show_faults(fault.faults)
            return
        self.assistant.say(fault.sentence)
        self.context.messages.fault(fault.sentence)
        # what another window did meanwhile is shown; what was chosen here stays while it can still be decided
        self._load()

    def _show_sheet(self, kind: SheetKind) -> None:
        if self._case is not None and self.preview is not None:
            self._stack.setCurrentWidget(self.preview)
            self.preview.show_sheet(route_sheet(self.context.desk, self._case.seen, kind))

    def _print_slip(self) -> None:
        if self._case is not None and self._case.visit_id is not None:
            self.context.navigator.print_slip(self._case.visit_id)

    def _on_sheet_left(self) -> None:
        """Printed or not: what the gate and the timeline say of the sheet is read anew."""
        self._put_sheet_away()
        self.context.changes.say("matters")

    def _put_sheet_away(self) -> None:
        self._stack.setCurrentWidget(self._told)
        self.focus_first()

    def _recall(self, reason: str) -> None:
        case = self._case
        if case is None:
            return
        desk, seen = self.context.desk, case.seen
        self.context.tasks.run_once(
            self.summary.take_back, lambda: route.recall(desk, seen, reason), self._on_recalled, self._on_not_recalled
        )

    def _on_recalled(self, _: Seen) -> None:
        self.summary.show_asking(shown=False)
        self.context.messages.fine("去向已收回，可以重新定。")
        self._case = None
        self.context.changes.say("matters")
        self._load()

    def _on_not_recalled(self, fault: PlainFault) -> None:
        if isinstance(fault, FormError):
            self.summary.set_fault(fault.faults[0].sentence)
        else:
            self.context.messages.fault(fault.sentence)
