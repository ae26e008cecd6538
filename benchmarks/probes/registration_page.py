"""Starts the client up to a registration page that takes keys, logging in by itself; argument: a data folder."""

import sys
from pathlib import Path

from memory import resident_mib
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from invented import CLERK, PASSWORD
from onevisit.app import Client, dress
from onevisit.resources import resource_dir


def main() -> None:
    """Log in, open the page, say so, end."""
    application = QApplication(sys.argv[:1])
    resources = resource_dir()
    client = Client(Path(sys.argv[1]), resources, dress(application, resources))

    def look() -> None:
        if client.window is None or not client.window.isVisible():
            return
        timer.stop()
        client.window.show_page("registration")
        QTimer.singleShot(0, say_ready)

    def say_ready() -> None:
        print(f"ready {resident_mib():.1f}", flush=True)
        application.quit()

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(look)
    client.start(practice=False)
    client.login.ui.login.setText(CLERK)
    client.login.ui.password.setText(PASSWORD)
    client.login.log_in()
    timer.start()
    application.exec()
    client.stop()


if __name__ == "__main__":
    main()
