"""A bug shows one plain dialog and leaves a log without personal data."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from onevisit.ui.crash import CrashHandler, open_log, trace_words


def _bug(name: str) -> None:
    raise KeyError(f"no such visitor {name}")


def _caught(name: str = "王伟") -> Exception:
    try:
        _bug(name)
    except KeyError as error:
        return error
    raise AssertionError


@pytest.fixture
def log(tmp_path: Path, announced_logs: list[str]) -> Iterator[Path]:
    announced_logs.extend(("bug ", "QLineEdit:"))
    level = logging.getLogger().level
    handler = open_log(tmp_path / "log")
    yield tmp_path / "log" / "onevisit.log"
    logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(level)
    handler.close()


@pytest.fixture
def ended() -> list[int]:
    """How often the handler ended the program."""
    return []


@pytest.fixture
def handler(qapp: QApplication, log: Path, ended: list[int]) -> Iterator[CrashHandler]:
    made = CrashHandler(lambda: ended.append(1))
    yield made
    if made.dialog is not None:
        made.dialog.accept()
    made.remove()


def test_a_trace_names_places_and_no_text() -> None:
    words = trace_words(_caught())
    assert words.startswith("KeyError at test_crash.py:")
    assert "_bug" in words
    assert "王伟" not in words


def _misled(name: str) -> None:
    try:
        _bug(name)
    except KeyError as error:
        raise ValueError(name) from error


def test_a_cause_is_named_too() -> None:
    with pytest.raises(ValueError, match="王伟") as caught:
        _misled("王伟")
    words = trace_words(caught.value)
    assert "caused by KeyError" in words
    assert "王伟" not in words


def test_a_bug_is_logged_and_shown_once(handler: CrashHandler, log: Path, ended: list[int], qtbot: QtBot) -> None:
    handler.caught(_caught())
    handler.caught(_caught())
    qtbot.waitUntil(lambda: handler.dialog is not None)
    dialog = handler.dialog
    assert dialog is not None
    assert not isinstance(dialog, QMessageBox)
    assert "您正在输入的内容还在" in dialog.words.text()
    written = log.read_text(encoding="utf-8")
    assert written.count("KeyError at test_crash.py") == 2
    assert "王伟" not in written
    assert log.stat().st_mode & 0o777 == 0o600
    dialog.go_on.click()
    assert handler.dialog is None
    assert ended == []


def test_the_person_may_end_the_program(handler: CrashHandler, ended: list[int], qtbot: QtBot) -> None:
    handler.caught(_caught())
    qtbot.waitUntil(lambda: handler.dialog is not None)
    assert handler.dialog is not None
    handler.dialog.end.click()
    assert ended == [1]


def test_bugs_of_every_thread_are_caught(handler: CrashHandler, log: Path, qtbot: QtBot) -> None:
    before = sys.excepthook, threading.excepthook
    handler.install()
    try:
        thread = threading.Thread(target=_bug, args=("王伟",))
        thread.start()
        thread.join()
        error = _caught()
        sys.excepthook(type(error), error, error.__traceback__)
        qWarning("QLineEdit: 王伟 370499197904120232")
    finally:
        handler.remove()
    assert (sys.excepthook, threading.excepthook) == before
    qtbot.waitUntil(lambda: handler.dialog is not None)
    written = log.read_text(encoding="utf-8")
    assert written.count("ERROR onevisit.ui.crash bug") == 2
    assert "WARNING qt QLineEdit:" in written
    assert "王伟" not in written
    assert "370499" not in written


def test_an_exception_in_a_log_record_keeps_its_text_to_itself(log: Path) -> None:
    try:
        _bug("王伟")
    except KeyError:
        logging.getLogger("onevisit").info("could not", exc_info=True)
    written = log.read_text(encoding="utf-8")
    assert "could not [KeyError at test_crash.py:" in written
    assert "王伟" not in written
