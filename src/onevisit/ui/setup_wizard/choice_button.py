"""A large button with a heading and a sentence of what it leads to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from onevisit.ui.widgets.style import set_style
from onevisit.ui.widgets.wordy_button import WordyButton


class ChoiceButton(WordyButton):
    """One way to go on, told in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, vertical=QSizePolicy.Policy.Fixed)
        set_style(self, role="choice")
        self._heading, self._sentence = QLabel(self), QLabel(self)
        self._heading.setProperty("role", "section")
        self._sentence.setProperty("role", "quiet")
        self._sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(4)
        for label in (self._heading, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)

    def set_words(self, heading: str, sentence: str, keys: str) -> None:
        """Say what it is, what it leads to, and the key that presses it."""
        self._heading.setText(f"{heading}　{keys}")
        self._sentence.setText(sentence)
        self.setShortcut(keys)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)
        self.updateGeometry()
