"""外部代码对照: what other systems call our codes. Code spaces differ from province to province, so they are data.

Shipped are examples as found in systems of other places (示例，以本地文件为准); the unit's administrator puts the
local ones in their place.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from onevisit.rules import content_tree, json_text, text
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.labels import Labelled
from onevisit.rules.people import Sex

SYSTEM_AT_MOST: Final = 60
CODE_AT_MOST: Final = 40


class Field(Labelled):
    """What is mapped."""

    PURPOSE = "purpose", "信访目的"
    CONTENT = "content", "内容分类"
    SEX = "sex", "性别"

    @property
    def codes(self) -> tuple[str, ...]:
        """List our own codes, each of which a whole map covers."""
        return tuple(one.value for one in _OWN[self])

    def word(self, code: str) -> str:
        """What a code of ours means; that of its class for a content class below the first level, empty if unknown."""
        labels = {one.value: one.label for one in _OWN[self]}
        return labels.get(code) or (labels.get(code[:2], "") if self is Field.CONTENT else "")


_OWN: Mapping[Field, type[Labelled]] = {Field.PURPOSE: Purpose, Field.CONTENT: ContentClass, Field.SEX: Sex}


@dataclass(frozen=True, slots=True)
class CodeMap:
    """The codes of one system for one field.

    Attributes:
        system: what the system is called.
        pairs: its code by ours.
        example: shipped as an example, not yet checked by the unit.
    """

    system: str
    field: Field
    pairs: Mapping[str, str]
    example: bool = False


@cache
def shipped() -> tuple[CodeMap, ...]:
    """Give the maps as shipped."""
    source = resources.files("onevisit.rules").joinpath("data/code_maps.json")
    return from_json(source.read_text(encoding="utf-8"))


def outside(code_map: CodeMap, code: str) -> str:
    """Give their code for ours; of a content class below the first level that of its class, empty if they have none."""
    found = code_map.pairs.get(code, "")
    return found or code_map.pairs.get(code[:2], "") if code_map.field is Field.CONTENT else found


def inside(code_map: CodeMap, code: str) -> str:
    """Give our code for theirs; the first where several of ours are one of theirs; empty if unknown."""
    return next((ours for ours, theirs in code_map.pairs.items() if theirs == code), "")


def check(code_map: CodeMap) -> tuple[Fault, ...]:
    """Say what is at fault with a map: a code of ours without theirs, one that is none of ours, one left empty."""
    return tuple(_faults(code_map))


def from_json(source: str) -> tuple[CodeMap, ...]:
    """Read maps.

    Raises:
        PlainFault: they cannot be read.
    """
    try:
        rows = json_text.loads(source)["maps"]
        return tuple(
            CodeMap(
                json_text.word(row["system"]),
                Field.from_code(row["field"]),
                {ours: json_text.word(theirs) for ours, theirs in row["pairs"].items()},
                bool(row.get("example", False)),
            )
            for row in rows
        )
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise PlainFault("代码对照表读不懂：格式不对，请照导出的样子改正后再导入。") from problem


def to_json(maps: tuple[CodeMap, ...]) -> str:
    """Write maps as text that people can read and edit."""
    rows = [
        {"system": one.system, "field": one.field.value, "pairs": dict(one.pairs), "example": one.example}
        for one in maps
    ]
    return json.dumps({"maps": rows}, ensure_ascii=False, indent=1)


def _faults(code_map: CodeMap) -> Iterator[Fault]:
    if not code_map.system.strip():
        yield Fault("system", "对照表没有写是哪个系统的，请填写。")
    elif text.visible_length(code_map.system) > SYSTEM_AT_MOST:
        yield Fault("system", f"系统名称最多 {SYSTEM_AT_MOST} 字，请缩短。")
    labels = {one.value: one.label for one in _OWN[code_map.field]}
    for code, label in labels.items():
        if not code_map.pairs.get(code, "").strip():
            yield Fault(f"pairs.{code}", f"“{label}”没有对照的代码，请填写。")
    for code, theirs in code_map.pairs.items():
        if text.visible_length(theirs) > CODE_AT_MOST:
            yield Fault(f"pairs.{code}", f"“{code}”对照的代码最多 {CODE_AT_MOST} 个字，请核对。")
        below = code_map.field is Field.CONTENT and content_tree.is_below(code)
        if code not in labels and not below:
            yield Fault(f"pairs.{code}", f"“{code}”不是本系统的{code_map.field.label}代码，请删去。")
