"""回访和承诺: a call with what was promised during it, a promise by itself, and how a promise was kept."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from onevisit.desk import calls, promises_due
from onevisit.desk.desk import Desk
from onevisit.desk.promises_due import PromiseLine
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import CallForm, CallOutcome, PromiseForm
from onevisit.rules.clocks import show_day
from onevisit.ui._forms.after_call import Ui_AfterCallForm
from onevisit.ui._forms.after_promise import Ui_AfterPromiseForm
from onevisit.ui.after_visit.form import AfterForm
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.widgets.days import day_of, set_day
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import all_plain

_USUAL_DAYS = 3
"""What a promise is proposed for: so many days from today."""


class CallCard(AfterForm):
    """One call that was just made."""

    key, word, fine_words = "call", "记回访", "回访已记下。"

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(context, keeper, parent)
        self.ui = Ui_AfterCallForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.ui.outcome.set_choices([(one, one.label) for one in CallOutcome])
        self.fit()
        fields = {"note": self.ui.note, "promise.text": self.ui.promise, "promise.due": self.ui.due}
        made = {name: Field(editor, parent=self) for name, editor in fields.items()}
        self.set_up(self.ui.save, self.ui.cancel, self.ui.fault, made, {"outcome": self.ui.outcome})

    def begin(self, shown: Seen, today: date) -> None:
        """Open it for a matter."""
        self.ui.outcome.set_value(CallOutcome.REACHED)
        self.ui.note.clear()
        self.ui.promise.clear()
        set_day(self.ui.due, today + timedelta(days=_USUAL_DAYS))
        self.show_for(shown, self.ui.note)

    def typed(self) -> CallForm:
        """What stands in the fields; the day counts only where something was promised."""
        words = self.ui.promise.text()
        promise = PromiseForm(words, day_of(self.ui.due)) if words.strip() else PromiseForm()
        return CallForm(self.ui.outcome.value() or CallOutcome.REACHED, self.ui.note.toPlainText(), promise)

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """Record the call."""
        form = self.typed()
        return lambda desk: calls.call(desk, shown, form)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        return self.ui.outcome, self.ui.note, self.ui.promise, self.ui.due, self.ui.save


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
