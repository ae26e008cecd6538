"""Backups and checks in the background: made when due, told on the status line, warned of on every page, stopped."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import audit, policy
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import Role
from onevisit.rules.policy import Policy
from onevisit.store.keyslots import Cost
from onevisit.store.names import HEAD
from onevisit.ui.keeper import Keeper
from onevisit.ui.messages import Messages
from onevisit.ui.notices import Notice, Notices
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.layouts import children

_CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


class Clock:
    """The real time, and as much more as the test says."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(practice_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[House]:
    shutil.copytree(practice_folder, tmp_path / "store")
    made = House(tmp_path / "store", practice=True, cost=_CHEAP, now=clock)
    yield made
    made.close()


@pytest.fixture
def background(messages: Messages, qapp: object) -> Iterator[Tasks]:
    """The second worker; a bug in its work fails the test."""
    bugs: list[Exception] = []
    made = Tasks(messages.failed, name="onevisit-background")
    made.crashed.connect(bugs.append)
    yield made
    made.stop()
    assert not bugs, f"bugs on the worker: {bugs}"


class Heard:
    """What a keeper told and warned of."""

    def __init__(self, keeper: Keeper) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.notices: list[Notice] = []
        keeper.told.connect(lambda *words: self.told.append(words))
        keeper.warned.connect(self._warn)

    def _warn(self, notices: tuple[Notice, ...]) -> None:
        self.notices = list(notices)


@pytest.fixture
def sit(house: House, background: Tasks) -> Iterator[Callable[[Role], tuple[Keeper, Heard, Desk]]]:
    """A keeper of somebody's log-in that has not started yet."""
    made: list[Keeper] = []

    def begin(role: Role) -> tuple[Keeper, Heard, Desk]:
        account = next(one for one in PRACTICE_ACCOUNTS if one.role is role)
        desk = house.log_in(account.login, account.password)
        keeper = Keeper(desk, background, 0)
        made.append(keeper)
        return keeper, Heard(keeper), desk

    yield begin
    for keeper in made:
        keeper.stop()
    background.wait_out()


def _backups(tmp_path: Path) -> list[Path]:
    return sorted(one for one in (tmp_path / "store" / "backups").glob("*") if not one.name.endswith(".part"))


