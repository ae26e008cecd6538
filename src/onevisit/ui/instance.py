"""A second start of the program for the same data folder: it rings at the first one, which comes to the front.

This is a courtesy. What keeps two programs from one store is the lock of the store itself.
"""

import hashlib
import os
import sys
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 2_000
_HERE = b"here"


class Answer(Enum):
    """What came of ringing."""

    NOBODY = auto()
    CAME = auto()
    SILENCE = auto()


class Doorbell(QObject):
    """The bell of one data folder; only the same user can ring it.

    Signals:
        rang(): somebody started the program a second time; whoever hears it shows the window.
    """

    rang = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = bell_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_rung)

    def hang_up(self) -> bool:
        """Begin to listen, in place of one that was killed; False where the system does not allow it."""
        # nobody answered at it, or there would be no second one to get here
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def take_down(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _on_rung(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.rang.emit()
            socket.write(_HERE)
            socket.flush()
            socket.disconnectFromServer()


def ring(folder: Path, patience_ms: int = PATIENCE_MS) -> Answer:
    """Ring at the program that has this data folder open.

    Returns:
        NOBODY: there is none. CAME: its window is in front now. SILENCE: there is one, and it does not answer.
    """
    if sys.platform == "win32":
        # only whoever was started last may bring a window to the front; let the first one do it
        import ctypes  # noqa: PLC0415 - on this system alone

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    waiting, socket = QElapsedTimer(), QLocalSocket()
    waiting.start()
    socket.connectToServer(bell_name(folder))
    if not socket.waitForConnected(patience_ms):
        return Answer.NOBODY
    heard = b""
    while len(heard) < len(_HERE) and waiting.elapsed() < patience_ms:
        if not socket.waitForReadyRead(max(1, patience_ms - waiting.elapsed())):
            break
        heard += bytes(socket.readAll().data())
    socket.abort()
    return Answer.CAME if heard == _HERE else Answer.SILENCE


def bell_name(folder: Path) -> str:
    """Name the bell of a data folder; the name tells nobody where the folder is."""
    mark = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    # a folder of this user alone, where the system has one; otherwise Qt takes the one for temporary files
    return str(Path(own) / f"onevisit-{mark}") if own and Path(own).is_dir() else f"onevisit-{mark}"
