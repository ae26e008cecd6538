"""Numbers of identity documents: what is wrong with one in plain words, and what a good one tells.

The faults quote what was typed, so that the clerk finds the place. They belong at the field and never into a log.
"""

import re
from dataclasses import dataclass
from datetime import date

from onevisit.rules.checksums import mod_11_2
from onevisit.rules.people import IdKind, Sex
from onevisit.rules.text import compact

_LENGTH = 18
_OLD_LENGTH = 15
_EARLIEST_YEAR = 1800
_LOOK_ALIKES = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
_LETTERS_AND_DIGITS = re.compile(r"[0-9A-Z]*")
_SHORTEST_FREE, _SHORTEST_OTHER, _LONGEST_FREE = 5, 2, 20


class IdentityFault(ValueError):
    """A document number that cannot be right; its text is the sentence for the field."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document number tells.

    Attributes:
        number: the plain form: half width, capitals, no blanks.
        birth_date: None where the number does not carry it.
        sex: UNKNOWN where the number does not carry it.
    """

    number: str
    birth_date: date | None
    sex: Sex


def plain(text: str) -> str:
    """Bring a number as typed to its plain form: half width, no blanks, no dashes, letters as capitals (x to X)."""
    return compact(text)


def read(kind: IdKind, text: str, today: date) -> Identity:
    """Check a number by the rules of its kind of document.

    The area code of a number is never looked up: abolished codes are common on valid cards.

    Args:
        kind: the kind of document; it decides which rules apply.
        text: as typed.
        today: the local day; nobody is born after it.

    Raises:
        IdentityFault: the number cannot be right, with a sentence for the field.
    """
    number = plain(text)
    if not number:
        raise IdentityFault("证件号码还没有填写，请输入")
    if kind in {IdKind.RESIDENT, IdKind.HMT_RESIDENT}:
        return _read_18(kind, number, today)
    if kind is IdKind.FOREIGN_RESIDENT:
        if _OLD_FOREIGN.fullmatch(number):
            return Identity(number, None, Sex.UNKNOWN)
        return _read_18(kind, number, today)
    return _read_free(kind, number)


def upgrade_15(number: str) -> str:
    """Give the 18-character number (GB 11643-1999) that a 15-digit one became: century inserted, check added.

    Raises:
        IdentityFault: it is not 15 digits, or its birth date does not exist.
    """
    old = plain(number)
    if len(old) != _OLD_LENGTH:
        raise IdentityFault(f"旧号码应为 {_OLD_LENGTH} 位，现为 {len(old)} 位，请核对")
    _require_digits(old)
    body = f"{old[:6]}19{old[6:]}"
    if _date_of(body[6:14]) is None:
        raise IdentityFault(f"第 7–12 位“{old[6:12]}”不是有效日期，请核对")
    return body + mod_11_2(body)


def _read_18(kind: IdKind, number: str, today: date) -> Identity:
    if kind is IdKind.RESIDENT:
        _refuse_old(number)
    _require_length(kind, number)
    _require_digits(number[:-1])
    if not _is_digit(number[-1]) and number[-1] != "X":
        raise IdentityFault(f"第 18 位是“{number[-1]}”，应为数字或字母 X{_hint(number[-1])}，请核对")
    _require_start(kind, number)
    birth_date = _birth_date(number[6:14], today)
    check = mod_11_2(number[:-1])
    if number[-1] != check:
        raise IdentityFault(
            f"校验不通过，多半是前 17 位中有一位输错，请对照证件逐位核对（按前 17 位推算，最后一位应为 {check}）"
        )
    return Identity(number, birth_date, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _refuse_old(number: str) -> None:
    """Tell a historic 15-digit number from an 18-digit one that broke off, and give what it became."""
    if len(number) != _OLD_LENGTH:
        return
    try:
        current = upgrade_15(number)
    except IdentityFault:
        return
    raise IdentityFault(f"15 位是旧号码，已不能使用；对应的 18 位号码是 {current}，请对照现在的证件核对后填写")


def _require_length(kind: IdKind, number: str) -> None:
    length = len(number)
    if length == _LENGTH:
        return
    off = abs(length - _LENGTH)
    slip = f"{'少' if length < _LENGTH else '多'}输了{'一' if off == 1 else f' {off} '}位"
    old = "（旧证件为 3 个字母加 12 位数字）" if kind is IdKind.FOREIGN_RESIDENT else ""
    raise IdentityFault(f"证件号是 {length} 位，应为 18 位{old}，请核对是否{slip}")


def _require_digits(digits: str) -> None:
    """Name the first place that holds something else than a digit."""
    strangers = _strangers(digits)
    if strangers:
        place, character = strangers[0]
        raise IdentityFault(f"第 {place} 位是“{character}”，应为数字{_hint(character)}，请核对")


def _strangers(digits: str) -> list[tuple[int, str]]:
    return [(place, character) for place, character in enumerate(digits, 1) if not _is_digit(character)]


def _is_digit(character: str) -> bool:
    # str.isdigit also takes digits of other scripts.
    return "0" <= character <= "9"


def _hint(character: str) -> str:
    digit = _LOOK_ALIKES.get(character)
    return f"（是不是数字 {digit}？）" if digit else ""


def _require_start(kind: IdKind, number: str) -> None:
    """Find a number that belongs to another kind of document; the kind is then easily put right."""
    told = _kind_told_by(number)
    if told is kind:
        return
    if told is IdKind.RESIDENT:
        wanted = "81、82 或 83" if kind is IdKind.HMT_RESIDENT else "9"
        raise IdentityFault(f"{kind.label}号码以 {wanted} 开头，现为“{number[:2]}”，请核对号码和证件类型")
    raise IdentityFault(f"以“{number[:2]}”开头的是{told.label}号码，请核对号码，或把证件类型改为“{told.label}”")


def _kind_told_by(number: str) -> IdKind:
    if number.startswith("9"):
        return IdKind.FOREIGN_RESIDENT
    return IdKind.HMT_RESIDENT if number[:2] in {"81", "82", "83"} else IdKind.RESIDENT


def _birth_date(digits: str, today: date) -> date:
    found = _date_of(digits)
    if found is None:
        raise IdentityFault(f"第 7–14 位“{digits}”不是有效日期，请核对")
    if found > today:
        raise IdentityFault(f"第 7–14 位“{digits}”是还没有到的日期，请核对")
    if found.year < _EARLIEST_YEAR:
        raise IdentityFault(f"第 7–10 位“{digits[:4]}”不会是出生年份，请核对")
    return found


def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _read_free(kind: IdKind, number: str) -> Identity:
    """Check the numbers that carry no check character: only their characters and their length."""
    free = kind is IdKind.OTHER
    for place, character in enumerate(number, 1):
        # Certificates of other kinds may carry Chinese characters (军字第…号); passports and permits never do.
        if not (character.isalnum() if free else _LETTERS_AND_DIGITS.fullmatch(character)):
            allowed = "汉字、字母和数字" if free else "字母和数字"
            raise IdentityFault(f"第 {place} 位是“{character}”，{kind.label}号码只能有{allowed}，请核对")
    shortest = _SHORTEST_OTHER if free else _SHORTEST_FREE
    if not shortest <= len(number) <= _LONGEST_FREE:
        raise IdentityFault(f"{kind.label}号码是 {len(number)} 位，应为 {shortest}–{_LONGEST_FREE} 位，请核对")
    return Identity(number, None, Sex.UNKNOWN)
