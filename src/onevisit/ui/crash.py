"""What happens when the program itself is wrong: one plain dialog, and a log that holds no personal data.

The log gets the type of the error and the file, line and function of each step, never its text: a text may quote what a
visitor said. Messages of Qt are kept the same way.
"""

import logging
import re
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_log = logging.getLogger(__name__)
_LOG_BYTES = 512 * 1024
_LOG_COPIES = 4
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class PrivateLogFile(RotatingFileHandler):
    """A log of at most 2.5 MB that only its owner can read."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=_LOG_BYTES, backupCount=_LOG_COPIES, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the stream's type is private to typeshed
        file = Path(self.baseFilename)
        file.touch(mode=0o600, exist_ok=True)
        file.chmod(0o600)
        return super()._open()

    def format(self, record: logging.LogRecord) -> str:
        """Keep what was said and leave out the texts of exceptions."""
        error, record.exc_info, record.exc_text = record.exc_info, None, None
        try:
            said = super().format(record)
        finally:
            record.exc_info = error
        return f"{said} [{trace_words(error[1])}]" if error and error[1] is not None else said


def trace_words(error: BaseException) -> str:
    """Where an error arose, without its text: ``KeyError at a.py:12 f < b.py:3 g``, innermost first."""
    steps = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    because = f" caused by {trace_words(cause)}" if cause is not None and cause is not error else ""
    return f"{type(error).__name__} at {' < '.join(reversed(steps)) or 'nowhere'}{because}"


def open_log(folder: Path) -> PrivateLogFile:
    """Begin to log into ``folder``, which is made when it is missing.

    Raises:
        OSError: the folder cannot be used.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # one from an older copy may be open to all
    handler = PrivateLogFile(folder / "onevisit.log")
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


class CrashDialog(QDialog):
    """Says that the program was wrong, what is safe, and what to do next."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序错误 · 最多访一次")
        self.leave_program = False
        heading = QLabel("发生了程序错误，已记录。", self)
        heading.setProperty("role", "page-title")
        self.words = QLabel(
            "已经保存的登记不受影响，您正在输入的内容还在。可以回去继续；"
            "如果同样的操作再次出错，请先记下正在登记的内容，再退出并重新打开程序。\n\n"
            f"告诉维护人员这个编号：{number}",
            self,
        )
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(heading.text())
        self.setAccessibleDescription(self.words.text())
        self.go_on = QPushButton("回去继续", self)
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        self.end = QPushButton("退出程序", self)
        row = QHBoxLayout()
        row.addWidget(self.end)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.words)
        column.addLayout(row)
        self.words.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 30)
        self.go_on.clicked.connect(self.accept)
        self.end.clicked.connect(self._on_end)
        self.go_on.setFocus()

    def _on_end(self) -> None:
        self.leave_program = True
        self.accept()


class CrashHandler(QObject):
    """Catches what nobody else does, on every thread, and shows one dialog at a time.

    Args:
        end: ends the program; called when the person wants that.
    """

    _happened = Signal(str)

    def __init__(self, end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = end
        self._before = sys.excepthook
        self._thread_before = threading.excepthook
        self._qt_before: object = None
        self.dialog: CrashDialog | None = None
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Begin to catch."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        self._qt_before = qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Put back what caught before."""
        sys.excepthook = self._before
        threading.excepthook = self._thread_before
        qInstallMessageHandler(self._qt_before)

    def caught(self, error: BaseException) -> None:
        """Log a bug and show the dialog; from any thread."""
        number = f"{datetime.now(UTC):%m%d-%H%M%S}"
        _log.error("bug %s: %s", number, trace_words(error))
        self._happened.emit(number)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._end()
            return
        if error.__traceback__ is None:
            error = error.with_traceback(trace)
        self.caught(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_value)

    def _show(self, number: str) -> None:
        if self.dialog is not None:
            return
        self.dialog = CrashDialog(number)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.setModal(True)
        self.dialog.show()

    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.leave_program:
            self._end()


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Keep the first words of a message, up to a quotation or a number: what follows may be a widget's content."""
    words = re.match(r"[A-Za-z:_ ]*", message)
    said = words.group(0).strip() if words else ""
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", said)
