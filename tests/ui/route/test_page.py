"""The page of the route on a real store: what is asked, what is proposed, what one press decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import audit, consult, leaving, route
from onevisit.desk.audit import AuditRow
from onevisit.desk.desk import Desk
from onevisit.desk.practice_day import _VISITS
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import StepFacts, open_for_change, take_step
from onevisit.devices.folder import PdfFolderPrinter
from onevisit.paper.fonts import FontBook
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.classification import AdvisedWay, ContentClass, Purpose, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, ConsultationForm, MatterAnswer, RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.policy import Policy
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision, taken_over
from onevisit.rules.routes import Handling, Offer
from onevisit.ui.matters.page import MattersPage
from onevisit.ui.page import Context, Page
from onevisit.ui.route.page import RoutePage
from onevisit.ui.route.section import RouteSection
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.layouts import children


class Way(Protocol):
    """The recording navigator."""

    went: list[tuple[object, ...]]


ContextOf = Callable[[Role], Context]
Desks = Callable[[Role], Desk]
OpenPage = Callable[[Page], None]
Settled = Callable[[], None]
Screenshot = Callable[[object, str], None]
Shot = Callable[[QWidget, str], None]
Register = Callable[..., Registered]

COURT = {
    "title": "对法院判决不服",
    "summary": "法院已经判决，来访人不服判决结果，要求重新处理。",
    "content": ContentClass.JUSTICE,
    "respondent": "薛城区人民法院",
}
NOISE = {
    "title": "楼道灯不亮",
    "summary": "报修三个月没人管，请求协调维修。",
    "content": ContentClass.CONSTRUCTION,
    "respondent": "临城街道示例社区居民委员会",
}
LEAK = {
    "purpose": Purpose.ACCUSATION,
    "content": ContentClass.DISCIPLINE,
    "title": "反映村干部侵占补偿款",
    "summary": "反映村书记侵占集体土地补偿款。",
    "respondent": "某镇某村书记张某",
    "confidential": True,
}


def form(**changes: object) -> RegistrationForm:
    """An invented registration of practice mode, with other words."""
    return replace(_VISITS[0], wants_lawyer=False, **changes)  # type: ignore[arg-type]


@pytest.fixture
def registered(desks: Desks, tasks: Tasks, qtbot: QtBot) -> Register:
    """Register a visit, on the worker as the program does; nobody waits for a slip unless it is said."""

    def saved(*, waits: bool = False, **changes: object) -> Registered:
        found: list[Registered] = []
        desk = desks(Role.CLERK)

        def work() -> Registered:
            made = register(desk, form(**changes))
            if not waits:
                leaving.leave(desk, made.visit_id)
            return made

        tasks.run(work, found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return saved


@pytest.fixture
def prints(tmp_path: Path) -> Path:
    """Where printed sheets lie in practice."""
    return tmp_path / "prints"


@pytest.fixture
def sheets(resources: Path, prints: Path) -> HouseSheets:
    return HouseSheets(FontBook(resources / "fonts"), PdfFolderPrinter(prints))


@pytest.fixture
def page(context_of: ContextOf, open_page: OpenPage, sheets: HouseSheets) -> RoutePage:
    made = RoutePage(context_of(Role.CLERK), sheets)
    open_page(made)
    return made


@pytest.fixture
def shot(screenshot: Screenshot, settled: Settled) -> Shot:
    """A picture of the page once everything is laid out."""

    def take(widget: QWidget, name: str) -> None:
        settled()
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents()
        screenshot(widget, name)

    return take


def open_at(page: RoutePage, visit_id: int, settled: Settled) -> None:
    page.open_route(visit_id)
    settled()
    QApplication.sendPostedEvents()


def words(widget: QWidget) -> str:
    """Everything that the labels in sight say."""
    QApplication.sendPostedEvents()
    return "\n".join(label.text() for label in children(widget, QLabel) if label.isVisibleTo(widget))


def squeezed(page: QWidget) -> list[str]:
    """Labels in sight that get less height than their words need."""
    shown = [one for one in children(page, QLabel) if one.isVisible() and one.text() and one.hasHeightForWidth()]
    return [one.text() for one in shown if one.height() + 1 < one.heightForWidth(one.width())]


def test_an_empty_page_says_where_it_is_opened_from(page: RoutePage) -> None:
    assert "从刚登记的来访" in page.heading.text()
    assert page.shows() == {"matters"}
    assert not page.unsaved()


def test_the_suggestion_stands_with_its_article_and_its_court(
    page: RoutePage, registered: Register, settled: Settled, shot: Shot
) -> None:
    saved = registered(**COURT)
    open_at(page, saved.visit_id, settled)
    blocks = page.assistant.questions.blocks
    assert list(blocks) == ["way"]
    assert blocks["way"].buttons["court"].isChecked()
    assert blocks["way"].buttons["court"].accessibleName().endswith("建议")
    told = words(page.assistant.ui.proposal)
    assert "建议：引导到法定程序　诉讼、检察、公安程序　[31(一)]" in told
    assert "《信访工作条例》第三十一条第（一）项" in told
    assert "没有 60 日" in told
    assert page.assistant.where.names == ("薛城区人民法院诉讼服务中心",)
    assert "带什么：身份证" in page.assistant.where.details.text()
    assert not page.assistant.ui.own.isVisible()
    assert not page.assistant.ui.report.isVisible()
    assert squeezed(page) == []
    shot(page, "route-court")


def test_one_press_decides_and_the_page_shows_what_was_decided(
    page: RoutePage,
    registered: Register,
    settled: Settled,
    qtbot: QtBot,
    said: list[tuple[str, str]],
    desks: Desks,
    shot: Shot,
    way: Way,
) -> None:
    saved = registered(**COURT)
    open_at(page, saved.visit_id, settled)
    offers = page.assistant.questions.offers
    assert offers is not None
    offers.rows[Offer.LEGAL_AID].set_value(True)
    offers.rows[Offer.MEDIATION].set_value(False)
    assert page.unsaved()
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.waitUntil(lambda: not page.assistant.fresh())
    qtbot.keyClick(
        page.assistant.questions.blocks["way"].buttons["court"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settled()
    settled()
    assert said[-1] == ("fine", "已定去向，引导到法定程序：薛城区人民法院诉讼服务中心。")
    told = words(page.summary)
    assert "引导到法定程序　诉讼、检察、公安程序　[31(一)]" in told
    assert "法律援助" in told
    assert "人民调解" in told
    assert not page.unsaved()
    shot(page, "route-decided")
    page.summary.slip.click()
    assert way.went[-1] == ("print_slip", saved.visit_id, False)
    current = route.case(desks(Role.CLERK), saved.matter_id).current
    assert current is not None
    assert (current.taken, current.declined) == ((Offer.LEGAL_AID,), (Offer.MEDIATION,))


def test_another_answer_asks_on_and_an_assignment_asks_for_its_day(
    page: RoutePage, registered: Register, settled: Settled, shot: Shot
) -> None:
    open_at(page, registered(**NOISE).visit_id, settled)
    questions = page.assistant.questions
    assert list(questions.blocks) == ["way", "level", "report"]
    assert "应当先向镇街或者区（市）提出" in words(page.assistant.ui.proposal)
    shot(page, "route-level")
    questions.answer("report", "yes")
    questions.answer("level", "city")
    assert page.assistant.ui.report.isVisible()
    asked = local_day(page.context.desk.now()) + timedelta(days=Policy().report_days)
    assert page.assistant.ui.replyBy.date().toString(Qt.DateFormat.ISODate) == asked.isoformat()
    assert "交办　信访处理意见　[31(六)]" in words(page.assistant.ui.proposal)
    assert "60 日" in words(page.assistant.ui.proposal)
    assert page.assistant.where.names == ("市住房和城乡建设局",)
    page.assistant.where.pick.setEditText("市自然资源和规划局")
    page.assistant.where.add.click()
    assert "由市住房和城乡建设局牵头，会同市自然资源和规划局协商办理" in page.assistant.where.notice.text()
    shot(page, "route-assign")
    assert squeezed(page) == []
    page.assistant.ui.replyBy.setDate(page.assistant.ui.replyBy.date().addDays(-60))
    page.assistant.ui.decide.click()
    settled()
    assert "要在今天以后" in page.assistant.reply_by.fault
    shot(page, "route-assign-fault")


def test_choosing_otherwise_brings_up_the_reason(
    page: RoutePage, registered: Register, settled: Settled, desks: Desks, shot: Shot
) -> None:
    saved = registered(**NOISE)
    open_at(page, saved.visit_id, settled)
    page.assistant.ui.otherwise.click()
    assert page.assistant.ui.reason.isVisible()
    page.assistant.choose_otherwise(Handling.ANSWER, None)
    assert "您选的：当场答复　[23]" in words(page.assistant.ui.proposal)
    page.assistant.ui.decide.click()
    settled()
    assert page.assistant.reason.fault == "选的和建议的不一样，请写一句为什么。"
    shot(page, "route-otherwise")
    page.assistant.ui.reason.setText("社区当场派人去修了")
    page.assistant.ui.decide.click()
    settled()
    settled()
    current = route.case(desks(Role.CLERK), saved.matter_id).current
    assert current is not None
    assert (current.mark, current.reason, current.proposed) == ("23", "社区当场派人去修了", "31(六)")
    page.assistant.ui.otherwise.click()


def test_going_back_to_the_proposal_forgets_the_reason(page: RoutePage, registered: Register, settled: Settled) -> None:
    open_at(page, registered(**NOISE).visit_id, settled)
    page.assistant.ui.otherwise.click()
    page.assistant.ui.reason.setText("写了一半")
    page.assistant.ui.otherwise.click()
    assert not page.assistant.ui.own.isVisible()
    decision = page.assistant.decision()
    assert (decision.handling, decision.reason) == (Handling.LOWER, "")


def test_the_accused_is_refused_at_the_addressee(
    page: RoutePage, registered: Register, settled: Settled, shot: Shot
) -> None:
    open_at(page, registered(**LEAK).visit_id, settled)
    assert "密封：交出去的材料不写来访人是谁" in words(page.assistant.ui.proposal)
    page.assistant.where.choose("某镇某村村委会")
    page.assistant.ui.decide.click()
    settled()
    assert "就是被反映的人员、单位" in words(page.assistant.where)
    shot(page, "route-accused")
    assert squeezed(page) == []


def test_the_second_window_is_told_and_keeps_what_was_chosen(
    page: RoutePage, registered: Register, settled: Settled, desks: Desks, said: list[tuple[str, str]], tasks: Tasks
) -> None:
    saved = registered(**NOISE)
    open_at(page, saved.visit_id, settled)
    clerk = desks(Role.CLERK)
    seen = route.case(clerk, saved.matter_id).seen
    decision = Decision(Handling.ANSWER, reason="当场答复了")
    tasks.run(lambda: route.decide(clerk, seen, decision, {}), lambda _: None)
    settled()
    page.assistant.ui.decide.click()
    settled()
    assert "原来是“已登记”，现在是“已定去向”" in said[-1][1]
    settled()
    assert page.heading.text() == "去向"
    assert "当场答复了" in words(page.summary)


def test_a_decided_matter_shows_its_route_and_is_taken_back_with_a_reason(
    page: RoutePage, registered: Register, settled: Settled, shot: Shot, said: list[tuple[str, str]]
) -> None:
    open_at(page, registered(**NOISE).visit_id, settled)
    page.assistant.ui.decide.click()
    settled()
    settled()
    assert page.heading.text() == "去向"
    page.summary.recall.click()
    page.summary.take_back.click()
    settled()
    assert "请写一句为什么收回" in words(page.summary)
    shot(page, "route-recall")
    page.summary.why.setText("转错了单位")
    page.summary.take_back.click()
    settled()
    settled()
    assert said[-1] == ("fine", "去向已收回，可以重新定。")
    assert page.heading.text() == "定去向"
    assert page.assistant.ui.decide.isEnabled()


def test_a_repeat_within_the_period_is_told_so_and_nothing_moves(
    page: RoutePage, registered: Register, settled: Settled, desks: Desks, tasks: Tasks, shot: Shot
) -> None:
    first = registered(**NOISE)
    clerk = desks(Role.CLERK)

    def accept() -> Registered:
        known = route.case(clerk, first.matter_id)
        assert known.proposal is not None
        decision = taken_over(known.proposal, ("薛城区信访局人民来访接待中心",))
        route.decide(clerk, known.seen, decision, known.suggested)
        with clerk.work(Permission.HANDLE) as session:
            matter = open_for_change(clerk, session, route.case(clerk, first.matter_id).seen)
            take_step(clerk, session, matter, Action.ACCEPT, StepFacts(local_day(clerk.now())))
        again = form(
            **NOISE,
            matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
            return_reason=ReturnReason.NOT_CONTACTED,
        )
        return register(clerk, again)

    second: list[Registered] = []
    tasks.run(accept, second.append)
    settled()
    open_at(page, second[0].visit_id, settled)
    assert page.assistant.ui.decide.text() == "告知并打印回执 Ctrl+↵"
    assert page.assistant.ui.back.text() == "先打回执，以后再告知 Ctrl+P"
    shot(page, "route-in-period-with-slip")
    tasks.run(lambda: leaving.leave(clerk, second[0].visit_id), lambda _: None)
    settled()
    open_at(page, second[0].visit_id, settled)
    assert page.assistant.ui.decide.text() == "告知来访人 Ctrl+↵"
    assert not page.assistant.questions.blocks
    told = words(page.assistant.ui.proposal)
    assert "建议：办理期限内重复提出，不再受理" in told
    assert not page.assistant.ui.asking.isVisible()
    assert not page.assistant.ui.otherwise.isVisible()
    assert "《信访工作条例》第十九条第三款" in told
    shot(page, "route-in-period")
    page.assistant.ui.decide.click()
    settled()
    settled()
    assert "办理期限内重复提出" in words(page.summary)
    assert "薛城区信访局人民来访接待中心" in words(page.summary)
    shot(page, "route-in-period-told")


class Flashes(QObject):
    """Hears of everything that shows as a window of its own."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_as_a_window_of_its_own_and_takes_the_keyboard(
    page: RoutePage, registered: Register, settled: Settled, qapp: QApplication
) -> None:
    saved = registered(**NOISE)
    flashes = Flashes(qapp)
    qapp.installEventFilter(flashes)
    open_at(page, saved.visit_id, settled)
    page.assistant.questions.answer("level", "city")
    page.assistant.ui.decide.click()
    settled()
    settled()
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


