"""How a name may be typed by its sound: every mixture of whole syllables and initials, from every character on.

张三丰 is found by ``zhangsanfeng``, ``zsf``, ``zhangsf``, ``zsfeng``, ``sanf`` …, and by the beginning of any of them,
but not from the middle of a syllable.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_JOINERS: Final = re.compile(r"[·•・‧]")
_MIXED_AT_MOST: Final = 4
_LONGEST: Final = 24

# as surnames they are read otherwise than as words
_SURNAMES: Final = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "亓官": ("qi", "guan"),
    "丁零": ("ding", "ling"),
    "单": ("shan",),
    "仇": ("qiu",),
    "查": ("zha",),
    "曾": ("zeng",),
    "解": ("xie",),
    "任": ("ren",),
    "区": ("ou",),
    "朴": ("piao",),
    "盖": ("ge",),
    "种": ("chong",),
    "乐": ("yue",),
    "员": ("yun",),
    "重": ("chong",),
    "覃": ("qin",),
    "翟": ("zhai",),
    "黑": ("he",),
    "缪": ("miao",),
    "繁": ("po",),
    "秘": ("bi",),
    "冼": ("xian",),
    "折": ("she",),
    "召": ("shao",),
    "尹": ("yin",),
    "逄": ("pang",),
    "郇": ("xun",),
    "隗": ("wei",),
    "乜": ("nie",),
    "那": ("na",),
    "哈": ("ha",),
    "石": ("shi",),
    "柏": ("bai",),
    "薄": ("bo",),
    "晁": ("chao",),
    "谌": ("chen",),
    "车": ("che",),
    "洗": ("xian",),
    "卜": ("bu",),
    "祭": ("zhai",),
    "句": ("gou",),
    "宿": ("su",),
    "宓": ("mi",),
    "牟": ("mou",),
    "燕": ("yan",),
    "应": ("ying",),
    "俞": ("yu",),
    "纪": ("ji",),
    "佘": ("she",),
    "盛": ("sheng",),
    "颉": ("xie",),
    "夏": ("xia",),
}


def sounds(names: tuple[str, ...]) -> str:
    """Give all typed forms of some names, joined by blanks, each once."""
    found = (form for name in names for syllables in _readings(name) for form in _forms(syllables))
    return " ".join(dict.fromkeys(found))


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    for run in _HAN_RUN.findall(_JOINERS.sub("", name)):
        usual = _usual(run[:_LONGEST])
        surname = _surname(run)
        readings = {usual, (*surname, *usual[len(surname) :])}
        for reading in readings:
            yield from _with_umlaut(reading)


def _usual(run: str) -> tuple[str, ...]:
    # a fifth of a second that only the first saved visit waits for
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    # a character without a known reading stands as itself
    return tuple(lazy_pinyin(run))


def _surname(run: str) -> tuple[str, ...]:
    return _SURNAMES.get(run[:2]) or _SURNAMES.get(run[:1]) or ()


def _with_umlaut(reading: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    # 吕 is typed lv, lu (no ü on the keys) or lyu (on passports)
    yield reading
    if any("v" in syllable for syllable in reading):
        yield tuple(syllable.replace("v", "u") for syllable in reading)
        yield tuple(syllable.replace("v", "yu") for syllable in reading)


def _forms(syllables: tuple[str, ...]) -> Iterator[str]:
    for start in range(len(syllables)):
        *head, last = syllables[start:]
        if len(head) < _MIXED_AT_MOST:
            for mixture in product(*((syllable, syllable[0]) for syllable in head)):
                yield "".join((*mixture, last))
        else:
            yield "".join((*head, last))
            yield "".join((*(syllable[0] for syllable in head), last))
