"""The log-in window: keyboard first, faults at the field, practice by one press, the recovery code."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.errors import ShutOutFault
from onevisit.desk.house import House as RealHouse
from onevisit.rules.faults import PlainFault
from onevisit.store.keyslots import Cost
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.login import Doors, LoginWindow, ReadyAccount, Way, caps_lock_told_by
from onevisit.ui.tasks import Tasks, Told
from onevisit.ui.theme import Theme, Variant

SCHEMAS = Path(__file__).parents[1] / "store" / "schemas"
ACCOUNTS = (ReadyAccount("chuangkou", "窗口员", "窗口接待员"), ReadyAccount("lvshi", "律师甲", "值班律师"))


class Damaged(PlainFault):
    """What damaged data says."""

    backup_helps = True


@dataclass
class House:
    """Opens for one password; remembers what was asked, and on which thread."""

    asked: list[tuple[str, ...]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    shut_out: str = ""
    upgrading: threading.Event | None = None
    damaged: bool = False

    def log_in(self, login: str, password: str, progress: Told) -> object:
        self.asked.append((login, password))
        if self.upgrading is not None:
            progress(1, 4, "升级数据前，正在备份")
            self.upgrading.wait()
        self.threads.add(threading.get_ident())
        if self.damaged:
            raise Damaged("数据文件已损坏，请停止使用并从备份恢复。")
        if self.shut_out:
            raise PlainFault(self.shut_out)
        if password != "Lianxi-2026":
            raise PlainFault("账号或密码不对，请核对后再输一遍。")
        return login

    def recover(self, code: str, login: str, password: str) -> None:
        self.asked.append((code, login, password))
        if code != "AAAA-BBBB":
            raise PlainFault("这不是本单位的恢复码，请核对。")

    def enter_ready(self, login: str) -> object:
        self.asked.append((login,))
        return login


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def window(house: House, tasks: Tasks, theme: Theme, qtbot: QtBot) -> LoginWindow:
    made = LoginWindow(tasks, theme, Doors(house.log_in, house.recover, house.enter_ready))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_the_whole_log_in_is_done_by_keys(window: LoginWindow, house: House, qtbot: QtBot) -> None:
    entered: list[object] = []
    window.entered.connect(entered.append)
    assert window.ui.login.hasFocus()
    qtbot.keyClicks(window.ui.login, " chuangkou ")
    qtbot.keyClick(window.ui.login, Qt.Key.Key_Return)
    assert window.ui.password.hasFocus()
    qtbot.keyClicks(window.ui.password, "Lianxi-2026")
    qtbot.keyClick(window.ui.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entered == ["chuangkou"])
    assert threading.get_ident() not in house.threads
    assert window.ui.password.text() == "", "no password stays in a field"


def test_an_upgrade_shows_what_is_done_and_how_far_it_is(
    window: LoginWindow, house: House, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    house.upgrading = threading.Event()
    entered: list[object] = []
    window.entered.connect(entered.append)
    ui = window.ui
    ui.login.setText("chuangkou")
    ui.password.setText("Lianxi-2026")
    ui.enter.click()
    window.log_in()
    try:
        qtbot.waitUntil(lambda: ui.work.isVisible() and ui.work.words.text() == "升级数据前，正在备份")
        assert ui.work.part.text() == "25%"
        assert ui.work.halt.isHidden(), "an upgrade that is half done helps nobody"
        screenshot(window, "login_upgrade")
    finally:
        house.upgrading.set()
    qtbot.waitUntil(lambda: entered == ["chuangkou"])
    assert len(house.asked) == 1, "Enter held down opens once"
    assert ui.work.isHidden()


def test_a_store_of_the_first_schema_is_upgraded_in_sight(
    tasks: Tasks, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = Path(shutil.copytree(SCHEMAS / "0001", tmp_path / "store"))
    house = RealHouse(folder, practice=True, cost=Cost(memory_kib=8, passes=1, lanes=1))
    steps: list[str] = []
    shown = threading.Event()

    def log_in(login: str, password: str, progress: Told) -> object:
        def tell(done: int, total: int, what: str) -> None:
            steps.append(what)
            progress(done, total, what)
            shown.wait(20)

        return house.log_in(login, password, tell)

    window = LoginWindow(tasks, theme, Doors(log_in, house.recover, lambda _: None))
    qtbot.addWidget(window)
    window.show()
    entered: list[object] = []
    window.entered.connect(entered.append)
    window.ui.login.setText("chuangkou")
    window.ui.password.setText("Lianxi-2026")
    window.log_in()
    qtbot.waitUntil(lambda: window.ui.work.isVisible() and bool(steps), timeout=20_000)
    assert window.ui.work.words.text() == steps[0] == "升级数据前，正在备份"
    shown.set()
    qtbot.waitUntil(lambda: bool(entered), timeout=20_000)
    assert "正在升级数据" in steps
    assert window.ui.work.isHidden()
    steps.clear()
    house.close()
    window.ui.password.setText("Lianxi-2026")
    window.log_in()
    qtbot.waitUntil(lambda: len(entered) == 2, timeout=20_000)
    assert steps == [], "once is enough"
    house.close()


def test_a_wrong_password_is_said_at_the_field(window: LoginWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.ui.login, "chuangkou")
    qtbot.keyClicks(window.ui.password, "falsch")
    window.ui.enter.click()
    qtbot.waitUntil(lambda: window.ui.fault.text() == "账号或密码不对，请核对后再输一遍。")
    assert window.ui.password.property("tone") == "fault"
    assert window.ui.password.hasFocus()
    assert window.ui.password.text() == ""
    assert window.ui.enter.text() == "登录"
    assert window.ui.login.text() == "chuangkou", "nothing else is lost"
    qtbot.keyClicks(window.ui.password, "L")
    assert window.ui.fault.text() == ""


def test_whoever_is_shut_out_is_told_for_how_long(window: LoginWindow, house: House, qtbot: QtBot) -> None:
    sentence = ShutOutFault(300).sentence
    house.shut_out = sentence
    qtbot.keyClicks(window.ui.login, "chuangkou")
    qtbot.keyClicks(window.ui.password, "Lianxi-2026")
    window.ui.enter.click()
    qtbot.waitUntil(lambda: window.ui.fault.text() == sentence)
    assert "请等 5 分钟后再试" in sentence
    assert window.ui.password.text() == ""
    assert window.ui.enter.isEnabled()


@pytest.mark.parametrize(
    ("login", "password", "sentence"), [("", "", "请输入账号。"), ("chuangkou", "", "请输入密码。")]
)
def test_what_is_missing_is_said(window: LoginWindow, house: House, login: str, password: str, sentence: str) -> None:
    window.ui.login.setText(login)
    window.ui.password.setText(password)
    window.ui.enter.click()
    assert window.ui.fault.text() == sentence
    assert house.asked == []


def test_practice_is_one_press_away(window: LoginWindow, house: House, qtbot: QtBot) -> None:
    entered: list[object] = []
    window.entered.connect(entered.append)
    window.practice_wanted.connect(lambda: window.offer(ACCOUNTS))
    window.ui.other.click()
    assert [button.text() for button in window.ready_buttons] == ["窗口接待员　窗口员", "值班律师　律师甲"]
    assert window.ready_buttons[0].hasFocus()
    assert window.ui.badge.isVisible()
    assert window.ui.frame.property("tone") == "practice"
    assert window.windowTitle().startswith("【练习】")
    window.ready_buttons[1].click()
    qtbot.waitUntil(lambda: entered == ["lvshi"])


def test_the_recovery_code_gives_a_new_password(window: LoginWindow, house: House, qtbot: QtBot) -> None:
    ui = window.ui
    ui.login.setText(" admin ")
    ui.forgot.click()
    assert window.way is Way.RECOVER
    assert ui.recoverLogin.text() == "admin"
    assert window.focusWidget() is ui.code
    ui.recoverLogin.clear()
    for box, text in (
        (ui.recoverLogin, "admin"),
        (ui.code, "AAAA-BBBB"),
        (ui.newPassword, "Neu-2026x"),
        (ui.newAgain, "Neu-2026x"),
    ):
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.way is Way.LOG_IN)
    assert house.asked == [("AAAA-BBBB", "admin", "Neu-2026x")]
    assert ui.said.text() == "新密码已经设好，请用它登录。"
    assert (ui.login.text(), ui.newPassword.text()) == ("admin", "")


@pytest.mark.parametrize(
    ("code", "new", "again", "sentence", "place"),
    [
        ("", "Neu-2026x", "Neu-2026x", "请输入建立时抄下或打印的恢复码。", "code"),
        ("AAAA-BBBB", "kurz", "kurz", "密码至少 8 位，现在是 4 位。", "newPassword"),
        ("AAAA-BBBB", "Neu-2026x", "Neu-2026y", "两遍输入的新密码不一样，请再输一遍。", "newAgain"),
        ("CCCC-DDDD", "Neu-2026x", "Neu-2026x", "这不是本单位的恢复码，请核对。", "code"),
    ],
)
def test_what_is_wrong_with_a_recovery_is_said(
    window: LoginWindow, code: str, new: str, again: str, sentence: str, place: str, qtbot: QtBot
) -> None:
    ui = window.ui
    window.show_way(Way.RECOVER)
    ui.recoverLogin.setText("admin")
    ui.code.setText(code)
    ui.newPassword.setText(new)
    ui.newAgain.setText(again)
    ui.recover.click()
    qtbot.waitUntil(lambda: ui.recoverFault.text() == sentence)
    field = getattr(ui, place)
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.way is Way.LOG_IN


@pytest.mark.parametrize(
    ("text", "shift", "locked"),
    [
        ("a", False, False),
        ("A", True, False),
        ("A", False, True),
        ("a", True, True),
        ("1", False, None),
        ("王", False, None),
    ],
)
def test_a_typed_letter_tells_of_the_caps_lock(text: str, shift: bool, locked: bool | None) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    assert caps_lock_told_by(QKeyEvent(QEvent.Type.KeyPress, 0, held, text)) is locked


def test_the_caps_lock_is_hinted_at_while_typing(window: LoginWindow, qtbot: QtBot) -> None:
    window.ui.password.setFocus()
    qtbot.keyClick(window.ui.password, "A")  # a capital without Shift
    assert window.ui.capsLock.isVisible()
    qtbot.keyClick(window.ui.password, "a")
    assert window.ui.capsLock.isHidden()


@pytest.mark.parametrize("way", Way)
def test_the_window_grows_until_no_line_is_cut_off(
    window: LoginWindow, theme: Theme, way: Way, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    theme.wear(Variant.LIGHT, large=True)
    window.resize(960, 400)
    window.offer(ACCOUNTS)
    window.show_way(way)
    panel = window.ui.panel
    qtbot.waitUntil(lambda: panel.height() >= panel.layout().totalHeightForWidth(panel.width()))  # type: ignore[union-attr]
    screenshot(window, f"login_grown_{way.name.lower()}")
    assert window.height() <= 728


@pytest.mark.parametrize("large", [False, True], ids=["11pt", "16pt"])
@pytest.mark.parametrize("way", Way)
def test_every_way_fits_768_pixels(
    window: LoginWindow,
    theme: Theme,
    way: Way,
    large: bool,
    qtbot: QtBot,
    screenshot: Callable[[QWidget, str], None],
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    window.offer(ACCOUNTS)
    window.show_way(way)
    ui = window.ui
    ui.mend.setVisible(way is Way.LOG_IN)
    window.resize(1366, 728)
    qtbot.waitUntil(lambda: window.height() == 728)
    screenshot(window, f"login_{way.name.lower()}_{'large' if large else 'normal'}")
    assert ui.panel.height() >= ui.panel.layout().totalHeightForWidth(ui.panel.width())  # type: ignore[union-attr]


def test_damaged_data_offers_the_way_on_by_itself(
    window: LoginWindow, qtbot: QtBot, screenshot: Callable[[QWidget, str], None]
) -> None:
    wanted: list[object] = []
    window.rescue_wanted.connect(wanted.append)
    ui = window.ui
    assert ui.mend.isHidden()
    ui.login.setText(" admin ")
    window.say_unusable(Damaged("数据文件已损坏，请停止使用并从备份恢复。"))
    screenshot(window, "login_damaged")
    assert ui.said.text() == "数据文件已损坏，请停止使用并从备份恢复。"
    assert ui.mendRestore.hasFocus()
    ui.mendRestore.click()
    ui.mendSalvage.click()
    ui.restore.click()
    assert wanted == [
        Errand(Rescue.RESTORE, "admin"),
        Errand(Rescue.SALVAGE, "admin"),
        Errand(Rescue.RESTORE, "admin"),
    ]
    window.say_unusable(PlainFault("本机已经打开了这份数据，请切换到已打开的窗口，或先关闭它。"))
    assert ui.mend.isHidden(), "a backup is no help against a second window"


def test_a_store_that_does_not_open_offers_the_way_on_at_the_field(
    window: LoginWindow, house: House, qtbot: QtBot
) -> None:
    house.damaged = True
    window.ui.login.setText("admin")
    window.ui.password.setText("Lianxi-2026")
    window.log_in()
    qtbot.waitUntil(window.ui.mend.isVisible)
    assert window.ui.fault.text() == "数据文件已损坏，请停止使用并从备份恢复。"
    window.ui.password.textEdited.emit("L")
    assert window.ui.mend.isHidden()


def test_a_new_computer_can_begin_with_a_backup(window: LoginWindow) -> None:
    wanted: list[object] = []
    window.rescue_wanted.connect(wanted.append)
    window.show_way(Way.FIRST)
    window.ui.firstRestore.click()
    assert wanted == [Errand(Rescue.RESTORE)]
