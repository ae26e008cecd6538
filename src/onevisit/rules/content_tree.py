"""内容分类 in three levels: the first is fixed, the second and third are the unit's own to edit.

A code has two digits for each level (``06``, ``0601``, ``060102``), so that it is six characters at most as the
national column ``nrfldm`` is. No source gives the full second and third level: none is shipped. A code that matters
bear is retired, never removed.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onevisit.rules import text
from onevisit.rules.classification import ContentClass
from onevisit.rules.faults import Fault

NAME_AT_MOST = 30
_CODE = re.compile(r"[0-9]{4}(?:[0-9]{2})?")
_DIGITS_OF_LEVEL = 2


@dataclass(frozen=True, slots=True)
class ContentNode:
    """One entry below the first level.

    Attributes:
        retired: offered no more; matters that bear it keep it.
    """

    code: str
    name: str
    retired: bool = False


def level(code: str) -> int:
    """Give the level of a code: 1 to 3."""
    return len(code) // _DIGITS_OF_LEVEL


def first_level(code: str) -> ContentClass | None:
    """Give the class that a code of any level belongs to; None for what is no code."""
    return next((one for one in ContentClass if code[:_DIGITS_OF_LEVEL] == one.value), None)


def is_below(code: str) -> bool:
    """Whether a code stands below a class, whatever the tree of the unit holds."""
    return bool(_CODE.fullmatch(code)) and first_level(code) is not None


def children(tree: Sequence[ContentNode], code: str) -> tuple[ContentNode, ...]:
    """List what is offered directly below a code, in the order of the codes."""
    below = (one for one in tree if one.code[:-_DIGITS_OF_LEVEL] == code and not one.retired)
    return tuple(sorted(below, key=lambda one: one.code))


def name_of(tree: Sequence[ContentNode], code: str) -> str:
    """Name a code from its class on, ``劳动社保 › 劳动报酬``; levels that are unknown are left out."""
    names = {one.code: one.name for one in tree} | {one.value: one.label for one in ContentClass}
    steps = (code[:end] for end in range(_DIGITS_OF_LEVEL, len(code) + 1, _DIGITS_OF_LEVEL))
    return " › ".join(names[step] for step in steps if step in names)


def below(tree: Sequence[ContentNode], code: str) -> tuple[ContentNode, ...]:
    """List everything that is offered below a code, each entry before those below it."""
    return tuple(one for child in children(tree, code) for one in (child, *below(tree, child.code)))


def chosen_fault(tree: Sequence[ContentNode], code: str, field: str = "content_code") -> Fault | None:
    """Say why a code cannot be chosen now: it is not offered; no code is no fault."""
    if not code or any(one.code == code for one in below(tree, code[:_DIGITS_OF_LEVEL])):
        return None
    return Fault(field, "选的细类不在列表里，或者已经停用，请重新选择，或者清空。")


def check(tree: Sequence[ContentNode]) -> tuple[Fault, ...]:
    """Say what is at fault with the entries, row by row (``nodes.3.code``)."""
    codes = {one.code for one in tree}
    found: list[Fault] = []
    earlier: set[str] = set()
    named: set[tuple[str, str]] = set()
    for place, one in enumerate(tree):
        parent, name = one.code[:-_DIGITS_OF_LEVEL], text.tidy(one.name)
        found += _code_faults(f"nodes.{place}.code", one.code, codes, earlier)
        found += _name_faults(f"nodes.{place}.name", name, taken=(parent, name) in named)
        earlier.add(one.code)
        named.add((parent, name))
    return tuple(found)


def _code_faults(path: str, code: str, codes: Collection[str], earlier: Collection[str]) -> Iterator[Fault]:
    parent = code[:-_DIGITS_OF_LEVEL]
    if not _CODE.fullmatch(code):
        yield Fault(path, f"分类代码“{code}”应是 4 位（二级）或者 6 位（三级）数字，请改正。")
    elif first_level(code) is None:
        yield Fault(path, f"分类代码“{code}”的前两位不是 01 至 18，请改正。")
    elif parent not in codes and first_level(parent) != parent:
        yield Fault(path, f"分类代码“{code}”没有上一级“{parent}”，请先加上一级。")
    if code in earlier:
        yield Fault(path, f"分类代码“{code}”已经用过，请换一个。")


def _name_faults(path: str, name: str, *, taken: bool) -> Iterator[Fault]:
    if not name:
        yield Fault(path, "分类没有名称，请填写。")
    elif text.visible_length(name) > NAME_AT_MOST:
        yield Fault(path, f"分类名称最多 {NAME_AT_MOST} 字，请缩短。")
    elif taken:
        yield Fault(path, f"同一级已经有“{name}”，请换一个名称。")
