"""One figure as a large number: what it is, the number, what it rests on; pressed, it shows the rows behind it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from onevisit.rules.figures import FigureKey
from onevisit.ui.widgets.labels import plain_label, tip
from onevisit.ui.widgets.style import em, set_style


class Tile(QPushButton):
    """A button that is as high as its words."""

    def __init__(self, key: FigureKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        set_style(self, role="tile")
        self.setAutoDefault(False)
        self.word = plain_label("", "quiet", wrap=False)
        self.number = plain_label("", "figure", wrap=False)
        self.note = plain_label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        for label in (self.word, self.number, self.note):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_figure(self, word: str, number: str, note: str, how: str) -> None:
        """Show a figure; ``how`` it is counted is in the tooltip and for a screen reader."""
        self.word.setText(word)
        self.number.setText(number)
        self.note.setText(note)
        self.setAccessibleName(f"{word} {number}")
        self.setAccessibleDescription(f"{note}。{how}按回车看名单。")
        self.setToolTip(tip(how))
        self.updateGeometry()

    def labels(self) -> tuple[QLabel, QLabel, QLabel]:
        """What stands in it, from top to bottom."""
        return self.word, self.number, self.note

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The height follows the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The note wraps."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the words in that width."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Sixteen characters wide."""
        width = em(self, 18)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The number is never cut off."""
        return QSize(em(self, 12), self.heightForWidth(max(self.width(), em(self, 12))))
