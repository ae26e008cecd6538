"""Telephone numbers of the mainland: mobile, landline with area code, local landline."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

_FILLERS = re.compile(r"[\s()\[\]._·]+")
_EXTENSION_WORDS = re.compile(r"转接?|分机号?")
_DASHES = re.compile("-+")
_COUNTRY = re.compile(r"(?:(?:\+|00)86-?)+")
_BARE_COUNTRY = re.compile(r"86-?(?=1[3-9][0-9]{9}$)")
_LOCAL_PART = "([2-9][0-9]{2,3})-?([0-9]{4})(?:-([0-9]{1,6}))?"
_LOCAL = re.compile(_LOCAL_PART)
# The three-digit area codes are 010 and 02x.
_LANDLINE = re.compile(f"(010|02[0-9]|0[3-9][0-9]{{2}})-?{_LOCAL_PART}")
_LACKING_ZERO = re.compile(f"(?:10|2[0-9]|[3-9][0-9]{{2}})-?{_LOCAL_PART}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_LENGTH = 11
_NAMED_AT_MOST = 5


class PhoneFault(ValueError):
    """A telephone number that cannot be called; its text is the sentence for the field."""


def plain(text: str) -> str:
    """Bring a number as typed to half width, without blanks, brackets and +86, with ``-`` as the only dash.

    The dashes inside a mobile number go too. It is not checked: ``read`` does that.
    """
    number = _dashed(_half_width(text))
    country = _COUNTRY.match(number)
    if country:
        number = number[country.end() :]
        if _LACKING_ZERO.fullmatch(number):
            number = f"0{number}"
    number = number if _LANDLINE.fullmatch(number) else _joined_mobile(number)
    return _BARE_COUNTRY.sub("", number, count=1)


def read(text: str) -> str:
    """Check a number and give the form in which it is kept: ``13900000011``, ``0632-3312345-123``, ``3312345``.

    Raises:
        PhoneFault: it cannot be called, with a sentence for the field.
    """
    number = plain(text)
    if not number:
        raise PhoneFault("电话还没有填写，请输入")
    if number.startswith(("+", "00")):
        raise PhoneFault("这是境外号码，这里只能填大陆的手机或座机；境外号码请写在备注里")
    _require_digits(number)
    if _MOBILE.fullmatch(number):
        return number
    landline = _LANDLINE.fullmatch(number)
    if landline:
        area, *local = landline.groups()
        return f"{area}-{_joined_local(local)}"
    bare = _LOCAL.fullmatch(number)
    if bare:
        return _joined_local(bare.groups())
    raise PhoneFault(_why_not(number))


def _half_width(text: str) -> str:
    half = unicodedata.normalize("NFKC", text)
    bare = "".join(character for character in half if unicodedata.category(character) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFKC", _FILLERS.sub("", bare))


def _dashed(text: str) -> str:
    dashed = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in text)
    return _DASHES.sub("-", _EXTENSION_WORDS.sub("-", dashed)).strip("-")


def _joined_mobile(number: str) -> str:
    joined = number.replace("-", "")
    is_mobile = _MOBILE.fullmatch(_BARE_COUNTRY.sub("", joined, count=1))
    return joined if is_mobile else number


def _joined_local(parts: Sequence[str | None]) -> str:
    first, second, extension = parts
    return f"{first}{second}-{extension}" if extension else f"{first}{second}"


def _require_digits(number: str) -> None:
    strangers = dict.fromkeys(c for c in number if not ("0" <= c <= "9" or c == "-"))
    if not strangers:
        return
    # a whole letter may have been pasted: the first few are enough to find the place by
    named = "".join(f"“{stranger}”" for stranger in islice(strangers, _NAMED_AT_MOST))
    named += "等" if len(strangers) > _NAMED_AT_MOST else ""
    if strangers.keys() & set("/,;、，；"):
        raise PhoneFault(f"电话里有{named}，一栏只填一个号码，请核对")
    raise PhoneFault(f"电话里有{named}，不是数字，请核对")


def _why_not(number: str) -> str:
    digits = number.replace("-", "")
    if not digits.startswith("1"):
        return "座机应为区号加 7–8 位号码（如 0632-3312345，分机写在后面 -123），请核对"
    off = len(digits) - _MOBILE_LENGTH
    if not off:
        return f"手机号第 2 位是“{digits[1]}”，应为 3–9，请核对"
    many = "一" if abs(off) == 1 else f" {abs(off)} "
    return f"手机号是 {len(digits)} 位，应为 {_MOBILE_LENGTH} 位，请核对是否{'少' if off < 0 else '多'}输了{many}位"
