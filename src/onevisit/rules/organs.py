"""单位名录: which organ takes what, where it is, when it is open, what to bring.

The shipped rows in ``data/organs.json`` are invented examples (示例，以本地文件为准): the unit's administrator puts the
local ones in their place. Whoever is guided elsewhere leaves with everything in writing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from onevisit.rules import json_text, phones, regions, text
from onevisit.rules.classification import ContentClass
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling

LABEL = "示例，以本地文件为准"
NAME_AT_MOST = 100
TEXT_AT_MOST = 200
BRING_AT_MOST = 12
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Organ:
    """One row of the directory.

    Attributes:
        key: tells one row from another while their names are edited.
        hours: as it words them, ``工作日 9:00–17:00``.
        bring: what to bring, one thing each.
        place_code: its district; empty for the whole city.
        classes: the content classes it takes; empty for all.
        procedures: the procedures of article 31 it takes.
        handlings: the ways of handing on that it takes.
        example: shipped as an example, not yet checked by the unit.
    """

    key: str
    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    bring: tuple[str, ...] = ()
    place_code: str = ""
    classes: tuple[ContentClass, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    handlings: tuple[Handling, ...] = ()
    example: bool = False


Directory = tuple[Organ, ...]


@cache
def shipped() -> Directory:
    """Give the directory as shipped: examples all of them."""
    source = resources.files("onevisit.rules").joinpath("data/organs.json")
    return from_json(source.read_text(encoding="utf-8"))


def find(
    directory: Directory,
    *,
    handling: Handling,
    procedure: Procedure | None = None,
    content: ContentClass | None = None,
    place_code: str = "",
) -> Directory:
    """Find the organs for a route, the nearest first; none where no organ fits.

    Of a procedure it is the one that takes the procedure; otherwise one that takes the way of handing on. A named class
    goes before all classes, the district before the city; another district's organ is never offered. What goes to a
    lower level needs one of the district.
    """
    fitting = (
        one
        for one in directory
        if _takes_route(one, handling, procedure)
        and (not one.classes or content in one.classes)
        and one.place_code in {"", place_code}
        and (handling is not Handling.LOWER or one.place_code)
    )
    return tuple(sorted(fitting, key=lambda one: (not one.classes, not one.place_code)))


def taken_along(organ: Organ) -> tuple[str, ...]:
    """Write what the visitor takes along, line by line; what is unknown is left out, an example says that it is one."""
    lines = (
        f"去哪里：{organ.name}",
        f"地址：{organ.address}" if organ.address else "",
        f"电话：{organ.phone}（去之前先打个电话）" if organ.phone else "",
        f"时间：{organ.hours}" if organ.hours else "",
        f"带什么：{'；'.join(organ.bring)}" if organ.bring else "",
        f"（{LABEL}）" if organ.example else "",
    )
    return tuple(line for line in lines if line)


def check(organ: Organ, others: Sequence[Organ] = ()) -> tuple[Fault, ...]:
    """Say what is at fault with one row, as an administrator edits it.

    Args:
        organ: the row.
        others: the other rows of the directory.
    """
    return tuple(_faults(organ, others))


def what_is_lacking(organ: Organ) -> str:
    """Say what a visitor who is sent there would have to ask for; empty if nothing."""
    lacking = [
        word for word, value in (("地址", organ.address), ("电话", organ.phone), ("时间", organ.hours)) if not value
    ]
    return f"名录里没有{organ.name}的{'、'.join(lacking)}，请补上再让来访人带走。" if lacking else ""


def to_json(directory: Directory) -> str:
    """Write a directory as text that people can read and edit."""
    return json.dumps({"organs": [asdict(one) for one in directory]}, ensure_ascii=False, indent=1)


def from_json(source: str) -> Directory:
    """Read a directory.

    Raises:
        PlainFault: it cannot be read, or an organ is at fault; the sentence names it.
    """
    try:
        rows = list(json_text.loads(source)["organs"])
    except (ValueError, TypeError, KeyError) as problem:
        raise PlainFault("单位名录读不懂：格式不对，请照导出的样子改正后再导入。") from problem
    by_key: dict[str, Organ] = {}
    for place, row in enumerate(rows, start=1):
        one = _read(place, row)
        twin = by_key.get(one.key)
        for fault in check(one, (twin,) if twin else ()):
            raise PlainFault(f"单位名录{_which(place, one.name)}：{fault.sentence}")
        by_key[one.key] = one
    return tuple(by_key.values())


def _takes_route(organ: Organ, handling: Handling, procedure: Procedure | None) -> bool:
    if handling is Handling.GUIDE:
        return procedure in organ.procedures
    return handling in organ.handlings


def _faults(organ: Organ, others: Sequence[Organ]) -> Iterator[Fault]:
    if not organ.key.strip():
        yield Fault("key", "这个单位没有代号，请填写。")
    elif any(one.key == organ.key for one in others):
        yield Fault("key", f"代号“{organ.key}”已经用过，请换一个。")
    if not text.tidy(organ.name):
        yield Fault("name", "单位名称还没有填写，请填写。")
    yield from _phone(organ.phone)
    if organ.place_code and not regions.is_known(organ.place_code):
        yield Fault("place_code", "区（市）不在列表中，请重新选择；全市的请留空。")
    if not organ.procedures and not organ.handlings:
        yield Fault("procedures", "还没有选这个单位接收哪些去向，请至少选一项。")
    yield from _lengths(organ)


def _phone(phone: str) -> Iterator[Fault]:
    if not phone:
        return
    try:
        phones.read(phone)
    except phones.PhoneFault as fault:
        yield Fault("phone", f"{str(fault).rstrip('。')}。")


def _lengths(organ: Organ) -> Iterator[Fault]:
    if len(organ.bring) > BRING_AT_MOST:
        yield Fault("bring", f"要带的材料有 {len(organ.bring)} 项，最多 {BRING_AT_MOST} 项，请合并。")
    fields = [
        ("name", organ.name, NAME_AT_MOST),
        ("address", organ.address, TEXT_AT_MOST),
        ("hours", organ.hours, TEXT_AT_MOST),
        *(("bring", one, NAME_AT_MOST) for one in organ.bring),
    ]
    for field, value, most in fields:
        length = text.visible_length(value)
        if length > most:
            yield Fault(field, f"这一栏有 {length} 字，最多 {most} 字，请缩短。")


def _read(place: int, row: Any) -> Organ:  # noqa: ANN401  whatever the file holds
    try:
        return _organ(row)
    except (ValueError, TypeError, AttributeError) as problem:
        which = _which(place, row.get("name") if isinstance(row, dict) else "")
        said = f"单位名录{which}读不懂：格式不对，或者有不认识的分类、程序；请照导出的样子改正后再导入。"
        raise PlainFault(said) from problem


def _which(place: int, name: object) -> str:
    """Which one is meant, for whoever looks for it in the file."""
    named = text.tidy(name)[:_NAMED] if isinstance(name, str) else ""
    return f"第 {place} 个单位" + (f"“{named}”" if named else "")


def _organ(row: dict[str, Any]) -> Organ:
    fields = ("key", "name", "address", "phone", "hours", "place_code")
    texts = {field: json_text.word(row.get(field, "")) for field in fields}
    return Organ(
        **texts,
        bring=json_text.words(row.get("bring", ())),
        classes=tuple(ContentClass.from_code(code) for code in row.get("classes", ())),
        procedures=tuple(Procedure.from_code(code) for code in row.get("procedures", ())),
        handlings=tuple(Handling.from_code(code) for code in row.get("handlings", ())),
        example=bool(row.get("example", False)),
    )
