"""The second and third level of the content classes as text: one entry a line, so that people can read and edit it.

A line is ``代码,名称`` or ``代码,名称,停用``: ``0601,劳动报酬`` and below it ``060101,拖欠农民工工资``. What an office
suite saves as text is read too: tabs in place of commas, quotation marks around the parts.
"""

import re
from collections.abc import Sequence
from typing import Final

from onevisit.rules import text
from onevisit.rules.content_tree import ContentNode, check
from onevisit.rules.faults import PlainFault

RETIRED: Final = "停用"
LINES_AT_MOST: Final = 5000
_BETWEEN: Final = re.compile(r"[,，\t]")
_PARTS: Final = (2, 3)
_HOW: Final = "请写成“0601,劳动报酬”，停用的在后面加“,停用”。"


def read(source: str) -> tuple[ContentNode, ...]:
    """Read a tree; blank lines and lines that begin with # are passed over.

    Raises:
        PlainFault: a line cannot be read, or an entry is at fault; the sentence names the line.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    if len(lines) > LINES_AT_MOST:
        raise PlainFault(f"内容分类有 {len(lines)} 行，最多 {LINES_AT_MOST} 行，请核对是不是选错了文件。")
    rows = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    kept = [(number, line) for number, line in rows if line and not line.startswith("#")]
    tree = tuple(_node(number, line) for number, line in kept)
    for fault in check(tree):
        place = int(fault.field.split(".")[1])
        raise PlainFault(f"内容分类第 {kept[place][0]} 行：{fault.sentence}")
    return tree


def write(tree: Sequence[ContentNode]) -> str:
    """Write a tree line by line, in the order of the codes, so that it is read again as it was."""
    ordered = sorted(tree, key=lambda one: one.code)
    return "".join(f"{one.code},{one.name}{f',{RETIRED}' if one.retired else ''}\n" for one in ordered)


def plain_name(name: str) -> str:
    """A name as a line can hold it, without what parts a line."""
    return text.tidy(name.replace("，", "、").replace(",", "、").replace('"', ""))


def _node(number: int, line: str) -> ContentNode:
    parts = [part.strip() for part in _BETWEEN.split(line.replace('"', ""))]
    if len(parts) not in _PARTS or parts[2:] not in ([], [""], [RETIRED]):
        raise PlainFault(f"内容分类第 {number} 行“{line[:20]}”读不懂，{_HOW}")
    return ContentNode(parts[0], parts[1], parts[2:] == [RETIRED])
