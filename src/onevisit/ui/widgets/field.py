"""A field with its words: what was understood stands in green inside it, what is wrong in red beneath it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from onevisit.ui.theme import GRID
from onevisit.ui.widgets.layouts import put_in_place
from onevisit.ui.widgets.style import announce, em, set_style

FINE_MARK, FAULT_MARK = "✓", "！"


class InsideNote(QLabel):
    """Green words at the right end of a line; hidden while they would cover what is typed."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_style(self, role="hint", tone="fine")
        line.installEventFilter(self)
        line.textChanged.connect(self.place)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show words, or none."""
        self.setText(words)
        self.place()

    def fits(self) -> bool:
        """Whether the words stand beside the text without covering it."""
        taken = self._line.fontMetrics().horizontalAdvance(self._line.text()) + 4 * GRID
        return taken + self.sizeHint().width() <= self._line.width()

    def place(self) -> None:
        """Stand at the right end, if there is room."""
        size = self.sizeHint()
        self.resize(size)
        self.move(self._line.width() - size.width() - GRID, (self._line.height() - size.height()) // 2)
        self.setVisible(bool(self.text()) and self.fits())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the line's size and type."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.place()
        return super().eventFilter(watched, event)


class Field(QWidget):
    """An editor with a line for its words beneath; the line takes room only while it says something.

    It stands where the editor stood in a layout.

    Args:
        editor: the widget that is filled in.
        line: the line edit that carries the green words; without one they stand beneath.
        around: what holds the editor together with its neighbours, if not the editor alone.
    """

    def __init__(
        self,
        editor: QWidget,
        line: QLineEdit | None = None,
        parent: QWidget | None = None,
        *,
        around: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.fault = ""
        self.fine = ""
        self._described = editor.accessibleDescription()
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._replace(around or editor)
        column.addWidget(around or editor)
        column.addWidget(self._words)
        self._inside = InsideNote(line) if line is not None else None

    def _replace(self, around: QWidget) -> None:
        """Stand where ``around`` stood, in whatever layout."""
        place = around.parentWidget()
        layout = place.layout() if place is not None else None
        if layout is not None and layout.indexOf(around) >= 0:
            self.setParent(place)
            put_in_place(layout, around, self)

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong, or that nothing is (empty)."""
        if sentence == self.fault:
            return
        self.fault = sentence
        set_style(self.editor, tone="fault" if sentence else "")
        self.editor.setAccessibleDescription(sentence or self._described)
        self._show()
        announce(self.editor, sentence)

    def set_fine(self, words: str) -> None:
        """Say what was understood, or nothing (empty)."""
        if words != self.fine:
            self.fine = words
            self._show()

    def words(self) -> str:
        """What stands beneath the editor now."""
        return "" if self._words.isHidden() else self._words.text()

    def _show(self) -> None:
        fine = f"{FINE_MARK} {self.fine}" if self.fine and not self.fault else ""
        inside = self._inside is not None
        if self._inside is not None:
            self._inside.show_words(fine)
        beneath = f"{FAULT_MARK}{self.fault}" if self.fault else ("" if inside else fine)
        set_style(self._words, role="hint", tone="fault" if self.fault else "fine")
        self._words.setText(beneath)
        self._words.setVisible(bool(beneath))


def words_width(widget: QWidget, characters: float) -> int:
    """The width that a field for so many Chinese characters takes, its frame and inner space with it."""
    return em(widget, characters) + 3 * GRID
