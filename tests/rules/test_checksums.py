"""The ISO 7064 check characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.checksums import mod_11_2, mod_37_36

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("37040218000101001", "6"),
        ("37040218000101002", "4"),
        ("37040218000101003", "2"),
        ("37040218000101004", "0"),
        ("37040218000101009", "1"),
        ("37040418000315100", "X"),
        ("37040318000228999", "1"),
        ("37048118000229001", "9"),
        ("81000018000101002", "7"),
        ("83000018000101001", "2"),
    ],
)
def test_known_identity_bodies(body: str, check: str) -> None:
    assert mod_11_2(body) == check


@given(st.text("0123456789", min_size=17, max_size=17))
def test_mod_11_2_is_the_weighted_sum_of_gb_11643(body: str) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    assert mod_11_2(body) == "10X98765432"[total % 11]


def test_mod_37_36_example_of_the_standard() -> None:
    assert mod_37_36("A12425GABC1234002") == "M"  # the ISAN/GRid worked example


@given(st.text(SYMBOLS, min_size=1, max_size=24), st.data())
def test_mod_37_36_finds_every_single_change(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from(SYMBOLS.replace(body[place], "")))
    assert mod_37_36(body[:place] + other + body[place + 1 :]) != mod_37_36(body)


@pytest.mark.parametrize("body", ["", "12a", "１２", "-1", "1 2", "١٢"])
def test_foreign_characters_are_refused(body: str) -> None:
    with pytest.raises(ValueError, match="body"):
        mod_11_2(body)
    with pytest.raises(ValueError, match="body"):
        mod_37_36(body)