# -- on the way from the registration to the slip ---------------------------------------------------------------------


def test_a_visitor_who_waits_gets_the_slip_with_the_decision(
    page: RoutePage, registered: Register, settled: Settled, said: list[tuple[str, str]], way: Way, shot: Shot
) -> None:
    saved = registered(**COURT, waits=True)
    open_at(page, saved.visit_id, settled)
    ui = page.assistant.ui
    assert (ui.decide.text(), ui.back.text()) == ("定下并打印回执 Ctrl+↵", "先打回执，去向以后再定 Ctrl+P")
    shot(page, "route-with-slip")
    ui.decide.click()
    settled()
    assert way.went == [("print_slip", saved.visit_id, True, "instead")]
    assert said[-1] == ("fine", "已定去向，引导到法定程序：薛城区人民法院诉讼服务中心。")
    assert not page.unsaved()


def test_a_visitor_may_have_the_slip_first(
    page: RoutePage, registered: Register, settled: Settled, way: Way, desks: Desks, qtbot: QtBot
) -> None:
    saved = registered(**NOISE, waits=True)
    open_at(page, saved.visit_id, settled)
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.waitUntil(lambda: not page.assistant.fresh())
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert way.went == [("print_slip", saved.visit_id, True, "instead")]
    assert route.case(desks(Role.CLERK), saved.matter_id).current is None


