"""Telephone numbers and the sentences about wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.phones import PhoneFault, plain, read


def refusal(text: str) -> str:
    with pytest.raises(PhoneFault) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13900000011", "13900000011"),
        ("139 0000 0011", "13900000011"),
        ("139-0000-0011", "13900000011"),
        ("１３９００００００１１", "13900000011"),
        ("+86 139 0000 0011", "13900000011"),
        ("+86-139-0000-0011", "13900000011"),
        ("0086 13900000011", "13900000011"),
        ("86-13900000011", "13900000011"),
        ("0632-3312345", "0632-3312345"),
        ("06323312345", "0632-3312345"),
        ("(0632) 331 2345", "0632-3312345"),
        ("（0632）3312345－123", "0632-3312345-123"),
        ("0632—3312345转123", "0632-3312345-123"),
        ("0632-3312345 分机 8", "0632-3312345-8"),
        ("+86 632 3312345", "0632-3312345"),
        ("+86 10 82345678", "010-82345678"),
        ("01082345678", "010-82345678"),
        ("3312345", "3312345"),
        ("82345678-1", "82345678-1"),
        ("331-2345", "3312345"),
        ("0632-331-2345-9", "0632-3312345-9"),
    ],
)
def test_good_numbers(text: str, number: str) -> None:
    assert read(text) == number


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "还没有填写"),
        (" - ", "还没有填写"),
        ("1390000OO11", "电话里有“O”，不是数字"),
        ("王1390000x011", "电话里有“王”“x”，不是数字"),
        ("13900000011/13900000012", "一栏只填一个号码"),
        ("13900000011、13900000012", "一栏只填一个号码"),
        ("1390000", "手机号是 7 位，应为 11 位，请核对是否少输了 4 位"),
        ("1390000001", "手机号是 10 位，应为 11 位，请核对是否少输了一位"),
        ("139000000111", "手机号是 12 位，应为 11 位，请核对是否多输了一位"),
        ("12900000011", "手机号第 2 位是“2”，应为 3–9"),
        ("331234", "座机应为区号加 7–8 位号码"),
        ("0632-331234", "座机应为区号加 7–8 位号码"),
        ("0632-1312345", "座机应为区号加 7–8 位号码"),
        ("+852 2123 4567", "境外号码"),
        ("00852-21234567", "境外号码"),
        ("١٣٩٠٠٠٠٠٠١١", "不是数字"),
    ],
)
def test_faults_say_what(text: str, part: str) -> None:
    assert part in refusal(text)


def test_a_letter_pasted_into_the_field_is_not_quoted_whole() -> None:
    letter = "".join(map(chr, range(0x4E00, 0x5E00))) + "13900000011"
    assert refusal(letter) == "电话里有“一”“丁”“丂”“七”“丄”等，不是数字，请核对"


@given(st.text("0123456789+-–() 86转Ａ１", max_size=24) | st.text(max_size=20))
def test_plain_is_settled_and_good_numbers_stay(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    try:
        number = read(text)
    except PhoneFault:
        return
    assert read(number) == number
    assert plain(number) == number


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.data())
def test_blanks_and_dashes_anywhere_do_not_matter(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 11))
    filler = data.draw(st.sampled_from([" ", "-", "\u3000", "－", "\u200b"]))
    assert read(number[:place] + filler + number[place:]) == number
