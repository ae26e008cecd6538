"""One matter on the screen: its head, its visits newest first, its course oldest first."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.issue import CopyRow
from onevisit.desk.lookup import AdviceLine, MatterView, PersonLine, TimelineLine, VisitLine
from onevisit.rules.clocks import local_day, show_day, show_moment
from onevisit.ui.matters.person_row import PersonRow
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_BETWEEN = 16
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class MatterPanel(QObject):
    """Fills a column with a matter; asks for what needs a click by its signals.

    Signals:
        id_wanted(PersonRow): the full document number of a person.
        phone_wanted(PersonRow): the full telephone number of a person.
        slip_wanted(int): the slip of a visit.
        own_data_wanted(PersonRow): what is held on a person, for that person.
    """

    id_wanted = Signal(object)
    phone_wanted = Signal(object)
    slip_wanted = Signal(int)
    own_data_wanted = Signal(object)

    def __init__(
        self, column: QVBoxLayout, *, may_see_full: bool, may_print: bool, may_give: bool = False, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._may_give = may_give
        self._column = column
        self._may_see_full = may_see_full
        self._may_print = may_print
        self._anonymised = False
        self.people: list[PersonRow] = []

    def show_hint(self, sentence: str) -> None:
        """Show a hint instead of a matter."""
        self._clear()
        hint = plain_label(sentence, "empty")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(hint)

    def show_matter(self, view: MatterView) -> None:
        """Show a matter in full."""
        self._clear()
        self._anonymised = view.anonymised_at is not None
        self._add_head(view)
        for visit in reversed(view.visits):
            self._column.addWidget(self._visit_card(visit))
        self._column.addWidget(plain_label("办理经过", "section"))
        self._column.addLayout(_timeline(view.timeline))
        self._column.addStretch(1)

    def cover(self) -> None:
        """Mask every number that stands in full."""
        for person in self.people:
            person.cover()

    def _clear(self) -> None:
        self.people = []
        clear(self._column)

    def _add_head(self, view: MatterView) -> None:
        self._column.addWidget(plain_label(view.title, "page-title"))
        marks = [(view.seen.state.label, "info" if view.open else "")] if not view.anonymised_at else []
        marks += [("紧急", "fault")] if view.urgent else []
        marks += [("保密", "attention")] if view.confidential else []
        marks += [("已匿名", "attention")] if view.anonymised_at else []
        row = FlowLayout(gap=16)
        for word, tone in marks:
            row.addWidget(plain_label(word, tone=tone, wrap=False))
        facts = [f"事项编号 {view.matter_no}", view.classification, f"{show_moment(view.registered_at)} 登记"]
        for fact in facts:
            row.addWidget(plain_label(fact, "quiet", wrap=False))
        self._column.addLayout(row)
        if view.anonymised_at:
            day = show_day(local_day(view.anonymised_at))
            self._column.addWidget(plain_label(f"保存期已过，{day}匿名：只留编号、日期、分类和数字，内容不能恢复。"))
        if view.respondent:
            self._column.addWidget(plain_label(f"被反映：{view.respondent}", "quiet"))

    def _visit_card(self, visit: VisitLine) -> QFrame:
        card = QFrame()
        set_style(card, role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(6)
        column.addLayout(self._visit_head(visit))
        for person in visit.people:
            column.addWidget(self._person(person, card))
        if visit.summary:
            column.addWidget(plain_label(visit.summary))
        column.addLayout(_facts(_visit_facts(visit)))
        if visit.advice is not None:
            column.addWidget(_advice_band(visit.advice))
        for copy in visit.copies:
            column.addWidget(plain_label(_copy_text(copy), "hint"))
        return card

    def _visit_head(self, visit: VisitLine) -> QHBoxLayout:
        row = QHBoxLayout()
        people = f"　{visit.headcount} 人" if visit.headcount > 1 else ""
        head = f"第 {visit.ordinal} 次来访　{show_moment(visit.arrived_at)}{people}"
        row.addWidget(plain_label(head, "section"), 1)
        if self._may_print and not self._anonymised:
            button = QPushButton("打印回执")
            set_style(button, role="small")
            button.setAccessibleName(f"打印 {visit.visit_no} 的回执")
            button.clicked.connect(lambda: self.slip_wanted.emit(visit.visit_id))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _person(self, person: PersonLine, card: QWidget) -> PersonRow:
        row = PersonRow(person, may_see_full=self._may_see_full, may_give=self._may_give, parent=card)
        row.own_data_wanted.connect(lambda: self.own_data_wanted.emit(row))
        row.id_number.wanted.connect(lambda: self.id_wanted.emit(row))
        row.phone.wanted.connect(lambda: self.phone_wanted.emit(row))
        self.people.append(row)
        return row


def _visit_facts(visit: VisitLine) -> list[tuple[str, str]]:
    facts = [
        ("再来原因", visit.return_reason),
        ("材料", "；".join(visit.materials)),
        ("答复方式", visit.reply),
        ("窗口备注", f"{visit.clerk_note}（不印在回执上）" if visit.clerk_note else ""),
        ("来访编号", f"{visit.visit_no}　窗口员 {visit.clerk_no}"),
    ]
    return [(word, text) for word, text in facts if text]


def _advice_band(advice: AdviceLine) -> QFrame:
    band = QFrame()
    set_style(band, role="band")
    column = QVBoxLayout(band)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(4)
    column.addWidget(plain_label(f"{advice.lawyer}的意见　{show_moment(advice.signed_at)} 签发", "section"))
    column.addWidget(plain_label(advice.advice))
    ways = "、".join(advice.ways) + ("；转法律援助机构" if advice.legal_aid else "")
    facts = [("了解的事实", advice.facts), ("法律依据", advice.basis), ("建议途径", ways)]
    facts += [("补充", f"{text}（{who}，{show_moment(at)}）") for at, who, text in advice.addenda]
    column.addLayout(_facts([(word, text) for word, text in facts if text]))
    return band


def _facts(facts: list[tuple[str, str]]) -> QLayout:
    """Facts in two aligned columns: the word, soft, and what it is."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for row, (word, text) in enumerate(facts):
        grid.addWidget(plain_label(word, "quiet", wrap=False), row, 0, _TOP_RIGHT)
        grid.addWidget(plain_label(text), row, 1)
    return grid


def _copy_text(copy: CopyRow) -> str:
    edition = f"第 {copy.edition} 版 " if copy.edition > 1 else ""
    mark = f"补打第 {copy.reprint_no} 次" if copy.reprint_no else f"第 {copy.copy_no} 份"
    return f"回执{edition}{mark}　{show_moment(copy.printed_at)}　{copy.outcome.label}"


def _timeline(lines: tuple[TimelineLine, ...]) -> QLayout:
    """When, who, what in aligned columns; who stands beneath when where it is narrow."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(_BETWEEN)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for row, line in enumerate(lines):
        when_and_who = FlowLayout(gap=_BETWEEN, line_gap=0)
        when_and_who.addWidget(plain_label(show_moment(line.at), "quiet", wrap=False))
        when_and_who.addWidget(plain_label(line.who, wrap=len(line.who) > 12))
        grid.addLayout(when_and_who, row, 0)
        grid.addWidget(plain_label(line.whole), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
