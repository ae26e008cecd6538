"""The slip page on a real store and real PDF files: one press, one sheet; every sheet is answered for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import consult, issue, lookup, unit
from onevisit.desk.desk import Desk
from onevisit.desk.practice_day import _VISITS
from onevisit.desk.register import Registered, register
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.devices.printers import (
    JobRef,
    JobState,
    MediaSize,
    PrinterFault,
    Problem,
    QueueInfo,
    QueueState,
    queue_trouble,
)
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.people import PersonEntry
from onevisit.ui.page import Context, Page
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.slip.service import SlipPrinting
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.layouts import children


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


ContextOf = Callable[[Role], Context]
Desks = Callable[[Role], Desk]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


class Hall:
    """A print system with two queues; ``fault`` is what it says to the next job, None to take it."""

    def __init__(self, names: tuple[str, ...] = ("piao", "a5")) -> None:
        self.names = names
        self.fault: PrinterFault | None = None
        self.taken: list[tuple[str, MediaSize | None]] = []
        self.dead = False

    def queues(self) -> tuple[QueueInfo, ...]:
        if self.dead:
            raise PrinterFault(Problem.NO_SYSTEM, "本机的打印服务没有运行。请重新启动电脑。")
        return tuple(QueueInfo(name, f"<b>{name}</b>", QueueState.READY, name == "piao", True) for name in self.names)

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        if self.fault is not None:
            raise self.fault
        self.taken.append((queue, media))
        return JobRef(queue, str(len(self.taken)))

    def state(self, queue: str) -> QueueState:
        return QueueState.READY

    def job_state(self, job: JobRef) -> JobState:
        return JobState.DONE

    def tidy(self) -> int:
        return 0


@pytest.fixture(scope="session")
def fonts(resources: Path) -> FontBook:
    """The fonts, read once."""
    return FontBook(resources / "fonts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where printed files go."""
    return tmp_path / "printed"


@pytest.fixture
def page(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, fonts: FontBook, folder: Path
) -> SlipPage:
    """The clerk's slip page with the PDF folder as its printer."""
    made = SlipPage(context_of(Role.CLERK), SlipPrinting(fonts, PdfFolderPrinter(folder)))
    open_page(made)
    return made


@pytest.fixture
def in_hall(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, fonts: FontBook
) -> Callable[[Hall], SlipPage]:
    """A slip page over a print system that a test can put out of order."""

    def make(hall: Hall) -> SlipPage:
        made = SlipPage(context_of(Role.CLERK), SlipPrinting(fonts, hall))
        open_page(made)
        return made

    return make


@pytest.fixture
def outcomes(desks: Desks, tasks: Tasks, settled: Settled) -> Callable[[Registered], list[tuple[PaperOutcome, int]]]:
    """What the store says of the sheets of a visit: outcome and number of the reprint."""

    def read(visit: Registered) -> list[tuple[PaperOutcome, int]]:
        clerk = desks(Role.CLERK)
        rows: list[issue.CopyRow] = []
        tasks.run(lambda: issue.copies(clerk, visit.visit_id), rows.extend)
        settled()
        return [(row.outcome, row.reprint_no) for row in rows]

    return read


Outcomes = Callable[[Registered], list[tuple[PaperOutcome, int]]]


def printed(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns) if folder.exists() else []
    return ["".join(part.extract_text() for part in PdfReader(file).pages) for file in files]


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(widget, key, modifier)


def state_of(page: SlipPage) -> State:
    """The state as it is now; a type checker would hold on to the one it saw last."""
    return page.state


def sheets(page: SlipPage) -> list[QLabel]:
    return [label for label in children(page.ui.sheets, QLabel) if not label.pixmap().isNull()]


def show(page: SlipPage, visit: Registered, settled: Settled, *, now: bool = False) -> None:
    page.show_visit(visit.visit_id, print_now=now)
    settled()


def test_the_preview_comes_first_and_takes_no_number(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, outcomes: Outcomes, screenshot: Screenshot
) -> None:
    show(page, seeded[3], settled)
    assert page.state is State.READY
    assert len(sheets(page)) == 1
    assert seeded[3].visit_no in page.ui.visit.text()
    assert page.ui.print.hasFocus()
    assert outcomes(seeded[3]) == []
    screenshot(page, "slip")


