"""The report of article 25 on the screen, on a real store: told at once, never held back, nothing typed lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Way
from tests.ui.day_close.test_page import OneQueue

from onevisit.desk import drafts, life_links, lookup, urgent
from onevisit.desk.desk import Desk
from onevisit.desk.life_view import Special
from onevisit.desk.register import Registered, register
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.rules.step_forms import StepForm
from onevisit.rules.urgent import UrgentAddressee, UrgentReport
from onevisit.ui.matters.life_section import LifeSection
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.urgent.page import UrgentPage
from onevisit.ui.urgent.panel import UrgentPanel
from onevisit.ui.urgent.section import UrgentSection
from onevisit.ui.widgets.layouts import children

Screenshot = Callable[[QWidget, str], None]
_BODY = "37049919790412001"
FORM = RegistrationForm(
    lead=PersonEntry(name="王伟", id_number=_BODY + mod_11_2(_BODY), phone="13900000011", address="示例村3组8号"),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    title="多人扬言到省城讨要工资",
    summary="去年务工被拖欠工资。",
    reply_by=ReplyMethod.PHONE,
    headcount=2,
    urgent=True,
    clerk_note="情绪激动，说明天一早出发",
)


@pytest.fixture
def printer(tmp_path: Path) -> OneQueue:
    return OneQueue(tmp_path / "paper")


@pytest.fixture
def sheets(resources: Path, printer: OneQueue) -> HouseSheets:
    return HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # never asked for jobs


@pytest.fixture
def saved(desks: Callable[[Role], Desk], on_worker: Callable[[Callable[[], object]], object]) -> Registered:
    clerk = desks(Role.CLERK)
    made = on_worker(lambda: register(clerk, FORM))
    assert isinstance(made, Registered)
    return made


@pytest.fixture
def page(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    saved: Registered,
    settled: Callable[[], None],
) -> UrgentPage:
    made = UrgentPage(context_of(Role.CLERK), sheets)
    open_page(made)
    made.open_urgent(saved.matter_id, saved.visit_id)
    made.focus_first()
    settled()
    return made


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in children(page, QLabel) if label.isVisibleTo(page))


def test_the_five_stand_there_with_a_button_each_and_what_is_known(page: UrgentPage, screenshot: Screenshot) -> None:
    screenshot(page, "urgent_new")
    assert page.panel.ui.persons.value() == 2
    assert page.panel.ui.content.toPlainText() == "多人扬言到省城讨要工资\n情绪激动，说明天一早出发"
    assert "还没有报告本级党委和政府、有关主管部门" in page.panel.ui.reminder.text()
    assert [button.text() for button in page.panel.told.tick.values() if not button.isHidden()] == ["已报告"] * 5
    assert page.panel.told.tick[UrgentAddressee.GOVERNMENT].hasFocus()
    assert "还没有写什么地点，先报告，随后补上" in words(page)
    assert not page.panel.ui.save.isEnabled()


def test_telling_needs_nothing_written_and_the_keyboard_goes_on_to_the_next(
    page: UrgentPage, settled: Callable[[], None], qtbot: QtBot, saved: Registered, desks: Callable[[Role], Desk]
) -> None:
    for _ in UrgentAddressee:
        focused = page.window().focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Space)
        settled()
    assert page.panel.ui.reminder.text().startswith("✓ 五家都已报告")
    assert urgent.waiting(desks(Role.CLERK), saved.matter_id) == ()


def test_a_wrong_tick_is_taken_back_with_a_reason(
    page: UrgentPage, settled: Callable[[], None], screenshot: Screenshot
) -> None:
    panel = page.panel
    panel.told.tick[UrgentAddressee.NATIONAL].click()
    settled()
    panel.told.correct[UrgentAddressee.NATIONAL].click()
    assert panel.ui.why.hasFocus()
    panel.ui.correct.click()
    settled()
    assert "请写明为什么更正" in panel.ui.whyFault.text()
    screenshot(page, "urgent_correct")
    panel.ui.why.setText("点错了")
    panel.ui.correct.click()
    settled()
    assert panel.ui.correction.isHidden()
    assert not panel.told.tick[UrgentAddressee.NATIONAL].isHidden()
    assert not page.go_back()


def test_what_is_typed_is_saved_and_goes_with_what_another_window_wrote(
    page: UrgentPage,
    settled: Callable[[], None],
    desks: Callable[[Role], Desk],
    saved: Registered,
    on_worker: Callable[[Callable[[], object]], object],
    said: list[tuple[str, str]],
    screenshot: Screenshot,
) -> None:
    supervisor = desks(Role.SUPERVISOR)

    def elsewhere() -> UrgentReport:
        view = urgent.open_report(supervisor, saved.matter_id)
        typed = replace(view.report, place="市政府西门", measures="已派人劝返")
        return urgent.save(supervisor, view.key, typed).report

    ui = page.panel.ui
    ui.place.setText("市政府东门")
    ui.happened_at.setText("明天上午 9 时")
    on_worker(elsewhere)
    ui.save.click()
    settled()
    assert said[-1][0] == "fault"
    assert "您的内容没有保存" in said[-1][1]
    assert (ui.place.text(), ui.happened_at.text()) == ("市政府东门", "明天上午 9 时")
    assert ui.measures.toPlainText() == "已派人劝返"
    assert "别的窗口写的是：市政府西门" in words(page)
    screenshot(page, "urgent_two_windows")
    ui.save.click()
    settled()
    assert said[-1] == ("fine", "紧急报告单已保存。")
    report = urgent.open_report(supervisor, saved.matter_id).report
    assert (report.place, report.measures) == ("市政府东门", "已派人劝返")
    assert "别的窗口写的是" not in words(page)


def test_whoever_goes_elsewhere_loses_nothing(
    page: UrgentPage, settled: Callable[[], None], desks: Callable[[Role], Desk], saved: Registered
) -> None:
    page.panel.ui.place.setText("市政府东门")
    assert page.unsaved()
    page.hide()
    settled()
    assert urgent.open_report(desks(Role.CLERK), saved.matter_id).report.place == "市政府东门"


def test_what_is_typed_is_kept_before_anybody_leaves_and_comes_back_after_a_power_cut(
    page: UrgentPage,
    saved: Registered,
    settled: Callable[[], None],
    desks: Callable[[Role], Desk],
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    on_worker: Callable[[Callable[[], object]], object],
    said: list[tuple[str, str]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clerk, supervisor = desks(Role.CLERK), desks(Role.SUPERVISOR)
    page.panel.ui.place.setText("市政府东")
    page.panel.ui.persons.setValue(7)
    assert page.unsaved()
    page.keep()
    qtbot.waitUntil(lambda: not page.unsaved())
    monkeypatch.setattr(page.panel, "save", lambda: None)  # the power goes
    page.hide()
    settled()

    def elsewhere() -> object:
        view = urgent.open_report(supervisor, saved.matter_id)
        return urgent.save(supervisor, view.key, replace(view.report, place="市政府西门"))

    on_worker(elsewhere)
    later = UrgentPage(context_of(Role.CLERK))
    open_page(later)
    later.open_urgent(saved.matter_id, saved.visit_id)
    settled()
    assert (later.panel.ui.place.text(), later.panel.ui.persons.value()) == ("市政府东", 7)
    assert "别的窗口写的是：市政府西门" in words(later)
    assert said[-1][1].startswith("上次写的还没有保存")
    later.panel.ui.save.click()
    settled()
    assert on_worker(lambda: drafts.offered(clerk)) == ()
    assert urgent.open_report(clerk, saved.matter_id).report.place == "市政府东"
    assert not later.unsaved()


def test_the_sheet_is_looked_at_and_printed(
    page: UrgentPage,
    settled: Callable[[], None],
    said: list[tuple[str, str]],
    printer: OneQueue,
    screenshot: Screenshot,
) -> None:
    page.panel.ui.print.click()
    settled()
    preview = page.panel.preview
    assert preview is not None
    screenshot(page, "urgent_sheet")
    assert preview.ui.print.hasFocus()
    preview.ui.print.click()
    settled()
    assert printer.titles == ["重大、紧急信访信息报告单"]
    assert said[-1][0] == "fine"
    assert page.panel.currentWidget() is page.panel.form


def test_it_looks_right_large_and_in_the_dark(
    page: UrgentPage, theme: Theme, screenshot: Screenshot, settled: Callable[[], None], qtbot: QtBot
) -> None:
    page.panel.told.tick[UrgentAddressee.GOVERNMENT].click()
    settled()
    for variant, large, name in ((Variant.DARK, False, "dark"), (Variant.CONTRAST, True, "contrast_large")):
        theme.wear(variant, large=large)
        settled()
        qtbot.wait(50)
        screenshot(page, f"urgent_{name}")


def test_a_confidential_one_opens_by_way_of_ones_own_visit(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    desks: Callable[[Role], Desk],
    settled: Callable[[], None],
    on_worker: Callable[[Callable[[], object]], object],
    said: list[tuple[str, str]],
) -> None:
    clerk = desks(Role.CLERK)
    secret = replace(FORM, purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True)
    made = on_worker(lambda: register(clerk, secret))
    assert isinstance(made, Registered)
    page = UrgentPage(context_of(Role.CLERK))
    open_page(page)
    page.open_urgent(made.matter_id)
    settled()
    assert said[-1] == ("fault", "没有找到这件事项，请重新查找。")
    assert not page.panel.form.isEnabled()
    page.open_urgent(made.matter_id, made.visit_id)
    settled()
    page.panel.told.tick[UrgentAddressee.SUPERIOR].click()
    settled()
    assert page.panel.told.tick[UrgentAddressee.SUPERIOR].isHidden()
    assert page.panel.ui.print.isHidden()


def test_tab_comes_to_the_five_before_what_is_written(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    saved: Registered,
    settled: Callable[[], None],
) -> None:
    page = UrgentPage(context_of(Role.CLERK), sheets)
    open_page(page)
    page.open_urgent(saved.matter_id)
    settled()
    ui, walked = page.panel.ui, list[QWidget | None]()
    page.ui.leave.setFocus()
    for _ in range(12):
        page.focusNextChild()
        walked.append(page.focusWidget())
    written = [ui.happened_at, ui.place, ui.persons, ui.who, ui.content, ui.measures]
    assert walked == [*page.panel.told.tick.values(), *written, ui.print]


def test_its_fields_show_as_many_lines_in_large_type(
    context_of: Callable[[Role], Context], open_page: Callable[[Page], None], theme: Theme, qtbot: QtBot
) -> None:
    page = UrgentPage(context_of(Role.CLERK))
    open_page(page)
    box = page.panel.ui.content
    before = box.height()
    theme.wear(Variant.LIGHT, large=True)
    qtbot.waitUntil(lambda: box.height() > before)
    assert box.height() >= 4 * box.fontMetrics().lineSpacing()


def test_a_matter_that_becomes_urgent_later_leads_to_its_report_at_once(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    seeded: tuple[Registered, ...],
    settled: Callable[[], None],
    way: Way,
) -> None:
    context, matter_id = context_of(Role.CLERK), seeded[-1].matter_id
    page = MattersPage(context, sheets)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    page.open_matter(matter_id, "life")
    settled()
    assert "urgent" not in page.sections.offered()
    life = page.sections.section("life")
    assert isinstance(life, LifeSection)
    life.buttons.buttons[Special.URGENT].click()
    life.card.ui.note.setPlainText("约好明天上午到市政府门口聚集")
    life.card.ui.send.click()
    settled()
    assert way.went == [("open_matter", matter_id, "urgent")]
    page.open_matter(matter_id, "urgent")
    settled()
    section = page.sections.current
    assert isinstance(section, UrgentSection)
    assert "聚集" in section.panel.ui.content.toPlainText()
    assert all(not tick.isHidden() for tick in section.panel.told.tick.values())


def test_the_report_of_a_merged_matter_is_read_and_goes_on_in_the_other(
    context_of: Callable[[Role], Context],
    desks: Callable[[Role], Desk],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    saved: Registered,
    seeded: tuple[Registered, ...],
    settled: Callable[[], None],
    on_worker: Callable[[Callable[[], object]], object],
) -> None:
    clerk, other = desks(Role.CLERK), seeded[-1]

    def merge() -> object:
        key = urgent.open_report(clerk, saved.matter_id).key
        urgent.tell(clerk, key, UrgentAddressee.SUPERIOR)
        today = local_day(clerk.now())
        return life_links.merge(
            clerk, lookup.open_matter(clerk, saved.matter_id).seen, other.matter_no, StepForm(today)
        )

    on_worker(merge)
    page = UrgentPage(context_of(Role.CLERK), sheets)
    open_page(page)
    page.open_urgent(saved.matter_id)
    settled()
    panel = page.panel
    assert panel.ui.reminder.text() == "这件事已并入另一件，报告单已经随着过去，请在那一件里填写和报告。"
    assert not panel.ui.content.isEnabled()
    assert all(button.isHidden() for button in (*panel.told.tick.values(), *panel.told.correct.values()))
    assert panel.told.when[UrgentAddressee.SUPERIOR].text().startswith("✓")
    assert not panel.dirty
    page.open_urgent(other.matter_id)
    settled()
    assert panel.ui.content.isEnabled()
    assert "还没有报告" in panel.ui.reminder.text()
    assert panel.told.tick[UrgentAddressee.SUPERIOR].isHidden()
    assert not panel.told.tick[UrgentAddressee.GOVERNMENT].isHidden()


def test_the_matter_says_who_was_not_told_until_all_were(
    context_of: Callable[[Role], Context],
    open_page: Callable[[Page], None],
    sheets: HouseSheets,
    saved: Registered,
    settled: Callable[[], None],
    screenshot: Screenshot,
    way: Way,
) -> None:
    context = context_of(Role.SUPERVISOR)
    page = MattersPage(context, sheets)
    context.changes.changed.connect(lambda _: page.refresh())
    open_page(page)
    page.open_matter(saved.matter_id)
    settled()
    assert "还没有报告本级党委和政府" in page.urgent.words.text()
    page.urgent.go.click()
    settled()
    section = page.sections.section("urgent")
    assert page.sections.current is section
    screenshot(page, "matter_urgent")
    panel = next(iter(children(section, UrgentPanel)))
    panel.ui.place.setText("市政府东门")
    assert page.unsaved()
    for button in panel.told.tick.values():
        button.click()
        settled()
    assert page.urgent.isHidden()
    assert panel.ui.place.text() == "市政府东门"
    page.keep()
    settled()
    assert not page.unsaved()
    assert way.went == []
