"""``onevisit demo``: the composition root of the demonstration."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from onevisit.app import Client, dress
from onevisit.demo.clock import SetClock
from onevisit.demo.driver import Driver
from onevisit.demo.journey import Day
from onevisit.demo.outcome import Outcome
from onevisit.demo.stage import set_stage
from onevisit.demo.visits_file import BadLine, VisitLine, read_visits
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.host import require_display
from onevisit.resources import resource_dir
from onevisit.rules.clocks import SHANGHAI
from onevisit.rules.faults import PlainFault

FAILED = 1
MOST_LINES = 60
"""More than a screen of lines tells nobody anything; ``summary.json`` holds them all."""


def run_demo(visits: Path, out: Path) -> int:
    """Drive the real window through a file of visits.

    Leaves ``slips/*.pdf``, ``screens/*.png`` and ``summary.json`` in ``out``; the store is a temporary one.

    Returns:
        0 if every line went well, 1 otherwise.

    Raises:
        PlainFault: the file cannot be read or the folder cannot be written.
    """
    lines = read_visits(visits)
    _make_room(out)
    _choose_platform()
    qInstallMessageHandler(_tell_qt)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="onevisit-demo-") as folder:
        outcomes = _play(application, lines, Path(folder), out)
    _write_summary(out, outcomes)
    print("\n".join(_report(outcomes)), flush=True)
    return 0 if outcomes and all(outcome.ok for outcome in outcomes) else FAILED


def _play(application: QApplication, lines: tuple[VisitLine | BadLine, ...], folder: Path, out: Path) -> list[Outcome]:
    good = [line for line in lines if isinstance(line, VisitLine)]
    clock = SetClock(min((line.arrived_at for line in good), default=datetime.now(SHANGHAI)))
    stage = set_stage(folder / "store", clock, [line.advice.lawyer for line in good if line.advice])
    resources = resource_dir()
    printer = PdfFolderPrinter(out / "slips")
    client = Client(folder, resources, dress(application, resources), now=clock, printer=printer, settle_ms=0)
    day = Day(client, stage, clock, lines, out)
    driver = Driver(day.play(), client)
    trouble: list[Exception] = []
    driver.ended.connect(lambda error: _end(application, error, trouble))
    client.tasks.crashed.connect(lambda bug: _end(application, bug, trouble))
    client.start(practice=False)
    driver.start()
    application.exec()
    client.stop()
    if trouble:
        raise trouble[0]
    return day.outcomes


def _end(application: QApplication, error: Exception | None, trouble: list[Exception]) -> None:
    if error is not None:
        trouble.append(error)
    application.exit()


def _choose_platform() -> None:
    """Without a display the window is drawn in memory; it is the same window."""
    try:
        require_display()
    except PlainFault:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _tell_qt(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what the platform without a display cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def _make_room(out: Path) -> None:
    """Take away what an earlier run left, and only that."""
    try:
        for folder, kind in (("slips", "*.pdf"), ("screens", "*.png")):
            (out / folder).mkdir(parents=True, exist_ok=True)
            for old in (out / folder).glob(kind):
                old.unlink()
        (out / "summary.json").unlink(missing_ok=True)
    except OSError as error:
        raise PlainFault(f"写不进文件夹“{out}”，请换一个文件夹或检查权限。") from error


def _write_summary(out: Path, outcomes: list[Outcome]) -> None:
    text = json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=1)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")


def _report(outcomes: list[Outcome]) -> Iterator[str]:
    """The first lines one by one, then how it went as a whole."""
    yield from map(_line_of, outcomes[:MOST_LINES])
    failed = sum(not outcome.ok for outcome in outcomes)
    yield (
        f"共 {len(outcomes)} 行，{failed} 行未通过，明细见 summary.json。"
        if failed
        else f"共 {len(outcomes)} 行，全部通过。"
    )


def _line_of(outcome: Outcome) -> str:
    if outcome.errors:
        return f"{outcome.number:>3}  未通过  {'；'.join(outcome.errors)}"
    repeat = "再次来访" if outcome.repeat else "初访"
    due = "、".join(f"{what} {day}" for what, day in outcome.due.items()) or "没有期限"
    return f"{outcome.number:>3}  通过　  {outcome.visit_no}  {outcome.matter_no}  {repeat}  {outcome.route}  {due}"