def test_one_sheet_however_often_the_keys_are_pressed(
    page: SlipPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    folder: Path,
    qtbot: QtBot,
    outcomes: Outcomes,
    screenshot: Screenshot,
) -> None:
    show(page, seeded[3], settled)
    for _ in range(3):
        press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.state is State.ASKING
    assert len(printed(folder)) == 1
    assert page.ui.cameOut.hasFocus()
    screenshot(page, "slip-asking")
    press(qtbot, page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    settled()
    assert outcomes(seeded[3]) == [(PaperOutcome.CAME_OUT, 0)]
    assert page.ui.finish.hasFocus()
    assert "route" in [card.finding.key for card in page.gate.panel.cards()]
    assert "slip" not in [card.finding.key for card in page.gate.panel.cards()]
    screenshot(page, "slip-done")
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert len(printed(folder)) == 1, "another sheet takes its own button"


@pytest.mark.parametrize(
    ("key", "outcome"),
    [(Qt.Key.Key_2, PaperOutcome.JAMMED), (Qt.Key.Key_3, PaperOutcome.WRONG_PAPER)],
)
def test_a_spoiled_sheet_is_printed_anew_by_one_press_and_is_no_reprint(
    page: SlipPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    folder: Path,
    qtbot: QtBot,
    outcomes: Outcomes,
    key: Qt.Key,
    outcome: PaperOutcome,
) -> None:
    show(page, seeded[3], settled, now=True)
    press(qtbot, page, key, Qt.KeyboardModifier.AltModifier)
    settled()
    assert page.state is State.SPOILED
    assert page.ui.print.text().startswith("重打")
    assert "不算补打" in page.ui.doneHint.text()
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    page.answer(PaperOutcome.CAME_OUT)
    settled()
    assert outcomes(seeded[3]) == [(outcome, 0), (PaperOutcome.CAME_OUT, 0)]
    assert ["补打" in text for text in printed(folder)] == [False, False]


def test_one_more_sheet_after_one_came_out_says_so(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, folder: Path, outcomes: Outcomes
) -> None:
    show(page, seeded[3], settled, now=True)
    page.answer(PaperOutcome.CAME_OUT)
    settled()
    assert "补打第 1 次" in page.ui.again.text()
    page.ui.again.click()
    settled()
    page.answer(PaperOutcome.CAME_OUT)
    settled()
    assert outcomes(seeded[3]) == [(PaperOutcome.CAME_OUT, 0), (PaperOutcome.CAME_OUT, 1)]
    assert "补打 第 1 次" in printed(folder)[1]
    assert len(page.ui.copies.text().splitlines()) == 2
    show(page, seeded[3], settled)
    assert page.ui.print.text().startswith("补打第 2 次")


def test_registering_prints_at_once(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, folder: Path
) -> None:
    show(page, seeded[3], settled, now=True)
    assert page.state is State.ASKING
    assert len(printed(folder)) == 1


def test_a_character_that_would_be_missing_is_shown_before_anything_is_printed(
    page: SlipPage, desks: Desks, tasks: Tasks, settled: Settled, folder: Path, screenshot: Screenshot
) -> None:
    clerk = desks(Role.CLERK)
    rare = replace(_VISITS[1], lead=PersonEntry(name="王\U000323af", phone="13900000199"))
    saved: list[Registered] = []
    tasks.run(lambda: register(clerk, rare), saved.append)
    settled()
    show(page, saved[0], settled, now=True)
    assert page.state is State.READY
    assert page.ui.warning.isVisible()
    assert "U+323AF" in page.ui.warningText.text()
    assert printed(folder) == []
    screenshot(page, "slip-missing")
    page.print_sheet()
    settled()
    assert len(printed(folder)) == 1


def test_a_sheet_nobody_answered_for_is_asked_after_first(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, folder: Path, outcomes: Outcomes
) -> None:
    show(page, seeded[3], settled, now=True)
    show(page, seeded[4], settled)
    show(page, seeded[3], settled, now=True)
    assert page.state is State.ASKING
    assert "送去打印的那一份" in page.ui.questionText.text()
    assert len(printed(folder)) == 1
    page.answer(PaperOutcome.JAMMED)
    settled()
    assert outcomes(seeded[3]) == [(PaperOutcome.JAMMED, 0)]


def test_a_printer_that_refuses_says_why_and_the_next_sheet_is_no_reprint(
    in_hall: Callable[[Hall], SlipPage], seeded: tuple[Registered, ...], settled: Settled, outcomes: Outcomes
) -> None:
    hall = Hall()
    page = in_hall(hall)
    hall.fault = queue_trouble("piao", QueueState.STOPPED)
    show(page, seeded[3], settled, now=True)
    assert page.state is State.READY
    assert "已停用" in page.ui.troubleText.text()
    assert page.ui.trouble.isVisible()
    assert outcomes(seeded[3]) == [(PaperOutcome.REFUSED, 0)]
    hall.fault = None
    page.print_sheet()
    settled()
    assert state_of(page) is State.ASKING
    assert not page.ui.trouble.isVisible()
    assert outcomes(seeded[3])[-1] == (PaperOutcome.PENDING, 0)


def test_a_printer_that_never_answered_may_have_printed(
    in_hall: Callable[[Hall], SlipPage], seeded: tuple[Registered, ...], settled: Settled, outcomes: Outcomes
) -> None:
    hall = Hall()
    page = in_hall(hall)
    hall.fault = PrinterFault(Problem.TIMED_OUT, "打印服务很久没有回应，请看打印机上有没有出纸。")
    show(page, seeded[3], settled, now=True)
    assert page.state is State.ASKING
    assert "很久没有回应" in page.ui.troubleText.text()
    assert outcomes(seeded[3]) == [(PaperOutcome.PENDING, 0)]


def test_without_a_printer_the_preview_stands_and_says_what_to_do(
    in_hall: Callable[[Hall], SlipPage], seeded: tuple[Registered, ...], settled: Settled, outcomes: Outcomes
) -> None:
    page = in_hall(Hall(()))
    show(page, seeded[3], settled, now=True)
    assert len(sheets(page)) == 1
    assert page.state is State.READY
    assert "没有打印机" in page.ui.troubleText.text()
    page.print_sheet()
    settled()
    assert outcomes(seeded[3]) == []


def test_a_print_system_that_is_down_says_so(
    in_hall: Callable[[Hall], SlipPage], seeded: tuple[Registered, ...], settled: Settled
) -> None:
    hall = Hall()
    page = in_hall(hall)
    hall.dead = True
    show(page, seeded[3], settled)
    assert "没有运行" in page.ui.troubleText.text()
    assert len(sheets(page)) == 1


def test_each_paper_remembers_its_queue(
    in_hall: Callable[[Hall], SlipPage],
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    tasks: Tasks,
) -> None:
    hall = Hall()
    page = in_hall(hall)
    show(page, seeded[3], settled)
    assert page.ui.queue.currentData() == "piao", "the system's usual queue"
    page.ui.profile.setCurrentIndex(page.ui.profile.findData("a5"))
    page.ui.profile.activated.emit(page.ui.profile.currentIndex())
    page.ui.queue.setCurrentIndex(page.ui.queue.findData("a5"))
    page.ui.queue.activated.emit(page.ui.queue.currentIndex())
    settled()
    choices: dict[str, str] = {}
    clerk = desks(Role.CLERK)
    tasks.run(lambda: unit.printer_choices(clerk), choices.update)
    settled()
    assert choices["a5"] == "a5"
    page.print_sheet()
    settled()
    ((queue, media),) = hall.taken
    assert media is not None
    assert queue == "a5"
    assert [media.width_mm, media.height_mm] == pytest.approx([148, 210])
    page.ui.profile.setCurrentIndex(0)
    show(page, seeded[4], settled)
    assert page.ui.queue.currentData() == "piao"


def test_large_print_is_for_one_visitor(page: SlipPage, seeded: tuple[Registered, ...], settled: Settled) -> None:
    show(page, seeded[3], settled)
    usual = sheets(page)[0].pixmap().height()
    page.ui.large.setChecked(True)
    settled()
    assert sheets(page)[-1].pixmap().height() > usual
    show(page, seeded[4], settled)
    assert not page.ui.large.isChecked()


def test_new_advice_makes_a_new_edition(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, desks: Desks, tasks: Tasks
) -> None:
    show(page, seeded[7], settled, now=True)
    page.answer(PaperOutcome.CAME_OUT)
    settled()
    lawyer = desks(Role.LAWYER)

    def add() -> None:
        begun = consult.begin(lawyer, seeded[7].visit_id)
        consult.add_addendum(lawyer, begun.consultation_id, "补充一句。")

    tasks.run(add, lambda _: None)
    show(page, seeded[7], settled)
    assert "第 2 版" in page.ui.visit.text()
    assert page.ui.print.text().startswith("打印回执")


def test_both_ways_back(page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, way: Way) -> None:
    show(page, seeded[3], settled)
    page.ui.back.click()
    page.print_sheet()
    settled()
    page.answer(PaperOutcome.CAME_OUT)
    settled()
    page.ui.finish.click()
    assert way.went == [("back",), ("back",)]
    assert not page.go_back()


def test_names_of_printers_show_as_they_are(
    in_hall: Callable[[Hall], SlipPage], seeded: tuple[Registered, ...], settled: Settled
) -> None:
    hall = Hall()
    page = in_hall(hall)
    hall.fault = PrinterFault(Problem.REFUSED, "打印机“<b>x</b>”没有接下这一份。")
    show(page, seeded[3], settled, now=True)
    assert page.ui.queue.itemText(0) == "<b>a5</b>" or page.ui.queue.itemText(0) == "<b>piao</b>"
    labels = [label for label in children(page, QLabel) if label.text()]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_the_day_knows_what_became_of_the_slip(
    page: SlipPage, seeded: tuple[Registered, ...], settled: Settled, desks: Desks, tasks: Tasks
) -> None:
    show(page, seeded[-1], settled, now=True)
    page.answer(PaperOutcome.CAME_OUT)
    clerk = desks(Role.CLERK)
    states: list[str] = []
    tasks.run(
        lambda: [row.slip_state for row in lookup.today(clerk).rows if row.visit_id == seeded[-1].visit_id],
        states.extend,
    )
    settled()
    assert states == ["came_out"]
