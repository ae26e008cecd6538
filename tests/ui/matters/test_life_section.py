"""办理 on a real store: where a matter stands, its days with their reasons, and each step by its small form."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.desk import lived

from onevisit.desk import life
from onevisit.desk.desk import Desk
from onevisit.desk.life_view import Doing, Special
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import Fault
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.rules.step_forms import StepForm
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


ContextOf = Callable[[Role], Context]
Desks = Callable[[Role], Desk]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]


@pytest.fixture
def page(context_of: ContextOf, seeded: tuple[Registered, ...], open_page: Callable[[Page], None]) -> MattersPage:
    made = MattersPage(context_of(Role.CLERK))
    open_page(made)
    return made


@pytest.fixture
def done(tasks: Tasks, settled: Settled) -> Callable[[Callable[[], Any]], Any]:
    """Do something on the worker, as another window would."""

    def do(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        found: list[Any] = []
        tasks.run(work, found.append)
        settled()
        return found[0]

    return do


Done = Callable[[Callable[[], Any]], Any]


def section(page: MattersPage) -> LifeSection:
    found = page.sections.section("life")
    assert isinstance(found, LifeSection)
    return found


def opened(page: MattersPage, matter_id: int, settled: Settled) -> LifeSection:
    page.open_matter(matter_id, "life")
    settled()
    return section(page)


def routed(desk: Desk, matter_id: int) -> object:
    return lived.routed(desk, matter_id, on=local_day(desk.now()))


def test_it_says_where_a_matter_stands_and_what_is_due_next(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    screenshot: Screenshot,
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    assert shown.stands.text() == "已登记，等窗口定去向。"
    assert shown.next_due.text().startswith("下一个期限：窗口转送、交办，")
    desk = desks(Role.CLERK)
    done(lambda: routed(desk, seeded[7].matter_id))
    page.refresh()
    settled()
    assert shown.stands.text() == "已转送（示例局），等承办单位受理。"
    assert [row.key for row in shown.clocks.rows] == ["transfer", "notice", "objection"]
    screenshot(page, "life")
    row = shown.clocks.rows[1]
    row.why.click()
    assert row.steps.isVisible()
    assert "第二十三条" in row.steps.text()
    page.refresh()
    settled()
    assert shown.clocks.rows[1].steps.isVisible(), "what is unfolded stays so"
    screenshot(page, "life-why")
    shown.clocks.rows[1].why.click()
    assert not shown.clocks.rows[1].steps.isVisible()


def test_what_waits_can_be_reached_and_says_why(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot, qtbot: QtBot
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    button = shown.buttons.buttons[Action.ANSWER]
    why = "登记答复：现在是“已登记”：定了去向以后才登记答复，答复只登记一次。"
    assert why.endswith(button.accessibleDescription())
    assert button.toolTip()
    button.setFocus()
    assert shown.buttons.line.text() == why
    button.click()
    assert shown.card.isHidden()
    stand_still(qtbot, page)
    screenshot(page, "life-waits")
    shown.buttons.buttons[Action.WITHDRAW].setFocus()
    assert shown.buttons.line.text().startswith("灰色的现在还不能办")


def test_a_step_is_recorded_by_its_form_and_the_page_goes_on(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    said: list[tuple[str, str]],
    qtbot: QtBot,
    screenshot: Screenshot,
) -> None:
    desk, matter_id = desks(Role.CLERK), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    shown = opened(page, matter_id, settled)
    shown.buttons.buttons[Action.ACCEPT].click()
    assert shown.card.ui.on.hasFocus()
    assert not shown.buttons.isVisible(), "one thing at a time"
    assert shown.card.ui.organ.text() == "示例局"
    shown.card.ui.on.setText("2030-01-01")
    shown.card.ui.note.setPlainText("电话告知")
    assert page.unsaved()
    stand_still(qtbot, page)
    screenshot(page, "life-form")
    qtbot.keyClick(shown.card.ui.on, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert "之后，请核对日期" in shown.card.fields.field("on").words()
    assert shown.card.ui.note.toPlainText() == "电话告知"
    stand_still(qtbot, page)
    screenshot(page, "life-fault")
    shown.card.ui.on.setText("昨天")
    shown.card.ui.send.click()
    assert "请像 2026-12-01 这样填写" in shown.card.fields.field("on").words()
    shown.card.ui.on.setText(f"{local_day(desk.now()):%Y%m%d}")
    shown.card.ui.send.click()
    settled()
    settled()
    assert said[-1] == ("fine", "已登记：登记受理。")
    assert shown.stands.text() == "示例局已受理，正在办理。"
    assert shown.buttons.buttons[Action.ACCEPT].hasFocus()
    assert not page.unsaved()


def test_the_overview_names_each_step_and_the_state(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    qtbot: QtBot,
    screenshot: Screenshot,
) -> None:
    desk, matter_id = desks(Role.CLERK), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    today = local_day(desk.now())
    done(lambda: life.take(desk, lived.shown(desk, matter_id), Action.ACCEPT, StepForm(today, note="电话告知")))
    page.open_matter(matter_id)
    settled()
    stand_still(qtbot, page)
    texts = [one.text() for one in children(page.ui.detailBody, QLabel)]
    assert "登记受理：示例局；电话告知" in texts
    assert "定去向" in texts
    assert "已受理" in texts
    bar = page.ui.detail.verticalScrollBar()
    bar.setValue(bar.maximum())
    screenshot(page, "life-overview")


def test_esc_closes_the_form_first(page: MattersPage, seeded: tuple[Registered, ...], settled: Settled) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Action.WITHDRAW].click()
    assert page.go_back()
    assert shown.card.isHidden()
    assert shown.buttons.isVisible()
    assert not page.go_back()


def test_the_second_window_is_told_and_what_was_typed_stays(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    screenshot: Screenshot,
    qtbot: QtBot,
) -> None:
    desk, other, matter_id = desks(Role.CLERK), desks(Role.SUPERVISOR), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    shown = opened(page, matter_id, settled)
    shown.buttons.buttons[Event.NOTICED].click()
    shown.card.ui.document_no.setText("告〔2026〕1 号")
    today = local_day(desk.now())
    done(lambda: life.take(other, lived.shown(other, matter_id), Action.ACCEPT, StepForm(today)))
    shown.card.ui.send.click()
    settled()
    settled()
    assert "原来是“已定去向”，现在是“已受理”" in shown.card.ui.fault.text()
    assert shown.card.ui.document_no.text() == "告〔2026〕1 号"
    assert shown.stands.text() == "示例局已受理，正在办理。"
    stand_still(qtbot, page)
    screenshot(page, "life-overtaken")


def test_what_is_half_typed_waits_for_its_matter(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Action.WITHDRAW].click()
    shown.card.ui.note.setPlainText("来访人说自己解决了")
    opened(page, seeded[8].matter_id, settled)
    assert shown.card.isHidden()
    assert not page.unsaved(), "it is kept as a draft"
    opened(page, seeded[7].matter_id, settled)
    assert shown.card.isVisible()
    assert shown.card.ui.note.toPlainText() == "来访人说自己解决了"


def test_a_late_objection_asks_for_its_reason(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot, qtbot: QtBot
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Action.WITHDRAW].click()
    assert not shown.card.ui.late_reason.isVisible()
    shown.card.show_faults((Fault("late_reason", "异议应在2026年11月30日前（含当日）提出，这次晚了 1 天。"),))
    assert shown.card.ui.late_reason.isVisible()
    assert shown.card.ui.late_reason.hasFocus()
    stand_still(qtbot, page)
    screenshot(page, "life-late")


def test_matters_are_related_and_the_link_opens_the_other(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, way: Way
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Special.RELATE].click()
    shown.card.ui.other.setEditText("不是编号")
    shown.card.ui.send.click()
    settled()
    assert "请核对事项编号" in shown.card.fields.field("other").words()
    shown.card.ui.other.setEditText(seeded[8].matter_no)
    shown.card.ui.send.click()
    settled()
    settled()
    links = [one for one in children(shown, QPushButton) if one.text().startswith("相关：")]
    links[0].click()
    assert way.went[-1] == ("open_matter", seeded[8].matter_id, "life")


@pytest.mark.parametrize("doing", [Special.STOP, Special.CORRECT, Special.EXTEND, Action.MERGE, Event.AGREED])
def test_each_form_shows_what_it_asks(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    doing: Doing,
    screenshot: Screenshot,
) -> None:
    desk, matter_id = desks(Role.CLERK), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    if doing is Special.EXTEND:
        today = local_day(desk.now())
        done(lambda: life.take(desk, lived.shown(desk, matter_id), Action.ACCEPT, StepForm(today)))
    shown = opened(page, matter_id, settled)
    shown.buttons.buttons[doing].click()
    assert shown.card.isVisible()
    QApplication.sendPostedEvents()
    shown.card.ui.column.activate()
    settled()
    screenshot(page, f"life-{doing.value}")
    spec = shown.card.spec
    assert spec is not None
    assert [name for name in spec.rows if not shown.card.fields.field(name).isVisible()] == []


def test_the_lawyer_reads_where_it_stands_and_gets_no_buttons(
    context_of: ContextOf, seeded: tuple[Registered, ...], open_page: Callable[[Page], None], settled: Settled
) -> None:
    page = MattersPage(context_of(Role.LAWYER))
    open_page(page)
    shown = opened(page, seeded[7].matter_id, settled)
    assert shown.stands.isVisible()
    assert not shown.buttons.isVisible()


def test_a_matter_is_split_line_by_line(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, screenshot: Screenshot, qtbot: QtBot
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Action.SPLIT].click()
    shown.card.ui.note.setPlainText("预付卡不退款")
    shown.card.ui.send.click()
    settled()
    assert "请写 2 至 6 件" in shown.card.fields.field("note").words()
    shown.card.ui.note.setPlainText("预付卡不退款\n健身房欠教练工资")
    stand_still(qtbot, page)
    screenshot(page, "life-split")
    shown.card.ui.send.click()
    settled()
    settled()
    assert shown.stands.text() == "已分成几件，请到分出的那一件上办。"
    links = [one.text() for one in children(shown, QPushButton) if one.text().startswith("分出的：")]
    assert len(links) == 2
    qtbot.waitUntil(lambda: shown.stands.visibleRegion().boundingRect().height() > 0)
    stand_still(qtbot, page)
    screenshot(page, "life-split-done")


def cut_off(shown: LifeSection) -> list[str]:
    """The labels that are lower than their words."""
    return [
        one.text()
        for one in children(shown, QLabel)
        if one.isVisibleTo(shown) and one.text() and one.wordWrap() and one.height() < one.heightForWidth(one.width())
    ]


def stand_still(qtbot: QtBot, page: MattersPage) -> None:
    """Wait until Qt has laid everything out: nothing moves from one look to the next."""
    before: list[QRect] = []

    def still() -> bool:
        now = [one.geometry() for one in children(page, QWidget)]
        same = now == before
        before[:] = now
        return same

    qtbot.waitUntil(still)


@pytest.mark.parametrize("large", [False, True])
def test_it_fits_its_width_in_a_small_window_and_in_large_type(
    page: MattersPage,
    seeded: tuple[Registered, ...],
    settled: Settled,
    desks: Desks,
    done: Done,
    theme: Theme,
    large: bool,
    qtbot: QtBot,
    screenshot: Screenshot,
) -> None:
    """A window of 1366×768 at 150 % leaves the page 764 pixels of its own; large type has the whole window."""
    if large:
        theme.wear(Variant.LIGHT, large=True)
    else:
        page.resize(764, 428)
    desk = desks(Role.CLERK)
    done(lambda: routed(desk, seeded[7].matter_id))
    shown = opened(page, seeded[7].matter_id, settled)
    area = page.sections._places["life"]
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: shown.clocks.height() > 0 and area.horizontalScrollBar().maximum() == 0)
    stand_still(qtbot, page)
    assert shown.buttons.buttons[Action.REOPEN].geometry().bottom() < shown.buttons.line.y()
    assert cut_off(shown) == []
    screenshot(page, f"life-{'large' if large else 'small'}")
    shown.buttons.buttons[Action.ACCEPT].click()
    qtbot.waitUntil(lambda: shown.card.height() > 0 and area.horizontalScrollBar().maximum() == 0)
    stand_still(qtbot, page)
    assert cut_off(shown) == []
    assert shown.stands.visibleRegion().boundingRect().height() == shown.stands.height(), "the head stays in sight"
    screenshot(page, f"life-form-{'large' if large else 'small'}")
    shown.card.ui.send.setFocus()
    assert shown.card.ui.send.visibleRegion().boundingRect().height() == shown.card.ui.send.height()
    assert page.go_back()
    shown.buttons.buttons[Special.OPINION].click()
    qtbot.waitUntil(lambda: shown.opinions.card.height() > 0 and area.horizontalScrollBar().maximum() == 0)
    stand_still(qtbot, page)
    assert cut_off(shown) == []


def test_a_form_and_where_the_matter_stands_fit_the_window(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, desks: Desks, done: Done, qtbot: QtBot
) -> None:
    desk, matter_id = desks(Role.CLERK), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    done(lambda: life.take(desk, lived.shown(desk, matter_id), Action.ACCEPT, StepForm(local_day(desk.now()))))
    shown = opened(page, matter_id, settled)
    shown.buttons.buttons[Action.ANSWER].click()
    stand_still(qtbot, page)
    for widget in (shown.stands, shown.card.ui.heading, shown.card.ui.send):
        assert widget.visibleRegion().boundingRect().height() == widget.height()
    assert not shown.clocks.isVisible(), "one thing at a time"
    shown.card.ui.cancel.click()
    assert shown.clocks.isVisible()


def test_a_matter_that_becomes_urgent_leads_to_its_report(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, way: Way
) -> None:
    shown = opened(page, seeded[7].matter_id, settled)
    shown.buttons.buttons[Special.URGENT].click()
    shown.card.ui.send.click()
    settled()
    assert "什么紧急情况" in shown.card.fields.field("note").words()
    shown.card.ui.note.setPlainText("来访人说要带人堵路")
    shown.card.ui.send.click()
    settled()
    settled()
    assert way.went[-1] == ("open_matter", seeded[7].matter_id, "urgent")
    assert "已经是紧急事项" in shown.buttons.buttons[Special.URGENT].accessibleDescription()


@pytest.mark.parametrize("days", ["9" * 5000, "三十", "-1", ""])
def test_days_and_a_day_that_are_none_are_told_at_their_rows(
    page: MattersPage, seeded: tuple[Registered, ...], settled: Settled, desks: Desks, done: Done, days: str
) -> None:
    desk, matter_id = desks(Role.CLERK), seeded[7].matter_id
    done(lambda: routed(desk, matter_id))
    done(lambda: life.take(desk, lived.shown(desk, matter_id), Action.ACCEPT, StepForm(local_day(desk.now()))))
    shown = opened(page, matter_id, settled)
    shown.buttons.buttons[Special.EXTEND].click()
    today = shown.card.ui.on.text()
    shown.card.ui.on.clear()
    shown.card.ui.send.click()
    assert shown.card.fields.field("on").fault == "请填写批准日期。"
    shown.card.ui.on.setText(today)
    shown.card.ui.days.setText(days)
    shown.card.ui.send.click()
    settled()
    assert shown.card.fields.field("days").fault
