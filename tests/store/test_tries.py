"""The file of failed log-ins: what it remembers, and what a damaged one does."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.rules.lockout import FREE
from onevisit.store import tries as module
from onevisit.store.tries import Tries

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
A, B = "a" * 64, "b" * 64


def later(**time: float) -> datetime:
    return NOON + timedelta(**time)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.tries"


@pytest.fixture
def tries(path: Path) -> Tries:
    return Tries(path)


def fail(tries: Tries, times: int, label: str = A, now: datetime = NOON) -> list[int]:
    return [tries.failed(label, now) for _ in range(times)]


def test_nothing_is_written_while_nothing_fails(path: Path, tries: Tries) -> None:
    assert tries.wait(A, NOON) == 0
    tries.forget(A, NOON)
    assert tries.untold(NOON) == ()
    assert not path.exists()


def test_a_name_is_shut_out_alone_and_for_longer_each_time(path: Path, tries: Tries) -> None:
    assert fail(tries, FREE) == [0, 0, 0, 0, 1]
    assert (tries.wait(A, NOON), tries.wait(B, NOON)) == (60, 0)
    assert tries.wait(A, later(minutes=1)) == 0
    assert fail(tries, 1, now=later(minutes=1)) == [5]
    assert tries.wait(A, later(minutes=1)) == 300


def test_a_restart_forgets_nothing(path: Path, tries: Tries) -> None:
    fail(tries, FREE)
    assert Tries(path).wait(A, later(seconds=10)) == 50
    Tries(path).forget(A, NOON)
    assert Tries(path).wait(A, NOON) == 0
    assert fail(Tries(path), 1) == [0]


def test_a_clock_set_back_shortens_nothing_even_over_restarts(path: Path, tries: Tries) -> None:
    fail(tries, FREE + 4)
    yesterday = later(days=-1)
    assert Tries(path).wait(A, yesterday) == 3_600
    assert Tries(path).wait(A, yesterday + timedelta(minutes=10)) == 3_000
    assert Tries(path).wait(A, later(days=-2)) == 3_600


def test_what_the_trail_does_not_know_yet_is_kept(path: Path, tries: Tries) -> None:
    fail(tries, FREE)
    untold = Tries(path).untold(NOON)
    assert [(one.label, one.minutes) for one in untold] == [(A, 0)] * 4 + [(A, 1)]
    fail(tries, 1, B, later(minutes=2))
    tries.told(untold, NOON)
    assert [(one.label, one.at) for one in Tries(path).untold(NOON)] == [(B, later(minutes=2))]
    assert tries.wait(A, NOON) == 60


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_may_read_it(path: Path, tries: Tries) -> None:
    fail(tries, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_remembered(path: Path) -> None:
    path.mkdir()
    tries = Tries(path)
    assert tries.wait(A, NOON) == 60, "what cannot be read shuts out"
    after = later(minutes=2)
    assert tries.wait(A, after) == 0
    assert fail(tries, FREE, now=after)[-1] == 1
    assert tries.wait(A, after) == 60
    path.rmdir()
    tries.forget(B, after)
    fail(tries, 1, B, after)
    assert Tries(path).wait(A, after) == 60


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000, b'"text"', b"1e999"]
)
def test_a_damaged_file_shuts_everybody_out_for_a_while(path: Path, tries: Tries, content: bytes) -> None:
    path.write_bytes(content)
    assert (tries.wait(A, NOON), tries.wait(B, NOON)) == (60, 60)
    assert Tries(path).wait(A, later(seconds=30)) == 30
    assert Tries(path).wait(A, later(seconds=60)) == 0
    assert fail(tries, 1, now=later(seconds=60)) == [0]
    assert tries.wait(B, later(seconds=60)) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(data=st.data())
def test_no_change_of_the_file_lets_anybody_in_early(path: Path, data: st.DataObject) -> None:
    path.unlink(missing_ok=True)
    fail(Tries(path), FREE)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        path.write_bytes(whole[:at])
    else:
        path.write_bytes(whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :])
    assert Tries(path).wait(A, NOON) >= 60


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_taken_without_a_crash(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert Tries(path).wait(A, NOON) == 60


@pytest.mark.parametrize(
    ("names", "untold"),
    [
        ({A: [5, 60, "2026-11-23T04:00:00"]}, []),
        ({A: [5, 10**9, NOON.isoformat()]}, []),
        ({A: [5, -1, NOON.isoformat()]}, []),
        ({A: [5.0, 60, NOON.isoformat()]}, []),
        ({A: [5, 60]}, []),
        ({A: 5}, []),
        ([A], []),
        ({}, [[NOON.isoformat(), A]]),
        ({}, 5),
    ],
)
def test_what_we_never_write_is_damage(path: Path, names: object, untold: object) -> None:
    body = {"format": "onevisit-tries", "version": 1, "names": names, "untold": untold}
    body["checksum"] = module._checksum(body)
    path.write_text(json.dumps(body))
    assert Tries(path).wait(B, NOON) == 60


def test_a_thousand_names_do_not_drive_out_one_that_is_shut_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_NAMES", 10)
    tries = Tries(path)
    fail(tries, FREE)
    for number in range(30):
        fail(tries, 1, f"name {number}")
    assert tries.wait(A, NOON) == 60
    assert len(tries._read(NOON).names) == 10