def test_the_key_that_brought_the_page_up_decides_nothing_that_nobody_has_read(
    page: RoutePage, registered: Register, settled: Settled, way: Way, desks: Desks, qtbot: QtBot
) -> None:
    saved = registered(**NOISE, waits=True)
    with qtbot.waitActive(page):
        page.activateWindow()
    open_at(page, saved.visit_id, settled)
    page.assistant._since.restart()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert way.went == []
    assert route.case(desks(Role.CLERK), saved.matter_id).current is None


def test_where_nothing_is_to_be_decided_the_page_goes_on_to_the_slip(
    page: RoutePage, registered: Register, settled: Settled, way: Way
) -> None:
    first = registered(**NOISE)
    open_at(page, first.visit_id, settled)
    page.assistant.ui.decide.click()
    settled()
    settled()
    again = registered(
        **NOISE,
        waits=True,
        matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
        return_reason=ReturnReason.NOT_CONTACTED,
    )
    page.open_route(again.visit_id, onward=True)
    settled()
    assert way.went == [("print_slip", again.visit_id, True, "instead")]
    open_at(page, again.visit_id, settled)
    assert page.heading.text() == "去向"
    assert len(way.went) == 1


def test_whoever_waits_for_the_lawyer_gets_the_slip_afterwards(
    page: RoutePage, registered: Register, settled: Settled, desks: Desks, on_worker: Callable[..., object]
) -> None:
    saved = registered(**COURT, waits=True)
    clerk, lawyer = desks(Role.CLERK), desks(Role.LAWYER)
    on_worker(lambda: consult.send_to_lawyer(clerk, saved.visit_id))
    open_at(page, saved.visit_id, settled)
    assert page.assistant.ui.decide.text() == "定去向 Ctrl+↵"

    def advise() -> None:
        begun = consult.begin(lawyer, saved.visit_id)
        advice = ConsultationForm(facts="有判决书。", advice="可以在十五日内上诉。", ways=(AdvisedWay.LITIGATION,))
        consult.sign(lawyer, begun.consultation_id, advice, begun.version)

    on_worker(advise)
    open_at(page, saved.visit_id, settled)
    assert page.assistant.ui.decide.text() == "定下并打印回执 Ctrl+↵"


