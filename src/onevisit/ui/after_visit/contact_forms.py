"""回访和承诺: a call with what was promised and answered during it, a promise by itself, and how a promise was kept."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from onevisit.desk import calls, promises_due
from onevisit.desk.desk import Desk
from onevisit.desk.evaluation import ToAsk
from onevisit.desk.promises_due import PromiseLine
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationForm,
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
)
from onevisit.rules.clocks import show_day
from onevisit.ui._forms.after_call import Ui_AfterCallForm
from onevisit.ui._forms.after_promise import Ui_AfterPromiseForm
from onevisit.ui.after_visit.form import AfterForm
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.widgets.days import day_of, set_day
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.key_steps import set_tab_order, stops_of
from onevisit.ui.widgets.labels import all_plain

_USUAL_DAYS = 3
"""What a promise is proposed for: so many days from today."""

_NOT_ASKED = EvaluationValue.SILENT
_ANSWERS = [(one, "没有问" if one is _NOT_ASKED else one.label) for one in EvaluationValue]


class CallCard(AfterForm):
    """One call that was just made; whoever was reached may have been asked what can still be answered."""

    key, word, fine_words = "call", "记回访", "回访已记下。"

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(context, keeper, parent)
        self.ui = Ui_AfterCallForm()
        self.ui.setupUi(self)
        all_plain(self)
        ui = self.ui
        ui.outcome.set_choices([(one, one.label) for one in CallOutcome])
        self._to_ask: Sequence[ToAsk] = ()
        self._said = {
            EvaluationSubject.WINDOW: (ui.window, ui.windowWhy),
            EvaluationSubject.ORGAN: (ui.organ, ui.organWhy),
        }
        fields: dict[str, QWidget] = {"note": ui.note, "promise.text": ui.promise, "promise.due": ui.due}
        for subject, (answer, why) in self._said.items():
            answer.set_choices(_ANSWERS)
            fields |= {f"{subject.value}.value": answer, f"{subject.value}.comment": why}
        self.fit()
        made = {name: Field(editor, parent=self) for name, editor in fields.items()}
        self.set_up(ui.save, ui.cancel, ui.fault, made, {"outcome": ui.outcome})
        set_tab_order([part for stop in (*self.stops(), ui.cancel) for part in stops_of(stop)])
        for choice in (ui.outcome, ui.window, ui.organ):
            choice.changed.connect(self._show_answers)

    def begin(self, shown: Seen, today: date, to_ask: Sequence[ToAsk]) -> None:
        """Open it for a matter, with what can be asked about it."""
        self._to_ask = to_ask
        self.ui.organName.setText(next((one.organ for one in to_ask if one.organ), ""))
        self.ui.outcome.set_value(CallOutcome.REACHED)
        for answer, why in self._said.values():
            answer.set_value(_NOT_ASKED)
            why.clear()
        self._show_answers()
        self.ui.note.clear()
        self.ui.promise.clear()
        set_day(self.ui.due, today + timedelta(days=_USUAL_DAYS))
        self.show_for(shown, self.ui.note)

    def typed(self) -> CallForm:
        """What stands in the fields; the day counts only where something was promised."""
        words = self.ui.promise.text()
        promise = PromiseForm(words, day_of(self.ui.due)) if words.strip() else PromiseForm()
        return CallForm(self._outcome(), self.ui.note.toPlainText(), promise, self._answers())

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """Record the call."""
        form = self.typed()
        return lambda desk: calls.call(desk, shown, form)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        ui = self.ui
        said = ui.window, ui.windowWhy, ui.organ, ui.organWhy
        return ui.outcome, ui.note, *said, ui.promise, ui.due, ui.save

    def _outcome(self) -> CallOutcome:
        return self.ui.outcome.value() or CallOutcome.REACHED

    def _offered(self) -> frozenset[EvaluationSubject]:
        """Nobody who was not reached was asked anything."""
        reached = self._outcome() is CallOutcome.REACHED
        return frozenset(one.subject for one in self._to_ask if reached)

    def _answers(self) -> tuple[EvaluationForm, ...]:
        offered = self._offered()
        said = [(one, answer.value() or _NOT_ASKED, why.text()) for one, (answer, why) in self._said.items()]
        return tuple(EvaluationForm(*one) for one in said if one[0] in offered and one[1] is not _NOT_ASKED)

    def _show_answers(self) -> None:
        ui, offered = self.ui, self._offered()
        labels = {
            EvaluationSubject.WINDOW: (ui.windowLabel, ui.windowWhyLabel),
            EvaluationSubject.ORGAN: (ui.organLabel, ui.organWhyLabel),
        }
        ui.askHint.setVisible(bool(offered))
        ui.organName.setVisible(EvaluationSubject.ORGAN in offered)
        for subject, (label, why_label) in labels.items():
            shown = subject in offered
            dissatisfied = shown and self._said[subject][0].value() is EvaluationValue.DISSATISFIED
            for widget in (label, self._fields[f"{subject.value}.value"]):
                widget.setVisible(shown)
            for widget in (why_label, self._fields[f"{subject.value}.comment"]):
                widget.setVisible(dissatisfied)


class PromiseCard(AfterForm):
    """One promise."""

    key, word, fine_words = "promise", "记承诺", "承诺已记下，到期那天会在“今日”提醒。"

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(context, keeper, parent)
        self.ui = Ui_AfterPromiseForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.fit()
        made = {"text": Field(self.ui.words, parent=self), "due": Field(self.ui.due, parent=self)}
        self.set_up(self.ui.save, self.ui.cancel, self.ui.fault, made)

    def begin(self, shown: Seen, today: date) -> None:
        """Open it for a matter."""
        self.ui.words.clear()
        set_day(self.ui.due, today + timedelta(days=_USUAL_DAYS))
        self.show_for(shown, self.ui.words)

    def typed(self) -> PromiseForm:
        """What stands in the fields."""
        return PromiseForm(self.ui.words.toPlainText(), day_of(self.ui.due))

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """Record the promise."""
        form = self.typed()
        return lambda desk: promises_due.make(desk, shown, form)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        return self.ui.words, self.ui.due, self.ui.save


class KeepCard(AfterForm):
    """How one promise was kept."""

    key, word, fine_words = "keep", "兑现承诺", "已记为兑现。"

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(context, keeper, parent)
        self.ui = Ui_AfterPromiseForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.fit()
        self.ui.wordsLabel.setText("怎样兑现(&T)")
        self.ui.words.setAccessibleName("承诺是怎样兑现的")
        self.ui.words.setPlaceholderText("例如：已电话告知调解的结果")
        self.ui.save.setText("记为兑现  Ctrl+↵")
        self.ui.dueLabel.hide()
        self.ui.due.hide()
        self._promise_id = 0
        self.set_up(self.ui.save, self.ui.cancel, self.ui.fault, {"note": Field(self.ui.words, parent=self)})

    def begin(self, shown: Seen, promise: PromiseLine) -> None:
        """Open it for a promise."""
        self._promise_id = self.about = promise.promise_id
        self.ui.heading.setText(f"兑现承诺：{promise.text}")
        self.ui.hint.setText(f"答应最迟{show_day(promise.due)}办到，{promise.words}。")
        self.ui.words.clear()
        self.show_for(shown, self.ui.words)

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """Record that it was kept."""
        promise_id, note = self._promise_id, self.ui.words.toPlainText()
        return lambda desk: promises_due.keep(desk, shown, promise_id, note)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        return self.ui.words, self.ui.save
