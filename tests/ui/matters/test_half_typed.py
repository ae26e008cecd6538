"""What is half typed in the small forms of a matter: kept, offered again, gone with what records it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.desk import lived
from tests.ui.matters.test_life_section import opened as opened_life

from onevisit.desk import drafts, life, life_view, opinions
from onevisit.desk.afterwards import afterwards
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import DraftRow
from onevisit.desk.life_view import LifeView, Special
from onevisit.desk.opinions import OpinionForm
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.after_visit import CallOutcome, EvaluationValue
from onevisit.rules.clocks import local_day
from onevisit.rules.keeping import DraftKind
from onevisit.rules.matter_life import Action
from onevisit.rules.opinions import Opinion
from onevisit.rules.step_forms import StepForm
from onevisit.store.errors import StoreFault
from onevisit.ui import drafts as ui_drafts
from onevisit.ui.after_visit.section import AfterVisitSection
from onevisit.ui.matters import half_typed
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import Context, Page

Settled = Callable[[], None]
OnWorker = Callable[[Callable[[], object]], Any]
Screenshot = Callable[[object, str], None]


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often than every few seconds."""
    monkeypatch.setattr(ui_drafts, "KEEP_MS", 30)


@pytest.fixture
def context(context_of: Callable[[Role], Context]) -> Context:
    return context_of(Role.CLERK)


@pytest.fixture
def page(
    context: Context,
    seeded: tuple[Registered, ...],
    open_page: Callable[[Page], None],
    settled: Settled,
    on_worker: OnWorker,
) -> Iterator[MattersPage]:
    """The clerk's page; the eighth matter is with its organ."""
    on_worker(lambda: lived.routed(context.desk, seeded[7].matter_id, on=local_day(context.desk.now())))
    made = MattersPage(context)
    open_page(made)
    yield made
    made.hide()
    settled()


@pytest.fixture
def again(
    page: MattersPage, context: Context, open_page: Callable[[Page], None], settled: Settled
) -> Callable[[], MattersPage]:
    """Another page on the same store, as after a power cut."""

    def begin() -> MattersPage:
        settled()
        page.sections.close()
        made = MattersPage(context)
        open_page(made)
        settled()
        return made

    return begin


@pytest.fixture
def kept(context: Context, on_worker: OnWorker) -> Callable[[], tuple[DraftRow, ...]]:
    return lambda: on_worker(lambda: drafts.offered(context.desk))


Kept = Callable[[], tuple[DraftRow, ...]]


def after(page: MattersPage, matter_id: int, settled: Settled) -> AfterVisitSection:
    page.open_matter(matter_id, "after_visit")
    settled()
    found = page.sections.section("after_visit")
    assert isinstance(found, AfterVisitSection)
    return found


def life_of(page: MattersPage) -> LifeSection:
    found = page.sections.section("life")
    assert isinstance(found, LifeSection)
    return found


def begun(page: MattersPage, matter_id: int, settled: Settled) -> LifeSection:
    """An acceptance, half typed, with half a day."""
    shown = opened_life(page, matter_id, settled)
    shown.buttons.buttons[Action.ACCEPT].click()
    shown.card.ui.on.setText("2026-1")
    shown.card.ui.note.setPlainText("电话告知，来访人说")
    return shown


