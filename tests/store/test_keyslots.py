"""The slot file: who can open the store, and what a changed file does."""

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.store import files
from onevisit.store.errors import DamagedFault, NotWritableFault, StoreFault, TooNewFault
from onevisit.store.keyslots import Cost, KeySlots, NoSlotFitsError
from onevisit.store.slotfile import Slot, SlotFile, as_bytes, checksum, parse

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
    slots.remove("ck02", KEY)
    slots.remove("nobody", KEY)
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
    slots.remove("ck02", KEY)
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


def by_a_hand(body: dict[str, Any]) -> bytes:
    """A file changed by a hand that knows how the checksum is made."""
    body.pop("checksum", None)
    return json.dumps({**body, "checksum": checksum(body)}).encode()


def test_a_newer_file_is_told(path: Path, slots: KeySlots) -> None:
    path.write_bytes(changed(path, version=3))
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
    body = json.loads(path.read_bytes())
    labels = [slot["label"] for slot in body["slots"]]
    for slot, label in zip(body["slots"], labels[1:] + labels[:1], strict=True):
        slot["label"] = label
    path.write_bytes(by_a_hand(body))
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_told_to_be_damage(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DamagedFault):
        reloaded(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(data=st.data())
def test_whatever_a_knowing_hand_puts_in_ends_in_a_sentence(path: Path, slots: KeySlots, data: st.DataObject) -> None:
    whole = path.read_bytes()
    body: dict[str, Any] = json.loads(whole)
    place: dict[str, Any] = data.draw(st.sampled_from([body, *body["slots"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    opened, said = b"", "。"
    try:
        path.write_bytes(by_a_hand(body))
        opened = reloaded(path).unlock("admin", "Mima-2026")
    except StoreFault as fault:
        said = fault.sentence
    except NoSlotFitsError:
        pass
    finally:
        path.write_bytes(whole)
    assert opened in (b"", KEY)
    assert said.endswith("。")


def tampered(path: Path, change: Callable[[dict[str, Any]], object]) -> KeySlots:
    body = json.loads(path.read_bytes())
    change(body)
    path.write_bytes(by_a_hand(body))
    return reloaded(path)


def drop_one(body: dict[str, Any]) -> None:
    body["slots"].pop()


def repeat_one(body: dict[str, Any]) -> None:
    body["slots"][0]["public"] = body["slots"][1]["public"]


def swap_sealed(body: dict[str, Any]) -> None:
    for name in ("sealed", "ephemeral"):
        first, second = body["slots"][0][name], body["slots"][1][name]
        body["slots"][0][name], body["slots"][1][name] = second, first


@pytest.mark.parametrize("change", [drop_one, repeat_one, swap_sealed])
def test_a_changed_file_opens_for_nobody_and_is_left_as_it_is(
    path: Path, slots: KeySlots, change: Callable[[dict[str, Any]], object]
) -> None:
    damaged = tampered(path, change)
    before = path.read_bytes()
    for login, password in (("admin", "Mima-2026"), ("ck02", "Mima-2027")):
        with pytest.raises((DamagedFault, NoSlotFitsError)):
            damaged.unlock(login, password)
    for attempt in (
        lambda: damaged.add("new", "Mima-2031", KEY),
        lambda: damaged.remove("ck02", KEY),
        lambda: damaged.resealed(path.with_name("fresh"), KEY, bytes(32)),
    ):
        with pytest.raises(DamagedFault, match="被改动过"):
            attempt()
    assert path.read_bytes() == before


def test_a_slot_of_another_store_opens_nothing(tmp_path: Path, path: Path, slots: KeySlots) -> None:
    other = KeySlots.create(tmp_path / "other.keys", bytes(32), CODE, CHEAP)
    other.add("admin", "Mima-2026", bytes(32))
    theirs = json.loads((tmp_path / "other.keys").read_bytes())["slots"]

    def bring_over(body: dict[str, Any]) -> None:
        ours = next(slot for slot in body["slots"] if slot["label"] == slots.label("admin"))
        strange = next(slot for slot in theirs if slot["label"] == other.label("admin"))
        body["slots"][body["slots"].index(ours)] = {**strange, "label": slots.label("admin")}

    with pytest.raises(NoSlotFitsError):
        tampered(path, bring_over).unlock("admin", "Mima-2026")
    with pytest.raises(DamagedFault):
        reloaded(path).unlock("ck02", "Mima-2027")


def test_a_new_store_key_is_sealed_for_everybody_without_a_password(tmp_path: Path, slots: KeySlots) -> None:
    new_key = bytes(range(32, 64))
    fresh, left_out = slots.resealed(tmp_path / "fresh.keys", KEY, new_key)
    assert left_out == ()
    for one in (fresh, reloaded(tmp_path / "fresh.keys")):
        assert one.unlock("admin", "Mima-2026") == one.unlock("ck02", "Mima-2027") == new_key
        assert one.unlock_recovery(CODE) == new_key
    assert slots.unlock("admin", "Mima-2026") == KEY


def test_a_new_recovery_code_shuts_the_old_one_out(path: Path, slots: KeySlots) -> None:
    slots.set_recovery("3333-3333-4444-5555-6666-7777-8888-9999", KEY)
    with pytest.raises(NoSlotFitsError):
        reloaded(path).unlock_recovery(CODE)
    assert reloaded(path).unlock_recovery("3333 3333 4444 5555 6666 7777 8888 9999") == KEY
    assert reloaded(path).unlock("admin", "Mima-2026") == KEY


KEPT = Path(__file__).parent / "schemas" / "0001" / "store.keys"


@pytest.fixture
def first_version(path: Path) -> KeySlots:
    """A slot file of version 1 with its five practice accounts."""
    shutil.copyfile(KEPT, path)
    return KeySlots.load(path, Cost(8_192, 1, 1))


def test_a_file_of_version_1_opens_and_is_brought_up_slot_by_slot(path: Path, first_version: KeySlots) -> None:
    key = first_version.unlock("chuangkou", "Lianxi-2026")
    assert json.loads(path.read_bytes())["version"] == 1
    assert first_version.is_outdated("chuangkou")
    first_version.add("chuangkou", "Lianxi-2026", key)
    again = KeySlots.load(path, Cost(8_192, 1, 1))
    assert json.loads(path.read_bytes())["version"] == 2
    assert not again.is_outdated("chuangkou")
    assert again.is_outdated("lvshi")
    assert again.recovery_is_outdated
    assert not again.recovery_has_pair
    for login in ("chuangkou", "lvshi", "guanli"):
        assert again.unlock(login, "Lianxi-2026") == key
    _, left_out = again.resealed(path.with_name("fresh"), key, KEY)
    others = ("lvshi", "fuzeren", "shenji", "guanli")
    assert set(left_out) == {again.recovery_label, *(again.label(login) for login in others)}


def test_what_fails_leaves_a_file_of_version_1_as_it_was(path: Path, first_version: KeySlots) -> None:
    before = path.read_bytes()
    key = first_version.unlock("chuangkou", "Lianxi-2026")

    def fail() -> None:
        with first_version.restored_on_error():
            first_version.add("chuangkou", "Lianxi-2026", key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == before
    assert KeySlots.load(path, CHEAP).unlock("chuangkou", "Lianxi-2026") == key


def test_no_pair_is_smuggled_into_a_file_of_version_1(path: Path, slots: KeySlots) -> None:
    # it has no MAC that would vouch for the pair
    def downgrade(body: dict[str, Any]) -> None:
        body["version"] = 1
        del body["vouched"]

    with pytest.raises(DamagedFault):
        tampered(path, downgrade)


def test_a_slot_file_reads_as_it_was_written() -> None:
    slot = Slot("label", CHEAP, bytes(16), bytes(12), bytes(48), secrets.token_bytes(32), bytes(32), bytes(48))
    file = SlotFile(bytes(16), {"label": slot, "old": Slot("old", CHEAP, bytes(16), bytes(12), bytes(48))}, bytes(32))
    assert parse(as_bytes(file)) == file


def test_an_unreasonable_cost_is_damage(path: Path, slots: KeySlots) -> None:
    whole = path.read_bytes()
    for cost in ([2**40, 1, 1], [8, 10**9, 1], [8, 1, 0], [8.0, 1, 1], [8, 1], "abc", None):
        body = json.loads(whole)
        body["slots"][0]["cost"] = cost
        path.write_bytes(by_a_hand(body))
        with pytest.raises(DamagedFault):
            reloaded(path)
