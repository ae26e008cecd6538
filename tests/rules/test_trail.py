"""Check codes as they are printed and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.trail import CheckCode, CheckCodeFault

DIGEST = bytes.fromhex("0a1b2c3d4e5f6789") + bytes(24)


def test_a_code_reads_in_groups_of_four() -> None:
    assert str(CheckCode.of(1234, DIGEST)) == "1234-0A1B-2C3D-4E5F-6789"


@given(st.integers(0, 10**9), st.binary(min_size=32, max_size=32))
def test_a_code_comes_back_from_paper(entry: int, digest: bytes) -> None:
    code = CheckCode.of(entry, digest)
    assert CheckCode.parse(str(code)) == code
    assert CheckCode.parse(str(code).lower().replace("-", " ")) == code
    assert code.fits(digest)


@pytest.mark.parametrize(
    "typed",
    [
        "1234-0A1B-2C3D-4E5F-6789",
        " 1234 0a1b 2c3d 4e5f 6789 ",
        "12340a1b2c3d4e5f6789",
        "１２３４－０Ａ１Ｂ－２Ｃ３Ｄ－４Ｅ５Ｆ－６７８９",
        "I234-OAlB-2C3D-4E5F-6789",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert CheckCode.parse(typed) == CheckCode(1234, "0A1B2C3D4E5F6789")


@pytest.mark.parametrize("typed", ["", " - ", "1234", "0A1B-2C3D-4E5F-6789", "1234-0A1B-2C3D-4E5G-6789", "一二三"])
def test_what_is_no_code_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(CheckCodeFault, match="日终单"):
        CheckCode.parse(typed)


@given(st.text())
def test_nothing_typed_ends_in_anything_but_a_code_or_its_sentence(typed: str) -> None:
    try:
        code = CheckCode.parse(typed)
    except CheckCodeFault:
        return
    assert CheckCode.parse(str(code)) == code


def test_another_digest_does_not_fit() -> None:
    code = CheckCode.of(7, DIGEST)
    assert not code.fits(bytes([11]) + DIGEST[1:])
    # only what is printed can be compared
    assert code.fits(DIGEST[:-1] + b"\1")
