"""送达回访: the section of the matter's page with everything that follows a visit."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from onevisit.desk import drafts
from onevisit.desk.afterwards import Afterwards, afterwards
from onevisit.desk.calls import CallLine
from onevisit.desk.drafts import DraftRow
from onevisit.desk.evaluation import EvaluationLine
from onevisit.desk.lookup import MatterView
from onevisit.desk.promises_due import PromiseLine
from onevisit.desk.service import ServiceLine, ToServe
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import (
    CallOutcome,
    EvaluationStanding,
    EvaluationSubject,
    EvaluationValue,
    ServiceOutcome,
)
from onevisit.rules.clocks import local_day, show_day, show_moment
from onevisit.rules.keeping import DraftKind
from onevisit.ui.after_visit.contact_forms import CallCard, KeepCard, PromiseCard
from onevisit.ui.after_visit.evaluation import ask_visitor
from onevisit.ui.after_visit.form import AfterForm
from onevisit.ui.after_visit.lists import Line, ListCard
from onevisit.ui.after_visit.service_form import ServiceCard
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.matters import half_typed
from onevisit.ui.matters.half_typed import HalfTyped
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.labels import explain

_OUTCOMES = {
    ServiceOutcome.SIGNED: "fine",
    ServiceOutcome.REFUSED: "attention",
    ServiceOutcome.ON_ITS_WAY: "attention",
}
_VALUES = {EvaluationValue.SATISFIED: "fine", EvaluationValue.DISSATISFIED: "fault"}
_NO_SERVICE = "给来访人的文书，送到一份记一份；意见书送达以后，才起算申请复查的期限。"
_NO_CONTACT = "答应来访人的事、打过的回访电话，会列在这里；到期没有兑现的，来访人再来时会提示。"
_NO_EVALUATION = (
    "窗口和责任单位各评一次。来访人自己在屏幕上选，回访时也可以在电话里问；"
    "到期没有选的记为“未评价”，不算满意，也不算不满意。"
)
_HALF = "请先保存正在填写的这一张，或者按 Esc 收起（会存成草稿），再填下一张。"


class AfterVisitSection(MatterSection):
    """Three cards: service, promises and calls, evaluations; each with its list and a small form."""

    key = "after_visit"
    word = "送达回访"

    def __init__(self, context: Context, _sheets: HouseSheets | None) -> None:
        super().__init__()
        self._context = context
        self._view: MatterView | None = None
        self._found: Afterwards | None = None
        self._reading: Task | None = None
        self._to_focus = False
        self.serve = QPushButton("登记送达(&V)", self)
        self.call = QPushButton("记回访(&H)", self)
        self.promise = QPushButton("记承诺(&C)", self)
        self.evaluate = QPushButton("请来访人评价(&E)", self)
        self.services = ListCard("送达", _NO_SERVICE, [self.serve], self)
        self.contacts = ListCard("承诺和回访", _NO_CONTACT, [self.promise, self.call], self)
        self.evaluations = ListCard("评价", _NO_EVALUATION, [self.evaluate], self)
        self._half = HalfTyped(DraftKind.AFTER_VISIT)
        self.keeper = DraftKeeper(context, DraftKind.AFTER_VISIT, self._content, self, subject=self._matter)
        self.service_form = ServiceCard(context, self.keeper, self)
        self.call_form = CallCard(context, self.keeper, self)
        self.promise_form = PromiseCard(context, self.keeper, self)
        self.keep_form = KeepCard(context, self.keeper, self)
        self._build()

    def wanted(self, view: MatterView) -> bool:
        """Whoever follows up has it, while the matter is kept."""
        return self._context.desk.may(Permission.FOLLOW_UP) and super().wanted(view)

    def show_matter(self, view: MatterView) -> None:
        """Read what followed the visits; what is half typed stays on the same matter."""
        if self._view is None or self._view.matter_id != view.matter_id:
            self._put_aside()
            self._half.open_matter(view.matter_id)
            self._found = None
            self._show()
        self._view = view
        for form in self._forms():
            form.shown = view.seen
        if self._reading is not None:
            self._reading.cancel()
        desk, matter_id, visit_id = self._context.desk, view.matter_id, view.seen.visit_id
        self._reading = self._context.tasks.run(
            lambda: (afterwards(desk, matter_id, visit_id), drafts.offered(desk)),
            lambda read: self._on_read(*read),
            owner=self,
        )

    def put_away(self) -> bool:
        """Esc closes the form that is open; what is half typed stays a draft."""
        return self._put_aside()

    def focus_first(self) -> None:
        """The form that is open, or the first button."""
        self._to_focus = self._found is None
        form = self._open_form()
        (self.serve if form is None else form.stops()[0]).setFocus()

    def unsaved(self) -> bool:
        """Whether something half typed is not in the store, on this matter or on one that was left."""
        return not self.keeper.kept

    def keep(self) -> None:
        """Keep what is half typed."""
        self.keeper.keep()

    def offer(self, rows: Sequence[DraftRow]) -> None:
        """What waits for the form that is opened next."""
        self._half.offer(rows)

    def resume(self, draft_id: int) -> None:
        """Go on with a draft once its matter is shown; a form that is open there is put aside."""
        self._half.want(draft_id)
        self._put_aside()

    def open_drafts(self) -> frozenset[int]:
        """What stands in the form that is open."""
        draft_id = self.keeper.slot.draft_id
        return frozenset() if draft_id is None else frozenset({draft_id})

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look every few seconds whether something was typed."""
        super().showEvent(event)
        self.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever goes to another page or section loses nothing."""
        self.keeper.stop()
        super().hideEvent(event)

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the three cards."""
        return (
            KeyHelp("Alt+V / Alt+C / Alt+H", "登记送达 / 记承诺 / 记回访"),
            KeyHelp("Alt+E", "请来访人在屏幕上评价"),
            KeyHelp("Ctrl+Enter", "保存正在填写的一张"),
            KeyHelp("Esc", "收起这一张；没填完的存成草稿"),
        )

    def _build(self) -> None:
        self.services.forms.addWidget(self.service_form)
        for contact in (self.promise_form, self.keep_form, self.call_form):
            self.contacts.forms.addWidget(contact)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        for card in (self.services, self.contacts, self.evaluations):
            column.addWidget(card)
        column.addStretch(1)
        self.serve.clicked.connect(self._serve)
        self.call.clicked.connect(self._call)
        self.promise.clicked.connect(self._promise)
        self.evaluate.clicked.connect(self._evaluate)
        for form in self._forms():
            form.saved.connect(self._on_saved)
        self.keeper.said.connect(lambda words, tone: self.draft_said.emit(f"{self.word}{words}" if words else "", tone))
        self.keeper.changed.connect(lambda: self._context.changes.say("drafts"))
        self._allow()

    def _forms(self) -> tuple[AfterForm, ...]:
        return self.service_form, self.promise_form, self.keep_form, self.call_form

    def _open_form(self) -> AfterForm | None:
        return next((form for form in self._forms() if not form.isHidden()), None)

    # -- what the person does ---------------------------------------------------------------------------------------

    def _serve(self) -> None:
        self._begin(self.service_form)

    def _call(self) -> None:
        self._begin(self.call_form)

    def _promise(self) -> None:
        self._begin(self.promise_form)

    def _keep(self, promise: PromiseLine) -> None:
        self._begin(self.keep_form, promise)

    def _begin(self, form: AfterForm, promise: PromiseLine | None = None) -> None:
        """Open a form, with what was half typed in it before."""
        if self._view is None or self._found is None or not self._may_open(form):
            return
        matter_id, about = self._view.matter_id, promise.promise_id if promise is not None else None
        content = self.keeper.come_back(
            lambda subject, text: subject == matter_id and half_typed.fits(text, form.key, about)
        )
        row = self._half.of_form(form.key, about) if not content else None
        if content or row is None:
            self._show_form(form, promise)
            self._put(form, content)
        else:
            self._go_on_with(row)

    def _show_form(self, form: AfterForm, promise: PromiseLine | None) -> None:
        if self._view is None or self._found is None:
            return
        seen = self._view.seen
        if form is self.service_form:
            self.service_form.begin(seen, self._found.to_serve, self._today())
        elif form is self.call_form:
            self.call_form.begin(seen, self._today(), self._found.to_ask)
        elif promise is not None:
            self.keep_form.begin(seen, promise)
        else:
            self.promise_form.begin(seen, self._today())

    def _evaluate(self) -> None:
        if self._view is not None:
            ask_visitor(self._context, self.evaluate, self._view.visits[-1].visit_id, self)

    def _may_open(self, wanted: AfterForm) -> bool:
        """One form at a time; one that holds something is never closed by opening another."""
        half = next((form for form in self._forms() if form.dirty), None)
        if half is not None:
            half.stops()[0].setFocus()
            self._context.messages.attention(_HALF)
            return False
        for form in self._forms():
            if form is not wanted:
                form.put_away()
        return True

    def _on_saved(self, words: str) -> None:
        self._context.messages.fine(words)
        self._context.changes.say("matters")

    # -- what is half typed -----------------------------------------------------------------------------------------

    def _matter(self) -> int | None:
        return self._view.matter_id if self._view is not None else None

    def _content(self) -> str:
        form = next((form for form in self._forms() if form.dirty), None)
        return drafts.matter_content(form.half_typed()) if form is not None else ""

    def _put_aside(self) -> bool:
        form = self._open_form()
        if form is None:
            return False
        form.put_aside()
        return True

    def _bring_back(self) -> None:
        """What was left half typed comes back with its matter, unless a form is open there."""
        if self._open_form() is not None:
            return
        row, matter_id = self._half.due(), self._matter()
        content = self.keeper.come_back(lambda subject, _: subject == matter_id)
        if content:
            self._open(content)
        elif row is not None:
            self._go_on_with(row)

    def _go_on_with(self, row: DraftRow) -> None:
        if self._open(row.content):
            self.keeper.go_on_with(row.draft_id, row.content)
            self._context.messages.attention(half_typed.BACK)
            self._context.changes.say("drafts")

    def _open(self, content: str) -> bool:
        """Open the form that a draft is of, as it was left; False if there is no such form or promise any more."""
        draft = half_typed.read(content)
        form = next((one for one in self._forms() if draft is not None and one.key == draft.form), None)
        if draft is None or form is None or self._found is None:
            return False
        promise = next((one for one in self._found.promises if one.promise_id == draft.about), None)
        if form is self.keep_form and promise is None:
            return False
        self._show_form(form, promise)
        self._put(form, content)
        return True

    @staticmethod
    def _put(form: AfterForm, content: str) -> None:
        draft = half_typed.read(content) if content else None
        form.put(draft.texts if draft is not None else ())

    # -- showing ----------------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return local_day(self._context.desk.now())

    def _on_read(self, found: Afterwards, rows: Sequence[DraftRow]) -> None:
        self._reading = None
        self._found = found
        self._show()
        self._half.offer(rows)
        self._bring_back()
        if self._to_focus:
            self.focus_first()

    def _show(self) -> None:
        found = self._found
        self._allow()
        if found is None:
            for card in (self.services, self.contacts, self.evaluations):
                card.show_lines(())
            return
        waiting = [_to_serve(one) for one in found.to_serve]
        self.services.show_lines([*waiting, *map(_service, found.services)])
        promises = [self._promise_line(one) for one in found.promises]
        self.contacts.show_lines([*promises, *map(_call, found.calls)])
        self.evaluations.show_lines([_evaluation(one) for one in found.evaluations])

    def _promise_line(self, one: PromiseLine) -> Line:
        kept = one.kept_on is not None
        tone = "" if kept else "fault" if one.left < 0 else "attention"
        text = f"承诺：{one.text}" + (f"（{one.note}）" if one.note else "")
        if kept:
            return Line(f"最迟{show_day(one.due)}", text, one.words, "fine")
        return Line(f"最迟{show_day(one.due)}", text, one.words, tone, "兑现", partial(self._keep, one))

    def _allow(self) -> None:
        reading = "正在读取这件事项，请稍候。" if self._found is None else ""
        for button in (self.serve, self.call, self.promise, self.evaluate):
            button.setEnabled(not reading)
            explain(button, reading)


