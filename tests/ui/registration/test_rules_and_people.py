"""By which rules the page registers, what its lists offer, agents, representatives, and how a known matter stands."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.registration.conftest import WAGES, WANG, Window, another

from onevisit.desk.desk import Desk
from onevisit.desk.slips import form_of
from onevisit.desk.standing import StepFacts, open_for_change, seen, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import AgentPart, Answer, RegistrationForm
from onevisit.rules.groups import Agent
from onevisit.rules.matter_life import Action
from onevisit.rules.people import AgentKind
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.tables import HouseText, Matter, Visit
from onevisit.ui.registration.agent_dialog import AgentDialog
from onevisit.ui.registration.roster_dialog import RosterDialog
from onevisit.ui.registration.typist import choose, type_line
from onevisit.ui.theme import Theme

Shot = Callable[[QWidget, str], None]
CTRL = Qt.KeyboardModifier.ControlModifier
LI, ZHAO = another("李明", "370499198305200390"), another("赵一", "")
TREE = "0601,劳动报酬\n060101,拖欠农民工工资\n060102,拖欠其他工资\n0602,社会保险\n"


def on_worker(window: Window, work: Callable[[Desk], object]) -> None:
    done: list[object] = []
    desk = window.desk
    window.page.context.tasks.run(lambda: work(desk), done.append)
    window.qtbot.waitUntil(lambda: bool(done))


def house_text(window: Window, name: str, content: str) -> None:
    def put(desk: Desk) -> bool:
        with desk.work(None) as session:
            now, whose = desk.now(), desk.actor.account_id
            session.add(HouseText(name=name, content=content, changed_at=now, account_id=whose))
        return True

    on_worker(window, put)
    window.page.refresh()
    window.wait()


def steps(window: Window, matter_id: int, *actions: Action) -> None:
    def take(desk: Desk) -> bool:
        for action in actions:
            routed = action is Action.ROUTE
            with desk.work(Permission.HANDLE) as session:
                matter = open_for_change(desk, session, seen(session.get_one(Matter, matter_id)))
                facts = StepFacts(local_day(desk.now()))
                handling, procedure = (Handling.TRANSFER, Procedure.OPINION) if routed else (None, None)
                take_step(desk, session, matter, action, facts, handling=handling, procedure=procedure)
        return True

    on_worker(window, take)


def show(window: Window, form: RegistrationForm) -> None:
    window.page.resize(1190, 640)
    window.page.set_form(form)
    window.wait()


def kept_form(window: Window, visit_id: int) -> RegistrationForm:
    found: list[RegistrationForm] = []

    def read(desk: Desk) -> bool:
        with desk.look(None) as session:
            found.append(form_of(session.get_one(Visit, visit_id)))
        return True

    on_worker(window, read)
    return found[0]


def save(window: Window) -> RegistrationForm:
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    return kept_form(window, window.saved[0].visit_id)


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_said_of_rules_that_are_simply_todays(window: Window) -> None:
    window.wait()
    assert window.page.rules.rules.code == "2022"
    assert window.page.ui.rules.isHidden()
    assert window.page.panel.fields["detail"].isHidden()


def test_switched_on_rules_are_named_and_a_group_without_representatives_is_told_that_no_talk_follows(
    window: Window, theme: Theme, screenshot: Shot
) -> None:
    house_text(window, "switched_on", "2022-37")
    show(window, replace(WAGES, headcount=12))
    assert window.page.ui.rules.text() == "按《信访工作条例》（2022），并参照《山东省信访条例》（2015）登记"
    assert window.page.ui.group.text() == "集体访 12 人 · 代表 1/5"
    labels: list[QLabel] = list(window.page.gate.findChildren(QLabel))
    texts = " ".join(one.text() for one in labels)
    assert "暂不接谈" in texts
    screenshot(window.page, "registration-group-no-talk")
    save(window)
    assert window.saved[0].visit_id


def test_a_sixth_representative_is_refused_at_the_field_with_its_article(window: Window) -> None:
    people = tuple(another(f"代表{word}", "") for word in "甲乙丙丁戊")
    show(window, replace(WAGES, headcount=20, companions=people))
    window.page.save()
    assert "不得超过 5 人（现为 6 人）" in window.faults()["companions"]
    assert "（《信访工作条例》第二十条）" in window.faults()["companions"]


# ── content levels ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_levels_below_are_offered_where_the_unit_has_them_and_kept(
    window: Window, theme: Theme, screenshot: Shot
) -> None:
    house_text(window, "content_tree", TREE)
    show(window, WAGES)
    detail, ui = window.page.panel.fields["detail"], window.page.panel.ui
    assert not detail.isHidden()
    offered = [ui.detail.itemText(place) for place in range(ui.detail.count())]
    assert offered == [
        *("0601 劳动报酬", "060101 劳动报酬 › 拖欠农民工工资", "060102 劳动报酬 › 拖欠其他工资", "0602 社会保险")
    ]
    type_line(ui.detail.line, "农民工")
    assert window.page.form().content_code == "060101"
    screenshot(window.page, "registration-content-levels")
    choose(ui.content, "07")
    assert detail.isHidden()
    assert window.page.form().content_code == ""
    choose(ui.content, "06")
    choose(ui.detail, "0602")
    assert save(window).content_code == "0602"
    window.page.start(WANG.id_number)
    window.wait()
    assert window.page.asking().matters[0].classification == "求决 · 劳动社保 › 社会保险 · 薛城区"
    window.page.answer_matter(window.page.asking().matters[0].matter_id, Answer.SAME)
    window.wait()
    assert window.page.form().content_code == "0602"


# ── agents ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_agent_has_a_kind_and_shows_the_papers_of_it(window: Window, theme: Theme, screenshot: Shot) -> None:
    show(window, WAGES)
    agents = window.page.panel.agents
    agents.add()
    dialog = agents.dialog
    assert isinstance(dialog, AgentDialog)
    assert dialog.ui.shown.isHidden()
    type_line(dialog.ui.name, "赵一")
    choose(dialog.ui.agent_kind, AgentKind.RELATIVE.value)
    assert dialog.ui.shown.words() == ("授权委托书", "近亲属关系证明")
    dialog.ui.shown.boxes()[0].click()
    screenshot(dialog, "registration-agent")
    choose(dialog.ui.agent_kind, AgentKind.GUARDIAN.value)
    assert dialog.ui.shown.words() == ("监护关系证明",)
    choose(dialog.ui.agent_kind, AgentKind.RELATIVE.value)
    dialog.ui.shown.boxes()[1].click()
    dialog.ui.accept_button.click()
    assert agents.entries()[0].shown == ("近亲属关系证明",)
    screenshot(window.page, "registration-agent-chip")
    assert save(window).agent_parts == (AgentPart(AgentKind.RELATIVE, ("近亲属关系证明",)),)


def test_a_half_typed_agent_comes_back_with_kind_and_papers(window: Window) -> None:
    show(window, replace(WAGES, agents=(LI,), agent_parts=(AgentPart(AgentKind.STAFF, ("授权委托书",)),)))
    assert window.page.panel.agents.entries() == (Agent(LI, AgentKind.STAFF, ("授权委托书",)),)
    window.page.panel.agents.add()
    dialog = window.page.panel.agents.dialog
    assert isinstance(dialog, AgentDialog)
    type_line(dialog.ui.name, "赵一")
    choose(dialog.ui.agent_kind, AgentKind.LAWYER.value)
    dialog.ui.shown.boxes()[0].click()
    half = window.page.half()
    dialog.reject()
    window.page.clear()
    window.page.show_half(half)
    again = window.page.panel.agents.dialog
    assert isinstance(again, AgentDialog)
    assert (again.kind(), again.ui.shown.ticked()) == (AgentKind.LAWYER, ("授权委托书",))
    assert window.page.half() == half
    again.reject()


# ── representatives ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_of_a_group_has_signed_is_ticked_and_kept(window: Window, theme: Theme, screenshot: Shot) -> None:
    show(window, replace(WAGES, companions=(LI, ZHAO)))
    signed = window.page.panel.fields["signed"]
    assert signed.isHidden()
    type_line(window.page.panel.headcount, "12")
    assert not signed.isHidden()
    boxes = window.page.panel.ui.signed
    assert boxes.words() == ("王伟", "李明", "赵一")
    boxes.boxes()[1].click()
    window.page.panel.companions.remove(1)
    assert boxes.ticked() == ("李明",)
    window.wait()
    window.qtbot.wait(20)  # until a changed list is laid out
    screenshot(window.page, "registration-group-signed")
    form = save(window)
    assert form.signed == (False, True)
    assert window.page.saved_strip.roster.isVisible()


def test_signatures_are_recorded_after_the_save_too(window: Window, theme: Theme, screenshot: Shot) -> None:
    show(window, replace(WAGES, companions=(LI, ZHAO), headcount=12, signed=(True,)))
    save(window)
    window.page.saved_strip.roster.click()
    window.qtbot.waitUntil(lambda: bool(window.page.window().findChildren(RosterDialog)))
    dialogs: list[RosterDialog] = list(window.page.window().findChildren(RosterDialog))
    dialog = dialogs[0]
    assert [row.signed.isChecked() for row in dialog.rows] == [True, False, False]
    dialog.rows[1].signed.click()
    dialog.keep()
    field = dialog.rows[1].field
    assert field is not None
    window.qtbot.waitUntil(lambda: "代表要留电话" in field.fault)
    window.wait()
    screenshot(dialog, "registration-roster")
    phone = dialog.rows[1].phone
    assert phone is not None
    phone.setText("13900000022")
    dialog.keep()
    window.qtbot.waitUntil(lambda: window.said[-1][1] == "代表名册已保存：3 位代表中 2 位已签名。")
    assert kept_form(window, window.saved[0].visit_id).signed == (True, True, False)


def test_ticks_come_back_with_a_draft(window: Window) -> None:
    form = replace(WAGES, companions=(LI,), headcount=12, signed=(True, False))
    show(window, form)
    assert window.page.form().signed == (True, False)
    half = window.page.half()
    window.page.clear()
    assert window.page.form().signed == ()
    window.page.show_half(half)
    assert window.page.form().signed == (True, False)


# ── how a known matter stands ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("actions", "word", "article"),
    [
        ((Action.ROUTE, Action.ACCEPT), "in-period", "第十九条第三款"),
        ((Action.ROUTE, Action.ACCEPT, Action.TERMINATE), "terminated", "第三十六条第三款"),
        ((Action.ROUTE, Action.ACCEPT, Action.ANSWER, Action.CLOSE), "closed", "由负责人写明理由"),
    ],
)
def test_a_matter_that_is_told_again_says_how_it_stands_and_what_stops_it(
    window: Window, theme: Theme, screenshot: Shot, actions: tuple[Action, ...], word: str, article: str
) -> None:
    earlier = window.earlier()
    steps(window, earlier.matter_id, *actions)
    window.page.resize(1190, 640)
    window.page.start(WANG.id_number)
    window.wait()
    ui = window.page.likeness.ui
    assert article in ui.stop.text()
    assert "照样登记" in ui.stop.text()
    screenshot(window.page, f"registration-again-{word}")
    window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    window.wait()
    assert ui.heading.text().startswith("再次来访 · 建筑工地拖欠工资（")
    assert ui.stop.isHidden()
    assert article in ui.heading.toolTip()
    screenshot(window.page, f"registration-again-{word}-answered")


# ── after the save ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_urgent_visit_opens_the_report_at_once_and_its_slip_waits(
    window: Window, theme: Theme, screenshot: Shot
) -> None:
    show(window, replace(WAGES, urgent=True))
    save(window)
    saved = window.saved[0]
    assert window.went == [("open_urgent", saved.matter_id, saved.visit_id)]
    strip = window.page.saved_strip
    assert strip.isVisible()
    screenshot(window.page, "registration-saved-urgent")
    strip.slip.click()
    strip.urgent.click()
    assert window.went[1:] == [
        ("print_slip", saved.visit_id, False),
        ("open_urgent", saved.matter_id, saved.visit_id),
    ]


def test_after_the_save_the_next_step_is_the_route_until_the_next_visitor_is_typed(
    window: Window, theme: Theme, screenshot: Shot
) -> None:
    show(window, WAGES)
    save(window)
    strip = window.page.saved_strip
    assert strip.words.text().startswith("刚登记：1 号")
    assert strip.urgent.isHidden()
    screenshot(window.page, "registration-saved")
    window.key(Qt.Key.Key_G, CTRL)
    assert window.went[-1] == ("open_route", window.saved[0].visit_id)
    type_line(window.page.panel.ui.name, "李明")
    assert strip.isHidden()


def test_a_joint_matter_says_how_many_it_is_about(window: Window) -> None:
    show(window, replace(WAGES, respondent="市自然资源和规划局、临城街道办事处"))
    assert window.page.panel.fields["respondent"].fine == "涉及 2 个单位（人）"
    assert save(window).respondent == "市自然资源和规划局、临城街道办事处"
