"""意见书: written in the section of a matter, kept as a draft, made final when nothing is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from onevisit.desk import drafts, opinions
from onevisit.desk.drafts import MatterDraft, TypedText
from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.life_view import Special
from onevisit.desk.opinions import Draft, OpinionForm, OpinionLine
from onevisit.desk.standing import Seen
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.rules.opinions import Opinion, OpinionItem, OpinionOutcome, warnings_of
from onevisit.ui._forms.opinion import Ui_OpinionForm
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.system.card import FormCard
from onevisit.ui.system.fields import FormFields
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.sight import KeptInSight
from onevisit.ui.widgets.style import announce, em, set_style
from onevisit.ui.widgets.typed_text import put_text, text_of

_LABELS = {
    "organ": "出具机关、单位",
    **{item.value: item.label for item in OpinionItem},
    "outcome": "结论",
}
_LINES = {"request": 2, "facts": 4, "decision": 3, "basis": 2, "remedy": 2}
_IN_SPITE = "确实如此，仍要定稿  Ctrl+↵"
_FINAL = "定稿  Ctrl+↵"
_GIVE_UP = "放弃这份意见书里没有保存的内容？放弃后找不回来。"
_MINE = "别的窗口写的是：{}。再保存就以您的为准。"
_OTHERS = "原来那一份已经定稿，这里是您没存上的字：需要的请另存或者复制。"


@dataclass(frozen=True, slots=True)
class Start:
    """What an opinion is begun with, where nothing is kept yet."""

    organ: str
    request: str


class OpinionCard(FormCard):
    """Writes one opinion.

    Signals:
        changed(str): something was kept; the sentence to say.
        overtaken(): the matter or the opinion is to be read anew: changed elsewhere, or kept behind the person.
        sheet_wanted(int): an opinion is to be looked at and printed.
    """

    changed = Signal(str)
    overtaken = Signal()
    sheet_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_OpinionForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._context = context
        self._seen: Seen | None = None
        self._draft = Draft()
        self._kept: OpinionForm | None = None
        self._warned = self._overtaken = False
        self.keeper = DraftKeeper(context, DraftKind.LIFE, self._content, self, subject=self._subject)
        self._editors: dict[str, QWidget] = {name: getattr(self.ui, name) for name in _LABELS}
        rows = {name: (getattr(self.ui, f"{name}Label"), self._editors[name]) for name in _LABELS}
        self.fields = FormFields(self.ui.grid, rows, self)
        self.ui.outcome.addItem("请选择", "")
        for outcome in OpinionOutcome:
            self.ui.outcome.addItem(outcome.label, outcome.value)
        for name, lines in _LINES.items():
            self._dress(name, lines)
        self.connect_keys(self.ui.final_, self.ui.cancel)
        self.sent.connect(self._make_final)
        self.ui.save.clicked.connect(self._save)
        self.ui.print.clicked.connect(self._print)
        self.ui.give_up.clicked.connect(self._ask_to_give_up)
        buttons = (self.ui.give_up, self.ui.cancel, self.ui.print, self.ui.save, self.ui.final_)
        KeptInSight(buttons, self)
        self.hide()

    @property
    def dirty(self) -> bool:
        """Whether anything was typed that is not kept."""
        return self._kept is not None and self.typed() != self._kept

    @property
    def draft(self) -> Draft:
        """Which opinion is written on."""
        return self._draft

    def begin(self, seen: Seen, line: OpinionLine | None, items: tuple[OpinionItem, ...], start: Start) -> None:
        """Write a new opinion, or go on with a draft."""
        self._seen = seen
        self._draft = Draft(line.opinion_id, line.version) if line is not None else Draft()
        text = line.opinion if line is not None else Opinion(request=start.request)
        self.ui.heading.setText(line.kind.label if line is not None else "写意见书")
        asked = "、".join(item.label for item in items)
        self.ui.hint.setText(f"定稿要写全：{asked}；没写全的只能打印草稿。")
        for name, word in _LABELS.items():
            getattr(self.ui, f"{name}Label").setText(word)
            self._editors[name].setAccessibleName(word)
        self._fill(OpinionForm(line.organ if line is not None else start.organ, text))
        self._show_faults(warnings_of(text))
        self._warn(warned=False)
        self._overtaken = False
        self.show()

    def go_on(self, draft: MatterDraft) -> None:
        """Put back what was half typed; where the opinion was changed meanwhile, it says what the other one wrote."""
        begun_with = self.typed()
        for one in draft.texts:
            if one.field in self._editors:
                put_text(self._editors[one.field], one.text)
        if draft.about is not None and self._draft.opinion_id is None:
            self._say(_OTHERS)
        elif draft.version != self._draft.version:
            self._show_theirs(begun_with)

    def follow(self, seen: Seen, lines: Sequence[OpinionLine]) -> None:
        """The matter was read anew: what is sent next is sent on what it is now; what is typed stays.

        An opinion that another window changed is followed only by whoever was told of it.
        """
        self._seen = seen
        line = next((one for one in lines if one.opinion_id == self._draft.opinion_id), None)
        if self._overtaken and line is not None and line.final_at is None:
            self._overtaken = False
            self._draft, self._kept = Draft(line.opinion_id, line.version), OpinionForm(line.organ, line.opinion)
            self._show_theirs(self._kept)

    def keep(self) -> None:
        """Keep what is typed as a draft of the opinion, behind whoever goes elsewhere."""
        work = self._keeping()
        if work is not None:
            work()

    def leave(self) -> None:
        """Close it; what is typed is kept first, so that nobody loses a page of text by one key."""
        work = self._keeping()
        self.keeper.leave()
        if work is not None:
            work()
        self.put_away()

    def put_away(self) -> None:
        """Close it."""
        self._kept = None
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look every few seconds whether something was typed."""
        super().showEvent(event)
        self.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever goes to another page or section loses nothing."""
        self.keep()
        self.keeper.stop()
        super().hideEvent(event)

    def typed(self) -> OpinionForm:
        """What stands in the fields."""
        ui = self.ui
        code = ui.outcome.currentData()
        text = Opinion(
            request=ui.request.toPlainText(),
            facts=ui.facts.toPlainText(),
            decision=ui.decision.toPlainText(),
            basis=ui.basis.toPlainText(),
            remedy=ui.remedy.toPlainText(),
            outcome=OpinionOutcome.from_code(code) if code else None,
        )
        return OpinionForm(ui.organ.text(), text)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        return *self._editors.values(), self.ui.final_

    def focus_first(self) -> None:
        """The organ, or the first text where it is known."""
        first = self.ui.request if self.ui.organ.text() else self.ui.organ
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ---------------------------------------------------------------------------------------------------

    def _dress(self, name: str, lines: int) -> None:
        editor = self._editors[name]
        if isinstance(editor, QPlainTextEdit):
            editor.setFixedHeight(editor.fontMetrics().lineSpacing() * lines + em(editor, 1))
            editor.textChanged.connect(lambda: self._on_typed(name))

    def _on_typed(self, name: str) -> None:
        self.fields.field(name).set_fault("")
        self._warn(warned=False)

    def _fill(self, form: OpinionForm) -> None:
        self._line("organ").setText(form.organ)
        for item in OpinionItem:
            editor = self._editors[item.value]
            if isinstance(editor, QPlainTextEdit):
                editor.setPlainText(getattr(form.opinion, item.value))
        code = form.opinion.outcome.value if form.opinion.outcome is not None else ""
        self.ui.outcome.setCurrentIndex(max(self.ui.outcome.findData(code), 0))
        self._kept = self.typed()

    def _line(self, name: str) -> QLineEdit:
        editor = self._editors[name]
        if not isinstance(editor, QLineEdit):
            raise TypeError(name)
        return editor

    # -- half typed -------------------------------------------------------------------------------------------------

    def _content(self) -> str:
        if not self.dirty:
            return ""
        texts = tuple(TypedText(name, text_of(editor)) for name, editor in self._editors.items())
        draft, word = self._draft, self.ui.heading.text()
        return drafts.matter_content(
            MatterDraft(Special.OPINION.value, word, texts, about=draft.opinion_id, version=draft.version)
        )

    def _subject(self) -> int | None:
        return self._seen.matter_id if self._seen is not None else None

    def _keeping(self) -> Callable[[], Task] | None:
        """What keeps the text as a draft of the opinion; None if there is nothing to keep."""
        if self._seen is None or not self.dirty:
            return None
        seen, draft, form = self._seen, self._draft, self.typed()
        before, self._kept = self._kept, form
        work = self.keeper.saving(lambda desk: opinions.write(desk, seen, draft, form))
        return lambda: self._context.tasks.run(
            work,
            lambda kept: self._on_left(kept, form),
            lambda fault: self._on_not_left(fault, form, before),
            owner=self,
        )

    def _on_left(self, kept: tuple[Seen, Draft], form: OpinionForm) -> None:
        self.keeper.saved()
        if self._kept is form:
            self._seen, self._draft = kept
        self._context.messages.fine("没写完的意见书已存成草稿。")
        self.overtaken.emit()

    def _on_not_left(self, fault: PlainFault, form: OpinionForm, before: OpinionForm | None) -> None:
        if self._kept is form:
            self._kept = before
        self.keeper.refused()
        self._context.messages.fault(f"没写完的意见书没有存上：{fault.sentence}写好的字留在您的草稿里。")

    def _show_theirs(self, theirs: OpinionForm) -> None:
        """Say at each field what another window wrote there, where it is not what stands there."""
        mine = self.typed()
        wrote = {"organ": (mine.organ, theirs.organ)}
        wrote |= {
            one.value: (getattr(mine.opinion, one.value), getattr(theirs.opinion, one.value)) for one in OpinionItem
        }
        told = (Fault(name, _MINE.format(other or "（空）")) for name, (own, other) in wrote.items() if own != other)
        self.fields.show_faults(tuple(told))

    # -- keeping ----------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._seen is None:
            return
        seen, draft, form = self._seen, self._draft, self.typed()
        self._context.tasks.run_once(
            self.ui.save,
            self.keeper.saving(lambda desk: opinions.write(desk, seen, draft, form)),
            lambda kept: self._on_kept(kept, form),
            self._refused,
        )

    def _make_final(self) -> None:
        if self._seen is None:
            return
        seen, draft, form, warned = self._seen, self._draft, self.typed(), self._warned
        self._context.tasks.run_once(
            self.ui.final_,
            self.keeper.saving(lambda desk: opinions.make_final(desk, seen, draft, form, in_spite=warned)),
            lambda _: self._on_final(),
            self._refused,
        )

    def _on_kept(self, kept: tuple[Seen, Draft], form: OpinionForm) -> None:
        self._seen, self._draft = kept
        self._kept = form
        self.keeper.saved()
        self._show_faults(warnings_of(form.opinion))
        self.changed.emit("意见书草稿已保存。")

    def _on_final(self) -> None:
        self._kept = None
        self.keeper.saved()
        self.put_away()
        self.changed.emit("意见书已定稿，可以打印、送达；答复请另外登记。")

    def _ask_to_give_up(self) -> None:
        """Close it without keeping what was typed since it was kept last."""
        if self.dirty:
            self._context.messages.confirm(_GIVE_UP, "放弃改动", self._give_up)
        else:
            self.left.emit()

    def _give_up(self) -> None:
        self.keeper.drop()
        self._kept = self.typed()
        self.left.emit()

    def _print(self) -> None:
        if self._draft.opinion_id is None or self.dirty:
            self._say("请先保存草稿，再看打印的样子。")
            return
        self.sheet_wanted.emit(self._draft.opinion_id)

    def _refused(self, fault: PlainFault) -> None:
        self.keeper.refused()
        if isinstance(fault, FormError):
            self._show_faults(fault.faults)
            self._warn(warned=fault.faults == warnings_of(self.typed().opinion))
            return
        self._say(fault.sentence)
        if isinstance(fault, ChangedElsewhereError):
            self._overtaken = True
            self.overtaken.emit()

    def _say(self, sentence: str) -> None:
        self.ui.fault.setText(sentence)
        self.ui.fault.show()
        announce(self, sentence)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.ui.fault.hide()
        self.fields.show_faults(faults)

    def _warn(self, *, warned: bool) -> None:
        """After a warning that was read, the same button means it all the same."""
        self._warned = warned
        self.ui.final_.setText(_IN_SPITE if warned else _FINAL)
        set_style(self.ui.final_, role="danger" if warned else "primary")
