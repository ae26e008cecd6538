"""The assistant: questions at the left, what follows from the answers at the right, one button that decides."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QElapsedTimer, QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton, QWidget

from onevisit.desk.route import RouteCase
from onevisit.rules import routes
from onevisit.rules.faults import Fault
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision, differs
from onevisit.rules.routes import Handling, Route
from onevisit.ui._forms.route import Ui_RouteForm
from onevisit.ui.route.addressees import Addressees
from onevisit.ui.route.questions import Questions
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import all_plain, explain, plain_label
from onevisit.ui.widgets.layouts import clear, idle_timer
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import announce, em, set_style

_SIDE_BY_SIDE_FROM = 46
"""Characters; a narrower place has the proposal beneath the questions."""
_GOES_TO = {
    Handling.GUIDE: "引导到哪里",
    Handling.DISCIPLINE: "密封转送给哪个单位",
    Handling.PERSONNEL: "密封转送给哪个单位",
}
_DECIDES = {
    (False, False): "定去向",
    (False, True): "定下并打印回执",
    (True, False): "告知来访人",
    (True, True): "告知并打印回执",
}
"""What the button does: only told, and with the slip."""
_LEAVES = {False: "先打回执，去向以后再定", True: "先打回执，以后再告知"}


class Assistant(QWidget):
    """From the questions to a decision; knows no desk.

    Signals:
        decided(): the button was pressed.
        left(): the clerk wants to decide later.
        slip_wanted(): the clerk wants to decide later, and the slip now.

    Args:
        parent: the page.
        prints: the page can print.
    """

    decided = Signal()
    left = Signal()
    slip_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, prints: bool = False) -> None:
        super().__init__(parent)
        self.ui = Ui_RouteForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._case: RouteCase | None = None
        self._otherwise = False
        self._prints = prints
        self._begun: object = None
        self._refit = idle_timer(self, self._fit)
        self._since = QElapsedTimer()
        self._since.start()
        self.questions = Questions(self)
        self.ui.questionsLayout.addWidget(self.questions)
        self.where = Addressees(self)
        self.ui.whereLayout.addWidget(self.where)
        self.reason = Field(self.ui.reason)
        self.reply_by = Field(self.ui.replyBy)
        self.handling = Field(self.ui.handling)
        self.procedure = Field(self.ui.procedure)
        self._fill_choices()
        self._connect()

    @property
    def case(self) -> RouteCase | None:
        """What is being decided."""
        return self._case

    @property
    def prints_slip(self) -> bool:
        """Whether the visitor waits for the slip, so that it is printed with the decision."""
        return self._prints and self._case is not None and self._case.awaits_slip

    def show_case(self, case: RouteCase) -> None:
        """Ask about a visit; what was chosen for the same one stays."""
        same = self._case is not None and self._case.visit_id == case.visit_id
        if not same or (self._case != case and not self.changed()):
            self.begin(case)
            return
        said = self.ui.fault.text()
        self._case = case
        self._propose()
        self.say(said)

    def forget(self) -> None:
        """It is decided."""
        self._case = None

    def begin(self, case: RouteCase) -> None:
        """Ask about a matter from the beginning."""
        self._case, self._otherwise = case, False
        self.ui.reason.clear()
        self.where.forget()
        day = case.today + timedelta(days=case.report_days)
        self.ui.replyBy.setDate(QDate(day.year, day.month, day.day))
        self.questions.begin(case.suggested)
        self.show_faults(())
        self._propose()
        self._begun = self._state()
        self._since.restart()

    def answers(self) -> dict[str, tuple[str, ...]]:
        """What is answered."""
        return dict(self.questions.answers())

    def decision(self) -> Decision:
        """The route as it stands on the page."""
        self.where.commit()
        route = self._route()
        if route is None:
            return Decision(reason=self.ui.reason.text())
        assigned = route.handling is Handling.ASSIGN
        return Decision(
            handling=route.handling,
            procedure=route.procedure,
            addressees=self.where.names if route.handling.needs_addressee else (),
            reply_by=self._day() if assigned else None,
            reason=self.ui.reason.text() if self._otherwise else "",
            beside=self.questions.taken(),
            declined=self.questions.declined(),
        )

    def choose_otherwise(self, handling: Handling, procedure: Procedure | None) -> None:
        """Choose another route than the proposed one."""
        self._otherwise = True
        self.ui.handling.setCurrentIndex(self.ui.handling.findData(handling.value))
        self.ui.procedure.setCurrentIndex(self.ui.procedure.findData(procedure.value if procedure else ""))
        self._show_route()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what stops the decision, each at its field; the first one is read aloud."""
        said = {one.field: one.sentence for one in faults}
        where = [one for field, one in said.items() if field.startswith("addressees")]
        for field, key in (
            (self.reason, "reason"),
            (self.reply_by, "reply_by"),
            (self.handling, "handling"),
            (self.procedure, "procedure"),
        ):
            field.set_fault(said.get(key, ""))
        self.where.set_fault("；".join(where))
        hidden = [said[key] for key in ("handling", "procedure", "reason") if key in said and not self._otherwise]
        self.say(" ".join(hidden))
        if faults:
            announce(self, faults[0].sentence)

    def say(self, sentence: str) -> None:
        """Say what went wrong beside the button, or nothing (empty)."""
        self.ui.fault.setText(sentence)
        self.ui.fault.setVisible(bool(sentence))

    def changed(self) -> bool:
        """Whether the clerk did anything that would be lost."""
        return self._case is not None and self._state() != self._begun

    def fresh(self) -> bool:
        """Whether this came up just now, by a key that may go down a second time before anybody has read it."""
        return self._since.elapsed() < QApplication.doubleClickInterval()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The proposal stands beneath the questions where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def _fit(self) -> None:
        """The proposal stands beneath the questions where it is narrow, the buttons one under the other."""
        ui, ways = self.ui, QBoxLayout.Direction
        narrow = self.width() < em(self, _SIDE_BY_SIDE_FROM)
        ui.halves.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        room = self.width() if narrow else (self.width() - ui.halves.spacing()) // 2
        wanted = ui.back.sizeHint().width() + ui.decide.sizeHint().width() + ui.buttons.spacing()
        ui.buttons.setDirection(ways.TopToBottom if wanted > room else ways.LeftToRight)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _fill_choices(self) -> None:
        for one in Handling:
            self.ui.handling.addItem(one.label, one.value)
        self.ui.procedure.addItem("不走专门的程序", "")
        for kind in Procedure:
            self.ui.procedure.addItem(kind.label, kind.value)

    def _connect(self) -> None:
        self.questions.changed.connect(self._propose)
        self.ui.otherwise.clicked.connect(self._turn)
        self.ui.handling.activated.connect(self._show_route)
        self.ui.procedure.activated.connect(self._show_route)
        self.ui.decide.clicked.connect(self.decided)
        self.ui.back.clicked.connect(self._leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, partial(self._press, self.ui.decide))
        on_key("Ctrl+P", self, partial(self._press, self.ui.back))

    def _press(self, button: QPushButton) -> None:
        if not self.fresh() and (button is self.ui.decide or self.prints_slip):
            button.click()

    def _leave(self) -> None:
        (self.slip_wanted if self.prints_slip else self.left).emit()

    def _state(self) -> object:
        """All that the clerk may change."""
        ui, asked = self.ui, self.questions
        typed = (ui.reason.text(), ui.replyBy.date(), self.where.touched())
        return self._otherwise, self._route(), asked.answers(), asked.declined(), typed

    def _turn(self) -> None:
        """Choose otherwise, or go back to what is proposed."""
        self._otherwise = not self._otherwise
        if self._otherwise:
            proposed = self._proposed()
            if proposed is not None:
                self.choose_otherwise(proposed.handling, proposed.procedure)
            self.ui.handling.setFocus()
        else:
            self.ui.reason.clear()
        self._show_route()

    def _propose(self) -> None:
        if self._case is None:
            return
        asked = routes.questions(self._case.circumstances, self.questions.answers())
        self.ui.asking.setVisible(bool(asked))
        self.questions.show_questions(asked)
        self._show_route()

    def _proposed(self) -> Route | None:
        return self._case.propose(self.questions.answers()) if self._case is not None else None

    def _route(self) -> Route | None:
        """The route that stands on the page: the proposed one, or the clerk's own."""
        proposed = self._proposed()
        if not self._otherwise or self._case is None:
            return proposed
        handling = Handling.from_code(self.ui.handling.currentData())
        code = self.ui.procedure.currentData()
        procedure = Procedure.from_code(code) if code else None
        if proposed is not None and not differs(Decision(handling, procedure), proposed):
            return proposed
        return self._case.chosen(handling, procedure)

    def _show_route(self) -> None:
        case, route = self._case, self._route()
        if case is None:
            return
        clear(self.ui.proposalLayout)
        own = (
            self._otherwise
            and route is not None
            and differs(Decision(route.handling, route.procedure), self._proposed())
        )
        set_style(self.ui.proposal, tone="attention" if own else "info")
        for words, role, tone in route_words(case, route, own=own):
            self.ui.proposalLayout.addWidget(plain_label(words, role, tone=tone))
        self.ui.own.setVisible(self._otherwise)
        self.ui.otherwise.setVisible(not case.only_told)
        self.ui.otherwise.setText("照建议的走(&O)" if self._otherwise else "不这样走，另选去向(&O)")
        self.ui.report.setVisible(route is not None and route.handling is Handling.ASSIGN)
        self.ui.replyWords.setText("到这一天要有办结报告")
        self._show_where(case, route)
        self._show_state(case)
        self.show_faults(())

    def _show_where(self, case: RouteCase, route: Route | None) -> None:
        wanted = route is not None and route.handling.needs_addressee
        self.ui.where.setVisible(wanted)
        if route is not None and wanted:
            heading = _GOES_TO.get(route.handling, f"{route.handling.label}给哪个单位")
            fitting = case.organs_for(route.handling, route.procedure)
            self.where.offer(heading, fitting, case.directory, case.rules)

    def _show_state(self, case: RouteCase) -> None:
        """Where the state of the matter does not allow it, the button is grey and says why."""
        self.ui.decide.setEnabled(not case.why_not)
        self.ui.decide.setText(f"{_DECIDES[case.only_told, self.prints_slip]} Ctrl+↵")
        self.ui.back.setText(f"{_LEAVES[case.only_told]} Ctrl+P" if self.prints_slip else "以后再定 Esc")
        explain(self.ui.decide, case.why_not)
        self._fit()
        if case.why_not:
            self.say(case.why_not)

    def _day(self) -> date:
        shown = self.ui.replyBy.date()
        return date(shown.year(), shown.month(), shown.day())


def route_words(case: RouteCase, route: Route | None, *, own: bool) -> list[tuple[str, str, str]]:
    """A route in plain words, line by line: words, role, tone."""
    if route is None:
        return [("把上面的问题答完，这里就给出去向。", "quiet", "")]
    name = route.procedure.label if route.procedure else ""
    heading = f"{'您选的' if own else '建议'}：{route.handling.label}{f'　{name}' if name else ''}"
    lines = [
        (
            heading if route.handling.stops else f"{heading}　[{case.mark(route.handling, route.procedure)}]",
            "section",
            "",
        ),
        (route.why, "", ""),
        (f"依据：{route.article}", "hint", ""),
    ]
    if not route.handling.stops:
        lines.append((_days(case, route), "hint", ""))
    if route.sealed:
        lines.append(("密封：交出去的材料不写来访人是谁，不给被反映的人和单位看到。", "", "attention"))
    lines += [(one, "", "attention") for one in route.notices]
    return lines


def _days(case: RouteCase, route: Route) -> str:
    if case.sixty_days(route.handling, route.procedure):
        return f"承办单位受理以后，{case.rules.handling.words}内办结（{case.rules.handling.article}）。"
    return "这个去向没有 60 日的办理期限。"