def test_what_was_chosen_waits_while_the_page_is_left(
    page: RoutePage, registered: Register, settled: Settled, way: Way
) -> None:
    saved = registered(**NOISE, waits=True)
    other = registered(**COURT, waits=True, matter_answers=(MatterAnswer(saved.matter_id, Answer.ANOTHER),))
    open_at(page, saved.visit_id, settled)
    assert not page.unsaved()
    page.assistant.questions.answer("level", "city")
    assert page.unsaved()
    open_at(page, saved.visit_id, settled)
    assert page.assistant.questions.blocks["level"].buttons["city"].isChecked()
    open_at(page, other.visit_id, settled)
    assert not page.unsaved()
    page.assistant.where.pick.setEditText("市信访局")
    assert page.unsaved()


def test_what_was_chosen_stays_while_another_window_does_something_else(
    page: RoutePage, registered: Register, settled: Settled, desks: Desks, on_worker: Callable[..., object]
) -> None:
    saved = registered(**NOISE)
    clerk = desks(Role.CLERK)
    open_at(page, saved.visit_id, settled)
    page.assistant.questions.answer("level", "city")

    def decide_and_recall() -> None:
        seen = route.case(clerk, saved.matter_id).seen
        route.decide(clerk, seen, Decision(Handling.ANSWER, reason="当场答复了"), {})
        route.recall(clerk, route.case(clerk, saved.matter_id).seen, "写错了")

    on_worker(decide_and_recall)
    page.assistant.ui.decide.click()
    settled()
    settled()
    assert "别的窗口刚刚改过这件事" in page.assistant.ui.fault.text()
    assert page.assistant.questions.blocks["level"].buttons["city"].isChecked()
    page.assistant.ui.decide.click()
    settled()
    settled()
    assert route.case(clerk, saved.matter_id).current is not None


