"""The frame: pages by role, keys, the way back, counts, questions before leaving, the search box, the status line."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.lookup import Hit, SearchPage
from onevisit.rules.accounts import Role
from onevisit.store.numbers import put
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Messages
from onevisit.ui.page import Context, Page, PageEntry
from onevisit.ui.preferences import Preferences
from onevisit.ui.status import day_words, moment_words
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.widgets.labels import tip

from .conftest import NotePage

Open = Callable[..., MainWindow]
_HALL = frozenset({Role.CLERK, Role.LAWYER, Role.SUPERVISOR})


def _entry(key: str, word: str, roles: frozenset[Role], shortcut: str = "") -> PageEntry:
    def make(context: Context) -> Page:
        return NotePage(context, key, word)

    return PageEntry(key, word, roles, make, shortcut, key if shortcut else "")


ENTRIES = (
    _entry("today", "今日", _HALL, "F2"),
    _entry("registration", "登记", frozenset({Role.CLERK}), "F3"),
    _entry("consultation", "律师接待", frozenset({Role.LAWYER}), "F4"),
    _entry("matters", "事项", _HALL, "F5"),
    _entry("audit", "操作记录", frozenset({Role.AUDITOR}), "F8"),
    _entry("system", "系统", frozenset({Role.ADMINISTRATOR}), "F9"),
    _entry("slip", "打印回执", frozenset({Role.CLERK})),
)


@pytest.fixture
def open_window(
    sit_down: Callable[[Role], Desk],
    practice_house: House,
    tasks: Tasks,
    messages: Messages,
    theme: Theme,
    preferences: Preferences,
    qtbot: QtBot,
) -> Iterator[Open]:
    """Opens the window of a role at 1366×768."""
    opened: list[MainWindow] = []

    def open_(role: Role, password_due: str = "") -> MainWindow:
        desk = sit_down(role)
        desk.password_due = password_due
        window = MainWindow(
            desk,
            tasks,
            messages,
            theme,
            preferences,
            ENTRIES,
            lambda: ("回执打印机 就绪", ""),
            check_password=lambda password: practice_house.check_password(desk, password),
        )
        opened.append(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(lambda: not tasks.busy)
        return window

    yield open_
    for window in opened:
        tasks.forget()
        window.leave_now(log_in_again=False)
        window.deleteLater()


def note(window: MainWindow) -> NotePage:
    page = window.current
    assert isinstance(page, NotePage)
    return page


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.CLERK, ["今日", "登记", "事项"]),
        (Role.LAWYER, ["今日", "律师接待", "事项"]),
        (Role.SUPERVISOR, ["今日", "事项"]),
        (Role.AUDITOR, ["操作记录"]),
        (Role.ADMINISTRATOR, ["系统"]),
    ],
)
def test_each_role_sees_its_own_pages(open_window: Open, role: Role, words: list[str]) -> None:
    window = open_window(role)
    assert [button.word.text() for button in window.ui.navigation.buttons.values()] == words
    assert note(window).title == words[0]
    searches = role in _HALL
    assert window.ui.omnibox.isVisible() is searches


def test_keys_change_the_page_and_esc_returns(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    qtbot.keyClick(note(window).field, Qt.Key.Key_F3)
    assert note(window).key == "registration"
    assert note(window).field.hasFocus()
    qtbot.keyClick(note(window).field, Qt.Key.Key_F5)
    qtbot.keyClick(note(window).field, Qt.Key.Key_Escape)
    assert note(window).key == "registration"
    qtbot.keyClick(note(window).field, Qt.Key.Key_Escape)
    assert note(window).key == "today"
    qtbot.keyClick(note(window).field, Qt.Key.Key_Escape)
    assert note(window).key == "today"


def test_pages_send_the_person_to_each_other(open_window: Open) -> None:
    window = open_window(Role.CLERK)
    navigator = window.context.navigator
    navigator.register_new("王伟")
    assert (note(window).key, note(window).given) == ("registration", ["王伟"])
    navigator.open_matter(7)
    navigator.open_matter(8, "life")
    assert (note(window).key, note(window).given) == ("matters", [7, (8, "life")])
    navigator.print_slip(9, now=True)
    assert (note(window).key, note(window).given) == ("slip", [(9, True)])
    navigator.back()
    assert note(window).key == "matters"


def test_a_page_that_one_does_not_have_is_refused_in_words(open_window: Open, said: list[tuple[str, str]]) -> None:
    window = open_window(Role.AUDITOR)
    window.show_page("registration")
    assert note(window).key == "audit"
    assert said == [("attention", "您的账户没有这一页。")]


def test_only_the_open_page_refreshes_and_only_for_what_it_shows(open_window: Open) -> None:
    window = open_window(Role.CLERK)
    today = note(window)
    window.show_page("matters")
    matters, before = note(window), today.refreshed
    shown = matters.refreshed
    window.changes.say("printers")
    window.changes.say("visits")
    assert (matters.refreshed, today.refreshed) == (shown + 1, before)


def test_the_frame_tells_unit_account_and_practice(open_window: Open) -> None:
    window = open_window(Role.CLERK)
    assert "枣庄市人民来访接待中心" in window.ui.unit.text()
    assert "01 窗口" in window.ui.unit.text()
    assert window.ui.practiceBadge.isVisible()
    assert window.ui.status.practice.isVisible()
    assert window.ui.frame.property("tone") == "practice"
    assert window.windowTitle().startswith("【练习】今日")
    assert "窗口接待员" in window.ui.account.text()


def test_the_status_line_says_only_what_is_known(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    qtbot.waitUntil(lambda: window.ui.status.day.text() == "今日还没有登记")
    qtbot.waitUntil(lambda: window.ui.status.printer.text() == "回执打印机 就绪")
    auditor = open_window(Role.AUDITOR)
    assert auditor.ui.status.day.isHidden()
    assert auditor.ui.status.printer.isHidden()


def test_words_of_the_status_line() -> None:
    assert moment_words(datetime(2026, 11, 22, 2, 41, tzinfo=UTC)) == "2026年11月22日 星期日 10:41"
    assert day_words(12, 31) == "今日登记 12 批 31 人次"


def test_f1_lists_the_keys_and_gives_the_focus_back(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    field = note(window).field
    qtbot.keyClick(field, Qt.Key.Key_F1)
    assert window.keys.isVisible()
    assert window.keys.heading.text() == "今日：可以用的按键"
    qtbot.keyClick(window.keys.leave, Qt.Key.Key_F3)
    assert note(window).key == "today", "no key gets through the card"
    qtbot.keyClick(window.keys.leave, Qt.Key.Key_Escape)
    assert window.keys.isHidden()
    assert field.hasFocus()


def test_what_is_not_saved_is_asked_about(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    left: list[bool] = []
    window.left.connect(left.append)
    window.show_page("registration")
    note(window).field.setText("王伟")
    window.show_page("today")
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(window.asking.isVisible)
    assert "“登记”还有没保存的内容" in window.asking.text.text()
    window.asking.refuse.click()
    assert note(window).key == "registration"
    window.leave(log_in_again=True)
    qtbot.waitUntil(window.asking.isVisible)
    window.asking.agree.click()
    assert left == [True]
    assert window.isHidden()


def test_what_was_noticed_of_the_clock_is_said_once_and_no_dialog_asks(
    open_window: Open, tasks: Tasks, said: list[tuple[str, str]], qtbot: QtBot
) -> None:
    window = open_window(Role.CLERK)
    assert said == []
    desk = window.context.desk

    def three_hours_ahead() -> None:
        with desk.work(None) as session:
            put(session, "clock:latest", int((desk.now() + timedelta(hours=3)).timestamp()))

    tasks.run(three_hours_ahead, lambda _: None)
    window.leave_now(log_in_again=True)
    again = open_window(Role.CLERK)
    assert len(said) == 1
    assert said[0][0] == "attention"
    assert "电脑时间比上次办理时早了 2 小时" in said[0][1]
    assert not again.asking.isVisible()


def test_with_everything_saved_the_window_closes(open_window: Open) -> None:
    window = open_window(Role.CLERK)
    left: list[bool] = []
    window.left.connect(left.append)
    window.close()
    assert left == [False]


def _hit(matter_id: int) -> Hit:
    return Hit(
        matter_id, f"ZZ-{matter_id}", "建筑工地拖欠工资", "劳动社保", "王伟", "370499********0232",
        date(2026, 11, 16), 2, True, False, "姓名",
    )  # fmt: skip


def _serve(window: MainWindow, hits: int) -> list[str]:
    asked: list[str] = []

    def search(text: str) -> SearchPage:
        asked.append(text)
        return SearchPage(tuple(_hit(number) for number in range(1, hits + 1)), hits, False)

    window.ui.omnibox.serve(window.context.tasks, search, may_register=True)
    return asked


def test_enter_presses_a_button_that_came_later(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    pressed: list[None] = []
    button = QPushButton("补录电话", note(window))
    button.clicked.connect(lambda: pressed.append(None))
    button.show()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(pressed) == 1
    note(window).field.setFocus()
    qtbot.keyClick(note(window).field, Qt.Key.Key_Return)
    assert len(pressed) == 1


def test_ctrl_k_finds_and_enter_opens(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    asked = _serve(window, 2)
    qtbot.keyClick(note(window).field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.ui.omnibox
    assert box.hasFocus()
    qtbot.keyClicks(box, "wang")
    qtbot.waitUntil(box.popup.isVisible)
    assert asked == ["wang"], "one search for what was typed in one go"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (note(window).key, note(window).given) == ("matters", [2])
    assert box.text() == ""
    assert box.popup.isHidden()


def test_a_scanned_code_opens_its_matter_at_once(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    _serve(window, 1)
    window.ui.omnibox.setFocus()
    qtbot.keyClicks(window.ui.omnibox, "ZZ0120260001")
    qtbot.keyClick(window.ui.omnibox, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: note(window).key == "matters")
    assert note(window).given == [1]


def test_nobody_found_begins_a_registration(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    _serve(window, 0)
    box = window.ui.omnibox
    box.setFocus()
    box.setText("王伟")
    box.textEdited.emit("王伟")
    qtbot.waitUntil(box.popup.isVisible)
    assert box.popup.currentIndex().data() == "登记新来访：王伟"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (note(window).key, note(window).given) == ("registration", ["王伟"])


def test_a_found_line_masks_the_number(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK)
    _serve(window, 1)
    box = window.ui.omnibox
    box.setFocus()
    qtbot.keyClicks(box, "wang")
    qtbot.waitUntil(box.popup.isVisible)
    words = box.popup.currentIndex().data()
    assert "370499********0232" in words
    assert "按姓名找到" in words
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


@pytest.mark.parametrize("large", [False, True], ids=["11pt", "16pt"])
@pytest.mark.parametrize("size", [(1366, 768), (1280, 1024), (1024, 614), (911, 512)])
def test_nothing_of_the_frame_is_cut(
    open_window: Open, theme: Theme, size: tuple[int, int], large: bool, qtbot: QtBot
) -> None:
    """911×512 is 1366×768 at 150 % scale; with large type the frame may ask for up to 1,200 pixels."""
    theme.wear(Variant.LIGHT, large=large)
    window = open_window(Role.CLERK)
    if large and size[0] < 1200:
        assert window.minimumSizeHint().width() <= 1200
        return
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() == size[0])
    assert (window.width(), window.height()) == size
    for button in cast("list[QAbstractButton]", window.findChildren(QAbstractButton)):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width()
    window.ui.unit.grab()
    whole = window.ui.unit.width() >= window.ui.unit.sizeHint().width()
    assert whole or window.ui.unit.toolTip() == tip(window.ui.unit.text()), "what is elided stands in the tooltip"


def test_every_control_has_a_name(open_window: Open) -> None:
    window = open_window(Role.CLERK)
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in cast("list[QWidget]", window.ui.frame.findChildren(QWidget))
        if isinstance(widget, QAbstractButton | QLineEdit)
        and not isinstance(widget.parent(), NotePage)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_look_is_changed_from_the_account_menu_and_kept(
    open_window: Open, theme: Theme, preferences: Preferences, qapp: QApplication
) -> None:
    window = open_window(Role.CLERK)
    menu = window.ui.account.menu()
    actions = {action.text(): action for action in menu.actions()}
    actions["大字显示"].trigger()
    actions["深色"].trigger()
    assert (theme.large, theme.variant) == (True, Variant.DARK)
    assert (preferences.large, preferences.variant) == (True, Variant.DARK)


def test_ones_own_password_is_changed(
    open_window: Open, said: list[tuple[str, str]], tasks: Tasks, qtbot: QtBot
) -> None:
    window = open_window(Role.CLERK)
    card = window.password
    card.open_empty()
    qtbot.keyClicks(card.old, "falsch")
    qtbot.keyClicks(card.new, "kurz")
    card.change.click()
    assert "至少 8 位" in card.new.accessibleDescription()
    for field, text in ((card.new, "Neu-2026x"), (card.again, "Neu-2026x")):
        field.clear()
        qtbot.keyClicks(field, text)
    card.change.click()
    qtbot.waitUntil(lambda: bool(card.old.accessibleDescription()))
    card.old.clear()
    qtbot.keyClicks(card.old, "Lianxi-2026")
    card.change.click()
    qtbot.waitUntil(card.isHidden)
    assert said == [("fine", "密码已经修改，下次登录请用新密码。")]
    assert card.new.text() == ""


DUE = "现在的密码是管理员设的，请先换成只有自己知道的密码。"


@pytest.mark.parametrize("large", [False, True], ids=["11pt", "16pt"])
def test_a_password_that_is_due_stands_before_everything(
    open_window: Open,
    theme: Theme,
    large: bool,
    said: list[tuple[str, str]],
    screenshot: Callable[[QWidget, str], None],
    qtbot: QtBot,
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    window = open_window(Role.CLERK, DUE)
    card = window.password
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(card.old.hasFocus)
    screenshot(window, f"password-due-{'large' if large else 'light'}")
    assert card.why.text() == DUE
    assert window.current is None
    assert said == []
    qtbot.keyClick(card.old, Qt.Key.Key_Escape)
    qtbot.keyClick(card.old, Qt.Key.Key_F3)
    assert card.isVisible()
    assert window.current is None
    for field, text in ((card.old, "Lianxi-2026"), (card.new, "Neu-2026x"), (card.again, "Neu-2026x")):
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(card.isHidden)
    assert note(window).key == "today"
    assert note(window).field.hasFocus()
    assert window.context.desk.password_due == ""
    card.open_empty()
    qtbot.keyClick(card.old, Qt.Key.Key_Escape)
    assert card.isHidden()


def test_whoever_will_not_change_a_due_password_logs_out(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(Role.CLERK, DUE)
    assert window.password.refuse.text() == "退出登录"
    with qtbot.waitSignal(window.left) as left:
        window.password.refuse.click()
    assert left.args == [True]
