"""The sections of a matter: offered where they are wanted, opened by key, by number and by others who send here."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from onevisit.desk.lookup import MatterView
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.ui.matters import page as module
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.matters.sections import OVERVIEW, MatterSection
from onevisit.ui.page import Context, KeyHelp, Page

ContextOf = Callable[[Role], Context]
Settled = Callable[[], None]


class Notes(MatterSection):
    """A small real section: one field that is unsaved while it holds something, for matters with one visit."""

    key, word = "notes", "笔记"

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)
        self.read: list[int] = []

    def wanted(self, view: MatterView) -> bool:
        return len(view.visits) == 1

    def show_matter(self, view: MatterView) -> None:
        self.read.append(view.matter_id)

    def focus_first(self) -> None:
        self.field.setFocus()

    def put_away(self) -> bool:
        typed = bool(self.field.text())
        self.field.clear()
        return typed

    def unsaved(self) -> bool:
        return bool(self.field.text())

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (KeyHelp("N", "记一笔"),)


class More(Notes):
    """Another of them."""

    key, word = "more", "更多"


@pytest.fixture
def page(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> MattersPage:
    monkeypatch.setattr(module, "SECTIONS", (lambda _context, _sheets: Notes(), lambda _context, _sheets: More()))
    made = MattersPage(context_of(Role.CLERK))
    open_page(made)
    return made


def notes(page: MattersPage, key: str = "notes") -> Notes:
    found = page.sections.section(key)
    assert isinstance(found, Notes)
    return found


def test_no_matter_has_no_row_and_a_matter_offers_what_it_has(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Callable[[object, str], None]
) -> None:
    assert not page.sections.bar.isVisibleTo(page)
    page.open_matter(seeded[0].matter_id)  # came twice: neither section is for it
    settled()
    assert not page.sections.bar.isVisibleTo(page)
    page.open_matter(seeded[7].matter_id)
    settled()
    assert [one.text() for one in page.sections.bar.stops()] == ["概况", "笔记", "更多"]
    assert page.ui.detail.isVisible()
    assert notes(page).read == []
    screenshot(page, "matter-sections")


def test_a_section_is_opened_by_its_word_and_reads_what_it_shows(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[7].matter_id)
    settled()
    page.sections.bar.button("notes").click()
    assert notes(page).isVisible()
    assert not page.ui.detail.isVisible()
    assert notes(page).read == [seeded[7].matter_id]
    page.refresh()
    settled()
    assert notes(page).read == [seeded[7].matter_id] * 2
    assert notes(page, "more").read == []


def test_others_send_to_a_section_with_the_cursor_where_work_begins(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[7].matter_id, "more")
    settled()
    assert notes(page, "more").field.hasFocus()
    assert not page.go_back(), "Esc returns where the person was"


def test_keys_go_through_the_sections(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    page.open_matter(seeded[7].matter_id)
    settled()
    ctrl = Qt.KeyboardModifier.ControlModifier
    for key, there in (
        (Qt.Key.Key_2, "notes"),
        (Qt.Key.Key_PageDown, "more"),
        (Qt.Key.Key_PageDown, "more"),
        (Qt.Key.Key_PageUp, "notes"),
        (Qt.Key.Key_1, OVERVIEW),
    ):
        qtbot.keyClick(page.focusWidget() or page, key, ctrl)
        assert page.sections.bar.value() == there
    helped = {one.keys for one in page.key_help()}
    assert "Ctrl+PgDn / Ctrl+PgUp" in helped
    assert "N" not in helped
    page.sections.bar.set_value("notes")
    assert "N" in {one.keys for one in page.key_help()}


def test_esc_closes_what_is_open_in_the_section_first_and_what_is_typed_counts_as_unsaved(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[7].matter_id, "notes")
    settled()
    notes(page).field.setText("半句话")
    assert page.unsaved()
    page.refresh()
    settled()
    assert notes(page).field.text() == "半句话"
    assert page.go_back()
    assert not page.unsaved()
    assert not page.go_back()


def test_another_matter_stays_in_the_section_where_it_has_it(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[7].matter_id, "notes")
    settled()
    rows = {page._model.row_of(one.matter_id): one.matter_id for one in seeded}
    other = rows[page._model.row_of(seeded[8].matter_id)]
    page.ui.hits.setCurrentIndex(page._model.index(page._model.row_of(other), 0))
    settled()
    assert notes(page).read[-1] == other
    page.ui.hits.setCurrentIndex(page._model.index(page._model.row_of(seeded[0].matter_id), 0))
    settled()
    assert page.ui.detail.isVisible()
    assert page.go_back()
    assert not page.sections.bar.isVisibleTo(page)