def test_an_addressee_that_was_taken_away_does_not_come_back_by_itself(
    page: RoutePage, registered: Register, settled: Settled
) -> None:
    open_at(page, registered(**COURT).visit_id, settled)
    where, offers = page.assistant.where, page.assistant.questions.offers
    assert offers is not None
    where.choose()
    where.pick.setEditText("市中级")
    offers.rows[Offer.LEGAL_AID].button(True).click()
    assert where.names == ()
    assert where.pick.currentText() == "市中级"


def test_what_may_not_be_known_is_not_opened(page: RoutePage, settled: Settled, said: list[tuple[str, str]]) -> None:
    open_at(page, 999, settled)
    assert said[-1] == ("fault", "没有找到这次来访，请刷新列表后再试。")


def test_the_sheets_are_looked_at_printed_and_recorded(
    page: RoutePage,
    registered: Register,
    settled: Settled,
    prints: Path,
    desks: Desks,
    tasks: Tasks,
    shot: Shot,
    said: list[tuple[str, str]],
) -> None:
    open_at(page, registered(**LEAK).visit_id, settled)
    page.assistant.ui.decide.click()
    settled()
    settled()
    assert page.summary.for_visitor.text() == "打印去向告知单"
    assert page.summary.for_organ.text() == "打印转送单（密封）"
    page.summary.for_organ.click()
    settled()
    assert page.preview is not None
    assert page.preview.isVisible()
    shot(page, "route-sealed-sheet")
    page.preview.ui.print.click()
    settled()
    assert said[-1][1].startswith("转送单已送到")
    assert not page.preview.isVisible()
    assert len(list(prints.glob("*.pdf"))) == 1
    page.summary.for_visitor.click()
    settled()
    assert page.go_back()
    assert not page.go_back()
    rows: list[tuple[AuditRow, ...]] = []
    auditor = desks(Role.AUDITOR)
    tasks.run(lambda: audit.entries(auditor), rows.append)
    settled()
    printed = [one for one in rows[0] if one.code == "route.sheet_printed"]
    assert [one.detail for one in printed] == ["转送单"]


