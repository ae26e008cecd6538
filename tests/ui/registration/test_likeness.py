"""The same person, the same matter: asked while typing and once more at save."""

from dataclasses import replace

from PySide6.QtCore import Qt
from tests.ui.registration.conftest import WAGES, WANG, Window

from onevisit.rules.forms import Answer, MaterialEntry, RegistrationForm

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def recognised(window: Window, earlier: RegistrationForm = WAGES) -> None:
    """王伟 was here before; his number is typed again."""
    window.earlier(earlier)
    window.page.start("370499197904120232")
    window.wait()


def test_a_known_number_fills_the_empty_fields_and_asks_about_the_matter(window: Window) -> None:
    recognised(window)
    assert window.page.form().lead == WANG
    ui = window.page.likeness.ui
    assert ui.heading.text() == "同一人 · 证件号相同"
    assert "建筑工地拖欠工资" in ui.detail.text()
    assert "核对" in window.page.ui.state.text()


def test_the_same_matter_is_a_repeat_and_asks_why(window: Window) -> None:
    # nothing was wanted, so that no fact suggests why
    recognised(window, replace(WAGES, materials=(MaterialEntry("工资欠条"), MaterialEntry("考勤照片"))))
    window.key(Qt.Key.Key_1, ALT)
    window.wait()
    ui = window.page.likeness.ui
    assert ui.heading.text() == "再次来访 · 建筑工地拖欠工资"
    assert window.here() is ui.reason
    form = window.page.form()
    assert (form.title, form.purpose, form.content) == (WAGES.title, WAGES.purpose, WAGES.content)
    assert form.respondent == WAGES.respondent
    window.page.panel.ui.summary.setPlainText("上次来访后尚未接到电话，再次前来询问。")
    window.key(Qt.Key.Key_Return, CTRL)
    assert "又要跑一趟" in window.page.likeness.reason_field.fault
    assert window.here() is ui.reason
    window.keys("未按承诺")
    window.key(Qt.Key.Key_Return)
    assert not window.page.likeness.reason_field.fault
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert window.saved[0].repeat
    assert window.saved[0].ordinal == 2
    assert "第 2 次来访" in window.said[-1][1]


def test_another_matter_is_recorded_and_can_be_taken_back(window: Window) -> None:
    recognised(window)
    window.key(Qt.Key.Key_2, ALT)
    window.wait()
    panel = window.page.likeness
    assert panel.ui.heading.text() == "新的事项"
    assert [one.answer.value for one in window.page.form().matter_answers] == ["another"]
    panel.ui.change.click()
    window.wait()
    assert window.page.form().matter_answers == ()
    assert panel.asking().matters
    window.key(Qt.Key.Key_2, ALT)
    window.wait()
    window.page.fill_from(WAGES)
    window.wait()
    window.page.answer_matter(window.page.asking().matters[0].matter_id, Answer.ANOTHER)
    window.page.panel.ui.subject.setText("医疗费用报销比例争议")
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert not window.saved[0].repeat


def test_the_question_is_asked_once_more_at_save(window: Window) -> None:
    window.earlier()
    window.page.set_form(WAGES)
    window.page.watch.forget()
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.page.asking()))
    assert not window.saved
    assert window.here() is window.page.likeness.ui.same
    assert window.page.form() == WAGES
    assert window.said[-1][0] == "attention"


def test_a_likely_person_is_asked_about_first(window: Window) -> None:
    window.earlier()
    assert WAGES.lead is not None
    window.page.set_form(replace(WAGES, lead=replace(WANG, id_number="", sex=WANG.sex)))
    window.wait()
    asking = window.page.asking()
    assert [one.name for one in asking.persons] == ["王伟"]
    window.key(Qt.Key.Key_1, ALT)
    window.wait()
    lead = window.page.form().lead
    assert lead is not None
    assert lead.id_number == WANG.id_number
    assert window.page.asking().matters


def test_another_person_is_asked_nothing_more(window: Window) -> None:
    window.earlier()
    window.page.set_form(replace(WAGES, lead=replace(WANG, id_number="")))
    window.wait()
    window.key(Qt.Key.Key_2, ALT)
    window.wait()
    assert not window.page.asking()
    assert window.page.likeness.ui.heading.text() == "新来访人"
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()


def test_answers_about_somebody_else_are_dropped(window: Window) -> None:
    recognised(window)
    window.key(Qt.Key.Key_1, ALT)
    window.wait()
    window.page.panel.ui.id_number.set_number("370499199004300448")
    window.wait()
    assert window.page.form().matter_answers == ()
    assert window.page.likeness.isHidden()


def test_a_name_alone_shows_earlier_matters_at_once(window: Window) -> None:
    earlier = window.earlier()
    window.page.register_new("王伟")
    window.wait()
    panel = window.page.likeness
    assert panel.ui.heading.text() == "以前的事项 · 查到 1 件"
    next(one for one in panel.stops() if "查看" in one.accessibleName()).click()  # type: ignore[attr-defined]
    assert window.went == [("open_matter", earlier.matter_id)]
    window.page.panel.ui.phone.set_number("13900000011")
    window.wait()
    assert panel.ui.heading.text().startswith("可能是同一人")
    window.page.clear()
    assert panel.isHidden()


def test_what_the_search_box_held_lands_in_its_field(window: Window) -> None:
    for typed, field in (("王伟", "name"), ("139 0000 0011", "phone"), ("370499197904120232", "id_number")):
        window.page.set_form(RegistrationForm())
        window.page.start(typed)
        assert getattr(window.page.panel.ui, field).text(), typed
    window.page.start("李四")
    assert "没登记完" in window.said[-1][1]
    window.wait()
