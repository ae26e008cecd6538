"""The petitioner's version on the screen: by code on a page of its own, and as a section of the matter."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Way
from tests.ui.day_close.test_page import OneQueue

from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Permission, Role
from onevisit.store.tables import Matter
from onevisit.ui.enquiry.page import EnquiryPage
from onevisit.ui.enquiry.section import PetitionersSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

Screenshot = Callable[[QWidget, str], None]


@pytest.fixture
def printer(tmp_path: Path) -> OneQueue:
    return OneQueue(tmp_path / "paper")


@pytest.fixture
def sheets(resources: Path, printer: OneQueue) -> HouseSheets:
    return HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # never asked for jobs


@pytest.fixture
def page(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    seeded: tuple[Registered, ...],
) -> EnquiryPage:
    made = EnquiryPage(context_of(Role.CLERK), sheets)
    open_page(made)
    return made


@pytest.fixture
def known(
    desks: Callable[[Role], Desk],
    seeded: tuple[Registered, ...],
    on_worker: Callable[[Callable[[], object]], object],
) -> tuple[str, str]:
    """The code of a matter and the last four characters of its visitor's number."""
    desk, matter_id = desks(Role.CLERK), seeded[0].matter_id

    def read() -> tuple[str, str]:
        with desk.look(Permission.SEARCH) as session:
            matter = session.get_one(Matter, matter_id)
            return matter.query_code, matter.visits[0].parties[0].petitioner.id_number[-4:]

    found = on_worker(read)
    assert isinstance(found, tuple)
    return str(found[0]), str(found[1])


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in children(page, QLabel) if label.isVisibleTo(page))


def test_code_and_last_four_bring_the_answer(
    page: EnquiryPage, known: tuple[str, str], settled: Callable[[], None], qtbot: QtBot, screenshot: Screenshot
) -> None:
    screenshot(page, "enquiry_empty")
    assert page.ui.code.hasFocus()
    qtbot.keyClicks(page.ui.code, known[0].lower())
    qtbot.keyClick(page.ui.code, Qt.Key.Key_Return)
    assert page.ui.last.hasFocus()
    qtbot.keyClicks(page.ui.last, known[1])
    qtbot.keyClick(page.ui.last, Qt.Key.Key_Return)
    settled()
    screenshot(page, "enquiry_answer")
    said = words(page)
    assert "已登记，窗口正在确定由哪个单位办理。" in said
    assert "办到哪一步" in said
    assert "窗口转交有权处理的机关、单位" in said
    page.hide()
    assert page.ui.code.text() == ""
    assert "已登记，窗口" not in words(page)


def test_what_does_not_fit_is_said_once_and_tells_nothing(
    page: EnquiryPage, known: tuple[str, str], settled: Callable[[], None], screenshot: Screenshot
) -> None:
    page.ui.code.setText("7QX4")
    page.ui.ask.click()
    settled()
    assert page.ui.fault.text().startswith("查询码是 8 位")
    assert page.ui.last.property("tone") in (None, "")
    page.ui.code.setText(known[0])
    assert page.ui.fault.isHidden()
    page.ui.last.setText("0000" if known[1] != "0000" else "1111")
    page.ui.ask.click()
    settled()
    assert page.ui.fault.text() == "查询码和证件号后四位对不上，请核对回执上的查询码，再试一次。"
    assert page.ui.last.text()
    screenshot(page, "enquiry_wrong")
    for _ in range(4):
        page.ui.ask.click()
        settled()
    page.ui.ask.click()
    settled()
    assert page.ui.fault.text().startswith("连续输错次数太多，请等")
    assert page.go_back()
    assert not page.go_back()


def test_the_answer_is_printed_with_a_preview(
    page: EnquiryPage,
    known: tuple[str, str],
    settled: Callable[[], None],
    printer: OneQueue,
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    page.ui.code.setText(known[0])
    page.ui.last.setText(known[1])
    page.ui.ask.click()
    settled()
    assert page.version.print is not None
    page.version.print.click()
    settled()
    screenshot(page, "enquiry_sheet")
    assert page.version.preview is not None
    page.version.preview.ui.print.click()
    settled()
    assert printer.titles == ["信访事项进度单"]
    assert said[-1][0] == "fine"
    assert not page.version.sheet_open


@pytest.mark.parametrize(
    ("variant", "large", "name"), [(Variant.DARK, False, "dark"), (Variant.CONTRAST, True, "large")]
)
def test_it_looks_right_large_and_in_the_dark(
    page: EnquiryPage,
    known: tuple[str, str],
    theme: Theme,
    settled: Callable[[], None],
    screenshot: Screenshot,
    qtbot: QtBot,
    variant: Variant,
    large: bool,
    name: str,
) -> None:
    theme.wear(variant, large=large)
    page.ui.code.setText(known[0])
    page.ui.last.setText(known[1])
    page.ui.ask.click()
    settled()
    qtbot.wait(50)
    screenshot(page, f"enquiry_{name}")


def test_the_matter_has_it_as_a_section(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    seeded: tuple[Registered, ...],
    settled: Callable[[], None],
    screenshot: Screenshot,
    way: Way,
) -> None:
    page = MattersPage(context_of(Role.SUPERVISOR), sheets)
    open_page(page)
    page.open_matter(seeded[0].matter_id, "petitioner")
    settled()
    section = page.sections.current
    assert isinstance(section, PetitionersSection)
    assert "办到哪一步" in words(section)
    screenshot(page, "matter_petitioner")
    assert section.version.print is not None
    page.ui.enquiry.click()
    assert way.went[-1] == ("show_page", "enquiry")
