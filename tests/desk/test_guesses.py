"""Shutting out whoever guesses: at the log-in, at the locked window, at one's own password, at the recovery code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import accounts, audit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, LogInFault, ShutOutFault
from onevisit.desk.house import House
from onevisit.rules.accounts import Role
from onevisit.store import recovery
from onevisit.store.errors import ClosedFault

LogIn = Callable[[Role], Desk]
RIGHT = "Lianxi-2026"


def guess_wrong(house: House, times: int, login: str = "chuangkou") -> None:
    for _ in range(times):
        with pytest.raises(LogInFault):
            house.log_in(login, "falsch")


def shut_out(house: House, login: str = "chuangkou") -> ShutOutFault:
    guess_wrong(house, 4, login)
    with pytest.raises(ShutOutFault) as caught:
        house.log_in(login, "falsch")
    return caught.value


def test_the_fifth_failure_shuts_out_whatever_is_typed(house: House, clock: Clock) -> None:
    assert shut_out(house).sentence == "连续输错次数太多，请等 1 分钟后再试；忘记密码可请管理员重设。"
    clock.advance(seconds=15)
    with pytest.raises(ShutOutFault, match="45 秒"):
        house.log_in(" CHUANGKOU ", RIGHT)
    assert house.log_in("lvshi", RIGHT)
    clock.advance(seconds=45)
    assert house.log_in("chuangkou", RIGHT)


def test_the_times_grow_and_the_right_password_ends_the_row(house: House, clock: Clock) -> None:
    shut_out(house)
    for minutes, then in ((1, 5), (5, 15), (15, 30), (30, 60), (60, 60)):
        clock.advance(minutes=minutes)
        with pytest.raises(ShutOutFault) as caught:
            house.log_in("chuangkou", "falsch")
        assert caught.value.seconds == 60 * then
    clock.advance(minutes=60)
    house.log_in("chuangkou", RIGHT)
    guess_wrong(house, 4)


def test_a_name_that_nobody_has_is_shut_out_the_same(house: House) -> None:
    assert shut_out(house, "niemand").sentence == shut_out(house).sentence


def test_neither_a_restart_nor_a_clock_set_back_helps(house: House, tmp_path: Path, clock: Clock) -> None:
    shut_out(house)
    again = House(tmp_path / "data", practice=True, now=clock, cost=CHEAP)
    clock.advance(days=-1)
    with pytest.raises(ShutOutFault, match="1 分钟"):
        again.log_in("chuangkou", RIGHT)
    clock.advance(seconds=60)
    again.log_in("chuangkou", RIGHT)
    again.close()


def test_the_trail_gets_what_happened_before_a_restart(
    house: House, tmp_path: Path, clock: Clock, log_in: LogIn
) -> None:
    shut_out(house)
    shut_at = clock()
    clock.advance(hours=1)
    again = House(tmp_path / "data", practice=True, now=clock, cost=CHEAP)
    auditor = again.log_in("shenji", RIGHT)
    rows = audit.entries(auditor, limit=7)[::-1]
    assert [(row.action, row.detail) for row in rows] == [
        *[("登录失败", "")] * 5,
        ("连续输错，暂停登录", "1 分钟"),
        ("登录", ""),
    ]
    assert {row.record for row in rows[:6]} == {"账户 1"}
    assert {row.at for row in rows[:6]} == {shut_at}
    assert audit.verify(auditor).first_broken is None
    again.close()


def test_the_locked_window_opens_for_its_own_password_alone(house: House, clerk_desk: Desk, auditor_desk: Desk) -> None:
    house.check_password(clerk_desk, RIGHT)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.who) == ("解锁窗口", "窗口员（002）")
    for _ in range(4):
        with pytest.raises(LogInFault, match="密码不对"):
            house.check_password(clerk_desk, "falsch")
    with pytest.raises(ShutOutFault, match="1 分钟"):
        house.check_password(clerk_desk, "falsch")
    with pytest.raises(ShutOutFault):
        house.check_password(clerk_desk, RIGHT)
    with pytest.raises(ShutOutFault):
        house.log_in("chuangkou", RIGHT)
    assert [row.action for row in audit.entries(auditor_desk, limit=2)] == ["连续输错，暂停登录", "登录失败"]


def test_a_locked_window_whose_store_was_closed_does_not_open(house: House, clerk_desk: Desk) -> None:
    house.close()
    with pytest.raises(ClosedFault):
        house.check_password(clerk_desk, RIGHT)


def test_guesses_at_ones_own_old_password_count(house: House, clerk_desk: Desk) -> None:
    for _ in range(4):
        with pytest.raises(FormError):
            accounts.change_own_password(clerk_desk, "falsch", "Mima-2030")
    with pytest.raises(ShutOutFault):
        accounts.change_own_password(clerk_desk, "falsch", "Mima-2030")
    with pytest.raises(ShutOutFault):
        accounts.change_own_password(clerk_desk, RIGHT, "Mima-2030")


def test_guesses_at_the_recovery_code_count_and_shut_nobody_else_out(house: House, clock: Clock) -> None:
    for _ in range(4):
        with pytest.raises(FormError):
            house.recover(recovery.new_code(), "guanli", "Mima-2030")
    with pytest.raises(ShutOutFault, match="1 分钟后再试；请逐组核对"):
        house.recover(recovery.new_code(), "guanli", "Mima-2030")
    assert house.log_in("guanli", RIGHT)


def test_a_new_password_from_the_administrator_lets_in_at_once(house: House, admin_desk: Desk) -> None:
    shut_out(house)
    clerk = next(row for row in accounts.accounts(admin_desk) if row.login == "chuangkou")
    accounts.reset_password(admin_desk, clerk.id, "Mima-2030")
    assert house.log_in("chuangkou", "Mima-2030")


def test_a_damaged_file_of_failures_is_no_way_round(house: House, tmp_path: Path, clock: Clock) -> None:
    shut_out(house)
    (tmp_path / "data" / "store.tries").write_bytes(b"\x00" * 20)
    with pytest.raises(ShutOutFault):
        house.log_in("chuangkou", RIGHT)
    clock.advance(minutes=1)
    assert house.log_in("chuangkou", RIGHT)
