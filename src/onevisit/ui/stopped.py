"""The window that comes when nothing else can: one sentence that says what is wrong and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout

STOPPED_STATUS = 2


class StoppedWindow(QDialog):
    """Says why the program cannot begin."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle("最多访一次")
        heading = QLabel("现在还不能打开", self)
        heading.setProperty("role", "page-title")
        self.words = QLabel(sentence, self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 30)
        self.leave = QPushButton("关闭", self)
        self.leave.setProperty("role", "primary")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.words)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignRight)
        self.setAccessibleDescription(sentence)

    def stay(self) -> int:
        """Show it until it is closed.

        Returns:
            The exit status of a program that could not begin.
        """
        self.exec()
        return STOPPED_STATUS
