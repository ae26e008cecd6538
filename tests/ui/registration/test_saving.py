"""Saving: once, with its faults at the fields, nothing lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.ui.registration.conftest import WAGES, Window, another

from onevisit.desk import lookup
from onevisit.desk.lookup import MatterView
from onevisit.rules.classification import MaterialForm, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.ui.registration.form_values import VisitorKind
from onevisit.ui.widgets.layouts import children

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
SIX = (
    another("赵一", "370499198305200390"),
    another("钱二", "370499199004300448"),
    another("孙三", "37049919910315030X"),
    another("李四", "370499197212010438"),
    another("周五", "370499195309030241"),
)


def opened(window: Window, matter_id: int) -> MatterView:
    seen: list[MatterView] = []
    desk = window.desk
    window.page.context.tasks.run(lambda: lookup.open_matter(desk, matter_id), seen.append)
    window.qtbot.waitUntil(lambda: bool(seen))
    return seen[0]


def save(window: Window) -> MatterView:
    window.key(ENTER, CTRL)
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    return opened(window, window.saved[-1].matter_id)


def test_ctrl_enter_saves_once_clears_and_goes_on_to_the_route(window: Window) -> None:
    window.page.fill_from(WAGES)
    window.page.panel.ui.summary.setFocus()
    for _ in range(3):
        window.key(ENTER, CTRL)
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert len(window.saved) == 1
    saved = window.saved[0]
    assert window.went == [("open_route", saved.visit_id, "onward")]
    tone, sentence = window.said[-1]
    assert tone == "fine"
    assert saved.visit_no in sentence
    assert f"{saved.queue_no} 号" in sentence
    assert not window.page.unsaved()
    assert window.here() is window.page.panel.ui.name
    assert opened(window, saved.matter_id).title == WAGES.title


def test_ctrl_p_saves_once_and_prints_at_once(window: Window) -> None:
    window.page.fill_from(WAGES)
    window.page.panel.ui.summary.setFocus()
    for _ in range(3):
        window.key(Qt.Key.Key_P, CTRL)
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert len(window.saved) == 1
    assert window.went == [("print_slip", window.saved[0].visit_id, True)]


def test_f7_saves_and_sends_to_the_lawyer_without_printing(window: Window) -> None:
    window.page.fill_from(WAGES)
    window.key(Qt.Key.Key_F7)
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert window.went == []
    assert "已转律师" in window.said[-1][1]
    window.page.refresh()
    window.wait()
    assert window.page.gate_watch.lawyers_waiting == 1


def test_an_empty_form_says_what_is_missing_and_goes_to_the_first(window: Window) -> None:
    window.page.panel.ui.summary.setFocus()
    window.key(ENTER, CTRL)
    assert {"name", "purpose", "content", "subject", "summary", "reply"} <= set(window.faults())
    assert window.here() is window.page.panel.ui.name
    assert not window.saved


def test_faults_keep_everything_typed(window: Window) -> None:
    form = replace(WAGES, title="")
    window.page.fill_from(form)
    window.wait()
    window.page.save()
    assert list(window.faults()) == ["subject"]
    assert window.here() is window.page.panel.ui.subject
    assert window.page.form() == form
    window.keys("建筑工地拖欠工资")
    assert window.faults() == {}


def test_six_named_visitors_are_refused_with_the_article(window: Window) -> None:
    window.page.fill_from(replace(WAGES, companions=SIX, headcount=23))
    window.page.save()
    assert "第二十条" in window.faults()["companions"]
    assert "6 人" in window.faults()["companions"]
    assert len(window.page.form().companions) == 5
    words = next(one for one in children(window.page.panel.fields["companions"], QLabel) if one.text())
    window.qtbot.waitUntil(lambda: words.visibleRegion().boundingRect().height() == words.height())
    assert words.height() >= words.heightForWidth(words.width()), "the sentence is not cut off"
    window.page.panel.companions.remove(4)
    assert "companions" not in window.faults()
    assert window.page.ui.group.text() == "集体访 23 人 · 代表 5/5"
    assert save(window).visits[0].headcount == 23


def test_what_is_to_be_mended_is_counted_by_field(window: Window) -> None:
    twice = (SIX[0], SIX[0], SIX[1], SIX[1])
    window.page.fill_from(replace(WAGES, companions=twice))
    window.page.save()
    assert list(window.faults()) == ["companions"]
    assert window.page.ui.state.text() == "还有 1 处要改，已在各项下面说明"


def test_an_anonymous_visit(window: Window) -> None:
    window.page.fill_from(replace(WAGES, lead=None, anonymous=True, reply_by=ReplyMethod.NONE, title="夜间偷排废水"))
    matter = save(window)
    assert matter.visits[0].people == ()


def test_an_organisation(window: Window) -> None:
    window.page.ui.kind.set_value(VisitorKind.ORGANISATION)
    window.page.save()
    assert "单位名称" in window.faults()["organisation"]
    window.page.fill_from(replace(WAGES, organisation="某机械有限公司"))
    assert "某机械有限公司" in [one.name for one in save(window).visits[0].people]


def test_markup_is_kept_as_typed(window: Window) -> None:
    words = "<b>拖欠</b> & <script>工资</script>"
    window.page.fill_from(replace(WAGES, title=words, summary=words, respondent=words, clerk_note=words))
    matter = save(window)
    assert (matter.title, matter.respondent, matter.visits[0].summary) == (words, words, words)
    assert matter.visits[0].clerk_note == words


def test_a_long_summary_and_a_long_rare_name(window: Window) -> None:
    summary = "\n".join("拖欠工资，请求帮助追讨。" * 10 for _ in range(41))
    name = "𠮷𬱖" * 30
    assert WAGES.lead is not None
    window.page.fill_from(replace(WAGES, lead=replace(WAGES.lead, name=name), summary=summary))
    matter = save(window)
    assert matter.visits[0].summary == summary
    assert matter.visits[0].people[0].name == name


def test_materials_and_people_are_typed_in_their_dialogs(window: Window) -> None:
    materials = (
        MaterialEntry("工资欠条", MaterialForm.ORIGINAL, 1, kept=False),
        MaterialEntry("考勤记录复印件", MaterialForm.COPY, 3),
    )
    form = replace(WAGES, agents=SIX[:1], materials=materials)
    window.page.fill_from(form)
    now = window.page.form()
    assert now.materials == materials
    assert [one.name for one in now.agents] == ["赵一"]
    assert window.page.panel.materials.chips.texts()[0] == "工资欠条（原件 1 页，已当场退还）"


@pytest.mark.parametrize(("typed", "asked"), [(WAGES, 1), (RegistrationForm(), 0)])
def test_clearing_asks_only_when_something_is_typed(window: Window, typed: RegistrationForm, asked: int) -> None:
    window.page.set_form(typed)
    window.page.ui.clear.click()
    assert len(window.questions) == asked
    if asked:
        assert window.page.unsaved()
        window.questions[0].agreed()
    assert not window.page.unsaved()
