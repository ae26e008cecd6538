"""The whole program inside a test, taken apart in a fixed order at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from onevisit.app import Client, dress
from onevisit.devices.printers import Printer


@contextmanager
def running_client(qapp: QApplication, folder: Path, resources: Path, printer: Printer) -> Iterator[Client]:
    """A client that is not started yet, without the pause after a log-in; fails for every bug on its worker."""
    font = qapp.font()
    made = Client(folder, resources, dress(qapp, resources), printer=printer, settle_ms=0)
    bugs: list[Exception] = []
    made.tasks.crashed.connect(bugs.append)
    yield made
    if made.window is not None:
        made.window.leave_now(log_in_again=True)
    made.stop()
    for window in (made.login, made.wizard, made.rescue, made.window):
        if window is not None:
            window.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    assert not bugs, f"bugs on the worker: {bugs}"
