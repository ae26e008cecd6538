"""The slot file: who can open the store, and what a changed file does."""

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.store import files
from onevisit.store.errors import DamagedFault, NotWritableFault, StoreFault, TooNewFault
from onevisit.store.keyslots import Cost, KeySlots, NoSlotFitsError, _checksum

KEY = bytes(range(32))
CODE = "2222-3333-4444-5555-6666-7777-8888-9999"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.keys"


@pytest.fixture
def slots(path: Path) -> KeySlots:
    slots = KeySlots.create(path, KEY, CODE, CHEAP)
    slots.add("admin", "Mima-2026", KEY)
    slots.add("ck02", "Mima-2027", KEY)
    return slots


def reloaded(path: Path, cost: Cost = CHEAP) -> KeySlots:
    return KeySlots.load(path, cost)


@pytest.mark.parametrize(
    ("login", "password"), [("admin", "Mima-2026"), ("ADMIN ", "Mima-2026"), ("ck02", "Mima-2027")]
)
def test_a_password_opens_its_own_slot(path: Path, slots: KeySlots, login: str, password: str) -> None:
    assert slots.unlock(login, password) == KEY
    assert reloaded(path).unlock(login, password) == KEY


@pytest.mark.parametrize(
    ("login", "password"),
    [("admin", "Mima-2027"), ("admin", ""), ("nobody", "Mima-2026"), ("", ""), ("\ud800", "\ud800")],
)
def test_nothing_else_opens(slots: KeySlots, login: str, password: str) -> None:
    with pytest.raises(NoSlotFitsError):
        slots.unlock(login, password)


@pytest.mark.parametrize("code", [CODE, CODE.lower(), CODE.replace("-", " "), CODE.replace("5", "s").replace("8", "B")])
def test_the_recovery_code_opens(slots: KeySlots, code: str) -> None:
    assert slots.unlock_recovery(code) == KEY


def test_the_recovery_code_is_no_password_and_the_reverse(slots: KeySlots) -> None:
    with pytest.raises(NoSlotFitsError):
        slots.unlock_recovery("Mima-2026")
    for login in ("", "recovery"):
        with pytest.raises(NoSlotFitsError):
            slots.unlock(login, CODE)


def test_a_new_password_shuts_the_old_one_out(path: Path, slots: KeySlots) -> None:
    slots.add("admin", "Mima-2030", KEY)
    for one in (slots, reloaded(path)):
        assert one.unlock("admin", "Mima-2030") == KEY
        with pytest.raises(NoSlotFitsError):
            one.unlock("admin", "Mima-2026")


def test_a_removed_slot_opens_no_more(path: Path, slots: KeySlots) -> None:
    slots.remove("ck02")
    slots.remove("nobody")
    assert not reloaded(path).has("ck02")
    assert reloaded(path).unlock("admin", "Mima-2026") == KEY
    with pytest.raises(NoSlotFitsError):
        reloaded(path).unlock("ck02", "Mima-2027")


def test_names_and_secrets_stand_nowhere(path: Path, slots: KeySlots) -> None:
    content = path.read_text()
    for secret in ("admin", "ck02", "Mima", "2222", KEY.hex()):
        assert secret not in content


def test_each_cost_stays_with_its_slot_until_it_is_rewrapped(path: Path, slots: KeySlots) -> None:
    dearer = reloaded(path, replace(CHEAP, passes=2))
    assert dearer.is_outdated("admin")
    assert dearer.unlock("admin", "Mima-2026") == KEY
    dearer.add("admin", "Mima-2026", KEY)
    assert not dearer.is_outdated("admin")
    assert reloaded(path).unlock("admin", "Mima-2026") == KEY


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_may_read_it(path: Path, slots: KeySlots) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_file_that_cannot_be_written_changes_nothing(
    path: Path, slots: KeySlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(_folder: Path) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(files, "sync_folder", full)
    with pytest.raises(StoreFault):
        slots.add("new", "Mima-2031", KEY)
    assert not slots.has("new")
    monkeypatch.undo()
    slots.remove("ck02")
    assert not reloaded(path).has("new")
    assert before != path.read_bytes()


def test_what_fails_afterwards_puts_the_slots_back(path: Path, slots: KeySlots) -> None:
    before = path.read_bytes()

    def fail() -> None:
        with slots.restored_on_error():
            slots.add("new", "Mima-2031", KEY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == before
    assert not slots.has("new")


def test_a_missing_file_is_told(path: Path) -> None:
    with pytest.raises(NotWritableFault):
        reloaded(path)


def changed(path: Path, **facts: object) -> bytes:
    body = json.loads(path.read_bytes()) | facts
    return json.dumps(body).encode()


def test_a_newer_file_is_told(path: Path, slots: KeySlots) -> None:
    path.write_bytes(changed(path, version=2))
    with pytest.raises(TooNewFault):
        reloaded(path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000, b'"text"', b"1e999"]
)
def test_what_is_no_slot_file_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DamagedFault) as caught:
        reloaded(path)
    assert "store.keys" in caught.value.sentence


def test_a_slot_moved_to_another_name_opens_nothing(path: Path, slots: KeySlots) -> None:
    # by a hand that knows how the checksum is made
    body = json.loads(path.read_bytes())
    del body["checksum"]
    labels = [slot["label"] for slot in body["slots"]]
    for slot, label in zip(body["slots"], labels[1:] + labels[:1], strict=True):
        slot["label"] = label
    body["checksum"] = _checksum(body)
    path.write_bytes(json.dumps(body).encode())
    for login, password in (("admin", "Mima-2026"), ("ck02", "Mima-2027"), ("admin", "Mima-2027")):
        with pytest.raises(NoSlotFitsError):
            reloaded(path).unlock(login, password)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(data=st.data())
def test_a_changed_or_shortened_file_never_gives_another_key(path: Path, slots: KeySlots, data: st.DataObject) -> None:
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        tampered = whole[:at]
    else:
        tampered = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    path.write_bytes(tampered)
    opened, said = b"", ""
    try:
        opened = reloaded(path).unlock("admin", "Mima-2026")
    except StoreFault as fault:
        said = fault.sentence
    path.write_bytes(whole)
    # a changed blank of the layout is no change
    assert opened == KEY or (tampered != whole and said.endswith("。"))


def test_an_unreasonable_cost_is_damage(path: Path, slots: KeySlots) -> None:
    whole = path.read_bytes()
    for cost in ([2**40, 1, 1], [8, 10**9, 1], [8, 1, 0], [8.0, 1, 1], [8, 1], "abc", None):
        body = json.loads(whole)
        del body["checksum"]
        body["slots"][0]["cost"] = cost
        body["checksum"] = _checksum(body)
        path.write_bytes(json.dumps(body).encode())
        with pytest.raises(DamagedFault):
            reloaded(path)
