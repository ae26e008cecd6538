"""The questions of the assistant, one under the other, each answer a button; what is suggested says so."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from onevisit.rules.routes import BESIDE, Answers, Choice, Offer, Question
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import set_style
from onevisit.ui.widgets.wordy_button import WordyButton

_BESIDE_EACH_OTHER = 14
"""Characters; answers that are all this short stand side by side."""
_SUGGESTED = "建议"


class OptionButton(WordyButton):
    """One answer: its words break where they must, and its mark says that it is suggested."""

    def __init__(self, words: str, parent: QWidget | None = None, *, suggested: bool = False) -> None:
        super().__init__(parent, vertical=QSizePolicy.Policy.Preferred)
        self.setCheckable(True)
        self.setAutoDefault(False)
        set_style(self, role="option")
        self._words = plain_label(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        labels = [self._words]
        if suggested:
            labels.append(plain_label(_SUGGESTED, "hint", tone="info", wrap=False))
            row.addWidget(labels[-1])
        for label in labels:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{words}，{_SUGGESTED}" if suggested else words)


class QuestionBlock(QFrame):
    """One question with its answers.

    Signals:
        answered(str): the key of the answer that was taken.
    """

    answered = Signal(str)

    def __init__(self, question: Question, taken: str, suggested: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.setAccessibleName(question.text)
        self.buttons: dict[str, OptionButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(plain_label(question.text, "section"))
        short = all(len(one.text) <= _BESIDE_EACH_OTHER for one in question.choices)
        row = QHBoxLayout() if short else None
        for choice in question.choices:
            button = self._button(choice, taken, suggested)
            (row if row is not None else column).addWidget(button, 1 if row is not None else 0)
        if row is not None:
            row.setSpacing(6)
            column.addLayout(row)

    def focus_here(self) -> None:
        """Put the cursor on the answer that is taken, or on the first."""
        buttons = list(self.buttons.values())
        next((one for one in buttons if one.isChecked()), buttons[0]).setFocus()

    def _button(self, choice: Choice, taken: str, suggested: str) -> OptionButton:
        button = OptionButton(choice.text, self, suggested=choice.key == suggested)
        button.setChecked(choice.key == taken)
        button.clicked.connect(partial(self.answered.emit, choice.key))
        self._group.addButton(button)
        self.buttons[choice.key] = button
        return button


class OfferBlock(QFrame):
    """What is offered beside the route: of each the visitor's answer, taken or not wanted.

    Signals:
        changed(): an answer was given.
    """

    changed = Signal()

    def __init__(self, question: Question, suggested: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.rows: dict[Offer, SegmentedChoice[bool]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(plain_label("来访人还需要什么帮助？问一声，记下来。", "section"))
        for choice in question.choices:
            column.addLayout(self._row(choice, suggested=choice.key in suggested))

    def taken(self) -> tuple[Offer, ...]:
        """What the visitor takes."""
        return tuple(offer for offer, row in self.rows.items() if row.value() is True)

    def declined(self) -> tuple[Offer, ...]:
        """What the visitor does not want."""
        return tuple(offer for offer, row in self.rows.items() if row.value() is False)

    def put(self, taken: tuple[Offer, ...], declined: tuple[Offer, ...]) -> None:
        """Show what was answered before."""
        for offer, row in self.rows.items():
            row.set_value(True if offer in taken else False if offer in declined else None)

    def _row(self, choice: Choice, *, suggested: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        label: QLabel = plain_label(choice.text)
        row.addWidget(label, 1)
        if suggested:
            row.addWidget(plain_label(_SUGGESTED, "hint", tone="info", wrap=False))
        segments = SegmentedChoice[bool](self)
        segments.set_choices([(True, "接受"), (False, "不需要")])
        segments.setAccessibleName(choice.text)
        segments.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        segments.changed.connect(self.changed)
        row.addWidget(segments)
        self.rows[Offer.from_code(choice.key)] = segments
        return row


class Questions(QWidget):
    """All that is asked so far; an answer brings up what follows from it.

    Signals:
        changed(): the answers are others now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: dict[str, QuestionBlock] = {}
        self.offers: OfferBlock | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._answers: dict[str, tuple[str, ...]] = {}
        self._suggested: Answers = {}
        self._offered: tuple[tuple[Offer, ...], tuple[Offer, ...]] = ((), ())
        self._shown: tuple[str, ...] = ()

    def begin(self, suggested: Answers) -> None:
        """Take what is suggested as answered, until the clerk says otherwise; nothing offered is answered yet."""
        self._suggested = suggested
        self._answers = {key: value for key, value in suggested.items() if key != BESIDE}
        self._offered = ((), ())
        self._shown = ()

    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """What is answered now, with what the visitor takes of the offers."""
        return {**self._answers, BESIDE: tuple(one.value for one in self.taken())}

    def taken(self) -> tuple[Offer, ...]:
        """What is offered beside the route and taken."""
        return self._offered[0] if self.offers is not None else ()

    def declined(self) -> tuple[Offer, ...]:
        """What is offered and not wanted."""
        return self._offered[1] if self.offers is not None else ()

    def show_questions(self, asked: tuple[Question, ...]) -> None:
        """Show these; a question that stays keeps its buttons and the cursor."""
        keys = tuple(one.key for one in asked)
        if keys == self._shown:
            return
        self._shown = keys
        clear(self._column)
        self.blocks, self.offers = {}, None
        for question in asked:
            if question.several:
                self._add_offers(question)
            else:
                self._add(question)
        self._column.addStretch(1)

    def answer(self, key: str, choice: str) -> None:
        """Answer a question, as if its button had been pressed."""
        self.blocks[key].buttons[choice].click()

    def focus_first(self) -> None:
        """Put the cursor on the first question."""
        first = next(iter(self.blocks.values()), None)
        if first is not None:
            first.focus_here()

    def _add(self, question: Question) -> None:
        taken = (*self._answers.get(question.key, ()), "")[0]
        suggested = (*self._suggested.get(question.key, ()), "")[0]
        block = QuestionBlock(question, taken, suggested, self)
        block.answered.connect(partial(self._on_answered, question.key))
        self.blocks[question.key] = block
        self._column.addWidget(block)

    def _add_offers(self, question: Question) -> None:
        block = OfferBlock(question, self._suggested.get(question.key, ()), self)
        block.put(*self._offered)
        block.changed.connect(self._on_offered)
        self.offers = block
        self._column.addWidget(block)

    def _on_answered(self, key: str, choice: str) -> None:
        self._answers[key] = (choice,)
        self.changed.emit()
        if key in self.blocks:
            self.blocks[key].focus_here()

    def _on_offered(self) -> None:
        if self.offers is not None:
            self._offered = (self.offers.taken(), self.offers.declined())
            self.changed.emit()
