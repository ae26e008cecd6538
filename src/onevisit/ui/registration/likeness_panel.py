"""Who and what looks the same: one question at a time, its answer, and why the visitor had to come again."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from onevisit.desk.lookup import Hit
from onevisit.desk.register import KnownMatter, KnownPerson, Likenesses
from onevisit.rules.classification import ReturnReason
from onevisit.rules.forms import Answer
from onevisit.rules.people import Sex
from onevisit.rules.return_causes import Cause
from onevisit.ui._forms.registration_likeness import Ui_LikenessPanel
from onevisit.ui.elided import ElidedLabel
from onevisit.ui.registration import choices
from onevisit.ui.registration.answers import Answers, day_words
from onevisit.ui.registration.person_fields import age
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import all_plain, plain_label, tip
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import announce, em, set_style

_NOTHING = Likenesses()
_BESIDE_FROM = 40
"""Chinese characters of width; below that the buttons stand beneath the words."""


class LikenessPanel(QFrame):
    """Asks about persons first, then about their matters; hidden while there is nothing to say.

    Signals:
        person_answered(int, Answer): about one known person.
        matter_answered(int, Answer): about one matter.
        change_asked(): the clerk takes the answers back.
        reason_changed(): why the visitor came again is said otherwise.
        open_asked(int): the clerk wants to look at a matter that the search found.
    """

    person_answered = Signal(int, object)
    matter_answered = Signal(int, object)
    change_asked = Signal()
    reason_changed = Signal()
    open_asked = Signal(int)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_LikenessPanel()
        self.ui.setupUi(self)
        ui = self.ui
        all_plain(self)
        self._today = today
        self._question = _NOTHING
        self._rows: list[QPushButton] = []
        self._hits: tuple[Hit, ...] = ()
        ui.reason.set_choices(choices.return_reasons())
        ui.reason.set_value(None)
        self.reason_field = Field(ui.reason)
        self.note_field = Field(ui.note)
        self._suggested: ReturnReason | None = None
        self.cause = ElidedLabel(self)
        set_style(self.cause, role="hint")
        self.cause.hide()
        ui.column.insertWidget(ui.column.indexOf(ui.return_row) + 1, self.cause)
        # a shortcut of the button itself would click a tenth of a second late
        for keys, button in (("Alt+1", ui.same), ("Alt+2", ui.another)):
            on_key(keys, button, button.click)
        ui.same.clicked.connect(lambda: self._answer(0, Answer.SAME))
        ui.another.clicked.connect(self._answer_none)
        ui.change.clicked.connect(self.change_asked)
        ui.reason.chosen.connect(self.reason_changed)
        ui.note.textChanged.connect(self.reason_changed)
        ui.note.setMinimumWidth(em(self, 5))
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The buttons stand beneath the words where the panel is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < em(self, _BESIDE_FROM)
        ways = QBoxLayout.Direction
        self.ui.head.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def show_state(self, likenesses: Likenesses, answers: Answers) -> None:
        """Show what is to be asked, or what was answered."""
        waiting = answers.open_questions(likenesses)
        certain = next((one for one in likenesses.persons if one.certain), None)
        asked = waiting.persons[:1] or waiting.matters[:1]
        self._question = Likenesses(waiting.persons, () if waiting.persons else waiting.matters)
        self._say_stop("")
        if waiting.persons:
            self._ask_person(waiting.persons)
        elif waiting.matters:
            self._ask_matter(waiting.matters, certain, answers)
        else:
            self._tell(answers, certain)
        same = answers.same_matter() is not None and not asked
        self.ui.return_row.setVisible(same)
        self.cause.setVisible(same and bool(self.cause.text()))
        self.ui.same.setVisible(bool(asked))
        self.ui.another.setVisible(bool(asked))
        self.ui.change.setVisible(not asked and bool(answers.persons or answers.matters))
        self.setVisible(bool(asked) or bool(self.ui.heading.text()))
        if asked:
            announce(self, f"{self.ui.heading.text()}，{self.ui.detail.text()}")

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        """What the search found for the words that the form began with; told while there is nothing to ask."""
        self._hits = hits

    def asking(self) -> Likenesses:
        """What waits for an answer in the panel now."""
        return self._question

    def ask_now(self) -> None:
        """Put the cursor on the question."""
        (self.ui.same if not self.ui.same.isHidden() else self.ui.reason).setFocus()

    def reason(self) -> ReturnReason | None:
        """Why the visitor came again, as chosen."""
        value = self.ui.reason.value()
        return ReturnReason.from_code(value) if value else None

    def suggest(self, cause: Cause | None) -> None:
        """Choose the reason that the facts speak for, unless the clerk chose one; say which facts."""
        untouched = self.reason() in {None, self._suggested} and self.ui.reason.half_typed() is None
        wanted = cause.reason if cause else None
        if untouched and wanted is not self.reason() and (wanted or self._suggested):
            self.ui.reason.set_value(wanted.value if wanted else None)
        self._suggested = wanted if untouched else None
        self.cause.setText(self._cause_words(cause))
        self.cause.setVisible(bool(self.cause.text()) and not self.ui.return_row.isHidden())

    def _cause_words(self, cause: Cause | None) -> str:
        if cause is None:
            return ""
        if self.reason() is cause.reason:
            return f"按记录选的，不对的请改选：{cause.why}。"
        return f"按记录可能是“{cause.reason.label}”：{cause.why}。"

    def set_reason(self, reason: ReturnReason | None, note: str) -> None:
        """Show why the visitor came again."""
        self.ui.reason.set_value(reason.value if reason else None)
        self.ui.note.setText(note)

    def stops(self) -> Sequence[QWidget]:
        """What the Tab key goes through, in order."""
        ui = self.ui
        return (ui.same, ui.another, *self._rows, ui.change, ui.reason, ui.note)

    def show_faults(self, said: dict[str, str]) -> None:
        """Say what is wrong with reason and note; words about the answers stand under the reason."""
        self.reason_field.set_fault(said.get("return_reason", ""))
        self.note_field.set_fault(said.get("return_note", ""))

    def _ask_person(self, persons: Sequence[KnownPerson]) -> None:
        first = persons[0]
        self._say(f"可能是同一人 · {'、'.join(first.reasons)}", self.person_words(first))
        self._label("就是此人", "另一个人")
        self._offer(
            [
                (self.person_words(one), "就是此人", partial(self._answer, at, Answer.SAME))
                for at, one in enumerate(persons[1:], 1)
            ]
        )

    def _ask_matter(self, matters: Sequence[KnownMatter], certain: KnownPerson | None, answers: Answers) -> None:
        who = "同一人"
        if certain is not None:
            who = f"同一人 · {'、'.join(certain.reasons)}"
        elif answers.same_person() is not None:
            who = "同一人 · 已确认"
        first = matters[0]
        # what was promised yields to what is to be said now; the tooltip has both
        self._say(who, matter_words(first, promise=not first.stop))
        self.ui.detail.setToolTip(tip(matter_words(first)) if first.stop else "")
        self._say_stop(first.stop)
        self._label("就是这件事", "另一件事")
        self._offer(
            [
                (matter_words(one), "就是这件事", partial(self._answer, at, Answer.SAME))
                for at, one in enumerate(matters[1:], 1)
            ]
        )

    def _tell(self, answers: Answers, certain: KnownPerson | None) -> None:
        """Say what was answered, or who is recognised."""
        self._offer([])
        same = answers.same_matter()
        if same is not None:
            known = answers.known_matters.get(same)
            word = f"（{known.stop_word}）" if known and known.stop_word else ""
            self._say(f"再次来访 · {answers.matter_title(same)}{word}", "")
            self.ui.heading.setToolTip(tip(f"{matter_words(known)}\n{known.stop}".strip()) if known else "")
        elif answers.matters:
            titles = "、".join(f"「{answers.matter_title(one)}」" for one in answers.matters)
            self._say("新的事项", f"已记为另一件事，不是{titles}")
        elif certain is not None:
            self._say(f"同一人 · {'、'.join(certain.reasons)}", f"{day_words(certain.last_visit)}来过，没有以前的事项")
        elif answers.same_person() is not None:
            self._say("同一人 · 已确认", "没有以前的事项")
        elif answers.persons:
            names = "、".join(dict.fromkeys(answers.person_name(one) for one in answers.persons))
            self._say("新来访人", f"已记为另一个人，不是以前登记过的{names}")
        elif self._hits:
            self._say(f"以前的事项 · 查到 {len(self._hits)} 件", "证件号或电话填好后，会认出是不是同一人")
            rows = [(hit_words(one), "查看", partial(self.open_asked.emit, one.matter_id)) for one in self._hits]
            self._offer(rows)
        else:
            self._say("", "")

    def _say(self, heading: str, detail: str) -> None:
        self.ui.heading.setText(heading)
        self.ui.heading.setToolTip("")
        self.ui.detail.setToolTip("")
        self.ui.detail.setText(detail)
        self.ui.detail.setVisible(bool(detail))

    def _label(self, same: str, another: str) -> None:
        self.ui.same.setText(f"{same}　Alt 1")
        self.ui.another.setText(f"{another}　Alt 2")
        self.ui.same.setAccessibleName(same)
        self.ui.another.setAccessibleName(another)

    def _say_stop(self, words: str) -> None:
        """What speaks against dealing with the matter once more, with its article."""
        self.ui.stop.setText(words)
        self.ui.stop.setVisible(bool(words))

    def _offer(self, rows: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
        """More lines, each with a button of its own: its words, its verb, what it does."""
        clear(self.ui.others_column)
        self._rows = []
        for words, verb, do in rows:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            label: QLabel = plain_label(words, "hint")
            button = QPushButton(verb)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{verb}：{words}")
            set_style(button, role="small")
            button.clicked.connect(do)
            line.addWidget(label, 1)
            line.addWidget(button)
            self.ui.others_column.addWidget(row)
            self._rows.append(button)
        self.ui.others.setVisible(bool(rows))

    def _answer(self, place: int, answer: Answer) -> None:
        """Answer about the candidate at ``place``; the others are then somebody or something else."""
        if self._question.persons:
            self.person_answered.emit(self._question.persons[place].petitioner_id, answer)
        elif self._question.matters:
            self.matter_answered.emit(self._question.matters[place].matter_id, answer)

    def _answer_none(self) -> None:
        """None of the candidates."""
        question = self._question
        for person in question.persons:
            self.person_answered.emit(person.petitioner_id, Answer.ANOTHER)
        for matter in () if question.persons else question.matters:
            self.matter_answered.emit(matter.matter_id, Answer.ANOTHER)

    def person_words(self, person: KnownPerson) -> str:
        """Who that is, masked."""
        sex = person.sex.label if person.sex in {Sex.MALE, Sex.FEMALE} else ""
        years = f"{age(person.birth_date, self._today())}岁" if person.birth_date else ""
        parts = (person.name, sex, years, person.masked_id, person.masked_phone, person.place)
        when = f"{day_words(person.last_visit)}来过" if person.last_visit else day_words(None)
        return f"{'　'.join(part for part in parts if part)}　{when}"


def hit_words(hit: Hit) -> str:
    """Name a matter that the search found, with the people masked as everywhere."""
    state = "正在办理" if hit.open else "已办结"
    parts = (hit.petitioners, hit.masked_id, f"「{hit.title}」", state, day_words(hit.last_visit))
    return "　".join(part for part in parts if part)


def matter_words(matter: KnownMatter, *, promise: bool = True) -> str:
    """What the matter is and how it stands, and what was promised unless that is left out."""
    state = matter.standing or ("正在办理" if matter.open else "已办结")
    promised = f"，{matter.promise}" if promise and matter.promise and matter.open else ""
    why = f"（{'、'.join(matter.reasons)}）" if matter.reasons else ""
    return f"{day_words(matter.last_visit)}来过，「{matter.title}」{why}，{state}{promised}"
