"""Writing, finishing and printing an opinion in the section 办理, on a real store and a real folder of PDF files."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot
from tests.desk import lived
from tests.ui.matters.test_life_section import opened

from onevisit.desk.desk import Desk
from onevisit.desk.life_view import Special
from onevisit.desk.register import Registered
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.rules.clocks import local_day
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.layouts import children

Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


@pytest.fixture
def prints(tmp_path: Path) -> Path:
    return tmp_path / "prints"


@pytest.fixture
def page(
    context_of: Callable[[Role], Context],
    seeded: tuple[Registered, ...],
    open_page: Callable[[Page], None],
    desks: Callable[[Role], Desk],
    tasks: Tasks,
    settled: Settled,
    resources: Path,
    prints: Path,
) -> MattersPage:
    """The clerk's page; the eighth matter is with its organ."""
    desk = desks(Role.CLERK)
    tasks.run(lambda: lived.routed(desk, seeded[7].matter_id, on=local_day(desk.now())), lambda _: None)
    settled()
    sheets = HouseSheets(FontBook(resources / "fonts"), PdfFolderPrinter(prints))
    made = MattersPage(context_of(Role.CLERK), sheets)
    open_page(made)
    return made


def begun(page: MattersPage, seeded: tuple[Registered, ...], settled: Settled) -> LifeSection:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Special.OPINION].click()
    return shown


def press(shown: LifeSection, word: str) -> None:
    next(one for one in children(shown, QPushButton) if one.text() == word and one.isVisibleTo(shown)).click()


def test_a_draft_is_kept_and_gone_on_with(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot, qtbot: QtBot
) -> None:
    shown = begun(page, seeded, settled)
    card = shown.opinions.card
    assert card.ui.organ.text() == "示例局"
    assert card.ui.request.toPlainText().startswith("健身房停业")
    assert card.ui.request.hasFocus()
    card.ui.facts.setPlainText("经调查，属实。")
    assert page.unsaved()
    card.ui.save.click()
    settled()
    settled()
    assert not page.unsaved()
    screenshot(page, "opinion")
    assert page.go_back()
    assert shown.opinions.list.isVisible()
    qtbot.waitUntil(lambda: shown.stands.visibleRegion().boundingRect().height() > 0)
    screenshot(page, "opinion-list")
    press(shown, "接着写")
    assert card.ui.facts.toPlainText() == "经调查，属实。"


def test_what_is_missing_stands_at_its_field_and_a_wrong_remedy_is_warned_of(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot
) -> None:
    shown = begun(page, seeded, settled)
    card = shown.opinions.card
    card.ui.final_.click()
    settled()
    assert "还没有写“事实和理由”" in card.fields.field("facts").words()
    assert "请选择结论" in card.fields.field("outcome").words()
    screenshot(page, "opinion-missing")
    for editor in (card.ui.facts, card.ui.decision, card.ui.basis):
        editor.setPlainText("如实写明。")
    card.ui.outcome.setCurrentIndex(1)
    card.ui.remedy.setPlainText("可以申请行政复议。")
    card.ui.final_.click()
    settled()
    assert "不是行政复议或者诉讼" in card.fields.field("remedy").words()
    assert card.ui.final_.text().startswith("确实如此")
    card.ui.remedy.setPlainText("可以请求复查。")
    assert card.ui.final_.text().startswith("定稿")
    card.ui.final_.click()
    settled()
    settled()
    assert card.isHidden()
    assert shown.buttons.isVisible()


def test_it_is_looked_at_and_printed(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    prints: Path,
    said: list[tuple[str, str]],
    screenshot: Screenshot,
    qtbot: QtBot,
) -> None:
    shown = begun(page, seeded, settled)
    card = shown.opinions.card
    card.ui.print.click()
    assert card.ui.fault.text() == "请先保存草稿，再看打印的样子。"
    card.ui.save.click()
    settled()
    settled()
    card.ui.print.click()
    settled()
    assert shown.preview is not None
    assert shown.preview.isVisible()
    area = page.sections._places["life"]
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)  # the sheet scrolls by itself
    screenshot(page, "opinion-preview")
    shown.preview.ui.print.click()
    settled()
    assert said[-1][0] == "fine"
    (file,) = prints.iterdir()
    with pypdfium2.PdfDocument(file) as document:
        words = document[0].get_textpage().get_text_range()
    assert "草稿" in words
    assert "古丽娜尔" in words
    assert card.isVisible()


def test_what_is_half_written_is_kept_when_another_matter_comes(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    said: list[tuple[str, str]],
    qtbot: QtBot,
) -> None:
    shown = begun(page, seeded, settled)
    shown.opinions.card.ui.facts.setPlainText("写了一半")
    opened(page, seeded[8].matter_id, settled)
    assert shown.opinions.card.isHidden()
    qtbot.waitUntil(lambda: ("fine", "没写完的意见书已存成草稿。") in said)
    opened(page, seeded[7].matter_id, settled)
    press(shown, "接着写")
    assert shown.opinions.card.ui.facts.toPlainText() == "写了一半"


def test_neither_esc_nor_another_section_loses_what_is_written(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
) -> None:
    shown = begun(page, seeded, settled)
    card = shown.opinions.card
    card.ui.facts.setPlainText("先写一段")
    page.sections.bar.set_value("overview")
    settled()
    settled()
    assert not page.unsaved()
    page.sections.bar.set_value("life")
    settled()
    card.ui.facts.setPlainText("先写一段，再写一段")
    assert page.go_back()
    qtbot.waitUntil(shown.opinions.list.isVisible)
    settled()
    settled()
    waiting = [one for one in children(shown, QPushButton) if one.text() == "接着写" and one.isVisibleTo(shown)]
    assert len(waiting) == 1, "one opinion"
    press(shown, "接着写")
    assert card.ui.facts.toPlainText() == "先写一段，再写一段"
