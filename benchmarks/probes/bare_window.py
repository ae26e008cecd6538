"""The floor of every start: a bare PySide6 window with one field; says when it is painted and what memory it takes.

``--import a,b`` imports libraries first, as a floor for windows that need them.
"""

import argparse
import importlib
import sys

from memory import resident_mib
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget


def _say_ready(application: QApplication) -> None:
    print(f"ready {resident_mib():.1f}", flush=True)
    application.quit()


def main() -> None:
    """Show the window, say so, end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--import", dest="libraries", default="")
    for library in filter(None, parser.parse_args().libraries.split(",")):
        importlib.import_module(library)
    application = QApplication(sys.argv[:1])
    window = QWidget()
    QVBoxLayout(window).addWidget(QLineEdit())
    window.show()
    QTimer.singleShot(0, lambda: _say_ready(application))
    application.exec()


if __name__ == "__main__":
    main()
