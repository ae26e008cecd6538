"""The recovery code: drawn, written down, typed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.store import recovery

CODES = st.builds(lambda _: recovery.new_code(), st.integers())


def test_a_code_is_eight_groups_of_four_and_no_two_are_alike() -> None:
    codes = {recovery.new_code() for _ in range(100)}
    assert len(codes) == 100
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 8
        assert not set(code) & set("01OILZSBU")
        assert recovery.fault(code) == ""


@given(CODES, st.sampled_from(["", " ", "-", "  ", "—", "\t"]), st.booleans())
def test_how_it_is_typed_does_not_matter(code: str, between: str, small: bool) -> None:
    typed = code.replace("-", between)
    typed = typed.lower() if small else typed.replace("2", "Z").replace("5", "s").replace("8", "Ｂ")
    assert recovery.fault(typed) == ""
    assert recovery.plain(typed) == recovery.plain(code)
    assert recovery.first_different_group(code, typed) is None


@given(CODES, st.integers(0, 31), st.sampled_from("23456789ACDEFGHJKMNPQRTVWXY"))
def test_one_wrong_character_is_told_with_its_group(code: str, at: int, character: str) -> None:
    bare = recovery.plain(code)
    wrong = bare[:at] + character + bare[at + 1 :]
    if wrong == bare:
        return
    assert recovery.first_different_group(code, wrong) == at // 4 + 1
    assert "逐组核对" in recovery.fault(wrong)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "现在是 0 个"), ("2222-3333", "现在是 8 个"), ("2222-333!-" + "4444-" * 6, "第 2 组"), ("2" * 33, "33 个")],
)
def test_what_is_no_code_is_told(typed: str, said: str) -> None:
    assert said in recovery.fault(typed)


@pytest.mark.parametrize(("typed", "group"), [("", 1), ("2222", 2)])
def test_a_code_typed_back_too_short(typed: str, group: int) -> None:
    assert recovery.first_different_group("2222-3333-4444-5555-6666-7777-8888-9999", typed) == group


def test_a_code_typed_back_too_long() -> None:
    code = recovery.new_code()
    assert recovery.first_different_group(code, code + "2") == 8
