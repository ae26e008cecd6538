"""Numbers of identity documents and the sentences about wrong ones. All numbers are invented."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onevisit.rules.checksums import mod_11_2
from onevisit.rules.identity import Identity, IdentityFault, plain, read, upgrade_15
from onevisit.rules.people import IdKind, Sex

TODAY = date(2026, 11, 22)
DIGITS = "0123456789"
PERMITS = [IdKind.PASSPORT, IdKind.HM_PERMIT, IdKind.TW_PERMIT]


def full(body: str) -> str:
    return body + mod_11_2(body)


def refusal(text: str, kind: IdKind = IdKind.RESIDENT) -> str:
    with pytest.raises(IdentityFault) as caught:
        read(kind, text, TODAY)
    return str(caught.value)


@st.composite
def residents(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1800, 1, 1), TODAY))
    area = draw(st.integers(110000, 659999))
    return full(f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}")


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("370402180001010016", date(1800, 1, 1), Sex.MALE),
        ("370402180001010024", date(1800, 1, 1), Sex.FEMALE),
        ("370402180001010032", date(1800, 1, 1), Sex.MALE),
        ("370402180001010040", date(1800, 1, 1), Sex.FEMALE),
        ("370402180001010091", date(1800, 1, 1), Sex.MALE),
        ("37040418000315100X", date(1800, 3, 15), Sex.FEMALE),
        ("370403180002289991", date(1800, 2, 28), Sex.MALE),
        ("370499197904120232", date(1979, 4, 12), Sex.MALE),
        ("37049919910315030X", date(1991, 3, 15), Sex.FEMALE),
    ],
)
def test_good_resident_numbers(number: str, born: date, sex: Sex) -> None:
    assert read(IdKind.RESIDENT, number, TODAY) == Identity(number, born, sex)


@pytest.mark.parametrize("number", ["810000180001010027", "830000180001010012", full("82000018000101003")])
def test_good_numbers_of_residents_from_hong_kong_macao_and_taiwan(number: str) -> None:
    assert read(IdKind.HMT_RESIDENT, number, TODAY).birth_date == date(1800, 1, 1)


def test_foreign_resident_new_and_old_form() -> None:
    number = full("91115618000101002")
    assert read(IdKind.FOREIGN_RESIDENT, number, TODAY) == Identity(number, date(1800, 1, 1), Sex.FEMALE)
    old = read(IdKind.FOREIGN_RESIDENT, "abc 1234 5678 9012", TODAY)
    assert old == Identity("ABC123456789012", None, Sex.UNKNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "37040418000315100x",
        "３７０４０４１８０００３１５１００Ｘ",
        " 370404 1800 0315 100X ",
        "370404-18000315-100X",
        "370404—1800\u200b0315\u3000100ｘ\n",
    ],
)
def test_what_is_meant_is_understood(text: str) -> None:
    assert plain(text) == "37040418000315100X"
    assert read(IdKind.RESIDENT, text, TODAY).number == "37040418000315100X"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "证件号码还没有填写，请输入"),
        (" - ", "证件号码还没有填写，请输入"),
        ("37040218000101001", "证件号是 17 位，应为 18 位，请核对是否少输了一位"),
        ("3704021800010100166", "证件号是 19 位，应为 18 位，请核对是否多输了一位"),
        ("37040218000101", "证件号是 14 位，应为 18 位，请核对是否少输了 4 位"),
        ("370402180001010", "证件号是 15 位，应为 18 位，请核对是否少输了 3 位"),
        ("37O402180001010016", "第 3 位是“O”，应为数字（是不是数字 0？），请核对"),
        ("37040218000101王016", "第 15 位是“王”，应为数字，请核对"),
        ("37040218X001010016", "第 9 位是“X”，应为数字，请核对"),
        ("37040218000101001Y", "第 18 位是“Y”，应为数字或字母 X，请核对"),
        ("370481180002290019", "第 7–14 位“18000229”不是有效日期，请核对"),
        ("370402180013010016", "第 7–14 位“18001301”不是有效日期，请核对"),
        ("370402000000000016", "第 7–14 位“00000000”不是有效日期，请核对"),
        ("370402209901010011", "第 7–14 位“20990101”是还没有到的日期，请核对"),
        ("370402107901010011", "第 7–10 位“1079”不会是出生年份，请核对"),
        ("٣70402180001010016", "第 1 位是“٣”，应为数字，请核对"),
    ],
)
def test_faults_say_what_and_where(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_wrong_check_character_blames_the_other_places_first() -> None:
    sentence = refusal("370404180003151004")
    assert "多半是前 17 位中有一位输错" in sentence
    assert "最后一位应为 X" in sentence


def test_nobody_is_born_tomorrow_but_today_is_possible() -> None:
    born_today = full("37049920261122001")
    assert read(IdKind.RESIDENT, born_today, TODAY).birth_date == TODAY
    assert "还没有到" in refusal(full("37049920261123001"))


def test_a_number_of_another_kind_of_document_is_recognised() -> None:
    assert "把证件类型改为“港澳台居民居住证”" in refusal("810000180001010027")
    assert "把证件类型改为“外国人永久居留身份证”" in refusal(full("91115618000101002"))
    assert "以 81、82 或 83 开头" in refusal("370402180001010016", IdKind.HMT_RESIDENT)
    assert "以 9 开头" in refusal("370402180001010016", IdKind.FOREIGN_RESIDENT)
    assert "3 个字母加 12 位数字" in refusal("12345", IdKind.FOREIGN_RESIDENT)


def test_old_numbers_are_refused_with_what_they_became() -> None:
    old = "370499790412023"
    assert upgrade_15(old) == "370499197904120232"
    assert "对应的 18 位号码是 370499197904120232" in refusal(old)


@pytest.mark.parametrize("number", ["", "37049979041202", "37049979O412023", "370499791312023", "370499197904120232"])
def test_only_old_numbers_can_be_upgraded(number: str) -> None:
    with pytest.raises(IdentityFault):
        upgrade_15(number)


@pytest.mark.parametrize("kind", PERMITS)
def test_permits_need_only_letters_and_digits(kind: IdKind) -> None:
    assert read(kind, "e 1234-5678", TODAY) == Identity("E12345678", None, Sex.UNKNOWN)
    assert "4 位，应为 5–20 位" in refusal("E123", kind)
    assert "21 位，应为 5–20 位" in refusal("E" * 21, kind)
    assert "第 2 位是“号”" in refusal("E号123456", kind)
    assert "第 3 位是“/”" in refusal("E1/23456", kind)


def test_other_documents_may_carry_chinese_characters() -> None:
    assert read(IdKind.OTHER, "军字第0000001号", TODAY).number == "军字第0000001号"
    assert "第 2 位是“*”" in refusal("军*1", IdKind.OTHER)


@given(residents())
def test_every_regular_number_is_read(number: str) -> None:
    found = read(IdKind.RESIDENT, number, TODAY)
    assert found.number == number
    assert f"{found.birth_date:%Y%m%d}" == number[6:14]


@given(residents(), st.data())
def test_any_single_wrong_character_is_refused(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from((DIGITS + "X").replace(number[place], "")))
    refusal(number[:place] + other + number[place + 1 :])


@given(residents(), st.integers(0, 16))
def test_any_swap_of_neighbours_is_refused(number: str, place: int) -> None:
    first, second = number[place], number[place + 1]
    assume(first != second)
    refusal(number[:place] + second + first + number[place + 2 :])


@given(residents(), st.integers(0, 17))
def test_any_lost_character_is_refused(number: str, place: int) -> None:
    assert "17 位" in refusal(number[:place] + number[place + 1 :])


@given(st.sampled_from(IdKind), st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(kind: IdKind, text: str) -> None:
    try:
        said = read(kind, text, TODAY).number
    except IdentityFault as fault:
        said = str(fault)
    assert said


@given(st.text())
def test_plain_is_settled(text: str) -> None:
    assert plain(plain(text)) == plain(text)
