"""The numbers given out by the window: they come back whole, and a wrong one never passes."""

import itertools
import random
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onevisit.rules.numbering import (
    MatterNumber,
    NumberFault,
    VisitNumber,
    new_query_code,
    plain_query_code,
    show_query_code,
)

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

regions = st.from_regex(r"[0-9]{5}[0-9A-Z]", fullmatch=True)
windows = st.from_regex(r"[0-9]{2}", fullmatch=True)
visits = st.builds(
    VisitNumber, regions, windows, st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.integers(1, 99_999)
)
matters = st.builds(MatterNumber, regions, windows, st.integers(1000, 9999), st.integers(1, 999_999))
numbers = visits | matters


def refuse(text: str) -> str:
    """See that neither kind takes the text; give what is said of a visit number."""
    with pytest.raises(NumberFault):
        MatterNumber.parse(text)
    with pytest.raises(NumberFault) as caught:
        VisitNumber.parse(text)
    return str(caught.value)


def test_how_numbers_look() -> None:
    assert str(VisitNumber("370400", "01", date(2026, 11, 22), 7)) == "370400-01-20261122-007-3"
    assert str(VisitNumber("370400", "01", date(2026, 11, 22), 1234)).startswith("370400-01-20261122-1234-")
    assert str(MatterNumber("370400", "01", 2026, 123)) == "370400-01-2026-00123-6"
    assert str(MatterNumber("37040G", "02", 2026, 123456)).startswith("37040G-02-2026-123456-")


@given(numbers)
def test_round_trip_however_it_is_typed(number: VisitNumber | MatterNumber) -> None:
    text = str(number)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    for typed in (text, text.lower(), text.replace("-", ""), text.replace("-", " "), wide, f" {text}\r\n"):
        assert type(number).parse(typed) == number


@given(numbers, st.data())
def test_any_single_wrong_character_is_refused(number: VisitNumber | MatterNumber, data: st.DataObject) -> None:
    bare = str(number).replace("-", "")
    place = data.draw(st.integers(0, len(bare) - 1))
    other = data.draw(st.sampled_from(SYMBOLS.replace(bare[place], "")))
    refuse(bare[:place] + other + bare[place + 1 :])


@given(numbers, st.data())
def test_any_swap_of_neighbours_is_refused(number: VisitNumber | MatterNumber, data: st.DataObject) -> None:
    bare = str(number).replace("-", "")
    place = data.draw(st.integers(0, len(bare) - 2))
    first, second = bare[place], bare[place + 1]
    assume(first != second)
    refuse(bare[:place] + second + first + bare[place + 2 :])


def test_every_swap_in_a_thousand_numbers_is_refused() -> None:
    for serial in range(1, 1001):
        bare = str(MatterNumber("370400", "01", 2026, serial)).replace("-", "")
        for place, (first, second) in enumerate(itertools.pairwise(bare)):
            if first != second:
                with pytest.raises(NumberFault):
                    MatterNumber.parse(bare[:place] + second + first + bare[place + 2 :])


@given(visits, matters)
def test_one_kind_is_never_read_as_the_other(visit: VisitNumber, matter: MatterNumber) -> None:
    for text in (str(visit), str(visit).replace("-", "")):
        with pytest.raises(NumberFault, match="这是来访编号"):
            MatterNumber.parse(text)
    for text in (str(matter), str(matter).replace("-", "")):
        with pytest.raises(NumberFault, match="这是信访事项编号"):
            VisitNumber.parse(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "还没有填写"),
        ("--", "还没有填写"),
        ("370400-01-20261122-007-4", "编号校验不通过，请逐位核对或扫描回执条码"),
        ("370400-01-20261322-007-3", "编号校验不通过"),
        ("370400-01-20261122-07-3", "这不是来访编号"),
        ("370400-01-2026-00123-7", "这不是来访编号"),
        ("王370400-01-20261122-007-3", "这不是来访编号"),
        ("13900000011", "这不是来访编号"),
    ],
)
def test_faults_say_what(text: str, part: str) -> None:
    assert part in refuse(text)


def test_a_number_with_surplus_zeros_was_never_given_out() -> None:
    refused = 0
    for check in SYMBOLS:
        refused += bool(refuse(f"370400-01-20261122-0007-{check}"))
        refused += bool(refuse(f"370400-01-20261122-000-{check}"))
    assert refused == 2 * len(SYMBOLS)


@pytest.mark.parametrize(
    ("region", "window", "serial"),
    [
        ("3704", "01", 1),
        ("370400G", "01", 1),
        ("37040g", "01", 1),
        ("370400", "1", 1),
        ("370400", "AB", 1),
        ("370400", "01", 0),
        ("370400", "01", 1_000_000),
        ("370400\n", "01", 1),
    ],
)
def test_parts_out_of_bounds_make_no_number(region: str, window: str, serial: int) -> None:
    with pytest.raises(NumberFault):
        VisitNumber(region, window, date(2026, 11, 22), serial)
    with pytest.raises(NumberFault):
        MatterNumber(region, window, 2026, serial)


def test_a_year_has_four_digits() -> None:
    with pytest.raises(NumberFault):
        MatterNumber("370400", "01", 26, 1)


@given(st.randoms(use_true_random=False))
def test_query_codes(source: random.Random) -> None:
    code = new_query_code(source.choice)
    assert len(code) == 8
    assert not set(code) & set("01OILZSBU")
    assert plain_query_code(show_query_code(code).lower()) == code


def test_query_code_is_shown_in_two_groups_and_read_kindly() -> None:
    assert show_query_code("7QX4M2PD") == "7QX4 M2PD"
    assert plain_query_code("７ｑｘ4-m2pd ") == "7QX4M2PD"
    assert plain_query_code("7SX4 MZPB") == "75X4M2P8"
