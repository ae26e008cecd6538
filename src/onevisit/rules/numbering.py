"""The numbers that the window gives out: of a visit, of a matter, and the query code.

A number carries unit and window, so that two offline machines cannot give the same one, and a check character, so that
a mistyped one is refused. Written without dashes a matter number has 18 or 19 characters and a visit number 20 to 22,
so that neither can be read as the other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Self, TypeVar

from onevisit.rules.checksums import mod_37_36
from onevisit.rules.text import compact

_REGION = "[0-9]{5}[0-9A-Z]"
_WINDOW = "[0-9]{2}"
_VISIT = re.compile(f"({_REGION})({_WINDOW})([0-9]{{8}})([0-9]{{3,5}})[0-9A-Z]")
_MATTER = re.compile(f"({_REGION})({_WINDOW})([0-9]{{4}})([0-9]{{5,6}})[0-9A-Z]")
_MOST_VISITS_A_DAY = 99_999
_MOST_MATTERS_A_YEAR = 999_999
_YEARS = range(1000, 10_000)

# Plain MOD 37,36 may miss a swap of two neighbours whose values differ by one. Spreading the digits over the even
# values first means that no two digits differ by one, and every swap is found.
_SPREAD = str.maketrans(f"0123456789{ascii_uppercase}", "02468ACEGI" + "13579BDFHJ" + "KLMNOPQRSTUVWXYZ")

_NO_MATCH = "编号校验不通过，请逐位核对或扫描回执条码"

# Without what looks or sounds alike: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_QUERY_ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
_QUERY_LENGTH = 8
_QUERY_LOOK_ALIKES = str.maketrans("ZSBU", "258V")


class NumberFault(ValueError):
    """A number that was never given out; its text is the sentence for the field."""


@dataclass(frozen=True, slots=True)
class VisitNumber:
    """来访编号, for example ``370400-01-20261122-007-B``.

    Attributes:
        region: six characters, GB/T 2260 code of the unit or the local extension.
        window: two digits.
        day: the local day of the visit.
        serial: running number of that day at that window, 1 to 99,999.

    Raises:
        NumberFault: a part is out of its bounds.
    """

    region: str
    window: str
    day: date
    serial: int

    def __post_init__(self) -> None:
        _require_parts(self.region, self.window, self.day.year)
        if not 1 <= self.serial <= _MOST_VISITS_A_DAY:
            raise NumberFault("来访编号的当日序号超出范围")

    def __str__(self) -> str:
        return _with_check(self.region, self.window, f"{self.day:%Y%m%d}", f"{self.serial:03d}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as typed or scanned, with or without dashes, in any width and case.

        Raises:
            NumberFault: it is no visit number, or its check character does not agree.
        """
        bare = _bare(text)
        found = _VISIT.fullmatch(bare)
        if not found:
            if _is_one(MatterNumber, bare):
                raise NumberFault("这是信访事项编号，不是来访编号，请看回执上的“来访编号”一行")
            raise NumberFault("这不是来访编号（20 至 22 位），请逐位核对或扫描回执条码")
        region, window, day, serial = found.groups()
        return _agreeing(bare, lambda: cls(region, window, _day(day), int(serial)))


@dataclass(frozen=True, slots=True)
class MatterNumber:
    """信访事项编号, for example ``370400-01-2026-00123-W``.

    Attributes:
        region: six characters, GB/T 2260 code of the unit or the local extension.
        window: two digits.
        year: the local year of the first visit.
        serial: running number of that year at that window, 1 to 999,999.

    Raises:
        NumberFault: a part is out of its bounds.
    """

    region: str
    window: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        _require_parts(self.region, self.window, self.year)
        if not 1 <= self.serial <= _MOST_MATTERS_A_YEAR:
            raise NumberFault("信访事项编号的年度序号超出范围")

    def __str__(self) -> str:
        return _with_check(self.region, self.window, f"{self.year:04d}", f"{self.serial:05d}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as typed or scanned, with or without dashes, in any width and case.

        Raises:
            NumberFault: it is no matter number, or its check character does not agree.
        """
        bare = _bare(text)
        found = _MATTER.fullmatch(bare)
        if not found:
            if _is_one(VisitNumber, bare):
                raise NumberFault("这是来访编号，不是信访事项编号，请看回执上的“事项编号”一行")
            raise NumberFault("这不是信访事项编号（18 或 19 位），请逐位核对或扫描回执条码")
        region, window, year, serial = found.groups()
        return _agreeing(bare, lambda: cls(region, window, int(year), int(serial)))


_Number = TypeVar("_Number", bound=VisitNumber | MatterNumber)


def new_query_code(choice: Callable[[str], str]) -> str:
    """Draw a query code of eight characters, none of which looks like another.

    Args:
        choice: picks one character of a string; ``secrets.choice`` outside of tests.
    """
    return "".join(choice(_QUERY_ALPHABET) for _ in range(_QUERY_LENGTH))


def show_query_code(code: str) -> str:
    """Write a query code in two groups: ``7QX4 M2PD``."""
    half = _QUERY_LENGTH // 2
    return f"{code[:half]} {code[half:]}" if len(code) == _QUERY_LENGTH else code


def plain_query_code(text: str) -> str:
    """Bring a query code as typed to its plain form; letters that no code has are read as what they look like."""
    return compact(text).translate(_QUERY_LOOK_ALIKES)


def _bare(text: str) -> str:
    bare = compact(text)
    if not bare:
        raise NumberFault("编号还没有填写，请输入或扫描回执条码")
    return bare


def _require_parts(region: str, window: str, year: int) -> None:
    if not re.fullmatch(_REGION, region):
        raise NumberFault("编号中的区划代码应为 6 位")
    if not re.fullmatch(_WINDOW, window):
        raise NumberFault("编号中的窗口号应为两位数字")
    if year not in _YEARS:
        raise NumberFault("编号中的年份应为四位数字")


def _with_check(*parts: str) -> str:
    check = mod_37_36("".join(parts).translate(_SPREAD))
    return "-".join((*parts, check))


def _agreeing(bare: str, build: Callable[[], _Number]) -> _Number:
    """Build a number and see that it is written exactly so: this covers check character, padding and bounds."""
    try:
        number = build()
    except ValueError as error:
        raise NumberFault(_NO_MATCH) from error
    if str(number).replace("-", "") != bare:
        raise NumberFault(_NO_MATCH)
    return number


def _is_one(kind: type[VisitNumber | MatterNumber], bare: str) -> bool:
    # A short visit number has the length of a matter number: only one that agrees is called so.
    pattern = _VISIT if kind is VisitNumber else _MATTER
    if not pattern.fullmatch(bare):
        return False
    try:
        kind.parse(bare)
    except NumberFault:
        return False
    return True


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
