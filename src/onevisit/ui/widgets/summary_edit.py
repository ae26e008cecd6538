"""Several lines of text: Enter breaks the line, Tab leaves the field."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_FEWEST_LINES = 2


class SummaryEdit(QPlainTextEdit):
    """Plain text of any length, at least two lines tall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines; a layout gives it what is left."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never less than two lines."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * 8, self._height())

    def _height(self) -> int:
        return round(self.fontMetrics().lineSpacing() * _FEWEST_LINES) + round(2 * self.document().documentMargin())
