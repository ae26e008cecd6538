"""Giving somebody their own data, on a real store and a real folder that takes PDF files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from onevisit.desk import audit
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.ui.matters.own_data_card import OwnDataCard
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

ContextOf = Callable[[Role], Context]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


@pytest.fixture
def prints(tmp_path: Path) -> Path:
    """Where printed sheets lie in practice."""
    return tmp_path / "prints"


@pytest.fixture
def sheets(resources: Path, prints: Path) -> HouseSheets:
    return HouseSheets(FontBook(resources / "fonts"), PdfFolderPrinter(prints))


@pytest.fixture
def page(
    context_of: ContextOf, sheets: HouseSheets, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> MattersPage:
    """The supervisor's page with a matter open."""
    made = MattersPage(context_of(Role.SUPERVISOR), sheets)
    open_page(made)
    made.open_matter(seeded[0].matter_id)
    settled()
    return made


def card_of(page: MattersPage, settled: Settled) -> OwnDataCard:
    """Press 本人资料… at the first person."""
    page.panel.people[0].own_data.click()
    settled()
    assert page.own_data is not None
    QCoreApplication.sendPostedEvents()
    return page.own_data


def test_it_is_printed_after_the_document_was_looked_at(
    page: MattersPage,
    settled: Settled,
    prints: Path,
    said: list[tuple[str, str]],
    desks: Callable[[Role], Desk],
    tasks: Tasks,
    screenshot: Screenshot,
) -> None:
    card = card_of(page, settled)
    assert card.isVisible()
    assert card.ui.heading.text() == "本人资料：林建军"
    assert card.ui.printer.currentText() == "打印为 PDF"
    screenshot(page, "own-data")
    card.ui.print.click()
    settled()
    assert "请先核对申请人的证件" in card.ui.fault.text()
    assert not prints.exists()
    screenshot(page, "own-data-fault")
    card.ui.identity.setChecked(True)
    assert not card.ui.fault.isVisible()
    card.ui.ground.setCurrentIndex(1)
    card.ui.print.click()
    settled()
    assert said[-1][0] == "fine"
    assert not card.isVisible()
    (file,) = prints.iterdir()
    assert "林建军" not in file.name
    with pypdfium2.PdfDocument(file) as document:
        words = document[0].get_textpage().get_text_range()
    assert "林建军" in words
    assert "本人申请复制" in words
    trail: list[str] = []
    auditor = desks(Role.AUDITOR)
    tasks.run(lambda: [row.action for row in audit.entries(auditor)], trail.extend)
    settled()
    assert "提供本人资料" in trail


def test_esc_or_another_matter_puts_the_card_away(
    page: MattersPage, settled: Settled, seeded: tuple[Registered, ...], qtbot: QtBot, prints: Path
) -> None:
    card = card_of(page, settled)
    qtbot.keyClick(card.ui.ground, Qt.Key.Key_Escape)
    assert not card.isVisible()
    card = card_of(page, settled)
    assert page.go_back()
    assert not card.isVisible()
    card = card_of(page, settled)
    page.open_matter(seeded[3].matter_id)
    settled()
    assert not card.isVisible()
    assert not prints.exists()


def test_real_data_goes_to_no_queue_that_leaves_a_file(
    context_of: ContextOf, sheets: HouseSheets, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    context = context_of(Role.SUPERVISOR)
    desk = context.desk
    real = Desk(desk.store, desk.actor, desk.unit, practice=False, now=desk.now)
    page = MattersPage(replace(context, desk=real), sheets)
    open_page(page)
    page.open_matter(seeded[0].matter_id)
    settled()
    card = card_of(page, settled)
    assert card.ui.printer.count() == 0
    assert not card.ui.print.isEnabled()
    assert "不能存成文件" in card.ui.print.toolTip()


def test_a_clerk_has_no_such_button(
    context_of: ContextOf, sheets: HouseSheets, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    page = MattersPage(context_of(Role.CLERK), sheets)
    open_page(page)
    page.open_matter(seeded[0].matter_id)
    settled()
    QCoreApplication.sendPostedEvents()
    assert page.panel.people
    assert not any(person.own_data.isVisible() for person in page.panel.people)


def test_nothing_is_cut_off_in_large_type(
    theme: Theme,
    page: MattersPage,
    settled: Settled,
    qapp: QApplication,
    screenshot: Screenshot,
) -> None:
    theme.wear(Variant.LIGHT, large=True)
    page.resize(1196, 688)
    card = card_of(page, settled)
    screenshot(page, "own-data-large")
    for button in (card.ui.print, card.ui.cancel):
        assert button.width() >= button.sizeHint().width()
    assert page.width() == 1196
