"""The audit trail as people meet it: check codes, what may be wrong with the chain, why something is exported.

The trail is kept for ever; 网络安全法第21条(三) asks for six months at least.
"""

import re
from dataclasses import dataclass
from typing import Self

from onevisit.rules.labels import Labelled
from onevisit.rules.text import compact

_DIGITS = 16
_GROUP = 4
_LOOK_ALIKES = str.maketrans("OIL", "011")
_CODE = re.compile(rf"([0-9]{{1,18}})([0-9A-F]{{{_DIGITS}}})")


class CheckCodeFault(ValueError):
    """No check code; its text is the sentence for the field."""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """校验码: an entry of the trail and the first digits of its digest, as they are printed and typed.

    Attributes:
        entry: the number of the entry, from 1; 0 before there is any.
        digits: 16 hexadecimal digits, capitals.
    """

    entry: int
    digits: str

    @classmethod
    def of(cls, entry: int, digest: bytes) -> Self:
        """The code of an entry whose digest is known."""
        return cls(entry, digest.hex()[:_DIGITS].upper())

    def __str__(self) -> str:
        groups = (self.digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))
        return "-".join((str(self.entry), *groups))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as typed: any width and case, with or without dashes; letters are read as what they look like.

        Raises:
            CheckCodeFault: it is no check code.
        """
        bare = compact(text).translate(_LOOK_ALIKES)
        if not bare:
            raise CheckCodeFault("校验码还没有填写，请照打印的日终单输入。")
        found = _CODE.fullmatch(bare)
        if found is None:
            raise CheckCodeFault(
                "校验码由条数和 16 位数字、字母 A 到 F 组成，例如 1234-0A1B-2C3D-4E5F-6789，请照打印的日终单核对。"
            )
        return cls(int(found[1]), found[2])

    def fits(self, digest: bytes) -> bool:
        """Whether an entry with this digest has this code."""
        return digest.hex()[:_DIGITS].upper() == self.digits


class ChainFault(Labelled):
    """What is wrong at the first broken entry of the chain."""

    MISSING = "missing", "这条记录缺失"
    OUT_OF_ORDER = "out_of_order", "这条记录的编号不该在这里，是插入的或调换过的"
    CHANGED = "changed", "这条记录的内容被改动过"
    UNLINKED = "unlinked", "这条记录和前一条接不上"
    CUT = "cut", "从这条起，末尾的记录缺失"


class HeadFault(Labelled):
    """How the store differs from the end of the chain that is kept outside it (``store.head``)."""

    GONE = "gone", "库外保存的记录链末端不见了，或不是本库的"
    SHORTENED = "shortened", "记录比库外保存的末端少，数据可能被换成了较早的"
    REWRITTEN = "rewritten", "记录和库外保存的末端对不上，可能被改写过"


class ExportReason(Labelled):
    """Why something is taken out of the store; a short list, because no free text goes into the trail."""

    INSPECTION = "inspection", "上级检查或督查"
    AUDIT = "audit", "审计或安全检查"
    STATISTICS = "statistics", "统计报送"
    HAND_OVER = "hand_over", "工作交接"
    CASE_WORK = "case_work", "办理具体事项"
    COURT = "court", "司法机关依法调取"
    ARCHIVE = "archive", "归档"
