"""The page of matters on a real store: searching, reading, and full numbers in their place."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from onevisit.desk import audit, records
from onevisit.desk.desk import Desk
from onevisit.desk.forgetting import forget
from onevisit.desk.practice_day import _VISITS
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.people import PersonEntry
from onevisit.store.tables import Matter
from onevisit.ui.matters import page as module
from onevisit.ui.matters import person_row
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.layouts import children


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


ContextOf = Callable[[Role], Context]
Desks = Callable[[Role], Desk]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]


@pytest.fixture
def page(context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage) -> MattersPage:
    """The clerk's page over the invented visits."""
    made = MattersPage(context_of(Role.CLERK))
    open_page(made)
    return made


def titles(page: MattersPage) -> list[str]:
    model = page.ui.hits.model()
    return [str(model.index(row, 0).data()).partition("\n")[0] for row in range(model.rowCount())]


def texts(page: MattersPage) -> list[str]:
    QCoreApplication.sendPostedEvents()  # Qt shows what was put into a layout a moment later
    return [label.text() for label in children(page.ui.detailBody, QLabel) if label.isVisibleTo(page)]


def test_at_first_the_latest_matters_stand_there_and_the_cursor_in_the_search_box(
    page: MattersPage, screenshot: Callable[[object, str], None]
) -> None:
    assert page.ui.search.hasFocus()
    assert len(titles(page)) >= 10
    assert page.ui.count.text().startswith("最近登记的事项")
    assert "从左边选一件" in texts(page)[0]
    screenshot(page, "matters")


def test_searching_goes_along_with_typing(page: MattersPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.ui.search, "ljj")
    qtbot.waitUntil(lambda: titles(page) == ["建筑工地拖欠工资"])
    assert page.ui.count.text() == "找到 1 件"
    qtbot.waitUntil(lambda: "建筑工地拖欠工资" in texts(page))
    assert page.ui.search.hasFocus(), "the clerk may still be typing"


def test_an_answer_that_comes_late_is_not_shown(page: MattersPage, settled: Settled) -> None:
    page.search("林建军")
    page.search("没有这样的词")
    settled()
    assert titles(page) == []
    assert "没有找到" in page.ui.count.text()
    assert "建筑工地拖欠工资" not in texts(page)


def test_a_scanned_slip_opens_its_matter(
    page: MattersPage, seeded: tuple[Registered, ...], qtbot: QtBot, settled: Settled
) -> None:
    page.ui.search.setText(seeded[7].visit_no.replace("-", ""))
    qtbot.keyClick(page.ui.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "健身房停业，预付卡不退款" in texts(page))
    assert len(titles(page)) == 1


