"""The lawyer's page on a real store: nothing that was written is lost, nothing that was signed can be changed."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from onevisit.desk import consult
from onevisit.desk.consult import ConsultationView
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.ui.consultation.page import ConsultationPage
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Context, Page
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.layouts import children

ContextOf = Callable[[Role], Context]
Desks = Callable[[Role], Desk]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


@pytest.fixture
def asked(messages: Messages) -> list[Question]:
    """The questions that were put; a test answers them itself."""
    questions: list[Question] = []
    messages.ask_requested.connect(questions.append)
    return questions


@pytest.fixture
def sent(seeded: tuple[Registered, ...], desks: Desks, tasks: Tasks, settled: Settled) -> tuple[Registered, ...]:
    """Two visitors of today whom the clerk sent to the lawyer, besides those who asked for one."""
    clerk, two = desks(Role.CLERK), (seeded[8], seeded[11])
    for one in two:
        tasks.run(partial(consult.send_to_lawyer, clerk, one.visit_id), lambda _: None)
    settled()
    return two


@pytest.fixture
def page(context_of: ContextOf, sent: tuple[Registered, ...], open_page: OpenPage) -> ConsultationPage:
    """The lawyer's page with its list."""
    made = ConsultationPage(context_of(Role.LAWYER))
    made.context.changes.changed.connect(lambda _: made.refresh())
    open_page(made)
    return made


@pytest.fixture
def stored(desks: Desks, tasks: Tasks, qtbot: QtBot) -> Callable[[int], ConsultationView]:
    """What the store holds of the consultation of a visit."""

    def view(visit_id: int) -> ConsultationView:
        lawyer = desks(Role.LAWYER)
        got: list[ConsultationView] = []
        tasks.run(lambda: consult.begin(lawyer, visit_id), got.append)
        qtbot.waitUntil(lambda: bool(got))
        return got[0]

    return view


Stored = Callable[[int], ConsultationView]


def write(page: ConsultationPage) -> None:
    page.ui.facts.setPlainText("有欠条。")
    page.ui.advice.setPlainText("先找劳动监察，再起诉。")
    page.ui.way_litigation.setChecked(True)


def begin(page: ConsultationPage, visit: Registered, settled: Settled) -> None:
    page.open_consultation(visit.visit_id)
    settled()


def read(page: ConsultationPage) -> str:
    return "\n".join(label.text() for label in children(page, QLabel) if label.isVisibleTo(page))


def test_the_list_is_the_first_thing(page: ConsultationPage, screenshot: Screenshot) -> None:
    assert page.ui.waiting.hasFocus()
    assert page.ui.count.text().endswith("人候谈")
    assert page.ui.open.text().startswith("开始接待")
    assert "按 Enter 开始接待" in page.ui.nobodyText.text()
    screenshot(page, "consultation-list")


def test_an_empty_list_says_what_will_be_here(context_of: ContextOf, open_page: OpenPage) -> None:
    page = ConsultationPage(context_of(Role.LAWYER))
    open_page(page)
    assert "现在没有人候谈" in page.ui.count.text()
    assert "自动出现" in page.ui.nobodyText.text()
    assert not page.ui.open.isEnabled()


