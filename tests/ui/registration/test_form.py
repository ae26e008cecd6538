"""Typing into the form: what is understood, what is wrong, where Enter and Tab go."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from tests.ui.registration.conftest import WAGES, WANG, Window

from onevisit.rules.checksums import mod_11_2
from onevisit.rules.people import IdKind, Sex
from onevisit.ui.registration.form_values import VisitorKind
from onevisit.ui.widgets.key_steps import stops_of
from onevisit.ui.widgets.layouts import children

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def test_the_number_tells_birth_date_and_sex(window: Window) -> None:
    window.page.panel.ui.id_number.setFocus()
    window.keys("370499197904120232")
    assert window.page.panel.ui.id_number.text() == "370499 1979 0412 0232"
    assert window.page.panel.fields["id_number"].fine == "男 47岁"
    lead = window.page.form().lead
    assert lead is not None
    assert (lead.sex, lead.birth_date) == (Sex.MALE, WANG.birth_date)
    assert window.page.panel.fields["sex"].isHidden()


def test_full_width_digits_become_half_width(window: Window) -> None:
    ui = window.page.panel.ui
    ui.id_number.setFocus()
    window.keys("３７０４９９１９７９０４１２０２３２")
    ui.phone.setFocus()
    window.keys("１３９００００００１１")
    lead = window.page.form().lead
    assert lead is not None
    assert (lead.id_number, lead.phone) == ("370499197904120232", "13900000011")
    assert ui.phone.text() == "139 0000 0011"


def test_a_wrong_check_character_is_said_at_the_field_and_goes_when_mended(window: Window) -> None:
    number = window.page.panel.ui.id_number
    number.setFocus()
    window.keys("370499197904120233")
    assert "id_number" not in window.faults()
    window.key(ENTER)
    field = window.page.panel.fields["id_number"]
    assert "校验不通过" in field.fault
    assert field.words().endswith(field.fault)
    assert number.accessibleDescription() == field.fault
    number.setFocus()
    number.end(False)
    window.key(Qt.Key.Key_Backspace)
    window.keys("2")
    assert not field.fault
    assert field.fine == "男 47岁"


@pytest.mark.parametrize(("typed", "words"), [("37049919790412023", "17 位"), ("370499197913120232", "不是有效日期")])
def test_other_faults_of_the_number(window: Window, typed: str, words: str) -> None:
    window.page.panel.ui.id_number.setFocus()
    window.keys(typed)
    window.key(TAB)
    assert words in window.faults()["id_number"]


def test_a_phone_with_letters(window: Window) -> None:
    window.page.panel.ui.phone.setFocus()
    window.keys("1390000O011")
    window.key(ENTER)
    assert "不是数字" in window.faults()["phone"]


def test_empty_fields_are_not_complained_of_before_the_save(window: Window) -> None:
    for _ in range(12):
        window.key(TAB)
    assert window.faults() == {}


def test_a_number_of_another_kind_brings_its_kind_along(window: Window) -> None:
    number = "81000019790412027"
    window.page.panel.ui.id_number.setFocus()
    window.keys(number + mod_11_2(number))
    lead = window.page.form().lead
    assert lead is not None
    assert lead.id_kind is IdKind.HMT_RESIDENT
    assert lead.birth_date == WANG.birth_date


def test_a_passport_asks_for_sex_and_birth_date(window: Window) -> None:
    ui = window.page.panel.ui
    ui.id_kind.setFocus()
    ui.id_kind.line.selectAll()
    window.keys("护照")
    window.key(ENTER)
    assert not window.page.panel.fields["sex"].isHidden()
    ui.id_number.setFocus()
    window.keys("e12345678")
    ui.sex.set_value(Sex.FEMALE)
    ui.birth_date.setFocus()
    window.keys("19790412")
    lead = window.page.form().lead
    assert lead is not None
    assert (lead.id_kind, lead.id_number) == (IdKind.PASSPORT, "E12345678")
    assert (lead.sex, lead.birth_date) == (Sex.FEMALE, WANG.birth_date)
    ui.birth_date.setText("四月")
    window.page.save()
    assert "1979-04-12" in window.faults()["birth_date"]


def test_enter_goes_through_the_form_in_reading_order(window: Window) -> None:
    panel = window.page.panel
    panel.ui.name.setFocus()
    stops = [one for one in panel.stops() if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one.accessibleName() for one in stops if not one.isEnabled()] == ["镇街"], "towns come with a district"
    stops = [one for one in stops if one.isEnabled()]
    for button in children(window.page, QPushButton):
        button.setAutoDefault(True)  # there are desktops where Enter presses every button
    seen = []
    for _ in range(len(stops)):
        here = window.here()
        seen.append(here)
        if here is panel.ui.summary:
            window.key(TAB)
        else:
            window.key(ENTER)
    assert [one.accessibleName() for one in seen] == [one.accessibleName() for one in stops]
    assert window.here() is window.page.ui.save
    assert not window.page.unsaved()
    assert panel.companions.dialog is None
    window.page.ui.headcount.setFocus()
    window.key(ENTER)
    assert window.here() is panel.ui.name


def test_tab_order_is_reading_order(window: Window) -> None:
    """Every stop stands below or to the right of the one before."""
    panel = window.page.panel
    stops = [one for one in panel.stops() if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    places = [one.mapTo(window.page, one.rect().center()) for one in stops]
    half_a_row = panel.ui.name.height() // 2
    for before, after in pairwise(places):
        same_row = abs(before.y() - after.y()) < half_a_row
        assert after.x() > before.x() if same_row else after.y() > before.y()


def test_every_field_has_a_name_and_a_mnemonic_of_its_own(window: Window) -> None:
    every: list[QLabel] = list(window.page.findChildren(QLabel))
    labels = [one for one in every if one.buddy() is not None]
    boxes = [window.page.panel.ui.confidential, window.page.panel.ui.urgent, window.page.panel.ui.wants_lawyer]
    words = [*(one.text() for one in labels), *(one.text() for one in boxes), window.page.ui.clear.text()]
    letters = [word.partition("&")[2][:1] for word in words]
    assert all(letters), words
    assert len(set(letters)) == len(letters), sorted(letters)
    for name, field in window.page.panel.fields.items():
        for stop in stops_of(field.editor):
            assert stop.accessibleName(), name


def test_alt_letter_goes_to_the_field(window: Window) -> None:
    window.key(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert window.here() is window.page.panel.ui.subject
    window.key(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    window.key(Qt.Key.Key_3)
    assert window.page.panel.ui.purpose.value() == WAGES.purpose


def test_a_whole_address_fills_the_picker_and_the_place(window: Window) -> None:
    ui = window.page.panel.ui
    ui.address.rest.setFocus()
    ui.address.rest.insert("山东省枣庄市薛城区临城街道示例村1组12号")
    lead = window.page.form().lead
    assert lead is not None
    assert (lead.region_code, lead.town, lead.address) == ("370403", "临城街道", "示例村1组12号")
    assert window.page.form().place_code == "370403"
    ui.place.setFocus()
    ui.place.line.selectAll()
    window.keys("滕州")
    window.key(ENTER)
    ui.address.set_parts(ui.address.parts().__class__("370402", "", "示例社区"))
    assert window.page.form().place_code == "370481"


def test_lists_are_found_by_number_word_and_initials(window: Window) -> None:
    content = window.page.panel.ui.content
    for typed in ("06", "社保", "ldsb"):
        content.set_value(None)
        content.setFocus()
        window.keys(typed)
        window.key(ENTER)
        assert content.value() == "06", typed
    content.setFocus()
    content.line.selectAll()
    window.keys("没有这一类")
    window.key(ENTER)
    assert content.value() == "06"
    content.set_value(None)
    content.setFocus()
    window.keys("没有这一类")
    window.key(TAB)
    assert window.faults() == {"content": "列表里没有“没有这一类”，请从列表里选。"}
    content.set_value("06")
    assert window.faults() == {}


def test_what_the_organisation_and_the_anonymous_form_ask(window: Window) -> None:
    fields = window.page.panel.fields
    assert fields["organisation"].isHidden()
    window.page.set_form(WAGES)
    window.page.ui.kind.set_value(VisitorKind.ORGANISATION)
    assert not fields["organisation"].isHidden()
    window.page.ui.kind.set_value(VisitorKind.ANONYMOUS)
    assert all(fields[name].isHidden() for name in ("name", "id_number", "phone", "address", "companions", "agents"))
    assert window.page.form().lead is None
    window.page.ui.kind.set_value(VisitorKind.PERSON)
    assert window.page.form().lead == WANG


def test_the_cursor_comes_back_to_where_it_was(window: Window) -> None:
    ui = window.page.panel.ui
    ui.name.setFocus()
    window.keys("王伟")
    ui.summary.setFocus()
    window.page.hide()
    window.page.show()
    window.page.focus_first()
    assert window.here() is ui.summary
    window.page.clear()
    assert window.here() is ui.name


def test_the_form_comes_back_as_it_was_shown(window: Window) -> None:
    window.page.set_form(WAGES)
    assert window.page.form() == WAGES
    window.page.clear()
    assert not window.page.unsaved()


def test_the_whole_form_fits_without_scrolling(window: Window) -> None:
    window.page.set_form(WAGES)
    bar = window.page.ui.scroll.verticalScrollBar()
    assert bar.maximum() == 0
    assert window.page.ui.scroll.horizontalScrollBar().maximum() == 0
    assert window.page.width() == 1196
    assert window.page.gate.isVisible()
