"""The route of a matter as it was decided: what, where to, why, and taking it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.route import Decided, RouteCase
from onevisit.rules import organs
from onevisit.rules.clocks import show_day
from onevisit.rules.route_sheets import SheetKind, organs_kind, visitors_kind
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import explain, plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_NOTHING_YET = "还没有定去向。窗口收到以后 15 日内转送、交办，能当场答复的当场答复。"


class RouteSummary(QFrame):
    """Shows the route that counts, what was told at the last visit, and the ways on.

    Signals:
        wanted(): a route is to be decided.
        recalled(str): the route is to be taken back, with the reason.
        sheet_wanted(SheetKind): a sheet is to be looked at and printed.
        slip_wanted(): the slip is to be printed, which says where the matter went.
    """

    wanted = Signal()
    recalled = Signal(str)
    sheet_wanted = Signal(object)
    slip_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, prints: bool = False) -> None:
        super().__init__(parent)
        self._prints = prints
        self._visitors, self._organs = SheetKind.GUIDANCE, SheetKind.TRANSFER
        self.for_visitor = QPushButton(self)
        self.for_organ = QPushButton(self)
        self.slip = QPushButton("打印回执", self)
        self.slip.clicked.connect(self.slip_wanted)
        self.for_visitor.clicked.connect(lambda: self.sheet_wanted.emit(self._visitors))
        self.for_organ.clicked.connect(lambda: self.sheet_wanted.emit(self._organs))
        set_style(self, role="plain")
        self.facts = QVBoxLayout()
        self.facts.setSpacing(6)
        self.choose = QPushButton("定去向…", self)
        self.choose.clicked.connect(self.wanted)
        self.recall = QPushButton("收回…", self)
        self.recall.clicked.connect(self._ask_reason)
        self.why = QLineEdit(self)
        self.why.setPlaceholderText("为什么收回，写一句")
        self.why.setAccessibleName("收回的理由")
        self.take_back = QPushButton("收回去向", self)
        self.keep = QPushButton("不收回", self)
        self.asking = QFrame(self)
        set_style(self.asking, role="card", tone="attention")
        self.buttons = QHBoxLayout()
        self._build()
        self.show_asking(shown=False)

    def show_case(self, case: RouteCase) -> None:
        """Show a matter's route."""
        clear(self.facts)
        self.facts.addLayout(_grid(_facts_of(case)))
        for sentence, tone in _notes(case):
            self.facts.addWidget(plain_label(sentence, tone=tone))
        may_choose = not case.why_not
        self.choose.setEnabled(may_choose)
        self.choose.setText("告知来访人…" if case.only_told else "定去向…")
        self.choose.setVisible(case.current is None or may_choose)
        explain(self.choose, case.why_not)
        self._show_sheets(case)
        self.recall.setVisible(case.current is not None)
        self.recall.setEnabled(not case.why_no_recall)
        explain(self.recall, case.why_no_recall)
        if case.why_no_recall:
            self.show_asking(shown=False)

    def _show_sheets(self, case: RouteCase) -> None:
        """The visitor's sheet says what was told last; the organ's is there where something is handed on."""
        told = case.told or case.current
        organs_sheet = organs_kind(case.current.handling) if case.current is not None else None
        self.for_visitor.setVisible(self._prints and told is not None)
        self.slip.setVisible(self._prints and told is not None)
        self.for_organ.setVisible(self._prints and organs_sheet is not None)
        if told is not None:
            self._visitors = visitors_kind(told.handling)
            self.for_visitor.setText(f"打印{self._visitors.label}")
            explain(self.for_visitor, "给来访人带走：去哪里、地址、电话、时间、带什么、为什么")
        if organs_sheet is not None:
            self._organs = organs_sheet
            self.for_organ.setText(f"打印{organs_sheet.label}{'（密封）' if case.secret else ''}")
            explain(self.for_organ, "给承办单位" + ("，不写来访人是谁" if case.secret else ""))

    def show_asking(self, *, shown: bool) -> None:
        """Ask why it is taken back, or ask no more."""
        if not shown:
            self.why.clear()
            self.set_fault("")
        self.asking.setVisible(shown)

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong with the reason."""
        self._field.set_fault(sentence)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.facts)
        self.buttons.setSpacing(8)
        for button in (self.for_visitor, self.for_organ, self.slip, self.choose, self.recall):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        inner = QVBoxLayout(self.asking)
        inner.addWidget(plain_label("收回以后，承办单位不再办这件事，可以重新定去向；来访人要另外告知。"))
        inner.addWidget(self.why)
        self._field = Field(self.why)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.take_back)
        inner.addLayout(row)
        column.addWidget(self.asking)
        column.addStretch(1)
        self.keep.clicked.connect(lambda: self.show_asking(shown=False))
        self.take_back.clicked.connect(lambda: self.recalled.emit(self.why.text()))
        self.why.returnPressed.connect(self.take_back.click)

    def _ask_reason(self) -> None:
        self.show_asking(shown=True)
        self.why.setFocus()


def _grid(facts: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (word, value) in enumerate(facts):
        grid.addWidget(plain_label(word, "quiet", wrap=False), row, 0, _TOP_RIGHT)
        grid.addWidget(plain_label(value), row, 1)
    return grid


def _facts_of(case: RouteCase) -> list[tuple[str, str]]:
    if case.current is None:
        return [("去向", _NOTHING_YET)]
    found = [*_route_facts(case, case.current)]
    if case.told is not None:
        found.append(("这次来访", f"{case.told.handling.label}（{case.told.article}）"))
    return found


def _route_facts(case: RouteCase, one: Decided) -> list[tuple[str, str]]:
    name = f"　{one.procedure.label}" if one.procedure else ""
    lead = one.addressees[0] if one.addressees else ""
    known = next((organ for organ in case.directory if organ.name == lead), None)
    lines = [line for line in organs.taken_along(known) if not line.startswith("去哪里")] if known else []
    others = "、".join(one.addressees[1:])
    facts = [
        ("去向", f"{one.handling.label}{name}　[{one.mark}]"),
        ("到哪里", f"{lead}（牵头），会同{others}" if others else lead),
        ("怎么找", "\n".join(lines)),
        ("依据", one.article),
        ("为什么", one.why),
        ("另选的理由", f"{one.reason}（建议的是 {one.proposed}）" if one.reason and one.proposed else one.reason),
        ("报办理结果", f"{show_day(one.reply_by)}前" if one.reply_by else ""),
        ("办理期限", f"受理后 {case.rules.handling.words}" if one.sixty_days else "没有 60 日的办理期限"),
        ("同时接受", "、".join(offer.label for offer in one.taken)),
        ("问过不需要", "、".join(offer.label for offer in one.declined)),
        ("哪天定的", show_day(one.on)),
    ]
    return [(word, value) for word, value in facts if value]


def _notes(case: RouteCase) -> list[tuple[str, str]]:
    notes: list[tuple[str, str]] = []
    if case.secret:
        notes.append(("保密：交给承办单位的材料不写来访人是谁，不给被反映的人和单位看到。", "attention"))
    if case.why_not and case.current is None:
        notes.append((case.why_not, "attention"))
    if case.only_told and not case.why_not and case.proposal is not None:
        notes.append((f"{case.proposal.why}（{case.proposal.article}）请告知这次来访的人。", "attention"))
    return notes
