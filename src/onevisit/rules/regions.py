"""The districts of the city with their streets and towns, and reading an address into them.

The codes are those of GB/T 2260. 枣庄高新区 has none, yet it is a jurisdiction of its own: it bears the local key
``37040G``. It is six characters as every code, and its letter shows that it is no code of the standard; at an export
it becomes 370403, where its three streets lie by the standard. These streets are offered under both.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Region:
    """The city or one of its districts.

    Attributes:
        code: GB/T 2260 code, or the local key.
        name: as on the screen.
        local: whether the code is a local extension, unknown outside.
    """

    code: str
    name: str
    local: bool


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address read into its parts.

    Attributes:
        region_code: the district, or the city where no district is named; empty if neither is known.
        town: street or town as in ``towns``, empty if none of them is named.
        rest: everything after that, as written.
    """

    region_code: str
    town: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Book:
    city: Region
    districts: tuple[Region, ...]
    towns: dict[str, tuple[str, ...]]
    heads: dict[str, re.Pattern[str]]


def city() -> Region:
    """Give the city itself."""
    return _book().city


def districts() -> tuple[Region, ...]:
    """Give the districts in the order of their codes, the local extension last."""
    return _book().districts


def towns(code: str) -> tuple[str, ...]:
    """Give the streets and towns of a district in the order of their codes; none for the city or an unknown code."""
    return _book().towns.get(code, ())


def name_of(code: str) -> str:
    """Name a region as on the screen: ``薛城区``, ``枣庄市``; empty for an unknown code."""
    return next((region.name for region in (city(), *districts()) if region.code == code), "")


def is_known(code: str) -> bool:
    """Whether the code is that of the city or of one of its districts."""
    return bool(name_of(code))


def split_address(text: str) -> AddressParts:
    """Read an address: the district, then the street or town if it is one of the district's, then the rest.

    Province and city may be left out or written in short (``山东``, ``枣庄``); blanks may stand between these parts.
    Nothing but blanks after the name of the region is ever lost; what is not understood stays in ``rest``.
    """
    for code, head in _book().heads.items():
        found = head.match(text)
        if found:
            after = text[found.end() :]
            town = _leading_town(code, after)
            return AddressParts(code, town, after[len(town) :])
    return AddressParts("", "", text)


def join_address(region_code: str, town: str, rest: str) -> str:
    """Write an address in full, from the city on: ``枣庄市薛城区临城街道示例村1组12号``."""
    name = name_of(region_code)
    prefix = "" if not name or name.startswith(_short_city()) else city().name
    return f"{prefix}{name}{town}{rest}"


def _leading_town(code: str, text: str) -> str:
    # The longest first: one name may begin another.
    return next((town for town in sorted(towns(code), key=len, reverse=True) if text.startswith(town)), "")


def _short_city() -> str:
    return city().name.removesuffix("市")


@cache
def _book() -> _Book:
    source = resources.files("onevisit.rules").joinpath("data/regions.json")
    facts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    place, rows = facts["city"], facts["districts"]
    whole = Region(place["code"], place["name"], local=False)
    found = tuple(Region(row["code"], row["name"], row["local"]) for row in rows)
    known_towns = {row["code"]: tuple(row["towns"].values()) for row in rows}
    heads = {row["code"]: _head(facts["province"], whole.name, [row["name"], *row["spellings"]]) for row in rows}
    heads[whole.code] = re.compile(rf"\s*(?:{_province(facts['province'])})?{whole.name}\s*")
    return _Book(whole, found, known_towns, heads)


def _head(province: str, city_name: str, names: list[str]) -> re.Pattern[str]:
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    short = city_name.removesuffix("市")
    return re.compile(rf"\s*(?:{_province(province)})?(?:{short}市?\s*)?(?:{spelled})\s*")


def _province(name: str) -> str:
    return rf"{name.removesuffix('省')}省?\s*"
