"""送达回访 on the page of a matter, on a real store."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import lookup, promises_due
from onevisit.desk.register import Registered
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import PromiseForm, ServedDocument, ServiceOutcome
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.ui.after_visit.section import AfterVisitSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children

ContextOf = Callable[[Role], Context]
Settled = Callable[[], None]
Screenshot = Callable[[QWidget, str], None]


@pytest.fixture
def clerk(context_of: ContextOf) -> Context:
    return context_of(Role.CLERK)


@pytest.fixture
def answered(clerk: Context, seeded: tuple[Registered, ...], tasks: Tasks, settled: Settled) -> Registered:
    """A matter whose opinion was written today and waits to be served."""
    visit, desk = seeded[0], clerk.desk

    def move() -> None:
        today = local_day(desk.now())
        for action in (Action.ROUTE, Action.ACCEPT, Action.ANSWER):
            seen = lookup.open_matter(desk, visit.matter_id).seen
            routed = action is Action.ROUTE
            number = "枣信处〔2026〕12号" if action is Action.ANSWER else ""
            with desk.work(Permission.HANDLE) as session:
                matter = open_for_change(desk, session, seen)
                take_step(
                    desk,
                    session,
                    matter,
                    action,
                    StepFacts(today, organ="某区人力资源和社会保障局", document_no=number),
                    handling=Handling.TRANSFER if routed else None,
                    procedure=Procedure.OPINION if routed else None,
                )
                matter.lead_organ = "某区人力资源和社会保障局"

    tasks.run(move, lambda _: None)
    settled()
    return visit


@pytest.fixture
def page(clerk: Context, seeded: tuple[Registered, ...], open_page: Callable[[Page], None]) -> MattersPage:
    made = MattersPage(clerk)
    clerk.changes.changed.connect(lambda _: made.refresh())
    open_page(made)
    return made


def opened(page: MattersPage, visit: Registered, settled: Settled) -> AfterVisitSection:
    page.open_matter(visit.matter_id, "after_visit")
    settled()
    found = page.sections.current
    assert isinstance(found, AfterVisitSection)
    return found


def width_of_text(section: AfterVisitSection) -> int:
    """How wide the text of the long promise stands now."""
    texts = [one for one in children(section.contacts, QLabel) if "一次寄给来访人" in one.text()]
    return max((one.width() for one in texts if one.isVisibleTo(section)), default=0)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in children(widget, QLabel) if label.isVisibleTo(widget))


def test_empty_cards_say_what_will_be_here(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot
) -> None:
    section = opened(page, seeded[0], settled)
    assert "送到一份记一份" in words(section.services)
    assert "回访电话" in words(section.contacts)
    assert "不算满意，也不算不满意" in words(section.evaluations)
    assert page.sections.bar.value() == "after_visit"
    screenshot(page, "after_visit_empty")


def test_an_opinion_that_waits_is_served_with_what_is_known_already(
    page: MattersPage,
    answered: Registered,
    settled: Settled,
    qtbot: QtBot,
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    section = opened(page, answered, settled)
    assert "还没有送达" in words(section.services)
    qtbot.keyClick(section.serve, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    form = section.service_form
    qtbot.waitUntil(form.isVisible)
    typed = form.typed()
    assert (typed.document, typed.document_no) == (ServedDocument.OPINION, "枣信处〔2026〕12号")
    assert typed.step_id is not None
    assert "起算申请复查的期限" in form.ui.hint.text()
    assert not form.ui.witness.isVisible()
    form.ui.outcome.set_value(ServiceOutcome.REFUSED)
    assert form.ui.witness.isVisible()
    form.ui.save.click()
    settled()
    assert "见证人" in form._fields["witness"].fault
    assert form.ui.witness.hasFocus()
    screenshot(page, "after_visit_service")
    form.ui.witness.setText("社区工作人员周涛")
    form.ui.save.click()
    settled()
    assert form.isHidden()
    assert "见证人 社区工作人员周涛" in words(section.services)
    assert "还没有送达" not in words(section.services)
    assert said[-1] == ("fine", "送达已记下。")


def test_a_day_that_cannot_be_keeps_what_was_typed(page: MattersPage, answered: Registered, settled: Settled) -> None:
    section = opened(page, answered, settled)
    section.serve.click()
    form = section.service_form
    form.ui.on.setDate(QDate.currentDate().addDays(400))
    form.ui.note.setPlainText("邮政回执")
    form.ui.save.click()
    settled()
    assert "在今天" in form._fields["on"].fault
    assert form.ui.note.toPlainText() == "邮政回执"
    assert section.unsaved()


def test_promises_and_calls_stand_together_and_a_promise_is_kept_with_a_word(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    screenshot: Screenshot,
) -> None:
    section = opened(page, seeded[0], settled)
    section.call.click()
    form = section.call_form
    form.ui.note.setPlainText("问什么时候能拿到钱，说明仍在调解")
    form.ui.promise.setText("打电话告知调解的结果")
    form.ui.save.click()
    settled()
    assert form.isHidden()
    told = words(section.contacts)
    assert "承诺：打电话告知调解的结果" in told
    assert "还有 3 天" in told
    assert "已联系上" in told
    (keep,) = [button for button in children(section.contacts, QPushButton) if button.text() == "兑现"]
    keep.click()
    screenshot(page, "after_visit_contacts")
    assert section.keep_form.isVisible()
    section.keep_form.ui.words.setPlainText("已打通电话")
    section.keep_form.ui.save.click()
    settled()
    assert "已兑现" in words(section.contacts)


def test_a_form_with_something_in_it_is_not_closed_by_another(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, said: list[tuple[str, str]]
) -> None:
    section = opened(page, seeded[0], settled)
    section.call.click()
    section.promise.click()
    assert section.call_form.isHidden()
    section.promise_form.ui.words.setPlainText("寄材料清单")
    section.call.click()
    assert section.call_form.isHidden()
    assert section.promise_form.isVisible()
    assert said[-1][0] == "attention"
    assert section.put_away()
    assert not section.put_away()
    settled()
    assert not section.unsaved(), "it is a draft now"


def test_whoever_comes_second_keeps_the_words_and_is_told(
    page: MattersPage, answered: Registered, settled: Settled, clerk: Context, tasks: Tasks
) -> None:
    section = opened(page, answered, settled)
    section.serve.click()
    form = section.service_form
    form.ui.note.setPlainText("本人签收")

    def elsewhere() -> None:
        with clerk.desk.work(Permission.HANDLE) as session:
            seen = lookup.open_matter(clerk.desk, answered.matter_id).seen
            matter = open_for_change(clerk.desk, session, seen)
            take_step(clerk.desk, session, matter, Action.CLOSE, StepFacts(local_day(clerk.desk.now())))

    tasks.run(elsewhere, lambda _: None)
    settled()
    form.ui.save.click()
    settled()
    assert "您的内容没有保存" in form.ui.fault.text()
    assert form.ui.note.toPlainText() == "本人签收"
    form.ui.save.click()
    settled()
    assert form.isHidden()


def test_another_matter_takes_the_form_away(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    section = opened(page, seeded[0], settled)
    section.call.click()
    opened(page, seeded[1], settled)
    assert section.call_form.isHidden()


def test_overdue_promises_stand_out_and_nothing_is_cut_off_in_large_type(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    clerk: Context,
    tasks: Tasks,
    theme: Theme,
    qtbot: QtBot,
    screenshot: Screenshot,
) -> None:
    seen_on = local_day(clerk.desk.now())

    def promise() -> None:
        for text, days in (("打电话告知调解的结果", 0), ("把需要补的材料一次寄给来访人，并附上办理地点和时间", 9)):
            seen = lookup.open_matter(clerk.desk, seeded[0].matter_id).seen
            promises_due.make(clerk.desk, seen, PromiseForm(text, seen_on + timedelta(days=days)))

    tasks.run(promise, lambda _: None)
    settled()
    section = opened(page, seeded[0], settled)
    assert "今天到期" in words(section.contacts)
    assert section.serve.hasFocus(), "whoever was sent here can begin"
    theme.wear(Variant.LIGHT, large=True)
    section.promise.click()
    form = section.promise_form
    low = form.ui.words
    qtbot.waitUntil(lambda: low.height() >= low.fontMetrics().lineSpacing() * 3)
    qtbot.waitUntil(lambda: form.height() >= form.sizeHint().height())
    screenshot(page, "after_visit_large")
    assert form.width() <= section.width()
    form.ui.save.setFocus()
    qtbot.waitUntil(lambda: form.ui.save.visibleRegion().boundingRect().height() == form.ui.save.height())
    theme.wear(Variant.LIGHT, large=False)
    page.resize(764, 428)
    qtbot.waitUntil(lambda: width_of_text(section) > section.contacts.width() * 0.8)


def test_the_lawyer_has_no_such_section(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: Callable[[Page], None], settled: Settled
) -> None:
    page = MattersPage(context_of(Role.LAWYER))
    open_page(page)
    page.open_matter(seeded[0].matter_id, "after_visit")
    settled()
    assert page.sections.current is None
