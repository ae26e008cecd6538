"""A clock that is set back or ahead: recorded once, said, and no number twice or out of order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from tests.desk.conftest import Clock

from onevisit.desk import audit, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.forms import RegistrationForm
from onevisit.store.tables import AuditEntry, NumberSeries

NewForm = Callable[..., RegistrationForm]


def clock_entries(desk: Desk) -> list[tuple[str, str]]:
    """Everything that the trail holds about the clock, oldest first."""
    with desk.look(None) as session:
        query = select(AuditEntry.action, AuditEntry.detail).order_by(AuditEntry.id)
        return [(action, detail) for action, detail in session.execute(query) if action.startswith("clock.")]


@pytest.fixture
def save(clerk_desk: Desk, new_form: NewForm) -> Callable[[], Registered]:
    """Register one more visit now."""
    return lambda: register(clerk_desk, new_form())


def unique_and_ordered(saved: list[Registered]) -> None:
    """No number is there twice, and each is later than the one before."""
    for numbers in ([one.visit_no for one in saved], [one.matter_no for one in saved]):
        assert len(set(numbers)) == len(numbers)
        # the check character stands at the end and orders nothing
        bare = [number[:-2] for number in numbers]
        assert bare == sorted(bare)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=31)])
def test_numbers_go_on_when_the_clock_is_set_back(
    back: timedelta, clerk_desk: Desk, clock: Clock, save: Callable[[], Registered], auditor_desk: Desk
) -> None:
    saved = [save(), save()]
    noon = clock.moment
    clock.advance(days=-back.days, seconds=-back.seconds)
    saved += [save(), save()]
    assert [one.queue_no for one in saved] == [1, 2, 3, 4]
    assert [bool(one.clock_notice) for one in saved] == [False, False, True, False]
    assert "早了" in saved[2].clock_notice
    assert clock_entries(clerk_desk) == [("clock.set_back", f"{int(back.total_seconds())}")]
    # whoever looks at the day sees everybody that came
    assert lookup.today(clerk_desk).figures.batches >= 2
    clock.set(noon + timedelta(minutes=1))
    saved.append(save())
    unique_and_ordered(saved)
    assert saved[-1].queue_no == 5
    assert len(clock_entries(clerk_desk)) == 1
    assert audit.verify(auditor_desk).first_broken is None


def test_two_falls_are_two_entries(clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]) -> None:
    saved = [save()]
    for _ in range(2):
        clock.advance(hours=-2)
        saved.append(save())
        clock.advance(hours=3)
        saved.append(save())
    unique_and_ordered(saved)
    assert [detail for _, detail in clock_entries(clerk_desk)] == ["7200", "7200"]


def test_over_new_year_the_number_of_the_matter_goes_on_too(
    clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]
) -> None:
    clock.set(datetime(2026, 12, 31, 15, 30, tzinfo=UTC))
    save()
    clock.set(datetime(2027, 1, 1, 1, 0, tzinfo=UTC))
    saved = [save(), save()]
    clock.advance(days=-1)
    saved.append(save())
    unique_and_ordered(saved)
    assert all("-2027-" in one.matter_no for one in saved)
    assert all("-20270101-" in one.visit_no for one in saved)


def test_a_clock_of_another_century_gives_numbers_of_its_own_days(
    clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]
) -> None:
    saved, right = [save(), save()], clock.moment
    clock.set(datetime(2001, 1, 1, 1, 0, tzinfo=UTC))
    astray = [save(), save()]
    assert all("-20010101-" in one.visit_no for one in astray)
    assert "按电脑上的日期编号" in astray[0].clock_notice
    assert astray[1].clock_notice == ""
    clock.set(right + timedelta(minutes=5))
    saved.append(save())
    assert "离上次办理已有 25 年" in saved[-1].clock_notice
    unique_and_ordered(saved)
    unique_and_ordered(astray)
    assert [action for action, _ in clock_entries(clerk_desk)] == ["clock.set_back", "clock.jumped_ahead"]


@pytest.mark.parametrize("ahead", [timedelta(days=10), timedelta(days=400)])
def test_ahead_and_back_again(ahead: timedelta, clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]) -> None:
    before, right = [save(), save()], clock.moment
    clock.set(right + ahead)
    astray = [save()]
    clock.set(right + timedelta(minutes=5))
    after = [save(), save()]
    everything = [*before, *astray, *after]
    assert len({one.visit_no for one in everything}) == len(everything)
    assert len({one.matter_no for one in everything}) == len(everything)
    # after ten days the wrong day goes on; after a year nobody would want to wait for it
    unique_and_ordered([*astray, *after] if ahead.days < 31 else [*before, *after])
    assert ("clock.set_back", f"{int(ahead.total_seconds()) - 300}") in clock_entries(clerk_desk)


def test_a_late_entry_keeps_the_numbers_of_its_own_day(
    clerk_desk: Desk, clock: Clock, new_form: NewForm, save: Callable[[], Registered]
) -> None:
    save()
    came = clock.moment - timedelta(days=3)
    late = register(clerk_desk, new_form(), arrived_at=came)
    assert (late.queue_no, late.clock_notice) == (1, "")
    assert "-20261120-001-" in late.visit_no
    clock.advance(days=-1)
    again = register(clerk_desk, new_form(), arrived_at=came)
    assert again.queue_no == 2
    assert "-20261120-002-" in again.visit_no
    assert "早了 1 天" in again.clock_notice


def test_seconds_of_correction_are_no_finding(clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]) -> None:
    clock.set(datetime(2026, 11, 23, 16, 0, 10, tzinfo=UTC))
    saved = [save()]
    clock.advance(seconds=-20)
    saved.append(save())
    unique_and_ordered(saved)
    assert all("-20261124-" in one.visit_no for one in saved)
    assert clock_entries(clerk_desk) == []


def test_at_log_in_it_is_recorded_once_and_said_while_it_lasts(
    house: House, clock: Clock, log_in: Callable[[Role], Desk], new_form: NewForm
) -> None:
    desk = log_in(Role.CLERK)
    assert desk.clock_notice == ""
    clock.advance(days=-1)
    house.close()
    for role in (Role.CLERK, Role.LAWYER):
        desk = log_in(role)
        assert "早了 1 天" in desk.clock_notice
    assert register(log_in(Role.CLERK), new_form()).clock_notice == ""
    assert [action for action, _ in clock_entries(desk)] == ["clock.set_back"]
    clock.advance(days=2)
    assert log_in(Role.CLERK).clock_notice == ""


def test_after_a_long_pause_the_date_is_asked_for(house: House, clock: Clock, log_in: Callable[[Role], Desk]) -> None:
    log_in(Role.CLERK)
    house.close()
    clock.advance(days=40)
    assert "请核对电脑的日期" in log_in(Role.CLERK).clock_notice
    desk = log_in(Role.CLERK)
    assert desk.clock_notice == ""
    assert [action for action, _ in clock_entries(desk)] == ["clock.jumped_ahead"]


def test_a_store_of_an_earlier_version_is_judged_by_its_visits(
    clerk_desk: Desk, clock: Clock, save: Callable[[], Registered]
) -> None:
    saved = [save()]
    with clerk_desk.work(None) as session:
        session.execute(delete(NumberSeries).where(NumberSeries.series.startswith("clock:")))
    clock.advance(days=-1)
    saved.append(save())
    unique_and_ordered(saved)
    assert len(clock_entries(clerk_desk)) == 1


def test_the_auditor_reads_it_in_words(
    clerk_desk: Desk, clock: Clock, save: Callable[[], Registered], auditor_desk: Desk
) -> None:
    save()
    clock.advance(hours=-1)
    save()
    rows = [row for row in audit.entries(auditor_desk) if row.action == "发现电脑时间倒退"]
    assert [row.detail for row in rows] == ["3600 秒"]


def test_practice_visits_of_earlier_days_are_no_finding(
    clerk_desk: Desk, log_in: Callable[[Role], Desk], new_form: NewForm
) -> None:
    for days in (5, 3, 1):
        register(clerk_desk, new_form(), arrived_at=clerk_desk.now() - timedelta(days=days))
    assert log_in(Role.LAWYER).clock_notice == ""
    assert clock_entries(clerk_desk) == []
