"""Drafts of registrations: kept while typing, offered again, gone with the save."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.registration.conftest import WAGES, WANG, Window, another

from onevisit.desk import drafts, lookup
from onevisit.desk.drafts import DraftRow, HalfEntry, RegistrationDraft, TypedText
from onevisit.rules.accounts import Role
from onevisit.rules.forms import Answer, MaterialEntry, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.people import PersonEntry
from onevisit.ui.main_window import MainWindow
from onevisit.ui.page import Page, PageEntry
from onevisit.ui.registration.materials_editor import MaterialDialog
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.registration.people_dialog import PersonDialog
from onevisit.ui.registration.typist import type_line
from onevisit.ui.theme import Variant

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


def kept(window: Window) -> tuple[DraftRow, ...]:
    """What lies in the store."""
    found: list[tuple[DraftRow, ...]] = []
    desk = window.desk
    window.page.context.tasks.run(lambda: drafts.offered(desk), found.append)
    window.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def keep(window: Window) -> RegistrationDraft:
    """Keep what stands there, as the timer does; gives what lies in the store then."""
    window.page.keep()
    window.qtbot.waitUntil(lambda: window.page.drafts.keeper.kept)
    return drafts.read_registration(kept(window)[0].content)


def put_away(window: Window) -> None:
    """As after a restart: an empty page that was never told of the draft."""
    window.page.clear()
    window.page.refresh()
    window.wait()


def test_the_cursor_goes_to_what_is_missing_in_a_draft_that_is_gone_on_with(window: Window) -> None:
    assert WAGES.lead is not None
    window.page.fill_from(replace(WAGES, lead=replace(WAGES.lead, phone="")))
    window.wait()
    window.page.keep()
    window.wait()
    window.page.set_form(RegistrationForm())
    window.page.refresh()
    window.wait()
    resume(window)
    window.wait()
    window.qtbot.waitUntil(lambda: window.page.window().focusWidget() is window.page.panel.ui.phone)


def resume(window: Window) -> None:
    window.qtbot.mouseClick(window.page.drafts.strip.resume, Qt.MouseButton.LeftButton)
    window.wait()


def test_what_is_typed_is_kept_without_being_asked_for(window: Window) -> None:
    assert not window.page.unsaved()
    type_line(window.page.panel.ui.name, "王伟")
    assert window.page.unsaved()
    window.qtbot.waitUntil(lambda: not window.page.unsaved(), timeout=10_000)
    (row,) = kept(window)
    assert (row.who, row.what) == ("王伟", "")
    assert window.page.ui.state.text().startswith("草稿已存 ")
    assert window.page.ui.state.isVisible()


def test_what_is_typed_next_goes_into_the_same_draft(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    keep(window)
    type_line(window.page.panel.ui.subject, "拖欠工资")
    assert keep(window).form.title == "拖欠工资"
    assert len(kept(window)) == 1


def test_leaving_the_page_keeps_what_is_typed(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    window.page.hide()
    window.wait()
    assert kept(window)[0].who == "王伟"


def test_a_draft_is_offered_and_comes_back_as_it_was(window: Window) -> None:
    form = replace(
        WAGES,
        companions=(another("李明", "370499198305200390"),),
        materials=(MaterialEntry("欠条"),),
        headcount=2,
        clerk_note="下午再来",
        urgent=True,
    )
    window.page.set_form(form)
    half = keep(window)
    put_away(window)
    assert window.page.form() == RegistrationForm(lead=window.page.form().lead)
    strip = window.page.drafts.strip
    assert strip.isVisible()
    assert strip.words.text().startswith("没登记完（")
    assert strip.words.text().endswith("）：王伟 · 建筑工地拖欠工资")
    resume(window)
    assert window.page.form() == form
    assert window.page.half() == half
    assert not strip.isVisible()


def half_typed(window: Window) -> RegistrationDraft:
    """Type what no form can hold."""
    ui = window.page.panel.ui
    window.page.set_form(WAGES)
    ui.id_kind.set_value("passport")
    ui.id_number.setText("E12")
    ui.birth_date.setText("1879-4-")
    ui.content.line.setText("劳动和")
    ui.reply.line.setText("打电")
    ui.address.district.line.setText("薛")
    ui.ethnic_group.set_value(None)
    ui.ethnic_group.line.setText("没有这个族")
    window.page.panel.headcount.setText("七八")
    window.page.ui.kind.set_value("organisation")
    return window.page.half()


def test_what_no_form_can_hold_comes_back_too(window: Window) -> None:
    half = half_typed(window)
    assert {one.field for one in half.texts} >= {
        *("lead.birth_date", "lead.district", "lead.ethnic_group"),
        *("content", "reply", "headcount"),
    }
    keep(window)
    put_away(window)
    resume(window)
    ui = window.page.panel.ui
    assert ui.birth_date.text() == "1879-4-"
    assert ui.content.line.text() == "劳动和"
    assert ui.address.district.line.text() == "薛"
    assert ui.ethnic_group.line.text() == "没有这个族"
    assert window.page.panel.headcount.text() == "七八"
    assert window.page.kind() == "organisation"
    assert window.page.half() == half


def test_what_another_kind_of_visitor_hides_is_not_lost(window: Window) -> None:
    window.page.set_form(replace(WAGES, organisation="某公司"))
    window.page.ui.kind.set_value("anonymous")
    keep(window)
    assert kept(window)[0].who == "匿名"
    put_away(window)
    resume(window)
    window.page.ui.kind.set_value("organisation")
    assert window.page.form().organisation == "某公司"
    assert window.page.form().lead == WANG


def test_an_open_dialog_comes_back_open(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    window.page.panel.companions.add()
    dialog = window.page.panel.companions.dialog
    assert isinstance(dialog, PersonDialog)
    dialog.ui.name.setText("李明")
    dialog.ui.id_kind.set_value("other")
    dialog.ui.birth_date.setText("一九七")
    half = keep(window)
    dialog.reject()
    put_away(window)
    resume(window)
    again = window.page.panel.companions.dialog
    assert isinstance(again, PersonDialog)
    assert (again.ui.name.text(), again.ui.birth_date.text()) == ("李明", "一九七")
    assert window.page.half() == half
    again.reject()


def test_an_open_material_comes_back_open(window: Window) -> None:
    window.page.set_form(replace(WAGES, materials=(MaterialEntry("欠条"), MaterialEntry("照片"))))
    window.page.panel.materials.open(1)
    dialog = window.page.panel.materials.dialog
    assert isinstance(dialog, MaterialDialog)
    dialog.ui.pages.setText("三张")
    half = keep(window)
    dialog.reject()
    put_away(window)
    resume(window)
    again = window.page.panel.materials.dialog
    assert isinstance(again, MaterialDialog)
    assert (again.ui.name.text(), again.ui.pages.text()) == ("照片", "三张")
    assert window.page.half() == half
    again.reject()


def test_answers_come_back_with_what_they_are_about(window: Window) -> None:
    earlier = window.earlier()
    window.page.set_form(replace(WAGES, title=""))
    window.wait()
    window.qtbot.waitUntil(lambda: bool(window.page.asking().matters), timeout=10_000)
    window.page.answer_matter(earlier.matter_id, Answer.SAME)
    window.page.likeness.ui.note.setText("没收到答复")
    window.wait()
    keep(window)
    put_away(window)
    resume(window)
    assert window.page.answers.same_matter() == earlier.matter_id
    assert window.page.likeness.ui.heading.text() == f"再次来访 · {WAGES.title}"
    assert window.page.form().return_note == "没收到答复"


def test_a_save_takes_the_draft_and_nothing_is_offered(window: Window) -> None:
    window.page.set_form(WAGES)
    keep(window)
    window.page.save()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.page.refresh()
    window.wait()
    assert kept(window) == ()
    assert not window.page.drafts.strip.isVisible()
    assert window.page.open_drafts() == frozenset()
    assert window.page.ui.state.text() == ""


def test_a_save_right_behind_a_keeping_leaves_no_draft(window: Window) -> None:
    window.page.set_form(WAGES)
    window.page.keep()
    window.page.save()
    window.page.keep()
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    assert kept(window) == ()


def test_clearing_asks_and_drops_the_draft(window: Window) -> None:
    window.page.set_form(WAGES)
    window.page.keep()
    window.page.ask_to_clear()
    (question,) = window.questions
    question.agreed()
    window.wait()
    assert kept(window) == ()
    assert not window.page.unsaved()


def test_deleting_every_word_drops_the_draft(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    keep(window)
    type_line(window.page.panel.ui.name, "")
    window.page.keep()
    window.wait()
    assert kept(window) == ()


def test_something_new_does_not_overwrite_what_is_offered(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    keep(window)
    put_away(window)
    type_line(window.page.panel.ui.name, "李明")
    keep(window)
    assert [row.who for row in kept(window)] == ["李明", "王伟"]
    # and what is typed now is not lost when one goes on with the other
    type_line(window.page.panel.ui.subject, "低保")
    resume(window)
    assert window.page.form().lead == replace(window.page.form().lead or PersonEntry(), name="王伟")
    assert {(row.who, row.what) for row in kept(window)} == {("李明", "低保"), ("王伟", "")}
    assert "李明 · 低保" in window.page.drafts.strip.words.text()


def test_several_are_offered_one_after_the_other(window: Window) -> None:
    for name in ("王伟", "李明", "张敏"):
        type_line(window.page.panel.ui.name, name)
        keep(window)
        put_away(window)
    strip, seen = window.page.drafts.strip, []
    for _ in range(4):
        seen.append(strip.words.text().partition("：")[2].partition(" ")[0])
        strip.next.click()
    # the one that was in sight first stays in sight, the last kept comes first
    assert seen == ["王伟", "张敏", "李明", "王伟"]
    assert strip.next.text() == "下一份（1/3）"


def test_letting_go_asks_once(window: Window) -> None:
    type_line(window.page.panel.ui.name, "王伟")
    keep(window)
    put_away(window)
    window.page.drafts.strip.drop.click()
    (question,) = window.questions
    assert "王伟" in question.text
    question.agreed()
    window.wait()
    assert kept(window) == ()
    assert not window.page.drafts.strip.isVisible()


def test_a_draft_that_cannot_be_read_can_only_be_let_go(window: Window) -> None:
    desk = window.desk
    done: list[int] = []
    window.page.context.tasks.run(lambda: drafts.keep(desk, DraftKind.REGISTRATION, "{}"), done.append)
    put_away(window)
    strip = window.page.drafts.strip
    assert "读不出来" in strip.words.text()
    assert not strip.resume.isEnabled()
    assert strip.drop.isEnabled()


def test_a_keeping_that_fails_is_said_once_and_tried_again(
    window: Window, practice_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, told = window.page, []
    page.draft_said.connect(lambda words, tone: told.append((words, tone)))
    type_line(page.panel.ui.name, "王伟")
    with monkeypatch.context() as patch:
        # another program holds the draft: as if it had been saved
        patch.setattr(page.drafts.keeper.slot, "draft_id", 999_999)
        for _ in range(2):
            page.keep()
            window.wait()
        assert told == [("登记草稿没存上，字还在这里，会再试", "attention")]
        assert page.unsaved()
        patch.setattr(page.drafts.keeper.slot, "draft_id", None)
        page.keep()
        window.wait()
    assert not page.unsaved()
    assert told[-1][0].startswith("登记草稿已存 ")
    assert [tone for tone, _ in window.said] == []


TEXTS = st.lists(
    st.builds(
        TypedText,
        st.sampled_from(
            [
                *("lead.sex", "lead.birth_date", "lead.district", "lead.town", "lead.id_kind", "lead.ethnic_group"),
                *("content", "place", "reply", "headcount", "return_reason", "return_note", "pages", "nothing"),
            ]
        ),
        st.text(),
    ),
    max_size=6,
).map(tuple)
DRAFTS = st.builds(
    RegistrationDraft,
    form=st.from_type(RegistrationForm),
    kind=st.sampled_from(["person", "organisation", "anonymous", ""]) | st.text(),
    texts=TEXTS,
    chosen=st.lists(st.sampled_from(["place", "reply", "x"]), max_size=2).map(tuple),
    entry=st.none()
    | st.builds(
        HalfEntry,
        row=st.sampled_from(["companions", "agents", "materials", "x"]),
        place=st.integers(-3, 3),
        person=st.none() | st.from_type(PersonEntry),
        material=st.none() | st.from_type(MaterialEntry),
        texts=TEXTS,
    ),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(draft=DRAFTS)
def test_any_draft_that_can_be_read_can_be_shown_and_kept_again(window: Window, draft: RegistrationDraft) -> None:
    page = window.page
    page.show_half(draft)
    shown = page.half()
    content = drafts.registration_content(shown)
    assert drafts.read_registration(content) == shown
    # what the page made of it comes back exactly: nothing more is lost, however often it is gone on with
    for row in (page.panel.companions, page.panel.agents, page.panel.materials):
        if row.dialog is not None:
            row.dialog.reject()
    page.show_half(shown)
    assert page.half() == shown
    for row in (page.panel.companions, page.panel.agents, page.panel.materials):
        if row.dialog is not None:
            row.dialog.reject()


def test_a_held_key_and_a_double_click_make_one_visit(window: Window) -> None:
    window.page.set_form(WAGES)
    keep(window)
    for _ in range(2):
        window.qtbot.mouseClick(window.page.ui.save, Qt.MouseButton.LeftButton)
    # the button that rests has given the cursor away
    window.qtbot.keyClick(window.page.panel.ui.name, ENTER, CTRL)
    window.qtbot.waitUntil(lambda: bool(window.saved))
    window.wait()
    figures: list[lookup.DayFigures] = []
    desk = window.desk
    window.page.context.tasks.run(lambda: lookup.today(desk).figures, figures.append)
    window.wait()
    assert figures[0].batches == 1


# -- in the window -----------------------------------------------------------------------------------------------------


class _Other(Page):
    key, title = "today", "今日"


ENTRIES = (
    PageEntry("registration", "登记", frozenset({Role.CLERK}), RegistrationPage, "F3", "registration"),
    PageEntry("today", "今日", frozenset({Role.CLERK}), _Other, "F2", "today"),
)


@pytest.fixture
def frame(
    sit_down: Callable[[Role], object],
    request: pytest.FixtureRequest,
    theme: object,
    qtbot: QtBot,
) -> Callable[..., MainWindow]:
    """Opens the whole window of the clerk; closing it is the test's."""
    get = request.getfixturevalue

    def open_(size: tuple[int, int] = (1366, 728), *, large: bool = False) -> MainWindow:
        theme.wear(Variant.LIGHT, large=large)  # type: ignore[attr-defined]
        made = MainWindow(
            sit_down(Role.CLERK),  # type: ignore[arg-type]
            get("tasks"),
            get("messages"),
            theme,  # type: ignore[arg-type]
            get("preferences"),
            ENTRIES,
            check_password=lambda _: None,
        )
        qtbot.addWidget(made, before_close_func=lambda _: made.leave_now(log_in_again=False))
        made.resize(*size)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: not get("tasks").busy)
        return made

    return open_


