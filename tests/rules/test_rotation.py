"""Which backups make room: never the newest verified one, never more than the rotation says, whatever the clock did."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.clocks import local_day
from onevisit.rules.rotation import Rotation, Stored, expendable

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
shelves = st.lists(st.tuples(moments, st.booleans()), max_size=80).map(
    lambda facts: [Stored(f"{number}", at, verified=whole) for number, (at, whole) in enumerate(facts)]
)


def every(hours: float, days: int) -> list[Stored]:
    """A backup every so many hours, for so many days back from now."""
    count = int(days * 24 / hours)
    return [Stored(f"{number}", NOW - timedelta(hours=hours * number)) for number in range(count)]


@given(shelves)
def test_the_newest_verified_one_always_stays(shelf: list[Stored]) -> None:
    verified = [one for one in shelf if one.verified]
    gone = expendable(shelf)
    if verified:
        newest = max(verified, key=lambda one: (one.made_at, one.name))
        assert newest.name not in gone


@given(shelves)
def test_no_more_stay_than_the_rotation_says(shelf: list[Stored]) -> None:
    rotation = Rotation(newest=3, days=5, months=4)
    assert len(shelf) - len(expendable(shelf, rotation)) <= rotation.most


@given(shelves)
def test_each_of_the_last_days_keeps_one(shelf: list[Stored]) -> None:
    gone = set(expendable(shelf))
    verified = [one for one in shelf if one.verified]
    days = sorted({local_day(one.made_at) for one in verified}, reverse=True)[: Rotation().days]
    for day in days:
        assert any(local_day(one.made_at) == day and one.name not in gone for one in verified)


@given(shelves)
def test_a_second_round_takes_nothing_more(shelf: list[Stored]) -> None:
    gone = set(expendable(shelf))
    assert expendable([one for one in shelf if one.name not in gone]) == ()


@given(shelves)
def test_what_is_spared_stays_and_the_order_is_by_age(shelf: list[Stored]) -> None:
    spared = {one.name for one in shelf[::5]}
    gone = expendable(shelf, spared=spared)
    assert not spared & set(gone)
    ages = {one.name: one.made_at for one in shelf}
    assert [ages[name] for name in gone] == sorted(ages[name] for name in gone)


@given(shelves, st.integers(0, 10))
def test_a_rotation_of_nothing_keeps_one_all_the_same(shelf: list[Stored], newest: int) -> None:
    left = len(shelf) - len(expendable(shelf, Rotation(newest=newest, days=0, months=0)))
    verified = sum(one.verified for one in shelf)
    assert left >= min(1, verified)


def test_a_year_of_backups_every_four_hours() -> None:
    shelf = every(4, 365)
    gone = set(expendable(shelf))
    left = [one for one in shelf if one.name not in gone]
    assert [one.name for one in left[:7]] == [str(number) for number in range(7)]
    assert len({local_day(one.made_at) for one in left}) >= 14
    assert len({local_day(one.made_at).replace(day=1) for one in left}) == 12
    assert len(left) <= 7 + 14 + 12


def test_one_of_now_stays_when_the_clock_was_set_back() -> None:
    ahead = [Stored(f"ahead{number}", NOW + timedelta(days=number)) for number in range(1, 40)]
    made = Stored("made", NOW)
    assert "made" not in expendable([*ahead, made], spared=("made",))


def test_a_damaged_one_stays_only_while_it_is_new() -> None:
    bad = Stored("bad", NOW - timedelta(hours=2), verified=False)
    assert expendable([bad, *every(4, 1)]) == ()
    old = Stored("old", NOW - timedelta(days=3), verified=False)
    assert expendable([old, *every(4, 2)])[0] == "old"
