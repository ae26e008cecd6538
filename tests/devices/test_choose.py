"""The print system that fits the computer."""

import subprocess
import sys
from pathlib import Path

import pytest

from onevisit.devices.choose import system_printer
from onevisit.devices.cups import CupsPrinter
from onevisit.devices.qt_printing import QtPrinter
from onevisit.paper.raster import page_images


def test_cups_where_its_tools_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("lp", "lpstat"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(system_printer(page_images), CupsPrinter)


def test_qt_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(system_printer(page_images), QtPrinter)


def test_choosing_loads_no_qt_by_itself() -> None:
    script = "import sys, onevisit.devices.choose, onevisit.devices.folder; sys.exit('PySide6' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
