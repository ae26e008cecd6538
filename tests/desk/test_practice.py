"""Practice mode: ready at once, with an account for each role."""

import subprocess
import sys
from pathlib import Path

import pytest

from onevisit.desk import lookup
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.gate import came_before
from onevisit.desk.lookup import search
from onevisit.desk.practice import PRACTICE_ACCOUNTS, PRACTICE_UNIT, enter_practice
from onevisit.desk.set_up import unit_faults
from onevisit.rules.accounts import Role, password_fault
from onevisit.rules.classification import ReturnReason
from onevisit.rules.matter_history import Whose
from onevisit.rules.matter_life import State
from onevisit.rules.periods import ClockState
from onevisit.rules.return_causes import suggest
from onevisit.store.tables import Matter


def test_the_store_is_made_when_it_is_missing_and_kept_when_it_is_there(tmp_path: Path) -> None:
    for _ in range(2):
        house = enter_practice(tmp_path / "practice")
        desk = house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
        assert desk.practice
        assert desk.unit == PRACTICE_UNIT
        house.close()


@pytest.mark.parametrize("account", PRACTICE_ACCOUNTS, ids=lambda account: account.login)
def test_every_ready_account_gets_in(tmp_path: Path, account: object) -> None:
    house = enter_practice(tmp_path / "practice")
    for ready in PRACTICE_ACCOUNTS:
        if ready == account:
            actor = house.log_in(ready.login, ready.password).actor
            assert (actor.name, actor.role, actor.staff_no) == (ready.name, ready.role, ready.staff_no)
    house.close()


def test_a_new_store_can_come_with_invented_visits(tmp_path: Path) -> None:
    clerk = PRACTICE_ACCOUNTS[0]
    for _ in range(2):
        house = enter_practice(tmp_path / "practice", with_visits=True)
        found = search(house.log_in(clerk.login, clerk.password), "")
        house.close()
        assert found.total == 14, "sixteen visits: one is a second visit, one is confidential"


def test_the_weeks_before_have_left_something_to_do(tmp_path: Path) -> None:
    clerk = PRACTICE_ACCOUNTS[0]
    house = enter_practice(tmp_path / "practice", with_visits=True)
    desk = house.log_in(clerk.login, clerk.password)
    try:
        matters = {hit.title: lookup.open_matter(desk, hit.matter_id) for hit in lookup.search(desk, "").hits}
        states = {title: view.seen.state for title, view in matters.items()}
        assert states["咨询转学要办的手续"] is State.CLOSED
        assert states["异地就医报销比例和告知的不一致"] is State.ACCEPTED
        assert states["进村道路塌陷没有修"] is State.REGISTERED
        with desk.look(None) as session:
            rows = [session.get(Matter, view.matter_id) for view in matters.values()]
            lines = due_lines(desk, session, [row for row in rows if row is not None])
        late = {line.whose for some in lines.values() for line in some if line.state is ClockState.OVERDUE}
        assert {Whose.WINDOW, Whose.ORGAN} <= late
        bill = matters["异地就医报销比例和告知的不一致"]
        cause = suggest(came_before(desk, bill.matter_id).again)
        assert cause is not None
        assert cause.reason is ReturnReason.NOT_CONTACTED
        assert desk.clock_notice == ""
    finally:
        house.close()


def test_what_is_ready_obeys_the_rules() -> None:
    assert unit_faults(PRACTICE_UNIT) == ()
    assert {account.role for account in PRACTICE_ACCOUNTS} == set(Role)
    assert [password_fault(account.password, account.login) for account in PRACTICE_ACCOUNTS] == [""] * 5


def test_the_accounts_are_known_before_the_store_is_loaded() -> None:
    program = "import sys, onevisit.desk.practice; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
