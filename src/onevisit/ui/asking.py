"""The one question that stops the work: before something that cannot be undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from onevisit.ui.messages import Question
from onevisit.ui.overlay import Overlay
from onevisit.ui.widgets.style import announce, em


class AskCard(Overlay):
    """Shows one question at a time; Esc and Enter leave everything as it is, the verb must be chosen."""

    def __init__(self, covered: QWidget, below: QWidget) -> None:
        super().__init__(covered, below)
        self._question: Question | None = None
        self.text = QLabel(self.card)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.refuse = QPushButton(self.card)
        self.refuse.setAutoDefault(True)
        self.agree = QPushButton(self.card)
        self.agree.setProperty("role", "danger")
        self.agree.setAutoDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.refuse)
        row.addWidget(self.agree)
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.refuse.clicked.connect(self.dismiss)
        self.agree.clicked.connect(self._on_agreed)

    def ask(self, question: Question) -> None:
        """Show a question; one that still stands open counts as refused."""
        if self._question is not None:
            self.dismiss()
        self._question = question
        self.text.setText(question.text)
        self.text.setFixedWidth(em(self, 26))
        self.text.setMinimumHeight(self.text.heightForWidth(em(self, 26)))  # the overlay's layout asks for no height
        self.agree.setText(question.verb)
        self.refuse.setText(question.refuse)
        self.card.setAccessibleName(question.text)
        self.refuse.setAccessibleDescription(question.text)
        self.open_card(self.refuse)
        announce(self, question.text)

    def dismiss(self) -> None:
        """Leave everything as it is."""
        question, self._question = self._question, None
        self.close_card()
        if question is not None and question.refused is not None:
            question.refused()

    def _on_agreed(self) -> None:
        question, self._question = self._question, None
        self.close_card()
        if question is not None:
            question.agreed()