def registration(window: MainWindow) -> RegistrationPage:
    page = window.current
    assert isinstance(page, RegistrationPage)
    return page


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.context.tasks.busy and registration(window).settled(), timeout=10_000)


def test_leaving_keeps_what_is_typed_and_asks_nothing(frame: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = frame()
    type_line(registration(window).panel.ui.name, "王伟")
    left: list[bool] = []
    window.left.connect(left.append)
    window.leave(log_in_again=True)
    window.leave(log_in_again=True)
    qtbot.waitUntil(lambda: bool(left))
    assert left == [True]
    again = frame()
    settle(again, qtbot)
    assert registration(again).drafts.strip.words.text().endswith("：王伟 · 还没填标题")
    assert again.ui.navigation.buttons["registration"].right.text() == "1 份草稿"
    resume_ = registration(again).drafts.strip.resume
    qtbot.mouseClick(resume_, Qt.MouseButton.LeftButton)
    settle(again, qtbot)
    assert registration(again).panel.ui.name.text() == "王伟"
    assert again.ui.navigation.buttons["registration"].right.text() == "F3"


def test_the_status_line_says_that_a_draft_was_kept(frame: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = frame()
    assert not window.ui.status.draft.isVisible()
    type_line(registration(window).panel.ui.name, "王伟")
    registration(window).keep()
    settle(window, qtbot)
    assert window.ui.status.draft.text().startswith("登记草稿已存 ")
    registration(window).clear()
    assert not window.ui.status.draft.isVisible()


def test_only_what_cannot_be_kept_asks_before_leaving(frame: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = frame()
    page = registration(window)
    page.drafts.keeper.slot.draft_id = 999_999
    type_line(page.panel.ui.name, "王伟")
    window.leave(log_in_again=False)
    qtbot.waitUntil(window.asking.isVisible)
    assert "“登记”" in window.asking.text.text()
    window.asking.refuse.click()
    assert page.panel.ui.name.text() == "王伟"


@pytest.mark.parametrize("size", [(1366, 728), (1280, 984)])
@pytest.mark.parametrize("large", [False, True])
def test_the_strip_does_not_make_the_form_scroll_where_it_did_not(
    frame: Callable[..., MainWindow],
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
    size: tuple[int, int],
    large: bool,
) -> None:
    window = frame(size, large=large)
    page = registration(window)
    bar = page.ui.scroll.verticalScrollBar()
    scrolls = bar.maximum() > 0
    for name in ("王伟", "李明"):
        page.set_form(replace(WAGES, lead=replace(WANG, name=name)))
        page.keep()
        settle(window, qtbot)
        page.clear()
    page.set_form(replace(WAGES, lead=another("张敏", "370499198305200390")))
    page.keep()
    page.refresh()
    settle(window, qtbot)
    qtbot.waitUntil(page.drafts.strip.isVisible)
    screenshot(window, f"registration-drafts-{size[0]}-{'large' if large else 'normal'}")
    assert (bar.maximum() > 0) is scrolls
    strip = page.drafts.strip
    for button in (strip.resume, strip.drop, strip.next):
        assert button.width() >= button.sizeHint().width()
