"""The slip page: preview, print to the remembered queue, and the question whether it came out."""

from enum import Enum, auto

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from onevisit.desk.issue import CopyRow, IssuedCopy
from onevisit.paper.profiles import PROFILES, PaperProfile, profile_by_key
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.slip import Ui_SlipForm
from onevisit.ui.gate.visit_gate import VisitGatePanel
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.slip.preview import copy_lines, missing_sentence, show_pages, show_waiting
from onevisit.ui.slip.service import Preview, Queues, SlipPrinting
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import announce, em

_NO_PRINTER = "这台电脑上没有打印机。请接通打印机，或请管理员在“系统”页选好打印机，再按“打印”。"

_SPOILED_HINT = "处理好纸和打印机，再重打。重打的不算补打。"
_DONE_HINT = "请交给来访人，并提醒：问进展打回执上的电话就行，不用再跑。"


class State(Enum):
    """Where a sheet stands; each state allows only its own buttons."""

    LOADING = auto()
    READY = auto()
    PRINTING = auto()
    ASKING = auto()
    SPOILED = auto()
    DONE = auto()


_MAY_PRINT = {State.READY, State.SPOILED}
_MAY_CHOOSE = {State.READY, State.SPOILED, State.DONE}


class SlipPage(Page):
    """One visit's slip, from the preview to the answer that it came out.

    ``show_visit(visit_id)`` shows it; with ``print_now`` it goes straight to the remembered queue, unless a character
    would be missing on paper or an earlier sheet still waits for its answer: then the clerk sees that first.
    """

    key = "slip"
    title = "打印回执"

    def __init__(self, context: Context, printing: SlipPrinting, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SlipForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.state = State.LOADING
        self._printing = printing
        self._visit_id = 0
        self._print_now = False
        self._queues = Queues((), {})
        self._preview: Preview | None = None
        self._drawing: Task | None = None
        self._asked = 0
        for profile in PROFILES:
            if not profile.key.endswith("-large"):
                self.ui.profile.addItem(profile.label, profile.key)
        self.gate = VisitGatePanel(context, self.ui.side)
        self.ui.sideLayout.insertWidget(self.ui.sideLayout.indexOf(self.ui.again) + 1, self.gate, 1)
        self._stretch = idle_timer(self, self.gate.stretch_to_content)
        self.gate.told.connect(self._stretch.start)
        self._refit = idle_timer(self, self._fit)
        self._connect()
        self._fit()
        self._say_trouble("")
        self._enter(State.LOADING)

    def show_visit(self, visit_id: int, *, print_now: bool = False) -> None:
        """Show the slip of a visit; ``print_now`` prints it at once where nothing speaks against it."""
        if self._drawing is not None:
            self._drawing.cancel()
        self._visit_id, self._print_now, self._preview, self._asked = visit_id, print_now, None, 0
        self.ui.large.setChecked(False)
        self.ui.visit.setText("")
        self._say_trouble("")
        show_waiting(self.ui.sheetsLayout, "正在画回执…")
        self._enter(State.LOADING)
        self.context.tasks.run(
            lambda: self._printing.queues(self.context.desk), self._on_queues, self._on_no_queues, owner=self
        )

    def refresh(self) -> None:
        """Draw the preview anew, unless a sheet is on its way."""
        if self._visit_id and self.state in _MAY_CHOOSE:
            self._load_preview()
        if self.state is State.DONE:
            self.gate.read()

    def shows(self) -> frozenset[str]:
        """New advice changes what the next slip says."""
        return frozenset({"consultations", "matters"})

    def focus_first(self) -> None:
        """The button that is wanted next."""
        wanted = {State.ASKING: self.ui.cameOut, State.DONE: self.ui.finish}.get(self.state, self.ui.print)
        wanted.setFocus()

    def unsaved(self) -> bool:
        """Whether something for the gate is half typed."""
        return self.gate.asking()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("Ctrl+Enter", "打印"),
            KeyHelp("Alt+1 / Alt+2 / Alt+3", "打出来了 / 卡纸、没出来 / 纸不对、字不全"),
            KeyHelp("Alt+P / Alt+Q / Alt+L", "选纸张 / 选打印机 / 大字回执"),
            KeyHelp("Esc", "返回"),
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The column at the right follows the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    # -- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.ui.print.clicked.connect(self.print_sheet)
        self.ui.again.clicked.connect(self.print_again)
        self.ui.back.clicked.connect(self.context.navigator.back)
        self.ui.finish.clicked.connect(self.context.navigator.back)
        self.ui.profile.activated.connect(self._on_profile)
        self.ui.large.toggled.connect(self._on_large)
        self.ui.queue.activated.connect(self._on_queue)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, self.print_sheet)
        for keys, button, outcome in (
            ("Alt+1", self.ui.cameOut, PaperOutcome.CAME_OUT),
            ("Alt+2", self.ui.jammed, PaperOutcome.JAMMED),
            ("Alt+3", self.ui.wrongPaper, PaperOutcome.WRONG_PAPER),
        ):
            self._connect_answer(keys, button, outcome)

    def _connect_answer(self, keys: str, button: QPushButton, outcome: PaperOutcome) -> None:
        button.clicked.connect(lambda: self.answer(outcome))
        on_key(keys, self, lambda: self.answer(outcome))

    # -- what the person does ---------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Take the next copy number and print; pressing it often prints one sheet."""
        if self.state in _MAY_PRINT:
            self._print()

    def print_again(self) -> None:
        """Print one more sheet after one came out: a reprint, and marked as one."""
        if self.state is State.DONE:
            self._print()

    def answer(self, outcome: PaperOutcome) -> None:
        """Record what the clerk saw."""
        if self.state is not State.ASKING or not self._asked:
            return
        copy_id = self._asked
        self._enter(State.LOADING)
        self.context.tasks.run(
            lambda: self._printing.record(self.context.desk, copy_id, outcome),
            lambda _: self._on_answered(outcome),
            self._on_not_answered,
            owner=self,
        )

    def _print(self) -> None:
        queue = self.ui.queue.currentData()
        if not queue:
            self._say_trouble(_NO_PRINTER)
            return
        self._say_trouble("")
        self._enter(State.PRINTING)
        visit_id, profile = self._visit_id, self._profile()
        self.context.tasks.run(
            lambda: self._printing.print(self.context.desk, visit_id, profile, queue),
            self._on_printed,
            self._on_refused,
            owner=self,
        )

    # -- what comes back from the worker ----------------------------------------------------------------------------

    def _on_queues(self, queues: Queues) -> None:
        self._queues = queues
        self.ui.queue.clear()
        for queue in queues.known:
            state = "" if queue.state.value in {"ready", "printing"} else f"（{queue.state.label}）"
            self.ui.queue.addItem(f"{queue.label}{state}", queue.name)
        self._select_queue()
        if not queues.known and not self.ui.trouble.isVisibleTo(self):
            self._say_trouble(_NO_PRINTER)
        self._load_preview()

    def _on_no_queues(self, fault: PlainFault) -> None:
        self._say_trouble(fault.sentence)
        self._on_queues(Queues((), {}))

    def _load_preview(self, *, pages: bool = True) -> None:
        """Read what the next sheet would say; without ``pages`` the picture stays that of the sheet just printed."""
        if self._drawing is not None:
            self._drawing.cancel()
        visit_id, profile = self._visit_id, self._profile()
        self._drawing = self.context.tasks.run(
            lambda: self._printing.preview(self.context.desk, visit_id, profile),
            lambda preview: self._on_preview(preview, pages=pages),
            self._on_no_preview,
            owner=self,
        )

    def _on_preview(self, preview: Preview, *, pages: bool) -> None:
        self._drawing, self._preview = None, preview
        if pages:
            show_pages(self.ui.sheetsLayout, preview.pages, self._room())
        self._show(preview)
        if self.state is not State.LOADING:
            self._word_print()
            return
        if preview.unanswered is not None:
            self._print_now = False
            self._ask(preview.unanswered)
            return
        self._enter(State.READY)
        if self._print_now:
            self._print_now = False
            if not preview.missing:
                self.print_sheet()

    def _room(self) -> int:
        """How wide a sheet may be beside the scroll bar, which a long slip always needs."""
        return self.ui.paper.width() - self.ui.paper.verticalScrollBar().sizeHint().width()

    def _on_no_preview(self, fault: PlainFault) -> None:
        self._drawing = None
        show_waiting(self.ui.sheetsLayout, fault.sentence)
        self.context.messages.fault(fault.sentence)

    def _on_printed(self, sheet: IssuedCopy) -> None:
        self._asked = sheet.copy_id
        self.ui.questionText.setText("打出来了吗？请看一眼纸。")
        self._enter(State.ASKING)
        self.context.changes.say("slips")
        self._load_preview(pages=False)

    def _on_refused(self, fault: PlainFault) -> None:
        self._say_trouble(fault.sentence)
        self.context.changes.say("slips")
        # whether the sheet may have come out all the same is seen in the history, which is read with the preview
        self._enter(State.LOADING)
        self._load_preview()

    def _on_answered(self, outcome: PaperOutcome) -> None:
        self._say_trouble("")
        self.ui.doneText.setText("这一份已作废" if outcome.spoiled else "✓ 回执已打出来")
        self.ui.doneHint.setText(_SPOILED_HINT if outcome.spoiled else _DONE_HINT)
        self.ui.done.setProperty("tone", "attention" if outcome.spoiled else "fine")
        self._enter(State.SPOILED if outcome.spoiled else State.DONE)
        self.context.changes.say("slips")
        self._load_preview(pages=outcome.spoiled)

    def _on_not_answered(self, fault: PlainFault) -> None:
        self._enter(State.ASKING)
        self.context.messages.fault(fault.sentence)

    # -- showing ----------------------------------------------------------------------------------------------------

    def _ask(self, copy: CopyRow) -> None:
        """Ask after a sheet that was sent earlier and never answered for: nothing is printed before that is known."""
        self._asked = copy.copy_id
        self.ui.questionText.setText(f"{local_time(copy.printed_at):%H:%M} 送去打印的那一份，打出来了吗？")
        self._enter(State.ASKING)

    def _enter(self, state: State) -> None:
        self.state = state
        self.ui.question.setVisible(state is State.ASKING)
        self.ui.print.setVisible(state not in {State.ASKING, State.DONE})
        self.ui.print.setEnabled(state in _MAY_PRINT)
        self.ui.done.setVisible(state in {State.DONE, State.SPOILED})
        self.ui.done.style().polish(self.ui.done)
        self.ui.finish.setVisible(state is State.DONE)
        self.ui.again.setVisible(state is State.DONE)
        self.ui.back.setVisible(state is not State.DONE)
        self._show_gate(state)
        for choice in (self.ui.profile, self.ui.queue, self.ui.large):
            choice.setEnabled(state in _MAY_CHOOSE)
        self._word_print()
        if self.isVisible():
            self.focus_first()

    def _show_gate(self, state: State) -> None:
        """Once the sheet is in the visitor's hand: what would still bring the visitor back."""
        if state is State.DONE and self._visit_id:
            self.gate.show_visit(self._visit_id)
        self.gate.setVisible(state is State.DONE)

    def _word_print(self) -> None:
        """The blue button says what it will do: print, print anew, or print one more copy."""
        reprint = self._preview.reprint_no if self._preview is not None else 0
        words = {State.PRINTING: "正在打印…", State.SPOILED: "重打一份 Ctrl+↵"}
        usual = f"补打第 {reprint} 次 Ctrl+↵" if reprint else "打印回执 Ctrl+↵"
        self.ui.print.setText(words.get(self.state, usual))
        self.ui.again.setText(f"再打一份（补打第 {reprint} 次）" if reprint else "再打一份")

    def _say_trouble(self, sentence: str) -> None:
        self.ui.troubleText.setText(sentence)
        self.ui.trouble.setVisible(bool(sentence))
        announce(self.ui.troubleText, sentence)

    def _show(self, preview: Preview) -> None:
        edition = f"　第 {preview.edition} 版（内容有更新）" if preview.edition > 1 else ""
        self.ui.visit.setText(f"来访编号 {preview.visit_no}{edition}")
        self.ui.warning.setVisible(bool(preview.missing))
        self.ui.warningText.setText(missing_sentence(preview.missing) if preview.missing else "")
        self.ui.copiesTitle.setVisible(bool(preview.copies))
        self.ui.copies.setText(copy_lines(preview.copies))

    def _fit(self) -> None:
        self.ui.sideScroll.setFixedWidth(160 + em(self, 11))

    # -- choices ----------------------------------------------------------------------------------------------------

    def _profile(self) -> PaperProfile:
        profile = profile_by_key(self.ui.profile.currentData())
        return profile.large if self.ui.large.isChecked() else profile

    def _select_queue(self) -> None:
        index = self.ui.queue.findData(self._queues.queue_for(self.ui.profile.currentData()))
        self.ui.queue.setCurrentIndex(index)

    def _on_profile(self) -> None:
        self._select_queue()
        self._load_preview()

    def _on_large(self) -> None:
        if self.state in _MAY_CHOOSE:
            self._load_preview()

    def _on_queue(self) -> None:
        paper, queue = self.ui.profile.currentData(), self.ui.queue.currentData()
        self._queues.choices[paper] = queue
        self._say_trouble("")
        self.context.tasks.run(
            lambda: self._printing.remember(self.context.desk, paper, queue),
            lambda _: self.context.changes.say("printers"),
            owner=self,
        )
