"""内容分类 (second and third level) and 外部代码对照 of the unit's own.

Whoever is logged in reads them; EDIT_LISTS writes. A code that matters bear is retired, never removed or given another
number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.house_lists import HouseList, listed, text_of
from onevisit.desk.house_text import put, read_typed, take_away
from onevisit.desk.lawbook import CODE_MAPS, CONTENT_TREE, content_tree, outside_codes
from onevisit.rules import code_maps, content_text, text
from onevisit.rules import content_tree as tree_rules
from onevisit.rules.accounts import Permission
from onevisit.rules.code_maps import CodeMap
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.faults import Fault, PlainFault
from onevisit.store.tables import Matter

_NO_NODE: Final = "没有这个分类了，请看过最新的分类再办。"
_NO_MAP: Final = "没有这张对照表了，请看过最新的对照表再办。"


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One entry of the tree.

    Attributes:
        borne: matters bear the code, or one below it, so that it stays.
    """

    node: ContentNode
    borne: bool


def content_listed(desk: Desk) -> HouseList[tuple[ContentLine, ...]]:
    """The second and third level of the content classes, by code. Whoever is logged in may read it."""

    def lines(session: Session) -> tuple[ContentLine, ...]:
        borne = {code[:end] for code in _borne(session) for end in range(1, len(code) + 1)}
        ordered = sorted(content_tree(session), key=lambda one: one.code)
        return tuple(ContentLine(one, one.code in borne) for one in ordered)

    with desk.look(None) as session:
        return listed(session, CONTENT_TREE, lines, ())


def save_content(desk: Desk, node: ContentNode, seen: str, *, instead_of: str = "") -> None:
    """Add an entry, or put it in the place of the one with the code ``instead_of``. Needs EDIT_LISTS.

    Raises:
        FormError: faults at ``code`` and ``name``.
        NotFoundError: no entry has the code ``instead_of``.
        ChangedElsewhereError: another window changed the tree meanwhile; nothing was written.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        before = content_tree(session)
        others = [one for one in before if one.code != instead_of]
        if instead_of and len(others) == len(before):
            raise NotFoundError(_NO_NODE)
        plain = replace(node, code=node.code.strip(), name=content_text.plain_name(node.name))
        _require_faultless([*others, plain], before)
        _require_borne_kept(session, [*others, plain])
        _put_tree(desk, session, [*others, plain], seen)


def remove_content(desk: Desk, code: str, seen: str) -> None:
    """Take an entry out that no matter bears and that has none below it. Needs EDIT_LISTS.

    Raises:
        NotFoundError: no entry has this code.
        DeskFault: matters bear it, or there are entries below it.
        ChangedElsewhereError: as in ``save_content``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        before = content_tree(session)
        kept = [one for one in before if one.code != code]
        if len(kept) == len(before):
            raise NotFoundError(_NO_NODE)
        if any(one.code.startswith(code) for one in kept):
            raise DeskFault(f"分类“{code}”下面还有三级分类，请先删去下面的；不想再用的，勾选停用。")
        _require_borne_kept(session, kept)
        _put_tree(desk, session, kept, seen)


def import_content(desk: Desk, typed: str, seen: str) -> int:
    """Put a whole tree, one entry a line, in the place of the present one. Needs EDIT_LISTS.

    Returns:
        how many entries there are now.

    Raises:
        PlainFault: what is wrong with the text, in one sentence.
        DeskFault: there is no entry in it.
        FormError: a code that matters bear is missing.
        ChangedElsewhereError: as in ``save_content``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        nodes = read_typed(content_text.read, typed)
        if not nodes:
            raise DeskFault("这份内容分类里一条也没有，没有导入，请核对是不是选错了文件。")
        tidied = [replace(one, name=text.tidy(one.name)) for one in nodes]
        _require_borne_kept(session, tidied)
        _put_tree(desk, session, tidied, seen)
        return len(tidied)


def content_as_text(desk: Desk) -> str:
    """The tree as text that people can edit and bring back. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return text_of(session, CONTENT_TREE, content_tree, content_text.write)


def code_maps_listed(desk: Desk) -> HouseList[tuple[CodeMap, ...]]:
    """What other systems call our codes. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return listed(session, CODE_MAPS, outside_codes, code_maps.shipped())


def save_code_map(desk: Desk, code_map: CodeMap, seen: str, *, place: int | None = None) -> None:
    """Add a map, or put it in the place of the one at ``place``; it is no example any more. Needs EDIT_LISTS.

    Raises:
        FormError: faults at ``system`` and ``pairs.CODE``.
        NotFoundError: there is no map at this place.
        ChangedElsewhereError: another window changed the maps meanwhile; nothing was written.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        maps = list(outside_codes(session))
        if place is not None and not 0 <= place < len(maps):
            raise NotFoundError(_NO_MAP)
        plain = _tidied(code_map)
        others = [one for number, one in enumerate(maps) if number != place]
        faults = (*code_maps.check(plain), *_twin_faults(plain, others))
        if faults:
            raise FormError(faults)
        if place is None:
            maps.append(plain)
        else:
            maps[place] = plain
        _put_maps(desk, session, maps, seen)