def _to_serve(one: ToServe) -> Line:
    number = f" {one.document_no}" if one.document_no else ""
    return Line(f"{show_day(one.on)}作出", f"{one.document.label}{number}", "还没有送达", "attention")


def _service(one: ServiceLine) -> Line:
    witness = f"见证人 {one.witness}" if one.witness else ""
    head = f"{one.document.label} {one.document_no}".strip()
    text = "　".join(part for part in (head, one.method, witness, one.note) if part)
    return Line(show_day(one.on), text, one.outcome.label, _OUTCOMES[one.outcome])


def _call(one: CallLine) -> Line:
    reached = one.outcome is CallOutcome.REACHED
    text = f"回访：{one.note}" if one.note else "回访"
    return Line(
        show_moment(one.called_at), f"{text}（工号 {one.staff_no}）", one.outcome.label, "" if reached else "attention"
    )


def _evaluation(one: EvaluationLine) -> Line:
    whom = one.organ if one.subject is EvaluationSubject.ORGAN and one.organ else one.subject.label
    text = f"{whom}：{one.comment}" if one.comment else whom
    tone = _VALUES.get(one.value, "") if one.standing is EvaluationStanding.ANSWERED else ""
    return Line(f"{show_day(one.asked_on)}请评", text, one.words, tone)