def test_enter_opens_the_first_who_waits(page: ConsultationPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClick(page.ui.waiting, Qt.Key.Key_Return)
    settled()
    assert page.ui.facts.hasFocus()
    assert page.ui.writing.isVisible()
    assert page.ui.told.toPlainText()
    assert page.ui.told.isReadOnly()


def test_what_is_typed_is_kept_after_a_pause(
    page: ConsultationPage, sent: tuple[Registered, ...], settled: Settled, qtbot: QtBot, stored: Stored
) -> None:
    page._autosave.setInterval(30)
    begin(page, sent[0], settled)
    qtbot.keyClicks(page.ui.facts, "abc")
    assert page.ui.saved.text() == "还没有存"
    assert page.unsaved()
    qtbot.waitUntil(lambda: "已存" in page.ui.saved.text())
    assert not page.unsaved()
    assert stored(sent[0].visit_id).form.facts == "abc"


def test_leaving_the_page_keeps_what_was_written(
    page: ConsultationPage, sent: tuple[Registered, ...], settled: Settled, stored: Stored
) -> None:
    begin(page, sent[0], settled)
    write(page)
    page.hide()
    settled()
    assert stored(sent[0].visit_id).form.advice == "先找劳动监察，再起诉。"


def test_the_cursor_comes_back_to_what_is_being_written(page: ConsultationPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClick(page.ui.waiting, Qt.Key.Key_Return)
    settled()
    assert page.ui.facts.hasFocus()
    write(page)
    page.ui.advice.setFocus()
    page.hide()
    settled()
    page.show()
    page.focus_first()
    assert page.focusWidget() is page.ui.advice


def test_going_to_another_visitor_keeps_what_was_written(
    page: ConsultationPage, sent: tuple[Registered, ...], settled: Settled, stored: Stored
) -> None:
    begin(page, sent[0], settled)
    write(page)
    page.open_consultation(sent[1].visit_id)
    page.ui.facts.setPlainText("还在写第一份。")  # before the second has come
    settled()
    assert stored(sent[0].visit_id).form.facts == "还在写第一份。"
    assert page.ui.facts.toPlainText() == ""
    begin(page, sent[0], settled)
    assert page.ui.facts.toPlainText() == "还在写第一份。"


def test_what_could_not_be_kept_is_not_left_without_asking(
    page: ConsultationPage,
    sent: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    tasks: Tasks,
    asked: list[Question],
) -> None:
    begin(page, sent[0], settled)
    view = page._view
    assert view is not None
    lawyer = desks(Role.LAWYER)
    form = page.fields.form()
    tasks.run(lambda: consult.save(lawyer, view.consultation_id, form, view.version), lambda _: None)
    tasks.run(  # somebody else's change: the version is no longer the one on the page
        lambda: consult.sign(
            lawyer,
            view.consultation_id,
            type(form)(facts="甲", advice="乙", ways=(next(iter(page.fields._ways)),)),
            consult.view(lawyer, view.consultation_id).version,
        ),
        lambda _: None,
    )
    write(page)
    page.open_consultation(sent[1].visit_id)
    settled()
    assert len(asked) == 1
    assert "没有存上" in asked[0].text
    assert page.ui.facts.toPlainText() == "有欠条。"
    asked[0].agreed()
    settled()
    assert page._view is not None
    assert page._view.visit_id == sent[1].visit_id


def test_faults_stand_at_their_fields_and_go_when_mended(
    page: ConsultationPage,
    sent: tuple[Registered, ...],
    settled: Settled,
    asked: list[Question],
    screenshot: Screenshot,
) -> None:
    begin(page, sent[0], settled)
    page.sign()
    assert asked == []
    assert "了解到的情况" in page.fields.fault("facts")
    assert "意见" in page.fields.fault("advice")
    assert "途径" in page.fields.fault("ways")
    assert page.ui.facts.hasFocus()
    screenshot(page, "consultation-faults")
    write(page)
    assert [page.fields.fault(name) for name in ("facts", "advice", "ways")] == ["", "", ""]


def test_signing_asks_once_and_seals(
    page: ConsultationPage,
    sent: tuple[Registered, ...],
    settled: Settled,
    asked: list[Question],
    qtbot: QtBot,
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    begin(page, sent[0], settled)
    write(page)
    page.ui.notes.setPlainText("笔记只给自己。")
    qtbot.keyClick(page.ui.facts, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1
    asked[0].agreed()
    settled()
    assert [tone for tone, _ in said] == ["fine"]
    shown = read(page)
    assert "已签发封存" in shown
    assert "先找劳动监察，再起诉。" in shown
    assert "笔记只给自己。\n（只有您能看到）" in shown
    boxes = children(page, QPlainTextEdit)
    assert [box.objectName() for box in boxes if box.isVisible() and not box.isReadOnly()] == []
    assert [check for check in children(page, QCheckBox) if check.isVisible()] == []
    assert not page.ui.sign.isVisible()
    screenshot(page, "consultation-sealed")


def test_an_addendum_is_dated_signed_by_name_and_never_empty(
    page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled, said: list[tuple[str, str]]
) -> None:
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    assert page.ui.addendum.hasFocus()
    page.addendum.add()
    settled()
    assert "空的" in page.addendum.fault
    page.ui.addendum.setPlainText("消费者协会电话 12315。")
    assert page.unsaved()
    page.addendum.add()
    settled()
    assert said[-1][0] == "fine"
    assert "消费者协会电话 12315。\n（律师甲，" in read(page)
    assert not page.ui.addendum.isVisible()
    assert not page.unsaved()


def test_esc_puts_an_empty_addendum_away_then_returns_to_the_list(
    page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    assert page.go_back()
    assert not page.ui.addendum.isVisible()
    assert page.go_back()
    assert page.ui.waiting.hasFocus()
    assert not page.go_back()


def test_a_half_written_addendum_is_kept_and_comes_back_with_its_consultation(
    page: ConsultationPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    asked: list[Question],
    screenshot: Screenshot,
) -> None:
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    page.ui.addendum.setPlainText("写了一半")
    assert page.unsaved()
    assert page.go_back()
    settled()
    assert asked == []
    assert page.ui.stack.currentWidget() is page.ui.nobody
    assert not page.unsaved()
    settled()
    assert page.addendum.strip.isVisible()
    assert page.addendum.strip.words.text().startswith("没写完的补充（")
    screenshot(page, "consultation-draft")
    page.addendum.strip.resume.click()
    settled()
    assert page.ui.addendum.toPlainText() == "写了一半"
    assert not page.addendum.strip.isVisible()
    assert page.open_drafts()
    page.addendum.add()
    settled()
    settled()
    assert "写了一半\n（律师甲，" in read(page)
    assert not page.addendum.strip.isVisible()
    assert not page.open_drafts()


def test_a_half_written_addendum_is_kept_without_being_asked_for(
    page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot, context_of: ContextOf
) -> None:
    told: list[str] = []
    page.draft_said.connect(lambda words, _tone: told.append(words))
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    page.ui.addendum.setPlainText("写了一半")
    qtbot.waitUntil(lambda: not page.unsaved(), timeout=10_000)
    assert told[-1].startswith("补充意见草稿已存 ")
    # as after a restart: a page that was never told of it
    again = ConsultationPage(context_of(Role.LAWYER))
    qtbot.addWidget(again)
    again.open_consultation(seeded[7].visit_id)
    again.refresh()
    settled()
    again.open_consultation(seeded[7].visit_id)
    settled()
    settled()
    assert again.ui.addendum.toPlainText() == "写了一半"


def test_what_is_put_away_is_gone(page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled) -> None:
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    page.ui.addendum.setPlainText("写了一半")
    page.keep()
    page.ui.dropAddendum.click()
    settled()
    page.refresh()
    settled()
    assert not page.addendum.strip.isVisible()
    assert page.ui.addendum.toPlainText() == ""


def test_an_addendum_that_cannot_be_kept_is_not_left_without_asking(
    page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled, asked: list[Question]
) -> None:
    begin(page, seeded[7], settled)
    page.ui.startAddendum.click()
    page.ui.addendum.setPlainText("写了一半")
    page.addendum.keeper.slot.draft_id = 999_999
    assert page.go_back()
    settled()
    assert len(asked) == 1
    assert page.ui.addendum.toPlainText() == "写了一半"
    asked[0].agreed()
    assert page.ui.stack.currentWidget() is page.ui.nobody


def test_writing_without_a_pause_is_kept_too(
    page: ConsultationPage, sent: tuple[Registered, ...], settled: Settled, qtbot: QtBot
) -> None:
    begin(page, sent[0], settled)
    typed: list[int] = []

    def type_on() -> bool:
        typed.append(len(typed))
        page.ui.facts.setPlainText(f"写 {len(typed)}")
        return page._view is not None and bool(page._view.form.facts)

    # each look types something more, far more often than the page keeps
    qtbot.waitUntil(type_on, timeout=20_000)


def test_a_refresh_keeps_the_selection_and_what_is_being_written(
    page: ConsultationPage, sent: tuple[Registered, ...], settled: Settled
) -> None:
    begin(page, sent[0], settled)
    write(page)
    row = page.ui.waiting.currentIndex().row()
    page.refresh()
    settled()
    assert page.ui.waiting.currentIndex().row() == row
    assert page.ui.advice.toPlainText() == "先找劳动监察，再起诉。"


def test_who_was_not_sent_to_the_lawyer_is_told_so(
    page: ConsultationPage, seeded: tuple[Registered, ...], settled: Settled, said: list[tuple[str, str]]
) -> None:
    begin(page, seeded[1], settled)
    assert [tone for tone, _ in said] == ["fault"]
    assert "转律师" in said[0][1]


def test_every_field_has_a_name_for_a_screen_reader(page: ConsultationPage) -> None:
    assert all(box.accessibleName() for box in page.fields.texts().values())
    assert all(check.text() for check in page.fields.checks())
