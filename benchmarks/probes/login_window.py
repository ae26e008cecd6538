"""Starts the client up to its log-in window and says when it is painted; argument: an empty data folder."""

import sys
from pathlib import Path

from memory import resident_mib
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from onevisit.app import Client, dress
from onevisit.resources import resource_dir


def main() -> None:
    """Show the window, say so, end."""
    application = QApplication(sys.argv[:1])
    resources = resource_dir()
    client = Client(Path(sys.argv[1]), resources, dress(application, resources))

    def say_ready() -> None:
        print(f"ready {resident_mib():.1f}", flush=True)
        application.quit()

    client.start(practice=False)
    QTimer.singleShot(0, say_ready)
    application.exec()
    client.stop()


if __name__ == "__main__":
    main()