def test_a_section_prints_too(
    context_of: ContextOf,
    registered: Register,
    open_page: OpenPage,
    settled: Settled,
    sheets: HouseSheets,
    page: RoutePage,
    shot: Shot,
) -> None:
    saved = registered(**NOISE)
    open_at(page, saved.visit_id, settled)
    page.assistant.ui.decide.click()
    settled()
    made = MattersPage(context_of(Role.CLERK), sheets)
    open_page(made)
    made.open_matter(saved.matter_id, "route")
    settled()
    settled()
    section = made.sections.section("route")
    assert isinstance(section, RouteSection)
    shot(made, "route-section-decided")
    section.summary.for_organ.click()
    settled()
    assert section.preview is not None
    assert section.preview.isVisible()
    shot(made, "route-section-sheet")
    assert section.put_away()
    section.summary.recall.click()
    assert section.put_away()
    assert not section.put_away()
    section.summary.recall.click()
    section.summary.why.setText("重选单位")
    assert section.unsaved()
    section.summary.take_back.click()
    settled()
    assert not section.unsaved()


def test_the_matter_page_has_the_route_as_a_section(
    context_of: ContextOf,
    sheets: HouseSheets,
    registered: Register,
    open_page: OpenPage,
    settled: Settled,
    way: Way,
    shot: Shot,
) -> None:
    saved = registered(**NOISE)
    made = MattersPage(context_of(Role.CLERK), sheets)
    open_page(made)
    made.open_matter(saved.matter_id, "route")
    settled()
    settled()
    section = made.sections.section("route")
    assert isinstance(section, RouteSection)
    assert "还没有定去向" in words(section)
    shot(made, "route-section")
    section.summary.choose.click()
    assert way.went[-1] == ("open_route", saved.visit_id)


def test_every_look_fits(page: RoutePage, registered: Register, settled: Settled, theme: Theme, shot: Shot) -> None:
    open_at(page, registered(**NOISE).visit_id, settled)
    page.assistant.choose_otherwise(Handling.GUIDE, Procedure.LITIGATION)
    for variant, large in ((Variant.DARK, False), (Variant.CONTRAST, False), (Variant.LIGHT, True)):
        theme.wear(variant, large=large)
        QApplication.sendPostedEvents()
        shot(page, f"route-{variant.value}{'-large' if large else ''}")
        assert squeezed(page) == []


def test_both_buttons_fit_in_every_look(
    page: RoutePage, registered: Register, settled: Settled, theme: Theme, shot: Shot
) -> None:
    open_at(page, registered(**NOISE, waits=True).visit_id, settled)
    ui = page.assistant.ui
    for large, width, height in ((False, 1196, 688), (True, 1196, 688), (True, 780, 560), (False, 740, 430)):
        theme.wear(Variant.LIGHT, large=large)
        page.resize(width, height)
        shot(page, f"route-with-slip-{width}{'-large' if large else ''}")
        for button in (ui.back, ui.decide):
            assert button.width() >= button.sizeHint().width()
            assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))
        assert squeezed(page) == []