def test_enter_goes_to_the_results_and_arrows_open_them(page: MattersPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClick(page.ui.search, Qt.Key.Key_Return)
    settled()
    assert page.ui.hits.hasFocus()
    qtbot.keyClick(page.ui.hits, Qt.Key.Key_Down)
    settled()
    assert texts(page)[0] == titles(page)[1]


def test_more_comes_page_by_page(
    context_of: ContextOf,
    seeded: tuple[Registered, ...],
    open_page: OpenPage,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAGE", 4)
    page = MattersPage(context_of(Role.CLERK))
    page._search(4)
    open_page(page)
    page._search(4)
    settled()
    assert len(titles(page)) == 4
    while page.ui.more.isVisibleTo(page):
        page.ui.more.click()
        settled()
    shown = titles(page)
    assert len(shown) == len(set(shown)) >= 10


def test_a_matter_shows_its_visits_newest_first_its_people_masked_and_who_did_what(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[0].matter_id)
    settled()
    shown = texts(page)
    visits = [text for text in shown if "次来访　" in text]
    assert [visit[:5] for visit in visits] == ["第 2 次", "第 1 次"]
    assert "未按承诺时间联系来访人" in shown
    assert any(text.startswith("您有欠条") for text in shown)
    assert shown[-1].startswith("律师甲") or "签发" in shown[-1] or "开始" in shown[-1]
    assert "13900000101" not in " ".join(shown)
    assert any("********" in text for text in shown)


def test_a_matter_fits_its_width_at_150_percent(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    """A window of 1366×768 at 150 % leaves the page 764 pixels of its own."""
    page.resize(764, 428)
    page.open_matter(seeded[0].matter_id)
    settled()
    assert any("登记来访" in text for text in texts(page))
    qtbot.waitUntil(lambda: page.ui.detail.horizontalScrollBar().maximum() == 0)


def test_a_full_number_shows_in_its_place_and_leaves_a_trace(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    desks: Desks,
    tasks: Tasks,
    settled: Settled,
    said: list[tuple[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    page.open_matter(seeded[0].matter_id)
    settled()
    person = page.panel.people[0]
    person.phone.button.click()
    settled()
    assert person.phone.number.text().replace(" ", "") == "13900000101"
    assert person.phone.button.text() == "遮住"
    person.id_number.button.click()
    settled()
    number = person.id_number.number.text().replace(" ", "")
    assert number.startswith("37049919760318")
    assert said == []
    assert number not in caplog.text
    assert "13900000101" not in caplog.text
    trail: list[str] = []
    auditor = desks(Role.AUDITOR)
    tasks.run(lambda: [row.action for row in audit.entries(auditor)], trail.extend)
    settled()
    assert {"查看完整证件号", "查看完整电话"} <= set(trail)
    person.phone.button.click()
    assert "****" in person.phone.number.text()


def test_a_full_number_is_masked_when_the_page_is_left_and_after_a_while(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(person_row, "SHOWN_MS", 30)
    page.open_matter(seeded[0].matter_id)
    settled()
    secret = page.panel.people[0].phone
    secret.button.click()
    qtbot.waitUntil(lambda: not secret.shown and "****" in secret.number.text())
    monkeypatch.undo()
    page.open_matter(seeded[0].matter_id)
    settled()
    secret = page.panel.people[0].phone
    secret.button.click()
    settled()
    assert secret.shown
    page.hide()
    assert "****" in secret.number.text()


def test_a_number_that_comes_after_the_page_was_left_is_not_shown(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[0].matter_id)
    settled()
    secret = page.panel.people[0].phone
    secret.button.click()
    page.hide()
    settled()
    assert "****" in secret.number.text()


def test_the_lawyer_gets_neither_full_numbers_nor_slips(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: OpenPage, settled: Settled
) -> None:
    page = MattersPage(context_of(Role.LAWYER))
    open_page(page)
    page.open_matter(seeded[0].matter_id)
    settled()
    buttons = children(page.ui.detailBody, QPushButton)
    assert [button.text() for button in buttons if button.isVisibleTo(page)] == []
    assert not page.ui.register.isVisible()


def test_a_slip_is_printed_from_its_visit(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, way: Way
) -> None:
    page.open_matter(seeded[0].matter_id)
    settled()
    prints = [one for one in children(page.ui.detailBody, QPushButton) if one.text() == "打印回执"]
    prints[0].click()
    assert way.went == [("print_slip", seeded[-1].visit_id)] or way.went == [("print_slip", seeded[-1].visit_id, False)]


def test_a_refresh_keeps_selection_and_scroll(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    page.open_matter(seeded[0].matter_id)
    settled()
    bar = page.ui.detail.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() >= 120)  # Qt lays out a moment later
    bar.setValue(120)
    before = page.ui.hits.currentIndex().row()
    assert before >= 0
    page.refresh()
    settled()
    assert (page.ui.hits.currentIndex().row(), bar.value()) == (before, 120)


def test_esc_closes_the_matter_then_empties_the_box_then_leaves(
    page: MattersPage, settled: Settled, qtbot: QtBot
) -> None:
    page.search("林建军")
    settled()
    settled()
    assert page.go_back()
    qtbot.waitUntil(lambda: "从左边选一件" in "".join(texts(page)))
    assert page.go_back()
    assert page.ui.search.text() == ""
    settled()
    assert not page.go_back()


def test_esc_returns_at_once_whoever_was_sent_here(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    page.open_matter(seeded[0].matter_id)
    settled()
    assert not page.go_back()


def test_nobody_found_can_be_registered_with_what_was_typed(page: MattersPage, settled: Settled, way: Way) -> None:
    page.search(" 新来的人 ")
    settled()
    page.ui.register.click()
    assert way.went == [("register_new", "新来的人")]


def test_a_matter_that_may_not_be_known_says_so(
    page: MattersPage, settled: Settled, said: list[tuple[str, str]]
) -> None:
    page.open_matter(999_999)
    settled()
    assert [tone for tone, _ in said] == ["fault"]
    assert texts(page) == [said[0][1]]


def test_markup_shows_as_it_was_typed(
    context_of: ContextOf, desks: Desks, tasks: Tasks, open_page: OpenPage, settled: Settled
) -> None:
    clerk = desks(Role.CLERK)
    hostile = replace(
        _VISITS[1],
        lead=PersonEntry(name="<b>粗</b>", phone="13900000199"),
        title="<h1>大标题</h1>",
        summary="<script>x</script><img src=x>",
        clerk_note="<i>斜</i>",
    )
    saved: list[Registered] = []
    tasks.run(lambda: register(clerk, hostile), saved.append)
    settled()
    page = MattersPage(context_of(Role.CLERK))
    open_page(page)
    page.open_matter(saved[0].matter_id)
    settled()
    labels = children(page, QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())
    shown = " ".join(texts(page))
    for words in ("<b>粗</b>", "<h1>大标题</h1>", "<script>x</script><img src=x>", "<i>斜</i>"):
        assert words in shown


def test_an_anonymised_matter_says_when_and_offers_no_slip(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    desks: Desks,
    tasks: Tasks,
    settled: Settled,
    screenshot: Callable[[object, str], None],
) -> None:
    desk = desks(Role.CLERK)

    def forget_it() -> None:
        # what carrying out a list does to one matter; see tests/desk/test_retention.py for the way there
        with desk.work(None) as session:
            query = select(Matter).where(Matter.id == seeded[0].matter_id).options(*records.whole_matter())
            forget(desk, session, session.scalars(query).one())

    tasks.run(forget_it, lambda _: None)
    settled()
    page.search(seeded[0].matter_no)
    settled()
    shown = texts(page)
    assert "已匿名" in shown
    assert any(text.startswith("保存期已过，") for text in shown)
    buttons = [one.text() for one in children(page.ui.detailBody, QPushButton) if one.isVisibleTo(page)]
    assert "打印回执" not in buttons
    screenshot(page, "matters-anonymised")