def test_the_first_log_in_of_a_day_makes_a_backup(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper, heard, _ = sit(Role.CLERK)
    keeper.start()
    qtbot.waitUntil(lambda: bool(heard.told) and heard.told[-1][0].endswith("已核验"), timeout=20_000)
    assert [one.name.split("-", 2)[2] for one in _backups(tmp_path)] == ["day_start"]
    assert ("正在备份", "", "") in heard.told
    assert any(words.startswith("正在") and words.endswith("%") for words, _, _ in heard.told)
    assert heard.told[-1][1:] == ("", "")
    assert heard.notices == []
    keeper.look()
    qtbot.waitUntil(lambda: not background.busy)
    assert len(_backups(tmp_path)) == 1


def test_the_first_page_is_left_alone_for_a_while(
    house: House, background: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    account = next(one for one in PRACTICE_ACCOUNTS if one.role is Role.CLERK)
    keeper = Keeper(house.log_in(account.login, account.password), background, 3_600_000)
    heard = Heard(keeper)
    keeper.start()
    qtbot.waitUntil(lambda: bool(heard.told) and not background.busy)
    assert heard.told[-1][0] == "还没有备份", "how things stand is said at once"
    assert _backups(tmp_path) == []
    keeper.look()
    qtbot.waitUntil(lambda: len(_backups(tmp_path)) == 1 and not background.busy, timeout=20_000)
    keeper.stop()


def test_another_is_made_after_the_hours_of_the_policy(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, tmp_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    keeper, _, _ = sit(Role.CLERK)
    keeper.start()
    qtbot.waitUntil(lambda: len(_backups(tmp_path)) == 1 and not background.busy, timeout=20_000)
    clock.ahead = timedelta(hours=Policy().backup_hours, minutes=1)
    keeper.look()
    qtbot.waitUntil(lambda: len(_backups(tmp_path)) == 2 and not background.busy, timeout=20_000)


@pytest.mark.parametrize(("role", "button"), [(Role.CLERK, ""), (Role.ADMINISTRATOR, "立即备份")])
def test_a_day_without_a_backup_is_said_on_every_page(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, tmp_path: Path, clock: Clock, qtbot: QtBot,
    role: Role, button: str,
) -> None:  # fmt: skip
    (tmp_path / "store" / "backups").touch()  # a file where the folder should be: no backup can be made
    clock.ahead = timedelta(hours=30)
    keeper, heard, _ = sit(role)
    keeper.start()
    qtbot.waitUntil(lambda: bool(heard.told) and heard.told[-1][0] == "刚才没有备份成功", timeout=20_000)
    (strip,) = heard.notices
    assert strip.tone == "attention"
    assert strip.button == button
    assert strip.text.startswith("已超过一天没有成功备份")
    assert "请管理员" in strip.text
    (tmp_path / "store" / "backups").unlink()
    if button:
        keeper.back_up_now()
        qtbot.waitUntil(lambda: heard.notices == [], timeout=20_000)
        assert heard.told[-1][0].endswith("已核验")


def test_a_missing_second_place_is_told(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper, heard, desk = sit(Role.ADMINISTRATOR)
    policy.save_policy(desk, Policy(second_folder=str(tmp_path / "stick")))
    keeper.start()
    qtbot.waitUntil(lambda: bool(heard.told) and "U 盘没接上" in heard.told[-1][0], timeout=20_000)
    assert heard.told[-1][1] == "attention"
    (tmp_path / "stick").mkdir()
    keeper.on_changed(frozenset({"visits"}))
    keeper.on_changed(frozenset({"policy"}))
    qtbot.waitUntil(lambda: "U 盘" not in heard.told[-1][0], timeout=20_000)


@pytest.mark.parametrize(("role", "words"), [(Role.CLERK, "马上告诉管理员"), (Role.ADMINISTRATOR, "从备份恢复")])
def test_a_damaged_store_is_said_on_every_page(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, tmp_path: Path, qtbot: QtBot,
    role: Role, words: str,
) -> None:  # fmt: skip
    keeper, heard, _ = sit(role)
    data = tmp_path / "store" / "store.db"
    whole = data.read_bytes()
    with data.open("r+b") as file:
        file.seek(len(whole) - 4096 * 3 + 100)
        file.write(bytes(200))
    keeper.start()
    qtbot.waitUntil(lambda: any(one.tone == "fault" for one in heard.notices), timeout=20_000)
    assert words in heard.notices[0].text
    keeper.stop()
    background.wait_out()
    data.write_bytes(whole)


def test_a_trail_that_wants_looking_at_is_said_until_it_was_checked(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "store" / HEAD).unlink()
    keeper, heard, desk = sit(Role.AUDITOR)
    keeper.start()
    qtbot.waitUntil(lambda: any("操作记录需要核查" in notice.text for notice in heard.notices))
    qtbot.waitUntil(lambda: not keeper._background.busy)
    audit.verify(desk)
    keeper.on_changed(frozenset({"trail"}))
    qtbot.waitUntil(lambda: not any("操作记录需要核查" in notice.text for notice in heard.notices))
    keeper.stop()


def test_stopping_leaves_nothing_half_made(
    sit: Callable[[Role], tuple[Keeper, Heard, Desk]], background: Tasks, house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper, _, _ = sit(Role.CLERK)
    keeper.start()
    qtbot.waitUntil((tmp_path / "store" / "backups").exists, timeout=20_000)
    keeper.stop()
    background.wait_out()
    house.close()
    assert [one for one in (tmp_path / "store" / "backups").iterdir() if one.name.endswith(".part")] == []


def test_waiting_out_waits_for_the_step_that_goes_on(background: Tasks, qtbot: QtBot) -> None:
    begun, ended = Event(), Event()

    def work(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress.step(0, 0)
        finally:
            ended.set()

    background.run_long(work, lambda _: None, lambda *_: None)
    assert begun.wait(20)
    background.forget()
    background.wait_out()
    assert ended.is_set()


def test_strips_take_no_room_when_there_is_nothing(qtbot: QtBot, theme: object) -> None:
    place = QWidget()
    strips = Notices(place)
    qtbot.addWidget(place)
    place.show()
    assert not strips.isVisible()
    pressed: list[int] = []
    strips.pressed.connect(lambda: pressed.append(1))
    strips.show_notices(
        (Notice("数据文件有问题。", "fault"), Notice("已超过一天没有成功备份。", "attention", "立即备份"))
    )
    assert strips.isVisible()
    assert [label.text() for label in children(strips, QLabel)] == ["数据文件有问题。", "已超过一天没有成功备份。"]
    (button,) = children(strips, QPushButton)
    button.click()
    assert pressed == [1]
    strips.show_notices(())
    assert not strips.isVisible()