def test_a_step_is_kept_while_it_is_typed_and_comes_back_after_a_power_cut(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    kept: Kept,
    again: Callable[[], MattersPage],
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    told: list[str] = []
    page.draft_said.connect(lambda words, _: told.append(words))
    begun(page, seeded[7].matter_id, settled)
    assert page.unsaved()
    qtbot.waitUntil(lambda: not page.unsaved())
    assert told[-1].startswith("办理草稿已存 ")
    (row,) = kept()
    assert (row.kind, row.subject_id) == (DraftKind.LIFE, seeded[7].matter_id)
    assert row.form == "登记受理"
    assert page.drafts.isHidden(), "what is being typed does not wait"
    later = again()
    assert later.drafts.isVisible()
    assert later.drafts.words.text().startswith("没填完（")
    screenshot(later, "half-typed-strip")
    later.drafts.resume.click()
    settled()
    shown = life_of(later)
    assert shown.card.isVisible()
    assert (shown.card.ui.on.text(), shown.card.ui.note.toPlainText()) == ("2026-1", "电话告知，来访人说")
    assert said[-1] == ("attention", half_typed.BACK)
    settled()
    assert later.drafts.isHidden()
    screenshot(later, "half-typed-back")
    later.hide()
    settled()


def test_what_records_it_takes_the_draft_away(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot, kept: Kept, context: Context
) -> None:
    shown = begun(page, seeded[7].matter_id, settled)
    qtbot.waitUntil(lambda: not page.unsaved())
    shown.card.ui.send.click()
    assert "请像 2026-12-01 这样填写" in shown.card.fields.field("on").words()
    shown.card.ui.on.setText("2030-01-01")
    shown.card.ui.send.click()
    settled()
    assert "之后，请核对日期" in shown.card.fields.field("on").words()
    qtbot.waitUntil(lambda: not page.unsaved())
    assert len(kept()) == 1, "what was refused stays a draft"
    shown.card.ui.on.setText(local_day(context.desk.now()).isoformat())
    shown.card.ui.send.click()
    settled()
    settled()
    assert shown.card.isHidden()
    assert kept() == ()
    assert not page.unsaved()


def test_typed_out_again_leaves_no_draft(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot, kept: Kept
) -> None:
    shown = opened_life(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Action.WITHDRAW].click()
    shown.card.ui.note.setPlainText("来访人说")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    shown.card.ui.note.clear()
    qtbot.waitUntil(lambda: not kept())


def test_esc_puts_it_aside_and_the_button_lets_it_go(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot, kept: Kept
) -> None:
    shown = begun(page, seeded[7].matter_id, settled)
    qtbot.keyClick(shown.card.ui.on, Qt.Key.Key_Escape)
    assert shown.card.isHidden()
    qtbot.waitUntil(page.drafts.isVisible)
    assert not page.unsaved()
    settled()
    page.refresh()
    settled()
    assert shown.card.isHidden(), "what was put aside does not come up by itself"
    shown.buttons.buttons[Action.ACCEPT].click()
    assert shown.card.ui.note.toPlainText() == "电话告知，来访人说"
    settled()
    assert page.drafts.isHidden()
    shown.card.ui.cancel.click()
    settled()
    assert kept() == ()
    shown.buttons.buttons[Action.ACCEPT].click()
    assert shown.card.ui.note.toPlainText() == ""


def test_esc_and_at_once_again_goes_on_with_the_same(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, qtbot: QtBot, kept: Kept
) -> None:
    shown = begun(page, seeded[7].matter_id, settled)
    qtbot.keyClick(shown.card.ui.on, Qt.Key.Key_Escape)
    shown.buttons.buttons[Action.ACCEPT].click()
    assert shown.card.ui.note.toPlainText() == "电话告知，来访人说"
    shown.card.ui.note.setPlainText("电话告知，来访人说好")
    qtbot.waitUntil(lambda: not page.unsaved())
    assert len(kept()) == 1


def test_the_strip_lets_it_go_after_a_question(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    kept: Kept,
    messages: Messages,
) -> None:
    asked: list[Question] = []
    messages.ask_requested.connect(asked.append)
    begun(page, seeded[7].matter_id, settled)
    assert page.go_back()
    qtbot.waitUntil(page.drafts.isVisible)
    page.drafts.drop.click()
    assert asked[0].text.startswith("放弃“登记受理 · ")
    assert asked[0].text.endswith("”这张没填完的表？放弃后找不回来。")
    asked[0].agreed()
    settled()
    settled()
    assert page.drafts.isHidden()
    assert kept() == ()


def test_what_can_be_done_no_more_comes_back_to_be_read(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Callable[[Role], Desk],
    on_worker: OnWorker,
) -> None:
    matter_id, other = seeded[7].matter_id, desks(Role.SUPERVISOR)
    begun(page, matter_id, settled)
    opened_life(page, seeded[8].matter_id, settled)
    today = local_day(other.now())
    on_worker(lambda: life.take(other, lived.shown(other, matter_id), Action.ACCEPT, StepForm(today)))
    shown = opened_life(page, matter_id, settled)
    assert shown.card.ui.note.toPlainText() == "电话告知，来访人说"
    assert "受理" in shown.card.ui.fault.text()
    shown.card.ui.on.setText(today.isoformat())
    shown.card.ui.send.click()
    settled()
    assert shown.card.isVisible()
    assert shown.card.ui.fault.text()


def test_a_choice_comes_back_too(page: MattersPage, seeded: tuple[Registered, ...], settled: Settled) -> None:
    matter_id = seeded[7].matter_id
    shown = opened_life(page, matter_id, settled)
    shown.buttons.buttons[Special.STOP].click()
    shown.card.ui.choice2.setCurrentIndex(1)
    typed = shown.card.texts()
    opened_life(page, seeded[8].matter_id, settled)
    opened_life(page, matter_id, settled)
    assert shown.card.texts() == typed
    shown.card.ui.cancel.click()
    shown.buttons.buttons[Special.RELATE].click()
    shown.card.ui.other.setEditText("3704")
    opened_life(page, seeded[8].matter_id, settled)
    opened_life(page, matter_id, settled)
    assert shown.card.ui.other.currentText() == "3704"


def test_a_full_disk_loses_nothing_that_was_left(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
    kept: Kept,
) -> None:
    def full(*_: object) -> int:
        raise StoreFault("磁盘满了。")

    with monkeypatch.context() as bad:
        bad.setattr(drafts, "keep", full)
        shown = begun(page, seeded[7].matter_id, settled)
        opened_life(page, seeded[8].matter_id, settled)
        assert page.unsaved()
        opened_life(page, seeded[7].matter_id, settled)
        assert shown.card.ui.note.toPlainText() == "电话告知，来访人说"
        opened_life(page, seeded[8].matter_id, settled)
    page.keep()
    settled()
    assert not page.unsaved()
    assert len(kept()) == 1


@pytest.mark.parametrize("form", ["service", "call", "answers", "promise"])
def test_each_small_form_after_a_visit_comes_back(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    kept: Kept,
    again: Callable[[], MattersPage],
    form: str,
) -> None:
    section = after(page, seeded[7].matter_id, settled)
    key = "call" if form == "answers" else form
    {"service": section.serve, "call": section.call, "promise": section.promise}[key].click()
    card = {"service": section.service_form, "call": section.call_form, "promise": section.promise_form}[key]
    if form == "service":
        section.service_form.ui.note.setPlainText("邮政回执还没")
        section.service_form.ui.document.setCurrentIndex(2)
        section.service_form.ui.document_no.setText("12 号")
    elif form == "call":
        section.call_form.ui.outcome.set_value(list(CallOutcome)[-1])
        section.call_form.ui.promise.setText("再打一次")
        section.call_form.ui.due.setDate(section.call_form.ui.due.date().addDays(4))
    elif form == "answers":
        section.call_form.ui.window.set_value(EvaluationValue.DISSATISFIED)
        section.call_form.ui.windowWhy.setText("等得久")
    else:
        section.promise_form.ui.words.setPlainText("寄材料")
    typed = card.texts()
    qtbot.waitUntil(lambda: not page.unsaved())
    (row,) = kept()
    assert row.kind is DraftKind.AFTER_VISIT
    later = again()
    shown = after(later, seeded[7].matter_id, settled)
    back = {"service": shown.service_form, "call": shown.call_form, "promise": shown.promise_form}[key]
    assert back.isVisible()
    assert back.texts() == typed
    assert shown.call_form.ui.windowWhy.isVisible() == (form == "answers")
    if form == "promise":
        shown.promise_form.ui.save.click()
        settled()
        settled()
        assert kept() == ()
        assert later.drafts.isHidden()
    later.hide()
    settled()


def test_how_a_promise_was_kept_comes_back_for_that_promise_only(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, context: Context, on_worker: OnWorker
) -> None:
    context.changes.changed.connect(lambda _: page.refresh())
    section = after(page, seeded[7].matter_id, settled)
    for words in ("寄材料", "打电话"):
        section.promise.click()
        section.promise_form.ui.words.setPlainText(words)
        section.promise_form.ui.save.click()
        settled()
        settled()
    first, second = on_worker(lambda: afterwards(context.desk, seeded[7].matter_id)).promises
    section._keep(second)
    section.keep_form.ui.words.setPlainText("打通了")
    assert section.put_away()
    settled()
    settled()
    section._keep(first)
    assert section.keep_form.ui.words.toPlainText() == ""
    section._keep(second)
    assert section.keep_form.ui.words.toPlainText() == "打通了"


def opinion_begun(page: MattersPage, matter_id: int, settled: Settled) -> LifeSection:
    shown = opened_life(page, matter_id, settled)
    shown.buttons.buttons[Special.OPINION].click()
    shown.opinions.card.ui.facts.setPlainText("写了一半")
    return shown


def test_an_opinion_is_kept_while_it_is_typed_and_the_opinion_takes_it_over(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    kept: Kept,
    again: Callable[[], MattersPage],
    context: Context,
    on_worker: OnWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter_id = seeded[7].matter_id
    shown = opinion_begun(page, matter_id, settled)
    qtbot.waitUntil(lambda: not page.unsaved())
    assert [row.form for row in kept()] == ["写意见书"]

    def kept_opinions() -> int:
        found: LifeView = on_worker(lambda: life_view.life(context.desk, matter_id))
        return len(found.opinions)

    assert kept_opinions() == 0, "nobody else sees it before its author keeps it"
    monkeypatch.setattr(shown.opinions.card, "keep", lambda: None)  # the power goes before anybody leaves the page
    later = again()
    back = opened_life(later, matter_id, settled)
    assert back.opinions.card.isVisible()
    assert back.opinions.card.ui.facts.toPlainText() == "写了一半"
    back.opinions.card.ui.save.click()
    settled()
    settled()
    assert kept() == ()
    assert kept_opinions() == 1
    later.hide()
    settled()


def test_an_opinion_that_another_window_changed_is_not_written_over_unseen(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Callable[[Role], Desk],
    on_worker: OnWorker,
    qtbot: QtBot,
    kept: Kept,
    screenshot: Screenshot,
) -> None:
    matter_id, other = seeded[7].matter_id, desks(Role.SUPERVISOR)
    shown = opinion_begun(page, matter_id, settled)
    card = shown.opinions.card
    card.ui.save.click()
    settled()
    settled()
    card.ui.decision.setPlainText("支持诉求。")

    def elsewhere() -> None:
        (line,) = life_view.life(other, matter_id).opinions
        text = Opinion(request="健身房", facts="经调查，属实。", decision="不支持。")
        draft = opinions.Draft(line.opinion_id, line.version)
        opinions.write(other, lived.shown(other, matter_id), draft, OpinionForm(line.organ, text))

    on_worker(elsewhere)
    card.ui.save.click()
    settled()
    settled()
    assert "您的内容没有保存" in card.ui.fault.text()
    assert "别的窗口写的是：不支持。" in card.fields.field("decision").words()
    assert "别的窗口写的是：经调查，属实。" in card.fields.field("facts").words()
    assert card.ui.decision.toPlainText() == "支持诉求。"
    screenshot(page, "opinion-overtaken")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    card.ui.save.click()
    settled()
    settled()
    assert kept() == ()
    (line,) = on_worker(lambda: life_view.life(other, matter_id)).opinions
    assert line.opinion.decision == "支持诉求。"


def test_changes_of_an_opinion_are_given_up_after_a_question(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    qtbot: QtBot,
    kept: Kept,
    messages: Messages,
    context: Context,
    on_worker: OnWorker,
) -> None:
    asked: list[Question] = []
    messages.ask_requested.connect(asked.append)
    shown = opinion_begun(page, seeded[7].matter_id, settled)
    qtbot.waitUntil(lambda: len(kept()) == 1)
    shown.opinions.card.ui.give_up.click()
    assert shown.opinions.card.isVisible()
    asked[0].agreed()
    settled()
    assert shown.opinions.card.isHidden()
    assert kept() == ()
    assert on_worker(lambda: life_view.life(context.desk, seeded[7].matter_id)).opinions == ()
