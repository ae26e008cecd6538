"""Desk, paper and printer together: what becomes of a sheet that could not be drawn, and how long its paper is."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onevisit.desk import issue
from onevisit.desk.desk import Desk
from onevisit.desk.practice import PRACTICE_ACCOUNTS, enter_practice
from onevisit.desk.register import register
from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import JobRef, MediaSize, PrinterFault, Problem
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import ROLL_80
from onevisit.rules.classification import ContentClass, PaperOutcome, Purpose, ReplyMethod
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.ui.slip.service import SlipPrinting

FORM = RegistrationForm(
    lead=PersonEntry(name="王伟", phone="13900000011"),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    title="建筑工地拖欠工资",
    summary="被拖欠工资，请求帮助追讨。",
    reply_by=ReplyMethod.PHONE,
)


class Keeping(PdfFolderPrinter):
    """Keeps the size of paper that it was told."""

    media: MediaSize | None = None

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        self.media = media
        return super().submit(queue, pdf, title=title, media=media)


class Tidying(PdfFolderPrinter):
    """Counts how often it was asked to tidy up, and answers once only."""

    tidied = 0

    def tidy(self) -> int:
        self.tidied += 1
        if self.tidied > 1:
            raise PrinterFault(Problem.NO_SYSTEM, "本机的打印服务没有运行。")
        return 0


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Desk]:
    house = enter_practice(tmp_path / "practice")
    yield house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
    house.close()


@pytest.fixture
def with_fonts(resources: Path, tmp_path: Path) -> Callable[..., Path]:
    def copy(*, without: str) -> Path:
        folder = tmp_path / "fonts"
        shutil.copytree(resources / "fonts", folder)
        (folder / without).write_bytes(b"damaged")
        return folder

    return copy


def test_a_damaged_font_is_said_and_its_sheet_does_not_stay_open(
    clerk: Desk, with_fonts: Callable[..., Path], tmp_path: Path
) -> None:
    visit = register(clerk, FORM)
    fonts = FontBook(with_fonts(without="NotoSansSC-Bold.ttf"))
    printing = SlipPrinting(fonts, PdfFolderPrinter(tmp_path / "prints"))
    with pytest.raises(PlainFault, match="重新安装"):
        printing.print(clerk, visit.visit_id, ROLL_80, QUEUE_NAME)
    assert [copy.outcome for copy in issue.copies(clerk, visit.visit_id)] == [PaperOutcome.REFUSED]


def test_the_paper_is_as_long_as_the_longest_page(clerk: Desk, resources: Path, tmp_path: Path) -> None:
    visit = register(clerk, replace(FORM, summary="被拖欠工资，请求帮助追讨。" * 400))
    printer = Keeping(tmp_path / "prints")
    SlipPrinting(FontBook(resources / "fonts"), printer).print(clerk, visit.visit_id, ROLL_80, QUEUE_NAME)
    assert printer.media is not None
    assert printer.media.width_mm == pytest.approx(80)
    assert printer.media.height_mm == pytest.approx(ROLL_80.max_length_mm, rel=0.02)


def test_the_print_system_keeps_nothing_of_a_sheet_that_was_answered_for(
    clerk: Desk, resources: Path, tmp_path: Path
) -> None:
    visit = register(clerk, FORM)
    printer = Tidying(tmp_path / "prints")
    printing = SlipPrinting(FontBook(resources / "fonts"), printer)
    for _ in range(2):
        sheet = printing.print(clerk, visit.visit_id, ROLL_80, QUEUE_NAME)
        printing.record(clerk, sheet.copy_id, PaperOutcome.CAME_OUT)
    assert printer.tidied == 2
    assert {copy.outcome for copy in issue.copies(clerk, visit.visit_id)} == {PaperOutcome.CAME_OUT}