def remove_code_map(desk: Desk, place: int, seen: str) -> None:
    """Take the map at ``place`` out. Needs EDIT_LISTS.

    Raises:
        NotFoundError: there is no map at this place.
        ChangedElsewhereError: as in ``save_code_map``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        maps = outside_codes(session)
        if not 0 <= place < len(maps):
            raise NotFoundError(_NO_MAP)
        _put_maps(desk, session, [one for number, one in enumerate(maps) if number != place], seen)


def import_code_maps(desk: Desk, typed: str, seen: str) -> int:
    """Put all maps of a file, such as ``code_maps_text`` wrote, in the place of the present ones. Needs EDIT_LISTS.

    A map that differs from every present one is no example any more, whatever the file says.

    Returns:
        how many maps there are now.

    Raises:
        PlainFault: what is wrong with the file, in one sentence.
        ChangedElsewhereError: as in ``save_code_map``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        before = listed(session, CODE_MAPS, outside_codes, code_maps.shipped()).entries
        read = read_typed(code_maps.from_json, typed)
        maps = [one if one in before else _tidied(one) for one in read]
        for number, one in enumerate(maps):
            for fault in (*code_maps.check(one), *_twin_faults(one, maps[:number])):
                raise PlainFault(f"第 {number + 1} 张对照表：{fault.sentence}")
        _put_maps(desk, session, maps, seen)
        return len(maps)


def code_maps_text(desk: Desk) -> str:
    """The maps as text that people can edit and bring back. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return text_of(session, CODE_MAPS, outside_codes, code_maps.to_json)


def put_back_code_maps(desk: Desk, seen: str) -> None:
    """Take the unit's own maps out; the shipped examples hold again. Needs EDIT_LISTS.

    Raises:
        NotFoundError: the unit has none of its own.
        ChangedElsewhereError: as in ``save_code_map``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        take_away(session, CODE_MAPS, seen)
        desk.record(session, "list.put_back", detail=CODE_MAPS)


def _put_tree(desk: Desk, session: Session, nodes: Sequence[ContentNode], seen: str) -> None:
    put(desk, session, CONTENT_TREE, content_text.write(nodes), seen)
    desk.record(session, "list.changed", detail=f"{CONTENT_TREE}/{len(nodes)}")


def _put_maps(desk: Desk, session: Session, maps: Sequence[CodeMap], seen: str) -> None:
    put(desk, session, CODE_MAPS, code_maps.to_json(tuple(maps)), seen)
    desk.record(session, "list.changed", detail=f"{CODE_MAPS}/{len(maps)}")


def _require_faultless(nodes: Sequence[ContentNode], before: Sequence[ContentNode]) -> None:
    """The last of ``nodes`` is the one that was typed; whatever is wrong now came by it."""
    old = {fault.sentence for fault in tree_rules.check(before)}
    found = [fault for fault in tree_rules.check(nodes) if fault.sentence not in old]
    if found:
        raise FormError(tuple(Fault(fault.field.rpartition(".")[2], fault.sentence) for fault in found))


def _borne(session: Session) -> tuple[str, ...]:
    query = select(Matter.content_code).where(Matter.content_code != "").distinct()
    return tuple(sorted(session.scalars(query)))


def _require_borne_kept(session: Session, nodes: Sequence[ContentNode]) -> None:
    codes = {one.code for one in nodes}
    for code in _borne(session):
        if tree_rules.level(code) > 1 and code not in codes:
            said = f"已有事项登记为分类“{code}”，代码不能删去，也不能改；不想再用的，请停用它。"
            raise FormError((Fault("code", said),))


def _tidied(code_map: CodeMap) -> CodeMap:
    pairs = {ours: text.tidy(theirs) for ours, theirs in code_map.pairs.items()}
    return replace(code_map, system=text.tidy(code_map.system), pairs=pairs, example=False)


def _twin_faults(one: CodeMap, others: Sequence[CodeMap]) -> tuple[Fault, ...]:
    if any((other.system, other.field) == (one.system, one.field) for other in others):
        said = f"“{one.system}”的{one.field.label}已经有一张对照表，请改那一张，或者换一个系统名称。"
        return (Fault("system", said),)
    return ()
