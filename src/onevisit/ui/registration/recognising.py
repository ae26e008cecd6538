"""Who and what the clerk recognises: what looks the same, what was answered about it, what is known of it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from onevisit.desk.lookup import Hit
from onevisit.desk.register import KnownMatter, Likenesses
from onevisit.rules.forms import Answer, RegistrationForm
from onevisit.ui.page import Context
from onevisit.ui.registration.answers import Answers
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.known import KnownThings
from onevisit.ui.registration.likeness_panel import LikenessPanel
from onevisit.ui.registration.likeness_watch import LikenessWatch


class Recognising(QObject):
    """Watches for likenesses, keeps the answers and fills in what is known.

    Args:
        context: what the page was given.
        panel: the form that is filled.
        likeness: asks the questions.
        form: the form as it stands, with the answers.
        parent: the page.

    Signals:
        answered(): an answer is different now, and so is the form.
        filled(str): fields that were filled in by what is known, for the clerk to check.
    """

    answered = Signal()
    filled = Signal(str)

    def __init__(
        self,
        context: Context,
        panel: FormPanel,
        likeness: LikenessPanel,
        form: Callable[[], RegistrationForm],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.answers = Answers()
        self.watch = LikenessWatch(context.desk, context.tasks, form, self)
        self.known = KnownThings(context.desk, context.tasks, panel)
        self._context, self._likeness, self._form = context, likeness, form
        self._found = Likenesses()
        self.watch.found.connect(self._on_found)
        self.watch.hits.connect(self._on_hits)
        self.known.person_filled.connect(self._on_filled)
        likeness.person_answered.connect(self.answer_person)
        likeness.matter_answered.connect(self.answer_matter)
        likeness.change_asked.connect(self.ask_again)

    def begin_anew(self) -> None:
        """The form is another: nothing was found or answered yet."""
        self.answers = Answers()
        self._found = Likenesses()
        self.watch.forget()
        self.known.forget()
        self._likeness.set_hits(())

    def add_to(self, form: RegistrationForm) -> RegistrationForm:
        """The form with the answers given so far, and why the visitor came again."""
        repeat = self.answers.same_matter() is not None
        return replace(
            form,
            person_answers=self.answers.person_answers(),
            matter_answers=self.answers.matter_answers(),
            return_reason=self._likeness.reason() if repeat else None,
            return_note=self._likeness.ui.note.text() if repeat else "",
        )

    def same_matter(self) -> KnownMatter | None:
        """The matter that was answered SAME, as it was shown."""
        return self.answers.known_matters.get(self.answers.same_matter() or 0)

    def show_state(self) -> None:
        """Show what is to be asked, or what was answered."""
        self._likeness.show_state(self._found, self.answers)

    def show_questions(self, waiting: Likenesses) -> None:
        """Bring up what must be answered before the save, with the cursor on it."""
        self._on_found(waiting)
        self._context.messages.attention("请先回答：是不是同一人、同一件事，再登记。")
        self._likeness.ask_now()

    def answer_person(self, petitioner_id: int, answer: Answer) -> None:
        """Keep an answer about a person; one that is the same fills the empty fields."""
        self.answers.answer_person(petitioner_id, answer, self._form().lead)
        if answer is Answer.SAME:
            self.known.take_person(petitioner_id)
        self._after_answer()

    def answer_matter(self, matter_id: int, answer: Answer) -> None:
        """Keep an answer about a matter; one that is the same makes this a repeat visit."""
        self.answers.answer_matter(matter_id, answer, self._form().lead)
        known = self.answers.known_matters.get(matter_id)
        if answer is Answer.SAME and known is not None:
            self.known.take_matter(known)
        self._after_answer()
        if answer is Answer.SAME:
            self._likeness.ask_now()

    def ask_again(self) -> None:
        """Take the answers back."""
        self.answers.forget()
        self._after_answer()

    def take_same_matter(self) -> None:
        """Fill in what is known of the matter that a draft was answered SAME about."""
        same = self.same_matter()
        if same is not None:
            self.known.take_matter(same)

    def _after_answer(self) -> None:
        self.answered.emit()
        self.watch.ask_now()

    def _on_found(self, found: Likenesses) -> None:
        self.answers.see(found)
        if found:
            self._likeness.set_hits(())
        self._found = found
        certain = next((one for one in found.persons if one.certain), None)
        if certain is not None:
            self.known.take_person(certain.petitioner_id)
        self.show_state()

    def _on_hits(self, hits: tuple[Hit, ...]) -> None:
        self._likeness.set_hits(hits)
        self.show_state()

    def _on_filled(self, words: str) -> None:
        self.answers.move_anchor(self._form().lead)
        if words:
            self.filled.emit(words)
