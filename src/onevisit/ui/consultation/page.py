"""The lawyer's page: the waiting list on the left, one consultation on the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import consult
from onevisit.desk.consult import ConsultationView, WaitingRow
from onevisit.desk.errors import FormError
from onevisit.rules import consultation as rules
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.consultation import Ui_ConsultationForm
from onevisit.ui.consultation.addendum import Addendum
from onevisit.ui.consultation.fields import ConsultationFields
from onevisit.ui.consultation.sealed import show_sealed
from onevisit.ui.consultation.waiting_list import WaitingList
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import em

AUTOSAVE_MS = 3000
"""What is typed is kept in the store after this pause, so that nothing is lost when the lawyer is called away."""

_TOLD_LINES = 4
_SIGN = "签发后不能再改，只能补充；“意见”一栏会印在回执上交给来访人。现在签发吗？"
_LEAVE = "刚才写的没有存上：{why}\n要离开这一份吗？没有存上的字会丢掉。"


class ConsultationPage(Page):
    """律师接待: open one visitor, write, sign; afterwards only addenda."""

    key = "consultation"
    title = "律师接待"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_ConsultationForm()
        self.ui.setupUi(self)
        self.fields = ConsultationFields(self.ui)
        self.addendum = Addendum(self.ui, context, self)
        all_plain(self)
        self._list = WaitingList(self.ui, context, self)
        self._view: ConsultationView | None = None
        self._filling = False
        self._saving = False
        self._then: Callable[[], None] | None = None
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._refit = idle_timer(self, self._fit)
        self._connect()
        self._fit()
        self._show_view(None)

    def refresh(self) -> None:
        """Read the list anew; what is being written stays."""
        self.context.tasks.run(lambda: consult.waiting(self.context.desk), self._show_list, owner=self)
        self.addendum.offer()

    def shows(self) -> frozenset[str]:
        """Visits sent over, consultations, and half-written addenda."""
        return frozenset({"visits", "consultations", "drafts"})

    def focus_first(self) -> None:
        """Where the cursor was while something is being written, else the list."""
        writing = self._view is not None and (self._view.editable or self.addendum.typed())
        if not (writing and self.focus_last()):
            self._focus_anew()

    def _focus_anew(self) -> None:
        writing = self._view is not None and self._view.editable
        (self.ui.facts if writing else self.ui.waiting).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("↑ ↓ 后 Enter", "从名单里打开一位来访人"),
            KeyHelp("Alt+F / Alt+A / Alt+B / Alt+N", "事实 / 意见 / 依据 / 工作笔记"),
            KeyHelp("Alt+1 … Alt+6", "建议途径"),
            KeyHelp("Alt+D", "转法律援助机构"),
            KeyHelp("Ctrl+S", "先存着，以后接着写"),
            KeyHelp("Ctrl+Enter", "签发意见；已签发的，保存补充意见"),
            KeyHelp("Alt+W", "已签发的，写补充意见"),
            KeyHelp("Alt+O", "打开没写完的补充意见"),
            KeyHelp("Esc", "存好并回到名单"),
        )

    def unsaved(self) -> bool:
        """Whether something typed is not in the store yet, not even as a draft."""
        return self._dirty() or self.addendum.unsaved()

    def open_drafts(self) -> frozenset[int]:
        """The draft of the addendum that is being written."""
        draft_id = self.addendum.keeper.slot.draft_id
        return frozenset() if draft_id is None else frozenset({draft_id})

    def go_back(self) -> bool:
        """Esc: put an empty addendum away, then keep what is written and return to the list."""
        if self._view is None:
            return False
        if self.addendum.is_open and not self.addendum.typed():
            self.addendum.write(on=False)
        else:
            self._leave_for(self._close)
        return True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """While the page is in sight, a half-written addendum is kept every few seconds."""
        super().showEvent(event)
        self.addendum.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving the page keeps what is written."""
        self.keep()
        self.addendum.keeper.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Widths and heights follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """What was told takes no more lines than it has."""
        super().resizeEvent(event)
        self._fit_told()

    def open_consultation(self, visit_id: int) -> None:
        """Begin the consultation of a visit, come back to one's own, or read one that is signed."""
        self._leave_for(lambda: self._open(visit_id))

    # -- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._list.opened.connect(self.open_consultation)
        self.ui.save.clicked.connect(self.keep)
        self.ui.sign.clicked.connect(self.sign)
        self.addendum.added.connect(self._on_added)
        self.addendum.opened.connect(self._open_signed)
        self.addendum.said.connect(self.draft_said)
        self._autosave.timeout.connect(self.keep)
        for name, box in self.fields.texts().items():
            box.textChanged.connect(lambda name=name: self._on_typed(name))
        for check in self.fields.checks():
            check.toggled.connect(lambda _on: self._on_typed("ways"))
        for keys, does in (
            ("Ctrl+S", self.keep),
            ("Ctrl+Return", self._sign_or_add),
            ("Ctrl+Enter", self._sign_or_add),
        ):
            on_key(keys, self, does)

    # -- what the lawyer does ---------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what is written so far."""
        self.addendum.keeper.keep()
        self._autosave.stop()
        view = self._view
        if view is None or self._saving or not self._dirty():
            return
        form, self._saving = self.fields.form(), True
        self.context.tasks.run(
            lambda: consult.save(self.context.desk, view.consultation_id, form, view.version),
            self._on_kept,
            self._on_not_kept,
            owner=self,
        )

    def sign(self) -> None:
        """Look whether all is there, ask once, then sign; a signature cannot be taken back."""
        if self._view is None or not self._view.editable:
            return
        faults = rules.check(rules.normalise(self.fields.form()))
        self.fields.show_faults(faults)
        if not faults:
            self.context.messages.confirm(_SIGN, "签发意见", self._sign)

    def _sign(self) -> None:
        view = self._view
        if view is None or not view.editable:
            return
        if self._saving:  # a save is on its way: sign what it leaves
            self._then = self._sign
            return
        self._autosave.stop()
        form, self._saving = self.fields.form(), True
        self.ui.sign.setEnabled(False)
        self.context.tasks.run(
            lambda: consult.sign(self.context.desk, view.consultation_id, form, view.version),
            self._on_signed,
            self._on_not_signed,
            owner=self,
        )

    def _sign_or_add(self) -> None:
        if self._view is not None:
            (self.sign if self._view.editable else self.addendum.add)()

    def _leave_for(self, then: Callable[[], None]) -> None:
        """Keep what is written, then go on; what could not be kept is not left without asking."""
        if self.addendum.typed():
            self.addendum.leave_for(lambda: self._leave_for(then))
        elif self._saving or self._dirty():
            self._then = then
            self.keep()
        else:
            then()

    def _open(self, visit_id: int) -> None:
        desk, signed = self.context.desk, self._list.signed_consultation(visit_id)
        work = (lambda: consult.view(desk, signed)) if signed is not None else (lambda: consult.begin(desk, visit_id))
        self.context.tasks.run(work, self._on_opened, owner=self)

    def _open_signed(self, consultation_id: int) -> None:
        """Open the signed consultation of a half-written addendum, also one of an earlier day."""
        desk = self.context.desk

        def fetch() -> None:
            self.context.tasks.run(lambda: consult.view(desk, consultation_id), self._on_opened, owner=self)

        self._leave_for(fetch)

    def _on_typed(self, name: str) -> None:
        if not self._filling and self._view is not None and self._view.editable:
            self.fields.mend(name)
            self.ui.saved.setText("还没有存")
            # not begun anew with each key: whoever writes without a pause is kept, too
            if not self._autosave.isActive():
                self._autosave.start()

    # -- what comes back from the worker ----------------------------------------------------------------------------

    def _show_list(self, rows: tuple[WaitingRow, ...]) -> None:
        self._list.show(rows, self._view.visit_id if self._view is not None else 0)

    def _on_opened(self, view: ConsultationView) -> None:
        if self._dirty():  # something more was typed into the last one while this one was fetched
            self._leave_for(lambda: self._on_opened(view))
            return
        self._show_view(view)
        self._list.select(view.visit_id)
        self.context.changes.say("consultations")
        self._focus_anew()

    def _on_kept(self, view: ConsultationView) -> None:
        """Take the new version over; what was typed meanwhile stays and is kept next."""
        self._saving = False
        self._view = view
        self.ui.saved.setText(f"✓ {local_time(self.context.desk.now()):%H:%M:%S} 已存")
        if self._dirty():
            self._keep_rest()
        else:
            self._go_on()

    def _keep_rest(self) -> None:
        if self._then is not None:
            self.keep()
        else:
            self._autosave.start()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_not_kept(self, fault: PlainFault) -> None:
        self._saving = False
        then, self._then = self._then, None
        self.ui.saved.setText("还没有存上，字还在这里")
        if then is None:
            self.context.messages.fault(fault.sentence)
            return

        def leave() -> None:
            self._show_view(None)
            then()

        self.context.messages.confirm(_LEAVE.format(why=fault.sentence), "不保存，离开", leave, refuse="留在这里")

    def _on_signed(self, view: ConsultationView) -> None:
        self._saving, self._then = False, None
        self._show_view(view)
        self.context.messages.fine("意见已签发，窗口可以打印回执了。")
        self.context.changes.say("consultations", "slips")
        self.focus_first()

    def _on_not_signed(self, fault: PlainFault) -> None:
        self._saving, self._then = False, None
        self.ui.sign.setEnabled(True)
        if isinstance(fault, FormError):
            self.fields.show_faults(fault.faults)
        else:
            self.context.messages.fault(fault.sentence)

    def _on_added(self, view: ConsultationView) -> None:
        self._show_view(view)
        self.context.messages.fine("补充意见已保存。已经打过的回执里没有这一段，请窗口再打一份。")
        self.context.changes.say("consultations", "slips", "drafts")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        self._show_view(None)
        self.ui.waiting.setFocus()

    def _show_view(self, view: ConsultationView | None) -> None:
        self._view = view
        self._autosave.stop()
        self.ui.stack.setCurrentWidget(self.ui.nobody if view is None else self.ui.desk)
        for button in (self.ui.save, self.ui.sign):
            button.setVisible(view is not None and view.editable)
        self.addendum.show(view)
        if view is None:
            return
        self._filling = True
        self.fields.fill(view.form)
        self._filling = False
        self.ui.who.setText(f"{view.queue_no:03d}　{view.petitioner}　{view.title}")
        about = (
            view.masked_id,
            view.classification,
            view.respondent and f"被反映：{view.respondent}",
            f"来访编号 {view.visit_no}",
        )
        self.ui.about.setText("　".join(part for part in about if part))
        self.ui.told.setPlainText(_told(view))
        self.ui.saved.setText("")
        self.ui.writing.setVisible(view.editable)
        self.ui.sealed.setVisible(not view.editable)
        if not view.editable:
            show_sealed(self.ui.sealedTexts, view)
        self.ui.sign.setEnabled(True)
        self._fit_told()
        self.ui.scroll.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        self.ui.listSide.setFixedWidth(180 + em(self, GRID))
        self.fields.fit()
        self.ui.addendum.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 2 * GRID)
        self._fit_told()

    def _fit_told(self) -> None:
        box = self.ui.told
        lines = max(1, min(_TOLD_LINES, int(box.document().size().height())))
        box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + 4 * GRID)

    def _dirty(self) -> bool:
        view = self._view
        return view is not None and view.editable and rules.normalise(self.fields.form()) != rules.normalise(view.form)


def _told(view: ConsultationView) -> str:
    parts = [view.summary]
    if view.materials:
        parts.append("材料：" + "；".join(view.materials))
    parts.extend(f"以前：{line}" for line in view.earlier)
    return "\n".join(parts)
